/* The compiled tree of an expression: what parse.c makes and evaluate.c walks. Inside this room only. */
#ifndef TW_XPATH_NODE_H
#define TW_XPATH_NODE_H

#include "xpath/expression.h"
#include "xpath/map.h"
#include "xpath/patterns.h"

struct function;

enum { MAX_DEPTH = 48, MAX_STEPS = 24, MAX_ARGUMENTS = 32, MAX_TEXT = 16384 };

/* When a value changes: never within a bundle, with each context node, with each $each. */
enum level { LEVEL_BUNDLE, LEVEL_CONTEXT, LEVEL_EACH };

enum shape { SHAPE_BOOLEAN, SHAPE_INTEGER, SHAPE_DECIMAL, SHAPE_TEXT, SHAPE_DATE, SHAPE_NODES, SHAPE_ANY };

/* What facts of a node-set may be; one of the three is set. */
struct sort {
    const struct definition *definition;
    const struct fact *table; /* a fact of a let's table */
    const char *rows;         /* "register:officer", and the path of the column below it ("" for the row) */
    const char *column;
};

struct type {
    enum shape shape;
    bool free; /* facts that nothing is known of */
    const struct sort *sorts;
    size_t count;
};

enum node_kind {
    NODE_NUMBER,
    NODE_TEXT,
    NODE_VARIABLE,
    NODE_PATH,
    NODE_UNION,
    NODE_COMPARE,
    NODE_AND,
    NODE_OR,
    NODE_CALL,
    NODE_CONSTANT, /* a part that is the same for the whole bundle: kept in a slot */
};

enum operator{ OP_EQUAL, OP_DIFFERENT, OP_LESS, OP_LESS_EQUAL, OP_GREATER, OP_GREATER_EQUAL };

enum predicate_kind { PREDICATE_TEST, PREDICATE_POSITION, PREDICATE_LAST };

struct predicate {
    enum predicate_kind kind;
    uint64_t position;
    struct node *test;
};

enum step_kind { STEP_CHILD, STEP_PARENT };

struct step {
    const char *name; /* interned, STEP_CHILD */
    enum step_kind kind;
    bool positional; /* one of the predicates is a position */
    struct predicate *predicates;
    size_t predicate_count;
    const char *written; /* this step and those after it, as written */
};

enum base { BASE_HERE, BASE_DOSSIER, BASE_NODE };

struct path {
    enum base base;
    bool mixed;          /* may meet a fact twice, or out of order */
    bool plain;          /* steps without predicates, from a node whose value is kept: see few_members */
    bool through_parent; /* a set reached through .. (RULES 4: not to be walked for each item) */
    struct node *node;   /* BASE_NODE: where the steps start */
    const struct step *steps;
    size_t count;
    struct predicate *predicates; /* of the node */
    size_t predicate_count;
    size_t anchor; /* the steps from here on say the same below whatever node they start from (joins) */
};

struct variable {
    const char *name;
    enum level level;
    struct type type;
    uint32_t slot;
    struct node *value; /* a let */
    struct fact *table; /* a let that is a table */
    bool bound;         /* by the caller: $each, $by, $it */
    bool faulty;        /* its let had problems: nothing more is said about it */
    const struct variable *next;
};

/* tw:define. */
struct derived {
    const char *name;
    struct place place;
    struct type context;
    size_t number;                                             /* unmistakable in the program */
    const struct node *value;                                  /* NULL until scope_define */
    enum { DERIVED_NEW, DERIVED_ENTERED, DERIVED_DONE } visit; /* search for cycles */
    bool faulty;                                               /* its value had problems */
    struct derived *next, *all;
};

struct call {
    const struct function *function;
    struct node **arguments;
    const char *letters; /* of each argument */
    size_t count;
    bool literal;                  /* the arguments behind the first are literals (tw:is) */
    struct node **keys;            /* the compiled path of an argument with letter K; NULL: it has none */
    const char *set;               /* of a join: its function, set and key paths, below its anchor */
    struct derived *derived;       /* of an argument with letter E */
    const struct pattern *pattern; /* of tw:matches, where it is a literal */
};

/* What is known of a node beside what evaluation reads. */
struct about {
    struct type type;
    const char *canonical; /* interned: two nodes of one program say the same if their pointers are */
    const char *written;
};

/* Small, and laid out beside the nodes that are evaluated with it: a run reads thousands of them, once each. */
struct node {
    enum node_kind kind;
    enum level level;
    bool local;    /* depends on the node that a predicate is about */
    uint32_t slot; /* of a variable or constant: where its value is kept */
    union {
        const struct decimal *number;
        const char *text;
        const struct variable *variable;
        struct path *path;
        struct call *call;
        struct node *constant; /* the part that is kept */
        struct {
            struct node **items;
            size_t count;
        } list; /* union, and, or */
        struct {
            enum operator op;
            bool literal; /* a plain path is, or is not, a text */
            struct node *left, *right;
        } compare;
    };
    struct about *about;
};

struct expression {
    struct node *node;
    const char *text;
};

struct scope {
    struct program *program;
    const struct scope *outer;
    bool has_context;
    struct type context;
    const struct variable *variables;
    struct derived *derived;
};

struct program {
    struct arena *arena;
    struct arena *nodes; /* what evaluation reads, close together: nodes, paths, calls, literals */
    struct names *names;
    const struct vocabulary *vocabulary;
    struct known known;
    struct problems *problems;
    struct map slots_by_text;                    /* canonical text of a constant: its node */
    uint32_t slots;                              /* variables and constants */
    struct derived *derived;                     /* all, the last first */
    const char *unit, *currency, *zone, *office; /* interned names that the evaluator asks for */
    const char *event, *type;
    const char *match, *line, *item, *doc; /* of what tw:matchLines makes */
    struct map conditions;                 /* (name of the node, text): expressions of tw:holds */
    struct patterns patterns;              /* of tw:matches, where they are literals */
};

/* parse.c: reads the whole text; NULL when problems were added. */
struct node *parse_expression(struct scope *scope, struct place place, const char *text);
struct node *parse_context(struct scope *scope, struct place place, const char *text);

const struct variable *scope_find(const struct scope *scope, const char *name);
struct derived *scope_derived(const struct scope *scope, const char *name);

#endif
