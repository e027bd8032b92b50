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
    rule->position = o->count;
    loader->book->order[o->count++] = rule;
}

static bool claims(const struct rule *rule) {
    for (size_t i = 0; i < rule->walk_count; i++) {
        for (size_t j = 0; j < rule->walks[i].assertion_count; j++) {
            if (rule->walks[i].assertions[j].claim_register) {
                return true;
            }
        }
    }
    return false;
}

static void mark_ordered(struct loader *loader) {
    for (size_t i = 0; i < loader->edge_count; i++) {
        const size_t ends[] = {loader->edges[i].from, loader->edges[i].to};
        for (size_t j = 0; j < 2; j++) {
            if (loader->declared[ends[j]].rule) {
                loader->declared[ends[j]].rule->ordered = true;
            }
        }
    }
    for (size_t i = 0; i < loader->book->rule_count; i++) {
        loader->book->rules[i]->ordered = loader->book->rules[i]->ordered || claims(loader->book->rules[i]);
    }
}

/* The walks of one context, in the order of their rules. */
static struct walk_group group_of(const struct loader *loader, size_t slot) {
    const struct rulebook *book = loader->book;
    struct walk_group group = {0};
    size_t capacity = 0;
    for (size_t i = 0; i < book->rule_count; i++) {
        const struct rule *rule = book->order[i];
        for (size_t j = 0; j < rule->walk_count && !rule->ordered; j++) {
            if (rule->walks[j].context_slot != slot) {
                continue;
            }
            if (group.count == capacity) {
                group.items = arena_grow(loader->arena, group.items, &capacity, sizeof *group.items);
            }
            group.items[group.count++] = (struct walk_of_rule){rule, &rule->walks[j]};
        }
    }
    return group;
}

static void group_walks(struct loader *loader) {
    struct rulebook *book = loader->book;
    mark_ordered(loader);
    book->groups = arena_alloc(loader->arena, (book->context_count + 1) * sizeof *book->groups);
    for (size_t i = 0; i < book->context_count; i++) {
        book->groups[i] = group_of(loader, i);
    }
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
    group_walks(loader);
}
