/* What rules reckoned with, for papers that show the arithmetic: a date is computed in one place, the rule.
 *
 * A <rule> of a pack names such values: tw:working="limit: $limit; shipped: $shipped".
 * Sequence   After rules_run, on the same dossier. Guards are not asked: a value may be there where the rule is n/a.
 * Ownership  Everything lives in the bundle's arena.
 */
#ifndef TW_RULES_WORKING_H
#define TW_RULES_WORKING_H

#include <stddef.h>

struct consignment;
struct fact;
struct knowledge;

struct working {
    const char *rule, *name;
    const char *value;          /* NULL: absent, or not decidable */
    const struct fact *from;    /* the fact that it is; NULL: it was computed */
    const char *const *missing; /* of what is not decidable */
    size_t missing_count;
};

struct workings {
    struct working *items;
    size_t count, capacity;
};

/* The values that these rules name, each at the first node of its context. */
struct workings rules_working(struct consignment *c, const struct knowledge *k, const char *const *rules,
                              size_t rule_count);
/* NULL: the rule names no such value, or its context has no node. */
const struct working *working_of(const struct workings *workings, const char *rule, const char *name);

#endif
