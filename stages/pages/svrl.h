/* The findings as ISO SVRL (ISO/IEC 19757-3 annex D), with document, line and column in attributes of ours, since
 * SVRL has no place for them (ENGINEERING 0 finding 5). Which rules passed, the record says: here stand the patterns
 * that found something, or one without a name where none did. */
#ifndef TW_PAGES_SVRL_H
#define TW_PAGES_SVRL_H

struct buffer;
struct consignment;

void svrl_print(struct buffer *out, const struct consignment *consignment);

#endif
