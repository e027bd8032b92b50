/* The members of a plain path, without a visitor: most paths of rules are plain, and most select one fact or none. */
#include "xpath/evaluate.h"

struct gathering {
    struct evaluation *e;
    struct few *few;
    const struct step *steps;
    size_t count;
    uint64_t walked;
};

static void reach(struct few *few, size_t i, const struct fact *at) {
    if (!few->deepest || i > few->reached) {
        few->deepest = at;
        few->reached = i;
    }
}

static struct fact *visible(struct fact *child) {
    while (child && child->hidden) {
        child = child->next_same;
    }
    return child;
}

/* False: there are more than are wanted, or one that nobody can read. Recursion ends with the steps of the path. */
static bool gather(struct gathering *g, size_t i, struct fact *at) {
    struct few *few = g->few;
    for (;; i++) {
        g->walked++;
        reach(few, i, at);
        if (i == g->count) {
            break;
        }
        const struct step *step = &g->steps[i];
        if (step->kind == STEP_PARENT) {
            if (!at->parent || at->parent->hidden) {
                return true;
            }
            at = at->parent;
            continue;
        }
        struct fact *child = visible(fact_child(at, step->name));
        for (struct fact *next = child ? visible(child->next_same) : NULL; next; next = visible(next->next_same)) {
            if (!gather(g, i + 1, child)) {
                return false;
            }
            child = next;
        }
        if (!child) {
            return true;
        }
        at = child; /* the last, or only one: without recursion */
    }
    if (few->count == FEW || at->state == FACT_UNREADABLE) {
        return false;
    }
    few->items[few->count++] = at;
    return true;
}

/* An empty set is left to a visit, which knows what it is empty for lack of. */
static bool gather_members(struct gathering *g, const struct nodes *from) {
    if (!from->count || from->missing) {
        return false;
    }
    for (size_t i = 0; i < from->count; i++) {
        if (from->items[i].maybe || !gather(g, 0, from->items[i].fact)) {
            return false;
        }
    }
    return true;
}

static struct fact *kept_member(struct evaluation *e, const struct node *node) {
    const struct value *value = eval_kept(e, node);
    bool one = value->kind == VALUE_NODES && value->nodes.count == 1 && !value->nodes.missing;
    return one && !value->nodes.items->maybe ? value->nodes.items->fact : NULL;
}

struct sole sole_of_path(struct evaluation *e, const struct path *path, struct fact *at) {
    struct sole several = {NULL, SOLE_SEVERAL};
    if (path->base != BASE_HERE) {
        at = path->base == BASE_DOSSIER ? e->dossier : kept_member(e, path->node);
    }
    if (!at) {
        return several;
    }
    for (size_t i = 0; i < path->count; i++) {
        const struct step *step = &path->steps[i];
        struct fact *next = step->kind == STEP_CHILD ? fact_child(at, step->name) : at->parent;
        if (!next) {
            spend(e, i + 1);
            return e->exhausted ? several : (struct sole){at, i};
        }
        if (next->hidden || (next->next_same && step->kind == STEP_CHILD)) {
            return several;
        }
        at = next;
    }
    spend(e, path->count + 1);
    return e->exhausted || at->state == FACT_UNREADABLE ? several : (struct sole){at, SOLE_FACT};
}

static bool gather_all(struct evaluation *e, const struct path *path, struct fact *at, struct few *few) {
    struct gathering g = {.e = e, .few = few, .steps = path->steps, .count = path->count};
    bool made;
    few->count = few->reached = 0;
    few->deepest = NULL;
    if (path->base == BASE_NODE) {
        const struct value *value = eval_kept(e, path->node);
        made = value->kind == VALUE_NODES && gather_members(&g, &value->nodes);
    } else {
        made = gather(&g, 0, path->base == BASE_HERE ? at : e->dossier);
    }
    spend(e, g.walked);
    return made && !e->exhausted;
}

bool few_of_path(struct evaluation *e, const struct path *path, struct fact *at, struct few *few) {
    struct sole sole = sole_of_path(e, path, at);
    if (sole.which == SOLE_SEVERAL) {
        return gather_all(e, path, at, few);
    }
    few->items[0] = sole.fact;
    few->deepest = sole.fact;
    few->count = sole.which == SOLE_FACT;
    few->reached = few->count ? path->count : sole.which;
    return true;
}

const struct missing *sole_absent(struct evaluation *e, const struct path *path, struct sole sole) {
    return missing_below(e, sole.fact, path->steps[sole.which].written);
}

const struct missing *few_absent(struct evaluation *e, const struct node *node, const struct few *few) {
    return missing_below(e, few->deepest, node->path->steps[few->reached].written);
}
