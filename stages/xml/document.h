/* What the files of this room share of a parsed document; outside of it, xml/parse.h is the interface. */
#ifndef TW_XML_DOCUMENT_H
#define TW_XML_DOCUMENT_H

#include "xml/parse.h"

#include <libxml/tree.h>

struct xml_document {
    struct arena *bundle;
    const struct document *document;
    enum xml_state state;
    const char *message;
    uint32_t line, column; /* of the message */
    const char *encoding;
    uint32_t elements, attributes;
    const struct xml_notice *notices;

    xmlDoc *dom;        /* what was read, up to the fault; each element's _private is its struct element */
    bool in_arena;      /* the DOM goes with the phase (xml/memory.h) */
    bool scratch;       /* it began a phase, which ends with its release */
    struct arena *tree; /* of the source tree; NULL: not made yet */
    struct source *source;
};

/* Frees the DOM alone (parse.c). */
void xml_release_dom(struct xml_document *xml);

/* A name as written: with its prefix, where that is not NULL (parse.c). */
const char *qualified_name(struct arena *arena, const xmlChar *prefix, const xmlChar *local);

#endif
