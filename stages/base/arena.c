#include "base/arena.h"

#include "base/fault.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 64 * 1024, LARGEST_BLOCK = 8 * 1024 * 1024 };

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *first, *current;
    size_t before; /* bytes used in the blocks before the current one */
};

static struct block *block_new(size_t size) {
    struct block *made = fault_malloc(sizeof *made + size);
    made->next = NULL;
    made->size = size;
    made->used = 0;
    return made;
}

struct arena *arena_new(void) {
    struct arena *arena = fault_malloc(sizeof *arena);
    arena->first = arena->current = block_new(FIRST_BLOCK);
    arena->before = 0;
    return arena;
}

void arena_reset(struct arena *arena) {
    for (struct block *block = arena->first; block; block = block->next) {
        block->used = 0;
    }
    arena->current = arena->first;
    arena->before = 0;
}

void arena_free(struct arena *arena) {
    if (!arena) {
        return;
    }
    for (struct block *block = arena->first; block;) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
    free(arena);
}

/* Steps to the next block that holds size bytes; makes one, twice the last, where none does. */
static void next_block(struct arena *arena, size_t size) {
    struct block *current = arena->current;
    while (current->next && current->next->size < size) {
        arena->before += current->used;
        current = current->next;
    }
    arena->before += current->used;
    if (!current->next) {
        size_t wanted = current->size * 2 < LARGEST_BLOCK ? current->size * 2 : LARGEST_BLOCK;
        current->next = block_new(wanted > size ? wanted : size);
    }
    arena->current = current->next;
}

void *arena_alloc(struct arena *arena, size_t size) {
    if (size > SIZE_MAX / 2) {
        fault("out of memory");
    }
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (arena->current->size - arena->current->used < size) {
        next_block(arena, size);
    }
    void *made = arena->current->bytes + arena->current->used;
    arena->current->used += size;
    return made;
}

void *arena_zero(struct arena *arena, size_t size) {
    return memset(arena_alloc(arena, size), 0, size);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length) {
    char *made = arena_alloc(arena, length + 1);
    if (length) {
        memcpy(made, bytes, length);
    }
    made[length] = '\0';
    return made;
}

char *arena_string(struct arena *arena, const char *string) {
    return arena_copy(arena, string, strlen(string));
}

/* Printed where the next allocation will stand; a second time only where it does not fit there. */
char *arena_vprintf(struct arena *arena, const char *format, va_list values) {
    struct block *block = arena->current;
    size_t room = block->size - block->used;
    va_list again;
    va_copy(again, values);
    int length = vsnprintf((char *)block->bytes + block->used, room, format, again);
    va_end(again);
    if (length < 0) {
        fault("a format could not be printed");
    }
    char *made = arena_alloc(arena, (size_t)length + 1);
    if ((size_t)length >= room) {
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
    return arena->before + arena->current->used;
}
