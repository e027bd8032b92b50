/* cascades.xml: which rule silences which (RULES 3). */
#include "rules/load.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

struct row {
    struct loader *loader;
    struct pack_file *file;
    const struct source *at;
    struct silence silence;
};

/* Is it a rule, a part of one ("P-114.a"), or a structural finding? */
static bool exists(const struct row *row, const char *name) {
    const struct declared *declared = NULL;
    for (size_t i = 0; i < row->loader->declared_count && !declared; i++) {
        declared = id_within(name, row->loader->declared[i].id) ? &row->loader->declared[i] : NULL;
    }
    if (!declared || !declared->rule || row->loader->faulty || strcmp(declared->id, name) == 0) {
        return declared || is_structural(name);
    }
    for (size_t i = 0; i < declared->rule->walk_count; i++) {
        const struct walk *walk = &declared->rule->walks[i];
        for (size_t j = 0; j < walk->assertion_count; j++) {
            if (id_within(walk->assertions[j].id, name)) {
                return true;
            }
        }
    }
    return false;
}

struct id_list {
    const char **items;
    size_t count, capacity;
};

static void add_id(struct loader *loader, struct id_list *list, const char *id) {
    if (list->count == list->capacity) {
        list->items = arena_grow(loader->arena, list->items, &list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = id;
}

/* "I-303..I-316": the rules between that exist. */
static void add_range(struct row *row, struct id_list *list, const char *range, const char *dots) {
    const char *last = dots + 2;
    size_t prefix = strcspn(range, "0123456789");
    unsigned long low = strtoul(range + prefix, NULL, 10);
    unsigned long high = strncmp(range, last, prefix) == 0 ? strtoul(last + prefix, NULL, 10) : 0;
    size_t before = list->count;
    for (size_t i = 0; i < row->loader->declared_count; i++) {
        const char *id = row->loader->declared[i].id;
        char *end = NULL;
        unsigned long number = strncmp(id, range, prefix) == 0 ? strtoul(id + prefix, &end, 10) : 0;
        if (number >= low && number <= high && end && !*end) {
            add_id(row->loader, list, id);
        }
    }
    if (list->count == before) {
        pack_complain(row->loader, row->file, row->at, "no rule in %s", range);
    }
}

static struct id_list read_ids(struct row *row, const char *name, bool *all) {
    struct id_list list = {0};
    const char *text = attribute(row->at, name);
    size_t count = 0;
    const char *const *words = words_of(row->loader->arena, text ? text : "", &count);
    for (size_t i = 0; i < count; i++) {
        const char *dots = strstr(words[i], "..");
        if (all && strcmp(words[i], "*") == 0) {
            *all = true;
        } else if (dots) {
            add_range(row, &list, words[i], dots);
        } else if (exists(row, words[i])) {
            add_id(row->loader, &list, words[i]);
        } else {
            const char *nearest = declared_nearest(row->loader, words[i]);
            pack_complain(row->loader, row->file, row->at, nearest ? "no rule %s; did you mean %s?" : "no rule %s",
                          words[i], nearest);
        }
    }
    if (!count) {
        pack_complain(row->loader, row->file, row->at, "a row says %s: ids of rules", name);
    }
    return list;
}

/* ---- keys ---- */

static bool gives_key(const struct rule *rule, const char *part, const char *key) {
    for (size_t i = 0; i < rule->walk_count; i++) {
        const struct walk *walk = &rule->walks[i];
        bool concerned = false;
        for (size_t j = 0; j < walk->assertion_count; j++) {
            concerned = concerned || id_within(walk->assertions[j].id, part);
        }
        for (size_t j = 0; concerned && j < walk->key_count; j++) {
            if (strcmp(walk->keys[j].name, key) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Every named rule gives the key; document, path and missing are given by all. */
static void check_key(struct row *row, const char *const *ids, size_t count, const char *key) {
    if (row->loader->faulty || strcmp(key, "document") == 0 || strcmp(key, "path") == 0 ||
        strcmp(key, "missing") == 0) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < row->loader->declared_count; j++) {
            const struct declared *declared = &row->loader->declared[j];
            if (id_within(ids[i], declared->id) && declared->rule && !gives_key(declared->rule, ids[i], key)) {
                pack_complain(row->loader, row->file, row->at, "%s gives no key %s: tw:key on its rule", ids[i], key);
            }
        }
    }
}

static void check_ownership(struct row *row) {
    const struct pack *pack = &row->loader->book->packs[row->file->pack];
    for (size_t i = 0; !pack->ours && i < row->silence.rule_count; i++) {
        const struct rule *rule = NULL;
        for (size_t j = 0; j < row->loader->declared_count && !rule; j++) {
            rule = id_within(row->silence.rules[i], row->loader->declared[j].id) ? row->loader->declared[j].rule : NULL;
        }
        if (!rule || rule->summary.pack != pack) {
            pack_complain(row->loader, row->file, row->at, "%s is not a rule of this pack: it cannot be silenced here",
                          row->silence.rules[i]);
        }
    }
    if (!pack->ours && row->silence.all) {
        pack_complain(row->loader, row->file, row->at, "a pack beside ours cannot silence every rule: name its own");
    }
}

static void read_row(struct row *row, struct scope *scope) {
    struct loader *loader = row->loader;
    struct silence *s = &row->silence;
    check_attributes(loader, row->file, row->at, "by rules key cause in when", NULL);
    struct id_list by = read_ids(row, "by", NULL);
    struct id_list rules = read_ids(row, "rules", &s->all);
    s->by = by.items;
    s->by_count = by.count;
    s->rules = rules.items;
    s->rule_count = rules.count;
    const char *key = attribute(row->at, "key");
    const char *in = attribute(row->at, "in");
    const char *cause = attribute(row->at, "cause");
    const char *when = attribute(row->at, "when");
    s->keys = words_of(loader->arena, key ? key : "", &s->key_count);
    s->values = parts_of(loader->arena, in ? in : "", '|', &s->value_count);
    s->missing_only = cause != NULL;
    for (size_t i = 0; i < s->key_count; i++) {
        check_key(row, s->by, s->by_count, s->keys[i]);
        check_key(row, s->rules, s->rule_count, s->keys[i]);
    }
    if (in && s->key_count != 1) {
        pack_complain(loader, row->file, row->at, "in= names values of one key");
    }
    if (cause && (strcmp(cause, "missing") != 0 || s->key_count != 1 || strcmp(s->keys[0], "path") != 0)) {
        pack_complain(loader, row->file, row->at, "cause is \"missing\", with key=\"path\"");
    }
    if (when) {
        const struct bench bench = {.loader = loader, .file = row->file, .scope = scope};
        s->when = bench_compile(&bench, row->at, when);
    }
    check_ownership(row);
}

void cascades_load(struct loader *loader, struct pack_file *file) {
    struct rulebook *book = loader->book;
    if (!is_element(file->root, TIDEWAITER, "cascades")) {
        pack_complain(loader, file, file->root, "not cascades: the root is cascades in namespace " TIDEWAITER);
        return;
    }
    struct scope *scope = scope_new(loader->program, NULL);
    struct silences *own = arena_zero(loader->arena, sizeof *own);
    own->by = scope_bound(scope, "by");
    own->it = scope_bound(scope, "it");
    size_t count = 0;
    for (const struct source *at = file->root->first; at; at = at->next) {
        count++;
    }
    struct silence *rows = arena_zero(loader->arena, (count + 1) * sizeof *rows);
    for (const struct source *at = file->root->first; at; at = at->next) {
        struct row row = {.loader = loader, .file = file, .at = at};
        if (!is_element(at, TIDEWAITER, "silence")) {
            pack_complain(loader, file, at, "no element %s in cascades: silence", at->element->name);
            continue;
        }
        read_row(&row, scope);
        rows[own->count++] = row.silence;
    }
    own->rows = rows;
    struct silences **end = &book->silences;
    while (*end) {
        end = &(*end)->next;
    }
    *end = own;
}
