/* The one hardened parse (ENGINEERING 3.2): no DTD, no network, no entity, no XInclude; exact lines.
 *
 * Sequence   xml_start once per process; xml_parse_scratch per document of a bundle; xml_source to walk it,
 *            xml_validate (xml/schema.h) to judge it; xml_release when it is normalised. Files of ours are parsed at
 *            start-up: xml_parse_scratch, xml_source_loading.
 * Ownership  Element rows and messages live in the bundle's arena, the DOM and the source tree until
 *            xml_release.
 */
#ifndef TW_XML_PARSE_H
#define TW_XML_PARSE_H

#include "tree/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct names;
struct xml_document;

enum xml_state {
    XML_WELL_FORMED,
    XML_NOT_WELL_FORMED, /* X-001; also wrong bytes for its encoding, an encoding that is not read */
    XML_DTD_REFUSED,     /* X-001 "DTD not accepted": a DTD that declares nothing and refers nowhere */
    XML_ACTIVE_CONTENT,  /* a DTD that declares an entity or refers outside: quarantine */
    XML_OVER_LIMIT,      /* deeper, larger than the policy allows */
};

struct xml_limits {
    size_t max_bytes, max_text;
    unsigned max_depth;
};

/* Once per process, before anything else uses libxml2: allocator, loaders, catalogs, encodings. */
void xml_start(void);

/* Looks at the first bytes only: the expanded name of the root, without a parse. False: this is no XML. */
bool xml_sniff(struct arena *arena, const unsigned char *bytes, size_t length, const char **ns, const char **name);

/* Parses one document whose first byte stands on line first_line of its file. Never NULL. */
struct xml_document *xml_parse(struct arena *bundle, const struct document *document, const unsigned char *bytes,
                               size_t length, uint32_t first_line, const struct xml_limits *limits);

/* The same for a document that is released before the bundle ends: its DOM is given back at once, without a walk
 * (xml/memory.h). Nothing that outlives it may be made by libxml2 before xml_release. */
struct xml_document *xml_parse_scratch(struct arena *bundle, const struct document *document,
                                       const unsigned char *bytes, size_t length, uint32_t first_line,
                                       const struct xml_limits *limits);

enum xml_state xml_state(const struct xml_document *xml);
/* What is wrong and where, when the state is not XML_WELL_FORMED. */
const char *xml_message(const struct xml_document *xml, uint32_t *line, uint32_t *column);
const char *xml_encoding(const struct xml_document *xml); /* "UTF-8", "UTF-16LE", "GB18030" … */
uint32_t xml_element_count(const struct xml_document *xml);

/* What stands in a document and is passed over: XInclude elements, stylesheet instructions (G-2: reported, X-005). */
struct xml_notice {
    const char *what; /* "XInclude element", "stylesheet instruction" */
    uint32_t line, column;
    const struct xml_notice *next;
};
const struct xml_notice *xml_notices(const struct xml_document *xml); /* in order, bounded; NULL: none */

/* The document as a map walks it; names are looked up in the frozen table. Made once: asked again, the same tree is
 * given. NULL unless the state is XML_WELL_FORMED. Text: NULL where there is none, and where there is only white
 * space between child elements. */
struct source *xml_source(struct xml_document *xml, const struct names *names);

/* What was read before the fault, to tell what the document was meant to be; never for facts. NULL: nothing. */
const struct source *xml_source_before_fault(struct xml_document *xml, const struct names *names);

/* As xml_source for files of ours and of users, read at start-up: names are interned, tails of mixed text and the
 * namespace declarations are kept. The DOM is given back at once: texts are copied. */
struct source *xml_source_loading(struct xml_document *xml, struct names *names);
/* The namespace (interned) that a prefix means at an element of xml_source_loading; prefix "": the default
 * namespace. NULL: none. */
const char *xml_prefix(const struct source *at, const char *prefix);

/* A file may hold several documents, one behind the other: their places. Never fewer than one; beyond the capacity,
 * and where the file is not well-formed, the last span holds all the rest. UTF-16 is never split. */
struct xml_span {
    size_t offset, length;
    uint32_t first_line;
};
size_t xml_split(const unsigned char *bytes, size_t length, struct xml_span *spans, size_t capacity);

/* Frees the DOM and the source tree; NULL is allowed. */
void xml_release(struct xml_document *xml);

#endif
