/* Programs and scopes: what rules say, in the order in which they are loaded. */
#include "base/arena.h"
#include "base/problems.h"
#include "tree/fact.h"
#include "tree/names.h"
#include "xpath/parser.h"

#include <string.h>

void program_end(struct program *program) {
    patterns_free(&program->patterns);
    arena_free(program->nodes);
}

struct program *program_new(struct arena *arena, struct names *names, const struct vocabulary *vocabulary,
                            const struct known *known, struct problems *problems) {
    struct program *program = arena_zero(arena, sizeof *program);
    program->arena = arena;
    program->nodes = arena_new();
    program->names = names;
    program->vocabulary = vocabulary;
    program->problems = problems;
    program->slots_by_text.arena = arena;
    if (known) {
        program->known = *known;
    }
    program->unit = names_intern(names, "@unit");
    program->currency = names_intern(names, "@currency");
    program->zone = names_intern(names, "@zone");
    program->office = names_intern(names, "office");
    program->event = names_intern(names, "event");
    program->type = names_intern(names, "type");
    program->match = names_intern(names, "match");
    program->line = names_intern(names, "@line");
    program->item = names_intern(names, "@item");
    program->doc = names_intern(names, "@doc");
    program->conditions.arena = program->patterns.by_text.arena = arena;
    return program;
}

/* ---- Scopes ----------------------------------------------------------------------------------------- */

struct scope *scope_new(struct program *program, const struct scope *outer) {
    struct scope *scope = arena_zero(program->arena, sizeof *scope);
    scope->program = program;
    scope->outer = outer;
    return scope;
}

void scope_context(struct scope *scope, const struct expression *context) {
    scope->has_context = true;
    scope->context = context ? context->node->about->type : type_free();
}

const struct variable *scope_find(const struct scope *scope, const char *name) {
    for (; scope; scope = scope->outer) {
        for (const struct variable *v = scope->variables; v; v = v->next) {
            if (strcmp(v->name, name) == 0) {
                return v;
            }
        }
    }
    return NULL;
}

struct derived *scope_derived(const struct scope *scope, const char *name) {
    for (; scope; scope = scope->outer) {
        for (struct derived *d = scope->derived; d; d = d->next) {
            if (strcmp(d->name, name) == 0) {
                return d;
            }
        }
    }
    return NULL;
}

static struct variable *add_variable(struct scope *scope, const char *name, struct type type, enum level level) {
    struct program *program = scope->program;
    struct variable *variable = arena_zero(program->arena, sizeof *variable);
    variable->name = arena_string(program->arena, name);
    variable->type = type;
    variable->level = level;
    variable->slot = program->slots++;
    variable->next = scope->variables;
    scope->variables = variable;
    return variable;
}

/* A let: each, by and it are the engine's names, and one scope has a name once. */
static struct variable *add_let(struct scope *scope, struct place place, const char *name, struct type type,
                                enum level level) {
    struct problems *problems = scope->program->problems;
    if (strcmp(name, "each") == 0 || strcmp(name, "by") == 0 || strcmp(name, "it") == 0) {
        problem(problems, place.file, place.line, place.column, "the name %s is taken: call the let otherwise", name);
    }
    for (const struct variable *v = scope->variables; v; v = v->next) {
        if (strcmp(v->name, name) == 0) {
            problem(problems, place.file, place.line, place.column, "a second let %s: call it otherwise", name);
            break;
        }
    }
    return add_variable(scope, name, type, level);
}

void scope_let(struct scope *scope, struct place place, const char *name, const struct expression *value) {
    if (!value) {
        add_let(scope, place, name, type_free(), LEVEL_BUNDLE)->faulty = true;
        return;
    }
    add_let(scope, place, name, value->node->about->type, value->node->level)->value = value->node;
}

void scope_table(struct scope *scope, struct place place, const char *name, struct fact *table) {
    add_let(scope, place, name, type_of_table(scope->program->arena, table), LEVEL_BUNDLE)->table = table;
}

struct variable *scope_each(struct scope *scope, const struct expression *members) {
    struct type type = type_free();
    if (members) {
        type = members->node->about->type;
        type.free = type.free || !type.count;
        type.shape = SHAPE_NODES;
    }
    struct variable *variable = add_variable(scope, "each", type, LEVEL_EACH);
    variable->bound = true;
    return variable;
}

struct variable *scope_bound(struct scope *scope, const char *name) {
    struct variable *variable = add_variable(scope, name, type_free(), LEVEL_EACH);
    variable->bound = true;
    return variable;
}

/* ---- Definitions ------------------------------------------------------------------------------------ */

void scope_declare(struct scope *scope, struct place place, const char *name, const struct expression *context) {
    struct program *program = scope->program;
    for (const struct derived *d = scope->derived; d; d = d->next) {
        if (strcmp(d->name, name) == 0) {
            problem(program->problems, place.file, place.line, place.column, "a second definition %s", name);
            return;
        }
    }
    struct derived *derived = arena_zero(program->arena, sizeof *derived);
    derived->name = arena_string(program->arena, name);
    derived->place = place;
    derived->context = context ? context->node->about->type : type_free();
    derived->number = program->derived ? program->derived->number + 1 : 0;
    derived->next = scope->derived;
    scope->derived = derived;
    derived->all = program->derived;
    program->derived = derived;
}

void scope_define(struct scope *scope, struct place place, const char *name, const char *value) {
    struct derived *derived = scope_derived(scope, name);
    if (!derived) {
        problem(scope->program->problems, place.file, place.line, place.column, "definition %s was not declared", name);
        return;
    }
    struct scope *own = scope_new(scope->program, scope);
    own->has_context = true;
    own->context = derived->context;
    const struct node *node = parse_expression(own, place, value);
    if (node && node->level == LEVEL_EACH) {
        problem(scope->program->problems, place.file, place.line, place.column, "a definition cannot use $each");
        return;
    }
    derived->value = node;
    derived->faulty = !node;
}

static bool reaches(struct program *program, const struct node *node);

static bool predicates_reach(struct program *program, const struct predicate *predicates, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (predicates[i].kind == PREDICATE_TEST && reaches(program, predicates[i].test)) {
            return true;
        }
    }
    return false;
}

static bool path_reaches(struct program *program, const struct path *path) {
    bool found = path->base == BASE_NODE && reaches(program, path->node);
    found = found || predicates_reach(program, path->predicates, path->predicate_count);
    for (size_t i = 0; i < path->count && !found; i++) {
        found = predicates_reach(program, path->steps[i].predicates, path->steps[i].predicate_count);
    }
    return found;
}

/* Does a definition come back to itself? The program is not yet shared: its marks may be set. */
static bool derived_reaches(struct program *program, struct derived *derived) {
    if (derived->visit != DERIVED_NEW || !derived->value) {
        return derived->visit == DERIVED_ENTERED;
    }
    derived->visit = DERIVED_ENTERED;
    bool found = reaches(program, derived->value);
    derived->visit = DERIVED_DONE;
    return found;
}

static bool call_reaches(struct program *program, const struct call *call) {
    if (call->derived && derived_reaches(program, call->derived)) {
        return true;
    }
    for (size_t i = 0; i < call->count; i++) {
        if (reaches(program, call->arguments[i])) {
            return true;
        }
    }
    return false;
}

static bool list_reaches(struct program *program, const struct node *node) {
    for (size_t i = 0; i < node->list.count; i++) {
        if (reaches(program, node->list.items[i])) {
            return true;
        }
    }
    return false;
}

static bool reaches(struct program *program, const struct node *node) {
    switch (node->kind) {
    case NODE_NUMBER:
    case NODE_TEXT:
        return false;
    case NODE_VARIABLE:
        return node->variable->value && reaches(program, node->variable->value);
    case NODE_PATH:
        return path_reaches(program, node->path);
    case NODE_UNION:
    case NODE_AND:
    case NODE_OR:
        return list_reaches(program, node);
    case NODE_COMPARE:
        return reaches(program, node->compare.left) || reaches(program, node->compare.right);
    case NODE_CALL:
        return call_reaches(program, node->call);
    case NODE_CONSTANT:
        return reaches(program, node->constant);
    }
    return false;
}

void program_finish(struct program *program) {
    for (struct derived *d = program->derived; d; d = d->all) {
        const struct place *place = &d->place;
        if (!d->value && !d->faulty) {
            problem(program->problems, place->file, place->line, place->column, "definition %s has no value", d->name);
        } else if (derived_reaches(program, d)) {
            problem(program->problems, place->file, place->line, place->column,
                    "definition %s comes back to itself: definitions have no cycles", d->name);
        }
    }
}

/* ---- Expressions ------------------------------------------------------------------------------------ */

static struct expression *expression_of(struct program *program, struct node *node, const char *text) {
    if (!node) {
        return NULL;
    }
    struct expression *expression = arena_zero(program->arena, sizeof *expression);
    expression->node = node;
    expression->text = arena_string(program->arena, text);
    return expression;
}

struct expression *compile(struct scope *scope, struct place place, const char *text) {
    return expression_of(scope->program, parse_expression(scope, place, text), text);
}

struct expression *compile_context(struct scope *scope, struct place place, const char *text) {
    return expression_of(scope->program, parse_context(scope, place, text), text);
}

const char *expression_canonical(const struct expression *expression) {
    return expression->node->about->canonical;
}

const char *expression_text(const struct expression *expression) {
    return expression->text;
}

bool expression_uses_context(const struct expression *expression) {
    return expression->node->level >= LEVEL_CONTEXT;
}

bool expression_uses_each(const struct expression *expression) {
    return expression->node->level == LEVEL_EACH;
}
