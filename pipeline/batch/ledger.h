/* The ledger: what was decided about which bundle, by which run (CATALOGUE-B 5.1), in one SQLite file.
 *
 * Sequence   ledger_open; ledger_unfinished; ledger_begin or ledger_resume; ledger_known, ledger_add; ledger_commit for
 *            each group, when its files are safe; ledger_finish.
 * Writer     One: the supervisor. Workers never hold it.
 * Kill       What is not committed did not happen. A run that was killed is found by its options, and goes on with
 *            its own clock: what it had settled it tells again from here.
 * Errors     false or NULL with a message on stderr.
 */
#ifndef TW_BATCH_LEDGER_H
#define TW_BATCH_LEDGER_H

#include "batch/inputs.h"
#include "batch/review.h"

#include <stdbool.h>
#include <stdint.h>

struct account;
struct ledger;

struct ledger *ledger_open(const char *path);
void ledger_close(struct ledger *ledger); /* NULL is allowed */

struct ledger_run {
    int64_t id;     /* 0: none */
    char clock[32]; /* of the run, as printed */
    char knowledge[DIGEST_TEXT];
};

/* The last run, if it did not end and had these options; id 0: none. */
bool ledger_unfinished(struct ledger *ledger, const char *options, struct ledger_run *run);

/* A new run; runs that never ended are given up. */
bool ledger_begin(struct ledger *ledger, const char *options, struct ledger_run *run);
bool ledger_resume(struct ledger *ledger, const struct ledger_run *run);
/* state: complete, stopped. */
bool ledger_finish(struct ledger *ledger, const char *state, const char *times);

/* Claims that earlier bundles were granted, this run's included, into the account. */
bool ledger_recall(struct ledger *ledger, struct account *account);

/* Which review there is of this very bundle (digest, names, output): one that this run made before it was killed, or
 * one that an earlier run made that knew the same. It comes without container, page and piece. */
enum known { KNOWN_NOT, KNOWN_OF_THIS_RUN, KNOWN_OF_BEFORE };
enum known ledger_known(struct ledger *ledger, uint64_t ordinal, const struct bundle_input *bundle,
                        struct review *review);

struct ledger_entry {
    uint64_t ordinal;
    const struct bundle_input *bundle;
    const struct review *review;
    const char *output; /* name of the file written */
    const struct claim *refused;
    size_t refused_count;
    bool known; /* an earlier run judged it: a row in bundle alone */
    bool binds; /* its claims were granted */
};
/* Takes the place of what this run had at that ordinal, if anything. */
bool ledger_add(struct ledger *ledger, const struct ledger_entry *entry);
bool ledger_commit(struct ledger *ledger);

/* A number that no two bundles of a ledger share. */
uint64_t ledger_number(const struct ledger *ledger, uint64_t ordinal);

#endif
