/* Rows against their columns: types, closed and code lists, validity, keys. */

#include "reference/grid.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "base/problems.h"
#include "base/time.h"
#include "reference/hash.h"

#include <string.h>

struct checker {
    struct arena *arena;
    const struct grid *grid;
    const char *file;
    const struct code_check *check;
    struct problems *problems;
    bool good;
};

/* FILE:LINE: column: what: the value. */
static void complain(struct checker *checker, const struct grid_row *row, const char *column, const char *what,
                     const char *value) {
    problem(checker->problems, checker->file, row->line, 0, "%s: %s%s%s", column, what, *value == '\0' ? "" : ": ",
            value);
    checker->good = false;
}

static bool is_integer(const char *value) {
    struct decimal number;
    int64_t whole;

    return decimal_parse(value, strlen(value), &number) && number.scale == 0 && decimal_to_integer(&number, &whole);
}

static bool is_decimal(const char *value) {
    struct decimal number;

    return decimal_parse(value, strlen(value), &number);
}

static bool is_day(const char *value) {
    int32_t day;

    return day_read(value, &day);
}

static bool is_moment(const char *value) {
    struct moment moment;

    return moment_read(value, NULL, &moment);
}

/* NULL: the value is of the type; else what is wrong. */
static const char *wrong_type(enum fact_type type, const char *value) {
    switch (type) {
    case TYPE_DATE:
        return is_day(value) ? NULL : "not a day (YYYY-MM-DD)";
    case TYPE_DATETIME:
        return is_moment(value) ? NULL : "neither a day nor an instant";
    case TYPE_DECIMAL:
        return is_decimal(value) ? NULL : "not a decimal (digits, '.' before the fraction, no grouping)";
    case TYPE_INTEGER:
        return is_integer(value) ? NULL : "not a whole number";
    case TYPE_BOOLEAN:
        return strcmp(value, "true") == 0 || strcmp(value, "false") == 0 ? NULL : "neither true nor false";
    default:
        return NULL;
    }
}

static bool is_one_of(const char *const *values, const char *value) {
    for (; *values != NULL; values++) {
        if (strcmp(*values, value) == 0) {
            return true;
        }
    }
    return false;
}

static const char *joined(struct arena *arena, const char *const *values) {
    const char *text = *values++;

    for (; *values != NULL; values++) {
        text = arena_printf(arena, "%s, %s", text, *values);
    }
    return text;
}

static void check_value(struct checker *checker, const struct grid_row *row, const struct column *column,
                        const char *value) {
    const char *wrong = wrong_type(column->type, value);

    if (wrong != NULL) {
        complain(checker, row, column->name, wrong, value);
    } else if (column->values != NULL && !is_one_of(column->values, value)) {
        wrong = arena_printf(checker->arena, "none of %s", joined(checker->arena, column->values));
        complain(checker, row, column->name, wrong, value);
    } else if (column->list != NULL && checker->check != NULL &&
               !checker->check->known(checker->check->codes, column->list, value)) {
        wrong = arena_printf(checker->arena, "not in the code list %s", column->list);
        complain(checker, row, column->name, wrong, value);
    }
}

static void check_field(struct checker *checker, const struct grid_row *row, size_t place) {
    const struct column *column = &checker->grid->kind->columns[place];
    const char *value = row->values[place];

    if (*value == '\0') {
        if (!column->optional && !column->derived) {
            complain(checker, row, column->name, "empty", "");
        }
        return;
    }
    if (!column->many) {
        check_value(checker, row, column, value);
        return;
    }
    for (;;) {
        size_t length = strcspn(value, "|");
        if (length == 0) {
            complain(checker, row, column->name, "an empty value between |", row->values[place]);
        } else {
            check_value(checker, row, column, arena_copy(checker->arena, value, length));
        }
        if (value[length] == '\0') {
            break;
        }
        value += length + 1;
    }
}

static void check_validity(struct checker *checker, const struct grid_row *row) {
    const char *const *values = (const char *const *)row->values;

    if (grid_from(checker->grid->kind, values) > grid_to(checker->grid->kind, values)) {
        complain(checker, row, "to", "before from", grid_value(checker->grid->kind, row, "to"));
    }
}

static void check_keys(struct checker *checker) {
    const struct grid *grid = checker->grid;
    struct hash hash = hash_new(checker->arena, grid->count);

    for (size_t i = 0; i < grid->count; i++) {
        const char *const *values = (const char *const *)grid->rows[i].values;
        size_t before = grid_find(grid, &hash, values);
        if (before != HASH_NONE) {
            problem(checker->problems, checker->file, grid->rows[i].line, 0, "the same key and from as in line %u",
                    grid->rows[before].line);
            checker->good = false;
        }
        hash_add(&hash, grid_hash(grid->kind, values), i);
    }
}

bool grid_check(struct arena *arena, const struct grid *grid, const char *file, const struct code_check *check,
                struct problems *problems) {
    struct checker checker = {
        .arena = arena, .grid = grid, .file = file, .check = check, .problems = problems, .good = true};

    for (size_t i = 0; i < grid->count; i++) {
        for (size_t place = 0; place < grid->kind->count; place++) {
            check_field(&checker, &grid->rows[i], place);
        }
        check_validity(&checker, &grid->rows[i]);
    }
    check_keys(&checker);
    return checker.good;
}
