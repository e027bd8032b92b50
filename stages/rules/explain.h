/* What a rule means, for `explain`, and the examples that a pack carries (RULES 1, "examples"). */
#ifndef TW_RULES_EXPLAIN_H
#define TW_RULES_EXPLAIN_H

#include "rules/rulebook.h"
#include "tree/fact.h"

struct arena;

/* A base is a file of the examples' folder whose root is dossier: facts as elements, their attributes as attributes.
 *
 * One step from the base dossier to an example: <set path="…">value</set> and so on. */
struct example_change {
    const char *what;          /* "set", "remove", "add", "row", "policy" */
    const char *at;            /* path, register or parameter */
    const char *value;         /* NULL: none, or fields */
    const char *const *fields; /* of a row: name, value, name, value …; NULL-terminated, or NULL */
};

struct example {
    const char *verdict; /* "pass", "fail", "undecidable", "n/a" */
    const char *says;    /* in a few words what is special about it, or NULL */
    const struct example_change *changes;
    size_t change_count;
};

struct examples {
    const char *base; /* file name of the base dossier, or NULL */
    const struct example *items;
    size_t count;
};

/* The examples of a rule; without any, count is 0. They live as long as the rulebook. */
struct examples rule_examples(const struct rulebook *rulebook, const char *rule);

/* The dossier of an example: its base with set, remove and add applied, numbered; in the arena. Rows and parameters
 * are left to the caller: they belong to the registers and the policy. False: a change names no place. */
bool example_dossier(const struct rulebook *rulebook, const struct examples *examples, const struct example *example,
                     struct arena *arena, const struct names *names, struct tree *out);

/* What one assertion of a rule demands, as texts in the arena; absent ones are NULL. Expressions stand on one line,
 * values in messages as {expression}. */
struct demand {
    const char *id; /* "D-255.hold" */
    enum severity severity;
    enum effect effect;
    const char *effect_policy;   /* the parameter that decides severity and effect instead */
    const char *looks_at, *each; /* the facts it is asked of */
    const char *when, *and_when; /* guards of its rule element and of its own */
    const char *must_hold;
    const char *message, *message_zh; /* what is told where it does not */
    const char *mend, *mend_zh, *who, *source;
};

/* The demands of a rule, in the order of its pack; *count 0: no such rule. */
const struct demand *rule_demands(const struct rulebook *rulebook, struct arena *arena, const char *id, size_t *count);

/* The first example of a verdict, or NULL. */
const struct example *example_first(const struct examples *examples, const char *verdict);

/* One paragraph per assertion: what must hold, in words and as the expression; and the first example that passes
 * and fails. Text in the arena; NULL: no such rule. */
const char *rule_explain(const struct rulebook *rulebook, struct arena *arena, const char *id, bool chinese);

#endif
