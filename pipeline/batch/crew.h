/* The crew: worker processes, their bundles in hand, their time, their end.
 *
 * Sequence   crew_open; crew_hand while crew_idle; crew_event until all are back; crew_close.
 * Workers    A worker that ends, hangs or talks nonsense is killed, its bundle reported as lost with a reason, and
 *            another is forked in its place. One that has done some thousand bundles is replaced, too.
 * Seal       A worker may ask for one signature for each bundle in hand; the crew fetches it from the signer.
 * Errors     A machine on which no process can be forked is a fault (base/fault.h).
 */
#ifndef TW_BATCH_CREW_H
#define TW_BATCH_CREW_H

#include "batch/message.h"
#include "batch/worker.h"

#include <stdbool.h>
#include <stdint.h>

struct crew;
struct signer_process; /* batch/signer.h */

struct crew_needs {
    struct worker_needs worker;
    const struct signer_process *signer; /* NULL: nothing is signed */
    unsigned workers;
    uint64_t milliseconds; /* bundle.seconds: wall time of one bundle */
};

struct crew *crew_open(const struct crew_needs *needs);
void crew_close(struct crew *crew); /* bundles in hand are dropped; NULL is allowed */

unsigned crew_size(const struct crew *crew);
unsigned crew_busy(const struct crew *crew);

/* Hands a bundle to an idle worker: take.output is the crew's to give. fresh: to one that has done none before.
 * False: the worker was lost; try again. */
bool crew_hand(struct crew *crew, const struct take *take, bool fresh);

/* The bundle that is in hand longest; false: none is. */
bool crew_slowest(const struct crew *crew, uint64_t *ordinal, uint64_t *milliseconds);

struct crew_event {
    uint64_t ordinal;
    struct review review; /* where lost is NULL; the caller's to free */
    const char *lost;     /* a quarantine reason: timeout, memory, crash, unreadable */
    char detail[128];     /* how it ended, in words */
};

/* Waits so long for a worker, or for `wake` to be readable (-1: nothing). True: an event. */
bool crew_event(struct crew *crew, int wake, int milliseconds, struct crew_event *event);

uint64_t crew_clock(void); /* monotonic milliseconds */

#endif
