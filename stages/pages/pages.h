/* Pages for people: XSLT 1.0 stylesheets over one tree each, compiled at start-up (PAGES.md).
 *
 * Data       schemas/pages: KIND.xsl per kind of page, tidewaiter.css, messages.en.xml and messages.zh.xml.
 * Languages  Each has its own compiled stylesheets, in which its words already stand.
 * Sequence   pages_load before the names are frozen; page_render per page; pages_free.
 * Errors     Of stylesheets and messages: problems. A page whose stylesheet fails while it runs is a fault of
 *            ours: page_render returns false and says why.
 */
#ifndef TW_PAGES_PAGES_H
#define TW_PAGES_PAGES_H

#include <stdbool.h>

struct buffer;
struct digest;
struct fact;
struct names;
struct pages;
struct problems;
struct tree;
struct zip_known;

struct pages *pages_load(const char *folder, struct names *names, struct problems *problems);
void pages_free(struct pages *pages); /* NULL is allowed */

/* Renders a tree as the page of a kind ("record", "declaration", "release", "bill-of-lading") in a language ("en",
 * "zh"). The tree holds everything that the page shows but what all pages of its kind show alike (page_known). */
bool page_render(const struct pages *pages, const char *language, const char *kind, const struct tree *tree,
                 struct buffer *out, const char **why);

/* What all pages of a kind show alike: @lang, words, style, script and the policy that allows these two. */
const struct fact *page_known(const struct pages *pages, const char *language, const char *kind);

/* The beginning of all pages of a kind, byte by byte, compressed and digested once. */
struct page_head {
    const struct zip_known *packed;
    struct digest *digest;
};
const struct page_head *page_head(const struct pages *pages, const char *language, const char *kind);

/* The text of a message in a language ("en", "zh"), English where the other is missing; NULL: no such message. */
const char *page_message(const struct pages *pages, const char *language, const char *id);

#endif
