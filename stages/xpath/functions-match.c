/* tw:matchLines: which item an invoice line is declared in (CATALOGUE-B 2.6).
 *
 * Items are found by number or by a prefix of their code through an index; only lines without a code are compared
 * with every item, and each comparison is a step.
 */
#include "base/arena.h"
#include "xpath/house.h"

#include <string.h>

enum { LEAST_PREFIX = 6, MOST_PREFIX = 24 };

struct item {
    struct fact *fact;
    const char *code, *origin, *description;
    const char *folded;             /* of the description; NULL: it has none */
    const struct fold_grams *grams; /* the same; made when first compared */
};

/* A list of items below one prefix, or of all. */
struct bucket {
    struct item **items;
    size_t count, capacity;
    struct map texts; /* the first item of an origin (or of any) with a folded description; made when first asked */
    bool has_texts;
};

struct matcher {
    struct evaluation *e;
    struct item *items;
    size_t count;
    struct map numbers;  /* "7" */
    struct map prefixes; /* "847130": a bucket */
    struct bucket all;
    struct decimal least;
};

static void add_to_bucket(struct matcher *m, struct bucket *bucket, struct item *item) {
    if (bucket->count == bucket->capacity) {
        bucket->items = arena_grow(m->e->arena, bucket->items, &bucket->capacity, sizeof(struct item *));
    }
    bucket->items[bucket->count++] = item;
}

static void index_prefix(struct matcher *m, struct item *item, size_t length) {
    struct map_key key = {.text = arena_copy(m->e->arena, item->code, length)};
    struct bucket *bucket = map_find(&m->prefixes, &key);
    if (!bucket) {
        bucket = arena_zero(m->e->arena, sizeof *bucket);
        map_put(&m->prefixes, &key, bucket);
    }
    add_to_bucket(m, bucket, item);
}

static void read_item(struct matcher *m, struct item *item, struct fact *fact) {
    const char *n = fact_text(fact, "@n");
    *item = (struct item){.fact = fact,
                          .code = fact_text(fact, "commodity/code"),
                          .origin = fact_text(fact, "origin"),
                          .description = fact_text(fact, "commodity/description")};
    if (item->description) {
        item->folded = fold_text(m->e->arena, item->description, false);
    }
    if (n) {
        struct map_key key = {.text = n};
        map_put(&m->numbers, &key, item);
    }
    add_to_bucket(m, &m->all, item);
    size_t length = item->code ? strlen(item->code) : 0;
    for (size_t i = LEAST_PREFIX; i <= length && i <= MOST_PREFIX; i++) {
        index_prefix(m, item, i);
    }
    spend(m->e, 1 + (length > LEAST_PREFIX ? length - LEAST_PREFIX : 0));
}

/* ---- The best of several ---------------------------------------------------------------------------- */

/* What became of a search. */
struct best {
    struct item *item; /* NULL: none */
    bool unknown;      /* texts of different scripts, or none: nobody can say */
};

static bool is_like(struct matcher *m, struct item *item, const struct fold_grams *grams, struct decimal *similar) {
    if (!item->grams && item->description) {
        item->grams = fold_grams(m->e->arena, item->description, NULL);
    }
    return grams && item->grams && fold_grams_similar(grams, item->grams, similar);
}

/* The most similar description, of equals the first item; with `least`, only from that similarity on. */
static struct best most_similar(struct matcher *m, struct item *const *items, size_t count,
                                const struct fold_grams *grams, const struct decimal *least) {
    struct best best = {0};
    struct decimal most = decimal_from(0), similar;
    for (size_t i = 0; i < count && !m->e->exhausted; i++) {
        spend(m->e, 1);
        if (!is_like(m, items[i], grams, &similar)) {
            best.unknown = true;
        } else if ((!least || decimal_compare(&similar, least) >= 0) &&
                   (!best.item || decimal_compare(&similar, &most) > 0)) {
            best.item = items[i];
            most = similar;
        }
    }
    return best;
}

static const char *text_key(struct matcher *m, const char *origin, const char *folded) {
    return origin ? map_text_more(m->e->arena, map_text_more(m->e->arena, "", origin), folded) : folded;
}

static void index_texts(struct matcher *m, struct bucket *bucket) {
    bucket->has_texts = true;
    bucket->texts = (struct map){.arena = m->e->arena};
    for (size_t i = bucket->count; i-- > 0;) {
        struct item *item = bucket->items[i];
        spend(m->e, 1);
        if (item->folded && *item->folded) {
            struct map_key any = {.text = item->folded};
            struct map_key own = {.text = text_key(m, item->origin, item->folded)};
            map_put(&bucket->texts, &any, item);
            map_put(&bucket->texts, &own, item);
        }
    }
}

/* Texts that fold to the same have similarity 1, which nothing exceeds, and of equals the first counts: so an index
 * finds at once what comparing with every item would. NULL: no item has that text. */
static struct item *same_text(struct matcher *m, struct bucket *bucket, const char *origin, const char *description) {
    const char *folded = description ? fold_text(m->e->arena, description, false) : "";
    if (!*folded) {
        return NULL;
    }
    if (!bucket->has_texts) {
        index_texts(m, bucket);
    }
    struct map_key key = {.text = text_key(m, origin, folded)};
    return map_find(&bucket->texts, &key);
}

/* Of several items of one code: those of the line's origin, if there are any; then the most similar, else the first. */
static struct item *best_of_code(struct matcher *m, struct bucket *bucket, const char *origin,
                                 const char *description) {
    struct item *same = bucket->count > 1 ? same_text(m, bucket, origin, description) : NULL;
    if (same) {
        return same;
    }
    const struct fold_grams *grams = description ? fold_grams(m->e->arena, description, NULL) : NULL;
    struct item **left = arena_alloc(m->e->arena, bucket->count * sizeof(struct item *));
    size_t count = 0;
    for (size_t i = 0; i < bucket->count && bucket->count > 1; i++) {
        const char *own = bucket->items[i]->origin;
        spend(m->e, 1);
        if (origin && own && strcmp(origin, own) == 0) {
            left[count++] = bucket->items[i];
        }
    }
    struct item *const *items = count ? left : bucket->items;
    count = count ? count : bucket->count;
    struct best best = count > 1 ? most_similar(m, items, count, grams, NULL) : (struct best){0};
    return best.item ? best.item : items[0];
}

/* ---- One line --------------------------------------------------------------------------------------- */

/* The longest prefix of the code that some item has too. */
static struct bucket *bucket_of(struct matcher *m, const char *code) {
    size_t length = strlen(code);
    for (size_t i = length < MOST_PREFIX ? length : MOST_PREFIX; i >= LEAST_PREFIX; i--) {
        struct map_key key = {.text = arena_copy(m->e->arena, code, i)};
        struct bucket *bucket = map_find(&m->prefixes, &key);
        spend(m->e, 1);
        if (bucket) {
            return bucket;
        }
    }
    return NULL;
}

/* A line without a code may be any item: the one of its own words, else the most similar of all. */
static struct best match_text(struct matcher *m, const char *description) {
    struct item *same = same_text(m, &m->all, NULL, description);
    if (same) {
        return (struct best){.item = same};
    }
    const struct fold_grams *grams = description ? fold_grams(m->e->arena, description, NULL) : NULL;
    return most_similar(m, m->all.items, m->all.count, grams, &m->least);
}

static struct best match_line(struct matcher *m, const struct fact *line) {
    const char *number = fact_text(line, "item"), *code = fact_text(line, "code");
    const char *description = fact_text(line, "description");
    if (number) {
        struct map_key key = {.text = number};
        return (struct best){.item = map_find(&m->numbers, &key)};
    }
    if (code && strlen(code) >= LEAST_PREFIX) {
        struct bucket *bucket = bucket_of(m, code);
        return (struct best){.item = bucket ? best_of_code(m, bucket, fact_text(line, "origin"), description) : NULL};
    }
    struct best best = match_text(m, description);
    best.unknown = best.unknown && !best.item;
    return best;
}

/* ---- All of them ------------------------------------------------------------------------------------ */

/* The item of a match that nobody can say is there and unreadable: whoever asks for it is told so. */
static void add_match(struct matcher *m, struct tree *tree, const struct fact *line, const struct best *best) {
    const struct program *program = m->e->program;
    struct fact *match = tree_attach(tree, tree->root, program->match, NULL);
    const char *n = fact_text(line, "@n"), *item = best->item ? fact_text(best->item->fact, "@n") : NULL;
    const char *doc = line->parent ? fact_text(line->parent, "@doc") : NULL;
    if (n) {
        tree_attach(tree, match, program->line, n);
    }
    if (doc) {
        tree_attach(tree, match, program->doc, doc);
    }
    if (item) {
        tree_attach(tree, match, program->item, item);
    } else if (best->unknown) {
        tree_attach(tree, match, program->item, "")->state = FACT_UNREADABLE;
    }
}

static struct value matches_of_tree(struct evaluation *e, const struct fact *root, size_t count) {
    struct member *members = arena_alloc(e->arena, (count + 1) * sizeof *members);
    size_t i = 0;
    for (struct fact *match = root->first; match; match = match->next) {
        members[i++] = (struct member){.fact = match};
    }
    return (struct value){.kind = VALUE_NODES, .nodes = {.items = members, .count = i}};
}

static bool any_maybe(const struct nodes *nodes) {
    for (size_t i = 0; i < nodes->count; i++) {
        if (nodes->items[i].maybe) {
            return true;
        }
    }
    return false;
}

static struct value match_lines_of(struct evaluation *e, const struct value *arguments, size_t count) {
    const struct nodes *lines = &arguments[0].nodes, *items = &arguments[1].nodes;
    struct matcher m = {.e = e, .count = items->count, .numbers.arena = e->arena, .prefixes.arena = e->arena};
    struct tree tree = tree_new(e->bundle, e->program->names, "matches");
    struct value unknown;
    (void)count;
    if (any_maybe(lines) || any_maybe(items)) {
        return value_unknown(missing_both(e, lines->missing, items->missing));
    }
    if (!house_decimal(e, "match.similar", &m.least, &unknown)) {
        return unknown;
    }
    m.items = arena_zero(e->arena, (m.count + 1) * sizeof *m.items);
    for (size_t i = 0; i < m.count && !e->exhausted; i++) {
        read_item(&m, &m.items[i], items->items[i].fact);
    }
    for (size_t i = 0; i < lines->count && !e->exhausted; i++) {
        struct best best = match_line(&m, lines->items[i].fact);
        spend(e, 1);
        add_match(&m, &tree, lines->items[i].fact, &best);
    }
    tree_number(&tree, 1);
    return matches_of_tree(e, tree.root, lines->count);
}

/* ---- The lines of an item --------------------------------------------------------------------------- */

/* tw:linesOf: the lines that are matched to an item; lines and matches as tw:matchLines took and made them. Lines of
 * several invoices share numbers: their place among the lines tells them apart. Grouped once per set of matches. */
struct group {
    struct fact **lines;
    size_t count, capacity;
};

struct groups {
    struct map by_item;
    const struct missing *unsure; /* a line whose item nobody can say */
};

static void add_line(struct evaluation *e, struct groups *groups, const char *item, struct fact *line) {
    struct map_key key = {.text = item};
    struct group *group = map_find(&groups->by_item, &key);
    if (!group) {
        group = arena_zero(e->bundle, sizeof *group);
        map_put(&groups->by_item, &key, group);
    }
    if (group->count == group->capacity) {
        group->lines = arena_grow(e->bundle, group->lines, &group->capacity, sizeof(struct fact *));
    }
    group->lines[group->count++] = line;
}

static struct groups *group_lines(struct evaluation *e, const struct nodes *lines, const struct nodes *matches) {
    struct groups *groups = arena_zero(e->bundle, sizeof *groups);
    groups->by_item.arena = e->bundle;
    for (size_t i = 0; i < matches->count && !e->exhausted; i++) {
        const struct fact *item = fact_child(matches->items[i].fact, e->program->item);
        spend(e, 1);
        if (item && item->state == FACT_UNREADABLE) {
            groups->unsure = missing_below(e, lines->items[i].fact, "item");
        } else if (item) {
            add_line(e, groups, item->value, lines->items[i].fact);
        }
    }
    return groups;
}

static struct groups *groups_of(struct evaluation *e, const struct nodes *lines, const struct nodes *matches) {
    struct map_key key = {.a = functions_match, .b = matches->items[0].fact->parent};
    struct groups *groups = map_find(&e->memory->kept, &key);
    if (!groups) {
        struct arena *arena = e->arena;
        e->arena = e->bundle;
        groups = group_lines(e, lines, matches);
        e->arena = arena;
        map_put(&e->memory->kept, &key, groups);
    }
    return groups;
}

static struct value lines_of(struct evaluation *e, const struct value *arguments, size_t count) {
    const struct nodes *lines = &arguments[0].nodes, *matches = &arguments[1].nodes;
    (void)count;
    if (!matches->count || matches->count != lines->count) {
        return value_facts(e, NULL, 0, NULL);
    }
    const struct groups *groups = groups_of(e, lines, matches);
    if (groups->unsure) {
        return value_unknown(groups->unsure);
    }
    struct map_key key = {.text = arguments[2].text};
    const struct group *group = map_find(&groups->by_item, &key);
    spend(e, group ? group->count : 1);
    return group ? value_facts(e, group->lines, group->count, NULL) : value_facts(e, NULL, 0, NULL);
}

const struct function functions_match[] = {
    {.name = "tw:linesOf", .takes = "nnT", .min = 3, .returns = RETURNS_ARGUMENT, .body = lines_of},
    {.name = "tw:matchLines", .takes = "nn", .min = 2, .returns = RETURNS_NODES, .body = match_lines_of},
    {0},
};
