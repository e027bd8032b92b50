/* Page stylesheets, compiled: a plain subset of XSLT 1.0 over one tree, written as HTML into one buffer.
 *
 * Why        libxslt costs a quarter of a validation per page (PERFORMANCE 3); this is a hundredth of it, byte for byte
 *            the same. libxslt stays for users' own stylesheets (xml/transform.h) and is the oracle in tests.
 * Elements   Literal ones without a namespace, with {expressions} in their attributes; xsl:template name (never calling
 *            itself) and one match="/" or "/ROOT"; value-of, for-each, if, choose, text, variable, call-template with
 *            with-param and param; at the top include (same folder), output, variable. No xsl:sort, attribute, element,
 *            copy, apply-templates, key. A variable's content is text only.
 * Paths      /page/a, a/@b, ../a, ., *, $name/a; predicates: a condition, a position, last().
 * Operators  = != < <= > >= and or, as XPath 1.0 has them; numbers are whole and compared exactly (38 digits).
 * Functions  sheet-function.c. No arithmetic: what a page shows is counted and printed in its tree (PAGES 9).
 * Output     As libxslt's html method writes it, with the doctype and the meta element of the encoding. Three habits of
 *            libxml2 are not kept: "&{" and "<!--" in attributes are escaped like everything, CR is written as
 *            &#13;, and an empty li has its end tag.
 * Known      What every page of a sheet shows alike (words, style) is a tree of its own, given when the sheet is
 * loaded. Runs see it as if it stood in their tree; its texts are joined with what is literal around them. Sequence
 * sheet_load before the names are frozen; sheet_run per page. Ownership  Everything lives in the arena given at load.
 */
#ifndef TW_PAGES_SHEET_H
#define TW_PAGES_SHEET_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buffer;
struct fact;
struct names;
struct problems;
struct sheet;
struct tree;

/* known: the root of the known tree, or NULL. NULL: problems were added. What is outside of the subset is a problem. */
struct sheet *sheet_load(struct arena *arena, const char *path, struct names *names, const struct fact *known,
                         struct problems *problems);

/* What every page of the sheet begins with, byte by byte. */
const char *sheet_head(const struct sheet *sheet, size_t *length);

/* Appends the page. The tree has the names of sheet_load; its arena is used. False, and nothing appended: the
 * stylesheet is for trees of another root; *why says so. */
bool sheet_run(const struct sheet *sheet, const struct tree *tree, struct buffer *out, const char **why);

#endif
