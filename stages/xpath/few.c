/* The members of a plain path, without a visitor: most paths of rules are plain, and most select one fact or none. */
#include "xpath/evaluate.h"

struct gathering {
    struct evaluation *e;
    struct few *few;
    const struct step *steps;
    size_t count;
    uint64_t walked;
};

/* False: there are more than are wanted, or one that nobody can read. Recursion ends with the steps of the path. */
static bool gather(struct gathering *g, size_t i, struct fact *at) {
    struct few *few = g->few;
    g->walked++;
    if (!few->deepest || i > few->reached) {
        few->deepest = at;
        few->reached = i;
    }
    if (i == g->count) {
        if (few->count == FEW || at->state == FACT_UNREADABLE) {
            return false;
        }
        few->items[few->count++] = at;
        return true;
    }
    const struct step *step = &g->steps[i];
    if (step->kind == STEP_PARENT) {
        return !at->parent || at->parent->hidden || gather(g, i + 1, at->parent);
    }
    for (struct fact *child = child_named(g->e, at, step->name); child; child = child->next_same) {
        if (!child->hidden && !gather(g, i + 1, child)) {
            return false;
        }
    }
    return true;
}

/* An empty set is left to a visit, which knows what it is empty for lack of. */
static bool gather_from(struct gathering *g, const struct value *from) {
    if (from->kind != VALUE_NODES || !from->nodes.count || from->nodes.missing) {
        return false;
    }
    for (size_t i = 0; i < from->nodes.count; i++) {
        if (from->nodes.items[i].maybe || !gather(g, 0, from->nodes.items[i].fact)) {
            return false;
        }
    }
    return true;
}

bool few_members(struct evaluation *e, const struct node *node, struct fact *at, struct few *few) {
    if (node->kind != NODE_PATH || !node->path->plain) {
        return false;
    }
    const struct path *path = node->path;
    struct gathering g = {.e = e, .few = few, .steps = path->steps, .count = path->count};
    bool made;
    few->count = few->reached = 0;
    few->deepest = NULL;
    if (path->base == BASE_NODE) {
        struct value room;
        made = gather_from(&g, eval_kept(e, path->node, &room));
    } else {
        made = gather(&g, 0, path->base == BASE_HERE ? at : e->dossier);
    }
    spend(e, g.walked);
    return made && !e->exhausted;
}

const struct missing *few_absent(struct evaluation *e, const struct node *node, const struct few *few) {
    return missing_below(e, few->deepest, node->path->steps[few->reached].written);
}
