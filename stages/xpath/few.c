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

static bool gather_all(struct evaluation *e, const struct path *path, struct fact *at, const struct nodes *from,
                       struct few *few) {
    struct gathering g = {.e = e, .few = few, .steps = path->steps, .count = path->count};
    few->count = few->reached = 0;
    few->deepest = NULL;
    bool made = from ? gather_members(&g, from) : gather(&g, 0, at);
    spend(e, g.walked);
    return made && !e->exhausted;
}

/* From one fact, mostly each step finds one fact, or none: then nothing has to be remembered on the way. */
static bool follow(struct evaluation *e, const struct path *path, struct fact *at, const struct nodes *from,
                   struct few *few) {
    struct fact *here = at;
    size_t i = 0;
    for (; i < path->count; i++) {
        const struct step *step = &path->steps[i];
        struct fact *next = step->kind == STEP_CHILD ? fact_child(here, step->name) : here->parent;
        if (!next) {
            break;
        }
        if (next->hidden || (next->next_same && step->kind == STEP_CHILD)) {
            return gather_all(e, path, at, from, few);
        }
        here = next;
    }
    few->deepest = few->items[0] = here;
    few->reached = i;
    few->count = i == path->count;
    spend(e, i + 1);
    return !e->exhausted && !(few->count && here->state == FACT_UNREADABLE);
}

bool few_of_path(struct evaluation *e, const struct path *path, struct fact *at, struct few *few) {
    if (path->base == BASE_HERE) {
        return follow(e, path, at, NULL, few);
    }
    if (path->base == BASE_DOSSIER) {
        return follow(e, path, e->dossier, NULL, few);
    }
    struct value room;
    const struct value *value = eval_kept(e, path->node, &room);
    if (value->kind != VALUE_NODES) {
        return false;
    }
    const struct nodes *from = &value->nodes;
    bool one = from->count == 1 && !from->missing && !from->items->maybe;
    return one ? follow(e, path, from->items->fact, from, few) : gather_all(e, path, NULL, from, few);
}

const struct missing *few_absent(struct evaluation *e, const struct node *node, const struct few *few) {
    return missing_below(e, few->deepest, node->path->steps[few->reached].written);
}
