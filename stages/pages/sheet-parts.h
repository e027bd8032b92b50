/* What a compiled stylesheet is made of: sheet-load.c makes it, sheet-run.c walks it. Inside of this room only. */
#ifndef TW_PAGES_SHEET_PARTS_H
#define TW_PAGES_SHEET_PARTS_H

#include "base/buffer.h"
#include "tree/fact.h"
#include "xpath/lex.h"

/* ---- Values ---- */

enum sheet_type {
    SHEET_NONE, /* not yet known: a param that was not given; the type of a param's value */
    SHEET_NODES,
    SHEET_TEXT,
    SHEET_FRAGMENT, /* the text of a variable's content: always true */
    SHEET_NUMBER,
    SHEET_TRUTH,
};

struct sheet_value {
    enum sheet_type type;
    union {
        struct {
            size_t first, count; /* on the stack of the run, in document order */
        } nodes;
        const char *text;
        int64_t number;
        bool truth;
    };
};

/* ---- Expressions ---- */

struct sheet_expression;
struct sheet_run;

struct sheet_step {
    const char *name; /* interned, "@name" for an attribute; NULL: every element */
    const struct sheet_expression *const *predicates;
    size_t predicate_count;
};

enum sheet_base { FROM_CONTEXT, FROM_ROOT, FROM_VARIABLE };

struct sheet_path {
    enum sheet_base base;
    unsigned parents; /* leading .. of a path from the context */
    const struct sheet_expression *variable;
    const struct sheet_step *steps;
    size_t step_count;
    const struct fact *known; /* the fact of the known tree that it leads to; NULL: none */
    const char *child;        /* the one step from the context that most paths are; NULL: it is another */
    bool filtered;            /* has predicates */
    size_t slot;              /* the same for the whole run: where its first fact is kept, from 1; 0: it is not */
};

/* A function of expressions; call->call has its arguments. */
struct sheet_function {
    const char *name;
    size_t least, most; /* arguments */
    enum sheet_type type;
    struct sheet_value (*run)(struct sheet_run *run, const struct sheet_expression *call, const struct fact *node);
};

enum sheet_kind {
    EXPRESSION_PATH,
    EXPRESSION_TEXT,
    EXPRESSION_NUMBER,
    EXPRESSION_VARIABLE,
    EXPRESSION_AND,
    EXPRESSION_OR,
    EXPRESSION_COMPARE,
    EXPRESSION_CALL,
};

struct sheet_expression {
    enum sheet_kind kind;
    enum sheet_type type;
    union {
        struct sheet_path path;
        const char *text;
        int64_t number;
        struct {
            size_t slot;
            bool global; /* of the sheet, else of the template */
        } variable;
        struct {
            const struct sheet_expression *left, *right;
            enum token sign; /* of a comparison */
        } pair;
        struct {
            const struct sheet_function *function;
            const struct sheet_expression *const *arguments;
            size_t count;
        } call;
    };
};

/* ---- Instructions ---- */

enum sheet_action {
    WRITE_BYTES, /* ready HTML: literal elements and texts, joined */
    WRITE_TEXT,
    WRITE_RAW, /* inside of style and script, and in a variable's content */
    WRITE_ATTRIBUTE,
    RUN_EACH,
    RUN_FIRST, /* the first branch whose test is true: xsl:if, xsl:choose */
    RUN_CALL,
    SET_VARIABLE,
    SET_PARAM, /* where the caller did not */
};

/* A value for a slot of a frame: an expression, or what a body writes. */
struct sheet_binding {
    size_t slot;
    const struct sheet_expression *select;
    const struct sheet_instruction *body;
};

struct sheet_branch {
    const struct sheet_expression *test; /* NULL: otherwise */
    const struct sheet_instruction *body;
    const struct sheet_branch *next;
};

/* A piece of an attribute's value: a text or an expression. */
struct sheet_piece {
    const char *text;
    const struct sheet_expression *select;
    const struct sheet_piece *next;
};

struct sheet_instruction {
    enum sheet_action action;
    const struct sheet_instruction *next;
    union {
        struct {
            const char *start;
            size_t length;
        } bytes;
        const struct sheet_expression *select;
        struct {
            const struct sheet_piece *pieces;
            bool uri;
        } attribute; /* its value; the name stands in the bytes before it */
        struct {
            const struct sheet_expression *select;
            const struct sheet_instruction *body;
        } each;
        const struct sheet_branch *branches;
        struct {
            const struct sheet_template *template;
            const struct sheet_binding *bindings;
            size_t count;
        } call;
        struct sheet_binding binding;
    };
};

struct sheet_template {
    const struct sheet_instruction *body;
    size_t params; /* its first slots */
    size_t slots;  /* of its frame */
    size_t need;   /* slots of it and of the templates that it calls, at their deepest */
};

struct sheet {
    const struct names *names;
    const char *root; /* name that the tree's root must have; NULL: any, and the context is above it */
    const struct sheet_template *main;
    const struct sheet_expression **globals; /* values of the first slots */
    size_t global_count;
    size_t kept; /* paths whose first fact is the same for the whole run */
};

/* ---- A run ---- */

struct sheet_run {
    struct arena *arena;
    struct buffer *out;
    struct fact document;      /* above the root: what / selects */
    const struct fact **stack; /* node-sets; whoever pushes takes down again */
    size_t stack_count, stack_capacity;
    struct sheet_value *globals, *frame;
    size_t frame_slots;       /* of the template that runs */
    const struct fact **kept; /* by slot; NULL: not asked yet, &document: there is none */
    size_t last;              /* of the predicate that is asked */
    struct buffer attribute;  /* the value in hand */
};

/* sheet-evaluate.c. What they push on the stack, the caller takes down. */
struct sheet_value sheet_evaluate(struct sheet_run *run, const struct sheet_expression *e, const struct fact *node);
bool sheet_truth(struct sheet_run *run, const struct sheet_expression *e, const struct fact *node);
const char *sheet_string(struct sheet_run *run, const struct sheet_expression *e, const struct fact *node);
bool sheet_value_truth(const struct sheet_value *value);
const char *sheet_value_string(struct sheet_run *run, const struct sheet_value *value);
/* The first fact that steps without predicates lead to, or NULL. */
const struct fact *sheet_descend(const struct fact *from, const struct sheet_step *steps, size_t count);
/* The string-value of a node, NULL for none: "". */
const char *sheet_fact_string(struct sheet_run *run, const struct fact *fact);

/* sheet-compare.c */
bool sheet_compare(struct sheet_run *run, const struct sheet_value *left, enum token sign,
                   const struct sheet_value *right);

/* sheet-function.c */
const struct sheet_function *sheet_function_find(const char *name, size_t length);

#endif
