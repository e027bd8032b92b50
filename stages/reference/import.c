#include "reference/import.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/problems.h"
#include "reference/grid.h"
#include "reference/hash.h"
#include "reference/inside.h"
#include "reference/reference.h"
#include "reference/registers-file.h"
#include "tree/fact.h"
#include "tree/names.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct importing {
    const struct import *import;
    struct arena *arena;
    struct reference *reference;
    struct problems *problems;
    struct registers_file *file;
    struct csv csv;
    size_t rows;
};

enum { ANY_CODE = 1 };

static bool is_known(const void *codes, const char *list, const char *code) {
    const struct table *table = reference_list(codes, list);

    /* A list that is not loaded judges nothing. */
    return table == NULL || table_first(table, ANY_CODE, &code, 1, ANY_DAY) != NULL;
}

/* ---- what is there already ---- */

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The day of publication and the issuers that are complete: as given, with --merge beside those before. */
static struct register_about about_of(const struct importing *importing, const struct register_about *before) {
    const struct import *import = importing->import;
    size_t old = import->merge ? before->complete_count : 0;
    struct register_about about = {.there = true, .as_at = import->as_at, .imported = import->today};

    about.complete = arena_alloc(importing->arena, (old + import->complete_count) * sizeof *about.complete);
    for (size_t i = 0; i < old; i++) {
        about.complete[about.complete_count++] = before->complete[i];
    }
    for (size_t i = 0; i < import->complete_count; i++) {
        about.complete[about.complete_count++] = import->complete[i];
    }
    if (about.complete_count != 0) {
        qsort(about.complete, about.complete_count, sizeof *about.complete, by_text);
    }
    return about;
}

/* The shipped rows of a list that the register file does not have. */
static bool shipped_rows(struct importing *importing, const struct kind *kind, struct grid *grid) {
    const char *path = arena_printf(importing->arena, "%s/codes/%s.csv", importing->import->schemas, kind->name);
    struct csv csv;

    if (access(path, R_OK) != 0) {
        return true;
    }
    return load_csv(importing->arena, path, &csv, importing->problems) &&
           grid_from_csv(importing->arena, kind, &csv, grid, importing->problems);
}

/* Writes the rows, with --merge over those that are there. */
static bool write_rows(struct importing *importing, const struct grid *fresh, bool list) {
    struct register_about before, about;
    struct grid grid;

    if (!registers_file_read(importing->file, importing->arena, fresh->kind, list, &grid, &before,
                             importing->problems)) {
        return false;
    }
    about = about_of(importing, &before);
    importing->rows += fresh->count;
    if (!importing->import->merge) {
        return registers_file_write(importing->file, fresh, list, &about, importing->problems);
    }
    if (list && !before.there && !shipped_rows(importing, fresh->kind, &grid)) {
        return false;
    }
    grid_merge(importing->arena, &grid, fresh);
    return registers_file_write(importing->file, &grid, list, &about, importing->problems);
}

/* ---- registers ---- */

/* Whether every row of a sub-table has its register's row. */
static bool check_parents(struct importing *importing, const struct grid *part) {
    const struct kind *parent = part->kind->parent;
    struct register_about about;
    struct grid grid;
    struct hash hash;
    size_t before = importing->problems->count;

    if (!registers_file_read(importing->file, importing->arena, parent, false, &grid, &about, importing->problems)) {
        return false;
    }
    hash = hash_new(importing->arena, grid.count);
    for (size_t i = 0; i < grid.count; i++) {
        hash_add(&hash, grid_hash(parent, (const char *const *)grid.rows[i].values), i);
    }
    for (size_t i = 0; i < part->count; i++) {
        const char *const *values = (const char *const *)part->rows[i].values;
        size_t at = hash_first(&hash, grid_outer_hash(part->kind, values));
        while (at != HASH_NONE &&
               !grid_belongs(parent, (const char *const *)grid.rows[at].values, part->kind, values)) {
            at = hash_next(&hash, at);
        }
        if (at == HASH_NONE) {
            problem(importing->problems, importing->csv.file, part->rows[i].line, 0,
                    "%s: no row of register %s has this key; import %s first",
                    grid_outer_text(importing->arena, part->kind, values), parent->name, parent->name);
        }
    }
    return importing->problems->count == before;
}

static const struct kind *find_kind(struct importing *importing) {
    const struct kinds *kinds = reference_kinds(importing->reference);
    const char *name = importing->import->kind;
    const struct kind *kind = kinds_find(kinds, name), *near;

    if (kind == NULL) {
        near = kinds_nearest(kinds, name);
        problem(importing->problems, name, 0, 0, "no such register%s%s%s", near == NULL ? "" : "; did you mean ",
                near == NULL ? "" : near->name, near == NULL ? "" : "?");
    }
    return kind;
}

static bool import_register(struct importing *importing) {
    struct code_check check = {is_known, importing->reference};
    const struct kind *kind = find_kind(importing);
    struct grid grid;

    return kind != NULL && grid_from_csv(importing->arena, kind, &importing->csv, &grid, importing->problems) &&
           grid_check(importing->arena, &grid, importing->csv.file, &check, importing->problems) &&
           (kind->parent == NULL || kind->own_rows || check_parents(importing, &grid)) &&
           write_rows(importing, &grid, false);
}

/* ---- code lists ---- */

/* The records of one list, without the columns that only other lists of the file have. */
static bool records_of(struct importing *importing, const char *name, int list_column, const struct kind *kind,
                       struct grid *grid) {
    const struct csv *csv = &importing->csv;
    size_t before = importing->problems->count;

    *grid = (struct grid){.kind = kind};
    for (size_t i = 0; i < csv->count; i++) {
        const struct csv_record *record = &csv->records[i];
        const char **values;
        if (strcmp(csv_field(record, list_column), name) != 0) {
            continue;
        }
        values = arena_alloc(importing->arena, kind->count * sizeof *values);
        for (size_t column = 0; column < kind->count; column++) {
            values[column] = csv_field(record, csv_column(csv, kind->columns[column].name));
        }
        for (size_t column = 0; column < csv->width; column++) {
            if ((int)column != list_column && kind_column(kind, csv->columns[column]) == NULL &&
                *record->fields[column] != '\0') {
                problem(importing->problems, csv->file, record->line, 0, "%s: list %s has no such column",
                        csv->columns[column], name);
            }
        }
        grid_add(importing->arena, grid, values, record->line);
    }
    return importing->problems->count == before;
}

static bool import_list(struct importing *importing, const char *name, int list_column) {
    struct code_check check = {is_known, importing->reference};
    const struct kind *kind = kinds_find(reference_lists(importing->reference), name);
    struct grid grid;

    if (kind == NULL) {
        kind = kind_plain_list(importing->arena, importing->reference->names, name);
    }
    return records_of(importing, name, list_column, kind, &grid) &&
           grid_check(importing->arena, &grid, importing->csv.file, &check, importing->problems) &&
           write_rows(importing, &grid, true);
}

static bool seen_before(const struct csv *csv, size_t record, int column) {
    for (size_t i = 0; i < record; i++) {
        if (strcmp(csv_field(&csv->records[i], column), csv_field(&csv->records[record], column)) == 0) {
            return true;
        }
    }
    return false;
}

static bool import_lists(struct importing *importing) {
    const struct csv *csv = &importing->csv;
    int list = csv_column(csv, "list");
    bool good = true;

    if (list < 0 || csv_column(csv, "code") < 0) {
        problem(importing->problems, csv->file, 1, 0, "no column %s", list < 0 ? "list" : "code");
        return false;
    }
    for (size_t i = 0; i < csv->count; i++) {
        const char *name = csv_field(&csv->records[i], list);
        if (*name == '\0') {
            problem(importing->problems, csv->file, csv->records[i].line, 0, "list: empty");
            good = false;
        } else if ((i == 0 || strcmp(name, csv_field(&csv->records[i - 1], list)) != 0) && !seen_before(csv, i, list)) {
            good &= import_list(importing, name, list);
        }
    }
    return good;
}

/* ---- import ---- */

static bool run(struct importing *importing) {
    const struct import *import = importing->import;
    bool good;

    if (!load_csv(importing->arena, import->csv, &importing->csv, importing->problems)) {
        return false;
    }
    if (importing->csv.count == 0 && !import->merge) {
        problem(importing->problems, import->csv, 0, 0,
                "has no rows: an import replaces a register, it never empties it");
        return false;
    }
    importing->file = registers_file_create(import->registers, importing->problems);
    if (importing->file == NULL) {
        return false;
    }
    good = strcmp(import->kind, "code") == 0 ? import_lists(importing) : import_register(importing);
    if (!registers_file_close(importing->file, good) && good) {
        problem(importing->problems, import->registers, 0, 0, "the register file could not be written");
        good = false;
    }
    return good;
}

bool import_csv(const struct import *import, size_t *rows, struct problems *problems) {
    struct names *names = names_new();
    struct importing importing = {.import = import, .arena = arena_new(), .problems = problems};
    struct reference_paths paths = {.schemas = import->schemas,
                                    .registers = access(import->registers, F_OK) == 0 ? import->registers : NULL};
    bool good = false;

    importing.reference = reference_open(&paths, names, import->today, problems);
    if (importing.reference != NULL) {
        good = run(&importing);
    }
    *rows = importing.rows;
    reference_close(importing.reference);
    arena_free(importing.arena);
    names_free(names);
    return good;
}
