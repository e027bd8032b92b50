#include "facts/codes.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/problems.h"

#include <stdlib.h>
#include <string.h>

static int by_orig(const void *a, const void *b) {
    const struct code_row *first = a;
    const struct code_row *second = b;
    int order = strcmp(first->orig, second->orig);
    return order ? order : strcmp(first->from, second->from);
}

struct code_list *codes_list(const struct codes *codes, const char *name) {
    for (size_t i = 0; codes && name && i < codes->count; i++) {
        if (strcmp(codes->lists[i].name, name) == 0) {
            return &codes->lists[i];
        }
    }
    return NULL;
}

static struct code_list *list_for(struct arena *arena, struct codes *codes, const char *name) {
    struct code_list *list = codes_list(codes, name);
    if (!list) {
        if (codes->count == codes->capacity) {
            codes->lists = arena_grow(arena, codes->lists, &codes->capacity, sizeof *codes->lists);
        }
        list = &codes->lists[codes->count++];
        *list = (struct code_list){.name = arena_string(arena, name)};
    }
    return list;
}

static void add_row(struct arena *arena, struct code_list *list, struct code_row row) {
    if (list->count == list->capacity) {
        list->rows = arena_grow(arena, list->rows, &list->capacity, sizeof *list->rows);
    }
    list->rows[list->count++] = row;
}

static bool overlap(const struct code_row *a, const struct code_row *b) {
    bool a_ends_before = *a->to && *b->from && strcmp(a->to, b->from) < 0;
    bool b_ends_before = *b->to && *a->from && strcmp(b->to, a->from) < 0;
    return !a_ends_before && !b_ends_before;
}

static void read_record(struct arena *arena, struct codes *codes, const struct csv *csv,
                        const struct csv_record *record, struct problems *problems) {
    const char *name = csv_field(record, csv_column(csv, "list"));
    struct code_row row = {
        .orig = arena_string(arena, csv_field(record, csv_column(csv, "orig"))),
        .code = arena_string(arena, csv_field(record, csv_column(csv, "code"))),
        .from = arena_string(arena, csv_field(record, csv_column(csv, "from"))),
        .to = arena_string(arena, csv_field(record, csv_column(csv, "to"))),
        .line = record->line,
    };
    if (!*name || !*row.orig) {
        problem(problems, codes->file, record->line, 0, "a row needs list and orig");
        return;
    }
    struct code_list *list = list_for(arena, codes, name);
    list->line = list->line ? list->line : record->line;
    add_row(arena, list, row);
}

static void check_doubles(const struct codes *codes, const struct code_list *list, struct problems *problems) {
    for (size_t i = 1; i < list->count; i++) {
        const struct code_row *before = &list->rows[i - 1];
        const struct code_row *row = &list->rows[i];
        if (strcmp(before->orig, row->orig) == 0 && overlap(before, row)) {
            problem(problems, codes->file, row->line, 0, "%s,%s stands twice for one period; also in line %u",
                    list->name, row->orig, before->line);
        }
    }
}

static const struct code_row *find_row(const struct code_list *list, const char *orig) {
    const struct code_row *found = NULL;
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(list->rows[middle].orig, orig);
        if (order <= 0) {
            found = order == 0 ? &list->rows[middle] : found;
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return found;
}

/* Rows of the base that this file says nothing about. */
static void inherit(struct arena *arena, struct codes *codes, const struct codes *base) {
    for (size_t i = 0; base && i < base->count; i++) {
        const struct code_list *from = &base->lists[i];
        struct code_list *list = list_for(arena, codes, from->name);
        list->used = true;
        size_t own = list->count;
        for (size_t k = 0; k < from->count; k++) {
            struct code_list before = {.rows = list->rows, .count = own};
            if (!find_row(&before, from->rows[k].orig)) {
                add_row(arena, list, from->rows[k]);
            }
        }
        if (list->count) {
            qsort(list->rows, list->count, sizeof *list->rows, by_orig);
        }
    }
}

struct codes *codes_new(struct arena *arena, const char *file, const char *text, size_t length,
                        const struct codes *base, struct problems *problems) {
    struct codes *codes = arena_zero(arena, sizeof *codes);
    codes->file = arena_string(arena, file);
    struct csv csv;
    if (text && csv_read(arena, codes->file, text, length, &csv, problems)) {
        static const char *const columns[] = {"list", "orig", "code", "from", "to", "note"};
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
            if (csv_column(&csv, columns[i]) < 0) {
                problem(problems, codes->file, 1, 0, "no column %s; columns: list,orig,code,from,to,note", columns[i]);
            }
        }
        for (size_t i = 0; i < csv.count; i++) {
            read_record(arena, codes, &csv, &csv.records[i], problems);
        }
        for (size_t i = 0; i < codes->count; i++) {
            qsort(codes->lists[i].rows, codes->lists[i].count, sizeof *codes->lists[i].rows, by_orig);
            check_doubles(codes, &codes->lists[i], problems);
        }
    }
    inherit(arena, codes, base);
    return codes;
}

const char *code_for(const struct code_list *list, const char *orig) {
    const struct code_row *row = find_row(list, orig);
    row = row ? row : find_row(list, "*");
    return row ? row->code : NULL;
}

static int by_code(const void *a, const void *b) {
    return strcmp(((const struct mass *)a)->code, ((const struct mass *)b)->code);
}

const struct masses *masses_new(struct arena *arena, const char *file, const char *text, size_t length,
                                struct problems *problems) {
    struct masses *masses = arena_zero(arena, sizeof *masses);
    struct csv csv;
    if (!csv_read(arena, file, text, length, &csv, problems)) {
        return masses;
    }
    int code = csv_column(&csv, "code");
    int base = csv_column(&csv, "base");
    int factor = csv_column(&csv, "factor");
    if (code < 0 || base < 0 || factor < 0) {
        problem(problems, file, 1, 0, "columns code, base and factor are needed");
        return masses;
    }
    for (size_t i = 0; i < csv.count; i++) {
        const char *number = csv_field(&csv.records[i], factor);
        struct mass mass = {.code = csv_field(&csv.records[i], code)};
        if (strcmp(csv_field(&csv.records[i], base), "KGM") == 0 &&
            decimal_parse(number, strlen(number), &mass.factor)) {
            if (masses->count == masses->capacity) {
                masses->items = arena_grow(arena, masses->items, &masses->capacity, sizeof *masses->items);
            }
            masses->items[masses->count++] = mass;
        }
    }
    if (masses->count) {
        qsort(masses->items, masses->count, sizeof *masses->items, by_code);
    }
    return masses;
}

const struct decimal *mass_factor(const struct masses *masses, const char *code) {
    static const struct decimal one = {.coefficient = 1};
    if (strcmp(code, "KGM") == 0) {
        return &one;
    }
    const struct mass key = {.code = code};
    const struct mass *found =
        masses && masses->count ? bsearch(&key, masses->items, masses->count, sizeof key, by_code) : NULL;
    return found ? &found->factor : NULL;
}
