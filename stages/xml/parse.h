/* The one hardened parse (ENGINEERING 3.2): no DTD, no network, no entity, no XInclude; exact lines.
 *
 * Sequence   xml_start once per process; xml_parse per document; xml_source to walk it, xml_validate
 *            (xml/schema.h) to judge it; xml_release when the document is normalised.
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

enum xml_state xml_state(const struct xml_document *xml);
/* What is wrong and where, when the state is not XML_WELL_FORMED. */
const char *xml_message(const struct xml_document *xml, uint32_t *line, uint32_t *column);
const char *xml_encoding(const struct xml_document *xml); /* "UTF-8", "UTF-16LE", "GB18030" … */
uint32_t xml_element_count(const struct xml_document *xml);

/* The document as a map walks it; names are looked up in the frozen table. */
struct source *xml_source(struct xml_document *xml, const struct names *names);

/* Frees the DOM and the source tree; NULL is allowed. */
void xml_release(struct xml_document *xml);

#endif
