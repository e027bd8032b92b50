/* One bundle as one JSON object (CONTRACT, "One JSON object per bundle"). Money stays text; nothing in it depends
 * on the time of day. */
#ifndef TW_REPORT_JSON_H
#define TW_REPORT_JSON_H

struct buffer;
struct consignment;

/* The object, without line feed. bundle: the input as named on the command line; output: the file written, or NULL. */
void json_bundle(struct buffer *out, const struct consignment *c, const char *bundle, const char *output);

/* The file of a quarantined bundle: reason, detail, entry, offset. */
void json_quarantine(struct buffer *out, const struct consignment *c, const char *bundle);

#endif
