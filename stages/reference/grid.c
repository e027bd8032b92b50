#include "reference/grid.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/csv.h"
#include "base/problems.h"
#include "base/time.h"
#include "reference/hash.h"

#include <string.h>

void grid_add(struct arena *arena, struct grid *grid, const char **values, unsigned line) {
    if (grid->count == grid->capacity) {
        grid->rows = arena_grow(arena, grid->rows, &grid->capacity, sizeof *grid->rows);
    }
    grid->rows[grid->count++] = (struct grid_row){.values = values, .line = line};
}

int kind_place(const struct kind *kind, const char *column) {
    for (size_t i = 0; i < kind->count; i++) {
        if (strcmp(kind->columns[i].name, column) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *grid_value(const struct kind *kind, const struct grid_row *row, const char *column) {
    int place = kind_place(kind, column);

    return place < 0 ? NULL : row->values[place];
}

static int32_t day_of(const struct kind *kind, const char *const *values, const char *column, int32_t open) {
    int place = kind_place(kind, column);
    int32_t day;

    return place >= 0 && day_read(values[place], &day) ? day : open;
}

int32_t grid_from(const struct kind *kind, const char *const *values) {
    return day_of(kind, values, "from", DAY_FIRST);
}

int32_t grid_to(const struct kind *kind, const char *const *values) {
    return day_of(kind, values, "to", DAY_LAST);
}

/* ---- from CSV ---- */

/* The place of each CSV column in the kind; -1 where it is none of its columns. */
static bool place_columns(const struct kind *kind, const struct csv *csv, int *places, struct problems *problems) {
    bool good = true;

    for (size_t i = 0; i < csv->width; i++) {
        const struct column *column = kind_column(kind, csv->columns[i]);
        const char *near = kind_nearest_column(kind, csv->columns[i]);
        places[i] = column == NULL || column->derived ? -1 : kind_place(kind, csv->columns[i]);
        if (places[i] < 0) {
            problem(problems, csv->file, 1, 0, "%s: %s has no such column%s%s%s", csv->columns[i], kind->name,
                    near == NULL ? "" : "; did you mean ", near == NULL ? "" : near, near == NULL ? "" : "?");
            good = false;
        }
        for (size_t j = 0; places[i] >= 0 && j < i; j++) {
            if (places[j] == places[i]) {
                problem(problems, csv->file, 1, 0, "%s: this column is there twice", csv->columns[i]);
                good = false;
            }
        }
    }
    for (size_t i = 0; i < kind->count; i++) {
        if ((kind->columns[i].keys & 1) != 0 && !kind->columns[i].optional &&
            csv_column(csv, kind->columns[i].name) < 0) {
            problem(problems, csv->file, 1, 0, "%s: this key column of %s is missing", kind->columns[i].name,
                    kind->name);
            good = false;
        }
    }
    return good;
}

bool grid_from_csv(struct arena *arena, const struct kind *kind, const struct csv *csv, struct grid *out,
                   struct problems *problems) {
    int *places = arena_alloc(arena, csv->width * sizeof *places);

    *out = (struct grid){.kind = kind};
    if (!place_columns(kind, csv, places, problems)) {
        return false;
    }
    for (size_t i = 0; i < csv->count; i++) {
        const char **values = arena_alloc(arena, kind->count * sizeof *values);
        for (size_t j = 0; j < kind->count; j++) {
            values[j] = "";
        }
        for (size_t j = 0; j < csv->width; j++) {
            values[places[j]] = csv->records[i].fields[j];
        }
        grid_add(arena, out, values, csv->records[i].line);
    }
    return true;
}

/* ---- keys ---- */

bool grid_same_key(const struct kind *kind, const char *const *a, const char *const *b) {
    for (size_t i = 0; i < kind->count; i++) {
        if ((kind->columns[i].keys & 1) != 0 && strcmp(a[i], b[i]) != 0) {
            return false;
        }
    }
    return true;
}

uint64_t grid_hash(const struct kind *kind, const char *const *values) {
    uint64_t hash = HASH_START;

    for (size_t i = 0; i < kind->count; i++) {
        if ((kind->columns[i].keys & 1) != 0) {
            hash = hash_text(hash, values[i]);
        }
    }
    return hash;
}

static bool same_row(const struct kind *kind, const char *const *a, const char *const *b) {
    return grid_same_key(kind, a, b) && grid_from(kind, a) == grid_from(kind, b);
}

size_t grid_find(const struct grid *grid, const struct hash *hash, const char *const *values) {
    for (size_t at = hash_first(hash, grid_hash(grid->kind, values)); at != HASH_NONE; at = hash_next(hash, at)) {
        if (same_row(grid->kind, (const char *const *)grid->rows[at].values, values)) {
            return at;
        }
    }
    return HASH_NONE;
}

void grid_merge(struct arena *arena, struct grid *grid, const struct grid *more) {
    struct hash hash = hash_new(arena, grid->count + more->count);

    for (size_t i = 0; i < grid->count; i++) {
        hash_add(&hash, grid_hash(grid->kind, (const char *const *)grid->rows[i].values), i);
    }
    for (size_t i = 0; i < more->count; i++) {
        const char *const *values = (const char *const *)more->rows[i].values;
        size_t old = grid_find(grid, &hash, values);
        if (old != HASH_NONE) {
            grid->rows[old] = more->rows[i];
            continue;
        }
        hash_add(&hash, grid_hash(grid->kind, values), grid->count);
        grid_add(arena, grid, more->rows[i].values, more->rows[i].line);
    }
}

bool grid_belongs(const struct kind *kind, const char *const *row, const struct kind *part, const char *const *below) {
    for (size_t i = 0, outer = 0; i < kind->count; i++) {
        if ((kind->columns[i].keys & 1) != 0) {
            while (!part->columns[outer].outer) {
                outer++;
            }
            if (strcmp(row[i], below[outer++]) != 0) {
                return false;
            }
        }
    }
    return true;
}

uint64_t grid_outer_hash(const struct kind *part, const char *const *values) {
    uint64_t hash = HASH_START;

    for (size_t i = 0; i < part->count; i++) {
        if (part->columns[i].outer) {
            hash = hash_text(hash, values[i]);
        }
    }
    return hash;
}

const char *grid_outer_text(struct arena *arena, const struct kind *part, const char *const *values) {
    const char *text = "";

    for (size_t i = 0; i < part->count; i++) {
        if (part->columns[i].outer) {
            text = arena_printf(arena, "%s%s%s", text, *text == '\0' ? "" : " ", values[i]);
        }
    }
    return text;
}

/* ---- printing ---- */

void grid_print(const struct grid *grid, struct buffer *out) {
    for (size_t i = 0, written = 0; i < grid->kind->count; i++) {
        if (!grid->kind->columns[i].derived) {
            buffer_string(out, written++ == 0 ? "" : ",");
            csv_write(out, grid->kind->columns[i].name);
        }
    }
    buffer_char(out, '\n');
    for (size_t row = 0; row < grid->count; row++) {
        for (size_t i = 0, written = 0; i < grid->kind->count; i++) {
            if (!grid->kind->columns[i].derived) {
                buffer_string(out, written++ == 0 ? "" : ",");
                csv_write(out, grid->rows[row].values[i]);
            }
        }
        buffer_char(out, '\n');
    }
}
