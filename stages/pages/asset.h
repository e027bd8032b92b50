/* Texts that pages carry as they are, style sheet and script: loaded once, checked, and named for the policy.
 *
 * A text is ASCII without CR and without "</", for nothing in it is escaped. The style sheet is written for people and
 * carried by every page: what is carried has no comments, and no blanks that say nothing.
 * Ownership  In the arena.
 * Errors     Problems; the texts are NULL then.
 */
#ifndef TW_PAGES_ASSET_H
#define TW_PAGES_ASSET_H

struct arena;
struct problems;

struct asset {
    const char *text;
    const char *source; /* "'sha256-…'", as a Content-Security-Policy names it */
};

struct asset asset_load_style(struct arena *arena, const char *path, struct problems *problems);
struct asset asset_load_script(struct arena *arena, const char *path, struct problems *problems);

#endif
