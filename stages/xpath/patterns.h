/* Regular expressions of tw:matches, each compiled once. Inside this room only.
 *
 * Ownership  They live in the map's arena; what regcomp holds is in none: patterns_free gives it back.
 */
#ifndef TW_XPATH_PATTERNS_H
#define TW_XPATH_PATTERNS_H

#include "xpath/map.h"

#include <regex.h>
#include <stdbool.h>

struct pattern {
    regex_t compiled;
    bool valid;
    struct pattern *next;
};

struct patterns {
    struct map by_text;
    struct pattern *last;
};

const struct pattern *patterns_find(const struct patterns *patterns, const char *text); /* NULL: not there */
const struct pattern *patterns_add(struct patterns *patterns, const char *text);
void patterns_free(struct patterns *patterns);

#endif
