/* Parties in registers: who is registered, who is on a list of those with whom nobody may deal (FACTS 9). */
#include "base/arena.h"
#include "xpath/house.h"

#include <string.h>

/* ---- Registered ------------------------------------------------------------------------------------- */

static struct answer registered(struct evaluation *e, const struct value *party, int32_t day) {
    const struct fact *fact = argument_fact(party);
    const struct reference *reference = e->host->reference;
    if (fact && !fact->value) {
        return reference_party_of(reference, e->bundle, fact, day);
    }
    const struct fact *scheme = next_child(e, fact, "@scheme", NULL);
    return reference_party(reference, e->bundle, scheme ? scheme->value : NULL, argument_text(e, party), day);
}

static struct value registered_party_of(struct evaluation *e, const struct value *arguments, size_t count) {
    static const char memo[] = "tw:registeredParty";
    struct value value;
    int32_t day;
    const struct fact *fact = argument_fact(&arguments[0]);
    (void)count;
    if (!argument_day(e, &arguments[1], &day, &value)) {
        return value;
    }
    if (fact && !fact->value && !next_child(e, fact, "id", NULL)) {
        return value_unknown(missing_below(e, fact, "id"));
    }
    struct map_key key = {.a = memo, .b = fact, .number = day}; /* facts of a bundle stay where they are */
    const struct value *kept = fact ? memo_find(e, &key) : NULL;
    if (kept) {
        return *kept;
    }
    if (!e->host->reference) {
        return value_unknown(missing_kind(e, "register:", "party"));
    }
    struct arena *arena = e->arena;
    e->arena = e->bundle;
    struct answer answer = registered(e, &arguments[0], day);
    value = answer.state == REGISTER_AVAILABLE ? value_facts(e, answer.rows, answer.count, NULL)
                                               : value_unknown(missing_kind(e, "register:", "party"));
    e->arena = arena;
    if (fact) {
        memo_keep(e, &key, value);
    }
    return value;
}

/* ---- Denied ----------------------------------------------------------------------------------------- */

/* What the lists say of a party: the rows that match, and how many could not be compared by name. */
struct denial {
    enum register_state state;
    struct value rows;
    size_t not_compared;
};

static struct denial *look_up(struct evaluation *e, const struct fact *party, int32_t day, const struct decimal *weak) {
    struct denial *denial = arena_zero(e->bundle, sizeof *denial);
    struct arena *arena = e->arena;
    e->arena = e->bundle;
    struct answer answer = reference_denied(e->host->reference, e->bundle, party, weak, day, &denial->not_compared);
    denial->state = answer.state;
    denial->rows = value_facts(e, answer.rows, answer.count, NULL);
    e->arena = arena;
    spend(e, reference_table(e->host->reference, "party.denied")->count);
    return denial;
}

/* NULL: *unknown says why. */
static const struct denial *denial_of(struct evaluation *e, const struct value *arguments, struct value *unknown) {
    static const char memo[] = "tw:denied";
    const struct fact *party = argument_fact(&arguments[0]);
    struct decimal weak;
    int32_t day;
    if (!e->host->reference) {
        *unknown = value_unknown(missing_kind(e, "register:", "party.denied"));
        return NULL;
    }
    if (!next_child(e, party, "name", NULL) && !next_child(e, party, "id", NULL)) {
        *unknown = value_unknown(missing_below(e, party, "name"));
        return NULL;
    }
    if (!argument_day(e, &arguments[1], &day, unknown) || !house_decimal(e, "name.weak", &weak, unknown)) {
        return NULL;
    }
    struct map_key key = {.a = memo, .b = party, .number = day};
    struct denial *denial = map_find(&e->memory->kept, &key);
    if (!denial) {
        denial = look_up(e, party, day, &weak);
        map_put(&e->memory->kept, &key, denial);
    }
    if (denial->state != REGISTER_AVAILABLE) {
        *unknown = value_unknown(missing_kind(e, "register:", "party.denied"));
        return NULL;
    }
    return denial;
}

/* A match decides. Without one, entries in another script leave the question open where policy wants it so. */
static struct value denied_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct value unknown;
    const struct denial *denial = denial_of(e, arguments, &unknown);
    const char *other = house_policy(e, "denied.otherScript");
    (void)count;
    if (!denial) {
        return unknown;
    }
    if (!denial->rows.nodes.count && denial->not_compared && other && strcmp(other, "undecidable") == 0) {
        const char *path = fact_path(e->arena, argument_fact(&arguments[0]));
        return value_unknown(missing_named(e, "register:party.denied in the script of %s", path));
    }
    return denial->rows;
}

static struct value not_compared_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct value unknown;
    const struct denial *denial = denial_of(e, arguments, &unknown);
    (void)count;
    return denial ? value_integer((int64_t)denial->not_compared) : unknown;
}

const struct function functions_party[] = {
    {.name = "tw:registeredParty",
     .takes = "VV",
     .min = 2,
     .returns = RETURNS_NODES,
     .of = "register:party",
     .body = registered_party_of},
    {.name = "tw:denied",
     .takes = "NV",
     .min = 2,
     .returns = RETURNS_NODES,
     .of = "register:party.denied",
     .body = denied_of},
    {.name = "tw:notCompared", .takes = "NV", .min = 2, .returns = RETURNS_INTEGER, .body = not_compared_of},
    {0},
};
