/* A byte buffer that grows: what every writer writes into.
 *
 * Sequence   struct buffer b = {0}; buffer_* …; use b.bytes, b.length; buffer_free.
 * Ownership  The buffer owns its bytes; they move when it grows. Always NUL-terminated once written to.
 * Errors     None (base/fault.h).
 */
#ifndef TW_BASE_BUFFER_H
#define TW_BASE_BUFFER_H

#include <stddef.h>
#include <string.h>

struct buffer {
    char *bytes;
    size_t length, capacity;
};

/* Makes room for so many bytes and a NUL behind them. */
void buffer_grow(struct buffer *buffer, size_t more);

/* Short, and called for each few bytes of all that is written: these stand where they are called. */
static inline void buffer_reserve(struct buffer *buffer, size_t more) {
    if (more >= buffer->capacity - buffer->length) {
        buffer_grow(buffer, more);
    }
}

static inline void buffer_append(struct buffer *buffer, const void *bytes, size_t length) {
    buffer_reserve(buffer, length);
    if (length) {
        memcpy(buffer->bytes + buffer->length, bytes, length);
    }
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

static inline void buffer_string(struct buffer *buffer, const char *string) {
    buffer_append(buffer, string, strlen(string));
}

/* A text between two marks, which are literals: one look for room is enough. */
static inline void buffer_between(struct buffer *buffer, const char *before, const char *text, const char *after) {
    size_t first = strlen(before);
    size_t length = strlen(text);
    size_t last = strlen(after);
    buffer_reserve(buffer, first + length + last);
    char *at = buffer->bytes + buffer->length;
    memcpy(at, before, first);
    memcpy(at + first, text, length);
    memcpy(at + first + length, after, last);
    buffer->length += first + length + last;
    buffer->bytes[buffer->length] = '\0';
}

static inline void buffer_char(struct buffer *buffer, char character) {
    buffer_reserve(buffer, 1);
    buffer->bytes[buffer->length++] = character;
    buffer->bytes[buffer->length] = '\0';
}

void buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_number(struct buffer *buffer, unsigned long number); /* in decimal digits */
void buffer_blanks(struct buffer *buffer, size_t count);
void buffer_clear(struct buffer *buffer); /* keeps the memory */
void buffer_free(struct buffer *buffer);

#endif
