#include "facts/gather.h"

#include "base/arena.h"

struct slot *slot_of_definition(struct arena *arena, struct slot **slots, const struct definition *definition) {
    struct slot **link = slots;
    while (*link && (*link)->definition != definition) {
        link = &(*link)->next;
    }
    if (!*link) {
        *link = arena_zero(arena, sizeof **link);
        (*link)->definition = definition;
    }
    return *link;
}

void slot_add_value(struct slot *slot, struct value *value) {
    if (slot->last_value) {
        slot->last_value->next = value;
    } else {
        slot->values = value;
    }
    slot->last_value = value;
}

void slot_add_group(struct slot *slot, struct group *group) {
    if (slot->last_group) {
        slot->last_group->next = group;
    } else {
        slot->groups = group;
    }
    slot->last_group = group;
}

struct group *group_open(struct gathered *gathered, struct group *parent, const struct definition *definition,
                         const struct source *source, uint32_t order) {
    struct group *made = arena_zero(gathered->scratch, sizeof *made);
    made->definition = definition;
    made->parent = parent;
    made->source = source;
    made->order = order;
    if (parent) {
        slot_add_group(slot_of_definition(gathered->scratch, &parent->slots, definition), made);
    }
    return made;
}

struct group *group_enter(struct gathered *gathered, struct group *parent, const struct definition *definition,
                          const struct source *source, uint32_t order) {
    struct slot *slot = slot_of_definition(gathered->scratch, &parent->slots, definition);
    return slot->groups ? slot->groups : group_open(gathered, parent, definition, source, order);
}

void gather_unread(struct gathered *gathered, const struct source *source, const char *why) {
    struct unread_element *made = arena_zero(gathered->scratch, sizeof *made);
    made->source = source;
    made->why = why;
    if (gathered->last_unread) {
        gathered->last_unread->next = made;
    } else {
        gathered->unread = made;
    }
    gathered->last_unread = made;
}
