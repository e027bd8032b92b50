/* A run: all bundles of the inputs, in order, reviewed and written out (CONTRACT, "What a review writes").
 *
 * Files      DIR/NAME.asice, DIR/quarantine/NAME.json, DIR/declarant/NAME.html; run.json, run.csv, run.html.
 * Errors     A fault of the machine (a full disk, an output that cannot be written) stops the run with exit code
 *            4; what was finished before is whole and stays.
 */
#ifndef TW_BATCH_RUN_H
#define TW_BATCH_RUN_H

struct inputs;
struct knowledge;
struct options;

/* The exit code: the highest that applies. */
int run_review(const struct options *options, const struct knowledge *knowledge, struct inputs *inputs);

#endif
