/* What a walk gathers before it becomes facts: groups, and for every fact all its sources.
 *
 * A document may stand in any order, and of two sources the one further up in the map wins: so all are kept until
 * the walk has ended, and settle.c settles them. Everything lies in the walk's own arena, texts in the case's.
 */
#ifndef TW_FACTS_GATHER_H
#define TW_FACTS_GATHER_H

#include "facts/map.h"
#include "tree/source.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

/* A text as read, and where. */
struct value {
    const struct map_entry *entry; /* by which it was read */
    uint32_t order;                /* preference: the lower wins */
    const struct source *source;
    const char *attribute; /* it was read from, or NULL */
    uint32_t line;         /* of a piece; 0: the element's */
    const char *raw;       /* trimmed; NULL: nothing but attributes */
    const char *unit;      /* currency or unit as written; NULL: none */
    const char *form_text; /* of form="@code"; NULL: the entry's */
    const char *plus;      /* days to be added; NULL: none */
    bool constant;         /* set=, or a quoted from= */
    bool verbatim;         /* set=: the value as the fact has it */
    bool form_missing;     /* form="@code", and there is no such attribute */
    struct slot *attributes;
    const char *unsummed; /* why its parts cannot be added (settle.c) */
    struct value *part;   /* of a joined value: the next in the order of the map (settle.c) */
    struct value *next;
};

struct group {
    const struct definition *definition;
    struct group *parent;
    const struct source *source; /* that opened it */
    uint32_t order;
    const struct definition *key; /* word key= */
    bool has_content;             /* something that is no constant, in it or below (settle.c) */
    struct slot *slots;
    struct group *next;
};

/* All values, or all groups, of one fact of a group (or all attributes of one name of a value). */
struct slot {
    const struct definition *definition;
    struct value *values, *last_value;
    struct group *groups, *last_group;
    struct slot *next;
};

/* word at=: a group that belongs elsewhere, to be bound when all are known. */
struct pending {
    struct group *group;
    struct group *stay; /* where its facts go when there is no such group */
    const struct at *at;
    const char *key;
    const struct source *source;
    struct pending *next;
};

struct unread_element {
    const struct source *source;
    const char *why;
    struct unread_element *next;
};

struct gathered {
    struct arena *scratch; /* of the walk */
    struct arena *arena;   /* of the case */
    struct group *root;    /* /dossier */
    struct group *row;     /* the document's row in the index */
    struct pending *pending, *last_pending;
    struct unread_element *unread, *last_unread;
    uint64_t steps;
};

struct slot *slot_of_definition(struct arena *arena, struct slot **slots, const struct definition *definition);
void slot_add_value(struct slot *slot, struct value *value);
void slot_add_group(struct slot *slot, struct group *group);
struct group *group_open(struct gathered *gathered, struct group *parent, const struct definition *definition,
                         const struct source *source, uint32_t order);
/* The group of a definition that occurs once: entered, or opened. */
struct group *group_enter(struct gathered *gathered, struct group *parent, const struct definition *definition,
                          const struct source *source, uint32_t order);
void gather_unread(struct gathered *gathered, const struct source *source, const char *why);

#endif
