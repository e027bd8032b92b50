/* The supervisor: bundles in input order, workers on several at once, results settled in input order again.
 *
 * Purpose    The window holds what is begun and not settled: waiting, in hand, done. Nobody waits in mid-chain: a
 *            bundle whose claim is refused runs again with the refusal as input (HOUSE, "Claims"), while the others
 *            go on. So a result is a function of the bundle and its refusals, and the bytes are the same for every
 *            number of workers.
 * Failures   A bundle that is lost with its worker is tried once more, alone, in a fresh worker; lost again, it is
 *            quarantined with the reason (timeout, memory, crash). The run goes on.
 */
#ifndef TW_BATCH_SUPERVISOR_H
#define TW_BATCH_SUPERVISOR_H

#include "batch/inputs.h"
#include "batch/review.h"

#include <stdbool.h>
#include <stdint.h>

struct crew;
struct progress;
struct signals;

enum settled {
    SETTLED,
    SETTLE_AGAIN, /* claims were refused: the bundle runs again with those of `refused` */
    SETTLE_FAILED,
};

/* The claims refused so far of one bundle; texts are copied. */
struct refusals {
    struct arena *arena;
    struct claim *items;
    size_t count, capacity;
};
bool refusals_add(struct refusals *refusals, const struct claim *claim); /* false: it was refused before */

/* A bundle that is done. */
struct supervised_bundle {
    uint64_t ordinal; /* in input order, from 0 */
    const struct bundle_input *input;
    const struct review *review;
    unsigned known; /* what the call of that name said */
    struct refusals *refused;
};

/* What the run does with bundles; context is handed through. */
struct supervisor_calls {
    void *context;
    /* Not 0: what became of the bundle is known from before, and the review made: no worker sees it. */
    unsigned (*known)(void *context, uint64_t ordinal, const struct bundle_input *input, struct review *review);
    /* In input order. */
    enum settled (*settle)(void *context, const struct supervised_bundle *bundle);
    /* Before it waits, and at the end: what was settled may be made safe now. */
    bool (*rest)(void *context, bool at_end);
};

struct supervisor_needs {
    const struct knowledge *k;
    const struct format *format;
    struct inputs *inputs;
    struct crew *crew;
    struct signals *signals;
    struct progress *progress;
    unsigned window; /* batch.window */
    struct supervisor_calls calls;
};

enum supervised {
    SUPERVISED_ALL,
    SUPERVISED_STOPPED, /* by a signal: what was begun is settled */
    SUPERVISED_FAILED,  /* a call failed, and said so */
};
enum supervised supervise(const struct supervisor_needs *needs);

#endif
