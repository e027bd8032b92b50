#include "tree/names.h"

#include "base/arena.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Open addressing over a table that is at most half full. */
struct names {
    struct arena *arena;
    const char **slots;
    size_t size, count;
    bool frozen;
};

enum { FIRST_SIZE = 4096 };

static uint64_t hash(const char *name, size_t length) {
    uint64_t value = 1469598103934665603U; /* FNV-1a */
    for (size_t i = 0; i < length; i++) {
        value = (value ^ (unsigned char)name[i]) * 1099511628211U;
    }
    return value ^ (value >> 32);
}

static size_t slot_of(const struct names *names, const char *name, size_t length) {
    size_t i = hash(name, length) & (names->size - 1);
    while (names->slots[i] && (strncmp(names->slots[i], name, length) != 0 || names->slots[i][length])) {
        i = (i + 1) & (names->size - 1);
    }
    return i;
}

struct names *names_new(void) {
    struct names *names = fault_malloc(sizeof *names);
    names->arena = arena_new();
    names->size = FIRST_SIZE;
    names->count = 0;
    names->frozen = false;
    names->slots = fault_malloc(names->size * sizeof *names->slots);
    memset(names->slots, 0, names->size * sizeof *names->slots);
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
    const char **old = names->slots;
    size_t old_size = names->size;
    names->size *= 2;
    names->slots = fault_malloc(names->size * sizeof *names->slots);
    memset(names->slots, 0, names->size * sizeof *names->slots);
    for (size_t i = 0; i < old_size; i++) {
        if (old[i]) {
            names->slots[slot_of(names, old[i], strlen(old[i]))] = old[i];
        }
    }
    free(old);
}

const char *names_intern_part(struct names *names, const char *name, size_t length) {
    size_t i = slot_of(names, name, length);
    if (names->slots[i]) {
        return names->slots[i];
    }
    if (names->frozen) {
        fault("a name was interned after the table was frozen");
    }
    const char *made = arena_copy(names->arena, name, length);
    names->slots[i] = made;
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
    return names->slots[slot_of(names, name, length)];
}

const char *names_find(const struct names *names, const char *name) {
    return names_find_part(names, name, strlen(name));
}
