#include "tree/names.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/hash.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct slot {
    uint64_t hash;
    const char *name; /* NULL: free */
};

/* Open addressing over a table that is at most half full. */
struct names {
    struct arena *arena;
    struct slot *slots;
    size_t size, count;
    bool frozen;
};

enum { FIRST_SIZE = 4096 };

static struct slot *slot_of(const struct names *names, uint64_t hash, const char *name, size_t length) {
    size_t i = hash & (names->size - 1);
    const struct slot *slots = names->slots;
    while (slots[i].name &&
           (slots[i].hash != hash || strncmp(slots[i].name, name, length) != 0 || slots[i].name[length])) {
        i = (i + 1) & (names->size - 1);
    }
    return &names->slots[i];
}

static struct slot *free_slot(const struct names *names, uint64_t hash) {
    size_t i = hash & (names->size - 1);
    while (names->slots[i].name) {
        i = (i + 1) & (names->size - 1);
    }
    return &names->slots[i];
}

static struct slot *new_slots(size_t size) {
    struct slot *slots = fault_malloc(size * sizeof *slots);
    return memset(slots, 0, size * sizeof *slots);
}

struct names *names_new(void) {
    struct names *names = fault_malloc(sizeof *names);
    names->arena = arena_new();
    names->size = FIRST_SIZE;
    names->count = 0;
    names->frozen = false;
    names->slots = new_slots(names->size);
    return names;
}

void names_free(struct names *names) {
    if (names) {
        arena_free(names->arena);
        free(names->slots);
        free(names);
    }
}

static void grow(struct names *names) {
    struct slot *old = names->slots;
    size_t old_size = names->size;
    names->size *= 2;
    names->slots = new_slots(names->size);
    for (size_t i = 0; i < old_size; i++) {
        if (old[i].name) {
            *free_slot(names, old[i].hash) = old[i];
        }
    }
    free(old);
}

const char *names_intern_part(struct names *names, const char *name, size_t length) {
    uint64_t hash = hash_bytes(name, length);
    struct slot *slot = slot_of(names, hash, name, length);
    if (slot->name) {
        return slot->name;
    }
    if (names->frozen) {
        fault("a name was interned after the table was frozen");
    }
    const char *made = arena_copy(names->arena, name, length);
    *slot = (struct slot){hash, made};
    if (++names->count * 2 > names->size) {
        grow(names);
    }
    return made;
}

const char *names_intern(struct names *names, const char *name) {
    return names_intern_part(names, name, strlen(name));
}

void names_freeze(struct names *names) {
    names->frozen = true;
}

const char *names_find_part(const struct names *names, const char *name, size_t length) {
    return slot_of(names, hash_bytes(name, length), name, length)->name;
}

const char *names_find(const struct names *names, const char *name) {
    return names_find_part(names, name, strlen(name));
}
