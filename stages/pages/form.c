#include "pages/form.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/problems.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { FORM_LIMIT = 1 << 16 };

static void split(struct arena *arena, const char *text, struct form_box *box) {
    const char **paths = arena_alloc(arena, (strlen(text) + 1) * sizeof *paths);
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, " ");
        if (length) {
            paths[box->path_count++] = arena_copy(arena, at, length);
        }
        at += length + (at[length] == ' ');
    }
    box->paths = paths;
}

/* Ids become anchors and names of messages: letters and digits alone. */
static bool is_id(const char *text) {
    return *text && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen(text);
}

static void read_box(struct arena *arena, const struct csv *csv, const struct csv_record *record, struct form_box *box,
                     struct problems *problems) {
    const char *part = csv_field(record, csv_column(csv, "part"));
    *box = (struct form_box){
        .of_item = strcmp(part, "item") == 0,
        .id = csv_field(record, csv_column(csv, "id")),
        .number = csv_field(record, csv_column(csv, "number")),
        .width = csv_field(record, csv_column(csv, "width")),
        .show = csv_field(record, csv_column(csv, "show")),
    };
    split(arena, csv_field(record, csv_column(csv, "paths")), box);
    if (!box->of_item && strcmp(part, "head") != 0) {
        problem(problems, csv->file, record->line, 0, "part is head or item, not \"%s\"", part);
    }
    if (!is_id(box->id)) {
        problem(problems, csv->file, record->line, 0, "id \"%s\" must be of lower-case letters and digits", box->id);
    }
    if (!box->path_count) {
        problem(problems, csv->file, record->line, 0, "a box shows at least one path");
    }
}

struct form *form_load(struct arena *arena, const char *file, struct problems *problems) {
    static const char *const columns[] = {"part", "id", "number", "width", "show", "paths"};
    struct csv csv;
    size_t before = problems->count;
    size_t length = 0;
    char *text = file_read(file, FORM_LIMIT, &length);
    if (!text) {
        problem(problems, file, 0, 0, "cannot be read: %s", strerror(errno));
        return NULL;
    }
    bool fine = csv_read(arena, file, text, length, &csv, problems);
    free(text);
    for (size_t i = 0; fine && i < sizeof columns / sizeof *columns; i++) {
        if (csv_column(&csv, columns[i]) < 0) {
            problem(problems, file, 1, 0, "no column \"%s\"", columns[i]);
        }
    }
    if (problems->count != before) {
        return NULL;
    }
    struct form *form = arena_zero(arena, sizeof *form);
    struct form_box *boxes = arena_zero(arena, (csv.count + 1) * sizeof *boxes);
    for (size_t i = 0; i < csv.count; i++) {
        read_box(arena, &csv, &csv.records[i], &boxes[i], problems);
    }
    *form = (struct form){boxes, csv.count};
    return problems->count == before ? form : NULL;
}

/* Whether path is below, or is, what the box shows: a position behind a name does not matter. */
static size_t match(const char *shown, const char *path) {
    const char *at = shown;
    while (*at) {
        if (*path == '[') {
            path += strcspn(path, "/");
        }
        if (*at != *path) {
            return 0;
        }
        at++;
        path++;
    }
    return *path == '\0' || *path == '/' || *path == '[' ? (size_t)(at - shown) : 0;
}

const struct form_box *form_find(const struct form *form, bool of_item, const char *path) {
    const struct form_box *found = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < form->count; i++) {
        const struct form_box *box = &form->boxes[i];
        for (size_t p = 0; p < box->path_count && box->of_item == of_item; p++) {
            size_t length = match(box->paths[p], path);
            if (length > longest) {
                longest = length;
                found = box;
            }
        }
    }
    return found;
}
