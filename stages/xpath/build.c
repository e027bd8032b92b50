#include "xpath/build.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "tree/names.h"
#include "tree/vocabulary.h"

#include <string.h>

struct node *build_node(struct parser *p, enum node_kind kind) {
    struct node *node = arena_zero(p->program->nodes, sizeof *node);
    node->about = arena_zero(p->program->arena, sizeof *node->about);
    node->kind = kind;
    return node;
}

void node_depends(struct node *node, enum level level, bool local) {
    node->level = level > node->level ? level : node->level;
    node->local = node->local || local;
}

static void depends_on(struct node *node, const struct node *part) {
    node_depends(node, part->level, part->local);
}

static bool is_constant(const struct node *node) {
    return node->level == LEVEL_BUNDLE && !node->local;
}

struct node *build_constant(struct parser *p, struct node *node) {
    bool trivial = node->kind == NODE_NUMBER || node->kind == NODE_TEXT || node->kind == NODE_VARIABLE ||
                   node->kind == NODE_CONSTANT;
    if (trivial || !is_constant(node)) {
        return node;
    }
    struct map_key key = {.a = node->about->canonical};
    struct node *known = map_find(&p->program->slots_by_text, &key);
    if (known) {
        return known;
    }
    struct node *made = build_node(p, NODE_CONSTANT);
    made->about->type = node->about->type;
    made->about->canonical = node->about->canonical;
    made->about->written = node->about->written;
    made->constant = node;
    made->slot = p->program->slots++;
    map_put(&p->program->slots_by_text, &key, made);
    return made;
}

/* ---- Canonical texts -------------------------------------------------------------------------------- */

static const char *interned(struct program *program, struct buffer *text) {
    const char *made = names_intern_part(program->names, text->bytes, text->length);
    buffer_free(text);
    return made;
}

static void append_predicates(struct buffer *text, const struct predicate *predicates, size_t count) {
    for (size_t i = 0; i < count; i++) {
        switch (predicates[i].kind) {
        case PREDICATE_TEST:
            buffer_printf(text, "[%s]", predicates[i].test->about->canonical);
            break;
        case PREDICATE_POSITION:
            buffer_printf(text, "[%llu]", (unsigned long long)predicates[i].position);
            break;
        case PREDICATE_LAST:
            buffer_string(text, "[last()]");
            break;
        }
    }
}

static void append_steps(struct buffer *text, const struct path *path, size_t from) {
    for (size_t i = from; i < path->count; i++) {
        const struct step *step = &path->steps[i];
        buffer_printf(text, "/%s", step->kind == STEP_PARENT ? ".." : step->name);
        append_predicates(text, step->predicates, step->predicate_count);
    }
}

const char *canonical_steps(struct program *program, const struct path *path, size_t from) {
    struct buffer text = {0};
    buffer_string(&text, ".");
    append_steps(&text, path, from);
    return interned(program, &text);
}

static const char *canonical_path(struct program *program, const struct path *path) {
    struct buffer text = {0};
    switch (path->base) {
    case BASE_HERE:
        buffer_string(&text, ".");
        break;
    case BASE_DOSSIER:
        buffer_string(&text, "/dossier");
        break;
    case BASE_NODE:
        buffer_printf(&text, "(%s)", path->node->about->canonical);
        break;
    }
    append_predicates(&text, path->predicates, path->predicate_count);
    append_steps(&text, path, 0);
    return interned(program, &text);
}

static const char *canonical_list(struct program *program, const char *before, struct node *const *items, size_t count,
                                  const char *between) {
    struct buffer text = {0};
    buffer_string(&text, before);
    for (size_t i = 0; i < count; i++) {
        buffer_printf(&text, "%s%s", i ? between : "", items[i]->about->canonical);
    }
    buffer_string(&text, ")");
    return interned(program, &text);
}

static const char *canonical_format(struct program *program, char *text) {
    return names_intern(program->names, text);
}

/* ---- Nodes ------------------------------------------------------------------------------------------ */

struct node *build_text(struct parser *p, const char *text) {
    struct node *node = build_node(p, NODE_TEXT);
    node->text = arena_string(p->program->nodes, text);
    node->about->type = type_of_shape(SHAPE_TEXT);
    /* The length makes texts with quotes in them unmistakable. */
    node->about->canonical =
        canonical_format(p->program, arena_printf(p->program->arena, "%zu'%s'", strlen(text), text));
    return node;
}

struct node *build_number(struct parser *p, const struct decimal *number) {
    char text[DECIMAL_TEXT];
    struct node *node = build_node(p, NODE_NUMBER);
    decimal_print(number, text);
    struct decimal *kept = arena_alloc(p->program->nodes, sizeof *kept);
    *kept = *number;
    node->number = kept;
    node->about->type = type_of_shape(SHAPE_DECIMAL);
    node->about->canonical = canonical_format(p->program, arena_printf(p->program->arena, "#%s", text));
    return node;
}

/* A let that is the same for the bundle is its value: lets that say the same are computed once. */
struct node *build_variable(struct parser *p, const struct variable *variable) {
    if (variable->value && variable->level == LEVEL_BUNDLE) {
        return build_constant(p, variable->value);
    }
    struct node *node = build_node(p, NODE_VARIABLE);
    node->variable = variable;
    node->slot = variable->slot;
    node->about->type = variable->type;
    node_depends(node, variable->level, false);
    node->about->canonical = canonical_format(
        p->program, arena_printf(p->program->arena, "$%u:%s", (unsigned)variable->slot, variable->name));
    return node;
}

const char *build_rest(struct parser *p, const char *from) {
    const char *end = p->lexer.text + p->lexer.start;
    while (end > from && (end[-1] == ' ' || end[-1] == '\n' || end[-1] == '\t' || end[-1] == '\r')) {
        end--;
    }
    return end > from ? arena_copy(p->program->arena, from, (size_t)(end - from)) : "";
}

/* The first step from which on all are children chosen by what is the same for the whole bundle. */
static size_t anchor_of(const struct path *path) {
    size_t anchor = path->count;
    while (anchor > 0) {
        const struct step *step = &path->steps[anchor - 1];
        bool fixed = step->kind == STEP_CHILD;
        for (size_t i = 0; i < step->predicate_count && fixed; i++) {
            fixed = step->predicates[i].kind != PREDICATE_TEST || step->predicates[i].test->level == LEVEL_BUNDLE;
        }
        if (!fixed) {
            break;
        }
        anchor--;
    }
    return anchor;
}

static void settle_predicates(struct parser *p, struct predicate *predicates, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (predicates[i].kind == PREDICATE_TEST) {
            predicates[i].test = build_constant(p, predicates[i].test);
        }
    }
}

static bool is_plain(const struct path *path) {
    bool kept = path->base != BASE_NODE || path->node->kind == NODE_VARIABLE || path->node->kind == NODE_CONSTANT;
    bool plain = kept && !path->mixed && !path->predicate_count;
    for (size_t i = 0; i < path->count && plain; i++) {
        plain = !path->steps[i].predicate_count;
    }
    return plain;
}

struct node *build_path(struct parser *p, struct node *node) {
    struct path *path = node->path;
    path->anchor = anchor_of(path);
    settle_predicates(p, path->predicates, path->predicate_count);
    for (size_t i = 0; i < path->count; i++) {
        settle_predicates(p, path->steps[i].predicates, path->steps[i].predicate_count);
    }
    if (path->base == BASE_NODE) {
        path->node = build_constant(p, path->node);
    }
    path->plain = is_plain(path);
    node->about->canonical = canonical_path(p->program, path);
    return node;
}

struct node *build_list(struct parser *p, enum node_kind kind, struct node *const *items, size_t count) {
    struct node *node = build_node(p, kind);
    struct node **parts = arena_alloc(p->program->nodes, count * sizeof(struct node *));
    node->about->type = kind == NODE_UNION ? items[0]->about->type : type_of_shape(SHAPE_BOOLEAN);
    for (size_t i = 0; i < count; i++) {
        depends_on(node, items[i]);
        if (kind == NODE_UNION) {
            node->about->type = type_union(p->program->arena, &node->about->type, &items[i]->about->type);
        }
    }
    for (size_t i = 0; i < count; i++) {
        parts[i] = build_constant(p, items[i]);
    }
    node->list.items = parts;
    node->list.count = count;
    const char *between = kind == NODE_UNION ? " | " : kind == NODE_AND ? " and " : " or ";
    node->about->canonical = canonical_list(p->program, "(", parts, count, between);
    return node;
}

static enum operator mirrored(enum operator op) {
    static const enum operator other[] = {OP_EQUAL, OP_DIFFERENT, OP_GREATER, OP_GREATER_EQUAL, OP_LESS, OP_LESS_EQUAL};
    return other[op];
}

/* A path stands on the left: it is visited, and the other side is a value. */
struct node *build_compare(struct parser *p, enum operator op, struct node *left, struct node *right) {
    static const char *const signs[] = {"=", "!=", "<", "<=", ">", ">="};
    struct node *node = build_node(p, NODE_COMPARE);
    node->about->type = type_of_shape(SHAPE_BOOLEAN);
    depends_on(node, left);
    depends_on(node, right);
    struct node *const sides[] = {left, right};
    node->about->canonical = canonical_list(p->program, signs[op], sides, 2, ", ");
    node->about->canonical =
        canonical_format(p->program, arena_printf(p->program->arena, "(%s", node->about->canonical));
    left = build_constant(p, left);
    right = build_constant(p, right);
    bool swap = left->kind != NODE_PATH && right->kind == NODE_PATH;
    node->compare.op = swap ? mirrored(op) : op;
    node->compare.left = swap ? right : left;
    node->compare.right = swap ? left : right;
    node->compare.literal = op <= OP_DIFFERENT && node->compare.left->kind == NODE_PATH &&
                            node->compare.left->path->plain && node->compare.right->kind == NODE_TEXT;
    return node;
}

/* ---- Calls ------------------------------------------------------------------------------------------ */

static char letter_of(const struct function *function, size_t argument) {
    size_t letters = strlen(function->takes);
    if (argument < letters) {
        return function->takes[argument];
    }
    return function->takes[letters - function->repeats + (argument - letters) % function->repeats];
}

static bool check_arity(struct parser *p, const struct function *function, size_t count, size_t offset) {
    size_t letters = strlen(function->takes);
    bool even = !function->repeats || count <= letters || (count - letters) % function->repeats == 0;
    if (count >= function->min && (function->repeats || count <= letters) && even) {
        return true;
    }
    if (function->repeats) {
        complain(p, offset, "%s takes %u arguments or more%s, not %zu", function->name, (unsigned)function->min,
                 function->repeats > 1 ? ", in pairs" : "", count);
    } else if (function->min == letters) {
        complain(p, offset, "%s takes %zu argument%s, not %zu", function->name, letters, letters == 1 ? "" : "s",
                 count);
    } else {
        complain(p, offset, "%s takes %u to %zu arguments, not %zu", function->name, (unsigned)function->min, letters,
                 count);
    }
    return false;
}

static void check_known(struct parser *p, enum literal kind, const char *what, const char *name, size_t offset) {
    const struct known *known = &p->program->known;
    const char *nearest = NULL;
    if (!known->literal || known->literal(known->context, kind, name, &nearest)) {
        return;
    }
    if (nearest) {
        complain(p, offset, "no %s %s; did you mean %s?", what, name, nearest);
    } else {
        complain(p, offset, "no %s %s", what, name);
    }
}

static void check_literal(struct parser *p, struct call *call, size_t i, char letter, size_t offset) {
    const struct node *argument = call->arguments[i];
    if (argument->kind != NODE_TEXT) {
        complain(p, offset, "argument %zu of %s is a text in quotes", i + 1, call->function->name);
        return;
    }
    const char *text = argument->text;
    switch (letter) {
    case 'C':
        check_known(p, LITERAL_LIST, "list", text, offset);
        break;
    case 'R':
        check_known(p, LITERAL_REGISTER, "register", text, offset);
        break;
    case 'P':
        check_known(p, LITERAL_POLICY, "parameter", text, offset);
        break;
    case 'F':
        check_known(p, LITERAL_RULES, "rule", text, offset);
        break;
    case 'K':
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): there for each function that takes a K */
        call->keys[i] = parse_key(p, &call->arguments[0]->about->type, text, offset + 1);
        break;
    case 'E':
        call->derived = scope_derived(p->scope, text);
        if (!call->derived) {
            complain(p, offset, "no definition %s is known here", text);
        }
        break;
    default:
        break;
    }
}

static void check_argument(struct parser *p, struct call *call, size_t i, size_t offset) {
    const struct node *argument = call->arguments[i];
    char letter = letter_of(call->function, i);
    enum shape shape = argument->about->type.shape;
    if (strchr("LCRPFKE", letter)) {
        check_literal(p, call, i, letter, offset);
    } else if (strchr("Nn", letter) && !type_has_nodes(&argument->about->type)) {
        complain(p, offset, "argument %zu of %s is a set of facts", i + 1, call->function->name);
    } else if (strchr("Dd", letter)) {
        struct decimal number;
        bool text = argument->kind == NODE_TEXT && !decimal_parse(argument->text, strlen(argument->text), &number);
        if (text || shape == SHAPE_BOOLEAN || shape == SHAPE_DATE) {
            complain(p, offset, "argument %zu of %s is a decimal", i + 1, call->function->name);
        }
    }
}

/* count and tw:sum would walk the set again for each item below the same parent. */
static void check_scan(struct parser *p, const struct call *call, size_t offset) {
    const char *name = call->function->name;
    const struct node *set = call->count ? call->arguments[0] : NULL;
    bool walks = strcmp(name, "count") == 0 || strcmp(name, "tw:sum") == 0;
    if (walks && set && set->kind == NODE_PATH && set->path->through_parent) {
        refuse_scan_of_parent(p, offset, name);
    }
}

static struct type type_of_path(struct parser *p, const char *path) {
    const struct definition *root = vocabulary_root(p->program->vocabulary);
    const char *below = strchr(path + 1, '/');
    const struct definition *found = below ? definition_at(root, below + 1) : root;
    return found ? type_of_definition(p->program->arena, found) : type_free();
}

/* The union of the branches (letter *), else the first argument. */
static struct type type_of_arguments(struct parser *p, const struct call *call) {
    struct type type = {0};
    bool any = false;
    for (size_t i = 0; i < call->count; i++) {
        if (letter_of(call->function, i) == '*') {
            type = any ? type_union(p->program->arena, &type, &call->arguments[i]->about->type)
                       : call->arguments[i]->about->type;
            any = true;
        }
    }
    return any ? type : call->arguments[0]->about->type;
}

static struct type type_of_call(struct parser *p, const struct call *call) {
    const struct function *function = call->function;
    switch (function->returns) {
    case RETURNS_BOOLEAN:
        return type_of_shape(SHAPE_BOOLEAN);
    case RETURNS_INTEGER:
        return type_of_shape(SHAPE_INTEGER);
    case RETURNS_DECIMAL:
        return type_of_shape(SHAPE_DECIMAL);
    case RETURNS_TEXT:
        return type_of_shape(SHAPE_TEXT);
    case RETURNS_DATE:
        return type_of_shape(SHAPE_DATE);
    case RETURNS_ARGUMENT:
        return type_of_arguments(p, call);
    case RETURNS_ANY:
        if (call->derived && call->derived->value) {
            return call->derived->value->about->type;
        }
        return (struct type){.shape = SHAPE_ANY, .free = true};
    case RETURNS_NODES:
        break;
    }
    if (!function->of) {
        return type_free();
    }
    if (*function->of == '/') {
        return type_of_path(p, function->of);
    }
    bool open = function->of[strlen(function->of) - 1] == ':' && call->count && call->arguments[0]->kind == NODE_TEXT;
    return type_of_rows(p->program->arena,
                        open ? arena_printf(p->program->arena, "%s%s", function->of, call->arguments[0]->text)
                             : function->of);
}

/* How the index of a join is known below its anchor: by the function, the set's steps and the key paths. */
static void name_join(struct parser *p, struct call *call) {
    struct buffer text = {0};
    const struct node *set = call->count ? call->arguments[0] : NULL;
    bool anchored = set && set->kind == NODE_PATH && set->path->anchor < set->path->count;
    bool join = false;
    if (set) {
        buffer_printf(&text, "%s %s", call->function->name,
                      anchored ? canonical_steps(p->program, set->path, set->path->anchor) : set->about->canonical);
    }
    for (size_t i = 0; i < call->count; i++) {
        if (call->keys && call->keys[i]) {
            buffer_printf(&text, "; %s", call->keys[i]->about->canonical);
            join = true;
        }
    }
    if (join) {
        call->set = interned(p->program, &text);
    } else {
        buffer_free(&text);
    }
}

/* The text that a node is, as a literal or a let; NULL: it is computed. */
static const char *literal_text(const struct node *node) {
    while (node->kind == NODE_VARIABLE && node->variable->value) {
        node = node->variable->value;
    }
    return node->kind == NODE_TEXT ? node->text : NULL;
}

/* Every pattern that a node can be found to be: a literal, or the branches of tw:if. The literal's is returned. */
static const struct pattern *compile_patterns(struct program *program, const struct node *node) {
    const char *text = literal_text(node);
    if (text) {
        const struct pattern *known = patterns_find(&program->patterns, text);
        return known ? known : patterns_add(&program->patterns, text);
    }
    while ((node->kind == NODE_VARIABLE && node->variable->value) || node->kind == NODE_CONSTANT) {
        node = node->kind == NODE_CONSTANT ? node->constant : node->variable->value;
    }
    if (node->kind == NODE_CALL && strcmp(node->call->function->name, "tw:if") == 0) {
        (void)compile_patterns(program, node->call->arguments[1]);
        (void)compile_patterns(program, node->call->arguments[2]);
    }
    return NULL;
}

/* Literals put together are a literal: long patterns are written in pieces. NULL: a part is computed. */
static struct node *build_concat(struct parser *p, struct node *const *arguments, size_t count) {
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        const char *part = literal_text(arguments[i]);
        if (!part) {
            buffer_free(&text);
            return NULL;
        }
        buffer_string(&text, part);
    }
    struct node *node = build_text(p, arena_copy(p->program->arena, text.bytes, text.length));
    buffer_free(&text);
    return node;
}

struct node *build_call(struct parser *p, const struct function *function, struct node *const *arguments,
                        const size_t *offsets, size_t count, size_t offset) {
    if (!check_arity(p, function, count, offset)) {
        return NULL;
    }
    struct node *literal = strcmp(function->name, "concat") == 0 ? build_concat(p, arguments, count) : NULL;
    if (literal) {
        return literal;
    }
    struct node *node = build_node(p, NODE_CALL);
    struct call *call = arena_zero(p->program->nodes, sizeof *call);
    node->call = call;
    call->function = function;
    call->count = count;
    call->arguments = arena_zero(p->program->nodes, count * sizeof(struct node *));
    call->keys = strchr(function->takes, 'K') ? arena_zero(p->program->nodes, count * sizeof(struct node *)) : NULL;
    call->literal = true;
    char *letters = arena_zero(p->program->nodes, count + 1);
    for (size_t i = 0; i < count; i++) {
        call->arguments[i] = arguments[i];
        call->literal = call->literal && (i == 0 || arguments[i]->kind == NODE_TEXT);
        letters[i] = letter_of(function, i);
    }
    call->letters = letters;
    if (function->flags & (FUNCTION_VOLATILE | FUNCTION_CONTEXT)) {
        node_depends(node, LEVEL_CONTEXT, false);
    }
    for (size_t i = 0; i < count; i++) {
        check_argument(p, call, i, offsets[i]);
        depends_on(node, arguments[i]);
    }
    check_scan(p, call, offset);
    if ((function->flags & FUNCTION_PATTERN) && count > 1) {
        call->pattern = compile_patterns(p->program, arguments[1]);
    }
    node->about->type = type_of_call(p, call);
    node->about->canonical =
        canonical_list(p->program, arena_printf(p->program->arena, "%s(", function->name), arguments, count, ", ");
    if (call->derived) { /* two patterns may define the same name */
        node->about->canonical = canonical_format(
            p->program, arena_printf(p->program->arena, "%s#%zu", node->about->canonical, call->derived->number));
    }
    for (size_t i = 0; i < count; i++) {
        struct decimal number;
        bool decimal = strchr("Dd", letters[i]) && arguments[i]->kind == NODE_TEXT &&
                       decimal_parse(arguments[i]->text, strlen(arguments[i]->text), &number);
        call->arguments[i] = decimal ? build_number(p, &number) : build_constant(p, arguments[i]);
    }
    name_join(p, call);
    return node;
}
