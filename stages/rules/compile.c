/* Compiling what stands in attributes, lets and texts of a pack. */
#include "rules/load.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "tree/names.h"

#include <stdarg.h>
#include <string.h>

static const struct source *place_of(const struct bench *bench, const struct source *at) {
    return bench->instance ? bench->instance : at;
}

static struct place place_at(const struct bench *bench, const struct source *at) {
    const struct element *element = place_of(bench, at)->element;
    return (struct place){.file = bench->file->path, .line = element->line, .column = element->column};
}

void bench_complain(const struct bench *bench, const struct source *at, const char *format, ...) {
    va_list values;
    va_start(values, format);
    const char *text = arena_vprintf(bench->loader->arena, format, values);
    va_end(values);
    pack_complain(bench->loader, bench->file, place_of(bench, at), "%s", text);
}

static bool name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c < 0;
}

static const struct parameter_value *parameter_named(const struct bench *bench, const char *name, size_t length) {
    for (size_t i = 0; i < bench->parameter_count; i++) {
        const char *known = bench->parameters[i].name;
        if (strncmp(known, name, length) == 0 && !known[length]) {
            return &bench->parameters[i];
        }
    }
    return NULL;
}

const char *bench_text(const struct bench *bench, const char *text) {
    if (!bench->parameter_count || !strchr(text, '$')) {
        return text;
    }
    struct buffer out = {0};
    while (*text) {
        size_t length = 0;
        while (*text == '$' && name_character(text[1 + length])) {
            length++;
        }
        const struct parameter_value *p = length ? parameter_named(bench, text + 1, length) : NULL;
        if (p) {
            buffer_string(&out, p->value);
            text += 1 + length;
        } else {
            buffer_char(&out, *text++);
        }
    }
    const char *made = arena_copy(bench->loader->arena, out.bytes ? out.bytes : "", out.length);
    buffer_free(&out);
    return made;
}

/* The place of an expression; its text, with parameters put in, where it is of an instance. */
static struct place text_place(const struct bench *bench, const struct source *at, const char **text) {
    if (bench->instance) {
        *text = bench_text(bench, *text);
        return place_at(bench, at);
    }
    return attribute_place(bench->loader, bench->file, at, text);
}

const struct expression *bench_compile(const struct bench *bench, const struct source *at, const char *text) {
    const struct place place = text_place(bench, at, &text);
    return compile(bench->scope, place, text);
}

const struct expression *bench_context(const struct bench *bench, const struct source *at, const char *text) {
    const struct place place = text_place(bench, at, &text);
    return compile_context(bench->scope, place, text);
}

const struct expression *bench_attribute(const struct bench *bench, const struct source *at, const char *name) {
    const char *text = attribute(at, name);
    return text ? bench_compile(bench, at, text) : NULL;
}

const struct expression *bench_ours(const struct bench *bench, const struct source *at, const char *name) {
    const char *text = tw_attribute(at, name);
    return text ? bench_compile(bench, at, text) : NULL;
}

/* ---- tables ---- */

static void add_row(const struct bench *bench, struct tree *tree, struct fact *parent, const struct source *row) {
    struct loader *loader = bench->loader;
    const char *text = row->first || !row->text ? NULL : collapsed(loader->arena, row->text);
    struct fact *fact = tree_attach(tree, parent, names_intern(loader->names, row->name), text && *text ? text : NULL);
    for (const struct source_attribute *a = row->attributes; a; a = a->next) {
        const char *name = arena_printf(loader->arena, "@%s", a->name);
        tree_attach(tree, fact, names_intern(loader->names, name), a->value);
    }
    for (const struct source *child = row->first; child; child = child->next) {
        add_row(bench, tree, fact, child); /* as deep as the parser allows */
    }
}

static struct fact *table_of(const struct bench *bench, const struct source *let, const char *name) {
    struct loader *loader = bench->loader;
    struct tree tree = tree_new(loader->arena, loader->names, names_intern(loader->names, name));
    for (const struct source *row = let->first; row; row = row->next) {
        add_row(bench, &tree, tree.root, row);
    }
    tree_number(&tree, 0);
    return tree.root;
}

void bench_let(const struct bench *bench, const struct source *let) {
    check_attributes(bench->loader, bench->file, let, "name value", NULL);
    const char *name = attribute(let, "name");
    const char *value = attribute(let, "value");
    if (!name) {
        bench_complain(bench, let, "a let has a name");
    } else if (strcmp(name, "each") == 0 || strcmp(name, "by") == 0 || strcmp(name, "it") == 0) {
        bench_complain(bench, let, "a let cannot be named %s: the name is taken", name);
    } else if (value && let->first) {
        bench_complain(bench, let, "let %s has a value and a table: one of them", name);
    } else if (let->first) {
        scope_table(bench->scope, place_at(bench, let), name, table_of(bench, let, name));
    } else if (value) {
        scope_let(bench->scope, place_at(bench, let), name, bench_compile(bench, let, value));
    } else {
        bench_complain(bench, let, "let %s has neither a value nor a table", name);
    }
}

void bench_lets(const struct bench *bench, const struct source *parent) {
    for (const struct source *let = first_element(parent, SCHEMATRON, "let"); let;
         let = next_element(let, SCHEMATRON, "let")) {
        bench_let(bench, let);
    }
}

static void declare_definition(const struct bench *bench, const struct source *define) {
    check_attributes(bench->loader, bench->file, define, "name context value", NULL);
    const char *name = attribute(define, "name");
    const char *context = attribute(define, "context");
    if (!name || !context || !attribute(define, "value")) {
        bench_complain(bench, define, "a definition has name, context and value");
        return;
    }
    scope_declare(bench->scope, place_at(bench, define), name, bench_context(bench, define, context));
}

void bench_scope(const struct bench *bench, const struct source *parent) {
    const struct source *first = first_element(parent, TIDEWAITER, "define");
    for (const struct source *d = first; d; d = next_element(d, TIDEWAITER, "define")) {
        declare_definition(bench, d);
    }
    bench_lets(bench, parent);
    for (const struct source *d = first; d; d = next_element(d, TIDEWAITER, "define")) {
        const char *name = attribute(d, "name");
        const char *value = attribute(d, "value");
        if (name && value && attribute(d, "context")) {
            const struct place place = text_place(bench, d, &value);
            scope_define(bench->scope, place, name, value);
        }
    }
}

/* ---- texts with values in them ---- */

struct writing {
    const struct bench *bench;
    struct piece *pieces;
    size_t count, capacity;
    bool after_blank; /* so that white space across pieces collapses */
};

static struct piece *add_piece(struct writing *w) {
    if (w->count == w->capacity) {
        w->pieces = arena_grow(w->bench->loader->arena, w->pieces, &w->capacity, sizeof *w->pieces);
    }
    struct piece *piece = &w->pieces[w->count++];
    *piece = (struct piece){0};
    return piece;
}

static void add_text(struct writing *w, const char *text, size_t length) {
    char *out = arena_alloc(w->bench->loader->arena, length + 1);
    size_t written = 0;
    for (size_t i = 0; i < length; i++) {
        bool blank = strchr(" \t\r\n", text[i]) != NULL;
        if (!blank || !w->after_blank) {
            out[written] = text[i];
            if (blank) {
                out[written] = ' ';
            }
            written++;
        }
        w->after_blank = blank;
    }
    out[written] = '\0';
    if (written) {
        add_piece(w)->text = out;
    }
}

static void add_value(struct writing *w, const struct source *at) {
    check_attributes(w->bench->loader, w->bench->file, at, "select", NULL);
    const char *select = attribute(at, "select");
    if (!select) {
        bench_complain(w->bench, at, "value-of has a select");
        return;
    }
    const struct expression *value = bench_compile(w->bench, at, select);
    if (value) {
        add_piece(w)->value = value;
    }
    w->after_blank = false;
}

/* A source keeps its own text joined; what stands before the first child is what the tails do not account for. */
static size_t leading_length(const struct source *at) {
    size_t length = at->text ? strlen(at->text) : 0;
    for (const struct source *child = at->first; child; child = child->next) {
        length -= child->tail ? strlen(child->tail) : 0;
    }
    return length;
}

struct message bench_message(const struct bench *bench, const struct source *at) {
    struct writing w = {.bench = bench, .after_blank = true};
    add_text(&w, at->text ? at->text : "", leading_length(at));
    for (const struct source *child = at->first; child; child = child->next) {
        if (is_element(child, SCHEMATRON, "value-of")) {
            add_value(&w, child);
        } else if (is_element(child, SCHEMATRON, "emph") || is_element(child, SCHEMATRON, "span")) {
            add_text(&w, child->text ? child->text : "", child->text ? strlen(child->text) : 0);
        } else {
            bench_complain(bench, child, "%s cannot stand in a text: value-of puts a value in", child->element->name);
        }
        add_text(&w, child->tail ? child->tail : "", child->tail ? strlen(child->tail) : 0);
    }
    if (w.count && w.after_blank && w.pieces[w.count - 1].text) { /* the text ends where its last word ends */
        struct piece *last = &w.pieces[w.count - 1];
        last->text = arena_copy(bench->loader->arena, last->text, strlen(last->text) - 1);
    }
    return (struct message){.pieces = w.pieces, .count = w.count};
}
