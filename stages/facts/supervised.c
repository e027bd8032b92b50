#include "facts/supervised.h"

#include "reference/reference.h"
#include "tree/fact.h"

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

bool any_item_supervised(const struct reference *reference, enum policy_profile profile,
                         const struct fact *declaration, int32_t day) {
    for (const struct fact *item = fact_at(declaration, "goodsItem"); item; item = item->next_same) {
        if (item_closing(reference, profile, declaration, item, day).supervised) {
            return true;
        }
    }
    return false;
}
