/* Comparisons: exact decimals, texts, and ⊥ where a side is absent, unreadable or in another unit. */
#include "base/arena.h"
#include "xpath/evaluate.h"

#include <string.h>

/* One side of a pair. */
struct side {
    const char *text;          /* NULL: a number */
    struct fact *fact;         /* NULL: computed */
    const struct value *value; /* a number, or NULL */
    bool unsure;               /* maybe, or unreadable */
};

static bool is_of_dossier(const struct evaluation *e, const struct fact *fact) {
    while (fact->parent) {
        fact = fact->parent;
    }
    return fact == e->dossier;
}

bool number_of(struct evaluation *e, struct fact *fact, struct decimal *out) {
    /* Rows of registers and tables outlive the bundle: what is decoded in its arena is not kept on them. */
    if (fact->decoded || is_of_dossier(e, fact)) {
        const struct decimal *number = fact_number(e->bundle, fact);
        if (number) {
            *out = *number;
        }
        return number != NULL;
    }
    return fact->value && decimal_parse(fact->value, strlen(fact->value), out);
}

static bool number_of_side(struct evaluation *e, const struct side *side, struct decimal *out) {
    if (side->value) {
        *out = side->value->decimal;
        return true;
    }
    return side->fact ? number_of(e, side->fact, out) : decimal_parse(side->text, strlen(side->text), out);
}

static const char *unit_of_side(struct evaluation *e, const struct side *side) {
    if (!side->fact) {
        return NULL;
    }
    struct member member = {.fact = side->fact};
    struct value value = {.kind = VALUE_NODES, .nodes = {.items = &member, .count = 1}};
    return argument_unit(e, &value);
}

static bool holds(enum operator op, int order) {
    switch (op) {
    case OP_EQUAL:
        return order == 0;
    case OP_DIFFERENT:
        return order != 0;
    case OP_LESS:
        return order < 0;
    case OP_LESS_EQUAL:
        return order <= 0;
    case OP_GREATER:
        return order > 0;
    case OP_GREATER_EQUAL:
        return order >= 0;
    }
    return false;
}

static const struct missing *no_number(struct evaluation *e, const struct side *side) {
    return side->fact ? missing_below(e, side->fact, NULL) : missing_named(e, "a number, not %s", side->text);
}

static enum truth compare_numbers(struct evaluation *e, enum operator op, const struct side *a, const struct side *b,
                                  const struct missing **missing) {
    struct decimal x, y;
    if (!number_of_side(e, a, &x)) {
        *missing = missing_both(e, *missing, no_number(e, a));
        return TRUTH_UNKNOWN;
    }
    if (!number_of_side(e, b, &y)) {
        *missing = missing_both(e, *missing, no_number(e, b));
        return TRUTH_UNKNOWN;
    }
    const char *from = unit_of_side(e, a), *to = unit_of_side(e, b);
    if (from && to && strcmp(from, to) != 0) {
        *missing = missing_both(e, *missing, missing_named(e, "factor %s to %s", from, to));
        return TRUTH_UNKNOWN;
    }
    return holds(op, decimal_compare(&x, &y)) ? TRUTH_TRUE : TRUTH_FALSE;
}

static enum truth compare_pair(struct evaluation *e, enum operator op, const struct side *a, const struct side *b,
                               const struct missing **missing) {
    const struct side *sides[] = {a, b};
    for (size_t i = 0; i < 2; i++) {
        const struct fact *fact = sides[i]->fact;
        if (fact && (!fact->value || fact->state == FACT_UNREADABLE)) {
            *missing = missing_both(e, *missing, missing_below(e, fact, NULL));
            return TRUTH_UNKNOWN;
        }
    }
    enum truth truth;
    if (op > OP_DIFFERENT || a->value || b->value) {
        truth = compare_numbers(e, op, a, b, missing);
    } else {
        truth = holds(op, strcmp(a->text, b->text)) ? TRUTH_TRUE : TRUTH_FALSE;
    }
    return truth == TRUTH_TRUE && (a->unsure || b->unsure) ? TRUTH_UNKNOWN : truth;
}

static struct side side_of_fact(struct fact *fact, bool maybe) {
    return (struct side){.text = fact->value, .fact = fact, .unsure = maybe};
}

static struct side side_of_value(const struct value *value) {
    struct side side = {0};
    if (value->kind == VALUE_DECIMAL) {
        side.value = value;
    } else {
        side.text = value->text;
    }
    return side;
}

/* The facts of one side, each against all of the other. */
struct comparing {
    struct visitor visitor;
    enum operator op;
    const struct value *other;
    bool other_sure; /* the other side has a member that is surely there */
    bool sure;       /* so has this one */
    bool met;        /* a member, even if it may not be there */
    bool unknown, found;
};

static void note(struct comparing *c, enum truth truth) {
    c->found = c->found || truth == TRUTH_TRUE;
    c->unknown = c->unknown || truth == TRUTH_UNKNOWN;
}

static void compare_with_other(struct comparing *c, const struct side *side) {
    struct visitor *v = &c->visitor;
    if (c->other->kind != VALUE_NODES) {
        struct side other = side_of_value(c->other);
        note(c, compare_pair(v->e, c->op, side, &other, &v->missing));
        return;
    }
    const struct nodes *nodes = &c->other->nodes;
    for (size_t i = 0; i < nodes->count && !c->found && !v->e->exhausted; i++) {
        struct side other = side_of_fact(nodes->items[i].fact, nodes->items[i].maybe);
        spend(v->e, 1);
        note(c, compare_pair(v->e, c->op, side, &other, &v->missing));
    }
}

static bool take_compared(struct visitor *v, struct fact *fact, bool maybe) {
    struct comparing *c = (struct comparing *)v;
    c->met = true;
    c->sure = c->sure || !maybe;
    struct side side = side_of_fact(fact, maybe);
    compare_with_other(c, &side);
    return !c->found;
}

static bool has_sure(const struct value *value) {
    if (value->kind != VALUE_NODES) {
        return true;
    }
    for (size_t i = 0; i < value->nodes.count; i++) {
        if (!value->nodes.items[i].maybe) {
            return true;
        }
    }
    return false;
}

static enum truth compare_truths(struct evaluation *e, enum operator op, const struct value *a, const struct value *b,
                                 const struct missing **missing) {
    enum truth x = truth_of(e, a, missing);
    enum truth y = truth_of(e, b, missing);
    if (x == TRUTH_UNKNOWN || y == TRUTH_UNKNOWN) {
        return TRUTH_UNKNOWN;
    }
    return holds(op, (int)x - (int)y) ? TRUTH_TRUE : TRUTH_FALSE;
}

static enum truth unknown(struct evaluation *e, const struct missing *why, const struct missing **missing) {
    *missing = missing_both(e, *missing, why);
    return TRUTH_UNKNOWN;
}

static enum truth concluded(struct comparing *c, const struct node *side, const struct missing **missing) {
    struct evaluation *e = c->visitor.e;
    if (c->found) {
        return TRUTH_TRUE;
    }
    if (!c->met && !c->visitor.unknown) {
        return unknown(e, missing_both(e, c->visitor.missing, visit_absent(&c->visitor, side)), missing);
    }
    if (c->unknown || c->visitor.unknown || !c->sure || !c->other_sure) {
        const struct missing *why = c->visitor.missing;
        if (c->other->kind == VALUE_NODES) {
            why = missing_both(e, why, c->other->nodes.missing);
        }
        return unknown(e, why, missing);
    }
    return TRUTH_FALSE;
}

/* A pair of two values, none of which is a set. */
static enum truth compare_values(struct evaluation *e, enum operator op, const struct value *a, const struct value *b,
                                 const struct missing **missing) {
    struct side left = side_of_value(a), right = side_of_value(b);
    return compare_pair(e, op, &left, &right, missing);
}

static enum truth compare_with(struct evaluation *e, enum operator op, const struct node *visited,
                               const struct node *valued, struct fact *at, const struct missing **missing) {
    struct value other = eval(e, valued, at);
    if (other.kind == VALUE_UNKNOWN) {
        return unknown(e, other.missing, missing);
    }
    if (other.kind == VALUE_BOOLEAN) {
        struct value value = eval(e, visited, at);
        return compare_truths(e, op, &value, &other, missing);
    }
    if (value_is_absent(&other) && visited->about->type.shape != SHAPE_BOOLEAN) {
        return unknown(e, other.nodes.missing, missing);
    }
    struct comparing c = {.visitor = {.e = e, .take = take_compared}, .op = op, .other = &other};
    c.other_sure = has_sure(&other);
    struct value value;
    if (visit(&c.visitor, visited, at, &value)) {
        return concluded(&c, visited, missing);
    }
    if (value.kind == VALUE_BOOLEAN) {
        return compare_truths(e, op, &value, &other, missing);
    }
    if (other.kind != VALUE_NODES) {
        return compare_values(e, op, &value, &other, missing);
    }
    struct side side = side_of_value(&value);
    c.met = c.sure = true;
    compare_with_other(&c, &side);
    return concluded(&c, visited, missing);
}

enum truth compare(struct evaluation *e, const struct node *node, struct fact *at, const struct missing **missing) {
    if (node->compare.literal) {
        struct sole sole = sole_of_path(e, node->compare.left->path, at);
        if (sole.which == SOLE_FACT && sole.fact->value) {
            bool equal = strcmp(sole.fact->value, node->compare.right->text) == 0;
            return equal == (node->compare.op == OP_EQUAL) ? TRUTH_TRUE : TRUTH_FALSE;
        }
    }
    return compare_with(e, node->compare.op, node->compare.left, node->compare.right, at, missing);
}
