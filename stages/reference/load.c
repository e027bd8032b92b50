/* Loading code lists and registers at start-up: shipped CSV files, and the register file over them. */

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/problems.h"
#include "base/time.h"
#include "reference/build.h"
#include "reference/inside.h"
#include "reference/registers-file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { CSV_LIMIT = 1 << 28, SECONDS_OF_DAY = 86400 };

bool load_csv(struct arena *arena, const char *path, struct csv *out, struct problems *problems) {
    size_t length;
    char *text = file_read(path, CSV_LIMIT, &length);
    bool good;

    if (text == NULL) {
        problem(problems, path, 0, 0, "%s", strerror(errno));
        return false;
    }
    good = csv_read(arena, arena_string(arena, path), text, length, out, problems);
    free(text);
    return good;
}

/* ---- code lists ---- */

static const struct kind *list_kind(struct reference *reference, const char *name) {
    const struct kind *kind = kinds_find(reference->list_kinds, name);

    return kind != NULL ? kind : kind_plain_list(reference->arena, reference->names, name);
}

static struct table *find_list(struct reference *reference, const char *name) {
    for (size_t i = 0; i < reference->list_count; i++) {
        if (strcmp(reference->lists[i].kind->name, name) == 0) {
            return &reference->lists[i];
        }
    }
    return NULL;
}

static void put_list(struct reference *reference, const struct grid *grid, const struct register_about *about,
                     size_t *capacity) {
    struct table *table = find_list(reference, grid->kind->name);
    struct builder builder;

    if (table == NULL) {
        if (reference->list_count == *capacity) {
            reference->lists = arena_grow(reference->arena, reference->lists, capacity, sizeof *reference->lists);
        }
        table = &reference->lists[reference->list_count++];
    }
    *table = (struct table){.as_at = about->as_at,
                            .complete = (const char *const *)about->complete,
                            .complete_count = about->complete_count};
    builder = table_build(reference->arena, reference->names, table, grid);
    table_close(&builder);
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const struct table *)a)->kind->name, ((const struct table *)b)->kind->name);
}

static void load_shipped_list(struct reference *reference, const char *folder, const char *file, size_t *capacity,
                              struct problems *problems) {
    static const struct register_about shipped = {.there = true, .as_at = DAY_FIRST, .imported = DAY_FIRST};
    const char *name = arena_copy(reference->arena, file, strlen(file) - strlen(".csv"));
    struct csv csv;
    struct grid grid;

    if (load_csv(reference->arena, arena_printf(reference->arena, "%s/%s", folder, file), &csv, problems) &&
        grid_from_csv(reference->arena, list_kind(reference, name), &csv, &grid, problems) &&
        grid_check(reference->arena, &grid, csv.file, NULL, problems)) {
        put_list(reference, &grid, &shipped, capacity);
    }
}

static void load_imported_lists(struct reference *reference, struct registers_file *file, size_t *capacity,
                                struct problems *problems) {
    const char *const *names;
    size_t count;

    if (!registers_file_lists(file, reference->arena, &names, &count, problems)) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct register_about about;
        struct grid grid;
        if (registers_file_read(file, reference->arena, list_kind(reference, names[i]), true, &grid, &about,
                                problems) &&
            grid_check(reference->arena, &grid, reference->file, NULL, problems)) {
            put_list(reference, &grid, &about, capacity);
        }
    }
}

void load_lists(struct reference *reference, const char *folder, struct registers_file *file,
                struct problems *problems) {
    struct file_list files;
    size_t capacity = 0;

    if (!file_list(folder, &files)) {
        problem(problems, folder, 0, 0, "%s", strerror(errno));
        return;
    }
    for (size_t i = 0; i < files.count; i++) {
        if (file_has_suffix(files.names[i], ".csv")) {
            load_shipped_list(reference, folder, files.names[i], &capacity, problems);
        }
    }
    file_list_free(&files);
    if (file != NULL) {
        load_imported_lists(reference, file, &capacity, problems);
    }
    if (reference->list_count != 0) {
        qsort(reference->lists, reference->list_count, sizeof *reference->lists, by_name);
    }
}

/* ---- registers ---- */

/* Policy register.maxAge, for party.denied denied.maxAge: the last day on which a register of that day is fresh. */
static int32_t fresh_until(const struct reference *reference, const char *kind, int32_t as_at) {
    struct setting age = strcmp(kind, "party.denied") == 0
                             ? policy_value(reference->policy, PROFILE_GENERIC, "denied.maxAge", NULL)
                             : policy_value(reference->policy, PROFILE_GENERIC, "register.maxAge", kind);
    struct duration duration;

    if (as_at == DAY_FIRST || age.value == NULL || !duration_read(age.value, &duration)) {
        return DAY_LAST;
    }
    return day_add_months(as_at, duration.months) + (int32_t)(duration.seconds / SECONDS_OF_DAY);
}

void build_register(struct reference *reference, size_t place) {
    const struct kind *kind = kinds_item(reference->kinds, place);
    struct table *table = &reference->tables[place];
    struct builder builder = table_build(reference->arena, reference->names, table, &reference->grids[place]);

    for (size_t i = 0; i < kinds_count(reference->kinds); i++) {
        const struct kind *part = kinds_item(reference->kinds, i);
        if (part->parent == kind && !part->own_rows) {
            table_part(&builder, &reference->grids[i]);
        }
    }
    table_close(&builder);
    table->state =
        reference->today > fresh_until(reference, kind->name, table->as_at) ? REGISTER_STALE : REGISTER_AVAILABLE;
}

/* The rows of one kind, from the register file, or from schemas/registers where that has none. */
static bool read_rows(struct reference *reference, const char *folder, struct registers_file *file,
                      const struct kind *kind, struct grid *grid, struct register_about *about,
                      struct problems *problems) {
    struct arena *arena = reference->arena;
    const char *path = arena_printf(arena, "%s/%s.csv", folder, kind->name);
    struct csv csv;
    char *shipped;
    size_t length;

    *grid = (struct grid){.kind = kind};
    *about = (struct register_about){.as_at = DAY_FIRST, .imported = DAY_FIRST};
    if (file != NULL && registers_file_read(file, arena, kind, false, grid, about, problems) && about->there) {
        return grid_check(arena, grid, reference->file, NULL, problems);
    }
    shipped = file_read(path, CSV_LIMIT, &length);
    if (shipped == NULL) {
        return false;
    }
    about->there = csv_read(arena, path, shipped, length, &csv, problems) &&
                   grid_from_csv(arena, kind, &csv, grid, problems) && grid_check(arena, grid, path, NULL, problems);
    free(shipped);
    return about->there;
}

/* A register is as old as the oldest of its tables. */
static void add_age(struct reference *reference, const struct kind *kind, const struct register_about *about) {
    for (size_t i = 0; i < kinds_count(reference->kinds); i++) {
        const struct kind *item = kinds_item(reference->kinds, i);
        if (item == (kind->own_rows || kind->parent == NULL ? kind : kind->parent) && about->there &&
            about->as_at < reference->tables[i].as_at) {
            reference->tables[i].as_at = about->as_at;
        }
    }
}

void load_registers(struct reference *reference, const char *folder, struct registers_file *file,
                    struct problems *problems) {
    size_t count = kinds_count(reference->kinds);
    bool *there = arena_zero(reference->arena, count * sizeof *there);

    reference->tables = arena_zero(reference->arena, count * sizeof *reference->tables);
    reference->grids = arena_zero(reference->arena, count * sizeof *reference->grids);
    for (size_t i = 0; i < count; i++) {
        reference->tables[i] =
            (struct table){.kind = kinds_item(reference->kinds, i), .state = REGISTER_MISSING, .as_at = DAY_LAST};
    }
    for (size_t i = 0; i < count; i++) {
        struct register_about about;
        there[i] =
            read_rows(reference, folder, file, reference->tables[i].kind, &reference->grids[i], &about, problems);
        add_age(reference, reference->tables[i].kind, &about);
        reference->tables[i].complete = (const char *const *)about.complete;
        reference->tables[i].complete_count = about.complete_count;
    }
    for (size_t i = 0; i < count; i++) {
        if (there[i] && (reference->tables[i].kind->parent == NULL || reference->tables[i].kind->own_rows)) {
            build_register(reference, i);
        }
    }
}
