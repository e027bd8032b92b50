/* What the tests of expressions share: the shipped vocabulary, small dossiers, expressions as text. */
#ifndef TW_TEST_XPATH_SUPPORT_H
#define TW_TEST_XPATH_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/problems.h"
#include "tree/fact.h"
#include "tree/names.h"
#include "tree/vocabulary.h"
#include "xpath/function.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bench {
    struct arena *compiled, *bundle, *scratch;
    struct names *names;
    struct vocabulary *vocabulary;
    struct problems problems;
    struct program *program;
    struct scope *scope;
    struct tree dossier;
    struct host host;
    struct evaluation *e;
};

static const struct place here = {"rules.sch", 7, 20};

static inline void bench_open(struct bench *b) {
    memset(b, 0, sizeof *b);
    b->compiled = arena_new();
    b->bundle = arena_new();
    b->scratch = arena_new();
    b->names = names_new();
    size_t length;
    char *text = file_read("schemas/facts.csv", 1 << 20, &length);
    assert_non_null(text);
    b->vocabulary = vocabulary_new(b->names, "facts.csv", text, length, &b->problems);
    assert_non_null(b->vocabulary);
    free(text);
    b->program = program_new(b->compiled, b->names, b->vocabulary, NULL, &b->problems);
    b->scope = scope_new(b->program, NULL);
    b->dossier = tree_new(b->bundle, b->names, "dossier");
    b->host.step_limit = 1000000;
}

static inline void bench_close(struct bench *b) {
    if (b->e) {
        evaluation_end(b->e);
    }
    program_end(b->program);
    problems_free(&b->problems);
    vocabulary_free(b->vocabulary);
    names_free(b->names);
    arena_free(b->compiled);
    arena_free(b->bundle);
    arena_free(b->scratch);
}

/* Adds a fact: "declaration/goodsItem+/netMass"; a step with + is always new, another is the last of its name
 * or new. value NULL: a group. */
static inline struct fact *put(struct bench *b, const char *path, const char *value) {
    struct fact *at = b->dossier.root;
    while (*path) {
        char name[64];
        size_t length = strcspn(path, "/+");
        memcpy(name, path, length);
        name[length] = '\0';
        path += length;
        bool fresh = *path == '+';
        path += fresh;
        bool last = !*path;
        struct fact *found = NULL;
        for (struct fact *next = fact_at(at, name); next; next = next->next_same) {
            found = next;
        }
        at = found && !fresh ? found : tree_add(&b->dossier, at, name, last ? value : NULL);
        path += *path == '/';
    }
    return at;
}

/* The scope of a rule over a context; relative paths begin there. */
static inline struct expression *bench_context(struct bench *b, const char *text) {
    struct expression *context = compile_context(b->scope, here, text);
    if (context) {
        b->scope = scope_new(b->program, b->scope);
        scope_context(b->scope, context);
    }
    return context;
}

static inline void bench_let(struct bench *b, const char *name, const char *text) {
    scope_let(b->scope, here, name, compile(b->scope, here, text));
}

/* After the dossier is complete. */
static inline void bench_start(struct bench *b) {
    tree_number(&b->dossier, 0);
    program_finish(b->program);
    problems_print(&b->problems, stderr);
    assert_int_equal(b->problems.count, 0);
    if (b->e) {
        evaluation_end(b->e);
    }
    b->e = evaluation_new(b->program, &b->host, b->dossier.root, b->bundle, b->scratch);
    evaluation_enter(b->e, fact_at(b->dossier.root, "declaration"));
}

static inline struct value bench_value(struct bench *b, const char *text) {
    struct expression *expression = compile(b->scope, here, text);
    if (!expression) {
        problems_print(&b->problems, stderr);
        fail_msg("%s", text);
    }
    bench_start(b);
    return evaluate(b->e, expression);
}

/* "true", "false", a text, a number, "{2 facts}", or "? NAME, NAME": what is missing. */
static inline const char *bench_says(struct bench *b, const char *text) {
    static char said[1024];
    struct value value = bench_value(b, text);
    if (value.kind == VALUE_UNKNOWN) {
        size_t count;
        const char *const *names = missing_names(b->bundle, value.missing, &count);
        snprintf(said, sizeof said, "?");
        for (size_t i = 0; i < count; i++) {
            snprintf(said + strlen(said), sizeof said - strlen(said), "%s%s", i ? ", " : " ", names[i]);
        }
    } else if (value.kind == VALUE_NODES) {
        size_t maybe = 0;
        for (size_t i = 0; i < value.nodes.count; i++) {
            maybe += value.nodes.items[i].maybe;
        }
        snprintf(said, sizeof said, "{%zu facts, %zu maybe}", value.nodes.count, maybe);
    } else {
        snprintf(said, sizeof said, "%s", value_text(b->e, &value));
    }
    return said;
}

struct saying {
    const char *expression, *value;
};

static inline void bench_expect(struct bench *b, const struct saying *sayings, size_t count) {
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        const char *said = bench_says(b, sayings[i].expression);
        if (strcmp(said, sayings[i].value) != 0) {
            fprintf(stderr, "%s\n  is       %s\n  expected %s\n", sayings[i].expression, said, sayings[i].value);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

#define EXPECT(b, sayings) bench_expect((b), (sayings), sizeof(sayings) / sizeof *(sayings))

#endif
