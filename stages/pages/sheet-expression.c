/* Reads expressions of stylesheets: the grammar of XPath 1.0 without unions, arithmetic and long axes, by recursive
 * descent of bounded depth. Each function returns NULL when it added a problem. */
#include "base/arena.h"
#include "pages/sheet-build.h"
#include "tree/names.h"

#include <string.h>

enum { DEPTH_LIMIT = 24, STEP_LIMIT = 16, LIST_LIMIT = 32, TEXT_LIMIT = 2000 };

struct reading {
    const struct sheet_writer *w;
    const struct source *at;
    const char *what;
    struct lexer lexer;
    unsigned depth;
    unsigned inside; /* predicates around this place */
};

static const struct sheet_expression *read_or(struct reading *r);

/* ---- Problems and nodes ---- */

static void *refuse(const struct reading *r, const char *help) {
    const struct lexer *lexer = &r->lexer;
    if (lexer->kind == TOKEN_END) {
        sheet_complain(r->w, r->at, "%s=\"%s\" ends too early: %s", r->what, lexer->text, help);
    } else {
        sheet_complain(r->w, r->at, "%s=\"%s\": \"%.*s\" is not part of the subset: %s", r->what, lexer->text,
                       (int)(lexer->length ? lexer->length : 1), lexer->text + lexer->start, help);
    }
    return NULL;
}

static struct sheet_expression *new_node(const struct reading *r, enum sheet_kind kind, enum sheet_type type) {
    struct sheet_expression *node = arena_zero(r->w->build->arena, sizeof *node);
    node->kind = kind;
    node->type = type;
    return node;
}

static bool accept(struct reading *r, enum token kind) {
    if (r->lexer.kind != kind) {
        return false;
    }
    lexer_next(&r->lexer);
    return true;
}

static bool is_star(const struct reading *r) {
    return r->lexer.kind == TOKEN_ARITHMETIC && r->lexer.text[r->lexer.start] == '*';
}

/* ---- Paths ---- */

static bool read_predicates(struct reading *r, struct sheet_step *step) {
    const struct sheet_expression *list[LIST_LIMIT];
    while (accept(r, TOKEN_OPEN_BRACKET)) {
        if (step->predicate_count == LIST_LIMIT) {
            return refuse(r, "too many predicates");
        }
        r->inside++;
        const struct sheet_expression *predicate = read_or(r);
        r->inside--;
        if (!predicate) {
            return false;
        }
        if (!accept(r, TOKEN_CLOSE_BRACKET)) {
            return refuse(r, "a predicate ends with ]");
        }
        list[step->predicate_count++] = predicate;
    }
    if (step->predicate_count) {
        size_t size = step->predicate_count * sizeof(const struct sheet_expression *);
        step->predicates = memcpy(arena_alloc(r->w->build->arena, size), list, size);
    }
    return true;
}

static bool read_step(struct reading *r, struct sheet_step *step) {
    const char *prefix = accept(r, TOKEN_AT) ? "@" : "";
    if (is_star(r) && !*prefix) {
        step->name = NULL;
    } else if (r->lexer.kind == TOKEN_NAME && lexer_peek(&r->lexer) != TOKEN_AXIS &&
               lexer_peek(&r->lexer) != TOKEN_OPEN) {
        const char *name =
            arena_printf(r->w->build->arena, "%s%.*s", prefix, (int)r->lexer.length, r->lexer.text + r->lexer.start);
        step->name = names_intern(r->w->build->names, name);
    } else {
        return refuse(r, "a step is a name, @name or *; .. stands only at the beginning");
    }
    lexer_next(&r->lexer);
    return read_predicates(r, step);
}

static bool read_steps(struct reading *r, struct sheet_path *path) {
    struct sheet_step steps[STEP_LIMIT] = {0};
    do {
        if (path->step_count == STEP_LIMIT) {
            return refuse(r, "too many steps");
        }
        struct sheet_step *step = &steps[path->step_count];
        if (!read_step(r, step)) {
            return false;
        }
        path->filtered = path->filtered || step->predicate_count;
        path->step_count++;
    } while (accept(r, TOKEN_SLASH));
    size_t size = path->step_count * sizeof *steps;
    path->steps = memcpy(arena_alloc(r->w->build->arena, size), steps, size);
    return true;
}

static bool same_path(const struct sheet_path *a, const struct sheet_path *b) {
    bool same = a->base == b->base && a->step_count == b->step_count &&
                (a->base == FROM_ROOT || a->variable->variable.slot == b->variable->variable.slot);
    for (size_t i = 0; same && i < a->step_count; i++) {
        same = a->steps[i].name == b->steps[i].name;
    }
    return same;
}

/* Where a path begins in the known tree; NULL: nowhere. */
static const struct fact *known_base(const struct sheet_build *build, const struct sheet_path *path) {
    if (path->base == FROM_ROOT) {
        return &build->known;
    }
    const struct sheet_expression *from = build->sheet->globals[path->variable->variable.slot];
    return from && from->kind == EXPRESSION_PATH ? from->path.known : NULL;
}

/* A path from the root or from a variable of the whole stylesheet leads to the same facts in all of a run; one into the
 * known tree, in every run. */
static const struct sheet_expression *keep(struct sheet_build *build, struct sheet_expression *node) {
    struct sheet_path *path = &node->path;
    bool global = path->base == FROM_VARIABLE && path->variable->variable.global;
    if (path->filtered || !path->step_count || (path->base != FROM_ROOT && !global)) {
        return node;
    }
    const struct fact *base = known_base(build, path);
    path->known = base ? sheet_descend(base, path->steps, path->step_count) : NULL;
    if (path->known == build->known.first) { /* the root itself is that of the run */
        path->known = NULL;
    }
    if (path->known) {
        return node;
    }
    for (const struct sheet_kept *kept = build->kept; kept; kept = kept->next) {
        if (same_path(kept->path, path)) {
            path->slot = kept->path->slot;
            return node;
        }
    }
    struct sheet_kept *kept = arena_alloc(build->arena, sizeof *kept);
    path->slot = ++build->sheet->kept;
    *kept = (struct sheet_kept){path, build->kept};
    build->kept = kept;
    return node;
}

static const struct sheet_expression *finish_path(struct reading *r, struct sheet_expression *node, bool steps) {
    struct sheet_path *path = &node->path;
    if (steps && !read_steps(r, path)) {
        return NULL;
    }
    if (path->base == FROM_CONTEXT && !path->parents && path->step_count == 1 && !path->filtered) {
        path->child = path->steps->name;
    }
    return keep(r->w->build, node);
}

static const struct sheet_expression *read_absolute(struct reading *r) {
    struct sheet_expression *node = new_node(r, EXPRESSION_PATH, SHEET_NODES);
    node->path.base = FROM_ROOT;
    lexer_next(&r->lexer);
    return finish_path(r, node, r->lexer.kind == TOKEN_NAME || is_star(r));
}

static const struct sheet_expression *read_relative(struct reading *r) {
    struct sheet_expression *node = new_node(r, EXPRESSION_PATH, SHEET_NODES);
    node->path.base = FROM_CONTEXT;
    while (r->lexer.kind == TOKEN_DOTS || r->lexer.kind == TOKEN_DOT) {
        node->path.parents += r->lexer.kind == TOKEN_DOTS;
        lexer_next(&r->lexer);
        if (!accept(r, TOKEN_SLASH)) {
            return node;
        }
    }
    return finish_path(r, node, true);
}

static const struct sheet_expression *read_variable(struct reading *r) {
    lexer_next(&r->lexer);
    const struct sheet_variable *variable = r->w->scope;
    while (variable && !lexer_is(&r->lexer, variable->name)) {
        variable = variable->outer;
    }
    if (!variable) {
        return refuse(r, "no variable of this name is declared before this place");
    }
    struct sheet_expression *node = new_node(r, EXPRESSION_VARIABLE, variable->type);
    node->variable.slot = variable->slot;
    node->variable.global = variable->global;
    lexer_next(&r->lexer);
    if (!accept(r, TOKEN_SLASH)) {
        return node;
    }
    if (variable->type != SHEET_NODES && variable->type != SHEET_NONE) {
        return refuse(r, "only variables that hold nodes have steps");
    }
    struct sheet_expression *path = new_node(r, EXPRESSION_PATH, SHEET_NODES);
    path->path.base = FROM_VARIABLE;
    path->path.variable = node;
    return finish_path(r, path, true);
}

/* ---- Calls ---- */

/* What no conversion of ours can make good: a count of what is no node-set, a place that is no whole number. */
static bool fits(const struct sheet_function *function, size_t i, enum sheet_type type) {
    if (strcmp(function->name, "count") == 0) {
        return type == SHEET_NODES;
    }
    return strcmp(function->name, "substring") != 0 || i == 0 || type == SHEET_NUMBER;
}

static bool read_arguments(struct reading *r, struct sheet_expression *node) {
    const struct sheet_function *function = node->call.function;
    const struct sheet_expression *list[LIST_LIMIT];
    while (r->lexer.kind != TOKEN_CLOSE) {
        if (node->call.count && !accept(r, TOKEN_COMMA)) {
            return refuse(r, "arguments are apart by commas");
        }
        if (node->call.count == function->most) {
            return refuse(r, "too many arguments");
        }
        const struct sheet_expression *argument = read_or(r);
        if (!argument) {
            return false;
        }
        if (!fits(function, node->call.count, argument->type)) {
            return refuse(r, "count() takes a path, substring() whole numbers");
        }
        list[node->call.count++] = argument;
    }
    if (node->call.count < function->least) {
        return refuse(r, "an argument is missing");
    }
    lexer_next(&r->lexer);
    size_t size = node->call.count * sizeof(const struct sheet_expression *);
    node->call.arguments = memcpy(arena_alloc(r->w->build->arena, size + 1), list, size);
    return true;
}

static const struct sheet_expression *read_call(struct reading *r) {
    const struct sheet_function *function = sheet_function_find(r->lexer.text + r->lexer.start, r->lexer.length);
    if (!function) {
        return refuse(r, "what a page computes or looks up stands in its tree");
    }
    if (!r->inside && strcmp(function->name, "last") == 0) {
        return refuse(r, "last() stands in predicates");
    }
    struct sheet_expression *node = new_node(r, EXPRESSION_CALL, function->type);
    node->call.function = function;
    lexer_next(&r->lexer);
    lexer_next(&r->lexer);
    return read_arguments(r, node) ? node : NULL;
}

/* ---- Operands and operators ---- */

static const struct sheet_expression *read_text(struct reading *r) {
    struct sheet_expression *node = new_node(r, EXPRESSION_TEXT, SHEET_TEXT);
    node->text = arena_copy(r->w->build->arena, r->lexer.text + r->lexer.start, r->lexer.length);
    lexer_next(&r->lexer);
    return node;
}

static const struct sheet_expression *read_number(struct reading *r) {
    struct decimal number;
    struct sheet_expression *node = new_node(r, EXPRESSION_NUMBER, SHEET_NUMBER);
    if (!decimal_parse(r->lexer.text + r->lexer.start, r->lexer.length, &number) || number.scale ||
        !decimal_to_integer(&number, &node->number)) {
        return refuse(r, "numbers are whole");
    }
    lexer_next(&r->lexer);
    return node;
}

static const struct sheet_expression *read_group(struct reading *r) {
    lexer_next(&r->lexer);
    const struct sheet_expression *inner = read_or(r);
    if (inner && !accept(r, TOKEN_CLOSE)) {
        return refuse(r, "a parenthesis is open");
    }
    return inner;
}

static const struct sheet_expression *read_operand(struct reading *r) {
    switch (r->lexer.kind) {
    case TOKEN_TEXT:
        return read_text(r);
    case TOKEN_NUMBER:
        return read_number(r);
    case TOKEN_OPEN:
        return read_group(r);
    case TOKEN_SLASH:
        return read_absolute(r);
    case TOKEN_DOLLAR:
        return read_variable(r);
    case TOKEN_NAME:
        return lexer_peek(&r->lexer) == TOKEN_OPEN ? read_call(r) : read_relative(r);
    case TOKEN_AT:
    case TOKEN_DOT:
    case TOKEN_DOTS:
        return read_relative(r);
    default:
        return is_star(r) ? read_relative(r) : refuse(r, "a path, a text, a number or a function stands here");
    }
}

static const struct sheet_expression *pair(struct reading *r, enum sheet_kind kind, enum token sign,
                                           const struct sheet_expression *left, const struct sheet_expression *right) {
    struct sheet_expression *node = new_node(r, kind, SHEET_TRUTH);
    node->pair.left = left;
    node->pair.sign = sign;
    node->pair.right = right;
    return right ? node : NULL;
}

static const struct sheet_expression *read_compare(struct reading *r) {
    const struct sheet_expression *left = read_operand(r);
    enum token sign = r->lexer.kind;
    if (!left || sign < TOKEN_EQUAL || sign > TOKEN_GREATER_EQUAL) {
        return left;
    }
    lexer_next(&r->lexer);
    return pair(r, EXPRESSION_COMPARE, sign, left, read_operand(r));
}

static const struct sheet_expression *read_and(struct reading *r) {
    const struct sheet_expression *left = read_compare(r);
    while (left && lexer_is(&r->lexer, "and")) {
        lexer_next(&r->lexer);
        left = pair(r, EXPRESSION_AND, TOKEN_END, left, read_compare(r));
    }
    return left;
}

static const struct sheet_expression *read_or(struct reading *r) {
    if (r->depth == DEPTH_LIMIT) {
        return refuse(r, "nested too deep");
    }
    r->depth++;
    const struct sheet_expression *left = read_and(r);
    while (left && lexer_is(&r->lexer, "or")) {
        lexer_next(&r->lexer);
        left = pair(r, EXPRESSION_OR, TOKEN_END, left, read_and(r));
    }
    r->depth--;
    return left;
}

const char *sheet_constant(const struct sheet_expression *e) {
    if (e && e->kind == EXPRESSION_TEXT) {
        return e->text;
    }
    const struct fact *known = e && e->kind == EXPRESSION_PATH ? e->path.known : NULL;
    return known && !known->first ? known->value : NULL;
}

const struct sheet_expression *sheet_expression(const struct sheet_writer *w, const struct source *at, const char *what,
                                                const char *text) {
    struct reading r = {.w = w, .at = at, .what = what};
    if (strlen(text) > TEXT_LIMIT) {
        sheet_complain(w, at, "%s is longer than %d bytes", what, TEXT_LIMIT);
        return NULL;
    }
    lexer_begin(&r.lexer, text);
    const struct sheet_expression *read = read_or(&r);
    if (read && r.lexer.kind != TOKEN_END) {
        return refuse(&r, "the expression ends before this");
    }
    return read;
}
