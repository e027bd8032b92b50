/* What facts and values can be, as far as the vocabulary, tables and registers say. */
#include "xpath/parser.h"

#include "base/arena.h"
#include "base/problems.h"
#include "tree/fact.h"
#include "tree/vocabulary.h"

#include <string.h>

struct type type_of_shape(enum shape shape) {
    return (struct type){.shape = shape};
}

struct type type_free(void) {
    return (struct type){.shape = SHAPE_NODES, .free = true};
}

static struct type type_of_sort(struct arena *arena, struct sort sort) {
    struct sort *sorts = arena_alloc(arena, sizeof *sorts);
    *sorts = sort;
    return (struct type){.shape = SHAPE_NODES, .sorts = sorts, .count = 1};
}

struct type type_of_definition(struct arena *arena, const struct definition *definition) {
    return type_of_sort(arena, (struct sort){.definition = definition});
}

struct type type_of_table(struct arena *arena, const struct fact *table) {
    return type_of_sort(arena, (struct sort){.table = table});
}

struct type type_of_rows(struct arena *arena, const char *rows) {
    return type_of_sort(arena, (struct sort){.rows = rows, .column = ""});
}

static bool same_sort(const struct sort *a, const struct sort *b) {
    return a->definition == b->definition && a->table == b->table &&
           (a->rows == b->rows || (a->rows && b->rows && strcmp(a->rows, b->rows) == 0)) &&
           (!a->rows || strcmp(a->column, b->column) == 0);
}

static void add_sort(struct arena *arena, struct type *type, struct sort sort) {
    for (size_t i = 0; i < type->count; i++) {
        if (same_sort(&type->sorts[i], &sort)) {
            return;
        }
    }
    struct sort *sorts = arena_alloc(arena, (type->count + 1) * sizeof *sorts);
    if (type->count) {
        memcpy(sorts, type->sorts, type->count * sizeof *sorts);
    }
    sorts[type->count++] = sort;
    type->sorts = sorts;
}

struct type type_union(struct arena *arena, const struct type *a, const struct type *b) {
    struct type both = *a;
    both.free = a->free || b->free;
    both.shape = a->shape == b->shape ? a->shape : SHAPE_ANY;
    for (size_t i = 0; i < b->count; i++) {
        add_sort(arena, &both, b->sorts[i]);
    }
    return both;
}

bool type_has_nodes(const struct type *type) {
    return type->shape == SHAPE_NODES || type->shape == SHAPE_ANY;
}

bool type_in_dossier(const struct type *type) {
    for (size_t i = 0; i < type->count; i++) {
        if (type->sorts[i].definition) {
            return true;
        }
    }
    return false;
}

bool type_is_repeated(const struct type *type) {
    for (size_t i = 0; i < type->count; i++) {
        if (type->sorts[i].definition && type->sorts[i].definition->repeated) {
            return true;
        }
    }
    return false;
}

static const char *sort_name(const struct sort *sort) {
    if (sort->definition) {
        return sort->definition->name;
    }
    return sort->table ? sort->table->name : sort->rows;
}

/* The children of one sort that have that name, added to a type. False: there are none; *nearest may say
 * what was meant. */
static bool add_children(struct parser *parser, struct type *to, const struct sort *from, const char *name,
                         const char **nearest) {
    struct arena *arena = parser->program->arena;
    if (from->definition) {
        const struct definition *child = definition_child(from->definition, name);
        if (child) {
            add_sort(arena, to, (struct sort){.definition = child});
            return true;
        }
        child = definition_nearest(from->definition, name);
        *nearest = child ? child->name : *nearest;
        return false;
    }
    if (from->table) {
        const struct fact *child = fact_child(from->table, name);
        for (const struct fact *next = child; next; next = next->next_same) {
            add_sort(arena, to, (struct sort){.table = next});
        }
        return child != NULL;
    }
    const char *column = *from->column ? arena_printf(arena, "%s/%s", from->column, name) : name;
    const struct known *known = &parser->program->known;
    if (known->column && !known->column(known->context, from->rows, column, nearest)) {
        return false;
    }
    add_sort(arena, to, (struct sort){.rows = from->rows, .column = column});
    return true;
}

struct type type_child(struct parser *parser, const struct type *from, const char *name, size_t offset) {
    struct type to = {.shape = SHAPE_NODES, .free = from->free};
    const char *nearest = NULL;
    bool found = false;
    for (size_t i = 0; i < from->count; i++) {
        found = add_children(parser, &to, &from->sorts[i], name, &nearest) || found;
    }
    if (found || from->free) {
        return to;
    }
    const char *below = from->count ? sort_name(&from->sorts[0]) : "a value";
    if (nearest) {
        complain(parser, offset, "no fact %s below %s; did you mean %s?", name, below, nearest);
    } else {
        complain(parser, offset, "no fact %s below %s", name, below);
    }
    return type_free();
}

struct type type_parent(struct parser *parser, const struct type *from, size_t offset) {
    struct type to = {.shape = SHAPE_NODES, .free = from->free};
    for (size_t i = 0; i < from->count; i++) {
        const struct sort *sort = &from->sorts[i];
        if (sort->definition && sort->definition->parent) {
            add_sort(parser->program->arena, &to, (struct sort){.definition = sort->definition->parent});
        } else if (!sort->definition) {
            to.free = true;
        }
    }
    if (!to.free && !to.count) {
        complain(parser, offset, "nothing is above /dossier");
        return type_free();
    }
    return to;
}

enum class {
    CLASS_OTHER,
    CLASS_DATE,
    CLASS_DECIMAL,
    CLASS_PARTY_NAME,
};

static bool is_party(const struct definition *definition) {
    const char *const parts[] = {"id", "name", "address"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!definition || !definition_at(definition, parts[i])) {
            return false;
        }
    }
    return true;
}

static enum class class_of_definition(const struct definition *definition) {
    switch (definition->type){
        case TYPE_DATE : case TYPE_DATETIME : return CLASS_DATE;
        case TYPE_DECIMAL : case TYPE_AMOUNT : case TYPE_QUANTITY : case TYPE_MASS : return CLASS_DECIMAL;
        case TYPE_TEXT : return strcmp(definition->name, "name") == 0 && is_party(definition->parent) ? CLASS_PARTY_NAME
                                                                                                      : CLASS_OTHER;
        default : return CLASS_OTHER;
    }
}

/* The class of all that a value can be; CLASS_OTHER where it is not one, or not known. */
static enum class class_of(const struct node *node) {
    const struct type *type = &node->about->type; if (node->kind == NODE_NUMBER || type->free){return CLASS_OTHER;}
if (type->shape == SHAPE_DECIMAL || type->shape == SHAPE_DATE) {
    return type->shape == SHAPE_DATE ? CLASS_DATE : CLASS_DECIMAL;
}
if (type->shape != SHAPE_NODES || !type->count || !type->sorts[0].definition) {
    return CLASS_OTHER;
}
enum class class = class_of_definition(type->sorts[0].definition);
for (size_t i = 1; i < type->count; i++) {
    if (!type->sorts[i].definition || class_of_definition(type->sorts[i].definition) != class) {
        return CLASS_OTHER;
    }
}
return class;
}

void type_compare(struct parser *parser, const struct node *left, enum operator op, const struct node *right,
                  size_t offset) {
    enum class a = class_of(left), b = class_of(right);
    bool order = op != OP_EQUAL && op != OP_DIFFERENT;
    if (order && (a == CLASS_DATE || b == CLASS_DATE)) {
        complain(parser, offset, "dates are not compared with < and >: write tw:before(a, b) or tw:days(a, b)");
    } else if (order && (left->about->type.shape == SHAPE_BOOLEAN || right->about->type.shape == SHAPE_BOOLEAN)) {
        complain(parser, offset, "< and > compare decimals, not true and false");
    } else if (!order && a == CLASS_DECIMAL && b == CLASS_DECIMAL) {
        complain(parser, offset, "decimals are not compared as texts: write tw:cmp(a, b) = 0 or tw:within(…)");
    } else if (!order && a == CLASS_PARTY_NAME && b == CLASS_PARTY_NAME) {
        complain(parser, offset, "names are written in many ways: write tw:same(a, b) or tw:party(p, q)");
    }
}
