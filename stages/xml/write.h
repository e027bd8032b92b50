/* Escaping text on its way into XML or HTML.
 *
 * What comes out is well-formed whatever goes in: characters that XML 1.0 does not have, and bytes that are not
 * UTF-8, become U+FFFD. A carriage return is written so that a parser gives it back; in an attribute value, tab and
 * line feed too. NULL writes nothing.
 */
#ifndef TW_XML_WRITE_H
#define TW_XML_WRITE_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;

void xml_write_text(struct buffer *out, const char *text);
void xml_write_text_part(struct buffer *out, const char *text, size_t length);

/* The value alone: the caller writes name and (double) quotes. */
void xml_write_attribute(struct buffer *out, const char *value);

/* Without any escape, for what is not written but handed on: only what XML does not have is replaced. */
bool xml_is_clean(const char *text);
void xml_write_clean(struct buffer *out, const char *text);

#endif
