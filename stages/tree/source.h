/* A source document as a map walks it: what every reader (xml, later mt, json, pdf) makes of a file.
 *
 * The map walker never sees libxml2. Element rows (struct element) outlive the source tree: they live in
 * the bundle's arena, the source tree in the document's.
 */
#ifndef TW_TREE_SOURCE_H
#define TW_TREE_SOURCE_H

#include "tree/fact.h"

struct source_attribute {
    const char *ns, *name; /* interned, as below */
    const char *written;   /* "xsi:type" */
    const char *value;
    const struct source_attribute *next;
};

struct source {
    const struct element *element; /* its row: name as written, line, column, position */
    const char *ns;                /* namespace, interned; NULL: none */
    const char *name;              /* local name, interned; NULL: a name that no map knows (the row has it) */
    const char *text;              /* its own text, all pieces joined, untrimmed; NULL: it has none */
    const char *tail; /* the piece of its parent's text behind it, up to the next element; NULL: none, or not asked
                       * (only xml_source_loading keeps it, for packs and pages, whose texts are mixed) */
    const struct source_attribute *attributes;
    struct source *parent, *first, *last, *next;
};

#endif
