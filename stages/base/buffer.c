#include "base/buffer.h"

#include "base/fault.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 512 /* most texts are short, and malloc keeps pieces of this size at hand */ };

void buffer_grow(struct buffer *buffer, size_t more) {
    if (more > SIZE_MAX / 4 || buffer->length > SIZE_MAX / 4) {
        fault("out of memory");
    }
    size_t wanted = buffer->length + more + 1;
    size_t capacity = buffer->capacity ? buffer->capacity : FIRST_CAPACITY;
    while (capacity < wanted) {
        capacity *= 2;
    }
    buffer->bytes = fault_realloc(buffer->bytes, capacity);
    buffer->capacity = capacity;
}

/* Printed behind what is there; a second time only where it does not fit. */
void buffer_printf(struct buffer *buffer, const char *format, ...) {
    va_list values;
    va_list again;
    va_start(values, format);
    va_copy(again, values);
    size_t room = buffer->capacity - buffer->length;
    int length = vsnprintf(room ? buffer->bytes + buffer->length : NULL, room, format, again);
    va_end(again);
    if (length < 0) {
        fault("a format could not be printed");
    }
    if ((size_t)length >= room) {
        buffer_reserve(buffer, (size_t)length);
        (void)vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, values);
    }
    va_end(values);
    buffer->length += (size_t)length;
}

void buffer_number(struct buffer *buffer, unsigned long number) {
    char digits[3 * sizeof number];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    buffer_append(buffer, digits + at, sizeof digits - at);
}

void buffer_blanks(struct buffer *buffer, size_t count) {
    buffer_reserve(buffer, count);
    memset(buffer->bytes + buffer->length, ' ', count);
    buffer->length += count;
    buffer->bytes[buffer->length] = '\0';
}

void buffer_clear(struct buffer *buffer) {
    buffer->length = 0;
    if (buffer->bytes) {
        buffer->bytes[0] = '\0';
    }
}

void buffer_free(struct buffer *buffer) {
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}
