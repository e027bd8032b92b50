/* The release conditions R1 to R12: which rules stand behind each line of the checklist (CATALOGUE-A 8.5).
 *
 * Data: schemas/decision/conditions.csv. A list of rules has ids, ranges ("P-119..P-124") and families ("D-*").
 */
#ifndef TW_RULES_CONDITIONS_H
#define TW_RULES_CONDITIONS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct problems;

/* A word of a list: one id, a range, or all that begin so. */
struct rule_word {
    const char *first, *last; /* of a range, both ends are meant; of one id, they are the same */
    size_t length;            /* of the ids that are meant; of a family, of what they begin with */
    bool family;
    unsigned conditions;    /* bit i: condition i has this word */
    struct rule_word *next; /* of the same first letter */
};

enum { RULE_LETTERS = 26 };

struct condition_row {
    const char *id, *title, *title_zh;
};

struct conditions {
    const struct condition_row *rows;
    size_t count;
    struct rule_word *words[RULE_LETTERS]; /* by the first letter of the ids */
};

/* NULL when problems were added. */
struct conditions *conditions_load(struct arena *arena, const char *file, struct problems *problems);

/* The conditions that a rule stands behind: bit i for condition i. */
unsigned conditions_of(const struct conditions *conditions, const char *rule);

#endif
