/* Documents of the bundle, and references to documents, by kind and type (FACTS 9; register requiredDocument). */
#include "base/arena.h"
#include "xpath/house.h"

#include <stdlib.h>
#include <string.h>

/* ---- Types ------------------------------------------------------------------------------------------ */

/* Is a type one of those that are asked for? An empty set asks for any. */
static bool is_asked(const struct nodes *types, const char *type) {
    for (size_t i = 0; type && i < types->count; i++) {
        const char *asked = types->items[i].fact->value;
        if (asked && strcmp(asked, type) == 0) {
            return true;
        }
    }
    return !types->count;
}

/* The row of list UNCL1001 for a code; customs write it with an N before its digits, too. */
static const struct fact *code_row(const struct evaluation *e, const char *code) {
    const struct fact *row = reference_code_row(e->host->reference, "UNCL1001", code, ANY_DAY);
    bool prefixed = !row && code[0] == 'N' && code[1] >= '0' && code[1] <= '9';
    return prefixed ? reference_code_row(e->host->reference, "UNCL1001", code + 1, ANY_DAY) : row;
}

/* By the code's row: its kind, and a type of those asked for. */
static bool is_code_of(const struct evaluation *e, const char *code, const char *kind, const struct nodes *types) {
    const struct fact *row = code_row(e, code);
    return row && fact_is(row, "kind", kind) && is_asked(types, fact_text(row, "type"));
}

/* The type of a document: as it says itself, or as its code says in list UNCL1001. */
static enum truth has_type(const struct evaluation *e, const struct fact *document, const char *kind,
                           const struct nodes *types) {
    static const char *const columns[] = {"type", "register"};
    enum truth answer = types->count ? TRUTH_UNKNOWN : TRUTH_TRUE;
    for (size_t i = 0; i < sizeof columns / sizeof *columns && answer != TRUTH_TRUE; i++) {
        const struct fact *type = next_child(e, document, columns[i], NULL);
        if (!type || !type->value || type->state == FACT_UNREADABLE) {
            continue;
        }
        bool coded = e->host->reference && is_code_of(e, type->value, kind, types);
        answer = coded || is_asked(types, type->value) ? TRUTH_TRUE : TRUTH_FALSE;
    }
    return answer;
}

/* ---- Documents that name an item -------------------------------------------------------------------- */

enum { LEAST_CODE = 4, MOST_CODE = 24 };

/* Documents of one kind, by what names goods in them: "number X", "item 7", "code 8471". */
struct register_of_kind {
    struct map names; /* of struct entry */
};

struct entry {
    struct fact *document;
    struct entry *next;
};

static void enter(struct evaluation *e, struct register_of_kind *index, const char *what, const char *text,
                  struct fact *document) {
    const char *name = arena_printf(e->bundle, "%s %s", what, text);
    struct map_key key = {.text = name};
    struct entry *first = map_find(&index->names, &key);
    spend(e, 1);
    if (first && first->document == document) {
        return;
    }
    struct entry *entry = arena_alloc(e->bundle, sizeof *entry);
    *entry = (struct entry){.document = document, .next = first};
    map_put(&index->names, &key, entry);
}

/* A longer code in the paper names the goods by what it begins with. */
static void enter_code(struct evaluation *e, struct register_of_kind *index, const char *code, struct fact *document) {
    size_t length = strlen(code);
    enter(e, index, "code", code, document);
    for (size_t i = LEAST_CODE; i < length && i < MOST_CODE; i++) {
        enter(e, index, "longer", arena_copy(e->arena, code, i), document);
    }
}

static void enter_lines(struct evaluation *e, struct register_of_kind *index, const char *name, struct fact *document) {
    for (struct fact *line = next_child(e, document, name, NULL); line && !e->exhausted;
         line = next_child(e, document, name, line)) {
        const struct fact *item = next_child(e, line, "item", NULL), *code = next_child(e, line, "code", NULL);
        if (item && item->value) {
            enter(e, index, "item", item->value, document);
        }
        if (code && code->value) {
            enter_code(e, index, code->value, document);
        }
    }
}

static struct register_of_kind *index_of(struct evaluation *e, const char *kind) {
    static const char memo[] = "tw:documents";
    struct map_key key = {.a = memo, .text = kind};
    struct register_of_kind *index = map_find(&e->memory->kept, &key);
    if (index) {
        return index;
    }
    index = arena_zero(e->bundle, sizeof *index);
    index->names.arena = e->bundle;
    for (struct fact *document = next_child(e, e->dossier, kind, NULL); document && !e->exhausted;
         document = next_child(e, e->dossier, kind, document)) {
        const struct fact *number = next_child(e, document, "number", NULL);
        if (number && number->value) {
            enter(e, index, "number", reference_of(e, number->value), document);
        }
        enter_lines(e, index, "line", document);
        enter_lines(e, index, "goods", document);
    }
    if (!e->exhausted) {
        key.text = arena_string(e->bundle, kind);
        map_put(&e->memory->kept, &key, index);
    }
    return index;
}

/* ---- tw:documents ----------------------------------------------------------------------------------- */

struct chosen {
    struct evaluation *e;
    const char *kind;
    const struct nodes *types;
    struct member *items;
    size_t count, capacity;
    const struct missing *missing;
};

static void choose(struct chosen *chosen, struct fact *document) {
    struct evaluation *e = chosen->e;
    enum truth fits = is_superseded(e, document) ? TRUTH_FALSE : has_type(e, document, chosen->kind, chosen->types);
    spend(e, 1);
    if (fits == TRUTH_FALSE) {
        return;
    }
    if (fits == TRUTH_UNKNOWN) {
        chosen->missing = missing_both(e, chosen->missing, missing_below(e, document, "type"));
    }
    if (chosen->count == chosen->capacity) {
        chosen->items = arena_grow(e->arena, chosen->items, &chosen->capacity, sizeof *chosen->items);
    }
    chosen->items[chosen->count++] = (struct member){.fact = document, .maybe = fits == TRUTH_UNKNOWN};
}

static void choose_named(struct chosen *chosen, const struct register_of_kind *index, const char *what,
                         const char *text) {
    struct map_key key = {.text = arena_printf(chosen->e->arena, "%s %s", what, text)};
    for (const struct entry *entry = map_find(&index->names, &key); entry; entry = entry->next) {
        choose(chosen, entry->document);
    }
}

static void choose_by_references(struct chosen *chosen, const struct register_of_kind *index, const struct fact *item) {
    static const char *const references[] = {"supportingDocument", "previousDocument", "transportReference"};
    struct evaluation *e = chosen->e;
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        for (struct fact *one = next_child(e, item, references[i], NULL); one;
             one = next_child(e, item, references[i], one)) {
            const struct fact *number = next_child(e, one, "number", NULL);
            if (number && number->value) {
                choose_named(chosen, index, "number", reference_of(e, number->value));
            }
        }
    }
}

static void choose_by_item(struct chosen *chosen, const struct fact *item) {
    struct evaluation *e = chosen->e;
    const struct register_of_kind *index = index_of(e, chosen->kind);
    const char *n = fact_text(item, "@n"), *code = fact_text(item, "commodity/code");
    choose_by_references(chosen, index, item);
    if (n) {
        choose_named(chosen, index, "item", n);
    }
    if (code) {
        size_t length = strlen(code);
        choose_named(chosen, index, "longer", code);
        for (size_t i = LEAST_CODE; i <= length && i < MOST_CODE; i++) {
            choose_named(chosen, index, "code", arena_copy(e->arena, code, i));
        }
    }
}

static int by_order(const void *a, const void *b) {
    const struct fact *left = ((const struct member *)a)->fact, *right = ((const struct member *)b)->fact;
    return (left->order > right->order) - (left->order < right->order);
}

/* In document order, each once. */
static void settle(struct chosen *chosen) {
    size_t kept = 0;
    if (chosen->count > 1) {
        qsort(chosen->items, chosen->count, sizeof *chosen->items, by_order);
    }
    for (size_t i = 0; i < chosen->count; i++) {
        if (!kept || chosen->items[kept - 1].fact != chosen->items[i].fact) {
            chosen->items[kept++] = chosen->items[i];
        }
    }
    chosen->count = kept;
}

static bool is_item(const struct fact *node) {
    return strcmp(node->name, "goodsItem") == 0;
}

static struct value documents_of(struct evaluation *e, const struct value *arguments, size_t count) {
    const struct fact *node = argument_fact(&arguments[2]);
    struct chosen chosen = {.e = e, .kind = arguments[0].text, .types = &arguments[1].nodes};
    (void)count;
    if (is_item(node)) {
        choose_by_item(&chosen, node);
    } else {
        for (struct fact *document = next_child(e, e->dossier, chosen.kind, NULL); document && !e->exhausted;
             document = next_child(e, e->dossier, chosen.kind, document)) {
            choose(&chosen, document);
        }
    }
    settle(&chosen);
    const struct missing *missing = chosen.count ? chosen.missing : missing_below(e, e->dossier, chosen.kind);
    return (struct value){.kind = VALUE_NODES, .nodes = {chosen.items, chosen.count, missing}};
}

/* ---- tw:references ---------------------------------------------------------------------------------- */

static void choose_references(struct chosen *chosen, const struct fact *node) {
    static const char *const names[] = {"supportingDocument", "transportReference", "previousDocument"};
    struct evaluation *e = chosen->e;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (struct fact *one = next_child(e, node, names[i], NULL); one && !e->exhausted;
             one = next_child(e, node, names[i], one)) {
            const struct fact *type = next_child(e, one, "type", NULL);
            spend(e, 1);
            if (type && type->value && is_code_of(e, type->value, chosen->kind, chosen->types)) {
                if (chosen->count == chosen->capacity) {
                    chosen->items = arena_grow(e->arena, chosen->items, &chosen->capacity, sizeof *chosen->items);
                }
                chosen->items[chosen->count++] = (struct member){.fact = one};
            }
        }
    }
}

static struct value references_of(struct evaluation *e, const struct value *arguments, size_t count) {
    const struct fact *node = argument_fact(&arguments[2]), *declaration = house_declaration(e);
    struct chosen chosen = {.e = e, .kind = arguments[0].text, .types = &arguments[1].nodes};
    struct value unknown;
    (void)count;
    if (!house_list(e, "UNCL1001", &unknown)) {
        return unknown;
    }
    choose_references(&chosen, node);
    if (node != declaration) {
        choose_references(&chosen, declaration);
    }
    settle(&chosen);
    return (struct value){.kind = VALUE_NODES, .nodes = {chosen.items, chosen.count, NULL}};
}

const struct function functions_document[] = {
    {.name = "tw:documents", .takes = "TnN", .min = 3, .returns = RETURNS_NODES, .body = documents_of},
    {.name = "tw:references", .takes = "TnN", .min = 3, .returns = RETURNS_NODES, .body = references_of},
    {0},
};
