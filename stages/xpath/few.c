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
        struct fact *child = visible(child_named(g->e, at, step->name));
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

bool few_of_path(struct evaluation *e, const struct path *path, struct fact *at, struct few *few) {
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
