/* Claims on balances and on numbers used once (HOUSE, "Claims"). */
#include "rules/result.h"

#include "base/arena.h"

#include <string.h>

static bool same(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* The claim that an assertion makes here. False: its key is absent, so that it claims nothing. */
static bool claim_of(struct run *run, const struct rule *rule, const struct assertion *a, struct claim *claim) {
    struct value key = evaluate(run->e, a->claim_key);
    const char *text = value_text(run->e, &key);
    if (!text || !*text) {
        return false;
    }
    *claim = (struct claim){.rule = rule->summary.id, .reg = a->claim_register, .key = arena_string(run->arena, text)};
    if (a->claim_amount) {
        struct value amount = evaluate(run->e, a->claim_amount);
        const char *much = value_text(run->e, &amount);
        claim->amount = much ? arena_string(run->arena, much) : NULL;
    }
    return true;
}

bool claim_refused(struct run *run, const struct rule *rule, const struct assertion *assertion) {
    struct claim claim;
    if (!assertion->claim_register || !run->c->refused_count || !claim_of(run, rule, assertion, &claim)) {
        return false;
    }
    for (size_t i = 0; i < run->c->refused_count; i++) {
        const struct claim *refused = &run->c->refused[i];
        if (same(refused->rule, claim.rule) && same(refused->reg, claim.reg) && same(refused->key, claim.key)) {
            return true;
        }
    }
    return false;
}

void claim_add(struct run *run, const struct rule *rule, const struct assertion *assertion) {
    struct claim claim;
    if (!assertion->claim_register || !claim_of(run, rule, assertion, &claim)) {
        return;
    }
    for (size_t i = 0; !claim.amount && i < run->c->claims.count; i++) {
        const struct claim *other = &run->c->claims.items[i];
        if (same(other->reg, claim.reg) && same(other->key, claim.key) && same(other->rule, claim.rule)) {
            return; /* a number used once is claimed once */
        }
    }
    struct claim *added = LIST_ADD(run->arena, run->c->claims);
    *added = claim;
}
