/* The case after one stage, as XML: what `review --until STAGE` prints, and what the tests of each stage compare. */
#ifndef TW_REPORT_CASE_H
#define TW_REPORT_CASE_H

struct buffer;
struct consignment;

void case_print(struct buffer *out, const struct consignment *consignment, const char *stage);

#endif
