/* Expressions of rules (RULES 2 to 4): compiled once at start-up, evaluated over the fact tree.
 *
 * Sequence   program_new; for each file, pattern and rule a scope: scope_declare for its definitions,
 *            then scope_table, scope_let …, scope_each, compile; scope_define for the values of the
 *            definitions; program_finish. Then, for each bundle: evaluation_new, and for each rule and
 *            context node evaluation_enter, evaluation_each, evaluate …, evaluation_leave; evaluation_end.
 * Ownership  Compiled things live in the program's arena; values in the evaluation's (see below).
 * Errors     Of packs: struct problems, all of them. Evaluation has none: what cannot be said is ⊥.
 * Threads    A finished program is read-only; an evaluation belongs to one thread.
 */
#ifndef TW_XPATH_EXPRESSION_H
#define TW_XPATH_EXPRESSION_H

#include "base/time.h"
#include "xpath/value.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct definition;
struct document;
struct fact;
struct names;
struct problems;
struct reference; /* reference/reference.h */
struct vocabulary;

/* ---- Compiling ------------------------------------------------------------------------------------- */

struct program;  /* what all expressions of the packs share */
struct scope;    /* the names that an expression may use */
struct variable; /* $each, $by, $it: bound by the caller */
struct expression;

/* Where the text of an expression begins, in its file. */
struct place {
    const char *file;
    unsigned line, column;
};

/* What a literal argument must name. */
enum literal {
    LITERAL_LIST,     /* a code list: 'ISO3166' */
    LITERAL_REGISTER, /* a register */
    LITERAL_POLICY,   /* a parameter of the policy */
    LITERAL_RULES,    /* ids of rules, apart by blanks; asked only by tw:failed */
};

/* What only the caller knows. A NULL function: everything is known. */
struct known {
    const void *context;
    /* False: there is none of that name; *nearest may name one for "did you mean" (or stay NULL). */
    bool (*literal)(const void *context, enum literal kind, const char *name, const char **nearest);
    /* Is column a column of these rows? rows is "register:officer" or "list:MoistureTolerance". */
    bool (*column)(const void *context, const char *rows, const char *column, const char **nearest);
};

struct program *program_new(struct arena *arena, struct names *names, const struct vocabulary *vocabulary,
                            const struct known *known, struct problems *problems);
/* Before its arena is freed: gives back what is in no arena (patterns of tw:matches). */
void program_end(struct program *program);
/* Compiles the conditions of register requiredDocument, which tw:holds evaluates. */
void program_conditions(struct program *program, const struct reference *reference);
/* After the last compile: definitions without a value and cycles are problems. */
void program_finish(struct program *program);

/* A scope within another (NULL: the outermost, of a pack's file). Inner names hide outer ones. */
struct scope *scope_new(struct program *program, const struct scope *outer);
/* The nodes that relative paths of this scope start from: those of a compiled context. */
void scope_context(struct scope *scope, const struct expression *context);
/* A let; expression NULL (it had problems) declares the name all the same, so that one mistake is told once. */
void scope_let(struct scope *scope, struct place place, const char *name, const struct expression *value);
/* A let whose value is a table: the facts below table, whose names are interned. */
void scope_table(struct scope *scope, struct place place, const char *name, struct fact *table);
/* $each, whose members are those of the expression; NULL: any facts. */
struct variable *scope_each(struct scope *scope, const struct expression *members);
/* Another variable that the caller binds ($by, $it): any facts. */
struct variable *scope_bound(struct scope *scope, const char *name);
/* tw:define: first the name with its context, then, when all lets are known, the value. */
void scope_declare(struct scope *scope, struct place place, const char *name, const struct expression *context);
void scope_define(struct scope *scope, struct place place, const char *name, const char *value);

/* NULL: problems were added. compile_context reads the grammar of rule/@context. */
struct expression *compile(struct scope *scope, struct place place, const char *text);
struct expression *compile_context(struct scope *scope, struct place place, const char *text);

/* Two expressions that say the same have the same canonical text: equal contexts are walked once. */
const char *expression_canonical(const struct expression *expression);
const char *expression_text(const struct expression *expression); /* as written */
/* Can its value change with the context node (or $each); with $each (or another bound variable)? */
bool expression_uses_context(const struct expression *expression);
bool expression_uses_each(const struct expression *expression);

/* ---- Evaluating ------------------------------------------------------------------------------------ */

/* What functions may ask besides the dossier. Everything is fixed for the bundle. */
struct host {
    const struct reference *reference; /* codes, registers, policy */
    const struct names *names;
    const char *profile; /* EU, UK, CN, generic */
    struct moment now;   /* the run's clock */
    const char *now_text;
    const struct zone *zone; /* policy time.zone: where no office says otherwise */
    uint64_t step_limit;     /* policy xpath.opLimit; 0: none */
    /* tw:failed: has one of these rules (ids apart by blanks) a finding? NULL: no. */
    bool (*failed)(void *runner, const char *rules);
    void *runner;
};

/* One bundle's evaluator. Fields are read by functions; only this room writes them. */
struct evaluation {
    const struct program *program;
    const struct host *host;
    struct fact *dossier;
    struct arena *bundle;  /* lives as long as the bundle: memos, indexes, facts made by functions */
    struct arena *scratch; /* emptied by evaluation_leave */
    struct arena *arena;   /* one of the two: where the value being computed belongs */
    struct fact *context;  /* of the rule (or definition) */
    uint64_t steps;        /* counted since evaluation_new */
    uint64_t limit;        /* of the expression being evaluated: steps at which it ends */
    bool exhausted;        /* the limit was passed */
    unsigned depth;        /* of lets and definitions within each other */
    uint64_t reading;      /* bit i: document i of assumed zone is read as UTC */
    uint64_t assumed;      /* bit i: document i was read since evaluation_watch */
    struct memory *memory; /* slots, indexes, memos: memory.h */
};

/* scratch must be another arena than bundle. dossier: its root, numbered (tree_number). */
struct evaluation *evaluation_new(const struct program *program, const struct host *host, struct fact *dossier,
                                  struct arena *bundle, struct arena *scratch);
/* When the bundle is done, before its arena is: frees what is in no arena (patterns of tw:matches). */
void evaluation_end(struct evaluation *e);

/* A new context node: lets of the rule are forgotten. Values in scratch stay until evaluation_leave. */
void evaluation_enter(struct evaluation *e, struct fact *context);
/* Binds $each (or $by, $it) and forgets the lets that depend on it. */
void evaluation_each(struct evaluation *e, const struct variable *variable, struct fact *member);
/* Empties scratch: values that were not made of the bundle's are gone. */
void evaluation_leave(struct evaluation *e);

/* The value in the current context. A node-set is in document order, without doubles. */
struct value evaluate(struct evaluation *e, const struct expression *expression);
/* The same at another node, as tw:holds needs it; lets of the rule are not visible there. */
struct value evaluate_at(struct evaluation *e, const struct expression *expression, struct fact *at);

/* boolean(): stops as soon as it is decided. *missing says what made it ⊥. */
enum truth evaluate_truth(struct evaluation *e, const struct expression *expression, const struct missing **missing);

/* The facts that a context selects, in document order; no member is maybe (a context that cannot be decided
 * selects: the rule's own test then says what is missing). */
struct nodes evaluate_context(struct evaluation *e, const struct expression *context);

/* string(): the text of a value, in the current arena. NULL: ⊥ or absent. */
const char *value_text(struct evaluation *e, const struct value *value);

/* Whether there are missing things, and each is such a one; the arena is for long unions. */
bool missing_all(struct arena *arena, const struct missing *missing, bool (*is)(const struct missing *leaf));
/* The names in a set of missing things, sorted, without doubles. */
const char *const *missing_names(struct arena *arena, const struct missing *missing, size_t *count);

/* ---- Assumed zones (FACTS 1) ------------------------------------------------------------------------
 * A rule is evaluated under reading 0 (all documents in their office's time). If evaluation_assumed then
 * says that n documents were read, it is evaluated again under every other combination of them. */
void evaluation_watch(struct evaluation *e);                                /* forgets which documents were read */
size_t evaluation_assumed(const struct evaluation *e, uint64_t *documents); /* how many; their bits */
/* Sets the reading; what was computed under another is computed again, if it read an assumed instant. */
void evaluation_read(struct evaluation *e, uint64_t reading);
/* The name of what is missing when readings differ: "@zone of event[3]/at", one per document. */
const struct missing *evaluation_zones(struct evaluation *e, uint64_t documents);

#endif
