/* The one tree of the house: dossier, register rows, record and drafts are made of facts.
 *
 * A fact has a name, a value (or none: a group), and its place in the tree; it knows where it was read.
 * Children of one name are linked, so that a look-up never walks past the children of another name
 * (PERFORMANCE 2.1, RULES 4). Attributes are children whose name begins with '@'.
 *
 * Ownership  Everything lives in the arena of the tree; nothing is freed alone.
 * Names      Interned (tree/names.h): a name that the table does not hold stays the text that was given, which
 *            outlives the tree, and no rule can ask for it.
 */
#ifndef TW_TREE_FACT_H
#define TW_TREE_FACT_H

#include "base/decimal.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct fact_index;
struct names;
struct document; /* consignment.h */

/* One row per element of a source document: what is left of it when its DOM is gone. */
struct element {
    const struct document *document;
    const struct element *parent; /* NULL: the root */
    const char *name;             /* as written, with its prefix */
    uint32_t line, column;        /* of the '<', 1-based, in the original file */
    uint32_t position;            /* among the siblings of its name, 1-based */
};

/* Where a fact comes from. One of element and derived is set; a fact without origin is a constant. */
struct origin {
    const struct element *element;
    const char *attribute;     /* name of the attribute it was read from, or NULL */
    uint32_t line;             /* 0: the element's line; else a line within its text */
    const char *derived;       /* what it was derived from, in words; or */
    const struct fact *from;   /* the fact that it was derived from */
    const struct origin *more; /* further sources of a joined value */
};

enum fact_state {
    FACT_READABLE = 0,
    FACT_UNREADABLE = 1, /* there, but not of its type; value keeps the text */
};

/* What a look-up reads stands first, in one line of the cache. */
struct fact {
    const char *name;
    const char *value; /* NUL-terminated UTF-8, NULL: a group */
    struct fact *parent, *first;
    struct fact *next_name;   /* on the first child of its name: the first child of the next name */
    struct fact *next_same;   /* the next sibling of this name */
    struct fact_index *index; /* its children by name; NULL: few, or nobody made one (tree_index) */
    uint32_t names;           /* a bit for each name of a child: what is not marked is not there */
    uint8_t state;            /* enum fact_state */
    uint8_t decoded;          /* number was asked for */
    uint8_t hidden;           /* struck, outranked: kept for pages, invisible to rules */
    uint32_t order;           /* preorder, set by tree_number: document order */
    struct fact *last, *next;
    struct fact *last_same; /* on the first child of its name: the last of that name */
    const struct origin *origin;
    const struct decimal *number; /* decoded when first asked (fact_number) */
};

struct tree {
    struct arena *arena;
    const struct names *names;
    struct fact *root;
};

/* Which of 32 bits stands for a name: names are pointers, whose middle bits differ. */
static inline unsigned fact_name_bit(const char *interned) {
    return (unsigned)((uint64_t)(uintptr_t)interned * UINT64_C(0x9e3779b97f4a7c15) >> 59);
}

/* A new tree whose root has that name. */
struct tree tree_new(struct arena *arena, const struct names *names, const char *root);

/* What stands above a root, as a document above its element: it has no name, and the root does not know it. */
struct fact fact_above(const struct fact *root);

/* Adds a child at the end; the value is copied, NULL: a group. The name is a literal, or outlives the tree too. */
struct fact *tree_add(struct tree *tree, struct fact *parent, const char *name, const char *value);
struct fact *tree_addf(struct tree *tree, struct fact *parent, const char *name, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same for a value that outlives the tree: it is not copied. */
struct fact *tree_link(struct tree *tree, struct fact *parent, const char *name, const char *value);
/* The same for a name that is interned, too: nothing is looked up or copied. */
struct fact *tree_attach(struct tree *tree, struct fact *parent, const char *interned, const char *value);
/* Adds a group only where no child of that name is there yet. */
struct fact *tree_group(struct tree *tree, struct fact *parent, const char *name);
/* Copies a fact with all below it, origins kept, as a new last child of parent (under its own name, or
 * another). */
struct fact *tree_copy(struct tree *tree, struct fact *parent, const struct fact *from, const char *name);
/* Takes a fact out of its parent's children. */
void tree_remove(struct fact *fact);
/* Numbers the facts in preorder; call it when the tree is complete. Returns how many there are. */
uint32_t tree_number(struct tree *tree, uint32_t first);
/* Makes indexes of children by name where a fact has many, in an arena that lives as long as they are used. */
void tree_index(struct arena *arena, struct fact *root);

/* The first child of an interned name, then fact->next_same. Most facts that rules ask for are not there: one look at
 * the marks tells, without a walk. fact_look_up: of a name that is marked. */
struct fact *fact_look_up(const struct fact *fact, const char *interned);

static inline struct fact *fact_child(const struct fact *fact, const char *interned) {
    bool may_be = fact && interned && ((fact->names >> fact_name_bit(interned)) & 1);
    return may_be ? fact_look_up(fact, interned) : NULL;
}

/* The first fact at a path of names ("declaration/office", "price/@currency"); names are compared as text.
 * NULL where a step is missing; NULL fact gives NULL. */
struct fact *fact_at(const struct fact *fact, const char *path);
/* The value at a path, or NULL. */
const char *fact_text(const struct fact *fact, const char *path);
bool fact_is(const struct fact *fact, const char *path, const char *value);
size_t fact_count(const struct fact *fact, const char *name); /* children of that name */

/* The decoded decimal, or NULL when the value is none. Decoded once, in the arena. */
const struct decimal *fact_number(struct arena *arena, struct fact *fact);

/* Path below the root with positions where a name repeats: "declaration/goodsItem[3]/netMass". */
const char *fact_path(struct arena *arena, const struct fact *fact);

/* The source: document, line, column and XPath of a fact (or its nearest ancestor that has them). */
const struct element *fact_element(const struct fact *fact);          /* NULL: none */
uint32_t fact_line(const struct fact *fact);                          /* 0: none */
const char *fact_xpath(struct arena *arena, const struct fact *fact); /* "/Invoice/cbc:ID[1]"; NULL: none */
const char *element_xpath(struct arena *arena, const struct element *element, const char *attribute);

#endif
