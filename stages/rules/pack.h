/* What a compiled rule is made of: for the files of this room alone.
 *
 * A pattern of a pack is a `struct rule` (one rule of the catalogue); each <rule> in it is a `struct walk`: a context
 * that is walked, with its lets, guard and assertions. Everything lives in the rulebook's arena.
 */
#ifndef TW_RULES_PACK_H
#define TW_RULES_PACK_H

#include "rules/explain.h"
#include "rules/rulebook.h"
#include "xpath/expression.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A text with values in it: pieces in order; one of text and value is set. */
struct piece {
    const char *text;
    const struct expression *value;
};

struct message {
    const struct piece *pieces;
    size_t count; /* 0: there is none */
};

struct key {
    const char *name;
    const struct expression *value;
};

/* What judging reads stands first; the rest is read of what failed. */
struct assertion {
    const struct expression *when, *test;     /* when NULL: always */
    const char *effect_policy;                /* the parameter that sets effect and severity, or NULL */
    const struct expression *severity_of_row; /* tw:severity, or NULL */
    const char *claim_register;               /* NULL: no claim */
    const char *part;                         /* "I-308.a": levels of one part are degrees of one measure */
    enum severity severity;
    enum effect effect;
    bool absent_fails; /* tw:absent="fail": a fact that could be said and is not there fails it (D-208) */
    const char *id;    /* "I-308.a.refer" */
    const struct expression *subject, *against, *observed, *expected; /* NULL: not given */
    const struct expression *claim_key, *claim_amount;
    struct message text, text_zh, source, mend, mend_zh;
    const char *who;
};

struct walk {
    const struct expression *each; /* NULL: none */
    const struct variable *each_variable;
    const struct expression *when;
    struct assertion *assertions;
    size_t assertion_count;
    bool none_passes; /* tw:none="pass": an empty each is a pass */
    const struct expression *context;
    size_t context_slot; /* equal contexts share a slot: they are evaluated once */
    const struct key *keys;
    size_t key_count;
    const struct key *workings; /* tw:working: what a paper may show of its arithmetic */
    size_t working_count;
    unsigned line;
};

struct rule {
    size_t index;      /* in the rulebook */
    size_t position;   /* in the order of the run */
    bool ordered;      /* it asks tw:failed, or is asked for, or claims: it runs in its turn */
    bool unsayable_na; /* tw:unsayable="n/a" */
    struct walk *walks;
    size_t walk_count;
    struct rule_summary summary;
};

/* Walks over the same nodes, of rules that need no turn: each node is judged by all of them while it is at hand. */
struct walk_of_rule {
    const struct rule *rule;
    const struct walk *walk;
};

struct walk_group {
    struct walk_of_rule *items;
    size_t count;
};

/* A row of cascades.xml (RULES 3). */
struct silence {
    const char *const *by; /* rule ids, parts or structural findings */
    size_t by_count;
    const char *const *rules; /* the same; all: every rule */
    size_t rule_count;
    bool all;
    const char *const *keys; /* all must agree; none: anywhere in the bundle */
    size_t key_count;
    const char *const *values; /* in="a|b": of the key; none: any */
    size_t value_count;
    bool missing_only; /* cause="missing" */
    const struct expression *when;
};

struct silences {
    const struct silence *rows; /* applied in this order */
    size_t count;
    struct variable *by, *it; /* $by, $it of their conditions */
    struct silences *next;
};

struct rule_examples {
    const char *rule;
    struct examples examples;
    struct rule_examples *next;
};

struct rulebook {
    struct arena *arena;
    struct program *program;
    struct pack *packs;
    size_t pack_count;
    struct rule **rules; /* by point, then id */
    size_t rule_count;
    struct rule **order;                /* as they run: after those that tw:failed names, else as above */
    struct silences *silences;          /* one per pack that has cascades */
    const struct expression **contexts; /* one per slot */
    size_t context_count;
    struct walk_group *groups; /* by slot of their context */
    struct rule_examples *examples;
    struct loader *loaded; /* its files: texts of the rules point into them */
};

/* NULL: no such rule. */
struct rule *rulebook_rule_named(const struct rulebook *rulebook, const char *id);

/* Whether an assertion's id is that name, or begins with it up to a dot. */
bool id_within(const char *id, const char *name);

/* "X-004", "G-3": findings of stages before the review. */
bool is_structural(const char *id);

/* Words of roles and effects; false: no such word. */
bool severity_read(const char *word, enum severity *out);
bool effect_read(const char *word, enum effect *out);
const char *severity_word(enum severity severity);
const char *effect_word(enum effect effect);
/* The usual effect of a severity (RULES 1); point 7: of loading and settlement. */
enum effect effect_of(enum severity severity, unsigned point);

#endif
