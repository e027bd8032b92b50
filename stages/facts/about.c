#include "facts/about.h"

#include "base/fold.h"
#include "tree/fact.h"

#include <string.h>

bool is_about(struct arena *arena, const struct fact *declaration, const struct fact *paper) {
    static const char *const keys[] = {"mrn", "lrn", "ucr", "masterUcr"};
    const struct fact *named = fact_at(paper, "declaration");
    for (const struct fact *one = named; one; one = one->next_same) {
        for (size_t i = 0; one->value && i < sizeof keys / sizeof *keys; i++) {
            const char *key = fact_text(declaration, keys[i]);
            if (key && strcmp(fold_reference(arena, key), fold_reference(arena, one->value)) == 0) {
                return true;
            }
        }
    }
    return !named;
}
