/* Evaluation: three-valued, each part once where it is the same. */
#include "xpath/evaluate.h"

#include "base/arena.h"
#include "reference/reference.h"

#include <string.h>

/* ---- Values ----------------------------------------------------------------------------------------- */

struct value value_boolean(bool truth) {
    return (struct value){.kind = VALUE_BOOLEAN, .truth = truth};
}

struct value value_string(const char *text) {
    return (struct value){.kind = VALUE_TEXT, .text = text};
}

struct value value_decimal(struct decimal decimal) {
    return (struct value){.kind = VALUE_DECIMAL, .decimal = decimal};
}

struct value value_integer(int64_t whole) {
    return value_decimal(decimal_from(whole));
}

struct value value_unknown(const struct missing *missing) {
    return (struct value){.kind = VALUE_UNKNOWN, .missing = missing};
}

struct value value_of_truth(enum truth truth, const struct missing *missing) {
    return truth == TRUTH_UNKNOWN ? value_unknown(missing) : value_boolean(truth == TRUTH_TRUE);
}

struct value value_fact(struct evaluation *e, struct fact *fact, const struct missing *why) {
    if (!fact) {
        return (struct value){.kind = VALUE_NODES, .nodes = {.missing = why}};
    }
    struct member *item = arena_alloc(e->arena, sizeof *item);
    *item = (struct member){.fact = fact};
    return (struct value){.kind = VALUE_NODES, .nodes = {.items = item, .count = 1}};
}

struct value value_facts(struct evaluation *e, struct fact *const *facts, size_t count, const struct missing *why) {
    struct value value = {.kind = VALUE_NODES, .nodes = {.missing = why}};
    if (count) {
        struct member *items = arena_alloc(e->arena, count * sizeof *items);
        for (size_t i = 0; i < count; i++) {
            items[i] = (struct member){.fact = facts[i]};
        }
        value.nodes = (struct nodes){.items = items, .count = count};
    }
    return value;
}

/* ---- Truth ------------------------------------------------------------------------------------------ */

static enum truth truth_of_nodes(struct evaluation *e, const struct nodes *nodes, const struct missing **missing) {
    for (size_t i = 0; i < nodes->count; i++) {
        if (!nodes->items[i].maybe) {
            return TRUTH_TRUE;
        }
    }
    if (!nodes->count) {
        return TRUTH_FALSE;
    }
    *missing = missing_both(e, *missing, nodes->missing);
    return TRUTH_UNKNOWN;
}

enum truth truth_of(struct evaluation *e, const struct value *value, const struct missing **missing) {
    switch (value->kind) {
    case VALUE_BOOLEAN:
        return value->truth ? TRUTH_TRUE : TRUTH_FALSE;
    case VALUE_TEXT:
        return *value->text ? TRUTH_TRUE : TRUTH_FALSE;
    case VALUE_DECIMAL:
        return decimal_is_zero(&value->decimal) ? TRUTH_FALSE : TRUTH_TRUE;
    case VALUE_NODES:
        return truth_of_nodes(e, &value->nodes, missing);
    case VALUE_UNKNOWN:
        break;
    }
    *missing = missing_both(e, *missing, value->missing);
    return TRUTH_UNKNOWN;
}

/* and, or (and a union, whose members exist where those of a part do): left to right until decided. What is out of
 * line here keeps eval_truth without a frame of its own. */
static __attribute__((noinline)) enum truth truth_of_list(struct evaluation *e, const struct node *node,
                                                          struct fact *at, const struct missing **missing) {
    enum truth deciding = node->kind == NODE_AND ? TRUTH_FALSE : TRUTH_TRUE;
    const struct missing *unknown = NULL;
    bool is_unknown = false;
    for (size_t i = 0; i < node->list.count; i++) {
        enum truth one = eval_truth(e, node->list.items[i], at, &unknown);
        if (one == deciding) {
            return deciding;
        }
        is_unknown = is_unknown || one == TRUTH_UNKNOWN;
    }
    if (!is_unknown) {
        return deciding == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
    }
    *missing = missing_both(e, *missing, unknown);
    return TRUTH_UNKNOWN;
}

static __attribute__((noinline)) enum truth truth_of_value(struct evaluation *e, const struct node *node,
                                                           struct fact *at, const struct missing **missing) {
    struct value value = eval(e, node, at);
    return truth_of(e, &value, missing);
}

enum truth eval_truth(struct evaluation *e, const struct node *node, struct fact *at, const struct missing **missing) {
    switch (node->kind) {
    case NODE_VARIABLE:
    case NODE_CONSTANT:
        return truth_of(e, eval_kept(e, node), missing);
    case NODE_CALL:
        return node->call->function->truth ? call_truth(e, node->call, at, missing)
                                           : truth_of_value(e, node, at, missing);
    case NODE_PATH:
        return exists(e, node, at, missing);
    case NODE_UNION:
    case NODE_AND:
    case NODE_OR:
        return truth_of_list(e, node, at, missing);
    case NODE_COMPARE:
        return compare(e, node, at, missing);
    default:
        return truth_of_value(e, node, at, missing);
    }
}

/* ---- What is kept ----------------------------------------------------------------------------------- */

static const struct missing *out_of_steps(struct evaluation *e) {
    return missing_kind(e, "policy:", "xpath.opLimit");
}

static void begin_budget(struct evaluation *e) {
    uint64_t limit = e->host->step_limit;
    e->limit = limit && limit < UINT64_MAX - e->steps ? e->steps + limit : UINT64_MAX;
    e->exhausted = false;
}

const struct value *kept_value(struct evaluation *e, const struct kept *kept, uint64_t epoch) {
    if (!kept || kept->epoch != epoch || ((kept->reading ^ e->reading) & kept->assumed)) {
        return NULL;
    }
    e->assumed |= kept->assumed;
    return &kept->value;
}

void keep(struct evaluation *e, struct kept *kept, uint64_t epoch, const struct node *node, struct fact *at,
          struct arena *arena) {
    const struct {
        struct arena *arena;
        uint64_t steps, limit, assumed;
        unsigned depth;
        bool exhausted;
    } outer = {e->arena, e->steps, e->limit, e->assumed, e->depth, e->exhausted};
    if (kept->busy || e->depth == MAX_NESTED) {
        kept->value = value_unknown(out_of_steps(e));
        return;
    }
    kept->busy = true;
    kept->epoch = 0;
    e->arena = arena;
    e->assumed = 0;
    e->depth++;
    begin_budget(e);
    eval_into(e, node, at, &kept->value);
    if (e->exhausted) {
        kept->value = value_unknown(out_of_steps(e));
    }
    kept->busy = false;
    kept->epoch = epoch;
    kept->reading = e->reading;
    kept->assumed = e->assumed;
    e->assumed |= outer.assumed;
    e->arena = outer.arena;
    e->depth = outer.depth;
    e->exhausted = outer.exhausted;
    /* The steps of what is kept count for itself, whoever asks first. */
    e->limit = outer.limit > UINT64_MAX - (e->steps - outer.steps) ? UINT64_MAX : outer.limit + e->steps - outer.steps;
}

static struct kept *slot_of(struct evaluation *e, size_t slot) {
    struct kept **place = &e->memory->slots[slot];
    if (!*place) {
        *place = arena_alloc(e->bundle, sizeof **place);
        **place = (struct kept){0};
    }
    return *place;
}

/* What the caller binds holds until it is bound again, whatever the epoch. */
static void keep_bound(struct evaluation *e, const struct variable *variable, struct kept *kept) {
    if (kept->value.kind == VALUE_UNKNOWN && !kept->value.missing) {
        struct missing *made = arena_zero(e->bundle, sizeof *made);
        made->name = "$";
        made->word = variable->name;
        kept->value.missing = made;
    }
}

static __attribute__((noinline)) const struct value *compute_kept(struct evaluation *e, const struct node *node) {
    struct kept *kept = slot_of(e, node->slot);
    const struct variable *variable = node->kind == NODE_VARIABLE ? node->variable : NULL;
    bool bundle = node->level == LEVEL_BUNDLE;
    if (variable && variable->table) {
        struct arena *arena = e->arena;
        e->arena = e->bundle;
        kept->value = value_fact(e, variable->table, NULL);
        kept->epoch = e->memory->epochs[LEVEL_BUNDLE];
        e->arena = arena;
    } else if (variable && !variable->value) {
        keep_bound(e, variable, kept);
    } else {
        keep(e, kept, e->memory->epochs[node->level], variable ? variable->value : node->constant,
             bundle ? e->dossier : e->context, bundle ? e->bundle : e->scratch);
    }
    return &kept->value;
}

const struct value *eval_kept(struct evaluation *e, const struct node *node) {
    const struct value *value = kept_value(e, e->memory->slots[node->slot], e->memory->epochs[node->level]);
    return value ? value : compute_kept(e, node);
}

struct value eval_derived(struct evaluation *e, const struct derived *derived, struct fact *at) {
    struct map_key key = {.a = derived, .b = at};
    struct kept *kept = map_find(&e->memory->kept, &key);
    if (!kept) {
        kept = arena_alloc(e->bundle, sizeof *kept);
        *kept = (struct kept){0};
        map_put(&e->memory->kept, &key, kept);
    }
    uint64_t epoch = e->memory->epochs[LEVEL_BUNDLE];
    const struct value *value = kept_value(e, kept, epoch);
    if (!value) {
        struct fact *context = e->context;
        e->context = at;
        keep(e, kept, epoch, derived->value, at, e->bundle);
        e->context = context;
        value = &kept->value;
    }
    return *value;
}

/* ---- Expressions ------------------------------------------------------------------------------------ */

static __attribute__((noinline)) void truth_into(struct evaluation *e, const struct node *node, struct fact *at,
                                                 struct value *out) {
    const struct missing *missing = NULL;
    enum truth truth = eval_truth(e, node, at, &missing);
    *out = value_of_truth(truth, missing);
}

void eval_into(struct evaluation *e, const struct node *node, struct fact *at, struct value *out) {
    switch (node->kind) {
    case NODE_NUMBER:
        *out = value_decimal(*node->number);
        break;
    case NODE_TEXT:
        *out = value_string(node->text);
        break;
    case NODE_VARIABLE:
    case NODE_CONSTANT:
        *out = *eval_kept(e, node);
        break;
    case NODE_PATH:
        collect_path(e, node, at, false, out);
        break;
    case NODE_UNION:
        collect_union(e, node, at, out);
        break;
    case NODE_CALL:
        call_into(e, node, at, out);
        break;
    default:
        truth_into(e, node, at, out);
        break;
    }
}

/* ---- Of one bundle ---------------------------------------------------------------------------------- */

static void forget(struct evaluation *e, enum level from) {
    for (enum level level = from; level <= LEVEL_EACH; level++) {
        e->memory->epochs[level] = ++e->memory->clock;
    }
}

enum { EXPECTED_KEPT = 120 }; /* of a small bundle; more make the map grow */

struct evaluation *evaluation_new(const struct program *program, const struct host *host, struct fact *dossier,
                                  struct arena *bundle, struct arena *scratch) {
    struct evaluation *e = arena_zero(bundle, sizeof *e);
    e->program = program;
    e->host = host;
    e->dossier = e->context = dossier;
    e->bundle = bundle;
    e->scratch = e->arena = scratch;
    e->limit = UINT64_MAX;
    e->memory = arena_zero(bundle, sizeof *e->memory);
    e->memory->slots = arena_zero(bundle, (program->slots + 1) * sizeof(struct kept *));
    e->memory->kept.arena = bundle;
    tree_index(bundle, dossier);
    const char *as_of = fact_text(dossier, "@asOf");
    if (!as_of || !day_read(as_of, &e->memory->as_of)) {
        e->memory->as_of = ANY_DAY;
    }
    map_reserve(&e->memory->kept, EXPECTED_KEPT);
    e->memory->patterns.by_text.arena = bundle;
    forget(e, LEVEL_BUNDLE);
    return e;
}

void evaluation_end(struct evaluation *e) {
    patterns_free(&e->memory->patterns);
}

void evaluation_enter(struct evaluation *e, struct fact *context) {
    e->context = context;
    forget(e, LEVEL_CONTEXT);
}

void evaluation_each(struct evaluation *e, const struct variable *variable, struct fact *member) {
    struct kept *kept = slot_of(e, variable->slot);
    forget(e, LEVEL_EACH);
    kept->epoch = e->memory->epochs[LEVEL_EACH];
    kept->bound = (struct member){.fact = member};
    kept->value = (struct value){.kind = VALUE_NODES, .nodes = {.items = &kept->bound, .count = 1}};
}

void evaluation_leave(struct evaluation *e) {
    arena_reset(e->scratch);
    e->context = e->dossier;
    forget(e, LEVEL_CONTEXT);
}

struct value evaluate_at(struct evaluation *e, const struct expression *expression, struct fact *at) {
    struct fact *context = e->context;
    uint64_t context_epoch = e->memory->epochs[LEVEL_CONTEXT];
    uint64_t each_epoch = e->memory->epochs[LEVEL_EACH];
    evaluation_enter(e, at);
    struct kept kept = {0};
    keep(e, &kept, 0, expression->node, at, e->arena);
    e->context = context;
    e->memory->epochs[LEVEL_CONTEXT] = context_epoch;
    e->memory->epochs[LEVEL_EACH] = each_epoch;
    return kept.value;
}

struct value evaluate(struct evaluation *e, const struct expression *expression) {
    begin_budget(e);
    struct value value = eval(e, expression->node, e->context);
    return e->exhausted ? value_unknown(out_of_steps(e)) : value;
}

enum truth evaluate_truth(struct evaluation *e, const struct expression *expression, const struct missing **missing) {
    *missing = NULL;
    begin_budget(e);
    enum truth truth = eval_truth(e, expression->node, e->context, missing);
    if (e->exhausted) {
        *missing = out_of_steps(e);
        return TRUTH_UNKNOWN;
    }
    return truth;
}

struct nodes evaluate_context(struct evaluation *e, const struct expression *context) {
    struct arena *arena = e->arena;
    e->arena = e->bundle;
    e->limit = UINT64_MAX;
    e->exhausted = false;
    struct value value = eval(e, context->node, e->dossier);
    e->arena = arena;
    struct nodes nodes = {0};
    if (value.kind == VALUE_NODES && value.nodes.count) {
        struct member *items = arena_alloc(e->bundle, value.nodes.count * sizeof *items);
        for (size_t i = 0; i < value.nodes.count; i++) {
            items[i] = (struct member){.fact = value.nodes.items[i].fact};
        }
        nodes = (struct nodes){.items = items, .count = value.nodes.count};
    }
    return nodes;
}

/* ---- Assumed zones ---------------------------------------------------------------------------------- */

void evaluation_watch(struct evaluation *e) {
    e->assumed = 0;
}

size_t evaluation_assumed(const struct evaluation *e, uint64_t *documents) {
    *documents = e->assumed;
    return e->assumed ? (size_t)__builtin_popcountll(e->assumed) : 0;
}

void evaluation_read(struct evaluation *e, uint64_t reading) {
    e->reading = reading;
}

bool reads_utc(struct evaluation *e, const struct fact *fact) {
    struct memory *memory = e->memory;
    const struct element *element = fact_element(fact);
    const struct document *document = element ? element->document : NULL;
    if (!document) {
        return false;
    }
    size_t i = 0;
    while (i < memory->document_count && memory->documents[i] != document) {
        i++;
    }
    if (i == MAX_ASSUMED) {
        e->assumed = UINT64_MAX; /* more than any limit allows: the rule is undecidable */
        return false;
    }
    if (i == memory->document_count) {
        memory->documents[i] = document;
        memory->instants[memory->document_count++] = fact;
    }
    e->assumed |= UINT64_C(1) << i;
    return (e->reading >> i) & 1;
}

const struct missing *evaluation_zones(struct evaluation *e, uint64_t documents) {
    const struct missing *all = NULL;
    for (size_t i = 0; i < e->memory->document_count; i++) {
        if ((documents >> i) & 1) {
            const char *path = fact_path(e->arena, e->memory->instants[i]);
            all = missing_both(e, all, missing_named(e, "@zone of %s", path));
        }
    }
    return all;
}
