/* Loads the packs: what rulebook.h promises. */
#include "rules/load.h"

#include "base/arena.h"
#include "base/fault.h"
#include "reference/reference.h"
#include "xml/parse.h"

#include <stdlib.h>
#include <string.h>

/* ---- what expressions may name ---- */

static bool known_rules(struct loader *loader, const char *ids, const char **nearest) {
    size_t count = 0;
    const char *const *names = words_of(loader->arena, ids, &count);
    for (size_t i = 0; i < count; i++) {
        const struct declared *other = declared_find(loader, names[i]);
        if (!other && !is_structural(names[i])) {
            *nearest = declared_nearest(loader, names[i]);
            return false;
        }
        loader->failed_at_large = loader->failed_at_large || !loader->compiling;
        if (other && loader->compiling) {
            if (loader->edge_count == loader->edge_capacity) {
                loader->edges = arena_grow(loader->arena, loader->edges, &loader->edge_capacity, sizeof *loader->edges);
            }
            loader->edges[loader->edge_count++] = (struct edge){.from = (size_t)(loader->compiling - loader->declared),
                                                                .to = (size_t)(other - loader->declared)};
        }
    }
    return count > 0;
}

static bool known_kind(const struct kinds *kinds, const char *name, const char **nearest) {
    if (kinds_find(kinds, name)) {
        return true;
    }
    const struct kind *near = kinds_nearest(kinds, name);
    *nearest = near ? near->name : NULL;
    return false;
}

static bool known_literal(const void *context, enum literal kind, const char *name, const char **nearest) {
    struct loader *loader = *(struct loader *const *)context;
    const struct reference *reference = loader->reference;
    if (kind == LITERAL_RULES) {
        return known_rules(loader, name, nearest);
    }
    if (!reference) {
        return true;
    }
    if (kind == LITERAL_POLICY) {
        bool known = policy_parameter(reference_policy(reference), name, NULL) != NULL;
        *nearest = known ? NULL : policy_nearest(reference_policy(reference), name);
        return known;
    }
    return known_kind(kind == LITERAL_LIST ? reference_lists(reference) : reference_kinds(reference), name, nearest);
}

static bool known_column(const void *context, const char *rows, const char *column, const char **nearest) {
    const struct loader *loader = *(struct loader *const *)context;
    if (!loader->reference) {
        return true;
    }
    bool list = strncmp(rows, "list:", 5) == 0;
    const char *colon = strchr(rows, ':');
    return register_has_column(list ? reference_lists(loader->reference) : reference_kinds(loader->reference),
                               colon ? colon + 1 : rows, column, nearest);
}

/* ---- finding what was declared ---- */

const struct declared *declared_find(const struct loader *loader, const char *id) {
    for (size_t i = 0; i < loader->declared_count; i++) {
        if (strcmp(loader->declared[i].id, id) == 0) {
            return &loader->declared[i];
        }
    }
    return NULL;
}

const char *declared_nearest(const struct loader *loader, const char *id) {
    const char **ids = arena_alloc(loader->arena, (loader->declared_count + 1) * sizeof *ids);
    for (size_t i = 0; i < loader->declared_count; i++) {
        ids[i] = loader->declared[i].id;
    }
    return problem_nearest(id, ids, loader->declared_count);
}

struct pack_file *pack_file_named(const struct loader *loader, size_t pack, const char *name) {
    for (size_t i = 0; i < loader->file_count; i++) {
        struct pack_file *file = loader->files[i];
        if (file->pack == pack && file->kind == FILE_SHARED && strcmp(file->name, name) == 0) {
            return file;
        }
    }
    return NULL;
}

bool is_structural(const char *id) {
    return (id[0] == 'X' || id[0] == 'G') && id[1] == '-';
}

/* ---- loading ---- */

static void for_files(struct loader *loader, enum pack_file_kind kind,
                      void (*act)(struct loader *, struct pack_file *)) {
    for (size_t i = 0; i < loader->file_count; i++) {
        struct pack_file *file = loader->files[i];
        if (file->kind == kind && file->root) {
            act(loader, file);
        }
    }
}

static void compile_all(struct loader *loader, const struct vocabulary *vocabulary) {
    /* The program keeps a pointer to `known`, whose context outlives this call within the arena. */
    struct known *known = arena_zero(loader->arena, sizeof *known);
    struct loader **self = arena_alloc(loader->arena, sizeof *self);
    *self = loader;
    *known = (struct known){.context = self, .literal = known_literal, .column = known_column};
    struct rulebook *book = loader->book;
    book->program = loader->program = program_new(loader->arena, loader->names, vocabulary, known, loader->problems);
    for_files(loader, FILE_SHARED, schema_declare);
    for_files(loader, FILE_SCHEMA, schema_declare);
    for_files(loader, FILE_SHARED, schema_compile);
    size_t before = loader->problems->count;
    for_files(loader, FILE_SCHEMA, schema_compile);
    loader->faulty = loader->problems->count > before;
    for_files(loader, FILE_CASCADES, cascades_load);
    if (loader->reference) {
        program_conditions(loader->program, loader->reference);
    }
    program_finish(loader->program);
    for_files(loader, FILE_EXAMPLE, examples_load);
    rulebook_order(loader);
}

struct rulebook *rulebook_load(const struct rulebook_needs *needs, struct problems *problems) {
    size_t before = problems->count;
    struct arena *arena = arena_new();
    struct rulebook *book = arena_zero(arena, sizeof *book);
    book->arena = arena;
    book->packs = arena_zero(arena, (needs->directory_count + 1) * sizeof *book->packs);
    struct loader *loader = arena_zero(arena, sizeof *loader);
    *loader = (struct loader){.arena = arena,
                              .names = needs->names,
                              .vocabulary = needs->vocabulary,
                              .reference = needs->reference,
                              .problems = problems,
                              .book = book,
                              .without_examples = needs->without_examples};
    book->loaded = loader;
    for (size_t i = 0; i < needs->directory_count; i++) {
        pack_read(loader, needs->directories[i], i == 0);
    }
    compile_all(loader, needs->vocabulary);
    if (problems->count > before) {
        rulebook_free(book);
        return NULL;
    }
    return book;
}

void rulebook_free(struct rulebook *rulebook) {
    if (!rulebook) {
        return;
    }
    for (size_t i = 0; i < rulebook->loaded->file_count; i++) {
        xml_release(rulebook->loaded->files[i]->xml);
    }
    program_end(rulebook->program);
    arena_free(rulebook->arena);
}

/* ---- what is told ---- */

size_t rulebook_packs(const struct rulebook *rulebook) {
    return rulebook->pack_count;
}

const struct pack *rulebook_pack(const struct rulebook *rulebook, size_t index) {
    return &rulebook->packs[index];
}

size_t rulebook_count(const struct rulebook *rulebook) {
    return rulebook->rule_count;
}

struct rule_summary rulebook_rule(const struct rulebook *rulebook, size_t index) {
    return rulebook->rules[index]->summary;
}

struct rule *rulebook_rule_named(const struct rulebook *rulebook, const char *id) {
    for (size_t i = 0; i < rulebook->rule_count; i++) {
        if (id_within(id, rulebook->rules[i]->summary.id)) {
            return rulebook->rules[i];
        }
    }
    return NULL;
}

bool rulebook_find(const struct rulebook *rulebook, const char *id, struct rule_summary *out) {
    const struct rule *rule = rulebook_rule_named(rulebook, id);
    if (rule) {
        *out = rule->summary;
    }
    return rule != NULL;
}
