/* One character of UTF-8, strictly: no overlong form, no surrogate, nothing above U+10FFFF. */
#ifndef TW_XML_UTF8_H
#define TW_XML_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Its bytes (1..4), among left > 0 bytes; 0: none begins there, or the end cuts it off (*partial, which is left as it
 * is otherwise). NUL is no character. */
size_t utf8_character(const unsigned char *at, size_t left, bool *partial);

/* How many characters begin in so many bytes. */
size_t utf8_count(const char *text, size_t length);

#endif
