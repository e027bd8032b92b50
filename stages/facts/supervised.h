/* Which goods stay under supervision when they are released, and what ends it (CATALOGUE-A 8.4, list Closure). */
#ifndef TW_FACTS_SUPERVISED_H
#define TW_FACTS_SUPERVISED_H

#include "reference/policy.h"

#include <stdbool.h>
#include <stdint.h>

struct fact;
struct reference;

struct closing {
    bool supervised;       /* released, and supervision goes on */
    const char *closed_by; /* what closes or discharges it, as the list says, or NULL */
};

struct closing item_closing(const struct reference *reference, enum policy_profile profile,
                            const struct fact *declaration, const struct fact *item, int32_t day);
bool any_item_supervised(const struct reference *reference, enum policy_profile profile, const struct fact *declaration,
                         int32_t day);

#endif
