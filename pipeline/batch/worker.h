/* A worker: reviews one bundle after the other, and holds nothing but what it knew when it was forked.
 *
 * Purpose    It has no path, no ledger, and one socket; it is closed (batch/sandbox.h) before it sees the first byte
 *            of a bundle. What goes wrong in it costs the bundle in hand alone.
 * Sequence   Forked after all knowledge is compiled; takes bundles until the socket closes, then ends.
 * Limits     Memory: bundle.memory above what it was born with. Time is the supervisor's to watch.
 */
#ifndef TW_BATCH_WORKER_H
#define TW_BATCH_WORKER_H

#include "batch/review.h"

#include <stdint.h>

struct worker_needs {
    const struct knowledge *k;
    const struct format *format;
    review_function *review;
    uint64_t memory;       /* bundle.memory */
    uint64_t output_bytes; /* of one review, at most */
};

/* Signs through the supervisor: the function of `struct signer` in a worker. The context is nothing. */
bool worker_sign(void *context, const unsigned char *digest, unsigned char *signature, size_t *length);

/* Never returns. The socket is the worker's end of its pair. */
_Noreturn void worker_main(int socket, const struct worker_needs *needs);

#endif
