/* What the builders of page trees need of the loaded pages. Inside of this room only. */
#ifndef TW_PAGES_INSIDE_H
#define TW_PAGES_INSIDE_H

#include "pages/form.h"
#include "pages/messages.h"
#include "pages/pages.h"

const struct messages *pages_messages(const struct pages *pages);
const struct form *pages_form(const struct pages *pages);

#endif
