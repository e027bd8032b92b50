/* Joins and sets (RULES 5): an index per set and path, built once per bundle and found before the set is
 * walked; so a rule that looks up a line per item stays linear. */
#include "base/arena.h"
#include "xpath/evaluate.h"

#include <stdlib.h>
#include <string.h>

enum { FEW_MEMBERS = 8, MAX_PREFIX = 64 };

/* Texts that a path holds at a member, or that are looked for. */
struct words {
    const char **items;
    size_t count, capacity;
    bool unsure; /* there may be others: unreadable, or maybe */
};

static void add_word(struct evaluation *e, struct words *words, const char *text) {
    if (words->count == words->capacity) {
        words->items = arena_grow(e->arena, words->items, &words->capacity, sizeof *words->items);
    }
    words->items[words->count++] = text;
}

struct reading_key {
    struct visitor visitor;
    struct words *words;
    bool folded;
};

static bool take_key(struct visitor *v, struct fact *fact, bool maybe) {
    struct reading_key *key = (struct reading_key *)v;
    if (maybe || fact->state == FACT_UNREADABLE) {
        key->words->unsure = true;
    } else if (fact->value) {
        add_word(v->e, key->words, key->folded ? reference_of(v->e, fact->value) : fact->value);
    }
    return true;
}

static struct words words_at(struct evaluation *e, const struct node *path, struct fact *member, bool folded) {
    struct words words = {0};
    struct reading_key key = {.visitor = {.e = e, .take = take_key}, .words = &words, .folded = folded};
    struct value other;
    visit(&key.visitor, path, member, &other);
    words.unsure = words.unsure || key.visitor.unknown;
    return words;
}

/* ---- What a call asks for --------------------------------------------------------------------------- */

enum { MAX_PAIRS = MAX_ARGUMENTS / 2 };

struct join {
    const struct call *call;
    bool folded;
    size_t pairs;
    const struct node *paths[MAX_PAIRS];
    struct words wanted[MAX_PAIRS];
    bool undecided; /* a value that is looked for is ⊥ or absent */
    const struct missing *missing;
};

static void undecided(struct evaluation *e, struct join *join, const struct missing *missing) {
    join->undecided = true;
    join->missing = missing_both(e, join->missing, missing);
}

static void want(struct evaluation *e, struct join *join, const struct value *value) {
    struct words *words = &join->wanted[join->pairs];
    if (value->kind != VALUE_NODES) {
        const char *text = value_text(e, value);
        add_word(e, words, join->folded ? reference_of(e, text) : text);
        return;
    }
    for (size_t i = 0; i < value->nodes.count && !e->exhausted; i++) {
        const struct member *member = &value->nodes.items[i];
        if (member->maybe || member->fact->state == FACT_UNREADABLE || !member->fact->value) {
            undecided(e, join, member->maybe ? value->nodes.missing : missing_below(e, member->fact, NULL));
            return;
        }
        spend(e, 1);
        add_word(e, words, join->folded ? reference_of(e, member->fact->value) : member->fact->value);
    }
}

static bool read_join(struct evaluation *e, struct join *join, const struct call *call, struct fact *at, bool folded) {
    join->call = call;
    join->folded = folded;
    join->pairs = 0;
    join->undecided = false;
    join->missing = NULL;
    for (size_t i = 1; i + 1 < call->count; i += 2) {
        struct value value = eval(e, call->arguments[i + 1], at);
        join->wanted[join->pairs] = (struct words){0};
        join->paths[join->pairs] = call->keys[i];
        if (value.kind == VALUE_UNKNOWN) {
            undecided(e, join, value.missing);
        } else if (value_is_absent(&value)) {
            undecided(e, join, value.nodes.missing);
        } else {
            want(e, join, &value);
        }
        join->pairs++;
    }
    return !join->undecided;
}

/* ---- Indexes ---------------------------------------------------------------------------------------- */

struct posting {
    size_t place; /* among the members */
    struct posting *next;
};

struct postings {
    struct posting *first, *last;
};

struct index {
    struct kept kept; /* of the set: the readings under which it holds */
    struct map by_key;
    size_t *uncertain; /* places of members whose keys are not all known, in order */
    size_t uncertain_count, uncertain_capacity;
};

static void add_posting(struct evaluation *e, struct index *index, const char *text, size_t place) {
    struct map_key key = {.text = text};
    struct postings *list = map_find(&index->by_key, &key);
    if (!list) {
        list = arena_zero(e->arena, sizeof *list);
        map_put(&index->by_key, &key, list);
    }
    if (list->last && list->last->place == place) {
        return;
    }
    struct posting *posting = arena_alloc(e->arena, sizeof *posting);
    *posting = (struct posting){.place = place};
    if (list->last) {
        list->last->next = posting;
    } else {
        list->first = posting;
    }
    list->last = posting;
}

/* Calls back with each combination of one word per pair, as one text whose parts cannot be mistaken. */
struct combination {
    struct evaluation *e;
    const struct words *words;
    size_t pairs;
    void (*take)(struct combination *combination, const char *text);
    struct index *index;
    size_t place;
    struct found *found;
};

static void combine(struct combination *c, size_t pair, const char *before) {
    for (size_t i = 0; i < c->words[pair].count && !c->e->exhausted; i++) {
        const char *word = c->words[pair].items[i];
        const char *text = c->pairs == 1 ? word : map_text_more(c->e->arena, before, word);
        spend(c->e, 1);
        if (pair + 1 == c->pairs) {
            c->take(c, text);
        } else {
            combine(c, pair + 1, text);
        }
    }
}

static void take_posted(struct combination *c, const char *text) {
    add_posting(c->e, c->index, text, c->place);
}

static void index_member(struct evaluation *e, const struct join *join, struct index *index, size_t place) {
    struct words words[MAX_PAIRS];
    bool unsure = false;
    for (size_t i = 0; i < join->pairs; i++) {
        words[i] = words_at(e, join->paths[i], index->kept.value.nodes.items[place].fact, join->folded);
        unsure = unsure || words[i].unsure;
    }
    if (unsure) {
        if (index->uncertain_count == index->uncertain_capacity) {
            index->uncertain =
                arena_grow(e->arena, index->uncertain, &index->uncertain_capacity, sizeof *index->uncertain);
        }
        index->uncertain[index->uncertain_count++] = place;
        return;
    }
    struct combination c = {e, words, join->pairs, take_posted, index, place, NULL};
    combine(&c, 0, "");
}

static void build_index(struct evaluation *e, const struct join *join, struct index *index) {
    index->by_key = (struct map){.arena = e->arena};
    for (size_t i = 0; i < index->kept.value.nodes.count && !e->exhausted; i++) {
        spend(e, 1);
        index_member(e, join, index, i);
    }
}

/* ---- Matches ---------------------------------------------------------------------------------------- */

struct found {
    struct evaluation *e;
    const struct nodes *set;
    size_t *places; /* of sure matches */
    size_t count, capacity;
    struct member *members; /* of all sets so far */
    size_t member_count, member_capacity;
    const struct missing *missing;
};

static void add_found(struct found *found, struct fact *fact, bool maybe) {
    if (found->member_count == found->member_capacity) {
        found->members = arena_grow(found->e->arena, found->members, &found->member_capacity, sizeof *found->members);
    }
    found->members[found->member_count++] = (struct member){fact, maybe};
}

static bool is_wanted(const struct words *wanted, const char *word) {
    for (size_t i = 0; i < wanted->count; i++) {
        if (strcmp(wanted->items[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static enum truth pair_matches(struct evaluation *e, const struct join *join, size_t pair, struct fact *member) {
    const struct words *wanted = &join->wanted[pair];
    struct sole sole = sole_member(e, join->paths[pair], member);
    if (sole.which != SOLE_SEVERAL) {
        const char *text = sole.which == SOLE_FACT ? sole.fact->value : NULL;
        return text && is_wanted(wanted, join->folded ? reference_of(e, text) : text) ? TRUTH_TRUE : TRUTH_FALSE;
    }
    struct words words = words_at(e, join->paths[pair], member, join->folded);
    for (size_t i = 0; i < words.count; i++) {
        if (is_wanted(wanted, words.items[i])) {
            return TRUTH_TRUE;
        }
    }
    return words.unsure ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

static enum truth member_matches(struct evaluation *e, const struct join *join, struct fact *member) {
    enum truth all = TRUTH_TRUE;
    spend(e, 1);
    for (size_t i = 0; i < join->pairs && all != TRUTH_FALSE; i++) {
        enum truth one = pair_matches(e, join, i, member);
        all = one == TRUTH_TRUE ? all : one;
        if (one == TRUTH_FALSE) {
            return TRUTH_FALSE;
        }
    }
    return all;
}

static void match(struct found *found, const struct join *join, const struct member *member) {
    enum truth truth = member_matches(found->e, join, member->fact);
    if (truth == TRUTH_UNKNOWN) {
        found->missing = missing_both(found->e, found->missing, missing_below(found->e, member->fact, NULL));
    }
    if (truth != TRUTH_FALSE) {
        add_found(found, member->fact, member->maybe || truth == TRUTH_UNKNOWN);
    }
}

static void take_looked_up(struct combination *c, const char *text) {
    struct map_key key = {.text = text};
    const struct postings *list = map_find(&c->index->by_key, &key);
    struct found *found = c->found;
    for (const struct posting *posting = list ? list->first : NULL; posting; posting = posting->next) {
        spend(c->e, 1);
        if (found->count == found->capacity) {
            found->places = arena_grow(c->e->arena, found->places, &found->capacity, sizeof *found->places);
        }
        found->places[found->count++] = posting->place;
    }
}

static int by_place(const void *a, const void *b) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return x < y ? -1 : x > y;
}

static void look_up(struct found *found, const struct join *join, struct index *index) {
    const struct member *items = index->kept.value.nodes.items;
    struct combination c = {found->e, join->wanted, join->pairs, take_looked_up, index, 0, found};
    found->count = 0;
    combine(&c, 0, "");
    if (found->count > 1) {
        qsort(found->places, found->count, sizeof *found->places, by_place);
    }
    size_t next = 0;
    for (size_t i = 0; i < found->count; i++) {
        size_t place = found->places[i];
        for (; next < index->uncertain_count && index->uncertain[next] < place; next++) {
            match(found, join, &items[index->uncertain[next]]);
        }
        if (!i || found->places[i - 1] != place) {
            add_found(found, items[place].fact, items[place].maybe);
        }
    }
    for (; next < index->uncertain_count; next++) {
        match(found, join, &items[index->uncertain[next]]);
    }
}

/* A set that is known only here: its members one by one, unless there are many. */
static void search(struct found *found, const struct join *join, const struct nodes *set) {
    found->missing = missing_both(found->e, found->missing, set->count ? set->missing : NULL);
    /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): a join has a pair at least */
    if (set->count > FEW_MEMBERS && join->wanted[0].count > FEW_MEMBERS) {
        struct index index = {.kept = {.value = {.kind = VALUE_NODES, .nodes = *set}}};
        build_index(found->e, join, &index);
        look_up(found, join, &index);
        return;
    }
    for (size_t i = 0; i < set->count && !found->e->exhausted; i++) {
        match(found, join, &set->items[i]);
    }
}

/* ---- Sets ------------------------------------------------------------------------------------------- */

/* The set of a join below an anchor, or (anchor NULL) the set that the argument is for the whole bundle. */
static struct value set_of(struct evaluation *e, const struct join *join, struct fact *anchor) {
    const struct node *set = join->call->arguments[0];
    return anchor ? collect_below(e, set->path, set->path->anchor, anchor, false) : eval(e, set, e->dossier);
}

static struct index *known_index(struct evaluation *e, const struct map_key *key) {
    struct index *index = map_find(&e->memory->kept, key);
    return index && kept_value(e, &index->kept, e->memory->epochs[LEVEL_BUNDLE]) ? index : NULL;
}

/* Collects the set once more, where it outlives the rule, and indexes it. */
static struct index *make_index(struct evaluation *e, const struct join *join, struct fact *anchor,
                                const struct map_key *key) {
    struct arena *arena = e->arena;
    e->arena = e->bundle;
    struct index *index = arena_zero(e->bundle, sizeof *index);
    index->kept.value = set_of(e, join, anchor);
    index->kept.epoch = e->memory->epochs[LEVEL_BUNDLE];
    index->kept.reading = e->reading;
    if (index->kept.value.kind == VALUE_NODES) {
        build_index(e, join, index);
    } else { /* the steps ended: the whole expression is ⊥ */
        index->kept.value = value_facts(e, NULL, 0, NULL);
        e->exhausted = true;
    }
    index->kept.assumed = e->assumed;
    if (!e->exhausted) {
        map_put(&e->memory->kept, key, index);
    }
    e->arena = arena;
    return index;
}

/* Looks up in the index of a set; few members are compared one by one. False: *unknown says why. */
static bool look_up_below(struct found *found, const struct join *join, struct fact *anchor, bool maybe,
                          struct value *unknown) {
    struct evaluation *e = found->e;
    size_t from = found->member_count;
    struct map_key key = {.a = anchor ? anchor : e->dossier, .b = join->call->set};
    struct index *index = known_index(e, &key);
    if (!index) {
        uint64_t assumed = e->assumed;
        e->assumed = 0;
        struct value set = set_of(e, join, anchor);
        bool many = set.kind == VALUE_NODES && set.nodes.count > FEW_MEMBERS && !e->exhausted;
        index = many ? make_index(e, join, anchor, &key) : NULL;
        e->assumed |= assumed;
        if (set.kind != VALUE_NODES) {
            *unknown = set.kind == VALUE_UNKNOWN ? set : value_unknown(missing_named(e, "facts, not a value"));
            return false;
        }
        if (!index) {
            search(found, join, &set.nodes);
        }
    }
    if (index) {
        found->missing = missing_both(e, found->missing, index->kept.value.nodes.missing);
        look_up(found, join, index);
    }
    for (size_t i = from; i < found->member_count; i++) {
        found->members[i].maybe |= maybe;
    }
    return true;
}

/* The name of a row that a join did not find: "declaration/goodsItem[@n = '7']". */
static const struct missing *not_found(struct evaluation *e, const struct join *join, struct fact *at) {
    const struct node *node = join->call->arguments[0];
    const char *set = node->about->written ? node->about->written : node->about->canonical;
    bool here = node->kind == NODE_PATH && node->path->base == BASE_HERE;
    set = strncmp(set, "/dossier/", 9) == 0 ? set + 9 : set;
    const char *word = join->wanted[0].count ? join->wanted[0].items[0] : "";
    return missing_row(e, here ? at : e->dossier, set, join->call->arguments[1]->text, word);
}

static struct value found_value(struct found *found, const struct join *join, struct fact *at) {
    struct value value = {.kind = VALUE_NODES};
    value.nodes = (struct nodes){found->members, found->member_count, found->missing};
    if (!found->member_count) {
        value.nodes.missing = missing_both(found->e, found->missing, not_found(found->e, join, at));
    }
    return value;
}

static struct value run_join(struct evaluation *e, const struct join *join, struct fact *at) {
    const struct node *set = join->call->arguments[0];
    struct found found = {.e = e};
    struct value unknown = {.kind = VALUE_UNKNOWN};
    if (set->kind == NODE_PATH && set->path->anchor < set->path->count) {
        struct value base = collect_base(e, set->path, at);
        if (base.kind != VALUE_NODES) {
            return base;
        }
        found.missing = base.nodes.count ? base.nodes.missing : NULL;
        for (size_t i = 0; i < base.nodes.count && !e->exhausted; i++) {
            if (!look_up_below(&found, join, base.nodes.items[i].fact, base.nodes.items[i].maybe, &unknown)) {
                return unknown;
            }
        }
    } else if (set->level == LEVEL_BUNDLE && !set->local) {
        if (!look_up_below(&found, join, NULL, false, &unknown)) {
            return unknown;
        }
    } else {
        struct value value = argument(e, set, at, 'n');
        if (value.kind != VALUE_NODES) {
            return value;
        }
        search(&found, join, &value.nodes);
    }
    return found_value(&found, join, at);
}

static struct value by_of(struct evaluation *e, const struct call *call, struct fact *at) {
    struct join join;
    return read_join(e, &join, call, at, false) ? run_join(e, &join, at) : value_unknown(join.missing);
}

static struct value by_ref_of(struct evaluation *e, const struct call *call, struct fact *at) {
    struct join join;
    return read_join(e, &join, call, at, true) ? run_join(e, &join, at) : value_unknown(join.missing);
}

/* Members whose path is one of the prefixes of a text. */
static struct value by_prefix_of(struct evaluation *e, const struct call *call, struct fact *at) {
    struct value text = argument(e, call->arguments[2], at, 'T');
    if (text.kind == VALUE_UNKNOWN) {
        return text;
    }
    struct join join = {.call = call, .pairs = 1, .paths = {call->keys[1]}};
    size_t length = strlen(text.text);
    for (size_t i = length < MAX_PREFIX ? length : MAX_PREFIX; i > 0; i--) {
        add_word(e, &join.wanted[0], arena_copy(e->arena, text.text, i));
    }
    return run_join(e, &join, at);
}

/* ---- Groups ----------------------------------------------------------------------------------------- */

/* The key of a member: the first word of each path. NULL: it has not all of them; *unsure: nobody knows. */
static const char *group_of(struct evaluation *e, const struct call *call, struct fact *member, bool *unsure) {
    const char *text = "";
    for (size_t i = 1; i < call->count; i++) {
        struct words words = words_at(e, call->keys[i], member, true);
        if (words.unsure) {
            *unsure = true;
            return NULL;
        }
        if (!words.count) {
            return NULL;
        }
        text = call->count == 2 ? words.items[0] : map_text_more(e->arena, text, words.items[0]);
    }
    return text;
}

static struct value groups(struct evaluation *e, const struct call *call, struct fact *at, bool first) {
    struct value set = argument(e, call->arguments[0], at, 'n');
    if (set.kind == VALUE_UNKNOWN) {
        return set;
    }
    struct found found = {.e = e};
    struct map seen = {.arena = e->arena};
    for (size_t i = 0; i < set.nodes.count && !e->exhausted; i++) {
        bool unsure = set.nodes.items[i].maybe;
        struct fact *fact = set.nodes.items[i].fact;
        spend(e, 1);
        const char *group = group_of(e, call, fact, &unsure);
        if (unsure) {
            return value_unknown(missing_both(e, set.nodes.missing, missing_below(e, fact, NULL)));
        }
        struct map_key key = {.text = group};
        bool again = group && map_find(&seen, &key);
        if (group && !again) {
            map_put(&seen, &key, fact);
        }
        if (group && again != first) {
            add_found(&found, fact, false);
        }
    }
    const struct missing *why = set.nodes.count ? NULL : set.nodes.missing;
    return (struct value){.kind = VALUE_NODES, .nodes = {found.members, found.member_count, why}};
}

static struct value distinct_of(struct evaluation *e, const struct call *call, struct fact *at) {
    return groups(e, call, at, true);
}

static struct value repeated_of(struct evaluation *e, const struct call *call, struct fact *at) {
    return groups(e, call, at, false);
}

/* ---- Sets of references ----------------------------------------------------------------------------- */

/* The references of a set, in a map; false: some are not known. */
static bool references(struct evaluation *e, const struct nodes *nodes, struct map *map) {
    bool all = true;
    *map = (struct map){.arena = e->arena};
    for (size_t i = 0; i < nodes->count && !e->exhausted; i++) {
        struct fact *fact = nodes->items[i].fact;
        spend(e, 1);
        all = all && !nodes->items[i].maybe && fact->state == FACT_READABLE;
        if (fact->value && !nodes->items[i].maybe) {
            struct map_key key = {.text = reference_of(e, fact->value)};
            map_put(map, &key, fact);
        }
    }
    return all;
}

static struct value without_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)count;
    const struct nodes *nodes = &arguments[0].nodes;
    struct map map;
    bool known = references(e, &arguments[1].nodes, &map);
    struct found found = {.e = e};
    for (size_t i = 0; i < nodes->count && !e->exhausted; i++) {
        struct fact *fact = nodes->items[i].fact;
        struct map_key key = {.text = fact->value ? reference_of(e, fact->value) : NULL};
        spend(e, 1);
        if (!key.text || !map_find(&map, &key)) {
            add_found(&found, fact, nodes->items[i].maybe || !known);
        }
    }
    const struct missing *missing = nodes->missing;
    if (found.member_count && !known) {
        missing = missing_both(e, missing, arguments[1].nodes.missing);
    }
    return (struct value){.kind = VALUE_NODES, .nodes = {found.members, found.member_count, missing}};
}

static bool holds_all(struct evaluation *e, const struct nodes *nodes, const struct map *map) {
    for (size_t i = 0; i < nodes->count; i++) {
        const char *value = nodes->items[i].fact->value;
        struct map_key key = {.text = value ? reference_of(e, value) : NULL};
        if (key.text && !map_find(map, &key)) {
            return false;
        }
    }
    return true;
}

static struct value same_refs_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)count;
    const struct nodes *a = &arguments[0].nodes, *b = &arguments[1].nodes;
    struct map of_a, of_b;
    bool known = references(e, a, &of_a);
    known = references(e, b, &of_b) && known;
    if (!known) {
        return value_unknown(missing_both(e, a->missing, b->missing));
    }
    return value_boolean(holds_all(e, a, &of_b) && holds_all(e, b, &of_a));
}

const struct function functions_join[] = {
    {.name = "tw:by", .takes = "nKv", .min = 3, .repeats = 2, .returns = RETURNS_ARGUMENT, .lazy = by_of},
    {.name = "tw:byRef", .takes = "nKv", .min = 3, .repeats = 2, .returns = RETURNS_ARGUMENT, .lazy = by_ref_of},
    {.name = "tw:byPrefix", .takes = "nKT", .min = 3, .returns = RETURNS_ARGUMENT, .lazy = by_prefix_of},
    {.name = "tw:distinct", .takes = "nK", .min = 2, .repeats = 1, .returns = RETURNS_ARGUMENT, .lazy = distinct_of},
    {.name = "tw:repeated", .takes = "nK", .min = 2, .returns = RETURNS_ARGUMENT, .lazy = repeated_of},
    {.name = "tw:without", .takes = "nn", .min = 2, .returns = RETURNS_ARGUMENT, .body = without_of},
    {.name = "tw:sameRefs", .takes = "Nn", .min = 2, .returns = RETURNS_BOOLEAN, .body = same_refs_of},
    {0},
};
