#include "facts/settle.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "consignment.h"
#include "facts/convert.h"
#include "facts/index.h"
#include "facts/report.h"
#include "tree/names.h"

#include <stdlib.h>
#include <string.h>

struct settling {
    struct consignment *c;
    struct document *document;
    const struct dialect *dialect;
    struct gathered *gathered;
    struct report report;
    struct {
        const char *currency, *unit, *orig, *zone, *ambiguous, *n, *doc;
    } names; /* interned, of attributes that conversions and positions bring */
};

static void emit_slots(struct settling *s, struct fact *parent, struct slot *slots);

static struct origin *origin_at(struct settling *s, const struct value *value) {
    struct origin *origin = arena_zero(s->c->arena, sizeof *origin);
    origin->element = value->source ? value->source->element : NULL;
    origin->attribute = value->attribute ? arena_string(s->c->arena, value->attribute) : NULL;
    origin->line = value->line;
    return origin;
}

/* The place of the first part, the others behind it. */
static const struct origin *origin_of(struct settling *s, const struct value *value) {
    struct origin *first = origin_at(s, value);
    struct origin *last = first;
    for (const struct value *part = value->part; part; part = part->part) {
        if (part->constant) {
            continue;
        }
        struct origin *more = origin_at(s, part);
        last->more = more;
        last = more;
    }
    return first;
}

/* An attribute that a conversion brings, where the fact can have it and no entry gave it. */
static void attach(struct settling *s, struct fact *fact, const struct definition *definition, const char *name,
                   const char *text) {
    const struct definition *found = text ? definition_child(definition, name) : NULL;
    if (found && !fact_child(fact, found->name)) {
        tree_attach(&s->c->dossier, fact, found->name, arena_string(s->c->arena, text))->origin = fact->origin;
    }
}

static struct fact *emit(struct settling *s, struct fact *parent, const struct definition *definition,
                         const struct value *value, const struct converted *read) {
    struct fact *fact = tree_attach(&s->c->dossier, parent, definition->name,
                                    read->text ? arena_string(s->c->arena, read->text) : NULL);
    fact->origin = origin_of(s, value);
    fact->state = read->state == CONVERTED_NOT ? FACT_UNREADABLE : FACT_READABLE;
    emit_slots(s, fact, value->attributes);
    attach(s, fact, definition, s->names.currency, read->unit);
    attach(s, fact, definition, s->names.unit, read->unit);
    attach(s, fact, definition, s->names.orig, read->orig);
    attach(s, fact, definition, s->names.zone, read->assumed ? "assumed" : NULL);
    attach(s, fact, definition, s->names.ambiguous, read->ambiguous);
    return fact;
}

static struct converted read_value(struct settling *s, const struct definition *definition, const struct value *value) {
    if (value->verbatim || !value->raw) {
        return (struct converted){.state = value->raw || value->attributes ? CONVERTED : CONVERTED_ABSENT,
                                  .text = value->raw};
    }
    struct convertible convertible = {
        .dialect = s->dialect,
        .entry = value->entry,
        .definition = definition,
        .raw = value->raw,
        .unit = value->unit,
        .form_text = value->form_text,
        .plus = value->plus,
        .form_missing = value->form_missing,
    };
    return convert(s->c->arena, &convertible);
}

struct ranked {
    struct value *value;
    size_t index;
};

static int by_order(const void *a, const void *b) {
    const struct ranked *first = a;
    const struct ranked *second = b;
    if (first->value->order != second->value->order) {
        return first->value->order < second->value->order ? -1 : 1;
    }
    return first->index < second->index ? -1 : first->index > second->index;
}

/* The values of a slot by preference, those of one entry as they stand in the document. */
static struct value **rank(struct settling *s, const struct slot *slot, size_t *count) {
    bool in_order = true;
    *count = 0;
    for (const struct value *value = slot->values; value; value = value->next) {
        in_order = in_order && (!value->next || value->order <= value->next->order);
        (*count)++;
    }
    struct value **values = arena_alloc(s->gathered->scratch, *count * sizeof(struct value *));
    struct ranked *ranked = in_order ? NULL : arena_alloc(s->gathered->scratch, *count * sizeof *ranked);
    size_t i = 0;
    for (struct value *value = slot->values; value; value = value->next, i++) {
        values[i] = value;
        if (ranked) {
            ranked[i] = (struct ranked){value, i};
        }
    }
    if (ranked) {
        qsort(ranked, *count, sizeof *ranked, by_order);
        for (i = 0; i < *count; i++) {
            values[i] = ranked[i].value;
        }
    }
    return values;
}

/* The parts of a joined value, in the order of the map, become its first; a second value of one part is not read. */
static void join(struct settling *s, const struct definition *definition, struct value **values, size_t *count) {
    struct value *first = NULL;
    struct value *last = NULL;
    struct buffer text = {0};
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        struct value *value = values[i];
        if (!value->entry->join || value->entry->sum || !value->raw || value->verbatim) {
            values[kept++] = value;
        } else if (!first) {
            first = last = values[kept++] = value;
            buffer_string(&text, value->raw);
        } else if (last->entry == value->entry) {
            report_second(&s->report, definition, last, value);
        } else {
            buffer_string(&text, value->entry->join);
            buffer_string(&text, value->raw);
            last = last->part = value;
        }
    }
    if (first && first->part) {
        first->raw = arena_copy(s->c->arena, text.bytes, text.length);
    }
    buffer_free(&text);
    *count = kept;
}

/* The unit of a sum: nothing is nothing in any currency, so that of its first part that is something. */
static const char *unit_of_sum(struct settling *s, const struct definition *definition, const struct value *first) {
    const struct value *part = first;
    struct decimal number;
    while (part && convert_decimal(part->entry, part->raw, &number) && decimal_is_zero(&number)) {
        part = part->part;
    }
    return convert_unit(s->dialect, definition, (part ? part : first)->unit);
}

/* Adds what join="+" names; NULL: the sum, else what it should have been. */
static const char *add_up(struct settling *s, const struct definition *definition, struct value *first,
                          struct decimal *sum) {
    const char *unit = unit_of_sum(s, definition, first);
    *sum = decimal_from(0);
    for (const struct value *value = first; value; value = value->part) {
        struct decimal number;
        if (!convert_decimal(value->entry, value->raw, &number)) {
            return "a decimal";
        }
        const char *other = decimal_is_zero(&number) ? unit : convert_unit(s->dialect, definition, value->unit);
        if (unit != other && (!unit || !other || strcmp(unit, other) != 0)) {
            return definition->type == TYPE_AMOUNT ? "amounts of one currency" : "quantities of one unit";
        }
        if (!decimal_add(sum, &number, sum)) {
            return "a sum of at most 38 digits";
        }
    }
    return NULL;
}

static void sum(struct settling *s, const struct definition *definition, struct value **values, size_t *count) {
    struct value *first = NULL;
    struct value *last = NULL;
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        struct value *value = values[i];
        if (!value->entry->sum || !value->raw || value->verbatim) {
            values[kept++] = value;
        } else if (!first) {
            first = last = values[kept++] = value;
        } else {
            last = last->part = value;
        }
    }
    *count = kept;
    if (!first || !first->part) {
        return;
    }
    struct decimal total;
    const char *expected = add_up(s, definition, first, &total);
    if (expected) {
        first->unsummed = expected;
        return;
    }
    char text[DECIMAL_TEXT];
    decimal_print(&total, text);
    first->unit = unit_of_sum(s, definition, first);
    first->raw = arena_string(s->c->arena, text);
    first->entry = s->dialect->same_entry; /* the factor and form of the entry are in the sum already */
}

static struct converted settled(struct settling *s, const struct definition *definition, const struct value *value) {
    if (value->unsummed) {
        return (struct converted){.state = CONVERTED_NOT, .expected = value->unsummed};
    }
    return read_value(s, definition, value);
}

static void emit_unreadable(struct settling *s, struct fact *parent, const struct definition *definition,
                            const struct value *value, struct converted read, bool keep) {
    struct fact *fact = NULL;
    read.text = value->raw;
    if (keep) {
        fact = emit(s, parent, definition, value, &read);
    }
    report_unreadable(&s->report, parent, fact, definition, value, read.expected);
}

/* Attributes that came without a value of their own go to the value that was taken. */
static void give_attributes(struct settling *s, struct value **values, size_t count, struct value *taken) {
    for (size_t i = 0; i < count; i++) {
        struct value *value = values[i];
        for (struct slot *slot = value->raw || value == taken ? NULL : value->attributes; slot; slot = slot->next) {
            struct slot *into = slot_of_definition(s->gathered->scratch, &taken->attributes, slot->definition);
            for (struct value *each = slot->values; each;) {
                struct value *next = each->next;
                each->next = NULL;
                slot_add_value(into, each);
                each = next;
            }
        }
        if (!value->raw && value != taken) {
            value->attributes = NULL;
        }
    }
}

static void emit_single(struct settling *s, struct fact *parent, const struct definition *definition,
                        struct value **values, size_t count) {
    struct value *taken = NULL;
    struct value *bare = NULL;
    struct value *unreadable = NULL;
    struct converted taken_read = {0};
    struct converted first_unread = {0};
    for (size_t i = 0; i < count; i++) {
        struct value *value = values[i];
        if (!value->raw) {
            bare = bare ? bare : value;
            continue;
        }
        if (taken) {
            report_second(&s->report, definition, taken, value);
            continue;
        }
        struct converted read = settled(s, definition, value);
        if (read.state == CONVERTED) {
            taken = value;
            taken_read = read;
        } else if (read.state == CONVERTED_NOT) {
            if (unreadable) {
                emit_unreadable(s, parent, definition, value, read, false);
            } else {
                unreadable = value;
                first_unread = read;
            }
        }
    }
    if (unreadable) {
        emit_unreadable(s, parent, definition, unreadable, first_unread, !taken);
    }
    if (!taken && !unreadable) {
        taken = bare;
        taken_read = (struct converted){.state = CONVERTED};
    }
    if (taken) {
        give_attributes(s, values, count, taken);
        emit(s, parent, definition, taken, &taken_read);
    }
}

static void emit_values(struct settling *s, struct fact *parent, struct slot *slot) {
    const struct definition *definition = slot->definition;
    size_t count;
    struct value **values = rank(s, slot, &count);
    join(s, definition, values, &count);
    sum(s, definition, values, &count);
    if (!definition->repeated) {
        emit_single(s, parent, definition, values, count);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct converted read = settled(s, definition, values[i]);
        if (read.state == CONVERTED) {
            emit(s, parent, definition, values[i], &read);
        } else if (read.state == CONVERTED_NOT) {
            emit_unreadable(s, parent, definition, values[i], read, true);
        }
    }
}

/* Neither a constant, nor a code that is known to be no fact. */
static bool is_content(const struct value *value) {
    const struct code_list *codes = value->raw && value->entry ? value->entry->codes : NULL;
    const char *code = codes ? code_for(codes, value->raw) : NULL;
    return !value->constant && (!code || *code);
}

/* A group that holds only constants, or nothing, vanishes. Depth: that of the definitions. */
static bool find_content(struct group *group) {
    for (struct slot *slot = group->slots; slot; slot = slot->next) {
        for (const struct value *value = slot->values; value; value = value->next) {
            group->has_content = group->has_content || is_content(value);
        }
        for (struct group *child = slot->groups; child; child = child->next) {
            group->has_content = find_content(child) || group->has_content;
        }
    }
    return group->has_content;
}

struct ranked_group {
    struct group *group;
    size_t index;
};

static int by_group_order(const void *a, const void *b) {
    const struct ranked_group *first = a;
    const struct ranked_group *second = b;
    if (first->group->order != second->group->order) {
        return first->group->order < second->group->order ? -1 : 1;
    }
    return first->index < second->index ? -1 : first->index > second->index;
}

/* Every repeated group has a position; a group of the dossier names its document. */
static struct fact *emit_group(struct settling *s, struct fact *parent, struct group *group, size_t position) {
    struct fact *fact = tree_attach(&s->c->dossier, parent, group->definition->name, NULL);
    struct origin *origin = arena_zero(s->c->arena, sizeof *origin);
    origin->element = group->source->element;
    fact->origin = origin;
    emit_slots(s, fact, group->slots);
    const struct definition *n = definition_child(group->definition, s->names.n);
    if (n && group->definition->repeated && !fact_child(fact, n->name)) {
        tree_attach(&s->c->dossier, fact, n->name, arena_number(s->c->arena, position));
    }
    const struct definition *doc = definition_child(group->definition, s->names.doc);
    if (doc && parent == s->c->dossier.root) {
        tree_attach(&s->c->dossier, fact, doc->name, s->document->id);
    }
    return fact;
}

static void emit_groups(struct settling *s, struct fact *parent, const struct slot *slot) {
    size_t count = 0;
    for (const struct group *group = slot->groups; group; group = group->next) {
        count += group->has_content;
    }
    struct ranked_group *groups = arena_alloc(s->gathered->scratch, (count + 1) * sizeof *groups);
    size_t i = 0;
    for (struct group *group = slot->groups; group; group = group->next) {
        if (group->has_content) {
            groups[i] = (struct ranked_group){group, i};
            i++;
        }
    }
    if (count > 1) {
        qsort(groups, count, sizeof *groups, by_group_order);
    }
    size_t before = count ? fact_count(parent, slot->definition->name) : 0;
    for (i = 0; i < count; i++) {
        emit_group(s, parent, groups[i].group, before + i + 1);
    }
}

/* In the order of the vocabulary, whatever the order of the document. There are no more slots than definitions. */
static struct slot **in_order(struct settling *s, struct slot *slots, size_t *count) {
    *count = 0;
    for (const struct slot *slot = slots; slot; slot = slot->next) {
        (*count)++;
    }
    struct slot **sorted = arena_alloc(s->gathered->scratch, *count * sizeof(struct slot *));
    size_t held = 0;
    for (struct slot *slot = slots; slot; slot = slot->next) {
        size_t i = held++;
        for (; i && sorted[i - 1]->definition->order > slot->definition->order; i--) {
            sorted[i] = sorted[i - 1];
        }
        sorted[i] = slot;
    }
    return sorted;
}

static void emit_slots(struct settling *s, struct fact *parent, struct slot *slots) {
    if (!slots) {
        return;
    }
    size_t count;
    struct slot **sorted = in_order(s, slots, &count);
    for (size_t i = 0; i < count; i++) {
        if (sorted[i]->values) {
            emit_values(s, parent, sorted[i]);
        }
        if (sorted[i]->groups) {
            emit_groups(s, parent, sorted[i]);
        }
    }
}

static void unbound(void *data, const struct pending *pending) {
    struct settling *s = data;
    const struct value value = {.source = pending->source, .raw = pending->key ? pending->key : ""};
    struct buffer expected = {0};
    buffer_string(&expected, "the key of a ");
    for (size_t i = 0; i < pending->at->count; i++) {
        buffer_printf(&expected, "%s%s", i ? "/" : "", pending->at->groups[i]->name);
    }
    buffer_printf(&expected, " (%s)", pending->at->key->name);
    report_unreadable(&s->report, s->c->dossier.root, NULL, pending->at->key, &value,
                      arena_copy(s->c->arena, expected.bytes, expected.length));
    buffer_free(&expected);
}

const struct reading *settle(struct consignment *c, struct document *document, const struct dialect *dialect,
                             struct gathered *gathered) {
    struct settling s = {.c = c, .document = document, .dialect = dialect, .gathered = gathered};
    const struct names *names = c->dossier.names;
    s.names.currency = names_find(names, "@currency");
    s.names.unit = names_find(names, "@unit");
    s.names.orig = names_find(names, "@orig");
    s.names.zone = names_find(names, "@zone");
    s.names.ambiguous = names_find(names, "@ambiguous");
    s.names.n = names_find(names, "@n");
    s.names.doc = names_find(names, "@doc");
    report_open(&s.report, c, document, gathered);
    bind_groups(gathered, unbound, &s);
    find_content(gathered->root);
    /* The row stands before the facts of its document, and is filled when they are known. */
    struct fact *row = index_row(c, document);
    struct fact *before = c->dossier.root->last;
    emit_slots(&s, c->dossier.root, gathered->root->slots);
    struct fact *given = tree_new(c->arena, c->dossier.names, "document").root;
    emit_slots(&s, given, gathered->row->slots);
    const struct reading *reading = report_close(&s.report);
    index_fill(c, document, row, given, before ? before->next : c->dossier.root->first);
    return reading;
}
