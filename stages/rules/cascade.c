/* Cascades: one defect, one finding (RULES 3, CATALOGUE-B 4).
 *
 * Each row is a join over its key: the keys of what failed are sorted, and each result that could be silenced looks
 * its own up.
 */
#include "rules/result.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

struct keyed {
    const char *key;
    size_t result;
};

struct joining {
    struct run *run;
    const struct silences *silences;
    const struct silence *row;
    struct keyed *entries; /* of what failed, sorted by key, then by result */
    size_t count, capacity;
};

static bool named(const struct result *r, const char *const *names, size_t count) {
    const char *id = r->finding.assertion ? r->finding.assertion : r->finding.rule;
    for (size_t i = 0; i < count; i++) {
        if (id_within(id, names[i])) {
            return true;
        }
    }
    return false;
}

/* ---- keys of a result ---- */

struct texts {
    const char **items;
    size_t count, capacity;
};

static void add_text(struct run *run, struct texts *texts, const char *text) {
    if (texts->count == texts->capacity) {
        texts->items = arena_grow(run->e->scratch, texts->items, &texts->capacity, sizeof *texts->items);
    }
    texts->items[texts->count++] = text;
}

/* All values of one key. What an undecidable lacks is its path too: it is silenced by who reports that. */
static struct texts values_of(struct run *run, const struct result *r, const char *key) {
    struct texts values = {0};
    for (size_t i = 0; i < r->key_count; i++) {
        if (strcmp(r->keys[i].name, key) == 0) {
            add_text(run, &values, r->keys[i].value);
        }
    }
    if (strcmp(key, "missing") == 0 || strcmp(key, "path") == 0) {
        for (size_t i = 0; i < r->missing_count; i++) {
            add_text(run, &values, r->missing[i]);
        }
    }
    return values;
}

static bool allowed(const struct silence *row, const char *value) {
    for (size_t i = 0; i < row->value_count; i++) {
        if (strcmp(row->values[i], value) == 0) {
            return true;
        }
    }
    return row->value_count == 0;
}

/* The keys of a row as one text each: every value of the first key, with the first value of the others. */
static struct texts joined_keys(struct run *run, const struct silence *row, const struct result *r) {
    struct texts joined = {0};
    if (!row->key_count) {
        add_text(run, &joined, "");
        return joined;
    }
    const char *rest = "";
    for (size_t i = 1; i < row->key_count; i++) {
        struct texts values = values_of(run, r, row->keys[i]);
        if (!values.count) {
            return joined;
        }
        rest = arena_printf(run->e->scratch, "%s\x1f%s", rest, values.items[0]);
    }
    struct texts first = values_of(run, r, row->keys[0]);
    for (size_t i = 0; i < first.count; i++) {
        if (allowed(row, first.items[i])) {
            add_text(run, &joined,
                     *rest ? arena_printf(run->e->scratch, "%s%s", first.items[i], rest) : first.items[i]);
        }
    }
    return joined;
}

/* ---- what failed ---- */

static int by_key(const void *left, const void *right) {
    const struct keyed *a = left;
    const struct keyed *b = right;
    int order = strcmp(a->key, b->key);
    return order ? order : (a->result > b->result) - (a->result < b->result);
}

static void collect_failed(struct joining *j) {
    struct run *run = j->run;
    for (size_t i = 0; i < run->count; i++) {
        const struct result *r = &run->results[i];
        if (r->verdict != VERDICT_FAIL || r->silenced_by || !named(r, j->row->by, j->row->by_count)) {
            continue;
        }
        struct texts keys = joined_keys(run, j->row, r);
        for (size_t k = 0; k < keys.count; k++) {
            if (j->count == j->capacity) {
                j->entries = arena_grow(run->e->scratch, j->entries, &j->capacity, sizeof *j->entries);
            }
            j->entries[j->count++] = (struct keyed){.key = keys.items[k], .result = i};
        }
    }
    if (j->count) {
        qsort(j->entries, j->count, sizeof *j->entries, by_key);
    }
}

/* The first entry of that key, or count. */
static size_t first_entry(const struct joining *j, const char *key) {
    size_t low = 0;
    size_t high = j->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(j->entries[middle].key, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < j->count && strcmp(j->entries[low].key, key) == 0 ? low : j->count;
}

/* ---- conditions ---- */

static void add_fact(struct tree *tree, const char *name, const char *value) {
    if (value) {
        tree_add(tree, tree->root, name, value);
    }
}

/* A result as a node: rule, subject, observed, expected, keys. */
static struct fact *node_of(struct run *run, const struct result *r) {
    struct tree tree = tree_new(run->arena, run->k->names, "finding");
    add_fact(&tree, "rule", r->finding.rule);
    add_fact(&tree, "subject", r->finding.subject.path);
    add_fact(&tree, "observed", r->finding.observed);
    add_fact(&tree, "expected", r->finding.expected);
    for (size_t i = 0; i < r->key_count; i++) {
        add_fact(&tree, r->keys[i].name, r->keys[i].value);
    }
    tree_number(&tree, 0);
    return tree.root;
}

static bool condition_holds(struct joining *j, const struct result *by, const struct result *it) {
    if (!j->row->when) {
        return true;
    }
    struct run *run = j->run;
    evaluation_each(run->e, j->silences->by, node_of(run, by));
    evaluation_each(run->e, j->silences->it, node_of(run, it));
    const struct missing *missing;
    return evaluate_truth(run->e, j->row->when, &missing) == TRUTH_TRUE;
}

/* A refer is silenced by a refer alone (CATALOGUE-B 4). */
static bool may_silence(struct joining *j, size_t by, size_t it) {
    const struct result *silencer = &j->run->results[by];
    const struct result *silenced = &j->run->results[it];
    bool refers = silenced->finding.effect == EFFECT_REFER && silencer->finding.effect != EFFECT_REFER;
    return by != it && !refers && condition_holds(j, silencer, silenced);
}

/* ---- silencing ---- */

static const char *silencer_at(struct joining *j, const char *key, size_t it) {
    for (size_t i = first_entry(j, key); i < j->count && strcmp(j->entries[i].key, key) == 0; i++) {
        if (may_silence(j, j->entries[i].result, it)) {
            return j->run->results[j->entries[i].result].finding.rule;
        }
    }
    return NULL;
}

/* The rule that reports the absence of a path, or of what it stands in. */
static const char *reporter_of(struct joining *j, const char *missing, size_t it) {
    char *path = arena_string(j->run->e->scratch, missing);
    for (;;) {
        const char *rule = silencer_at(j, path, it);
        char *slash = strrchr(path, '/');
        if (rule || !slash) {
            return rule;
        }
        *slash = '\0';
    }
}

/* cause="missing": undecidable for lack of reported paths alone. */
static const char *silencer_of_missing(struct joining *j, const struct result *r, size_t it) {
    const char *rule = NULL;
    for (size_t i = 0; i < r->missing_count; i++) {
        rule = reporter_of(j, r->missing[i], it);
        if (!rule) {
            return NULL;
        }
    }
    return rule;
}

static const char *silencer_of(struct joining *j, const struct result *r, size_t it) {
    if (j->row->missing_only) {
        return silencer_of_missing(j, r, it);
    }
    struct texts keys = joined_keys(j->run, j->row, r);
    const char *rule = NULL;
    for (size_t i = 0; i < keys.count && !rule; i++) {
        rule = silencer_at(j, keys.items[i], it);
    }
    return rule;
}

static void apply_row(struct joining *j) {
    struct run *run = j->run;
    collect_failed(j);
    for (size_t i = 0; j->count && i < run->count; i++) {
        struct result *r = &run->results[i];
        if (!r->silenced_by && (j->row->all || named(r, j->row->rules, j->row->rule_count))) {
            r->silenced_by = silencer_of(j, r, i);
        }
    }
}

void cascades_apply(struct run *run) {
    evaluation_enter(run->e, run->c->dossier.root);
    for (const struct silences *s = run->book->silences; s; s = s->next) {
        for (size_t i = 0; i < s->count; i++) {
            struct joining j = {.run = run, .silences = s, .row = &s->rows[i]};
            apply_row(&j);
        }
    }
    evaluation_leave(run->e);
}
