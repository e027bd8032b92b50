#include "xpath/patterns.h"

#include "base/arena.h"

const struct pattern *patterns_find(const struct patterns *patterns, const char *text) {
    struct map_key key = {.text = text};
    return map_find(&patterns->by_text, &key);
}

const struct pattern *patterns_add(struct patterns *patterns, const char *text) {
    struct map_key key = {.text = arena_string(patterns->by_text.arena, text)};
    struct pattern *pattern = arena_zero(patterns->by_text.arena, sizeof *pattern);
    pattern->valid = regcomp(&pattern->compiled, text, REG_EXTENDED | REG_NOSUB) == 0;
    pattern->next = patterns->last;
    patterns->last = pattern;
    map_put(&patterns->by_text, &key, pattern);
    return pattern;
}

void patterns_free(struct patterns *patterns) {
    for (struct pattern *pattern = patterns->last; pattern; pattern = pattern->next) {
        if (pattern->valid) {
            regfree(&pattern->compiled);
        }
    }
    *patterns = (struct patterns){0};
}
