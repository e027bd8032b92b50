/* What a review prints to stdout: one row per format (option --format). */
#ifndef TW_REPORT_FORMAT_H
#define TW_REPORT_FORMAT_H

struct buffer;
struct consignment;
struct review;

struct format {
    const char *name;
    const char *head, *tail; /* before the first and behind the last bundle */
    void (*piece)(struct buffer *out, const struct consignment *c, const char *bundle, const struct review *review);
    /* Where times are shown, the piece is made when the bundle is settled, from the review alone. */
    void (*settled)(struct buffer *out, const char *bundle, const struct review *review);
};

/* The format of that name, or NULL. */
const struct format *format_find(const char *name);
/* All names, apart by blanks, for messages. */
extern const char format_names[];

#endif
