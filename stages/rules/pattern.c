/* A pattern becomes a rule: its walks, written out or made from an abstract pattern. */
#include "rules/pattern.h"

#include "base/arena.h"

#include <string.h>

static bool is_abstract(const struct source *at) {
    const char *abstract = attribute(at, "abstract");
    return abstract && strcmp(abstract, "true") == 0;
}

static const struct source *abstract_in(const struct source *parent, const char *element, const char *id) {
    for (const struct source *at = first_element(parent, SCHEMATRON, element); at;
         at = next_element(at, SCHEMATRON, element)) {
        const char *its = attribute(at, "id");
        if (its && is_abstract(at) && strcmp(its, id) == 0) {
            return at;
        }
    }
    return NULL;
}

/* The abstract pattern of that id: in this file, or in a shared file of the pack. */
static const struct source *abstract_pattern(struct loader *loader, struct pack_file **file, const char *id) {
    const struct source *found = abstract_in((*file)->root, "pattern", id);
    for (size_t i = 0; !found && i < loader->file_count; i++) {
        struct pack_file *shared = loader->files[i];
        if (shared->kind == FILE_SHARED && shared->pack == (*file)->pack && shared->root) {
            found = abstract_in(shared->root, "pattern", id);
            *file = found ? shared : *file;
        }
    }
    return found;
}

static void read_parameters(struct pattern *p, const struct source *pattern) {
    struct loader *loader = p->bench.loader;
    struct parameter_value *values = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (const struct source *at = first_element(pattern, SCHEMATRON, "param"); at;
         at = next_element(at, SCHEMATRON, "param")) {
        check_attributes(loader, p->bench.file, at, "name value", NULL);
        if (!attribute(at, "name") || !attribute(at, "value")) {
            pack_complain(loader, p->bench.file, at, "a parameter has a name and a value");
            continue;
        }
        if (count == capacity) {
            values = arena_grow(loader->arena, values, &capacity, sizeof *values);
        }
        values[count++] = (struct parameter_value){.name = attribute(at, "name"), .value = attribute(at, "value")};
    }
    p->bench.parameters = values;
    p->bench.parameter_count = count;
}

/* ---- one rule element ---- */

/* "NAME: EXPRESSION; NAME: EXPRESSION …" of tw:key or tw:working. */
static const struct key *named_values(const struct pattern *p, const struct source *source, const char *attribute,
                                      size_t *count_out) {
    const char *text = tw_attribute(source, attribute);
    size_t count = 0;
    const char *const *parts = parts_of(p->bench.loader->arena, text ? text : "", ';', &count);
    struct key *keys = arena_zero(p->bench.loader->arena, (count + 1) * sizeof *keys);
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(parts[i], ":");
        if (!parts[i][length] || length == 0 || strcspn(parts[i], " \t('\"") < length) {
            bench_complain(&p->bench, source, "tw:%s is NAME: EXPRESSION; NAME: EXPRESSION …", attribute);
            continue;
        }
        struct key *key = &keys[*count_out];
        key->name = arena_copy(p->bench.loader->arena, parts[i], length);
        key->value = bench_compile(&p->bench, source, parts[i] + length + 1);
        *count_out += key->value != NULL;
    }
    return keys;
}

static size_t count_assertions(const struct source *source) {
    size_t count = 0;
    for (const struct source *at = source->first; at; at = at->next) {
        count += is_element(at, SCHEMATRON, "assert");
    }
    return count;
}

/* The abstract rules that a rule extends, then the rule itself; each may extend others. */
enum { EXTENDS_LIMIT = 32 };
struct chain_of_rules {
    const struct source *items[EXTENDS_LIMIT];
    size_t count;
};

static void collect_extended(const struct pattern *p, const struct source *source, struct chain_of_rules *chain,
                             unsigned depth) {
    for (const struct source *e = first_element(source, SCHEMATRON, "extends"); e;
         e = next_element(e, SCHEMATRON, "extends")) {
        check_attributes(p->bench.loader, p->bench.file, e, "rule", NULL);
        const char *id = attribute(e, "rule");
        const struct source *base = id ? abstract_in(p->body, "rule", id) : NULL;
        if (!base) {
            bench_complain(&p->bench, e, "no abstract rule %s in this pattern", id ? id : "(rule)");
        } else if (depth >= EXTENDS_LIMIT || chain->count + 1 >= EXTENDS_LIMIT) {
            bench_complain(&p->bench, e, "rule %s extends too many, or itself", id);
            return;
        } else {
            collect_extended(p, base, chain, depth + 1);
        }
    }
    if (chain->count < EXTENDS_LIMIT) {
        chain->items[chain->count++] = source;
    }
}

static void check_children(const struct pattern *p, const struct source *source) {
    for (const struct source *at = source->first; at; at = at->next) {
        if (is_element(at, SCHEMATRON, "report")) {
            bench_complain(&p->bench, at, "report says what is wrong; write an assert that says what must hold");
        } else if (!is_element(at, SCHEMATRON, "let") && !is_element(at, SCHEMATRON, "assert") &&
                   !is_element(at, SCHEMATRON, "extends")) {
            bench_complain(&p->bench, at, "no element %s in a rule", at->element->name);
        }
    }
}

static void walk_each(struct pattern *p, const struct source *source, struct walk *walk) {
    const char *each = tw_attribute(source, "each");
    const char *none = tw_attribute(source, "none");
    if (none && (!each || strcmp(none, "pass") != 0)) {
        bench_complain(&p->bench, source, "tw:none is \"pass\", on a rule with tw:each");
    }
    walk->none_passes = none != NULL;
    if (each) {
        walk->each = bench_compile(&p->bench, source, each);
        walk->each_variable = scope_each(p->bench.scope, walk->each);
    }
}

static size_t context_slot(struct loader *loader, const struct expression *context) {
    struct rulebook *book = loader->book;
    const char *canonical = expression_canonical(context);
    for (size_t i = 0; i < book->context_count; i++) {
        if (strcmp(expression_canonical(book->contexts[i]), canonical) == 0) {
            return i;
        }
    }
    const struct expression **grown = arena_alloc(loader->arena, (book->context_count + 1) * sizeof *grown);
    if (book->context_count) {
        memcpy(grown, book->contexts, book->context_count * sizeof *grown);
    }
    grown[book->context_count] = context;
    book->contexts = grown;
    return book->context_count++;
}

/* False: it is abstract, or its context is wrong. */
static bool walk_compile(struct pattern *p, const struct source *source, struct walk *walk) {
    struct loader *loader = p->bench.loader;
    check_attributes(loader, p->bench.file, source, "context id role abstract flag see fpi icon",
                     "each none when key working");
    check_children(p, source);
    if (is_abstract(source)) {
        return false;
    }
    const char *context = attribute(source, "context");
    if (!context) {
        bench_complain(&p->bench, source, "a rule has a context: a path from /dossier");
        return false;
    }
    struct scope *outer = p->bench.scope;
    walk->line = source->element->line;
    walk->context = bench_context(&p->bench, source, context);
    p->bench.scope = scope_new(loader->program, outer);
    if (walk->context) {
        scope_context(p->bench.scope, walk->context);
        walk->context_slot = context_slot(loader, walk->context);
        walk_each(p, source, walk);
        struct chain_of_rules chain = {0};
        collect_extended(p, source, &chain, 0);
        size_t asserts = 0;
        for (size_t i = 0; i < chain.count; i++) {
            bench_lets(&p->bench, chain.items[i]);
            asserts += count_assertions(chain.items[i]);
        }
        walk->when = bench_ours(&p->bench, source, "when");
        walk->keys = named_values(p, source, "key", &walk->key_count);
        walk->workings = named_values(p, source, "working", &walk->working_count);
        walk->assertions = arena_zero(loader->arena, (asserts + 1) * sizeof *walk->assertions);
        for (size_t i = 0; i < chain.count; i++) {
            assertions_compile(p, chain.items[i], attribute(source, "role"), walk);
        }
        if (!asserts) {
            bench_complain(&p->bench, source, "a rule without an assert says nothing");
        }
    }
    p->bench.scope = outer;
    return walk->context != NULL;
}

/* ---- the pattern ---- */

static void summarise(struct pattern *p, const struct schema_defaults *defaults, const struct source *pattern) {
    struct loader *loader = p->bench.loader;
    struct rule_summary *s = &p->rule->summary;
    const struct source *title = first_element(pattern, SCHEMATRON, "title");
    s->title = title && title->text ? collapsed(loader->arena, title->text) : NULL;
    if (!s->title) {
        pack_complain(loader, p->bench.file, pattern, "%s has no title", s->id);
        s->title = s->id;
    }
    s->title_zh = tw_attribute(pattern, "zh");
    const char *tier = tw_attribute(pattern, "tier");
    const char *from = tw_attribute(pattern, "from");
    const char *to = tw_attribute(pattern, "to");
    const char *replaced = tw_attribute(pattern, "replacedBy");
    const char *unsayable = tw_attribute(pattern, "unsayable");
    s->tier = tier ? (unsigned)(tier[0] - '0') : defaults->tier;
    if (tier && (tier[0] < '1' || tier[0] > '3' || tier[1])) {
        pack_complain(loader, p->bench.file, pattern, "tw:tier is 1, 2 or 3");
    }
    s->from = from ? from : defaults->from;
    s->to = to ? to : defaults->to;
    s->replaced_by = replaced ? replaced : defaults->replaced_by;
    if (s->replaced_by && !declared_find(loader, s->replaced_by)) {
        pack_complain(loader, p->bench.file, pattern, "%s is replaced by %s, which is no rule", s->id, s->replaced_by);
    }
    if (unsayable && strcmp(unsayable, "n/a") != 0) {
        pack_complain(loader, p->bench.file, pattern, "tw:unsayable is \"n/a\"");
    }
    p->rule->unsayable_na = unsayable ? strcmp(unsayable, "n/a") == 0 : defaults->unsayable_na;
}

static void check_pattern(struct pattern *p, const struct source *pattern) {
    check_attributes(p->bench.loader, p->bench.file, pattern, "id is-a abstract icon see fpi documents",
                     "zh tier from to replacedBy unsayable");
    for (const struct source *at = pattern->first; at; at = at->next) {
        if (!is_element(at, SCHEMATRON, "title") && !is_element(at, SCHEMATRON, "p") &&
            !is_element(at, SCHEMATRON, "let") && !is_element(at, SCHEMATRON, "rule") &&
            !is_element(at, SCHEMATRON, "param") && !is_element(at, TIDEWAITER, "define")) {
            pack_complain(p->bench.loader, p->bench.file, at, "no element %s in a pattern", at->element->name);
        }
    }
}

/* What is told of the rule as a whole: its strongest assertion, and the first texts. */
static void summarise_assertions(struct rule *rule) {
    struct rule_summary *s = &rule->summary;
    for (size_t i = 0; i < rule->walk_count; i++) {
        for (size_t j = 0; j < rule->walks[i].assertion_count; j++) {
            const struct assertion *a = &rule->walks[i].assertions[j];
            bool first = i == 0 && j == 0;
            s->severity = first || a->severity > s->severity ? a->severity : s->severity;
            s->effect = first || a->effect > s->effect ? a->effect : s->effect;
            s->who = s->who ? s->who : a->who;
        }
    }
}

struct rule *pattern_compile(struct loader *loader, const struct schema_defaults *defaults,
                             const struct declared *declared) {
    struct pattern p = {.bench = {.loader = loader, .file = defaults->file}, .own_file = defaults->file};
    p.rule = arena_zero(loader->arena, sizeof *p.rule);
    p.rule->summary.id = declared->id;
    p.rule->summary.pack = &loader->book->packs[defaults->file->pack];
    p.rule->summary.file = defaults->file->name;
    p.rule->summary.line = declared->pattern->element->line;
    p.rule->summary.point = defaults->point;
    p.pack = &loader->book->packs[defaults->file->pack];
    p.body = declared->pattern;
    p.body_file = defaults->file;
    check_pattern(&p, declared->pattern);
    summarise(&p, defaults, declared->pattern);
    const char *is_a = attribute(declared->pattern, "is-a");
    if (is_a) {
        p.body = abstract_pattern(loader, &p.body_file, is_a);
        if (!p.body) {
            pack_complain(loader, defaults->file, declared->pattern, "no abstract pattern %s", is_a);
            return NULL;
        }
        p.abstract_id = is_a;
        p.bench.instance = declared->pattern;
        read_parameters(&p, declared->pattern);
    }
    p.bench.scope = scope_new(loader->program, defaults->scope);
    bench_scope(&p.bench, p.body);
    size_t rules = 0;
    for (const struct source *at = p.body->first; at; at = at->next) {
        rules += is_element(at, SCHEMATRON, "rule");
    }
    p.rule->walks = arena_zero(loader->arena, (rules + 1) * sizeof *p.rule->walks);
    for (const struct source *at = first_element(p.body, SCHEMATRON, "rule"); at;
         at = next_element(at, SCHEMATRON, "rule")) {
        p.rule->walk_count += walk_compile(&p, at, &p.rule->walks[p.rule->walk_count]);
    }
    check_overlap(&p);
    summarise_assertions(p.rule);
    return p.rule;
}
