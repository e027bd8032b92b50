/* The vocabulary: which facts there are, and of which type. Compiled from schemas/facts.csv, which states
 * what FACTS.md states: the authority for names. Maps and rules are checked against it when they are loaded.
 */
#ifndef TW_TREE_VOCABULARY_H
#define TW_TREE_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct names;
struct problems;

enum fact_type {
    TYPE_GROUP,
    TYPE_TEXT,
    TYPE_IDENTIFIER,
    TYPE_CODE,
    TYPE_DATE,
    TYPE_DATETIME, /* takes a date too: FACTS 1 */
    TYPE_DECIMAL,
    TYPE_INTEGER,
    TYPE_AMOUNT,   /* a decimal with @currency */
    TYPE_QUANTITY, /* a decimal with @unit */
    TYPE_MASS,     /* a quantity in KGM */
    TYPE_BOOLEAN,
};

struct definition {
    const char *name; /* interned; attributes begin with '@' */
    enum fact_type type;
    bool repeated;             /* * or + in FACTS.md */
    bool optional;             /* * or ? */
    const char *list;          /* code list of a code ("ISO3166", "Incoterms2020"), or NULL */
    const char *const *values; /* closed list of a code, NULL-terminated, or NULL */
    const struct definition *parent, *first, *next;
    unsigned order; /* among its siblings, from 0: as facts.csv has them */
    unsigned id;    /* among all definitions, below vocabulary_size: for sets of facts */
};

struct vocabulary;

/* From the text of facts.csv: columns path,type,many,list,values,note.
 *   path    below /dossier; "block:P/…" is part of a block, "type:amount/…" what every fact of a type has,
 *           "repeated/…" what every repeated group has
 *   type    a name of fact_type in lower case ("dateTime"), or "block:P": a group with all of the block, to
 *           which further rows may add; a path whose parents have no row makes them groups that occur once
 *   many    empty, ?, * or +
 *   values  the closed list, apart by blanks
 * NULL when problems were added. */
struct vocabulary *vocabulary_new(struct names *names, const char *file, const char *text, size_t length,
                                  struct problems *problems);
void vocabulary_free(struct vocabulary *vocabulary);
size_t vocabulary_size(const struct vocabulary *vocabulary);

const char *fact_type_name(enum fact_type type); /* "dateTime" */

const struct definition *vocabulary_root(const struct vocabulary *vocabulary); /* /dossier */
const struct definition *definition_child(const struct definition *definition, const char *interned);
/* Whether a closed list has the value; true where there is none. */
bool definition_allows(const struct definition *definition, const char *value);
/* Path below /dossier, in the arena: "declaration/goodsItem/netMass"; "dossier" of the root. */
const char *definition_path(struct arena *arena, const struct definition *definition);
/* At a path of names below a definition ("goodsItem/commodity/code"); NULL: no such fact. */
const struct definition *definition_at(const struct definition *definition, const char *path);
/* The child whose name is nearest to a misspelt one, for messages; NULL: none is near. */
const struct definition *definition_nearest(const struct definition *definition, const char *name);

#endif
