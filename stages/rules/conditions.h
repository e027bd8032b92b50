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

struct condition_row {
    const char *id, *title, *title_zh;
    const char *rules;
};

struct conditions {
    const struct condition_row *rows;
    size_t count;
};

/* NULL when problems were added. */
struct conditions *conditions_load(struct arena *arena, const char *file, struct problems *problems);

/* Is a rule's id in such a list? */
bool rule_in_list(const char *list, const char *rule);

#endif
