/* XSLT 1.0 stylesheets, run by libxslt: compiled once at start-up, each over one tree.
 *
 * Sequence   xml_transform_load at start-up; xml_transform_run per page, inside or outside of a phase (xml/memory.h: it
 *            has one of its own); xml_transform_free.
 * Bounds     A stylesheet reads and writes nothing (document() finds nothing); what it includes or imports lies in
 *            its own folder. Its XPath has a limit of steps, its templates one of depth.
 * Output     UTF-8, by the stylesheet's xsl:output.
 * Errors     At load: problems. At run: false, with the reason; nothing is appended.
 */
#ifndef TW_XML_TRANSFORM_H
#define TW_XML_TRANSFORM_H

#include <stdbool.h>

struct arena;
struct buffer;
struct fact;
struct problems;
struct xml_transform;

struct xml_transform *xml_transform_load(const char *path, struct problems *problems); /* NULL: problems were added */

/* Appends the result. ns: namespace of all elements of the tree, NULL: none. *why (in the arena) only when false. */
bool xml_transform_run(const struct xml_transform *transform, const struct fact *root, const char *ns,
                       struct buffer *out, struct arena *arena, const char **why);

void xml_transform_free(struct xml_transform *transform); /* NULL is allowed */

#endif
