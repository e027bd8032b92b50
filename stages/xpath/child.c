/* Children by name. A fact links its children name by name, each of them elsewhere in memory: to find the thirtieth
 * name, or that there is no such one, touches thirty of them. Facts with many names get a small table when first asked.
 */
#include "base/arena.h"
#include "xpath/evaluate.h"

enum { FEW_NAMES = 10, LEAST_SLOTS = 16 };

struct slot {
    const char *name; /* NULL: free */
    struct fact *first;
};

struct children {
    const struct fact *owner;
    size_t mask;
    struct slot slots[];
};

static size_t place_of(const struct children *children, const char *name) {
    size_t at = (size_t)((uint64_t)(uintptr_t)name * UINT64_C(0x9e3779b97f4a7c15) >> 40) & children->mask;
    while (children->slots[at].name && children->slots[at].name != name) {
        at = (at + 1) & children->mask;
    }
    return at;
}

static struct children *index_children(struct evaluation *e, struct fact *fact) {
    size_t names = 0, slots = LEAST_SLOTS;
    for (const struct fact *child = fact->first; child; child = child->next_name) {
        names++;
    }
    while (slots < names * 2) {
        slots *= 2;
    }
    struct children *made = arena_zero(e->bundle, sizeof *made + slots * sizeof *made->slots);
    made->owner = fact;
    made->mask = slots - 1;
    for (struct fact *child = fact->first; child; child = child->next_name) {
        made->slots[place_of(made, child->name)] = (struct slot){child->name, child};
    }
    return made;
}

void children_open(struct evaluation *e) {
    const struct fact *last = e->dossier;
    while (last->last) {
        last = last->last;
    }
    e->memory->facts = (size_t)last->order + 1;
    e->memory->children = arena_zero(e->bundle, e->memory->facts * sizeof(struct children *));
}

struct fact *child_named(struct evaluation *e, struct fact *fact, const char *interned) {
    struct memory *memory = e->memory;
    struct children *known = fact->order < memory->facts ? memory->children[fact->order] : NULL;
    if (known && known->owner == fact) {
        return known->slots[place_of(known, interned)].first;
    }
    struct fact *child = fact->first;
    for (size_t i = 0; child && child->name != interned; i++) {
        child = child->next_name;
        if (i == FEW_NAMES && !known && fact->order < memory->facts) {
            memory->children[fact->order] = known = index_children(e, fact);
            return known->slots[place_of(known, interned)].first;
        }
    }
    return child;
}
