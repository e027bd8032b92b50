/* Node-sets: paths are visited fact by fact; a set is made only where somebody needs it whole. */
#include "base/arena.h"
#include "xpath/evaluate.h"

#include <string.h>

/* ---- Predicates ------------------------------------------------------------------------------------- */

static enum truth passes(struct visitor *v, const struct predicate *predicates, size_t count, struct fact *fact) {
    enum truth all = TRUTH_TRUE;
    for (size_t i = 0; i < count; i++) {
        enum truth one = eval_truth(v->e, predicates[i].test, fact, &v->missing);
        if (one == TRUTH_FALSE) {
            return TRUTH_FALSE;
        }
        all = one == TRUTH_UNKNOWN ? TRUTH_UNKNOWN : all;
    }
    return all;
}

struct members {
    struct member *items;
    size_t count, capacity;
    bool in_order; /* while sets are united: no member stands before one of a lower number */
};

static void add_member(struct evaluation *e, struct members *list, struct fact *fact, bool maybe) {
    if (list->count == list->capacity) {
        list->items = arena_grow(e->arena, list->items, &list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = (struct member){fact, maybe};
}

static void keep_tested(struct visitor *v, struct members *list, const struct predicate *predicate) {
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        enum truth truth = eval_truth(v->e, predicate->test, list->items[i].fact, &v->missing);
        if (truth != TRUTH_FALSE) {
            list->items[kept] = list->items[i];
            list->items[kept++].maybe |= truth == TRUTH_UNKNOWN;
        }
    }
    list->count = kept;
}

/* [3], [last()]: ⊥ where a member that may be missing stands before it (after it, for last). */
static void keep_position(struct visitor *v, struct members *list, const struct predicate *predicate) {
    if (!list->count || (predicate->kind == PREDICATE_POSITION && list->count < predicate->position)) {
        list->count = 0;
        return;
    }
    size_t chosen = predicate->kind == PREDICATE_LAST ? list->count - 1 : (size_t)predicate->position - 1;
    size_t from = predicate->kind == PREDICATE_LAST ? chosen : 0;
    for (size_t i = from; i <= chosen; i++) {
        if (list->items[i].maybe) {
            v->unknown = true;
            list->count = 0;
            return;
        }
    }
    list->items[0] = list->items[chosen];
    list->count = 1;
}

static void filter(struct visitor *v, struct members *list, const struct predicate *predicates, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (predicates[i].kind == PREDICATE_TEST) {
            keep_tested(v, list, &predicates[i]);
        } else {
            keep_position(v, list, &predicates[i]);
        }
    }
}

/* ---- Paths ------------------------------------------------------------------------------------------ */

static bool walk(struct visitor *v, const struct path *path, size_t i, struct fact *at, bool maybe);

static bool walk_positions(struct visitor *v, const struct path *path, size_t i, struct fact *child, bool maybe) {
    const struct step *step = &path->steps[i];
    struct members list = {0};
    for (; child && !v->e->exhausted; child = child->next_same) {
        spend(v->e, 1);
        if (!child->hidden) {
            add_member(v->e, &list, child, false);
        }
    }
    filter(v, &list, step->predicates, step->predicate_count);
    for (size_t k = 0; k < list.count; k++) {
        if (!walk(v, path, i + 1, list.items[k].fact, maybe || list.items[k].maybe)) {
            return false;
        }
    }
    return true;
}

static bool walk_tested(struct visitor *v, const struct path *path, size_t i, struct fact *fact, bool maybe) {
    const struct step *step = &path->steps[i];
    spend(v->e, 1);
    if (fact->hidden || v->e->exhausted) {
        return !v->e->exhausted;
    }
    if (step->predicate_count) {
        enum truth truth = passes(v, step->predicates, step->predicate_count, fact);
        if (truth == TRUTH_FALSE) {
            return true;
        }
        maybe = maybe || truth == TRUTH_UNKNOWN;
    }
    return walk(v, path, i + 1, fact, maybe);
}

static bool take_member(struct visitor *v, struct fact *fact, bool maybe) {
    if (fact->state == FACT_UNREADABLE) {
        v->missing = missing_both(v->e, v->missing, missing_below(v->e, fact, NULL));
        maybe = true;
    }
    return v->take(v, fact, maybe);
}

/* The step i from a fact; false: enough was seen. Recursion ends with the steps of the path. */
static bool walk(struct visitor *v, const struct path *path, size_t i, struct fact *at, bool maybe) {
    if (!v->deepest || i > v->reached) {
        v->deepest = at;
        v->reached = i;
    }
    if (i == path->count) {
        return take_member(v, at, maybe);
    }
    const struct step *step = &path->steps[i];
    if (step->kind == STEP_PARENT) {
        if (!at->parent) {
            return true;
        }
        return step->positional ? walk_positions(v, path, i, at->parent, maybe)
                                : walk_tested(v, path, i, at->parent, maybe);
    }
    struct fact *child = fact_child(at, step->name);
    if (step->positional) {
        return walk_positions(v, path, i, child, maybe);
    }
    for (; child; child = child->next_same) {
        if (!walk_tested(v, path, i, child, maybe)) {
            return false;
        }
    }
    return true;
}

static void visit_members(struct visitor *v, const struct path *path, const struct nodes *nodes) {
    struct members list = {0};
    v->missing = missing_both(v->e, v->missing, nodes->count ? nodes->missing : NULL);
    v->base_missing = nodes->count ? NULL : nodes->missing;
    if (path->predicate_count) {
        for (size_t i = 0; i < nodes->count; i++) {
            spend(v->e, 1);
            add_member(v->e, &list, nodes->items[i].fact, nodes->items[i].maybe);
        }
        filter(v, &list, path->predicates, path->predicate_count);
    }
    const struct member *items = path->predicate_count ? list.items : nodes->items;
    size_t count = path->predicate_count ? list.count : nodes->count;
    for (size_t i = 0; i < count && !v->e->exhausted; i++) {
        if (!walk(v, path, 0, items[i].fact, items[i].maybe)) {
            return;
        }
    }
}

static void visit_value(struct visitor *v, const struct path *path, const struct node *node, struct fact *at) {
    struct value value = eval(v->e, node, at);
    if (value.kind == VALUE_NODES) {
        visit_members(v, path, &value.nodes);
        return;
    }
    v->unknown = true;
    v->missing =
        missing_both(v->e, v->missing,
                     value.kind == VALUE_UNKNOWN ? value.missing : missing_kind(v->e, path->steps[0].written, NULL));
}

static void visit_path(struct visitor *v, const struct path *path, struct fact *at) {
    v->path = path;
    switch (path->base) {
    case BASE_HERE:
        walk(v, path, 0, at, false);
        break;
    case BASE_DOSSIER:
        walk(v, path, 0, v->e->dossier, false);
        break;
    case BASE_NODE:
        visit_value(v, path, path->node, at);
        break;
    }
}

const struct missing *visit_absent(struct visitor *v, const struct node *node) {
    if (v->path && v->deepest && v->reached < v->path->count) {
        return missing_below(v->e, v->deepest, v->path->steps[v->reached].written);
    }
    if (v->base_missing) {
        bool steps = v->path && v->path->count;
        return steps ? missing_deeper(v->e, v->base_missing, v->path->steps[0].written) : v->base_missing;
    }
    return missing_kind(v->e, node->about->written ? node->about->written : node->about->canonical, NULL);
}

static void visit_few(struct visitor *v, const struct path *path, const struct few *few) {
    v->path = path;
    v->deepest = few->deepest;
    v->reached = few->reached;
    for (size_t i = 0; i < few->count; i++) {
        if (!v->take(v, few->items[i], false)) {
            return;
        }
    }
}

static bool visit_made(struct visitor *v, const struct value *value) {
    v->missing = missing_both(v->e, v->missing, value->nodes.count ? value->nodes.missing : NULL);
    v->base_missing = value->nodes.count ? NULL : value->nodes.missing;
    for (size_t i = 0; i < value->nodes.count && !v->e->exhausted; i++) {
        spend(v->e, 1);
        if (!v->take(v, value->nodes.items[i].fact, value->nodes.items[i].maybe)) {
            break;
        }
    }
    return true;
}

bool visit(struct visitor *v, const struct node *node, struct fact *at, struct value *other) {
    struct few few;
    if (few_members(v->e, node, at, &few)) {
        visit_few(v, node->path, &few);
        return true;
    }
    if (node->kind == NODE_PATH && !node->path->mixed) {
        visit_path(v, node->path, at);
        return true;
    }
    *other = eval(v->e, node, at);
    if (other->kind == VALUE_NODES) {
        return visit_made(v, other);
    }
    if (other->kind == VALUE_UNKNOWN) {
        v->unknown = true;
        v->missing = missing_both(v->e, v->missing, other->missing);
        return true;
    }
    return false;
}

/* ---- Existence --------------------------------------------------------------------------------------- */

struct existence {
    struct visitor visitor;
    bool sure, maybe;
};

static bool take_existence(struct visitor *v, struct fact *fact, bool maybe) {
    struct existence *found = (struct existence *)v;
    (void)fact;
    found->sure = found->sure || !maybe;
    found->maybe = found->maybe || maybe;
    return !found->sure;
}

static enum truth exists_visited(struct evaluation *e, const struct node *node, struct fact *at,
                                 const struct missing **missing) {
    struct existence found = {.visitor = {.e = e, .take = take_existence}};
    struct value other;
    if (!visit(&found.visitor, node, at, &other)) {
        return truth_of(e, &other, missing);
    }
    if (found.sure) {
        return TRUTH_TRUE;
    }
    if (!found.maybe && !found.visitor.unknown) {
        return TRUTH_FALSE;
    }
    *missing = missing_both(e, *missing, found.visitor.missing);
    return TRUTH_UNKNOWN;
}

enum truth exists(struct evaluation *e, const struct node *node, struct fact *at, const struct missing **missing) {
    struct sole sole = sole_member(e, node, at);
    if (sole.which == SOLE_SEVERAL) {
        return exists_visited(e, node, at, missing);
    }
    return sole.which == SOLE_FACT ? TRUTH_TRUE : TRUTH_FALSE;
}

/* ---- Whole sets ------------------------------------------------------------------------------------- */

/* Collects on the stack; the arena is asked once, unless there are many. */
struct collector {
    struct visitor visitor;
    struct member few[FEW];
    struct members many;
    size_t count;
};

static bool take_collected(struct visitor *v, struct fact *fact, bool maybe) {
    struct collector *c = (struct collector *)v;
    if (c->count < FEW) {
        c->few[c->count] = (struct member){fact, maybe};
    } else {
        if (c->count == FEW) {
            for (size_t i = 0; i < FEW; i++) {
                add_member(v->e, &c->many, c->few[i].fact, c->few[i].maybe);
            }
        }
        add_member(v->e, &c->many, fact, maybe);
    }
    c->count++;
    return true;
}

static bool take_first(struct visitor *v, struct fact *fact, bool maybe) {
    take_collected(v, fact, maybe);
    return false;
}

static void collector_begin(struct collector *c, struct evaluation *e,
                            bool (*take)(struct visitor *, struct fact *, bool)) {
    memset(&c->visitor, 0, sizeof c->visitor);
    c->visitor.e = e;
    c->visitor.take = take;
    c->many = (struct members){0};
    c->count = 0;
}

static struct value collected(struct collector *c) {
    struct evaluation *e = c->visitor.e;
    if (c->visitor.unknown) {
        return value_unknown(c->visitor.missing);
    }
    const struct member *items = c->many.items;
    if (c->count && c->count <= FEW) {
        struct member *made = arena_alloc(e->arena, c->count * sizeof *made);
        memcpy(made, c->few, c->count * sizeof *made);
        items = made;
    }
    return (struct value){.kind = VALUE_NODES, .nodes = {items, c->count, c->visitor.missing}};
}

static struct value value_few(struct evaluation *e, const struct few *few, size_t count) {
    struct member *items = arena_alloc(e->arena, count * sizeof *items);
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct member){.fact = few->items[i]};
    }
    return (struct value){.kind = VALUE_NODES, .nodes = {.items = items, .count = count}};
}

static struct value value_none(const struct missing *why) {
    return (struct value){.kind = VALUE_NODES, .nodes = {.missing = why}};
}

static struct value collect_visited(struct evaluation *e, const struct node *node, struct fact *at, bool first) {
    struct few few;
    if (few_members(e, node, at, &few)) {
        return few.count ? value_few(e, &few, first ? 1 : few.count) : value_none(few_absent(e, node, &few));
    }
    struct collector c;
    collector_begin(&c, e, first ? take_first : take_collected);
    visit_path(&c.visitor, node->path, at);
    struct value value = collected(&c);
    if (value.kind == VALUE_NODES && !value.nodes.count) {
        value.nodes.missing = missing_both(e, c.visitor.missing, visit_absent(&c.visitor, node));
    }
    if (value.kind == VALUE_NODES && node->path->mixed) {
        return unite(e, &value.nodes, 1);
    }
    return value;
}

void collect_path(struct evaluation *e, const struct node *node, struct fact *at, bool first, struct value *out) {
    struct sole sole = sole_member(e, node, at);
    if (sole.which == SOLE_SEVERAL) {
        *out = collect_visited(e, node, at, first);
    } else if (sole.which == SOLE_FACT) {
        *out = value_fact(e, sole.fact, NULL);
    } else {
        *out = value_none(sole_absent(e, node->path, sole));
    }
}

void collect_union(struct evaluation *e, const struct node *node, struct fact *at, struct value *out) {
    struct nodes *sets = arena_alloc(e->arena, node->list.count * sizeof *sets);
    const struct missing *unknown = NULL;
    bool is_unknown = false;
    for (size_t i = 0; i < node->list.count; i++) {
        struct value value = eval(e, node->list.items[i], at);
        if (value.kind == VALUE_NODES) {
            sets[i] = value.nodes;
            continue;
        }
        is_unknown = true;
        unknown = missing_both(
            e, unknown, value.kind == VALUE_UNKNOWN ? value.missing : missing_kind(e, node->about->canonical, NULL));
    }
    *out = is_unknown ? value_unknown(unknown) : unite(e, sets, node->list.count);
}

struct value collect_first(struct evaluation *e, const struct node *node, struct fact *at) {
    struct value value;
    if (node->kind == NODE_PATH && !node->path->mixed) {
        collect_path(e, node, at, true, &value);
    } else {
        eval_into(e, node, at, &value);
    }
    return value;
}

struct value collect_below(struct evaluation *e, const struct path *path, size_t from, struct fact *fact, bool maybe) {
    struct collector c;
    collector_begin(&c, e, take_collected);
    c.visitor.path = path;
    walk(&c.visitor, path, from, fact, maybe);
    return collected(&c);
}

struct value collect_base(struct evaluation *e, const struct path *path, struct fact *at) {
    struct path base = *path;
    base.count = path->anchor;
    struct collector c;
    collector_begin(&c, e, take_collected);
    visit_path(&c.visitor, &base, at);
    struct value value = collected(&c);
    if (value.kind == VALUE_NODES && !value.nodes.count && c.visitor.deepest && c.visitor.reached < path->count) {
        value.nodes.missing = missing_below(e, c.visitor.deepest, path->steps[c.visitor.reached].written);
    }
    return value.kind == VALUE_NODES && value.nodes.count && base.mixed ? unite(e, &value.nodes, 1) : value;
}

/* ---- Document order --------------------------------------------------------------------------------- */

/* Merge sort, so that facts without a number (rows of registers) stay as they came. */
static void sort_members(struct member *items, struct member *spare, size_t count) {
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = low + 2 * width < count ? low + 2 * width : count;
            size_t a = low, b = middle;
            for (size_t k = low; k < high; k++) {
                bool left = a < middle && (b >= high || items[a].fact->order <= items[b].fact->order);
                spare[k] = items[left ? a++ : b++];
            }
        }
        memcpy(items, spare, count * sizeof *items);
    }
}

struct place_in_list {
    size_t at;
};

/* Where a fact stands in a list, or SIZE_MAX. Lists that are long have a map of their places. */
static size_t place_of(const struct members *list, const struct map *places, const struct fact *fact) {
    if (places->count) {
        struct map_key key = {.a = fact};
        const struct place_in_list *place = map_find(places, &key);
        return place ? place->at : SIZE_MAX;
    }
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].fact == fact) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void add_place(struct evaluation *e, const struct members *list, struct map *places, size_t at) {
    struct map_key key = {.a = list->items[at].fact};
    struct place_in_list *place = arena_alloc(e->arena, sizeof *place);
    place->at = at;
    map_put(places, &key, place);
}

/* Members mostly come in document order: what is behind the last is not there yet. */
static bool is_behind(const struct members *list, const struct fact *fact) {
    return !list->count || (list->in_order && fact->order > list->items[list->count - 1].fact->order);
}

static void add_united(struct evaluation *e, struct members *list, struct map *places, const struct member *member) {
    bool behind = is_behind(list, member->fact);
    spend(e, 1);
    if (!behind) {
        size_t place = place_of(list, places, member->fact);
        if (place < list->count) {
            list->items[place].maybe &= member->maybe;
            return;
        }
        list->in_order = list->in_order && list->items[list->count - 1].fact->order <= member->fact->order;
    }
    add_member(e, list, member->fact, member->maybe);
    for (size_t i = list->count == FEW ? 0 : list->count - 1; list->count >= FEW && i < list->count; i++) {
        add_place(e, list, places, i);
    }
}

struct value unite(struct evaluation *e, const struct nodes *sets, size_t count) {
    struct members list = {.in_order = true};
    for (size_t i = 0; i < count; i++) {
        list.capacity += sets[i].count;
    }
    list.items = arena_alloc(e->arena, list.capacity * sizeof *list.items);
    struct map places = {.arena = e->arena};
    const struct missing *missing = NULL, *absent = NULL;
    for (size_t s = 0; s < count; s++) {
        for (size_t i = 0; i < sets[s].count && !e->exhausted; i++) {
            add_united(e, &list, &places, &sets[s].items[i]);
        }
        if (sets[s].count) {
            missing = missing_both(e, missing, sets[s].missing);
        } else {
            absent = missing_both(e, absent, sets[s].missing);
        }
    }
    if (!list.in_order) {
        sort_members(list.items, arena_alloc(e->arena, list.count * sizeof *list.items), list.count);
    }
    return (struct value){.kind = VALUE_NODES, .nodes = {list.items, list.count, list.count ? missing : absent}};
}
