#include "tree/vocabulary.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/problems.h"
#include "tree/names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 24, NEAREST_OF = 256 };

static const char *const type_names[] = {
    [TYPE_GROUP] = "group",       [TYPE_TEXT] = "text",       [TYPE_IDENTIFIER] = "identifier",
    [TYPE_CODE] = "code",         [TYPE_DATE] = "date",       [TYPE_DATETIME] = "dateTime",
    [TYPE_DECIMAL] = "decimal",   [TYPE_INTEGER] = "integer", [TYPE_AMOUNT] = "amount",
    [TYPE_QUANTITY] = "quantity", [TYPE_MASS] = "mass",       [TYPE_BOOLEAN] = "boolean",
};
enum { TYPE_COUNT = sizeof type_names / sizeof *type_names };

struct vocabulary {
    struct arena *arena;
    const struct definition *root;
    size_t size;
};

/* The file as written: a tree of rows, not yet expanded. */
struct row {
    const char *name; /* interned */
    const char *block;
    enum fact_type type;
    bool repeated, optional;
    const char *list;
    const char *const *values;
    unsigned line; /* 0: implied by the path of another row */
    bool used;     /* of a block: some row refers to it */
    struct row *first, *last, *next;
};

struct loader {
    struct vocabulary *vocabulary;
    struct arena *scratch;
    struct names *names;
    const char *file;
    struct problems *problems;
    struct row top; /* children: facts of the dossier, and "block:P", "type:amount", "repeated" */
};

const char *fact_type_name(enum fact_type type) {
    return type_names[type];
}

static struct row *row_child(const struct row *parent, const char *interned) {
    struct row *child = parent->first;
    while (child && child->name != interned) {
        child = child->next;
    }
    return child;
}

/* The row at a path, made where it is not there yet. */
static struct row *row_at(struct loader *loader, const char *path) {
    struct row *here = &loader->top;
    while (*path) {
        size_t length = strcspn(path, "/");
        const char *name = names_intern_part(loader->names, path, length);
        struct row *child = row_child(here, name);
        if (!child) {
            child = arena_zero(loader->scratch, sizeof *child);
            child->name = name;
            if (here->last) {
                here->last->next = child;
            } else {
                here->first = child;
            }
            here->last = child;
        }
        here = child;
        path += length + (path[length] == '/');
    }
    return here;
}

/* "a b c" as a NULL-terminated list in the vocabulary's arena; NULL for an empty text. */
static const char *const *read_values(struct loader *loader, const char *text) {
    size_t count = 0;
    size_t capacity = 0;
    const char **values = NULL;
    while (*text) {
        size_t length = strcspn(text, " ");
        if (length) {
            if (count + 1 >= capacity) {
                values = arena_grow(loader->vocabulary->arena, values, &capacity, sizeof *values);
            }
            values[count++] = arena_copy(loader->vocabulary->arena, text, length);
            values[count] = NULL;
        }
        text += length + (text[length] == ' ');
    }
    return values;
}

static bool read_type(const char *word, struct row *row) {
    if (strncmp(word, "block:", 6) == 0) {
        row->block = word;
        row->type = TYPE_GROUP;
        return true;
    }
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if (strcmp(word, type_names[i]) == 0) {
            row->type = (enum fact_type)i;
            return true;
        }
    }
    return false;
}

static void read_row(struct loader *loader, const struct csv *csv, const struct csv_record *record) {
    const char *path = csv_field(record, csv_column(csv, "path"));
    const char *type = csv_field(record, csv_column(csv, "type"));
    const char *many = csv_field(record, csv_column(csv, "many"));
    const char *list = csv_field(record, csv_column(csv, "list"));
    struct row *row = row_at(loader, path);
    if (row == &loader->top) {
        problem(loader->problems, loader->file, record->line, 0, "no path: name a fact below /dossier");
        return;
    }
    if (row->line) {
        problem(loader->problems, loader->file, record->line, 0, "%s stands twice; first in line %u", path, row->line);
        return;
    }
    row->line = record->line;
    if (!read_type(type, row)) {
        const char *near = problem_nearest(type, type_names, TYPE_COUNT);
        problem(loader->problems, loader->file, record->line, 0, "no type \"%s\"; nearest: %s", type,
                near ? near : "text");
    }
    if (strlen(many) > 1 || (*many && !strchr("?*+", *many))) {
        problem(loader->problems, loader->file, record->line, 0, "many=\"%s\": write nothing, ?, * or +", many);
    }
    row->repeated = *many == '*' || *many == '+';
    row->optional = *many == '*' || *many == '?';
    row->list = *list ? arena_string(loader->vocabulary->arena, list) : NULL;
    row->values = read_values(loader, csv_field(record, csv_column(csv, "values")));
}

static void add_rows(struct loader *loader, struct definition *parent, const struct row *from, unsigned depth);

/* Expands one row below a definition: as a new child, or into the child of that name that a block brought. */
static void add_definition(struct loader *loader, struct definition *parent, const struct row *row, unsigned depth) {
    struct definition *made = (struct definition *)(uintptr_t)definition_child(parent, row->name);
    if (!made) {
        made = arena_zero(loader->vocabulary->arena, sizeof *made);
        made->name = row->name;
        made->parent = parent;
        made->id = (unsigned)loader->vocabulary->size++;
        const struct definition **link = &parent->first;
        while (*link) {
            link = (const struct definition **)(uintptr_t) & (*link)->next;
            made->order++;
        }
        *link = made;
    }
    if (row->line) {
        made->type = row->type;
        made->repeated = row->repeated;
        made->optional = row->optional;
        made->list = row->list;
        made->values = row->values;
    }
    if (row->block) {
        struct row *block = row_child(&loader->top, names_intern(loader->names, row->block));
        if (!block) {
            problem(loader->problems, loader->file, row->line, 0, "no %s", row->block);
        } else if (depth >= DEEPEST) {
            problem(loader->problems, loader->file, row->line, 0, "%s contains itself", row->block);
        } else {
            block->used = true;
            add_rows(loader, made, block, depth);
        }
    }
    if (made->type != TYPE_GROUP || (made->repeated && row->line)) {
        const char *key =
            made->type == TYPE_GROUP ? "repeated" : arena_printf(loader->scratch, "type:%s", type_names[made->type]);
        const struct row *common = row_child(&loader->top, names_intern(loader->names, key));
        if (common && *made->name != '@') {
            add_rows(loader, made, common, depth);
        }
    }
    add_rows(loader, made, row, depth);
}

static void add_rows(struct loader *loader, struct definition *parent, const struct row *from, unsigned depth) {
    for (const struct row *row = from->first; row; row = row->next) {
        add_definition(loader, parent, row, depth + 1);
    }
}

static bool is_shared(const struct row *row) {
    return strchr(row->name, ':') || strcmp(row->name, "repeated") == 0;
}

static void expand(struct loader *loader) {
    struct definition *root = arena_zero(loader->vocabulary->arena, sizeof *root);
    root->name = names_intern(loader->names, "dossier");
    root->id = (unsigned)loader->vocabulary->size++;
    loader->vocabulary->root = root;
    for (const struct row *row = loader->top.first; row; row = row->next) {
        if (!is_shared(row)) {
            add_definition(loader, root, row, 1);
        }
    }
    for (const struct row *row = loader->top.first; row; row = row->next) {
        if (strncmp(row->name, "block:", 6) == 0 && !row->used && row->first) {
            problem(loader->problems, loader->file, row->first->line, 0, "%s is never used", row->name);
        }
    }
}

struct vocabulary *vocabulary_new(struct names *names, const char *file, const char *text, size_t length,
                                  struct problems *problems) {
    size_t before = problems->count;
    struct vocabulary *vocabulary = fault_malloc(sizeof *vocabulary);
    *vocabulary = (struct vocabulary){.arena = arena_new()};
    struct loader loader = {
        .vocabulary = vocabulary, .scratch = arena_new(), .names = names, .file = file, .problems = problems};
    struct csv csv;
    if (csv_read(loader.scratch, file, text, length, &csv, problems)) {
        static const char *const columns[] = {"path", "type", "many", "list", "values"};
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
            if (csv_column(&csv, columns[i]) < 0) {
                problem(problems, file, 1, 0, "no column %s", columns[i]);
            }
        }
        for (size_t i = 0; i < csv.count; i++) {
            read_row(&loader, &csv, &csv.records[i]);
        }
        expand(&loader);
    }
    arena_free(loader.scratch);
    if (problems->count > before) {
        vocabulary_free(vocabulary);
        return NULL;
    }
    return vocabulary;
}

void vocabulary_free(struct vocabulary *vocabulary) {
    if (vocabulary) {
        arena_free(vocabulary->arena);
        free(vocabulary);
    }
}

size_t vocabulary_size(const struct vocabulary *vocabulary) {
    return vocabulary->size;
}

const struct definition *vocabulary_root(const struct vocabulary *vocabulary) {
    return vocabulary->root;
}

const struct definition *definition_child(const struct definition *definition, const char *interned) {
    const struct definition *child = definition ? definition->first : NULL;
    while (child && child->name != interned) {
        child = child->next;
    }
    return child;
}

bool definition_allows(const struct definition *definition, const char *value) {
    if (!definition->values) {
        return true;
    }
    for (const char *const *allowed = definition->values; *allowed; allowed++) {
        if (strcmp(*allowed, value) == 0) {
            return true;
        }
    }
    return false;
}

static void append_path(struct buffer *buffer, const struct definition *definition) {
    if (definition->parent && definition->parent->parent) {
        append_path(buffer, definition->parent);
        buffer_char(buffer, '/');
    }
    buffer_string(buffer, definition->name);
}

const char *definition_path(struct arena *arena, const struct definition *definition) {
    struct buffer buffer = {0};
    append_path(&buffer, definition);
    const char *path = arena_copy(arena, buffer.bytes, buffer.length);
    buffer_free(&buffer);
    return path;
}

const struct definition *definition_at(const struct definition *definition, const char *path) {
    while (definition) {
        size_t length = strcspn(path, "/");
        const struct definition *child = definition->first;
        while (child && (strncmp(child->name, path, length) != 0 || child->name[length])) {
            child = child->next;
        }
        if (!child || !path[length]) {
            return child;
        }
        definition = child;
        path += length + 1;
    }
    return NULL;
}

const struct definition *definition_nearest(const struct definition *definition, const char *name) {
    const char *candidates[NEAREST_OF];
    size_t count = 0;
    for (const struct definition *child = definition->first; child && count < NEAREST_OF; child = child->next) {
        candidates[count++] = child->name;
    }
    const char *near = problem_nearest(name, candidates, count);
    return near ? definition_child(definition, near) : NULL;
}
