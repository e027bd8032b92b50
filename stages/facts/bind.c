/* Words at= and key=: groups that belong to another, rows that are one; by hash, once the walk has ended. */
#include "facts/settle.h"

#include "base/arena.h"

#include <string.h>

struct bound {
    const struct definition *group, *key;
    const char *text;
    struct group *found;
};

struct table {
    struct arena *arena;
    struct bound *items;
    size_t count, size; /* a power of two */
};

static size_t hash(const struct definition *group, const char *text) {
    size_t value = 1469598103934665603U ^ group->id;
    for (; *text; text++) {
        value = (value ^ (unsigned char)*text) * 1099511628211U;
    }
    return value ^ value >> 29;
}

static struct bound *look(const struct table *table, const struct definition *group, const struct definition *key,
                          const char *text) {
    size_t i = hash(group, text) & (table->size - 1);
    while (table->items[i].text &&
           (table->items[i].group != group || table->items[i].key != key || strcmp(table->items[i].text, text) != 0)) {
        i = (i + 1) & (table->size - 1);
    }
    return &table->items[i];
}

static void grow(struct table *table) {
    struct table bigger = {.arena = table->arena, .size = table->size ? table->size * 2 : 64, .count = table->count};
    bigger.items = arena_zero(table->arena, bigger.size * sizeof *bigger.items);
    for (size_t i = 0; i < table->size; i++) {
        if (table->items[i].text) {
            *look(&bigger, table->items[i].group, table->items[i].key, table->items[i].text) = table->items[i];
        }
    }
    *table = bigger;
}

/* The entry for that key: taken, or free (found NULL). */
static struct bound *reserve(struct table *table, const struct definition *group, const struct definition *key,
                             const char *text) {
    if ((table->count + 1) * 2 > table->size) {
        grow(table);
    }
    struct bound *bound = look(table, group, key, text);
    if (!bound->text) {
        *bound = (struct bound){group, key, text, NULL};
        table->count++;
    }
    return bound;
}

static const char *key_text(const struct group *group, const struct definition *key) {
    for (const struct slot *slot = group->slots; slot; slot = slot->next) {
        if (slot->definition == key && slot->values) {
            return slot->values->raw;
        }
    }
    return NULL;
}

static struct slot *slot_named(struct gathered *gathered, struct group *group, const struct slot *like) {
    const struct definition *definition = definition_child(group->definition, like->definition->name);
    return definition ? slot_of_definition(gathered->scratch, &group->slots, definition) : NULL;
}

/* All that one group holds goes to another, under the facts of the same names. */
static void move(struct gathered *gathered, struct group *from, struct group *to) {
    for (struct slot *slot = from->slots; slot; slot = slot->next) {
        struct slot *into = slot_named(gathered, to, slot);
        if (!into) {
            continue;
        }
        for (struct value *value = slot->values; value;) {
            struct value *next = value->next;
            value->next = NULL;
            slot_add_value(into, value);
            value = next;
        }
        for (struct group *group = slot->groups; group;) {
            struct group *next = group->next;
            group->next = NULL;
            if (!into->definition->repeated && into->groups) {
                move(gathered, group, into->groups);
            } else {
                group->parent = to;
                slot_add_group(into, group);
            }
            group = next;
        }
    }
    from->slots = NULL;
}

/* Rows of one key become the first of them. */
static void unite(struct gathered *gathered, struct slot *slot) {
    struct table table = {.arena = gathered->scratch};
    struct group **link = &slot->groups;
    slot->last_group = NULL;
    while (*link) {
        struct group *group = *link;
        const char *text = group->key ? key_text(group, group->key) : NULL;
        struct bound *bound = text ? reserve(&table, group->definition, group->key, text) : NULL;
        if (bound && bound->found) {
            *link = group->next;
            move(gathered, group, bound->found);
            continue;
        }
        if (bound) {
            bound->found = group;
        }
        slot->last_group = group;
        link = &group->next;
    }
}

/* Depth is that of the facts' definitions: about ten. */
static void unite_below(struct gathered *gathered, struct group *group) {
    for (struct slot *slot = group->slots; slot; slot = slot->next) {
        bool keyed = false;
        for (struct group *child = slot->groups; child; child = child->next) {
            keyed = keyed || child->key;
        }
        if (keyed) {
            unite(gathered, slot);
        }
        for (struct group *child = slot->groups; child; child = child->next) {
            unite_below(gathered, child);
        }
    }
}

/* All groups of the definition that at= names, below the dossier. */
static void enlist(struct table *table, const struct gathered *gathered, const struct at *at) {
    const struct group *group = gathered->root;
    for (size_t i = 0; group && i < at->count; i++) {
        const struct slot *slot = group->slots;
        while (slot && slot->definition != at->groups[i]) {
            slot = slot->next;
        }
        group = slot ? slot->groups : NULL;
        size_t position = 0;
        for (struct group *each = slot && i + 1 == at->count ? slot->groups : NULL; each; each = each->next) {
            const char *text = key_text(each, at->key);
            position++;
            if (!text && strcmp(at->key->name, "@n") == 0) {
                text = arena_printf(gathered->scratch, "%zu", position); /* what @n will be (settle.c) */
            }
            struct bound *bound = text ? reserve(table, each->definition, at->key, text) : NULL;
            if (bound && !bound->found) {
                bound->found = each;
            }
        }
    }
}

void bind_groups(struct gathered *gathered, unbound_group *unbound, void *data) {
    unite_below(gathered, gathered->root);
    struct table table = {.arena = gathered->scratch};
    for (struct pending *pending = gathered->pending; pending; pending = pending->next) {
        struct bound *once = reserve(&table, pending->group->definition, pending->at->key, "");
        if (!once->found) {
            once->found = pending->group;
            enlist(&table, gathered, pending->at);
        }
        struct bound *bound =
            pending->key ? look(&table, pending->group->definition, pending->at->key, pending->key) : NULL;
        if (!bound || !bound->found) {
            unbound(data, pending);
        }
        move(gathered, pending->group, bound && bound->found ? bound->found : pending->stay);
    }
}
