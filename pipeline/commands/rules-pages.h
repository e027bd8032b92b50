/* The catalogue of rules as pages: index.html and a page per point, made from the packs in force (CONTRACT, `rules
 * --html DIR`). In both languages where both are asked: the second has .zh or .en in its names. */
#ifndef TW_COMMANDS_RULES_PAGES_H
#define TW_COMMANDS_RULES_PAGES_H

#include <stdbool.h>

struct knowledge;

/* False: a page could not be written, which was printed. */
bool rules_pages(const struct knowledge *knowledge, const char *directory);

#endif
