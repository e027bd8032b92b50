/* One bundle as one line of run.csv: RFC 4180, safe against formulas (a field that begins with = + - @ is led by an
 * apostrophe). No duration stands in it (CONTRACT). */
#ifndef TW_REPORT_ROW_H
#define TW_REPORT_ROW_H

struct buffer;
struct consignment;

extern const char row_header[]; /* with its line feed */
void row_bundle(struct buffer *out, const struct consignment *c, const char *bundle, const char *output);
/* One field, made safe and quoted where it must be; NULL is empty. */
void row_field(struct buffer *out, const char *text);

#endif
