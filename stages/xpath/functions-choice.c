/* Choice, definitions and sums: what a rule takes when something is absent, and what it adds up (FACTS 9). */
#include "base/arena.h"
#include "xpath/evaluate.h"

#include <string.h>

/* ---- Choice ----------------------------------------------------------------------------------------- */

static struct value if_of(struct evaluation *e, const struct call *call, struct fact *at) {
    struct value condition = argument(e, call->arguments[0], at, 'B');
    if (condition.kind == VALUE_UNKNOWN) {
        return condition;
    }
    return eval(e, call->arguments[condition.truth ? 1 : 2], at);
}

static enum truth if_truth(struct evaluation *e, const struct call *call, struct fact *at,
                           const struct missing **missing) {
    enum truth condition = eval_truth(e, call->arguments[0], at, missing);
    return condition == TRUTH_UNKNOWN ? condition
                                      : eval_truth(e, call->arguments[condition == TRUTH_TRUE ? 1 : 2], at, missing);
}

/* The first that is no empty set; a set that may be empty decides nothing. */
static struct value else_of(struct evaluation *e, const struct call *call, struct fact *at) {
    const struct missing *absent = NULL;
    struct value value = {0};
    for (size_t i = 0; i < call->count; i++) {
        value = eval(e, call->arguments[i], at);
        if (value.kind != VALUE_NODES) {
            return value;
        }
        const struct missing *missing = NULL;
        enum truth there = truth_of(e, &value, &missing);
        if (there == TRUTH_UNKNOWN) {
            return value_unknown(missing);
        }
        if (there == TRUTH_TRUE) {
            return value;
        }
        absent = missing_both(e, absent, value.nodes.missing);
    }
    value.nodes.missing = absent;
    return value;
}

/* Is one of the texts that a value stands for the word? */
static enum truth says(struct evaluation *e, const struct value *value, const char *word,
                       const struct missing **missing) {
    if (value->kind != VALUE_NODES) {
        const char *text = value_text(e, value);
        return text && strcmp(text, word) == 0 ? TRUTH_TRUE : TRUTH_FALSE;
    }
    enum truth all = TRUTH_FALSE;
    for (size_t i = 0; i < value->nodes.count; i++) {
        const struct member *member = &value->nodes.items[i];
        spend(e, 1);
        if (member->fact->state == FACT_UNREADABLE) {
            *missing = missing_both(e, *missing, missing_below(e, member->fact, NULL));
            all = TRUTH_UNKNOWN;
        } else if (member->fact->value && strcmp(member->fact->value, word) == 0) {
            if (!member->maybe) {
                return TRUTH_TRUE;
            }
            *missing = missing_both(e, *missing, value->nodes.missing);
            all = TRUTH_UNKNOWN;
        }
    }
    return all;
}

/* tw:is: the texts on the left, one after the other, against all that stand on the right. */
struct asking {
    struct visitor visitor;
    const struct call *call;
    const struct value *others;
    enum truth answer;
};

static void ask(struct asking *asking, const char *text, bool unsure) {
    struct visitor *v = &asking->visitor;
    for (size_t i = 1; i < asking->call->count; i++) {
        const struct value *other = &asking->others[i];
        enum truth one = TRUTH_UNKNOWN;
        if (other->kind == VALUE_UNKNOWN) {
            v->missing = missing_both(v->e, v->missing, other->missing);
        } else {
            one = says(v->e, other, text, &v->missing);
        }
        if (one == TRUTH_TRUE && !unsure) {
            asking->answer = TRUTH_TRUE;
            return;
        }
        if (one != TRUTH_FALSE) {
            asking->answer = TRUTH_UNKNOWN;
        }
    }
}

static bool take_asked(struct visitor *v, struct fact *fact, bool maybe) {
    struct asking *asking = (struct asking *)v;
    if (fact->state == FACT_UNREADABLE) {
        asking->answer = TRUTH_UNKNOWN;
    } else if (fact->value) {
        ask(asking, fact->value, maybe);
    }
    return asking->answer != TRUTH_TRUE;
}

/* Facts that are surely there against literals: nothing can be ⊥. */
static bool is_literal(struct fact *const *facts, size_t count, const struct call *call) {
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 1; facts[i]->value && k < call->count; k++) {
            if (strcmp(facts[i]->value, call->arguments[k]->text) == 0) {
                return true;
            }
        }
    }
    return false;
}

static enum truth is_any_of(struct evaluation *e, const struct call *call, struct fact *at,
                            const struct missing **missing) {
    struct few few;
    if (call->literal && few_members(e, call->arguments[0], at, &few)) {
        return is_literal(few.items, few.count, call) ? TRUTH_TRUE : TRUTH_FALSE;
    }
    struct value others[MAX_ARGUMENTS];
    for (size_t i = 1; i < call->count; i++) {
        others[i] = eval(e, call->arguments[i], at);
    }
    struct asking asking = {.visitor = {.e = e, .take = take_asked}, .call = call, .others = others};
    struct value other;
    if (!visit(&asking.visitor, call->arguments[0], at, &other)) {
        ask(&asking, value_text(e, &other), false);
    }
    if (asking.visitor.unknown && asking.answer == TRUTH_FALSE) {
        asking.answer = TRUTH_UNKNOWN;
    }
    if (asking.answer == TRUTH_UNKNOWN) {
        *missing = missing_both(e, *missing, asking.visitor.missing);
    }
    return asking.answer;
}

static enum truth is_of(struct evaluation *e, const struct call *call, struct fact *at,
                        const struct missing **missing) {
    struct sole sole = call->literal ? sole_member(e, call->arguments[0], at) : (struct sole){NULL, SOLE_SEVERAL};
    if (sole.which == SOLE_SEVERAL) {
        return is_any_of(e, call, at, missing);
    }
    return is_literal(&sole.fact, sole.which == SOLE_FACT, call) ? TRUTH_TRUE : TRUTH_FALSE;
}

static struct value among_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)count;
    const char *word = arguments[1].text;
    size_t length = strlen(word);
    for (const char *list = arguments[0].text; *list;) {
        size_t part = strcspn(list, " ,\t\n");
        if (part == length && length && strncmp(list, word, part) == 0) {
            return value_boolean(true);
        }
        list += part + (list[part] ? 1 : 0);
    }
    return value_boolean(false);
}

static struct value needs_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)count;
    const struct nodes *nodes = &arguments[0].nodes;
    const struct missing *missing = nodes->count ? NULL : nodes->missing;
    for (size_t i = 0; i < nodes->count; i++) {
        spend(e, 1);
        missing = missing_both(e, missing, missing_below(e, nodes->items[i].fact, arguments[1].text));
    }
    return value_unknown(missing);
}

/* ---- Definitions ------------------------------------------------------------------------------------ */

static const struct missing *sure_members(const struct nodes *nodes, bool *all_sure) {
    *all_sure = true;
    for (size_t i = 0; i < nodes->count; i++) {
        *all_sure = *all_sure && !nodes->items[i].maybe;
    }
    return nodes->missing;
}

static struct value united(struct evaluation *e, const struct derived *derived, const struct nodes *over) {
    struct nodes *sets = arena_zero(e->arena, over->count * sizeof *sets);
    const struct missing *unknown = NULL;
    bool is_unknown = false;
    for (size_t i = 0; i < over->count && !e->exhausted; i++) {
        spend(e, 1);
        struct value value = eval_derived(e, derived, over->items[i].fact);
        if (value.kind == VALUE_NODES) {
            sets[i] = value.nodes;
        } else {
            is_unknown = true;
            unknown = missing_both(
                e, unknown,
                value.kind == VALUE_UNKNOWN ? value.missing : missing_named(e, "one %s, not several", derived->name));
        }
    }
    return is_unknown ? value_unknown(unknown) : unite(e, sets, over->count);
}

static struct value of_of(struct evaluation *e, const struct call *call, struct fact *at) {
    struct value over = argument(e, call->arguments[1], at, 'n');
    if (over.kind == VALUE_UNKNOWN || !over.nodes.count) {
        return over;
    }
    bool all_sure;
    const struct missing *missing = sure_members(&over.nodes, &all_sure);
    if (!all_sure) {
        return value_unknown(missing);
    }
    return over.nodes.count == 1 ? eval_derived(e, call->derived, over.nodes.items[0].fact)
                                 : united(e, call->derived, &over.nodes);
}

/* ---- Sums ------------------------------------------------------------------------------------------- */

enum gathering { GATHER_SUM, GATHER_MIN, GATHER_MAX };

/* A sum or an extreme, while members are visited. */
struct gatherer {
    struct visitor visitor;
    enum gathering kind;
    struct decimal total;
    const char *unit; /* of the members so far */
    bool any, unknown;
};

static void gather_unknown(struct gatherer *g, const struct missing *missing) {
    g->unknown = true;
    g->visitor.missing = missing_both(g->visitor.e, g->visitor.missing, missing);
}

static void gather_number(struct gatherer *g, const struct decimal *number) {
    bool first = !g->any;
    g->any = true;
    if (g->kind == GATHER_SUM) {
        if (!decimal_add(&g->total, number, &g->total)) {
            gather_unknown(g, missing_named(g->visitor.e, "a sum of more digits than are held"));
        }
        return;
    }
    int order = first ? 0 : decimal_compare(number, &g->total);
    if (first || (g->kind == GATHER_MIN ? order < 0 : order > 0)) {
        g->total = *number;
    }
}

/* Amounts of two currencies have no sum, quantities of two units no least one. */
static void gather_unit(struct gatherer *g, struct fact *fact) {
    struct member member = {.fact = fact};
    struct value value = {.kind = VALUE_NODES, .nodes = {.items = &member, .count = 1}};
    const char *unit = argument_unit(g->visitor.e, &value);
    if (unit && g->unit && strcmp(unit, g->unit) != 0) {
        gather_unknown(g, missing_named(g->visitor.e, "factor %s to %s", unit, g->unit));
    }
    g->unit = unit ? unit : g->unit;
}

static bool take_gathered(struct visitor *v, struct fact *fact, bool maybe) {
    struct gatherer *g = (struct gatherer *)v;
    struct decimal number;
    if (maybe || fact->state == FACT_UNREADABLE) {
        g->unknown = true;
    } else if (!number_of(v->e, fact, &number)) {
        gather_unknown(g, missing_below(v->e, fact, NULL));
    } else {
        gather_unit(g, fact);
        gather_number(g, &number);
    }
    return true;
}

static struct value gathered(struct evaluation *e, const struct call *call, struct fact *at, enum gathering kind) {
    struct gatherer g = {.visitor = {.e = e, .take = take_gathered}, .kind = kind, .total = decimal_from(0)};
    struct value other, unknown;
    if (!visit(&g.visitor, call->arguments[0], at, &other)) {
        struct decimal number;
        return argument_decimal(e, &other, &number, &unknown) ? value_decimal(number) : unknown;
    }
    if (g.unknown || g.visitor.unknown) {
        return value_unknown(g.visitor.missing);
    }
    if (!g.any && kind != GATHER_SUM) {
        return value_unknown(visit_absent(&g.visitor, call->arguments[0]));
    }
    return value_decimal(g.total);
}

static struct value sum_of(struct evaluation *e, const struct call *call, struct fact *at) {
    return gathered(e, call, at, GATHER_SUM);
}

static struct value min_of(struct evaluation *e, const struct call *call, struct fact *at) {
    return gathered(e, call, at, GATHER_MIN);
}

static struct value max_of(struct evaluation *e, const struct call *call, struct fact *at) {
    return gathered(e, call, at, GATHER_MAX);
}

static struct value sum_derived_of(struct evaluation *e, const struct call *call, struct fact *at) {
    struct value over = argument(e, call->arguments[1], at, 'n');
    struct decimal total = decimal_from(0);
    const struct missing *missing = NULL;
    bool is_unknown = over.kind == VALUE_UNKNOWN;
    bool all_sure = !is_unknown;
    if (!is_unknown) {
        missing = sure_members(&over.nodes, &all_sure);
    }
    if (!all_sure) {
        return is_unknown ? over : value_unknown(missing);
    }
    missing = NULL;
    for (size_t i = 0; i < over.nodes.count && !e->exhausted; i++) {
        struct decimal number;
        struct value unknown = value_unknown(NULL);
        struct value value = eval_derived(e, call->derived, over.nodes.items[i].fact);
        spend(e, 1);
        if (!argument_decimal(e, &value, &number, &unknown) || !decimal_add(&total, &number, &total)) {
            is_unknown = true;
            missing = missing_both(e, missing, unknown.missing);
        }
    }
    return is_unknown ? value_unknown(missing) : value_decimal(total);
}

const struct function functions_choice[] = {
    {.name = "tw:if", .takes = "B**", .min = 3, .returns = RETURNS_ARGUMENT, .lazy = if_of, .truth = if_truth},
    {.name = "tw:else", .takes = "**", .min = 2, .repeats = 1, .returns = RETURNS_ARGUMENT, .lazy = else_of},
    {.name = "tw:is", .takes = "**", .min = 2, .repeats = 1, .returns = RETURNS_BOOLEAN, .truth = is_of},
    {.name = "tw:among", .takes = "TT", .min = 2, .returns = RETURNS_BOOLEAN, .body = among_of},
    {.name = "tw:needs", .takes = "nL", .min = 2, .returns = RETURNS_ANY, .body = needs_of},
    {.name = "tw:of", .takes = "En", .min = 2, .returns = RETURNS_ANY, .lazy = of_of},
    {.name = "tw:sumOf", .takes = "En", .min = 2, .returns = RETURNS_DECIMAL, .lazy = sum_derived_of},
    {.name = "tw:sum", .takes = "*", .min = 1, .returns = RETURNS_DECIMAL, .lazy = sum_of},
    {.name = "tw:min", .takes = "*", .min = 1, .returns = RETURNS_DECIMAL, .lazy = min_of},
    {.name = "tw:max", .takes = "*", .min = 1, .returns = RETURNS_DECIMAL, .lazy = max_of},
    {0},
};
