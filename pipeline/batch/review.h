/* Reviews one bundle: the whole chain over it, and what is left of it for the run.
 *
 * Ownership  A review owns its buffers until review_free; it holds nothing of the consignment, whose arena is
 *            gone when review_bundle returns. So it can be sent from a worker as it is.
 */
#ifndef TW_BATCH_REVIEW_H
#define TW_BATCH_REVIEW_H

#include "base/buffer.h"
#include "chain.h"
#include "consignment.h"
#include "report/note.h"

#include <stdint.h>

struct bundle_input;
struct format;
struct knowledge;

enum { REVIEW_POINTS = 7 }; /* 1 to 6; 7: loading and settlement */

struct review {
    enum outcome outcome;
    unsigned findings[REVIEW_POINTS + 1]; /* by point */
    unsigned undecided;
    struct buffer line;      /* its JSON object (CONTRACT) */
    struct buffer row;       /* its line of run.csv */
    struct buffer piece;     /* what --format prints of it */
    struct buffer container; /* the annotated bundle; for a quarantined one the text of its JSON file */
    struct buffer declarant; /* the declarant's page of a referred bundle, or empty */
    struct note note;        /* what the run's page tells of it */
    uint64_t nanoseconds;    /* of CPU time */
    struct chain_times times;
};

/* name is the bundle's NAME (CONTRACT): its output will be NAME.asice. */
void review_bundle(const struct knowledge *k, const struct format *format, const struct bundle_input *bundle,
                   struct review *review);
void review_free(struct review *review);

/* The exit code that this outcome alone would give. */
int review_exit_code(enum outcome outcome);

#endif
