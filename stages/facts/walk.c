#include "facts/walk.h"

#include "base/arena.h"
#include "consignment.h"
#include "facts/gather.h"
#include "facts/seek.h"
#include "facts/settle.h"
#include "tree/names.h"

#include <limits.h>
#include <string.h>

enum { LONGEST_NAME = 512 };

/* Names that key paths above have reached, as far as they lead here. */
struct known_list {
    const struct known *known;
    const struct known_list *next;
};

/* An element whose children are being visited. */
struct frame {
    const struct source *next; /* to be visited */
    const struct source *parent;
    const struct node *node; /* NULL: nothing below is read */
    struct group *group;
    bool same;      /* children without entry are the facts of their names */
    uint32_t order; /* of the entry that said so */
    const struct known_list *known;
};

struct walk {
    struct gathered gathered;
    struct seeker seeker;
    const struct dialect *dialect;
    struct frame *frames;
    size_t depth, capacity;
};

struct opened {
    struct group *group;
    struct value *leaf;
};

static struct opened apply(struct walk *walk, const struct map_entry *entry, const struct source *source,
                           struct group *group, struct value *leaf);

/* The group of a target: from the deepest open group that the path names, down. */
static struct group *resolve(struct walk *walk, const struct map_entry *entry, const struct source *source,
                             struct group *group) {
    const struct target *target = &entry->target;
    size_t enterable = target_value(target) ? target->count : target->count - 1;
    size_t from = 0;
    if (target->row) {
        group = walk->gathered.row;
        from = 1;
    } else if (target->absolute) {
        struct group *open = group;
        while (open && from == 0) {
            for (size_t i = 0; i < enterable && from == 0; i++) {
                from = target->groups[i] == open->definition ? i + 1 : 0;
            }
            group = open;
            open = open->parent;
        }
        group = from ? group : walk->gathered.root;
    }
    for (size_t i = from; i < target->count; i++) {
        const struct definition *definition = target->groups[i];
        group = definition->repeated ? group_open(&walk->gathered, group, definition, source, entry->order)
                                     : group_enter(&walk->gathered, group, definition, source, entry->order);
    }
    return group;
}

static void add_constants(struct walk *walk, const struct map_entry *entry, const struct source *source,
                          struct group *group, struct value *leaf) {
    for (size_t i = 0; i < entry->set_count; i++) {
        const struct constant *constant = &entry->set[i];
        struct value *value = arena_zero(walk->gathered.scratch, sizeof *value);
        *value = (struct value){.entry = entry,
                                .order = entry->order,
                                .source = source,
                                .raw = constant->value,
                                .constant = true,
                                .verbatim = true};
        struct group *owner = group;
        for (unsigned up = constant->up; up && up != UINT_MAX && owner; up--) {
            owner = owner->parent;
        }
        struct slot **slots = constant->up == UINT_MAX ? (leaf ? &leaf->attributes : NULL)
                              : owner                  ? &owner->slots
                                                       : NULL;
        if (slots) {
            slot_add_value(slot_of_definition(walk->gathered.scratch, slots, constant->definition), value);
        }
    }
}

/* Puts a value where its entry says; the fact to which attributes and constants belong is the result. */
static struct value *place(struct walk *walk, const struct map_entry *entry, struct value *value,
                           const struct source *source, struct group *group, struct value *leaf) {
    struct arena *scratch = walk->gathered.scratch;
    const struct target *target = &entry->target;
    if (target->of_leaf) {
        if (leaf) {
            slot_add_value(slot_of_definition(scratch, &leaf->attributes, target->attribute), value);
        }
        return leaf;
    }
    group = resolve(walk, entry, source, group);
    struct value *owner = value;
    if (target->attribute && target->leaf) {
        owner = arena_zero(scratch, sizeof *owner);
        *owner = (struct value){.entry = entry, .order = entry->order, .source = source};
        slot_add_value(slot_of_definition(scratch, &owner->attributes, target->attribute), value);
    }
    const struct definition *definition = target->leaf ? target->leaf : target->attribute;
    slot_add_value(slot_of_definition(scratch, &group->slots, definition), owner);
    add_constants(walk, entry, source, group, owner);
    return owner;
}

/* Line feeds between two places of one text, added to what was counted before. */
static uint32_t line_feeds(const char *from, const char *to) {
    uint32_t count = 0;
    for (; from < to; from++) {
        count += *from == '\n';
    }
    return count;
}

/* The line on which a trimmed text begins, where it is the own text of an element; 0: not known. */
static uint32_t first_line(const struct found *found) {
    if (!found->source || found->attribute || !found->source->text) {
        return 0;
    }
    const char *text = found->source->text;
    return found->source->element->line + line_feeds(text, text + strspn(text, " \t\r\n"));
}

/* Unit, form and days to be added are read at the element of the value. */
static void read_beside(struct walk *walk, const struct map_entry *entry, const struct source *at,
                        struct value *value) {
    struct found found;
    if (entry->unit.count && seek_first(&walk->seeker, at, &entry->unit, &found)) {
        value->unit = found.text;
    }
    if (entry->form_from) {
        value->form_missing = !seek_path(&walk->seeker, at, entry->form_from, &found);
        value->form_text = value->form_missing ? NULL : found.text;
    }
    if (entry->plus.count && seek_first(&walk->seeker, at, &entry->plus, &found)) {
        value->plus = found.text;
    }
}

static struct value *new_value(struct walk *walk, const struct map_entry *entry, const struct found *found,
                               const struct source *source, const char *raw) {
    struct value *value = arena_zero(walk->gathered.scratch, sizeof *value);
    *value = (struct value){
        .entry = entry,
        .order = entry->order,
        .source = found->source ? found->source : source,
        .attribute = found->attribute,
        .raw = raw,
        .constant = !found->source,
    };
    read_beside(walk, entry, value->source, value);
    return value;
}

static bool in_part(const struct part *part, int index, int count) {
    if (part->first < 0) {
        return index > count + part->first;
    }
    int last = part->last > 0 ? part->last : count + 1 + part->last;
    return index >= part->first && index <= last;
}

/* Where the first piece begins: a split that begins with a line feed also cuts at the start of the text. */
static const char *first_piece(const char *text, const char *split) {
    size_t sign = *split == '\n' ? strlen(split + 1) : 0;
    return sign && strncmp(text, split + 1, sign) == 0 ? text + sign : text;
}

/* The next piece: [*start, end) of the text; pieces of lines that are blank do not count. */
static bool next_piece(const char **at, const char *split, const char **start, size_t *length) {
    while (*at) {
        *start = *at;
        const char *end = strstr(*at, split);
        *length = end ? (size_t)(end - *at) : strlen(*at);
        *at = end ? end + strlen(split) : NULL;
        if (strcmp(split, "\n") != 0 || strspn(*start, " \t\r") < *length) {
            return true;
        }
    }
    return false;
}

/* One fact per piece of the text, or of the pieces that part= names. */
static struct value *place_pieces(struct walk *walk, const struct map_entry *entry, const struct found *found,
                                  const struct source *source, struct group *group, struct value *leaf) {
    struct value *first = NULL;
    const char *start;
    size_t length;
    int count = 0;
    for (const char *at = first_piece(found->text, entry->split); next_piece(&at, entry->split, &start, &length);) {
        count++;
    }
    uint32_t line = first_line(found);
    const char *counted = found->text;
    int index = 0;
    for (const char *at = first_piece(found->text, entry->split); next_piece(&at, entry->split, &start, &length);) {
        index++;
        line += line ? line_feeds(counted, start) : 0;
        counted = start;
        const char *raw = trimmed(walk->gathered.arena, arena_copy(walk->gathered.arena, start, length));
        if ((entry->has_part && !in_part(&entry->part, index, count)) || is_absent(walk->dialect, entry, raw)) {
            continue;
        }
        struct value *value = new_value(walk, entry, found, source, raw);
        value->line = line;
        struct value *placed = place(walk, entry, value, source, group, leaf);
        first = first ? first : placed;
    }
    return first;
}

static bool own_text(struct walk *walk, const struct map_entry *entry, const struct source *source,
                     struct found *found) {
    *found = (struct found){.source = source};
    if (entry->from.count) {
        return seek_first(&walk->seeker, source, &entry->from, found);
    }
    if (entry->kind != ENTRY_ATTRIBUTE) {
        found->text = trimmed(walk->gathered.arena, source->text);
        return found->text != NULL;
    }
    for (const struct source_attribute *a = source->attributes; a; a = a->next) {
        if (a->name == entry->attribute_name && spaces_have(entry->attribute_spaces, a->ns)) {
            found->attribute = a->written;
            found->text = trimmed(walk->gathered.arena, a->value);
            return found->text != NULL;
        }
    }
    return false;
}

static struct value *read_value(struct walk *walk, const struct map_entry *entry, const struct source *source,
                                struct group *group, struct value *leaf) {
    struct found found;
    if (!own_text(walk, entry, source, &found) || is_absent(walk->dialect, entry, found.text)) {
        return NULL;
    }
    if (entry->split) {
        return place_pieces(walk, entry, &found, source, group, leaf);
    }
    const char *raw = entry->has_part
                          ? trimmed(walk->gathered.arena, cut_characters(walk->gathered.arena, found.text, entry->part))
                          : found.text;
    if (is_absent(walk->dialect, entry, raw)) {
        return NULL;
    }
    return place(walk, entry, new_value(walk, entry, &found, source, raw), source, group, leaf);
}

/* word at=: a group of that definition outside the tree, until its place is known. */
static struct group *open_elsewhere(struct walk *walk, const struct map_entry *entry, const struct source *source,
                                    struct group *group) {
    struct found found;
    struct gathered *gathered = &walk->gathered;
    struct pending *pending = arena_zero(gathered->scratch, sizeof *pending);
    pending->at = entry->at;
    pending->stay = group;
    pending->source = source;
    pending->key = seek_path(&walk->seeker, source, &entry->at->path, &found) ? found.text : NULL;
    pending->group = group_open(gathered, NULL, entry->at->groups[entry->at->count - 1], source, entry->order);
    pending->group->parent = group;
    if (gathered->last_pending) {
        gathered->last_pending->next = pending;
    } else {
        gathered->pending = pending;
    }
    gathered->last_pending = pending;
    return pending->group;
}

/* m:fact and m:attr of a node and of the blocks behind it. */
static void apply_facts(struct walk *walk, const struct node *node, const struct source *source, struct opened opened) {
    for (; node; node = node->block) {
        for (size_t i = 0; i < node->fact_count; i++) {
            apply(walk, node->facts[i], source, opened.group, opened.leaf);
        }
    }
}

static struct opened apply(struct walk *walk, const struct map_entry *entry, const struct source *source,
                           struct group *group, struct value *leaf) {
    struct opened opened = {group, entry->kind == ENTRY_ELEMENT ? NULL : leaf};
    if (entry->kind != ENTRY_ELEMENT && !seek_conditions(&walk->seeker, source, entry)) {
        return opened;
    }
    if (entry->at) {
        opened.group = open_elsewhere(walk, entry, source, group);
    }
    bool is_group = entry->has_target && !target_value(&entry->target);
    if (is_group) {
        opened.group = resolve(walk, entry, source, opened.group);
        opened.group->key = entry->key ? entry->key : opened.group->key;
        opened.leaf = NULL;
    } else if (entry->has_target) {
        struct value *read = read_value(walk, entry, source, opened.group, leaf);
        opened.leaf = entry->target.attribute ? opened.leaf : read;
    }
    if (is_group || !entry->has_target) {
        add_constants(walk, entry, source, opened.group, NULL);
    }
    apply_facts(walk, entry->node, source, opened);
    return opened;
}

/* word same=: attributes of the element that are facts of its name. */
static void same_attributes(struct walk *walk, const struct source *source, const struct definition *definition,
                            struct slot **slots) {
    for (const struct source_attribute *a = source->attributes; a; a = a->next) {
        char name[LONGEST_NAME];
        size_t length = strlen(a->written);
        if (a->ns || length + 2 > sizeof name) {
            continue;
        }
        name[0] = '@';
        memcpy(name + 1, a->written, length + 1);
        const struct definition *found = definition_child(definition, names_find(walk->seeker.names, name));
        const char *raw = trimmed(walk->gathered.arena, a->value);
        bool is_unit = strcmp(name, "@unit") == 0 || strcmp(name, "@currency") == 0;
        if (found && raw && !is_unit) {
            struct value *value = arena_zero(walk->gathered.scratch, sizeof *value);
            *value = (struct value){
                .entry = walk->dialect->same_entry, .source = source, .attribute = a->written, .raw = raw};
            slot_add_value(slot_of_definition(walk->gathered.scratch, slots, found), value);
        }
    }
}

static void push(struct walk *walk, struct frame frame) {
    if (!frame.next) {
        return;
    }
    if (walk->depth == walk->capacity) {
        walk->frames = arena_grow(walk->gathered.scratch, walk->frames, &walk->capacity, sizeof *walk->frames);
    }
    walk->frames[walk->depth++] = frame;
}

/* A child of a group under same="yes" that is a fact of its own name. */
static bool visit_same(struct walk *walk, const struct frame *frame, const struct source *source, const char *name,
                       const struct known_list *known) {
    const struct definition *definition = definition_child(frame->group->definition, name);
    if (!definition || source->ns != frame->parent->ns) {
        return false;
    }
    struct gathered *gathered = &walk->gathered;
    if (definition->type == TYPE_GROUP) {
        struct group *group = definition->repeated
                                  ? group_open(gathered, frame->group, definition, source, frame->order)
                                  : group_enter(gathered, frame->group, definition, source, frame->order);
        same_attributes(walk, source, definition, &group->slots);
        push(walk, (struct frame){source->first, source, NULL, group, true, frame->order, known});
        return true;
    }
    struct found found;
    struct slot *slot = slot_of_definition(gathered->scratch, &frame->group->slots, definition);
    if (own_text(walk, walk->dialect->same_entry, source, &found) && !is_absent(walk->dialect, NULL, found.text)) {
        struct value *value = new_value(walk, walk->dialect->same_entry, &found, source, found.text);
        value->order = frame->order;
        same_attributes(walk, source, definition, &value->attributes);
        slot_add_value(slot, value);
    }
    push(walk, (struct frame){source->first, source, NULL, frame->group, false, 0, known});
    return true;
}

/* The first alternative that fits, the element's own before those of its block. */
static const struct map_entry *choose(struct walk *walk, const struct node *node, const struct source *source,
                                      const char *name, bool *met) {
    for (; node; node = node->block) {
        const struct alternatives *alternatives = node_find(node, source->ns, name);
        for (size_t i = 0; alternatives && i < alternatives->count; i++) {
            *met = true;
            if (seek_conditions(&walk->seeker, source, alternatives->items[i])) {
                return alternatives->items[i];
            }
        }
    }
    return NULL;
}

static const struct known_list *add_known(struct walk *walk, const struct known *parent, const struct source *source,
                                          const char *name, const struct known_list *list) {
    for (const struct known *child = parent->first; child; child = child->next) {
        if (child->name == name && spaces_have(child->spaces, source->ns)) {
            struct known_list *made = arena_alloc(walk->gathered.scratch, sizeof *made);
            *made = (struct known_list){child, list};
            list = made;
        }
    }
    return list;
}

static const struct known_list *known_at(struct walk *walk, const struct frame *frame, const struct source *source,
                                         const char *name) {
    const struct known_list *list = NULL;
    if (!name) {
        return NULL;
    }
    for (const struct known_list *from = frame->known; from; from = from->next) {
        list = add_known(walk, from->known, source, name, list);
    }
    for (const struct node *node = frame->node; node; node = node->block) {
        list = add_known(walk, &node->known, source, name, list);
    }
    return list;
}

static void visit(struct walk *walk, const struct frame *frame, const struct source *source) {
    const char *name = source_name(&walk->seeker, source);
    if (name && name == walk->dialect->null) {
        return;
    }
    bool met = false;
    const struct known_list *known = known_at(walk, frame, source, name);
    const struct map_entry *entry = name ? choose(walk, frame->node, source, name, &met) : NULL;
    if (entry) {
        struct opened opened = apply(walk, entry, source, frame->group, NULL);
        if (entry->same) {
            same_attributes(walk, source, opened.group->definition, &opened.group->slots);
        }
        if (!entry->ignored) {
            push(walk,
                 (struct frame){source->first, source, entry->node, opened.group, entry->same, entry->order, known});
        }
        return;
    }
    if (frame->same && !met && name && visit_same(walk, frame, source, name, known)) {
        return;
    }
    if (!known) {
        gather_unread(&walk->gathered, source, met ? "no alternative fits" : "no entry");
    }
    push(walk, (struct frame){source->first, source, NULL, frame->group, false, 0, known});
}

static void walk_all(struct walk *walk, const struct dialect_match *match) {
    const struct source *root = match->root;
    walk->gathered.steps++;
    struct opened opened = apply(walk, match->entry, root, walk->gathered.root, NULL);
    if (match->entry->same) {
        same_attributes(walk, root, opened.group->definition, &opened.group->slots);
    }
    if (!match->entry->ignored) {
        push(walk, (struct frame){root->first, root, match->entry->node, opened.group, match->entry->same,
                                  match->entry->order, NULL});
    }
    while (walk->depth) {
        struct frame *frame = &walk->frames[walk->depth - 1];
        const struct source *source = frame->next;
        if (!source) {
            walk->depth--;
            continue;
        }
        frame->next = source->next;
        walk->gathered.steps++;
        struct frame here = *frame;
        visit(walk, &here, source);
    }
}

/* What a path came to is known after all. */
static void forget_reached(struct walk *walk) {
    struct unread_element **link = &walk->gathered.unread;
    walk->gathered.last_unread = NULL;
    while (*link) {
        if (was_reached(&walk->seeker, (*link)->source)) {
            *link = (*link)->next;
        } else {
            walk->gathered.last_unread = *link;
            link = &(*link)->next;
        }
    }
}

const struct reading *dialect_read(struct consignment *c, struct document *document,
                                   const struct dialect_match *match) {
    struct arena *scratch = arena_new();
    struct walk walk = {
        .gathered = {.scratch = scratch, .arena = c->arena},
        .seeker = {.scratch = scratch, .arena = c->arena, .names = c->dossier.names, .dialect = match->dialect},
        .dialect = match->dialect,
    };
    const struct definition *dossier = vocabulary_root(match->dialect->vocabulary);
    walk.gathered.root = group_open(&walk.gathered, NULL, dossier, match->root, 0);
    walk.gathered.row = group_open(&walk.gathered, NULL, definition_at(dossier, "document"), match->root, 0);
    walk_all(&walk, match);
    forget_reached(&walk);
    walk.gathered.steps += walk.seeker.steps;
    const struct reading *reading = settle(c, document, match->dialect, &walk.gathered);
    arena_free(scratch);
    return reading;
}
