/* Functions of stylesheets' expressions: those of XPath 1.0 that need no arithmetic. */
#include "base/arena.h"
#include "base/buffer.h"
#include "pages/sheet-parts.h"

#include <string.h>

static const char *const blanks = " \t\r\n";

static struct sheet_value truth(bool value) {
    return (struct sheet_value){.type = SHEET_TRUTH, .truth = value};
}

static struct sheet_value text(const char *value) {
    return (struct sheet_value){.type = SHEET_TEXT, .text = value};
}

static struct sheet_value number(size_t value) {
    return (struct sheet_value){.type = SHEET_NUMBER, .number = (int64_t)value};
}

static const char *argument(struct sheet_run *run, const struct sheet_expression *call, size_t i,
                            const struct fact *node) {
    return sheet_string(run, call->call.arguments[i], node);
}

/* The only argument, or the node itself. */
static const char *argument_or_node(struct sheet_run *run, const struct sheet_expression *call,
                                    const struct fact *node) {
    return call->call.count ? argument(run, call, 0, node) : sheet_fact_string(run, node);
}

static struct sheet_value run_true(struct sheet_run *run, const struct sheet_expression *call,
                                   const struct fact *node) {
    (void)run, (void)call, (void)node;
    return truth(true);
}

static struct sheet_value run_false(struct sheet_run *run, const struct sheet_expression *call,
                                    const struct fact *node) {
    (void)run, (void)call, (void)node;
    return truth(false);
}

static struct sheet_value run_not(struct sheet_run *run, const struct sheet_expression *call, const struct fact *node) {
    return truth(!sheet_truth(run, call->call.arguments[0], node));
}

static struct sheet_value run_boolean(struct sheet_run *run, const struct sheet_expression *call,
                                      const struct fact *node) {
    return truth(sheet_truth(run, call->call.arguments[0], node));
}

static struct sheet_value run_count(struct sheet_run *run, const struct sheet_expression *call,
                                    const struct fact *node) {
    size_t mark = run->stack_count;
    struct sheet_value nodes = sheet_evaluate(run, call->call.arguments[0], node);
    run->stack_count = mark;
    return number(nodes.type == SHEET_NODES ? nodes.nodes.count : 0);
}

static struct sheet_value run_last(struct sheet_run *run, const struct sheet_expression *call,
                                   const struct fact *node) {
    (void)call, (void)node;
    return number(run->last);
}

static struct sheet_value run_string(struct sheet_run *run, const struct sheet_expression *call,
                                     const struct fact *node) {
    return text(argument_or_node(run, call, node));
}

static struct sheet_value run_concat(struct sheet_run *run, const struct sheet_expression *call,
                                     const struct fact *node) {
    struct buffer joined = {0};
    for (size_t i = 0; i < call->call.count; i++) {
        buffer_string(&joined, argument(run, call, i, node));
    }
    struct sheet_value value = text(arena_copy(run->arena, joined.bytes, joined.length));
    buffer_free(&joined);
    return value;
}

static struct sheet_value run_contains(struct sheet_run *run, const struct sheet_expression *call,
                                       const struct fact *node) {
    return truth(strstr(argument(run, call, 0, node), argument(run, call, 1, node)) != NULL);
}

static struct sheet_value run_starts_with(struct sheet_run *run, const struct sheet_expression *call,
                                          const struct fact *node) {
    const char *whole = argument(run, call, 0, node);
    const char *start = argument(run, call, 1, node);
    return truth(strncmp(whole, start, strlen(start)) == 0);
}

static struct sheet_value run_before(struct sheet_run *run, const struct sheet_expression *call,
                                     const struct fact *node) {
    const char *whole = argument(run, call, 0, node);
    const char *found = strstr(whole, argument(run, call, 1, node));
    return text(found ? arena_copy(run->arena, whole, (size_t)(found - whole)) : "");
}

static struct sheet_value run_after(struct sheet_run *run, const struct sheet_expression *call,
                                    const struct fact *node) {
    const char *part = argument(run, call, 1, node);
    const char *found = strstr(argument(run, call, 0, node), part);
    return text(found ? found + strlen(part) : "");
}

/* Behind the next character. */
static const char *next_character(const char *at) {
    do {
        at++;
    } while (((unsigned char)*at & 0xC0) == 0x80);
    return at;
}

static struct sheet_value run_length(struct sheet_run *run, const struct sheet_expression *call,
                                     const struct fact *node) {
    size_t count = 0;
    for (const char *at = argument_or_node(run, call, node); *at; at = next_character(at)) {
        count++;
    }
    return number(count);
}

/* Characters at the positions from <= p < from + length, counted from 1. */
static struct sheet_value run_substring(struct sheet_run *run, const struct sheet_expression *call,
                                        const struct fact *node) {
    const char *at = argument(run, call, 0, node);
    int64_t from = sheet_evaluate(run, call->call.arguments[1], node).number;
    int64_t length = call->call.count > 2 ? sheet_evaluate(run, call->call.arguments[2], node).number : INT64_MAX;
    const char *start = NULL;
    int64_t position = 1;
    for (; *at && (position < from || position - from < length); at = next_character(at), position++) {
        start = !start && position >= from ? at : start;
    }
    return text(start ? arena_copy(run->arena, start, (size_t)(at - start)) : "");
}

static struct sheet_value run_normalize(struct sheet_run *run, const struct sheet_expression *call,
                                        const struct fact *node) {
    const char *at = argument_or_node(run, call, node);
    char *made = arena_alloc(run->arena, strlen(at) + 1);
    char *end = made;
    for (at += strspn(at, blanks); *at; at += strspn(at, blanks)) {
        size_t length = strcspn(at, blanks);
        if (end != made) {
            *end++ = ' ';
        }
        memcpy(end, at, length);
        end += length;
        at += length;
    }
    *end = '\0';
    return text(made);
}

enum { ANY_NUMBER = 32 };

static const struct sheet_function functions[] = {
    {"boolean", 1, 1, SHEET_TRUTH, run_boolean},
    {"concat", 2, ANY_NUMBER, SHEET_TEXT, run_concat},
    {"contains", 2, 2, SHEET_TRUTH, run_contains},
    {"count", 1, 1, SHEET_NUMBER, run_count},
    {"false", 0, 0, SHEET_TRUTH, run_false},
    {"last", 0, 0, SHEET_NUMBER, run_last},
    {"normalize-space", 0, 1, SHEET_TEXT, run_normalize},
    {"not", 1, 1, SHEET_TRUTH, run_not},
    {"starts-with", 2, 2, SHEET_TRUTH, run_starts_with},
    {"string", 0, 1, SHEET_TEXT, run_string},
    {"string-length", 0, 1, SHEET_NUMBER, run_length},
    {"substring", 2, 3, SHEET_TEXT, run_substring},
    {"substring-after", 2, 2, SHEET_TEXT, run_after},
    {"substring-before", 2, 2, SHEET_TEXT, run_before},
    {"true", 0, 0, SHEET_TRUTH, run_true},
};

const struct sheet_function *sheet_function_find(const char *name, size_t length) {
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (strlen(functions[i].name) == length && memcmp(functions[i].name, name, length) == 0) {
            return &functions[i];
        }
    }
    return NULL;
}
