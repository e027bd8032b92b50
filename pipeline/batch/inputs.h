/* Which bundles the arguments of a command name, and their bytes, one bundle after the other.
 *
 * Source     CONTRACT "What counts as a bundle, and names".
 * Sequence   inputs_open, inputs_next until false, inputs_close.
 * Ownership  What inputs_next hands out is valid until the next call.
 * Errors     A path on the command line that is not there, or a list that cannot be read, is reported by
 *            inputs_open before anything starts. What goes wrong later makes a bundle with a reason.
 */
#ifndef TW_BATCH_INPUTS_H
#define TW_BATCH_INPUTS_H

#include "consignment.h"

#include <stdbool.h>

struct inputs;
struct knowledge;
struct options;
struct texts;

struct bundle_input {
    struct input input;
    const char *name;            /* NAME: what its outputs are called */
    const char *label;           /* the path as the user knows it: "filings/x.zip", "outer.tar!dir/a.zip" */
    const char *reason, *detail; /* of quarantine, for what cannot be read; reason NULL: input holds its bytes */
    int descriptor;              /* of the file that input holds, as long as input; -1: it is in memory alone */
    char digest[DIGEST_TEXT];    /* CONTRACT's, of files and folders; "": it cannot be read */
    const struct claim *refused; /* claims that were refused when it was reviewed before (HOUSE, "Claims") */
    size_t refused_count;
};

/* Whether all paths of the command line are there; those that are not are printed. */
bool inputs_there(const struct texts *arguments);

/* NULL: what is wrong was printed; *code is the exit code. From options: --as and -0. */
struct inputs *inputs_open(const struct texts *arguments, const struct options *options, const struct knowledge *k,
                           int *code);
bool inputs_next(struct inputs *inputs, struct bundle_input *bundle);
/* How many more there may be, as far as can be told without reading: for progress alone. */
size_t inputs_left(const struct inputs *inputs);
void inputs_close(struct inputs *inputs);

#endif
