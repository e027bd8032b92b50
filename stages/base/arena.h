/* A bump arena: many small allocations, freed at once.
 *
 * Sequence   arena_new, any number of arena_* allocations, arena_reset (keeps the memory) or arena_free.
 * Ownership  Whoever makes the arena frees it; what is allocated in it is never freed alone.
 * Errors     None: memory that ends, ends the process (base/fault.h).
 * Threads    None: one arena, one thread.
 */
#ifndef TW_BASE_ARENA_H
#define TW_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_reset(struct arena *arena);
void arena_free(struct arena *arena); /* NULL is allowed */

/* Memory aligned for any type; arena_zero clears it. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_zero(struct arena *arena, size_t size);

/* A NUL-terminated copy of length bytes, or of a whole string. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length);
char *arena_string(struct arena *arena, const char *string);

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
