/* Registers back as the CSV that went in. */

#include "base/arena.h"
#include "base/buffer.h"
#include "base/csv.h"
#include "base/problems.h"
#include "reference/import.h"
#include "reference/inside.h"
#include "reference/registers-file.h"
#include "tree/names.h"

#include <string.h>

struct exporting {
    struct arena *arena;
    struct reference *reference;
    struct registers_file *file;
    struct buffer *out;
    struct problems *problems;
};

static bool export_register(struct exporting *exporting, const char *name) {
    const struct kind *kind = kinds_find(reference_kinds(exporting->reference), name), *near;
    struct register_about about;
    struct grid grid;

    if (kind == NULL) {
        near = kinds_nearest(reference_kinds(exporting->reference), name);
        problem(exporting->problems, name, 0, 0, "no such register%s%s%s", near == NULL ? "" : "; did you mean ",
                near == NULL ? "" : near->name, near == NULL ? "" : "?");
        return false;
    }
    if (!registers_file_read(exporting->file, exporting->arena, kind, false, &grid, &about, exporting->problems)) {
        return false;
    }
    if (!about.there) {
        problem(exporting->problems, exporting->reference->file, 0, 0, "no register %s in this file", name);
        return false;
    }
    grid_print(&grid, exporting->out);
    return true;
}

/* ---- code lists: one CSV with the columns of all of them ---- */

struct union_columns {
    const char *names[64];
    size_t count;
};

static void add_columns(struct union_columns *columns, const struct kind *kind) {
    for (size_t i = 0; i < kind->count; i++) {
        size_t at = 0;
        while (at < columns->count && strcmp(columns->names[at], kind->columns[i].name) != 0) {
            at++;
        }
        if (at == columns->count && at < sizeof columns->names / sizeof *columns->names) {
            columns->names[columns->count++] = kind->columns[i].name;
        }
    }
}

static void print_list(const struct grid *grid, const struct union_columns *columns, struct buffer *out) {
    for (size_t row = 0; row < grid->count; row++) {
        csv_write(out, grid->kind->name);
        for (size_t i = 0; i < columns->count; i++) {
            const char *value = grid_value(grid->kind, &grid->rows[row], columns->names[i]);
            buffer_char(out, ',');
            csv_write(out, value == NULL ? "" : value);
        }
        buffer_char(out, '\n');
    }
}

static bool export_lists(struct exporting *exporting) {
    struct union_columns columns = {.count = 0};
    const char *const *names;
    size_t count;

    if (!registers_file_lists(exporting->file, exporting->arena, &names, &count, exporting->problems)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        add_columns(&columns, reference_list(exporting->reference, names[i])->kind);
    }
    buffer_string(exporting->out, "list");
    for (size_t i = 0; i < columns.count; i++) {
        buffer_char(exporting->out, ',');
        csv_write(exporting->out, columns.names[i]);
    }
    buffer_char(exporting->out, '\n');
    for (size_t i = 0; i < count; i++) {
        struct register_about about;
        struct grid grid;
        if (!registers_file_read(exporting->file, exporting->arena,
                                 reference_list(exporting->reference, names[i])->kind, true, &grid, &about,
                                 exporting->problems)) {
            return false;
        }
        print_list(&grid, &columns, exporting->out);
    }
    return true;
}

bool export_csv(const char *kind, const char *registers, const char *schemas, struct buffer *out,
                struct problems *problems) {
    struct names *names = names_new();
    struct exporting exporting = {.arena = arena_new(), .out = out, .problems = problems};
    struct reference_paths paths = {.schemas = schemas, .registers = registers};
    bool good = false;

    exporting.reference = reference_open(&paths, names, 0, problems);
    if (exporting.reference != NULL) {
        exporting.file = registers_file_open(registers, problems);
    }
    if (exporting.file != NULL) {
        good = strcmp(kind, "code") == 0 ? export_lists(&exporting) : export_register(&exporting, kind);
    }
    registers_file_close(exporting.file, false);
    reference_close(exporting.reference);
    arena_free(exporting.arena);
    names_free(names);
    return good;
}
