/* Reviews one bundle: the whole chain over it, and what is left of it for the run.
 *
 * Ownership  A review owns its buffers and its arena until review_free; it holds nothing of the consignment, whose
 *            arena is gone when review_bundle returns. So it can be sent from a worker as it is
 *            (batch/review-message.h).
 */
#ifndef TW_BATCH_REVIEW_H
#define TW_BATCH_REVIEW_H

#include "base/buffer.h"
#include "chain.h"
#include "consignment.h"
#include "report/note.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct bundle_input;
struct format;
struct knowledge;

enum { REVIEW_POINTS = 7 }; /* 1 to 6; 7: loading and settlement */

/* Facts of the declaration that the ledger keeps in columns of `clearance`, and their paths there. */
enum { REVIEW_FACTS = 18 };
struct review_fact {
    const char *column, *path;
};
extern const struct review_fact review_facts[REVIEW_FACTS];
enum { REVIEW_MRN = 0 }; /* its place among them */

/* A finding as the ledger keeps it: state is open, waived or undecided. */
struct review_finding {
    const char *rule, *severity, *state;
};

/* The pages that a bundle has whatever its outcome, by their names below clearance/; the second language has a suffix.
 */
enum { REVIEW_PAGES = 6 };
extern const char *const review_pages[REVIEW_PAGES];

struct review {
    enum outcome outcome;
    char digest[DIGEST_TEXT];             /* of the bundle; "": not known */
    unsigned findings[REVIEW_POINTS + 1]; /* by point */
    unsigned undecided;
    struct buffer line;                /* its JSON object (CONTRACT) */
    struct buffer row;                 /* its line of run.csv */
    struct buffer piece;               /* what --format prints of it */
    struct buffer container;           /* the annotated bundle; for a quarantined one the text of its JSON file */
    struct buffer declarant;           /* the declarant's page of a referred bundle, or empty */
    struct buffer pages[REVIEW_PAGES]; /* with --pages, of a bundle that is not released; not written: empty */
    struct note note;                  /* what the run's page tells of it */
    uint64_t nanoseconds;              /* of CPU time */
    struct chain_times times;

    struct arena *arena;             /* of what follows */
    const char *reason;              /* of quarantine, or NULL */
    const char *facts[REVIEW_FACTS]; /* NULL: absent */
    const struct claim *claims;
    size_t claim_count;
    const struct review_finding *judged;
    size_t judged_count;
};

/* What reviews a bundle: review_bundle, or what a test puts in its place. */
typedef void review_function(const struct knowledge *k, const struct format *format, const struct bundle_input *bundle,
                             struct review *review);

review_function review_bundle;
void review_free(struct review *review);

bool review_released(const struct review *review);

/* The exit code that this outcome alone would give. */
int review_exit_code(enum outcome outcome);

#endif
