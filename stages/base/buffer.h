/* A byte buffer that grows: what every writer writes into.
 *
 * Sequence   struct buffer b = {0}; buffer_* …; use b.bytes, b.length; buffer_free.
 * Ownership  The buffer owns its bytes; they move when it grows. Always NUL-terminated once written to.
 * Errors     None (base/fault.h).
 */
#ifndef TW_BASE_BUFFER_H
#define TW_BASE_BUFFER_H

#include <stddef.h>

struct buffer {
    char *bytes;
    size_t length, capacity;
};

void buffer_reserve(struct buffer *buffer, size_t more);
void buffer_append(struct buffer *buffer, const void *bytes, size_t length);
void buffer_string(struct buffer *buffer, const char *string);
void buffer_char(struct buffer *buffer, char character);
void buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_number(struct buffer *buffer, unsigned long number); /* in decimal digits */
void buffer_blanks(struct buffer *buffer, size_t count);
void buffer_clear(struct buffer *buffer); /* keeps the memory */
void buffer_free(struct buffer *buffer);

#endif
