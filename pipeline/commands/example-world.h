/* The registers and the policy of an example: its rows and parameters over the defaults, no register file.
 *
 * Sequence   A zeroed world with schemas and names; world_enter per example; world_close.
 */
#ifndef TW_COMMANDS_EXAMPLE_WORLD_H
#define TW_COMMANDS_EXAMPLE_WORLD_H

#include "base/buffer.h"
#include "base/problems.h"
#include "rules/explain.h"

struct reference;

struct example_world {
    const char *schemas; /* our folder of data */
    struct names *names;
    struct reference *reference; /* of the example entered last; NULL: it could not be opened */
    struct problems problems;    /* what is wrong with its rows and parameters */
    struct buffer setting;       /* its rows and parameters as text */
};

/* Opens reference for an example; nothing is done where the last one had the same rows, parameters and day. */
void world_enter(struct example_world *world, const struct example *example, int32_t today);
void world_close(struct example_world *world);

#endif
