/* Values of the expression language (RULES 2, 4): three-valued, exact, never a double.
 *
 * UNKNOWN is the third value, ⊥: it carries the names of what is missing. Members of a node-set may be
 * *maybe*: a predicate on them could not be decided.
 * Ownership  Values live in the evaluation's arena.
 */
#ifndef TW_XPATH_VALUE_H
#define TW_XPATH_VALUE_H

#include "base/decimal.h"

#include <stdbool.h>
#include <stddef.h>

struct fact;

/* A set of names of missing things, as a tree of unions. Names are put together only when somebody asks for them
 * (missing_names): most of what is ⊥ within an expression is decided by something beside it. */
struct missing {
    const char *name;                   /* "register:office", "division by zero" …; or what is missing below fact */
    const char *key, *word;             /* behind the name: "[key = 'word']"; key NULL: word alone; or both NULL */
    const struct fact *fact;            /* the deepest that exists: "event[7]" of "event[7]/officer/id"; or NULL */
    const struct missing *above;        /* what this is below, as "/name"; or NULL */
    const struct missing *left, *right; /* unions */
};

struct member {
    struct fact *fact;
    bool maybe;
};

struct nodes {
    const struct member *items;
    size_t count;
    const struct missing *missing; /* what made members maybe, or why there are none */
};

enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN };

enum value_kind { VALUE_UNKNOWN, VALUE_BOOLEAN, VALUE_TEXT, VALUE_DECIMAL, VALUE_NODES };

struct value {
    enum value_kind kind;
    union {
        bool truth;
        const char *text;
        struct decimal decimal;
        struct nodes nodes;
        const struct missing *missing; /* VALUE_UNKNOWN */
    };
};

#endif
