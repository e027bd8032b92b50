/* An unreadable value is a remark, unless a rule of the first tier needed it: then it holds the goods
 * (CATALOGUE-A 8.1). It is told before the cascades: they silence what could not be decided for its lack. */
#include "rules/result.h"

#include <string.h>

static bool is_unreadable_value(const struct result *r) {
    return strcmp(r->finding.rule, "X-004") == 0 && r->finding.subject.path;
}

/* Whether path is that of the value, or of what it stands in. */
static bool lies_in(const char *value, const char *path) {
    size_t length = strlen(path);
    return strncmp(value, path, length) == 0 && (value[length] == '\0' || value[length] == '/');
}

static bool lacks(const struct result *r, const char *value) {
    for (size_t i = 0; i < r->missing_count; i++) {
        if (lies_in(value, r->missing[i])) {
            return true;
        }
    }
    return false;
}

static bool first_tier_needs(const struct run *run, const char *value) {
    for (size_t i = run->given; i < run->count; i++) {
        const struct result *r = &run->results[i];
        if (r->verdict == VERDICT_UNDECIDABLE && r->rule->summary.tier == 1 && lacks(r, value)) {
            return true;
        }
    }
    return false;
}

/* Rules look events up by their type; one that nobody can read is found by none of them, and could be any. */
static bool is_type_of_event(const char *value) {
    const char *last = strrchr(value, '/');
    return strncmp(value, "event", strlen("event")) == 0 && last && strcmp(last, "/type") == 0;
}

void unreadable_weigh(struct run *run) {
    for (size_t i = 0; i < run->given; i++) {
        struct result *r = &run->results[i];
        const char *value = is_unreadable_value(r) ? r->finding.subject.path : NULL;
        if (value && (is_type_of_event(value) || first_tier_needs(run, value))) {
            r->finding.severity = SEVERITY_ERROR;
            r->finding.effect = EFFECT_HOLD;
        }
    }
}
