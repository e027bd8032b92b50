/* A run: all bundles of the inputs, in order, reviewed by workers and written out (CONTRACT, "What a review writes").
 *
 * Files      DIR/NAME.asice, DIR/quarantine/NAME.json, DIR/declarant/NAME.html, DIR/pages/NAME/record.html; run.json,
 *            run.csv, run.html; the ledger.
 * Resume     What was settled is safe. The same command continues a run that was stopped or killed.
 * Errors     A fault of the machine (a full disk, an output that cannot be written) stops the run with exit code 4;
 *            what was finished before is whole and stays.
 */
#ifndef TW_BATCH_RUN_H
#define TW_BATCH_RUN_H

#include "batch/review.h"

struct options;

/* The exit code: the highest that applies. */
int run_review(const struct options *options);

/* The same with another function in the place of review_bundle, for tests of what becomes of a worker. */
int run_review_with(const struct options *options, review_function *review);

#endif
