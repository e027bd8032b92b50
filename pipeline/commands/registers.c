#include "commands/registers.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problems.h"
#include "base/time.h"
#include "reference/import.h"
#include "reference/reference.h"
#include "tree/names.h"

#include <string.h>

enum { DONE = 0, WRONG = 3 };

static int finish(struct problems *problems, FILE *err) {
    int result = problems->count == 0 ? DONE : WRONG;

    problems_print(problems, err);
    problems_free(problems);
    return result;
}

int registers_import(const struct import *import, FILE *out, FILE *err) {
    struct problems problems = {0};
    char as_at[MOMENT_TEXT];
    size_t rows;

    if (import_csv(import, &rows, &problems)) {
        day_print(import->as_at, as_at);
        fprintf(out, "%s: %zu rows of %s, as at %s\n", import->registers, rows, import->kind, as_at);
    }
    return finish(&problems, err);
}

int registers_export(const char *kind, const char *registers, const char *schemas, FILE *out, FILE *err) {
    struct problems problems = {0};
    struct buffer text = {0};

    if (export_csv(kind, registers, schemas, &text, &problems)) {
        fwrite(text.bytes, 1, text.length, out);
    }
    buffer_free(&text);
    return finish(&problems, err);
}

/* ---- status ---- */

static const char *state_name(const struct table *table) {
    static const char *const names[] = {"available", "missing", "stale"};

    return table->state == REGISTER_AVAILABLE && table->as_at == DAY_FIRST ? "shipped" : names[table->state];
}

static size_t in_force(const struct table *table, int32_t today) {
    size_t count = 0;

    for (size_t i = 0; i < table->count; i++) {
        count += table->rows[i].from <= today && today <= table->rows[i].to;
    }
    return count;
}

static void print_table(const struct table *table, int32_t today, FILE *out) {
    char as_at[MOMENT_TEXT] = "-", age[MOMENT_TEXT] = "-";

    if (table->state != REGISTER_MISSING && table->as_at != DAY_FIRST) {
        day_print(table->as_at, as_at);
        (void)snprintf(age, sizeof age, "%d", (int)(today - table->as_at));
    }
    fprintf(out, "%-18s %8zu %8zu  %-10s %5s  %s", table->kind->name, table->count, in_force(table, today), as_at, age,
            state_name(table));
    for (size_t i = 0; i < table->complete_count; i++) {
        fprintf(out, "%s%s", i == 0 ? ", complete: " : ", ", table->complete[i]);
    }
    fputc('\n', out);
}

int registers_status(const char *registers, const char *schemas, const char *policy, int32_t today, FILE *out,
                     FILE *err) {
    struct reference_paths paths = {.schemas = schemas, .registers = registers, .policy = policy};
    struct problems problems = {0};
    struct names *names = names_new();
    struct reference *reference = reference_open(&paths, names, today, &problems);

    if (reference != NULL) {
        const struct kinds *kinds = reference_kinds(reference);
        fprintf(out, "register file: %s\n", registers == NULL ? "none" : registers);
        fprintf(out, "%-18s %8s %8s  %-10s %5s  %s\n", "register", "rows", "in force", "as at", "days", "state");
        for (size_t i = 0; i < kinds_count(kinds); i++) {
            const struct kind *kind = kinds_item(kinds, i);
            if (kind->parent == NULL || kind->own_rows) {
                print_table(reference_table(reference, kind->name), today, out);
            }
        }
    }
    reference_close(reference);
    names_free(names);
    return finish(&problems, err);
}
