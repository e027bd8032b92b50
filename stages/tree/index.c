/* Children by name. A fact links its children name by name, each of them elsewhere in memory: to find the thirtieth
 * name, or that there is no such one, touches thirty of them. Facts with more than a few get a table of their first
 * children, open addressed. A child that is added or taken out makes it void. */
#include "base/arena.h"
#include "tree/fact.h"

enum { FEW_NAMES = 3, LEAST_SLOTS = 8 };

struct fact_index {
    size_t mask;
    struct fact *slots[]; /* NULL: free */
};

static struct fact **slot_of(struct fact_index *index, const char *name) {
    size_t at = (size_t)((uint64_t)(uintptr_t)name * UINT64_C(0x9e3779b97f4a7c15) >> 40) & index->mask;
    while (index->slots[at] && index->slots[at]->name != name) {
        at = (at + 1) & index->mask;
    }
    return &index->slots[at];
}

struct fact *fact_look_up(const struct fact *fact, const char *interned) {
    if (fact->index) {
        return *slot_of(fact->index, interned);
    }
    struct fact *child = fact->first;
    while (child && child->name != interned) {
        child = child->next_name;
    }
    return child;
}

static void index_children(struct arena *arena, struct fact *fact) {
    size_t names = 0, slots = LEAST_SLOTS;
    for (const struct fact *child = fact->first; child; child = child->next_name) {
        names++;
    }
    fact->index = NULL;
    if (names <= FEW_NAMES) {
        return;
    }
    while (slots < names * 2) {
        slots *= 2;
    }
    fact->index = arena_zero(arena, sizeof *fact->index + slots * sizeof(struct fact *));
    fact->index->mask = slots - 1;
    for (struct fact *child = fact->first; child; child = child->next_name) {
        *slot_of(fact->index, child->name) = child;
    }
}

void tree_index(struct arena *arena, struct fact *root) {
    for (struct fact *fact = root; fact;) {
        index_children(arena, fact);
        if (fact->first) {
            fact = fact->first;
            continue;
        }
        while (fact != root && !fact->next) {
            fact = fact->parent;
        }
        fact = fact == root ? NULL : fact->next;
    }
}
