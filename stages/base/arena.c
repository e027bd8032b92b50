#include "base/arena.h"

#include "base/fault.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 64 * 1024, LARGEST_BLOCK = 8 * 1024 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
};

static struct arena_block *block_new(size_t size) {
    struct arena_block *made = fault_malloc(sizeof *made + size);
    made->next = NULL;
    made->size = size;
    return made;
}

/* From now on the arena gives of that block, all of which is free. */
static void enter(struct arena *arena, struct arena_block *block) {
    arena->current = block;
    arena->at = block->bytes;
    arena->end = block->bytes + block->size;
}

struct arena *arena_new(void) {
    struct arena *arena = fault_malloc(sizeof *arena);
    *arena = (struct arena){.first = block_new(FIRST_BLOCK)};
    enter(arena, arena->first);
    return arena;
}

void arena_reset(struct arena *arena) {
    arena->before = 0;
    enter(arena, arena->first);
}

void arena_free(struct arena *arena) {
    if (!arena) {
        return;
    }
    for (struct arena_block *block = arena->first; block;) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    free(arena);
}

static size_t used_of_current(const struct arena *arena) {
    return (size_t)(arena->at - arena->current->bytes);
}

/* Steps to the next block that holds size bytes; makes one, twice the last, where none does. */
void *arena_alloc_beyond(struct arena *arena, size_t size) {
    if (size > SIZE_MAX / 2) {
        fault("out of memory");
    }
    struct arena_block *block = arena->current;
    arena->before += used_of_current(arena);
    while (block->next && block->next->size < size) {
        block = block->next;
    }
    if (!block->next) {
        size_t wanted = block->size * 2 < LARGEST_BLOCK ? block->size * 2 : LARGEST_BLOCK;
        block->next = block_new(wanted > size ? wanted : size);
    }
    enter(arena, block->next);
    return arena_alloc(arena, size);
}

/* Texts stand side by side: only what is allocated next is aligned. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length) {
    size_t room = (size_t)(arena->end - arena->at);
    char *made = (char *)arena->at;
    if (length < room) {
        arena->at += length + 1;
    } else {
        made = arena_alloc_beyond(arena, length + 1);
    }
    if (length) {
        memcpy(made, bytes, length);
    }
    made[length] = '\0';
    return made;
}

char *arena_string(struct arena *arena, const char *string) {
    return arena_copy(arena, string, strlen(string));
}

char *arena_join(struct arena *arena, const char *first, const char *second, const char *third) {
    const char *const parts[] = {first, second, third};
    size_t lengths[3];
    size_t length = 0;
    for (size_t i = 0; i < 3; i++) {
        lengths[i] = parts[i] ? strlen(parts[i]) : 0;
        length += lengths[i];
    }
    char *made = arena_alloc(arena, length + 1);
    char *at = made;
    for (size_t i = 0; i < 3; i++) {
        at = lengths[i] ? (char *)memcpy(at, parts[i], lengths[i]) + lengths[i] : at;
    }
    *at = '\0';
    return made;
}

/* Printed where the next text will stand; a second time only where it does not fit there. */
char *arena_vprintf(struct arena *arena, const char *format, va_list values) {
    size_t room = (size_t)(arena->end - arena->at);
    char *made = (char *)arena->at;
    va_list again;
    va_copy(again, values);
    int length = vsnprintf(made, room, format, again);
    va_end(again);
    if (length < 0) {
        fault("a format could not be printed");
    }
    if ((size_t)length < room) {
        arena->at += (size_t)length + 1;
    } else {
        made = arena_alloc_beyond(arena, (size_t)length + 1);
        (void)vsnprintf(made, (size_t)length + 1, format, values);
    }
    return made;
}

char *arena_printf(struct arena *arena, const char *format, ...) {
    va_list values;
    va_start(values, format);
    char *made = arena_vprintf(arena, format, values);
    va_end(values);
    return made;
}

char *arena_number(struct arena *arena, unsigned long number) {
    char digits[3 * sizeof number];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return arena_copy(arena, digits + at, sizeof digits - at);
}

void *arena_grow(struct arena *arena, const void *items, size_t *capacity, size_t size) {
    size_t held = *capacity;
    *capacity = held ? held * 2 : 8;
    if (*capacity > SIZE_MAX / 2 / size) {
        fault("out of memory");
    }
    void *made = arena_alloc(arena, *capacity * size);
    if (held) {
        memcpy(made, items, held * size);
    }
    return made;
}

size_t arena_used(const struct arena *arena) {
    return arena->before + used_of_current(arena);
}
