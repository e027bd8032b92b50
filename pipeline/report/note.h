/* What the run's page tells of one bundle: by whom, why, which rules; kept when the bundle itself is gone.
 *
 * Ownership  A note owns its texts until note_free.
 */
#ifndef TW_REPORT_NOTE_H
#define TW_REPORT_NOTE_H

#include "finding.h"

#include <stddef.h>
#include <stdint.h>

struct consignment;

struct note_rule {
    char *rule;
    unsigned point;
    enum severity severity;
    unsigned findings, undecided;
};

struct note {
    char *exporter;       /* NULL: not known */
    char *reason;         /* the rule or gate that first kept the goods, or the code of the quarantine; NULL: none */
    char *detail, *entry; /* of a quarantine */
    int64_t offset;       /* -1: not known */
    struct note_rule *rules;
    size_t rule_count;
};

void note_take(struct note *note, const struct consignment *c);
void note_free(struct note *note);

#endif
