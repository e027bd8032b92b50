/* Runs the rulebook over one dossier (RULES 2, 3).
 *
 * Sequence   tree_number(dossier), then rules_run. It adds to findings, undecided, results and claims of the
 *            consignment, each sorted; waivers and cascades are applied.
 * Refusals   A claim that the supervisor refused makes its assertion fail (HOUSE, "Claims").
 */
#ifndef TW_RULES_RUN_H
#define TW_RULES_RUN_H

#include <stddef.h>

struct consignment;
struct knowledge;

void rules_run(struct consignment *consignment, const struct knowledge *knowledge);

/* Findings, undecided rows and results by point, rule, document, line (CONTRACT); rules_run has done so. */
void rules_sort(struct consignment *c);

/* rules_run for some rules alone: the draft stage asks L-740 and L-741 again, on the drafted bill. Their earlier
 * findings, undecided rows and results are replaced. */
void rules_run_again(struct consignment *consignment, const struct knowledge *knowledge, const char *const *rules,
                     size_t count);

#endif
