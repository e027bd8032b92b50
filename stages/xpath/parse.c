/* The grammar of RULES 4, by recursive descent of bounded depth. Each function returns NULL when it could not
 * read on; what is only unknown (a fact, a column) is told, and reading goes on. */
#include "base/arena.h"
#include "tree/names.h"
#include "tree/vocabulary.h"
#include "xpath/build.h"
#include "xpath/parser.h"

#include <string.h>

static struct node *parse_or(struct parser *p);

static bool accept(struct parser *p, enum token kind) {
    if (p->lexer.kind != kind) {
        return false;
    }
    lexer_next(&p->lexer);
    return true;
}

static bool expect(struct parser *p, enum token kind) {
    if (!accept(p, kind)) {
        refuse_token(p);
        return false;
    }
    return true;
}

static const char *token_text(struct parser *p) {
    return arena_copy(p->program->arena, p->lexer.text + p->lexer.start, p->lexer.length);
}

/* ---- Steps ------------------------------------------------------------------------------------------ */

/* A path while it is read. */
struct reading {
    struct path *path;
    struct node *node;
    struct type type; /* of the facts reached so far */
    struct step steps[MAX_STEPS];
    size_t start;        /* offset of its first character */
    bool many;           /* several facts may have been reached */
    bool through_parent; /* a set of facts below .. */
};

static bool parse_position(struct parser *p, struct predicate *predicate) {
    struct lexer ahead = p->lexer;
    if (ahead.kind == TOKEN_NUMBER && lexer_peek(&ahead) == TOKEN_CLOSE_BRACKET) {
        struct decimal number;
        int64_t position;
        if (!decimal_parse(ahead.text + ahead.start, ahead.length, &number) ||
            !decimal_to_integer(&number, &position) || position < 1) {
            complain(p, ahead.start, "a position is a whole number from 1");
            return false;
        }
        *predicate = (struct predicate){.kind = PREDICATE_POSITION, .position = (uint64_t)position};
        lexer_next(&p->lexer);
        return true;
    }
    if (!lexer_is(&ahead, "last")) {
        return false;
    }
    for (enum token kind = TOKEN_OPEN; kind <= TOKEN_CLOSE; kind++) {
        lexer_next(&ahead);
        if (ahead.kind != kind) {
            return false;
        }
    }
    lexer_next(&ahead);
    if (ahead.kind != TOKEN_CLOSE_BRACKET) {
        return false;
    }
    *predicate = (struct predicate){.kind = PREDICATE_LAST};
    p->lexer = ahead;
    return true;
}

/* One predicate, on facts of the reading's type; its bracket is already taken. */
static bool parse_predicate(struct parser *p, struct reading *r, struct predicate *predicate) {
    size_t offset = p->lexer.start;
    if (!parse_position(p, predicate)) {
        if (p->failed && p->lexer.kind == TOKEN_NUMBER && lexer_peek(&p->lexer) == TOKEN_CLOSE_BRACKET) {
            return false;
        }
        const struct type *outer = p->here;
        p->here = &r->type;
        p->inside++;
        struct node *test = parse_or(p);
        p->inside--;
        p->here = outer;
        if (!test) {
            return false;
        }
        if (test->about->type.shape == SHAPE_INTEGER || test->about->type.shape == SHAPE_DECIMAL) {
            complain(p, offset, "a predicate is a condition or a whole number: write @n = …");
        }
        if (test->level > LEVEL_BUNDLE && r->node->level == LEVEL_BUNDLE && !r->node->local &&
            type_in_dossier(&r->type)) {
            refuse_scan(p, offset);
        }
        *predicate = (struct predicate){.kind = PREDICATE_TEST, .test = test};
        node_depends(r->node, test->level, false);
    }
    if (r->through_parent) {
        refuse_scan_of_parent(p, offset, "a predicate");
    }
    return expect(p, TOKEN_CLOSE_BRACKET);
}

static bool parse_predicates(struct parser *p, struct reading *r, struct predicate **out, size_t *count) {
    struct predicate list[MAX_STEPS] = {0};
    *count = 0;
    while (accept(p, TOKEN_OPEN_BRACKET)) {
        if (*count == MAX_STEPS) {
            complain(p, p->lexer.start, "more than %d predicates", MAX_STEPS);
            return false;
        }
        if (!parse_predicate(p, r, &list[*count])) {
            return false;
        }
        (*count)++;
    }
    struct predicate *kept = arena_zero(p->program->nodes, (*count + 1) * sizeof *kept);
    memcpy(kept, list, *count * sizeof *kept);
    *out = kept;
    return true;
}

static bool add_step(struct parser *p, struct reading *r, const struct step *step) {
    if (r->path->count == MAX_STEPS) {
        complain(p, p->lexer.start, "a path of more than %d steps", MAX_STEPS);
        return false;
    }
    struct step *added = &r->steps[r->path->count];
    *added = *step;
    if (!parse_predicates(p, r, &added->predicates, &added->predicate_count)) {
        return false;
    }
    for (size_t i = 0; i < added->predicate_count; i++) {
        added->positional = added->positional || added->predicates[i].kind != PREDICATE_TEST;
    }
    r->path->count++;
    return true;
}

static bool parse_parent_step(struct parser *p, struct reading *r) {
    if (p->context) {
        complain(p, p->lexer.start, "a context is a path from /dossier; its predicates read only what is below");
        return false;
    }
    struct step step = {.kind = STEP_PARENT, .written = p->lexer.text + p->lexer.start};
    r->type = type_parent(p, &r->type, p->lexer.start);
    r->path->mixed = r->path->mixed || r->many;
    r->through_parent = false;
    lexer_next(&p->lexer);
    return add_step(p, r, &step);
}

static bool has_parent_step(const struct reading *r) {
    for (size_t i = 0; i < r->path->count; i++) {
        if (r->steps[i].kind == STEP_PARENT) {
            return true;
        }
    }
    return false;
}

static bool parse_child_step(struct parser *p, struct reading *r) {
    size_t offset = p->lexer.start;
    const char *prefix = accept(p, TOKEN_AT) ? "@" : "";
    if (p->lexer.kind == TOKEN_ARITHMETIC && p->lexer.text[p->lexer.start] == '*') {
        complain(p, offset, "* is not part of the language: write the path: facts have one place");
        return false;
    }
    if (p->lexer.kind == TOKEN_NAME && lexer_peek(&p->lexer) == TOKEN_AXIS) {
        refuse_axis(p);
        return false;
    }
    if (p->lexer.kind == TOKEN_NAME && lexer_peek(&p->lexer) == TOKEN_OPEN) {
        refuse_function(p, token_text(p), p->lexer.start);
        return false;
    }
    if (p->lexer.kind != TOKEN_NAME) {
        refuse_token(p);
        return false;
    }
    const char *name = arena_printf(p->program->arena, "%s%s", prefix, token_text(p));
    struct step step = {.kind = STEP_CHILD, .written = p->lexer.text + offset};
    step.name = names_intern(p->program->names, name);
    r->type = type_child(p, &r->type, step.name, offset);
    r->many = true;
    r->through_parent = r->through_parent || (has_parent_step(r) && type_is_repeated(&r->type));
    lexer_next(&p->lexer);
    return add_step(p, r, &step);
}

static bool parse_step(struct parser *p, struct reading *r) {
    if (p->lexer.kind == TOKEN_DOTS) {
        return parse_parent_step(p, r);
    }
    return accept(p, TOKEN_DOT) || parse_child_step(p, r);
}

static bool parse_steps(struct parser *p, struct reading *r) {
    do {
        if (p->lexer.kind == TOKEN_SLASH) {
            refuse_token(p);
            return false;
        }
        if (!parse_step(p, r)) {
            return false;
        }
    } while (accept(p, TOKEN_SLASH));
    if (p->lexer.kind == TOKEN_DOUBLE_SLASH) {
        refuse_token(p);
        return false;
    }
    return true;
}

/* ---- Paths ------------------------------------------------------------------------------------------ */

static struct node *finish_path(struct parser *p, struct reading *r) {
    struct path *path = r->path;
    struct step *steps = arena_zero(p->program->nodes, (path->count + 1) * sizeof *steps);
    memcpy(steps, r->steps, path->count * sizeof *steps);
    for (size_t i = 0; i < path->count; i++) {
        steps[i].written = build_rest(p, steps[i].written);
    }
    path->steps = steps;
    path->through_parent = r->through_parent;
    r->node->about->type = r->type;
    r->node->about->written = build_rest(p, p->lexer.text + r->start);
    return build_path(p, r->node);
}

static void begin_path(struct parser *p, struct reading *r, enum base base) {
    memset(r, 0, sizeof *r);
    r->node = build_node(p, NODE_PATH);
    r->path = arena_zero(p->program->nodes, sizeof *r->path);
    r->path->base = base;
    r->node->path = r->path;
    r->start = p->lexer.start;
}

static struct node *parse_absolute(struct parser *p) {
    struct reading r;
    begin_path(p, &r, BASE_DOSSIER);
    if (p->context && p->inside) {
        complain(p, p->lexer.start, "a context's predicates read only that fact and what is below it");
        return NULL;
    }
    lexer_next(&p->lexer);
    const struct definition *root = vocabulary_root(p->program->vocabulary);
    if (!lexer_is(&p->lexer, root->name)) {
        complain(p, p->lexer.start, "a path begins with /%s, or at the context without a slash", root->name);
        return NULL;
    }
    r.type = type_of_definition(p->program->arena, root);
    lexer_next(&p->lexer);
    if (p->lexer.kind == TOKEN_DOUBLE_SLASH) {
        refuse_token(p);
        return NULL;
    }
    if (accept(p, TOKEN_SLASH) && !parse_steps(p, &r)) {
        return NULL;
    }
    return finish_path(p, &r);
}

static struct node *parse_relative(struct parser *p) {
    struct reading r;
    begin_path(p, &r, BASE_HERE);
    if (p->context && !p->inside) {
        complain(p, p->lexer.start, "a context begins with /dossier");
        return NULL;
    }
    if (!p->here) {
        complain(p, p->lexer.start, "there is no context here: begin the path with /dossier");
        return NULL;
    }
    r.type = *p->here;
    node_depends(r.node, p->inside ? LEVEL_BUNDLE : LEVEL_CONTEXT, p->inside > 0);
    if (!parse_steps(p, &r)) {
        return NULL;
    }
    return finish_path(p, &r);
}

/* Predicates and steps after $name, (expr), f(…). */
static struct node *parse_after(struct parser *p, size_t offset, struct node *start) {
    bool steps = p->lexer.kind == TOKEN_SLASH;
    if (!start || p->lexer.kind == TOKEN_DOUBLE_SLASH) {
        if (start) {
            refuse_token(p);
        }
        return NULL;
    }
    if (!steps && p->lexer.kind != TOKEN_OPEN_BRACKET) {
        return start;
    }
    if (!type_has_nodes(&start->about->type)) {
        complain(p, p->lexer.start, "only facts have predicates and steps");
        return NULL;
    }
    struct reading r;
    begin_path(p, &r, BASE_NODE);
    r.path->node = start;
    r.start = offset;
    r.type = start->about->type;
    r.type.shape = SHAPE_NODES;
    r.type.free = r.type.free || (start->about->type.shape == SHAPE_ANY && !start->about->type.count);
    r.many = true;
    r.path->mixed = start->kind == NODE_UNION;
    node_depends(r.node, start->level, start->local);
    r.through_parent = start->kind == NODE_PATH && start->path->through_parent;
    if (!parse_predicates(p, &r, &r.path->predicates, &r.path->predicate_count)) {
        return NULL;
    }
    if (accept(p, TOKEN_SLASH) && !parse_steps(p, &r)) {
        return NULL;
    }
    return finish_path(p, &r);
}

/* ---- Operands --------------------------------------------------------------------------------------- */

static struct node *parse_variable(struct parser *p) {
    size_t offset = p->lexer.start;
    lexer_next(&p->lexer);
    if (p->lexer.kind != TOKEN_NAME) {
        refuse_token(p);
        return NULL;
    }
    const char *name = token_text(p);
    const struct variable *variable = scope_find(p->scope, name);
    if (p->context) {
        complain(p, offset, "a context reads no variables");
        return NULL;
    }
    if (!variable) {
        complain(p, offset, "no let $%s is known here", name);
        return NULL;
    }
    lexer_next(&p->lexer);
    p->failed = p->failed || variable->faulty;
    return build_variable(p, variable);
}

static struct node *parse_call(struct parser *p) {
    size_t offset = p->lexer.start;
    const char *name = token_text(p);
    const struct function *function = function_find(name);
    if (!function) {
        refuse_function(p, name, offset);
        return NULL;
    }
    lexer_next(&p->lexer);
    lexer_next(&p->lexer);
    struct node *arguments[MAX_ARGUMENTS];
    size_t offsets[MAX_ARGUMENTS];
    size_t count = 0;
    while (p->lexer.kind != TOKEN_CLOSE) {
        if (count && !expect(p, TOKEN_COMMA)) {
            return NULL;
        }
        if (count == MAX_ARGUMENTS) {
            complain(p, p->lexer.start, "more than %d arguments", MAX_ARGUMENTS);
            return NULL;
        }
        offsets[count] = p->lexer.start;
        arguments[count] = parse_or(p);
        if (!arguments[count++]) {
            return NULL;
        }
    }
    lexer_next(&p->lexer);
    struct node *node = build_call(p, function, arguments, offsets, count, offset);
    if (node) {
        node->about->written = build_rest(p, p->lexer.text + offset);
    }
    return node;
}

static struct node *parse_literal(struct parser *p) {
    struct node *node;
    if (p->lexer.kind == TOKEN_TEXT) {
        node = build_text(p, token_text(p));
    } else {
        struct decimal number;
        if (!decimal_parse(p->lexer.text + p->lexer.start, p->lexer.length, &number)) {
            complain(p, p->lexer.start, "a number of more digits than are held");
            return NULL;
        }
        node = build_number(p, &number);
    }
    lexer_next(&p->lexer);
    return node;
}

static struct node *parse_group(struct parser *p) {
    lexer_next(&p->lexer);
    struct node *inner = parse_or(p);
    return inner && expect(p, TOKEN_CLOSE) ? inner : NULL;
}

static struct node *parse_operand(struct parser *p) {
    size_t offset = p->lexer.start;
    switch (p->lexer.kind) {
    case TOKEN_NUMBER:
    case TOKEN_TEXT:
        return parse_literal(p);
    case TOKEN_DOLLAR:
        return parse_after(p, offset, parse_variable(p));
    case TOKEN_OPEN:
        return parse_after(p, offset, parse_group(p));
    case TOKEN_SLASH:
        return parse_absolute(p);
    case TOKEN_ARITHMETIC:
        if (p->lexer.text[p->lexer.start] == '-') {
            complain(p, p->lexer.start, "there is no minus sign: write tw:sub('0', x), or the text '-1'");
            return NULL;
        }
        return parse_relative(p);
    case TOKEN_NAME:
        if (lexer_peek(&p->lexer) == TOKEN_OPEN) {
            return parse_after(p, offset, parse_call(p));
        }
        return parse_relative(p);
    case TOKEN_AT:
    case TOKEN_DOT:
    case TOKEN_DOTS:
        return parse_relative(p);
    default:
        refuse_token(p);
        return NULL;
    }
}

/* ---- Operators -------------------------------------------------------------------------------------- */

enum { MAX_LIST = 64 };

/* One or more operands apart by an operator. */
static struct node *parse_list(struct parser *p, enum node_kind kind, struct node *(*operand)(struct parser *),
                               bool (*is_operator)(const struct lexer *)) {
    struct node *items[MAX_LIST];
    size_t count = 0;
    do {
        if (count) {
            lexer_next(&p->lexer);
        }
        if (count == MAX_LIST) {
            complain(p, p->lexer.start, "more than %d operands in a row", MAX_LIST);
            return NULL;
        }
        size_t offset = p->lexer.start;
        items[count] = operand(p);
        if (!items[count]) {
            return NULL;
        }
        if (kind == NODE_UNION && (count || is_operator(&p->lexer)) && !type_has_nodes(&items[count]->about->type)) {
            complain(p, offset, "| joins sets of facts");
            return NULL;
        }
        count++;
    } while (is_operator(&p->lexer));
    return count == 1 ? items[0] : build_list(p, kind, items, count);
}

static bool is_bar(const struct lexer *lexer) {
    return lexer->kind == TOKEN_BAR;
}

static bool is_and(const struct lexer *lexer) {
    return lexer_is(lexer, "and");
}

static bool is_or(const struct lexer *lexer) {
    return lexer_is(lexer, "or");
}

static struct node *parse_union(struct parser *p) {
    return parse_list(p, NODE_UNION, parse_operand, is_bar);
}

static struct node *parse_compare(struct parser *p) {
    struct node *left = parse_union(p);
    enum token kind = p->lexer.kind;
    if (!left || kind < TOKEN_EQUAL || kind > TOKEN_GREATER_EQUAL) {
        return left;
    }
    size_t offset = p->lexer.start;
    enum operator op =(enum operator)(kind - TOKEN_EQUAL);
    lexer_next(&p->lexer);
    struct node *right = parse_union(p);
    if (!right) {
        return NULL;
    }
    type_compare(p, left, op, right, offset);
    return build_compare(p, op, left, right);
}

static struct node *parse_and(struct parser *p) {
    return parse_list(p, NODE_AND, parse_compare, is_and);
}

static struct node *parse_or(struct parser *p) {
    if (p->depth == MAX_DEPTH) {
        complain(p, p->lexer.start, "nested more than %d deep", MAX_DEPTH);
        return NULL;
    }
    p->depth++;
    struct node *node = parse_list(p, NODE_OR, parse_and, is_or);
    p->depth--;
    return node;
}

/* ---- Whole texts ------------------------------------------------------------------------------------ */

static struct node *parse_whole(struct parser *p, const char *text) {
    if (strlen(text) > MAX_TEXT) {
        p->lexer.text = "";
        complain(p, 0, "an expression of more than %d bytes", MAX_TEXT);
        return NULL;
    }
    lexer_begin(&p->lexer, text);
    struct node *node = p->context || p->inside ? parse_union(p) : parse_or(p);
    if (node && p->lexer.kind != TOKEN_END) {
        refuse_token(p);
    }
    return p->failed ? NULL : node;
}

struct node *parse_expression(struct scope *scope, struct place place, const char *text) {
    struct parser p = {.program = scope->program, .scope = scope, .place = place};
    for (const struct scope *s = scope; s && !p.here; s = s->outer) {
        p.here = s->has_context ? &s->context : NULL;
    }
    struct node *node = parse_whole(&p, text);
    return node ? build_constant(&p, node) : NULL;
}

struct node *parse_context(struct scope *scope, struct place place, const char *text) {
    struct parser p = {.program = scope->program, .scope = scope, .place = place, .context = true};
    struct node *node = parse_whole(&p, text);
    if (node && node->kind != NODE_PATH && node->kind != NODE_UNION) {
        complain(&p, 0, "a context is a path from /dossier, or several joined by |");
        return NULL;
    }
    return node;
}

struct node *parse_key(struct parser *outer, const struct type *here, const char *text, size_t offset) {
    struct parser p = {.program = outer->program,
                       .scope = outer->scope,
                       .place = outer->place,
                       .here = here,
                       .inside = 1,
                       .depth = outer->depth};
    p.place.column += (unsigned)offset;
    struct node *node = parse_whole(&p, text);
    if (node && (!node->local || (node->kind != NODE_PATH && node->kind != NODE_UNION))) {
        complain(&p, 0, "a key is a path relative to the members of the set");
    }
    outer->failed = outer->failed || p.failed;
    return p.failed ? NULL : node;
}
