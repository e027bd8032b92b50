/* Which registers and lists there are, and their columns: schemas/registers.csv and lists.csv, compiled. */

#include "reference/registers.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/problems.h"
#include "tree/names.h"

#include <string.h>

struct kinds {
    struct kind **items;
    size_t count;
};

enum { WIDTH = 7, MOST_KEYS = 8 };

struct reader {
    struct arena *arena;
    struct names *names;
    const struct csv *csv;
    struct problems *problems;
    bool lists, good;
    int register_, column, type, key, many, list, note;
};

static void complain(struct reader *reader, const struct csv_record *record, const char *what, const char *word) {
    problem(reader->problems, reader->csv->file, record->line, 0, "%s: %s", what, word);
    reader->good = false;
}

static bool read_type(const char *text, struct column *out) {
    static const struct {
        const char *text;
        enum fact_type type;
    } types[] = {{"t", TYPE_TEXT},    {"i", TYPE_IDENTIFIER}, {"c", TYPE_CODE},    {"d", TYPE_DATE},
                 {"n", TYPE_DECIMAL}, {"#", TYPE_INTEGER},    {"b", TYPE_BOOLEAN}, {"dt", TYPE_DATETIME}};
    size_t length = strcspn(text, "?");

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strlen(types[i].text) == length && strncmp(text, types[i].text, length) == 0) {
            out->type = types[i].type;
            out->optional = text[length] == '?';
            return true;
        }
    }
    return false;
}

/* "K K2": a bit for each key; "derived" and "own" say what their names say. */
static bool read_keys(const char *text, struct column *column, struct kind *kind) {
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (length == 1 && text[0] == 'K') {
            column->keys |= 1;
        } else if (length == 2 && text[0] == 'K' && text[1] >= '2' && text[1] < '0' + MOST_KEYS) {
            column->keys |= (uint8_t)(1U << (text[1] - '1'));
        } else if (length == 7 && strncmp(text, "derived", length) == 0) {
            column->derived = true;
        } else if (length == 3 && strncmp(text, "own", length) == 0) {
            kind->own_rows = true;
        } else {
            return false;
        }
        text += length;
        text += strspn(text, " ");
    }
    return true;
}

/* "a|b|c" is a closed list, anything else the name of a code list. */
static void read_values(struct arena *arena, const char *text, struct column *column) {
    const char **values = NULL;
    size_t count = 0, capacity = 0;

    if (strchr(text, '|') == NULL) {
        column->list = *text == '\0' ? NULL : text;
        return;
    }
    for (;;) {
        size_t length = strcspn(text, "|");
        if (count + 1 >= capacity) {
            values = arena_grow(arena, values, &capacity, sizeof *values);
        }
        values[count++] = arena_copy(arena, text, length);
        if (text[length] == '\0') {
            break;
        }
        text += length + 1;
    }
    if (count == capacity) {
        values = arena_grow(arena, values, &capacity, sizeof *values);
    }
    values[count] = NULL;
    column->values = values;
}

static void intern_path(struct names *names, const char *path) {
    while (*path != '\0') {
        size_t length = strcspn(path, "/");
        names_intern_part(names, path, length);
        path += length + (path[length] == '/');
    }
}

static void add_column(struct arena *arena, struct kind *kind, size_t *capacity, const struct column *column) {
    if (kind->count == *capacity) {
        kind->columns = arena_grow(arena, kind->columns, capacity, sizeof *kind->columns);
    }
    kind->columns[kind->count++] = *column;
}

static void add_common(struct arena *arena, struct names *names, struct kind *kind, size_t *capacity, bool list) {
    static const struct column common[] = {{.name = "from", .type = TYPE_DATE, .optional = true},
                                           {.name = "to", .type = TYPE_DATE, .optional = true},
                                           {.name = "source", .type = TYPE_TEXT, .optional = true},
                                           {.name = "label", .type = TYPE_TEXT, .optional = true}};

    for (size_t i = 0; i < (list ? 4U : 3U); i++) {
        intern_path(names, common[i].name);
        if (kind_column(kind, common[i].name) == NULL) {
            add_column(arena, kind, capacity, &common[i]);
        }
    }
}

static struct kind *find(const struct kinds *kinds, const char *name, size_t length) {
    for (size_t i = 0; i < kinds->count; i++) {
        if (strlen(kinds->items[i]->name) == length && strncmp(kinds->items[i]->name, name, length) == 0) {
            return kinds->items[i];
        }
    }
    return NULL;
}

/* A new kind; a sub-table begins with the key columns of its register. */
static struct kind *begin_kind(struct reader *reader, struct kinds *kinds, const struct csv_record *record,
                               size_t *capacity) {
    struct kind *kind = arena_zero(reader->arena, sizeof *kind);
    const char *dot;

    kind->name = csv_field(record, reader->register_);
    dot = reader->lists ? NULL : strchr(kind->name, '.');
    kind->group = names_intern(reader->names, reader->lists ? "code" : dot == NULL ? kind->name : dot + 1);
    if (dot != NULL) {
        kind->parent = find(kinds, kind->name, (size_t)(dot - kind->name));
        if (kind->parent == NULL) {
            complain(reader, record, "a sub-table stands below its register", kind->name);
        }
    }
    if (reader->lists) {
        struct column code = {.name = names_intern(reader->names, "code"), .type = TYPE_CODE, .keys = 3};
        add_column(reader->arena, kind, capacity, &code);
    }
    for (size_t i = 0; kind->parent != NULL && i < kind->parent->count; i++) {
        struct column outer = kind->parent->columns[i];
        if ((outer.keys & 1) != 0) {
            outer.outer = true;
            outer.keys = 1;
            add_column(reader->arena, kind, capacity, &outer);
        }
    }
    return kind;
}

/* Sub-tables with rows of their own are keyed by those alone. */
static void drop_outer(struct kind *kind) {
    size_t kept = 0;

    for (size_t i = 0; i < kind->count; i++) {
        if (!kind->columns[i].outer) {
            kind->columns[kept++] = kind->columns[i];
        }
    }
    kind->count = kept;
}

static void read_column(struct reader *reader, struct kind *kind, size_t *capacity, const struct csv_record *record) {
    struct column column = {.name = csv_field(record, reader->column)};

    if (*column.name == '\0') {
        return; /* a list that has no column of its own */
    }
    if (!read_type(csv_field(record, reader->type), &column)) {
        complain(reader, record, "no such type", csv_field(record, reader->type));
    }
    if (!read_keys(csv_field(record, reader->key), &column, kind)) {
        complain(reader, record, "no such key", csv_field(record, reader->key));
    }
    if (kind_column(kind, column.name) != NULL) {
        complain(reader, record, "this column is there already", column.name);
    }
    column.many = strcmp(csv_field(record, reader->many), "*") == 0;
    column.optional |= column.many;
    read_values(reader->arena, csv_field(record, reader->list), &column);
    intern_path(reader->names, column.name);
    add_column(reader->arena, kind, capacity, &column);
}

static void find_columns(struct reader *reader) {
    static const char *const expected[WIDTH] = {"register", "column", "type", "key", "many", "list", "note"};
    int *places[WIDTH] = {&reader->register_, &reader->column, &reader->type, &reader->key,
                          &reader->many,      &reader->list,   &reader->note};

    for (size_t i = 0; i < WIDTH; i++) {
        *places[i] = csv_column(reader->csv, expected[i]);
        if (*places[i] < 0) {
            problem(reader->problems, reader->csv->file, 1, 0, "no column %s", expected[i]);
            reader->good = false;
        }
    }
}

struct kinds *kinds_read(struct arena *arena, struct names *names, const struct csv *csv, bool lists,
                         struct problems *problems) {
    struct reader reader = {
        .arena = arena, .names = names, .csv = csv, .problems = problems, .lists = lists, .good = true};
    struct kinds *kinds = arena_zero(arena, sizeof *kinds);
    size_t capacity = 0;

    find_columns(&reader);
    for (size_t i = 0; reader.good && i < csv->count;) {
        const char *name = csv_field(&csv->records[i], reader.register_);
        size_t columns = 0;
        struct kind *kind = begin_kind(&reader, kinds, &csv->records[i], &columns);
        if (find(kinds, name, strlen(name)) != NULL) {
            complain(&reader, &csv->records[i], "the columns of a register stand together", name);
        }
        for (; i < csv->count && strcmp(csv_field(&csv->records[i], reader.register_), name) == 0; i++) {
            read_column(&reader, kind, &columns, &csv->records[i]);
        }
        if (kind->own_rows) {
            drop_outer(kind);
        }
        add_common(arena, names, kind, &columns, lists);
        if (kinds->count == capacity) {
            kinds->items = arena_grow(arena, kinds->items, &capacity, sizeof(struct kind *));
        }
        kinds->items[kinds->count++] = kind;
    }
    return reader.good ? kinds : NULL;
}

struct kind *kind_plain_list(struct arena *arena, struct names *names, const char *name) {
    static const struct column code = {.name = "code", .type = TYPE_CODE, .keys = 3};
    struct kind *kind = arena_zero(arena, sizeof *kind);
    size_t capacity = 0;

    kind->name = arena_string(arena, name);
    kind->group = names_intern(names, "code");
    add_column(arena, kind, &capacity, &code);
    add_common(arena, names, kind, &capacity, true);
    return kind;
}

size_t kinds_count(const struct kinds *kinds) {
    return kinds->count;
}

const struct kind *kinds_item(const struct kinds *kinds, size_t index) {
    return kinds->items[index];
}

const struct kind *kinds_find(const struct kinds *kinds, const char *name) {
    return find(kinds, name, strlen(name));
}

const struct kind *kinds_nearest(const struct kinds *kinds, const char *name) {
    const char *names[256];
    size_t count = 0;
    const char *near;

    for (; count < kinds->count && count < sizeof names / sizeof *names; count++) {
        names[count] = kinds->items[count]->name;
    }
    near = problem_nearest(name, names, count);
    return near == NULL ? NULL : kinds_find(kinds, near);
}

const struct column *kind_column(const struct kind *kind, const char *name) {
    for (size_t i = 0; i < kind->count; i++) {
        if (strcmp(kind->columns[i].name, name) == 0) {
            return &kind->columns[i];
        }
    }
    return NULL;
}

const char *kind_nearest_column(const struct kind *kind, const char *name) {
    const char *names[64];
    size_t count = 0;

    for (size_t i = 0; i < kind->count && count < sizeof names / sizeof *names; i++) {
        names[count++] = kind->columns[i].name;
    }
    return problem_nearest(name, names, count);
}

const struct kind *kinds_next_part(const struct kinds *kinds, const struct kind *kind, const struct kind *last) {
    bool after = last == NULL;

    for (size_t i = 0; i < kinds->count; i++) {
        const struct kind *item = kinds->items[i];
        if (after && item->parent == kind && !item->own_rows) {
            return item;
        }
        after |= item == last;
    }
    return NULL;
}

/* Whether path is a column, or a group that columns stand in ("discharge" of "discharge/at"). */
static bool is_path(const struct kind *kind, const char *path) {
    size_t length = strlen(path);

    for (size_t i = 0; i < kind->count; i++) {
        const char *name = kind->columns[i].name;
        if (!kind->columns[i].outer && strncmp(name, path, length) == 0 &&
            (name[length] == '\0' || name[length] == '/')) {
            return true;
        }
    }
    return false;
}

bool register_has_column(const struct kinds *kinds, const char *kind, const char *path, const char **nearest) {
    const struct kind *at = kinds_find(kinds, kind);
    size_t length = strcspn(path, "/");

    *nearest = NULL;
    if (at == NULL) {
        return false;
    }
    if (is_path(at, path)) {
        return true;
    }
    for (const struct kind *part = kinds_next_part(kinds, at, NULL); part != NULL;
         part = kinds_next_part(kinds, at, part)) {
        if (strlen(part->group) == length && strncmp(part->group, path, length) == 0) {
            if (path[length] == '\0' || is_path(part, path + length + 1)) {
                return true;
            }
            *nearest = kind_nearest_column(part, path + length + 1);
            return false;
        }
    }
    *nearest = kind_nearest_column(at, path);
    return false;
}
