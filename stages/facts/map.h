/* A compiled map, as the walk follows it. Made by map-load.c (XML to items), map-layer.c (a layer over its base),
 * map-compile.c (items to nodes) and map-check.c (what is refused); read-only once loaded.
 *
 * A node stands for "the children of an element that is met in a certain group": a block that is used in three
 * groups is three nodes, so that every fact is bound to its definition at load. Entries are numbered in the order
 * of the file, blocks included: of two sources of one fact, the lower number wins.
 */
#ifndef TW_FACTS_MAP_H
#define TW_FACTS_MAP_H

#include "facts/codes.h"
#include "facts/form.h"
#include "tree/vocabulary.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The namespaces that stand for one: itself, and those that m:namespace also= names. NULL is "none". */
struct spaces {
    const char **uris;
    size_t count;
};

/* Characters or pieces: 1-based; from the end where negative, -1 is the last; last 0: to the end. */
struct part {
    int first, last;
};

enum step_kind { STEP_CHILD, STEP_ATTRIBUTE, STEP_SELF, STEP_PARENT, STEP_ANCHOR, STEP_POSITION /* # */ };
struct path_step {
    enum step_kind kind;
    const struct spaces *spaces;
    const char *name; /* interned */
};
struct path {
    const char *constant; /* 'text'; else the steps */
    const struct path_step *steps;
    size_t count;
    bool cut;
    struct part part; /* [1-3] */
};
struct paths {
    const struct path *items;
    size_t count;
};

/* PATH: present · PATH=a|b: equal, "a*" begins with a · PATH==PATH: both have a text, and the same · PATH~mrn: of that
 * form, check digit included · ! before: not. */
struct map_condition {
    struct path path;
    bool negated;
    const char *const *values;
    size_t count;
    bool (*form)(const char *); /* base/check.h; NULL: none */
    const struct path *other;   /* NULL: none */
};

/* Where a value goes: down from the group that is open, or from the dossier. */
struct target {
    bool absolute;
    bool row;                               /* /document/…: the file's row in the index */
    const struct definition *const *groups; /* to be entered or opened, from the top down */
    size_t count;
    const struct definition *leaf;      /* NULL: the last group is the target */
    const struct definition *attribute; /* of the leaf, or of the last group; NULL: none */
    bool of_leaf;                       /* @x of the fact around, which is a leaf */
};

/* set="@x=v;name=v" */
struct constant {
    const struct definition *definition;
    unsigned up; /* how many groups above the target's own it belongs to; UINT_MAX: the leaf itself */
    const char *value;
};

struct node;

struct at {
    const struct definition *const *groups; /* "declaration/goodsItem" */
    size_t count;
    const struct definition *key;
    struct path path;
};

enum entry_kind { ENTRY_ELEMENT, ENTRY_FACT, ENTRY_ATTRIBUTE };
struct map_entry {
    enum entry_kind kind;
    uint32_t order; /* in the file: preference */
    unsigned line;  /* in the map */
    const char *attribute_name;
    const struct spaces *attribute_spaces;
    const struct map_condition *when;
    size_t when_count;
    struct target target;
    bool has_target, ignored, same, has_key;
    struct paths from, unit;
    struct paths plus; /* days to be added; without them the fact is absent */
    const struct form *form;
    const struct path *form_from; /* form="@formatCode" */
    const struct decimal *times;
    const struct code_list *codes;
    const struct constant *set;
    size_t set_count;
    const char *split;
    bool has_part;
    struct part part;
    const char *join; /* NULL: none */
    bool sum;         /* join="+" */
    const char *const *absent;
    size_t absent_count;
    const struct at *at;
    const struct definition *key;
    const char *document;    /* kind that begins here */
    bool holds_document;     /* one begins here or below */
    const struct node *node; /* its children; NULL: none */
};

/* Alternatives for one expanded name, in order. */
struct alternatives {
    const char *ns, *name;
    const struct map_entry **items;
    size_t count, capacity;
};

/* Names that key paths reach below an element: known, though no entry takes them. */
struct known {
    const struct spaces *spaces;
    const char *name;
    struct known *first, *next;
};

struct node {
    struct alternatives *slots; /* open addressing by name; size a power of two, or 0 */
    size_t slot_count, name_count;
    const struct map_entry **facts; /* m:fact and m:attr, in order */
    size_t fact_count, fact_capacity;
    struct known known;       /* its children only */
    const struct node *block; /* tried after the node's own */
    bool holds_document;
};

struct root {
    const char *ns, *name;
    const struct dialect *dialect;
    const struct map_entry *entry;
};

enum reader { READER_XML, READER_MT };

struct dialect {
    const char *name, *base, *file;
    enum reader reader;
    const char *null; /* name of the element that means absent, or NULL */
    const char *const *absent;
    size_t absent_count;
    bool nocase;
    bool zone_assumed; /* dateTimes without zone: local time of an office */
    const char *zone;  /* "+08:00", "Z", or NULL */
    struct paths unit; /* default */
    struct codes *codes;
    const struct code_list *units, *currencies; /* rows Rec20 and ISO4217 of the dialect, or NULL */
    const struct masses *masses;
    const struct vocabulary *vocabulary;
    struct root *roots;
    size_t root_count, root_capacity;
    size_t entries;     /* as written */
    uint64_t *says;     /* set of definitions by id */
    uint64_t *declares; /* of them: those that declarations and messages about them yield, not papers beside them */
    const char **ignored;
    size_t ignored_count, ignored_capacity;
    struct map_entry *same_entry; /* what a child without entry under same="yes" is read by */
};

struct dialect_match {
    const struct dialect *dialect;
    const struct map_entry *entry;
    const struct source *root;
    const char *kind;
};

/* The alternatives of a node for a name; NULL: none. */
const struct alternatives *node_find(const struct node *node, const char *ns, const char *name);
const struct definition *target_value(const struct target *target); /* leaf or attribute; NULL: a group */
const struct definition *target_group(const struct target *target, const struct definition *open);
size_t node_slot(const struct node *node, const char *ns, const char *name); /* of a node with slots */
bool spaces_have(const struct spaces *spaces, const char *ns);

#endif
