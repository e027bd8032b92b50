/* Functions of the expression language: one row each, in a table by subject (functions-SUBJECT.c).
 *
 * Adding     Write the row and its body in a table; a new table is declared here and listed in function.c.
 * Arguments  `takes` has a letter for each argument; the evaluator checks them at load and converts them
 *            before the body runs. What is absent or ⊥ makes the result ⊥ without calling the body, except
 *            where the letter is small:
 *              T text             VALUE_TEXT       (of a node-set: its first member)
 *              D decimal          VALUE_DECIMAL    (a text is read as one; no decimal: ⊥)
 *              B truth            VALUE_BOOLEAN
 *              N node-set         VALUE_NODES      at least one member, none maybe
 *              V value            as it is: text, decimal, or one member (VALUE_NODES, sure and readable): for
 *                                 instants, quantities and amounts, which need their fact
 *              t d v              the same, or, when absent, VALUE_NODES without members (value_absent)
 *              n node-set         VALUE_NODES, empty or with maybe members as they come
 *              L literal text     VALUE_TEXT;  C R P F: a literal that names a code list, register,
 *                                 parameter, rules (checked at load by struct known)
 *              K key path         a literal: a path relative to the members of the first argument
 *              E definition       a literal: the name of a tw:define
 *              * any value        as it comes (lazy functions)
 *            `min` letters must be given; the last `repeats` letters may be repeated.
 * Lazy       A row with `lazy` instead of `body` evaluates its arguments itself (evaluate.h).
 * Values     Results are made in e->arena; texts may point into facts. Facts made by a function must live
 *            in e->bundle or longer, never in e->arena: indexes know them by their address.
 * Steps      The call is counted. A body that walks more than its arguments counts that by function_steps.
 */
#ifndef TW_XPATH_FUNCTION_H
#define TW_XPATH_FUNCTION_H

#include "xpath/expression.h"

struct call;    /* node.h */
struct map_key; /* map.h */
struct question;

enum returns {
    RETURNS_BOOLEAN,
    RETURNS_INTEGER,
    RETURNS_DECIMAL,
    RETURNS_TEXT,
    RETURNS_DATE,     /* a day or an instant, as text */
    RETURNS_NODES,    /* facts: `of` says which */
    RETURNS_ARGUMENT, /* what its arguments are: members of the first (N…), one of the branches (tw:if) */
    RETURNS_ANY,
};

enum {
    FUNCTION_VOLATILE = 1, /* its value changes within a bundle: never kept for the bundle (tw:failed) */
    FUNCTION_CONTEXT = 2,  /* depends on e->context though no argument says so */
    FUNCTION_PATTERN = 4,  /* its second argument is a regular expression: a literal is compiled with the program */
};

struct function {
    const char *name;  /* "concat", "tw:sum" */
    const char *takes; /* "DD" */
    unsigned char min, repeats;
    enum returns returns;
    /* Of RETURNS_NODES: a path ("/dossier/event"), rows ("register:officer"; "list:" completed by the
     * literal of the first argument), or NULL: any facts. */
    const char *of;
    unsigned flags;
    struct value (*body)(struct evaluation *e, const struct value *arguments, size_t count);
    struct value (*lazy)(struct evaluation *e, const struct call *call, struct fact *at);
    /* What is true or false tells it without making a value, and adds to *missing what made it ⊥. A row with neither
     * body nor lazy has its value from here. */
    enum truth (*truth)(struct evaluation *e, const struct call *call, struct fact *at, const struct missing **missing);
    const struct question *question; /* of functions-register.c: which register is asked, and how */
};

/* NULL: there is none. */
const struct function *function_find(const char *name);
/* The function whose name is nearest, or NULL. */
const char *function_nearest(const char *name);

/* Tables; each ends with a row without a name. */
extern const struct function functions_core[];      /* XPath 1.0's */
extern const struct function functions_join[];      /* tw:by … tw:sameRefs */
extern const struct function functions_choice[];    /* tw:if … tw:needs, tw:of, tw:sumOf, tw:sum, tw:min, tw:max */
extern const struct function functions_decimal[];   /* tw:add … tw:within, tw:share, units, currencies, words */
extern const struct function functions_time[];      /* tw:now … tw:bankDay */
extern const struct function functions_check[];     /* tw:iso6346 … tw:eori */
extern const struct function functions_text[];      /* tw:fold … tw:ref, tw:matches, tw:party, tw:vague */
extern const struct function functions_register[];  /* tw:code, and the look-ups in one register */
extern const struct function functions_party[];     /* tw:registeredParty, tw:denied, tw:notCompared */
extern const struct function functions_procedure[]; /* tw:about, tw:events, tw:step, tw:profile, tw:policy, tw:failed */
extern const struct function functions_document[];  /* tw:documents, tw:references */
extern const struct function functions_condition[]; /* tw:holds */
extern const struct function functions_match[];     /* tw:matchLines */

/* ---- What bodies use ------------------------------------------------------------------------------- */

struct value value_boolean(bool truth);
struct value value_string(const char *text); /* must outlive the evaluation's arena */
struct value value_decimal(struct decimal decimal);
struct value value_integer(int64_t whole);
struct value value_unknown(const struct missing *missing);
/* One fact, or none (NULL). why: what an empty set is for lack of, NULL: the expression as written. */
struct value value_fact(struct evaluation *e, struct fact *fact, const struct missing *why);
/* facts are copied into members, all sure. */
struct value value_facts(struct evaluation *e, struct fact *const *facts, size_t count, const struct missing *why);
/* A node-set without members. */
static inline bool value_is_absent(const struct value *value) {
    return value->kind == VALUE_NODES && value->nodes.count == 0;
}

/* Names of missing things: "division by zero". */
const struct missing *missing_named(struct evaluation *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same of two texts that outlive the evaluation's arena, printed only when asked for: "register:", "officer". */
const struct missing *missing_kind(struct evaluation *e, const char *kind, const char *name);
/* A row that nobody found below a fact: "goodsItem[@n = '7']". */
const struct missing *missing_row(struct evaluation *e, const struct fact *fact, const char *set, const char *key,
                                  const char *word);
/* rest below a fact ("event[7]/officer/id"), or the fact itself (rest NULL). Named only when asked for. */
const struct missing *missing_below(struct evaluation *e, const struct fact *fact, const char *rest);
const struct missing *missing_both(struct evaluation *e, const struct missing *a, const struct missing *b);

/* Of an argument with letter V: its text, its fact (NULL: it has none), its decimal. False: *unknown says why. */
const char *argument_text(struct evaluation *e, const struct value *argument);
struct fact *argument_fact(const struct value *argument);
bool argument_decimal(struct evaluation *e, const struct value *argument, struct decimal *out, struct value *unknown);
/* The unit or currency of an argument's fact (@unit, else @currency), or NULL. */
const char *argument_unit(struct evaluation *e, const struct value *argument);

/* A visible child of a fact (its first), and the value of it; NULL: absent, hidden. */
struct fact *visible_child(const struct fact *fact, const char *interned);

void function_steps(struct evaluation *e, uint64_t steps);

/* Is a dateTime without zone that this fact holds read as UTC (else in its office's time)? Notes that its
 * document was read. Facts without document: office's time. */
bool reads_utc(struct evaluation *e, const struct fact *fact);

/* A value kept for the bundle under a key, such as a row that was looked up. key->a: any address that is the caller's
 * own. NULL: not yet there. */
const struct value *memo_find(struct evaluation *e, const struct map_key *key);
void memo_keep(struct evaluation *e, const struct map_key *key, struct value value);

#endif
