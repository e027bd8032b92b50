/* A map as written: one item per element of its file, words not yet understood.
 *
 * Sequence   map_file_read, map_layer (for a layer, over the items of its base), map_compile, map_file_release.
 * Ownership  Items live in the arena that the loader is given.
 */
#ifndef TW_FACTS_MAP_ITEM_H
#define TW_FACTS_MAP_ITEM_H

#include "facts/map.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct names;
struct problems;
struct source;
struct xml_document;

enum word {
    WORD_TO,
    WORD_WHEN,
    WORD_FROM,
    WORD_UNIT,
    WORD_FORM,
    WORD_TIMES,
    WORD_PLUS,
    WORD_CODES,
    WORD_SET,
    WORD_SPLIT,
    WORD_PART,
    WORD_JOIN,
    WORD_ABSENT,
    WORD_ALIAS,
    WORD_USE,
    WORD_SAME,
    WORD_IGNORE,
    WORD_AT,
    WORD_KEY,
    WORD_DOCUMENT,
    WORD_COUNT,
};

enum item_kind { ITEM_ELEMENT, ITEM_FACT, ITEM_ATTRIBUTE, ITEM_BLOCK };
struct item {
    enum item_kind kind;
    const char *ns;      /* NULL: none */
    const char *name;    /* of an element as written without its prefix; of an attribute; of a block */
    const char *written; /* for messages: "cac:Party", "m:fact" */
    const char *file;
    unsigned line;
    uint32_t order;
    const char *words[WORD_COUNT]; /* NULL: not there */
    const struct source *source;   /* for the prefixes of its words */
    struct item *first, *last, *next;
};

struct map_space {
    const char *uri, *also;
    unsigned line;
};

struct map_head {
    const char *dialect, *base, *reader, *names, *null, *absent, *zone, *unit;
};

struct map_file {
    const char *file;
    unsigned line;
    struct map_head head;
    struct map_space *spaces;
    size_t space_count, space_capacity;
    struct item top;             /* its children: roots and blocks, in the order of the file */
    const struct source *source; /* the root */
    struct xml_document *xml;    /* lives until map_file_release: items point into it */
    size_t entries;
};

/* Reads one file; the result is usable for further checks even where problems were added, NULL where it is no map. */
struct map_file *map_file_read(struct arena *arena, struct names *names, const char *file, const char *text,
                               size_t length, struct problems *problems);

void map_file_release(struct map_file *map); /* NULL is allowed */

/* layer becomes a whole map: its base's items with what it says differently (MAPS 2.2). */
void map_layer(struct arena *arena, struct map_file *layer, const struct map_file *base);

/* Everything that needs the vocabulary; adds a root per alternative. NULL only where nothing can be made of it. */
struct dialect *map_compile(struct arena *arena, struct names *names, const struct vocabulary *vocabulary,
                            struct map_file *map, struct codes *codes, const struct masses *masses,
                            struct problems *problems);

extern const char *const word_names[WORD_COUNT];

#endif
