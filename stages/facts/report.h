/* What a reading has to say: values that cannot be read (X-004, one each), elements that nothing read (X-005, one
 * per document), values that another source outranks. */
#ifndef TW_FACTS_REPORT_H
#define TW_FACTS_REPORT_H

#include "facts/gather.h"
#include "facts/reading.h"

struct consignment;
struct document;
struct fact;

struct report {
    struct consignment *c;
    struct document *document;
    struct gathered *gathered;
    struct outranked *outranked;
    size_t outranked_count, outranked_capacity;
    size_t unreadable;
};

void report_open(struct report *report, struct consignment *c, struct document *document, struct gathered *gathered);

/* fact: where it stands in the dossier, unreadable; NULL: another source was taken, or it is no fact. */
void report_unreadable(struct report *report, const struct fact *parent, const struct fact *fact,
                       const struct definition *definition, const struct value *value, const char *expected);

/* A value beside the one that was taken: of the same entry it is unread, of one further down outranked. */
void report_second(struct report *report, const struct definition *definition, const struct value *taken,
                   const struct value *value);

/* Counts and groups what was unread, adds X-005; the result lies in the case's arena. */
const struct reading *report_close(struct report *report);

#endif
