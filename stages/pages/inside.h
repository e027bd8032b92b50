/* What the builders of page trees need of the loaded pages. Inside of this room only. */
#ifndef TW_PAGES_INSIDE_H
#define TW_PAGES_INSIDE_H

#include "pages/form.h"
#include "pages/messages.h"
#include "pages/pages.h"

/* A text that each page carries, and what its Content-Security-Policy says of it. */
struct page_asset {
    const char *name; /* of its element in the tree, interned */
    const char *text;
    const char *source; /* "'sha256-…'" */
};

const struct messages *pages_messages(const struct pages *pages);
const struct form *pages_form(const struct pages *pages);
const struct page_asset *pages_style(const struct pages *pages);
const struct page_asset *pages_script(const struct pages *pages);

#endif
