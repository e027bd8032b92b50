/* Texts as JSON writes them (RFC 8259). */
#ifndef TW_BASE_JSON_H
#define TW_BASE_JSON_H

struct buffer;

/* A text as a JSON string, quotes included; NULL gives null. Bytes that are not UTF-8 become U+FFFD. */
void json_text(struct buffer *out, const char *text);

#endif
