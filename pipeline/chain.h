/* The chain: the table of the ten stages, and the runner that takes one case through them. */
#ifndef TW_PIPELINE_CHAIN_H
#define TW_PIPELINE_CHAIN_H

#include "stage.h"

#include <stdbool.h>
#include <stdint.h>

struct consignment;
struct knowledge;

extern const struct stage chain[]; /* ends with a row without a name */
enum { STAGES = 10 };

/* Time by stage, in nanoseconds; NULL where nobody asks. The clock that costs least to read is taken. */
struct chain_times {
    uint64_t spent[STAGES];
};

/* The row of that name, or NULL. */
const struct stage *chain_find(const char *name);

/* Runs a case through the chain, up to and with the stage `until` (NULL: all). STEP_STOP: quarantined. */
enum step chain_run(struct consignment *c, const struct knowledge *k, const struct stage *until,
                    struct chain_times *times);

#endif
