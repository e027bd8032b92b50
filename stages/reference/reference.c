#include "reference/reference.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/problems.h"
#include "base/time.h"
#include "reference/inside.h"
#include "reference/registers-file.h"
#include "tree/fact.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { POLICY_LIMIT = 1 << 20 };

/* ---- opening ---- */

static struct policy *open_policy(struct reference *reference, const struct reference_paths *paths,
                                  struct problems *problems) {
    struct arena *arena = reference->arena;
    struct csv parameters;
    struct policy *policy;
    char *text = NULL;
    size_t length = 0;

    if (!load_csv(arena, arena_printf(arena, "%s/policy/parameters.csv", paths->schemas), &parameters, problems)) {
        return NULL;
    }
    if (paths->policy != NULL) {
        text = file_read(paths->policy, POLICY_LIMIT, &length);
        if (text == NULL) {
            problem(problems, paths->policy, 0, 0, "%s", strerror(errno));
            return NULL;
        }
    }
    policy = policy_read(arena, &parameters, paths->policy, text, length, problems);
    free(text);
    if (policy != NULL && paths->settings != NULL) {
        policy_override(policy, "options", paths->settings, problems);
    }
    return policy;
}

static struct kinds *open_kinds(struct reference *reference, const char *schemas, const char *name, bool lists,
                                struct problems *problems) {
    struct csv csv;

    if (!load_csv(reference->arena, arena_printf(reference->arena, "%s/%s", schemas, name), &csv, problems)) {
        return NULL;
    }
    return kinds_read(reference->arena, reference->names, &csv, lists, problems);
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The tokens of list LegalForm, as base/fold.h wants them. */
static void collect_legal_forms(struct reference *reference) {
    const struct table *list = reference_list(reference, "LegalForm");
    const char **tokens;

    if (list == NULL || list->count == 0) {
        return;
    }
    tokens = arena_alloc(reference->arena, list->count * sizeof *tokens);
    for (size_t i = 0; i < list->count; i++) {
        tokens[i] = fact_text(list->rows[i].fact, "code");
    }
    qsort(tokens, list->count, sizeof *tokens, by_bytes);
    reference->legal_forms = (struct legal_forms){.tokens = tokens, .count = list->count};
}

static bool has_zone(const struct reference *reference, const char *name) {
    for (size_t i = 0; i < reference->zone_count; i++) {
        if (strcmp(reference->zones[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* False: there is no such zone. */
static bool add_zone(struct reference *reference, const char *name) {
    const struct zone *zone;
    if (name == NULL || has_zone(reference, name)) {
        return true;
    }
    if (!zone_open(reference->arena, name, &zone)) {
        return false;
    }
    if (reference->zone_count == reference->zone_capacity) {
        reference->zones =
            arena_grow(reference->arena, reference->zones, &reference->zone_capacity, sizeof *reference->zones);
    }
    reference->zones[reference->zone_count++] = (struct named_zone){name, zone};
    return true;
}

/* Compiles the zones that offices and the policy name, so that a look-up opens nothing. problems NULL: a zone that
 * there is not is not known. */
static void collect_office_zones(struct reference *reference, struct problems *problems) {
    const struct table *offices = reference_table(reference, "office");

    for (size_t i = 0; offices != NULL && i < offices->count; i++) {
        const char *name = fact_text(offices->rows[i].fact, "zone");
        if (!add_zone(reference, name) && problems != NULL) {
            problem(problems, reference->file, 0, 0, "office %s: no such zone: %s",
                    fact_text(offices->rows[i].fact, "code"), name);
        }
    }
}

static void collect_policy_zones(struct reference *reference, struct problems *problems) {
    for (int profile = 0; profile < PROFILES; profile++) {
        const char *name = policy_value(reference->policy, (enum policy_profile)profile, "time.zone", NULL).value;
        if (!add_zone(reference, name)) {
            problem(problems, "policy", 0, 0, "time.zone: no such zone: %s", name);
        }
    }
}

static void take_digest(struct reference *reference) {
    struct digest *digest = digest_open();

    for (size_t i = 0; i < reference->list_count; i++) {
        digest_add(digest, reference->lists[i].digest, DIGEST_TEXT);
    }
    for (size_t i = 0; i < kinds_count(reference->kinds); i++) {
        const struct table *table = &reference->tables[i];
        char state = (char)('0' + table->state);
        digest_add(digest, table->digest, DIGEST_TEXT);
        digest_add(digest, &state, 1);
    }
    digest_add(digest, policy_digest(reference->policy), DIGEST_TEXT - 1);
    digest_close(digest, reference->digest);
}

static void load_all(struct reference *reference, const struct reference_paths *paths, struct problems *problems) {
    struct arena *arena = reference->arena;
    struct registers_file *file = NULL;

    if (paths->registers != NULL) {
        file = registers_file_open(paths->registers, problems);
    }
    load_lists(reference, arena_printf(arena, "%s/codes", paths->schemas), file, problems);
    load_registers(reference, arena_printf(arena, "%s/registers", paths->schemas), file, problems);
    registers_file_close(file, false);
    collect_legal_forms(reference);
    denied_fold(reference);
    collect_office_zones(reference, problems);
    collect_policy_zones(reference, problems);
    take_digest(reference);
}

struct reference *reference_open(const struct reference_paths *paths, struct names *names, int32_t today,
                                 struct problems *problems) {
    struct arena *arena = arena_new();
    struct reference *reference = arena_zero(arena, sizeof *reference);
    size_t before = problems->count;

    reference->arena = arena;
    reference->names = names;
    reference->today = today;
    reference->file = paths->registers == NULL ? NULL : arena_string(arena, paths->registers);
    reference->policy = open_policy(reference, paths, problems);
    reference->kinds = open_kinds(reference, paths->schemas, "registers.csv", false, problems);
    reference->list_kinds = open_kinds(reference, paths->schemas, "lists.csv", true, problems);
    if (reference->policy != NULL && reference->kinds != NULL && reference->list_kinds != NULL) {
        load_all(reference, paths, problems);
    }
    if (problems->count != before) {
        reference_close(reference);
        return NULL;
    }
    return reference;
}

void reference_close(struct reference *reference) {
    if (reference != NULL) {
        arena_free(reference->arena);
    }
}

/* ---- what there is ---- */

const struct policy *reference_policy(const struct reference *reference) {
    return reference->policy;
}

const struct kinds *reference_kinds(const struct reference *reference) {
    return reference->kinds;
}

const struct kinds *reference_lists(const struct reference *reference) {
    return reference->list_kinds;
}

const struct legal_forms *reference_legal_forms(const struct reference *reference) {
    return &reference->legal_forms;
}

const char *reference_file(const struct reference *reference) {
    return reference->file;
}

const char *reference_digest(const struct reference *reference) {
    return reference->digest;
}

static int place_of(const struct reference *reference, const char *kind) {
    for (size_t i = 0; i < kinds_count(reference->kinds); i++) {
        const char *name = kinds_item(reference->kinds, i)->name;
        if (*name == *kind && strcmp(name, kind) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const struct table *reference_table(const struct reference *reference, const char *kind) {
    int place = place_of(reference, kind);

    return place < 0 ? NULL : &reference->tables[place];
}

static int compare_list(const void *name, const void *table) {
    return strcmp(name, ((const struct table *)table)->kind->name);
}

const struct table *reference_list(const struct reference *reference, const char *list) {
    return reference->list_count == 0
               ? NULL
               : bsearch(list, reference->lists, reference->list_count, sizeof *reference->lists, compare_list);
}

void reference_add(struct reference *reference, const char *kind, const struct register_line *lines, size_t count) {
    int place = place_of(reference, kind);
    struct grid *grid = &reference->grids[place];
    struct table *table = &reference->tables[place];

    grid->kind = table->kind;
    for (size_t i = 0; i < count; i++) {
        const char **values = arena_alloc(reference->arena, table->kind->count * sizeof *values);
        for (size_t column = 0; column < table->kind->count; column++) {
            const char *value = lines[i].value(lines[i].context, table->kind->columns[column].name);
            values[column] = value == NULL ? "" : arena_string(reference->arena, value);
        }
        grid_add(reference->arena, grid, values, 0);
    }
    if (table->as_at == DAY_LAST) {
        table->as_at = reference->today;
    }
    build_register(reference, (size_t)place);
    collect_office_zones(reference, NULL);
    denied_fold(reference);
    take_digest(reference);
}

/* ---- look-ups in one register ---- */

struct answer find_rows(const struct reference *reference, struct arena *arena, const char *kind, unsigned key,
                        const char *const *values, size_t count, int32_t day) {
    const struct table *table = reference_table(reference, kind);

    if (table == NULL) {
        return (struct answer){.state = REGISTER_MISSING};
    }
    return table_find(table, arena, key, values, count, day);
}

struct answer find_row(const struct reference *reference, struct arena *arena, const char *kind, unsigned key,
                       const char *value, int32_t day) {
    return find_rows(reference, arena, kind, key, &value, 1, day);
}

struct answer filter_rows(struct arena *arena, struct answer answer,
                          bool (*keep)(const struct fact *row, const void *context), const void *context) {
    struct fact **rows = arena_alloc(arena, answer.count * sizeof(struct fact *));
    size_t kept = 0;

    for (size_t i = 0; i < answer.count; i++) {
        if (keep(answer.rows[i], context)) {
            rows[kept++] = answer.rows[i];
        }
    }
    return (struct answer){.state = answer.state, .rows = rows, .count = kept};
}

bool row_in_force(const struct fact *row, int32_t day) {
    const char *from = fact_text(row, "from"), *to = fact_text(row, "to");
    int32_t bound;

    return (from == NULL || !day_read(from, &bound) || bound <= day) &&
           (to == NULL || !day_read(to, &bound) || day <= bound);
}
