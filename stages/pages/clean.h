/* Hostile text made visible (PAGES 9): what could reorder, hide or break the text of a page is written out.
 *
 * Controls of direction (Unicode Bidi: marks, embeddings, overrides, isolates), C0 and C1 controls but tab and line
 * feed, and NUL-like fillers become "[U+202E]".
 */
#ifndef TW_PAGES_CLEAN_H
#define TW_PAGES_CLEAN_H

struct arena;

/* The text itself where nothing is to be shown, else a copy in the arena. NULL stays NULL. */
const char *clean_text(struct arena *arena, const char *text);

#endif
