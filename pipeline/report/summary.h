/* The sums of a run: outcomes, findings by rule and by exporter, time by stage, and the rows of its tables; for
 * run.json, run.html and the last lines on stderr. */
#ifndef TW_REPORT_SUMMARY_H
#define TW_REPORT_SUMMARY_H

#include "batch/review.h"
#include "report/tally.h"

#include <stdio.h>

struct knowledge;

/* What a table of bundles shows of one of them; in a table the texts lie in its memory. */
struct summary_row {
    const char *bundle, *exporter, *reason, *detail, *entry; /* all but the first may be NULL */
    char *memory;
    int64_t offset;
    enum outcome outcome;
    unsigned findings, undecided;
    uint64_t nanoseconds;
};

/* The first rows of a table, in its order; more than it holds were met. */
struct summary_table {
    struct summary_row *rows;
    size_t count, most;
    bool (*before)(const struct summary_row *a, const struct summary_row *b);
};

enum { SUMMARY_ROWS = 200, SUMMARY_SLOWEST = 10, SUMMARY_QUARANTINED = 20 }; /* PAGES 4, run.html */

struct summary {
    unsigned long bundles;
    unsigned long outcomes[OUTCOME_QUARANTINE + 1];
    unsigned long findings[REVIEW_POINTS + 1];
    unsigned long undecided;
    uint64_t nanoseconds;
    struct chain_times times;
    unsigned long not_released;
    struct summary_table held, slowest, quarantined;
    struct tally rules, parties;
};

/* A zeroed summary is ready for use. */
void summary_add(struct summary *summary, const char *bundle, const struct review *review);
void summary_free(struct summary *summary);

void summary_json(struct buffer *out, const struct summary *summary, const struct knowledge *k);
/* run.html (run-page.c). Sorts the tallies: nothing may be added after it. */
void summary_page(struct buffer *out, struct summary *summary, const struct knowledge *k);
void summary_print(FILE *stream, const struct summary *summary, const char *out);
void summary_profile(FILE *stream, const struct summary *summary);

#endif
