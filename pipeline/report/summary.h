/* The sums of a run: outcomes, findings by rule, time by stage; for run.json, run.html and the last lines on stderr. */
#ifndef TW_REPORT_SUMMARY_H
#define TW_REPORT_SUMMARY_H

#include "batch/review.h"

#include <stdio.h>

struct knowledge;

struct summary_row {
    char *bundle;
    enum outcome outcome;
    unsigned findings, undecided;
    uint64_t nanoseconds;
};

enum { SUMMARY_ROWS = 200 }; /* PAGES 4: the page shows the first 200 that were not released */

struct summary {
    unsigned long bundles;
    unsigned long outcomes[OUTCOME_QUARANTINE + 1];
    unsigned long findings[REVIEW_POINTS + 1];
    unsigned long undecided;
    uint64_t nanoseconds;
    struct chain_times times;
    struct summary_row rows[SUMMARY_ROWS];
    unsigned row_count;
    unsigned long not_released;
};

void summary_add(struct summary *summary, const char *bundle, const struct review *review);
void summary_free(struct summary *summary);

void summary_json(struct buffer *out, const struct summary *summary, const struct knowledge *k);
void summary_page(struct buffer *out, const struct summary *summary, const struct knowledge *k);
void summary_print(FILE *stream, const struct summary *summary, const char *out);
void summary_profile(FILE *stream, const struct summary *summary);

#endif
