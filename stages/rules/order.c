/* The order of rules: by point and id for readers; for the run, after the rules that tw:failed names. */
#include "rules/load.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static int by_point(const void *a, const void *b) {
    const struct rule_summary *x = &(*(struct rule *const *)a)->summary;
    const struct rule_summary *y = &(*(struct rule *const *)b)->summary;
    if (x->point != y->point) {
        return x->point < y->point ? -1 : 1;
    }
    return strcmp(x->id, y->id);
}

enum mark { UNSEEN, OPEN, DONE };

struct ordering {
    struct loader *loader;
    unsigned char *marks;
    size_t count; /* placed so far */
};

static const struct declared *declared_of(const struct loader *loader, const struct rule *rule) {
    return declared_find(loader, rule->summary.id);
}

/* Rules that a rule names come first. The depth is bounded by the number of rules of our own packs. */
static void place_rule(struct ordering *o, struct rule *rule) {
    struct loader *loader = o->loader;
    const struct declared *declared = declared_of(loader, rule);
    if (o->marks[rule->index] == DONE) {
        return;
    }
    if (o->marks[rule->index] == OPEN) {
        pack_complain(loader, declared->file, declared->pattern, "%s asks tw:failed of a rule that asks of it: a cycle",
                      rule->summary.id);
        return;
    }
    o->marks[rule->index] = OPEN;
    for (size_t i = 0; i < loader->edge_count; i++) {
        const struct edge *edge = &loader->edges[i];
        struct rule *other = loader->declared[edge->to].rule;
        if (&loader->declared[edge->from] == declared && other) {
            place_rule(o, other);
        }
    }
    o->marks[rule->index] = DONE;
    loader->book->order[o->count++] = rule;
}

void rulebook_order(struct loader *loader) {
    struct rulebook *book = loader->book;
    book->rules = arena_zero(loader->arena, (loader->declared_count + 1) * sizeof *book->rules);
    book->order = arena_zero(loader->arena, (loader->declared_count + 1) * sizeof *book->order);
    for (size_t i = 0; i < loader->declared_count; i++) {
        if (loader->declared[i].rule) {
            book->rules[book->rule_count++] = loader->declared[i].rule;
        }
    }
    if (book->rule_count) {
        qsort(book->rules, book->rule_count, sizeof *book->rules, by_point);
    }
    struct ordering o = {.loader = loader, .marks = arena_zero(loader->arena, book->rule_count + 1)};
    for (size_t i = 0; i < book->rule_count; i++) {
        book->rules[i]->index = i;
    }
    for (size_t i = 0; i < book->rule_count; i++) {
        place_rule(&o, book->rules[i]);
    }
}
