/* Expressions of stylesheets at a node, two-valued as XPath 1.0 has them. Node-sets are spans of one stack. */
#include "base/arena.h"
#include "base/buffer.h"
#include "pages/sheet-parts.h"

#include <string.h>

/* ---- Steps ---- */

static const struct fact *element_from(const struct fact *fact) {
    while (fact && fact->name[0] == '@') {
        fact = fact->next;
    }
    return fact;
}

static const struct fact *first_of(const struct fact *node, const struct sheet_step *step) {
    return step->name ? fact_child(node, step->name) : element_from(node->first);
}

static const struct fact *next_of(const struct fact *node, const struct sheet_step *step) {
    return step->name ? node->next_same : element_from(node->next);
}

const struct fact *sheet_descend(const struct fact *from, const struct sheet_step *steps, size_t count) {
    if (!count) {
        return from;
    }
    const struct fact *found = NULL;
    for (const struct fact *at = first_of(from, steps); at && !found; at = next_of(at, steps)) {
        found = sheet_descend(at, steps + 1, count - 1);
    }
    return found;
}

/* ---- The stack of node-sets ---- */

static void push(struct sheet_run *run, const struct fact *fact) {
    if (run->stack_count == run->stack_capacity) {
        run->stack = arena_grow(run->arena, run->stack, &run->stack_capacity, sizeof(const struct fact *));
    }
    run->stack[run->stack_count++] = fact;
}

/* Keeps, of what was pushed since first, what a predicate is true of. */
static void filter(struct sheet_run *run, const struct sheet_expression *predicate, size_t first) {
    size_t kept = first;
    size_t count = run->stack_count - first;
    size_t outer = run->last;
    for (size_t i = 0; i < count; i++) {
        run->last = count;
        const struct fact *fact = run->stack[first + i];
        struct sheet_value value = sheet_evaluate(run, predicate, fact);
        bool passed = value.type == SHEET_NUMBER ? value.number == (int64_t)(i + 1) : sheet_value_truth(&value);
        run->stack_count = first + count;
        if (passed) {
            run->stack[kept++] = fact;
        }
    }
    run->last = outer;
    run->stack_count = kept;
}

/* Replaces the facts from first on by those that one step leads to. */
static void take_step(struct sheet_run *run, const struct sheet_step *step, size_t first) {
    size_t end = run->stack_count;
    for (size_t i = first; i < end; i++) {
        size_t begin = run->stack_count;
        for (const struct fact *at = first_of(run->stack[i], step); at; at = next_of(at, step)) {
            push(run, at);
        }
        for (size_t p = 0; p < step->predicate_count; p++) {
            filter(run, step->predicates[p], begin);
        }
    }
    run->stack_count -= end - first;
    if (run->stack_count > first) {
        memmove(run->stack + first, run->stack + end, (run->stack_count - first) * sizeof(const struct fact *));
    }
}

/* ---- Paths ---- */

/* Where a path begins that is not of a variable; NULL: above the document. */
static const struct fact *base_of(struct sheet_run *run, const struct sheet_path *path, const struct fact *node) {
    if (path->base == FROM_ROOT) {
        return &run->document;
    }
    for (unsigned i = 0; i < path->parents && node; i++) {
        node = node->parent || node == &run->document ? node->parent : &run->document;
    }
    return node;
}

static struct sheet_value all_of(struct sheet_run *run, const struct sheet_path *path, const struct fact *node) {
    struct sheet_value value = {.type = SHEET_NODES};
    size_t first = run->stack_count;
    if (path->known) {
        push(run, path->known);
        return (struct sheet_value){.type = SHEET_NODES, .nodes = {first, 1}};
    }
    if (path->base == FROM_VARIABLE) {
        struct sheet_value from = sheet_evaluate(run, path->variable, node);
        for (size_t i = 0; from.type == SHEET_NODES && i < from.nodes.count; i++) {
            push(run, run->stack[from.nodes.first + i]);
        }
    } else {
        const struct fact *base = base_of(run, path, node);
        if (base) {
            push(run, base);
        }
    }
    for (size_t i = 0; i < path->step_count; i++) {
        take_step(run, &path->steps[i], first);
    }
    value.nodes.first = first;
    value.nodes.count = run->stack_count - first;
    return value;
}

static const struct fact *search(struct sheet_run *run, const struct sheet_path *path, const struct fact *node) {
    if (path->filtered || path->base == FROM_VARIABLE) {
        size_t mark = run->stack_count;
        struct sheet_value all = all_of(run, path, node);
        run->stack_count = mark;
        return all.nodes.count ? run->stack[all.nodes.first] : NULL;
    }
    const struct fact *base = base_of(run, path, node);
    return base ? sheet_descend(base, path->steps, path->step_count) : NULL;
}

/* The first fact of a path: all that string() and boolean() ask for. */
static const struct fact *first_fact(struct sheet_run *run, const struct sheet_path *path, const struct fact *node) {
    if (path->child) {
        return fact_child(node, path->child);
    }
    if (!path->slot) {
        return path->known ? path->known : search(run, path, node);
    }
    const struct fact **kept = &run->kept[path->slot - 1];
    if (!*kept) {
        *kept = search(run, path, node);
        *kept = *kept ? *kept : &run->document;
    }
    return *kept != &run->document ? *kept : NULL;
}

/* ---- Strings ---- */

/* The value of a fact and of all elements below it, in document order. */
static const char *joined(struct sheet_run *run, const struct fact *top) {
    struct buffer text = {0};
    for (const struct fact *fact = top; fact;) {
        if (fact->value) {
            buffer_string(&text, fact->value);
        }
        const struct fact *next = element_from(fact->first);
        while (!next && fact != top) {
            next = element_from(fact->next);
            fact = fact->parent;
        }
        fact = next;
    }
    const char *made = arena_copy(run->arena, text.bytes ? text.bytes : "", text.length);
    buffer_free(&text);
    return made;
}

const char *sheet_fact_string(struct sheet_run *run, const struct fact *fact) {
    if (fact == &run->document) {
        fact = fact->first;
    }
    if (!fact) {
        return "";
    }
    if (element_from(fact->first)) {
        return joined(run, fact);
    }
    return fact->value ? fact->value : "";
}

const char *sheet_value_string(struct sheet_run *run, const struct sheet_value *value) {
    switch (value->type) {
    case SHEET_NODES:
        return value->nodes.count ? sheet_fact_string(run, run->stack[value->nodes.first]) : "";
    case SHEET_NUMBER:
        return arena_printf(run->arena, "%lld", (long long)value->number);
    case SHEET_TRUTH:
        return value->truth ? "true" : "false";
    default:
        return value->type == SHEET_NONE ? "" : value->text;
    }
}

bool sheet_value_truth(const struct sheet_value *value) {
    switch (value->type) {
    case SHEET_NODES:
        return value->nodes.count > 0;
    case SHEET_NUMBER:
        return value->number != 0;
    case SHEET_TRUTH:
        return value->truth;
    case SHEET_TEXT:
        return *value->text != '\0';
    default:
        return value->type == SHEET_FRAGMENT;
    }
}

/* ---- Expressions ---- */

/* Is it an attribute of the node, as in @form = 'code'? There is one at most, and nothing to be collected. */
static bool is_attribute(const struct sheet_expression *e) {
    return e->kind == EXPRESSION_PATH && e->path.child && e->path.child[0] == '@';
}

static bool compares(struct sheet_run *run, const struct sheet_expression *e, const struct fact *node) {
    if (e->pair.sign == TOKEN_EQUAL && e->pair.right->kind == EXPRESSION_TEXT && is_attribute(e->pair.left)) {
        const struct fact *found = first_fact(run, &e->pair.left->path, node);
        return found && strcmp(sheet_fact_string(run, found), e->pair.right->text) == 0;
    }
    size_t mark = run->stack_count;
    struct sheet_value left = sheet_evaluate(run, e->pair.left, node);
    struct sheet_value right = sheet_evaluate(run, e->pair.right, node);
    bool found = sheet_compare(run, &left, e->pair.sign, &right);
    run->stack_count = mark;
    return found;
}

bool sheet_truth(struct sheet_run *run, const struct sheet_expression *e, const struct fact *node) {
    switch (e->kind) {
    case EXPRESSION_PATH:
        return first_fact(run, &e->path, node) != NULL;
    case EXPRESSION_AND:
        return sheet_truth(run, e->pair.left, node) && sheet_truth(run, e->pair.right, node);
    case EXPRESSION_OR:
        return sheet_truth(run, e->pair.left, node) || sheet_truth(run, e->pair.right, node);
    case EXPRESSION_COMPARE:
        return compares(run, e, node);
    default: {
        size_t mark = run->stack_count;
        struct sheet_value value = sheet_evaluate(run, e, node);
        run->stack_count = mark;
        return sheet_value_truth(&value);
    }
    }
}

const char *sheet_string(struct sheet_run *run, const struct sheet_expression *e, const struct fact *node) {
    if (e->kind == EXPRESSION_PATH) {
        return sheet_fact_string(run, first_fact(run, &e->path, node));
    }
    size_t mark = run->stack_count;
    struct sheet_value value = sheet_evaluate(run, e, node);
    const char *text = sheet_value_string(run, &value);
    run->stack_count = mark;
    return text;
}

struct sheet_value sheet_evaluate(struct sheet_run *run, const struct sheet_expression *e, const struct fact *node) {
    switch (e->kind) {
    case EXPRESSION_PATH:
        return all_of(run, &e->path, node);
    case EXPRESSION_TEXT:
        return (struct sheet_value){.type = SHEET_TEXT, .text = e->text};
    case EXPRESSION_NUMBER:
        return (struct sheet_value){.type = SHEET_NUMBER, .number = e->number};
    case EXPRESSION_VARIABLE:
        return (e->variable.global ? run->globals : run->frame)[e->variable.slot];
    case EXPRESSION_CALL:
        return e->call.function->run(run, e, node);
    default:
        return (struct sheet_value){.type = SHEET_TRUTH, .truth = sheet_truth(run, e, node)};
    }
}
