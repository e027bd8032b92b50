#include "facts/supervised.h"

#include "reference/reference.h"
#include "tree/fact.h"

#include <string.h>

static bool regime_is_supervised(const struct reference *reference, const struct fact *item, int32_t day) {
    const char *regime = fact_text(item, "regime");
    const struct fact *row = regime ? reference_code_row(reference, "Regimes", regime, day) : NULL;
    return row && fact_is(row, "supervised", "true");
}

struct closing item_closing(const struct reference *reference, enum policy_profile profile,
                            const struct fact *declaration, const struct fact *item, int32_t day) {
    const struct fact *row = NULL;
    if (profile != PROFILE_GENERIC) {
        row = reference_closure(reference, profile, fact_text(item, "procedure/requested"),
                                fact_text(item, "procedure/previous"), fact_text(declaration, "tradeMode"), day);
    }
    if (row) {
        return (struct closing){.supervised = fact_is(row, "outcome", "release-supervise"),
                                .closed_by = fact_text(row, "closedBy")};
    }
    return (struct closing){.supervised = regime_is_supervised(reference, item, day)};
}

static bool same_text(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Do two items have one regime and one procedure, so that what ends their supervision is the same? */
static bool is_alike(const struct fact *a, const struct fact *b) {
    static const char *const paths[] = {"regime", "procedure/requested", "procedure/previous"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (!same_text(fact_text(a, paths[i]), fact_text(b, paths[i]))) {
            return false;
        }
    }
    return true;
}

bool any_item_supervised(const struct reference *reference, enum policy_profile profile, const struct fact *declaration,
                         int32_t day) {
    const struct fact *before = NULL;
    for (const struct fact *item = fact_at(declaration, "goodsItem"); item; item = item->next_same) {
        if (before && is_alike(before, item)) {
            continue;
        }
        if (item_closing(reference, profile, declaration, item, day).supervised) {
            return true;
        }
        before = item;
    }
    return false;
}
