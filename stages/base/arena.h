/* A bump arena: many small allocations, freed at once.
 *
 * Sequence   arena_new, any number of arena_* allocations, arena_reset (keeps the memory) or arena_free.
 * Ownership  Whoever makes the arena frees it; what is allocated in it is never freed alone.
 * Errors     None: memory that ends, ends the process (base/fault.h).
 * Threads    None: one arena, one thread.
 */
#ifndef TW_BASE_ARENA_H
#define TW_BASE_ARENA_H

#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Seen here only for the common case of an allocation: some bytes less in the block at hand. */
struct arena {
    unsigned char *at, *end; /* what is free of the current block */
    struct arena_block *first, *current;
    size_t before; /* bytes used in the blocks before the current one */
};

struct arena *arena_new(void);
void arena_reset(struct arena *arena);
void arena_free(struct arena *arena); /* NULL is allowed */

/* The same as arena_alloc, from the next block. */
void *arena_alloc_beyond(struct arena *arena, size_t size);

/* Memory aligned for any type; arena_zero clears it. */
static inline void *arena_alloc(struct arena *arena, size_t size) {
    size_t gap = -(uintptr_t)arena->at & (alignof(max_align_t) - 1);
    size_t room = (size_t)(arena->end - arena->at);
    if (room < gap || room - gap < size) {
        return arena_alloc_beyond(arena, size);
    }
    unsigned char *made = arena->at + gap;
    arena->at = made + size;
    return made;
}

static inline void *arena_zero(struct arena *arena, size_t size) {
    return memset(arena_alloc(arena, size), 0, size);
}

/* A NUL-terminated copy of length bytes, or of a whole string. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length);
char *arena_string(struct arena *arena, const char *string);

/* Three texts in one; NULL: nothing. What most names and labels are made of, without the cost of a format. */
char *arena_join(struct arena *arena, const char *first, const char *second, const char *third);

/* printf into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list values) __attribute__((format(printf, 2, 0)));

/* A number in decimal digits. */
char *arena_number(struct arena *arena, unsigned long number);

/* An array that grows: the elements move to a place of twice the capacity; the old one stays behind until
 * the reset. Sequence: if (count == capacity) items = arena_grow(arena, items, &capacity, sizeof *items). */
void *arena_grow(struct arena *arena, const void *items, size_t *capacity, size_t size);

/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *arena);

#endif
