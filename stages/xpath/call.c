/* Calling functions: arguments converted to what the row says; what is absent or ⊥ ends the call. */
#include "base/arena.h"
#include "base/fold.h"
#include "xpath/evaluate.h"

#include <string.h>

/* ---- Texts and decimals of values ------------------------------------------------------------------- */

/* The first member, if it is surely there, readable, and no group. */
static struct fact *first_sure(struct evaluation *e, const struct nodes *nodes, struct value *unknown) {
    if (!nodes->count || nodes->items[0].maybe) {
        *unknown = value_unknown(nodes->missing);
        return NULL;
    }
    struct fact *fact = nodes->items[0].fact;
    if (fact->state == FACT_UNREADABLE) {
        *unknown = value_unknown(missing_below(e, fact, NULL));
        return NULL;
    }
    return fact;
}

static const char *text_of(struct evaluation *e, const struct value *value, struct value *unknown) {
    char text[DECIMAL_TEXT];
    switch (value->kind) {
    case VALUE_TEXT:
        return value->text;
    case VALUE_DECIMAL:
        return arena_copy(e->arena, text, decimal_print(&value->decimal, text));
    case VALUE_BOOLEAN:
        return value->truth ? "true" : "false";
    case VALUE_UNKNOWN:
        *unknown = *value;
        return NULL;
    case VALUE_NODES:
        break;
    }
    const struct fact *fact = first_sure(e, &value->nodes, unknown);
    if (fact && !fact->value) {
        *unknown = value_unknown(missing_below(e, fact, NULL));
    }
    return fact ? fact->value : NULL;
}

const char *value_text(struct evaluation *e, const struct value *value) {
    struct value unknown;
    return text_of(e, value, &unknown);
}

const char *argument_text(struct evaluation *e, const struct value *argument) {
    return value_text(e, argument);
}

struct fact *argument_fact(const struct value *argument) {
    return argument->kind == VALUE_NODES && argument->nodes.count ? argument->nodes.items[0].fact : NULL;
}

bool argument_decimal(struct evaluation *e, const struct value *argument, struct decimal *out, struct value *unknown) {
    if (argument->kind == VALUE_DECIMAL) {
        *out = argument->decimal;
        return true;
    }
    if (argument->kind == VALUE_NODES) {
        struct fact *fact = first_sure(e, &argument->nodes, unknown);
        if (fact && !number_of(e, fact, out)) {
            *unknown = value_unknown(missing_below(e, fact, NULL));
            return false;
        }
        return fact != NULL;
    }
    const char *text = text_of(e, argument, unknown);
    if (text && !decimal_parse(text, strlen(text), out)) {
        *unknown = value_unknown(missing_named(e, "a number, not %s", text));
        return false;
    }
    return text != NULL;
}

struct fact *visible_child(const struct fact *fact, const char *interned) {
    struct fact *child = fact_child(fact, interned);
    while (child && child->hidden) {
        child = child->next_same;
    }
    return child;
}

const char *argument_unit(struct evaluation *e, const struct value *argument) {
    const struct fact *fact = argument_fact(argument);
    if (!fact || !fact->first) {
        return NULL;
    }
    const struct fact *unit = visible_child(fact, e->program->unit);
    unit = unit ? unit : visible_child(fact, e->program->currency);
    return unit ? unit->value : NULL;
}

/* ---- Arguments -------------------------------------------------------------------------------------- */

static struct value truth_argument(struct evaluation *e, const struct node *node, struct fact *at) {
    const struct missing *missing = NULL;
    enum truth truth = eval_truth(e, node, at, &missing);
    return value_of_truth(truth, missing);
}

/* N and n. */
static struct value set_argument(struct evaluation *e, const struct node *node, struct fact *at, bool whole) {
    struct value value = eval(e, node, at);
    if (value.kind == VALUE_UNKNOWN) {
        return value;
    }
    if (value.kind != VALUE_NODES) {
        return value_unknown(missing_named(e, "facts, not a value"));
    }
    for (size_t i = 0; i < value.nodes.count && whole; i++) {
        if (value.nodes.items[i].maybe) {
            return value_unknown(value.nodes.missing);
        }
    }
    return whole && !value.nodes.count ? value_unknown(value.nodes.missing) : value;
}

/* T, D, V of a fact that is surely there. */
static struct value fact_argument(struct evaluation *e, struct fact *fact, char kind) {
    struct decimal decimal;
    if (kind == 'V') {
        return value_fact(e, fact, NULL);
    }
    if (kind == 'D') {
        return number_of(e, fact, &decimal) ? value_decimal(decimal) : value_unknown(missing_below(e, fact, NULL));
    }
    return fact->value ? value_string(fact->value) : value_unknown(missing_below(e, fact, NULL));
}

static struct value first_argument(struct evaluation *e, const struct node *node, struct fact *at, char kind) {
    struct value value = collect_first(e, node, at);
    struct value unknown;
    if (value_is_absent(&value)) {
        return value;
    }
    if (kind == 'D') {
        struct decimal decimal;
        return argument_decimal(e, &value, &decimal, &unknown) ? value_decimal(decimal) : unknown;
    }
    if (kind == 'V' && value.kind == VALUE_NODES) {
        value.nodes.count = 1;
        return first_sure(e, &value.nodes, &unknown) ? value : unknown;
    }
    if (kind == 'V') {
        return value;
    }
    const char *text = text_of(e, &value, &unknown);
    return text ? value_string(text) : unknown;
}

/* T, D, V: the first member of a set, or a value. */
static void read_single(struct evaluation *e, const struct node *node, struct fact *at, char kind, struct value *out) {
    if (node->kind == NODE_TEXT && kind != 'D') {
        *out = value_string(node->text);
        return;
    }
    struct sole sole = sole_member(e, node, at);
    if (sole.which == SOLE_SEVERAL) {
        *out = first_argument(e, node, at, kind);
    } else if (sole.which == SOLE_FACT) {
        *out = fact_argument(e, sole.fact, kind);
    } else {
        *out = (struct value){.kind = VALUE_NODES, .nodes = {.missing = sole_absent(e, node->path, sole)}};
    }
}

enum { CAPITAL = 0xDF };

static void read_argument(struct evaluation *e, const struct node *node, struct fact *at, char letter,
                          struct value *out) {
    char kind = (char)(letter & CAPITAL);
    switch (kind) {
    case 'T':
    case 'D':
    case 'V':
        read_single(e, node, at, kind, out);
        if (letter == kind && value_is_absent(out)) {
            *out = value_unknown(out->nodes.missing);
        }
        break;
    case 'N':
        *out = set_argument(e, node, at, letter == kind);
        break;
    case 'B':
        *out = truth_argument(e, node, at);
        break;
    default: /* literals, and * */
        eval_into(e, node, at, out);
        break;
    }
}

struct value argument(struct evaluation *e, const struct node *node, struct fact *at, char letter) {
    struct value value;
    read_argument(e, node, at, letter, &value);
    return value;
}

bool call_arguments(struct evaluation *e, const struct call *call, struct fact *at, struct value *arguments,
                    struct value *unknown) {
    const struct missing *missing = NULL;
    bool known = true;
    for (size_t i = 0; i < call->count; i++) {
        read_argument(e, call->arguments[i], at, call->letters[i], &arguments[i]);
        if (arguments[i].kind == VALUE_UNKNOWN) {
            known = false;
            missing = missing_both(e, missing, arguments[i].missing);
        }
    }
    if (!known) {
        *unknown = value_unknown(missing);
    }
    return known;
}

enum truth call_truth(struct evaluation *e, const struct call *call, struct fact *at, const struct missing **missing) {
    spend(e, 1);
    return e->exhausted ? TRUTH_UNKNOWN : call->function->truth(e, call, at, missing);
}

static void call_body(struct evaluation *e, const struct call *call, struct fact *at, struct value *out) {
    struct value arguments[MAX_ARGUMENTS];
    if (call_arguments(e, call, at, arguments, out)) {
        *out = call->function->body(e, arguments, call->count);
    }
}

static void call_for_truth(struct evaluation *e, const struct call *call, struct fact *at, struct value *out) {
    const struct missing *missing = NULL;
    enum truth truth = call->function->truth(e, call, at, &missing);
    *out = value_of_truth(truth, missing);
}

void call_into(struct evaluation *e, const struct node *node, struct fact *at, struct value *out) {
    const struct function *function = node->call->function;
    spend(e, 1);
    if (e->exhausted) {
        *out = value_unknown(NULL);
    } else if (function->lazy) {
        *out = function->lazy(e, node->call, at);
    } else if (function->truth) {
        call_for_truth(e, node->call, at, out);
    } else {
        call_body(e, node->call, at, out);
    }
    if (value_is_absent(out) && !out->nodes.missing) {
        out->nodes.missing = missing_kind(e, node->about->written, NULL);
    }
}

/* ---- What bodies use -------------------------------------------------------------------------------- */

void function_steps(struct evaluation *e, uint64_t steps) {
    spend(e, steps);
}

struct memo {
    struct value value;
};

const struct value *memo_find(struct evaluation *e, const struct map_key *key) {
    const struct memo *memo = map_find(&e->memory->kept, key);
    return memo ? &memo->value : NULL;
}

void memo_keep(struct evaluation *e, const struct map_key *key, struct value value) {
    struct memo *memo = arena_alloc(e->bundle, sizeof *memo);
    struct map_key at = *key;
    at.text = key->text ? arena_string(e->bundle, key->text) : NULL;
    memo->value = value;
    if (value.kind == VALUE_NODES && value.nodes.count) {
        size_t size = value.nodes.count * sizeof *value.nodes.items;
        struct member *items = arena_alloc(e->bundle, size);
        memcpy(items, value.nodes.items, size);
        memo->value.nodes.items = items;
    } else if (value.kind == VALUE_TEXT) {
        memo->value.text = arena_string(e->bundle, value.text);
    }
    map_put(&e->memory->kept, &at, memo);
}

static bool is_ascii(const char *text) {
    while (*text && (unsigned char)*text < 0x80) {
        text++;
    }
    return !*text;
}

/* White space and - / . _ : # are no part of a reference (FACTS 9, tw:ref). */
static bool is_left_out(char c) {
    switch (c) {
    case '-':
    case '/':
    case '.':
    case '_':
    case ':':
    case '#':
    case ' ':
        return true;
    default:
        return c >= '\t' && c <= '\r';
    }
}

const char *reference_of(struct evaluation *e, const char *text) {
    if (!is_ascii(text)) {
        return fold_reference(e->arena, text);
    }
    char *made = arena_alloc(e->arena, strlen(text) + 1);
    size_t length = 0;
    for (; *text; text++) {
        if (!is_left_out(*text)) {
            bool lower = *text >= 'a' && *text <= 'z';
            made[length++] = (char)((unsigned char)*text & (lower ? 0xDF : 0xFF));
        }
    }
    made[length] = '\0';
    return made;
}
