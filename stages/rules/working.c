#include "rules/working.h"

#include "rules/result.h"

#include "base/arena.h"

#include <string.h>

static void add_working(struct run *run, struct workings *workings, const char *rule, const struct key *key) {
    if (workings->count == workings->capacity) {
        workings->items = arena_grow(run->arena, workings->items, &workings->capacity, sizeof *workings->items);
    }
    struct working *made = &workings->items[workings->count++];
    struct value value = evaluate(run->e, key->value);
    *made = (struct working){.rule = rule, .name = key->name};
    if (value.kind == VALUE_UNKNOWN) {
        made->missing = missing_names(run->arena, value.missing, &made->missing_count);
        return;
    }
    const char *text = value_text(run->e, &value);
    made->value = text && *text ? arena_string(run->arena, text) : NULL;
    made->from = value.kind == VALUE_NODES && value.nodes.count ? value.nodes.items[0].fact : NULL;
}

static void add_walk(struct run *run, struct workings *workings, const struct rule *rule, const struct walk *walk) {
    struct nodes nodes = evaluate_context(run->e, walk->context);
    if (nodes.count) {
        evaluation_enter(run->e, nodes.items[0].fact);
        for (size_t i = 0; i < walk->working_count; i++) {
            add_working(run, workings, rule->summary.id, &walk->workings[i]);
        }
    }
    evaluation_leave(run->e);
}

struct workings rules_working(struct consignment *c, const struct knowledge *k, const char *const *rules,
                              size_t rule_count) {
    struct workings workings = {0};
    struct run run;
    run_begin(&run, c, k);
    for (size_t i = 0; i < rule_count; i++) {
        const struct rule *rule = rulebook_rule_named(k->rulebook, rules[i]);
        for (size_t j = 0; rule && j < rule->walk_count; j++) {
            if (rule->walks[j].working_count) {
                add_walk(&run, &workings, rule, &rule->walks[j]);
            }
        }
    }
    run_end(&run);
    return workings;
}

const struct working *working_of(const struct workings *workings, const char *rule, const char *name) {
    for (size_t i = 0; i < workings->count; i++) {
        if (strcmp(workings->items[i].rule, rule) == 0 && strcmp(workings->items[i].name, name) == 0) {
            return &workings->items[i];
        }
    }
    return NULL;
}
