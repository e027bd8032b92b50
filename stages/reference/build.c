#include "reference/build.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "reference/hash.h"
#include "tree/fact.h"
#include "tree/names.h"

#include <string.h>

/* Adds a value at a path of names; groups on the way are shared. */
static void add_value(struct tree *tree, struct fact *row, const char *path, const char *value) {
    const char *slash;

    while ((slash = strchr(path, '/')) != NULL) {
        const char *group = names_find_part(tree->names, path, (size_t)(slash - path));
        row = tree_group(tree, row, group);
        path = slash + 1;
    }
    tree_attach(tree, row, names_find(tree->names, path), value);
}

static void add_values(struct tree *tree, struct fact *row, const struct column *column, const char *value) {
    if (*value == '\0') {
        return;
    }
    if (!column->many) {
        add_value(tree, row, column->name, value);
        return;
    }
    for (;;) {
        size_t length = strcspn(value, "|");
        if (length != 0) {
            add_value(tree, row, column->name, arena_copy(tree->arena, value, length));
        }
        if (value[length] == '\0') {
            break;
        }
        value += length + 1;
    }
}

static void fill(struct tree *tree, struct fact *fact, const struct kind *kind, const struct grid_row *row) {
    for (size_t i = 0; i < kind->count; i++) {
        if (!kind->columns[i].outer && !kind->columns[i].derived) {
            add_values(tree, fact, &kind->columns[i], row->values[i]);
        }
    }
}

static void add_to_digest(struct digest *digest, const struct grid *grid) {
    struct buffer text = {0};

    grid_print(grid, &text);
    digest_add(digest, text.bytes, text.length);
    buffer_free(&text);
}

struct builder table_build(struct arena *arena, const struct names *names, struct table *table,
                           const struct grid *grid) {
    struct builder builder = {.arena = arena, .names = names, .table = table, .grid = grid, .digest = digest_open()};
    struct row *rows = arena_alloc(arena, grid->count * sizeof *rows);

    for (size_t i = 0; i < grid->count; i++) {
        const char *const *values = (const char *const *)grid->rows[i].values;
        struct tree tree = tree_new(arena, names, grid->kind->group);
        fill(&tree, tree.root, grid->kind, &grid->rows[i]);
        rows[i] =
            (struct row){.fact = tree.root, .from = grid_from(grid->kind, values), .to = grid_to(grid->kind, values)};
    }
    table->kind = grid->kind;
    table->rows = rows;
    table->count = grid->count;
    add_to_digest(builder.digest, grid);
    return builder;
}

void table_part(struct builder *builder, const struct grid *part) {
    const struct grid *grid = builder->grid;
    struct hash hash = hash_new(builder->arena, grid->count);

    for (size_t i = 0; i < grid->count; i++) {
        hash_add(&hash, grid_hash(grid->kind, (const char *const *)grid->rows[i].values), i);
    }
    for (size_t i = 0; i < part->count; i++) {
        const char *const *below = (const char *const *)part->rows[i].values;
        for (size_t at = hash_first(&hash, grid_outer_hash(part->kind, below)); at != HASH_NONE;
             at = hash_next(&hash, at)) {
            struct tree tree = {builder->arena, builder->names, builder->table->rows[at].fact};
            if (grid_belongs(grid->kind, (const char *const *)grid->rows[at].values, part->kind, below)) {
                fill(&tree, tree_attach(&tree, tree.root, part->kind->group, NULL), part->kind, &part->rows[i]);
            }
        }
    }
    add_to_digest(builder->digest, part);
}

/* Rows are shared by all bundles: what would be decoded when first asked is decoded here, in memory that stays. */
static void decode(struct arena *arena, struct fact *fact) {
    if (fact->value != NULL) {
        fact_number(arena, fact);
    }
    for (struct fact *child = fact->first; child != NULL; child = child->next) {
        decode(arena, child);
    }
}

void table_close(struct builder *builder) {
    struct table *table = builder->table;

    for (size_t i = 0; i < table->count; i++) {
        struct tree tree = {builder->arena, builder->names, table->rows[i].fact};
        decode(builder->arena, table->rows[i].fact);
        tree_number(&tree, 1);
    }
    digest_close(builder->digest, table->digest);
    table_index(builder->arena, table);
}
