/* Compiles all knowledge before work starts: dialects, codes, registers, policy, rules, pages.
 *
 * Where data lies: TIDEWAITER_DATA, else schemas/ beside the build tree, else the installation's share folder.
 */
#ifndef TW_PIPELINE_KNOW_H
#define TW_PIPELINE_KNOW_H

#include "knowledge.h"

struct arena;
struct options;

/* NULL: what is wrong was printed; *code says with which exit code to end. */
struct knowledge *know(const struct options *options, int *code);
/* The same without the examples of rules, which no review asks for. */
struct knowledge *know_for_review(const struct options *options, int *code);
void know_free(struct knowledge *knowledge); /* NULL is allowed */

/* The folder of our data; in the arena of nobody: free() it. NULL: not found, which was printed. */
char *know_data(const struct options *options);

/* The register file that a review reads: --registers, else TIDEWAITER_REGISTERS, else the fixtures' in a build tree; in
 * the arena; NULL: none. */
const char *know_registers(const struct options *options, struct arena *arena);

#endif
