/* Counts by name, for the tables of a run: rules, exporters. Names are found by hash, so that a run of a million
 * bundles costs no more per bundle than a small one.
 *
 * Ownership  The tally owns its names until tally_free. A row's place may change when another is added.
 */
#ifndef TW_REPORT_TALLY_H
#define TW_REPORT_TALLY_H

#include "finding.h"

#include <stddef.h>

struct tally_row {
    char *name;
    unsigned point;
    enum severity severity; /* the strongest met */
    unsigned long bundles, not_released, findings, undecided;
};

struct tally {
    struct tally_row *rows; /* in the order of their first coming */
    size_t count, capacity;
    size_t *slots; /* open addressing: index of a row and 1, or 0 */
    size_t slot_count;
};

/* The row of that name, made where there is none. */
struct tally_row *tally_at(struct tally *tally, const char *name);
void tally_free(struct tally *tally);

/* Sorts the rows by findings, most first, then by name; rows are found no more after that. */
void tally_sort(struct tally *tally);

#endif
