/* XML Schema: the sets of the dialects, compiled once; a parsed document held against one.
 *
 * Sequence   xml_schemas_load at start-up (before any phase of xml/memory.h), xml_validate per document.
 * Threads    A compiled schema is read-only; what a validation needs is made for it.
 * Files      A schema includes and imports files of its own folder, and of no other; nothing comes from a network.
 *            The hints of a document (xsi:schemaLocation) are not followed.
 */
#ifndef TW_XML_SCHEMA_H
#define TW_XML_SCHEMA_H

#include "tree/fact.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct problems;
struct xml_document;
struct xml_schema;
struct xml_schemas;

/* FOLDER/NAME/NAME.xsd for every folder NAME; OFFICIAL/NAME/NAME.xsd (OFFICIAL NULL: none) stands before it and judges
 * the roots that it declares. Folders without a schema are passed over. NULL when problems were added. */
struct xml_schemas *xml_schemas_load(const char *folder, const char *official, struct problems *problems);
const struct xml_schema *xml_schemas_find(const struct xml_schemas *schemas, const char *name); /* NULL: not known */
void xml_schemas_free(struct xml_schemas *schemas);

/* One schema file with what it includes. NULL when problems were added. */
struct xml_schema *xml_schema_load(const char *path, struct problems *problems);
void xml_schema_free(struct xml_schema *schema);

struct xml_violation {
    const struct element *element; /* NULL: the document as a whole */
    const char *attribute;         /* NULL: the element itself */
    const char *message;           /* in plain words, one line */
    const char *observed;          /* value, or name of what stands there; NULL: not known */
    const char *expected;          /* NULL: not known */
};

enum xml_validity {
    XML_VALID,
    XML_INVALID,
    XML_NOT_COVERED, /* the schema declares no such root: not judged */
};

/* What was found; items lie in the document's bundle arena. */
struct xml_violations {
    struct xml_violation *items; /* the first ones, in document order */
    size_t count;                /* how many are listed */
    size_t all;                  /* how many there were */
};

/* Judges the element of that row with all below it (NULL: the root); lists at most limit violations. */
enum xml_validity xml_validate(const struct xml_schema *schema, struct xml_document *xml, const struct element *from,
                               size_t limit, struct xml_violations *out);

#endif
