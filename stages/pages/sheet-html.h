/* HTML as the html method of XSLT 1.0 writes it (libxml2's table of HTML 4): which elements and attributes are special,
 * and values between quotes. Text is written by xml/write.h. */
#ifndef TW_PAGES_SHEET_HTML_H
#define TW_PAGES_SHEET_HTML_H

#include <stdbool.h>

struct buffer;

bool html_is_void(const char *element);      /* no content, no end tag */
bool html_is_raw(const char *element);       /* its text is not escaped */
bool html_is_boolean(const char *attribute); /* written without its value */
bool html_is_uri(const char *element, const char *attribute);

/* The value with its quotes: double ones, single ones where it has double ones alone. uri: blanks and what no URI has
 * as %XX. */
void html_write_value(struct buffer *out, const char *value, bool uri);

#endif
