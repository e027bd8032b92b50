/* Registered parties (FACTS 9: tw:registeredParty). */

#include "base/arena.h"
#include "base/decimal.h"
#include "base/fold.h"
#include "base/time.h"
#include "reference/inside.h"
#include "tree/fact.h"
#include "tree/names.h"

#include <string.h>

static const char other_scheme[] = "OTHER";

enum { BY_ID = 1 };

/* ---- registered parties ---- */

/* Rows of one id under any scheme, if all of them are one party; else none. */
static struct answer under_any_scheme(const struct reference *reference, struct arena *arena, const char *id,
                                      int32_t day) {
    struct answer answer = find_row(reference, arena, "party", BY_ID, id, day);

    for (size_t i = 1; i < answer.count; i++) {
        const char *first = fact_text(answer.rows[0], "name"), *name = fact_text(answer.rows[i], "name");
        if (first == NULL || name == NULL || !fold_same(arena, first, name, &reference->legal_forms)) {
            answer.count = 0;
        }
    }
    return answer;
}

struct answer reference_party(const struct reference *reference, struct arena *arena, const char *scheme,
                              const char *id, int32_t day) {
    struct answer answer;

    if (scheme != NULL && strcmp(scheme, other_scheme) != 0) {
        answer = find_rows(reference, arena, "party", 0, (const char *const[]){scheme, id}, 2, day);
        if (answer.count != 0) {
            return answer;
        }
    }
    return under_any_scheme(reference, arena, id, day);
}

struct answer reference_party_of(const struct reference *reference, struct arena *arena, const struct fact *party,
                                 int32_t day) {
    struct answer answer = {.state = reference_table(reference, "party")->state};

    for (const struct fact *id = fact_at(party, "id"); id != NULL && answer.count == 0; id = id->next_same) {
        if (id->value != NULL) {
            answer = reference_party(reference, arena, fact_text(id, "@scheme"), id->value, day);
        }
    }
    return answer;
}
