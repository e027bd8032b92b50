/* How compiled trees are evaluated; lazy functions see this too. Inside this room only. */
#ifndef TW_XPATH_EVALUATE_H
#define TW_XPATH_EVALUATE_H

#include "tree/fact.h"
#include "xpath/function.h"
#include "xpath/node.h"

enum { MAX_NESTED = 100, MAX_ASSUMED = 64 };

/* A value that is kept, with the readings of assumed zones under which it holds. */
struct kept {
    uint64_t epoch;   /* of its level, when it was computed */
    uint64_t reading; /* under which it was computed */
    uint64_t assumed; /* documents of assumed zone that it read */
    bool busy;        /* being computed */
    struct value value;
    struct member bound; /* of a variable that the caller binds: holds until it is bound again */
};

/* The moment that a fact was read as, where no zone is assumed: one date is asked for again and again. */
struct read_moment {
    const struct fact *fact;
    struct moment moment;
};

enum { READ_MOMENTS = 16 };

struct memory {
    struct kept **slots; /* of the program's variables and constants; made when first computed */
    uint64_t epochs[LEVEL_EACH + 1];
    uint64_t clock;                                /* the last epoch given */
    struct map kept;                               /* (definition, fact), indexes of joins, memos of functions */
    const struct document *documents[MAX_ASSUMED]; /* of assumed zone, in the order in which they were read */
    const struct fact *instants[MAX_ASSUMED];      /* the first fact read in each */
    size_t document_count;
    int32_t as_of;                            /* the day whose law applies (ANY_DAY: none is known) */
    struct read_moment moments[READ_MOMENTS]; /* by a hash of the fact's address */
    struct patterns patterns;                 /* those that the program could not know */
};

/* ---- evaluate.c ------------------------------------------------------------------------------------- */

void eval_into(struct evaluation *e, const struct node *node, struct fact *at, struct value *out);

static inline struct value eval(struct evaluation *e, const struct node *node, struct fact *at) {
    struct value value;
    eval_into(e, node, at, &value);
    return value;
}

/* The value of a variable or a constant, where it is kept. */
const struct value *eval_kept(struct evaluation *e, const struct node *node);
/* boolean(): adds to *missing what made it ⊥. */
enum truth eval_truth(struct evaluation *e, const struct node *node, struct fact *at, const struct missing **missing);
enum truth truth_of(struct evaluation *e, const struct value *value, const struct missing **missing);
/* Has a set a member? */
enum truth exists(struct evaluation *e, const struct node *node, struct fact *at, const struct missing **missing);
struct value value_of_truth(enum truth truth, const struct missing *missing);
/* A kept value that still holds: notes the documents it read. NULL: compute it. */
const struct value *kept_value(struct evaluation *e, const struct kept *kept, uint64_t epoch);
/* Computes a value of its own budget of steps, in that arena. */
void keep(struct evaluation *e, struct kept *kept, uint64_t epoch, const struct node *node, struct fact *at,
          struct arena *arena);
/* The value of a definition at a fact. */
struct value eval_derived(struct evaluation *e, const struct derived *derived, struct fact *at);

/* ---- few.c ------------------------------------------------------------------------------------------ */

enum { FEW = 16 };

/* What a plain path selects where each step finds one fact, or none: the most frequent question. */
enum { SOLE_FACT = MAX_STEPS + 1, SOLE_SEVERAL };
struct sole {
    struct fact *fact; /* the one, or the deepest reached */
    size_t which;      /* SOLE_FACT: there is one; SOLE_SEVERAL: look with few; else none, for lack of that step */
};
struct sole sole_of_path(struct evaluation *e, const struct path *path, struct fact *at);
/* Why there is none. */
const struct missing *sole_absent(struct evaluation *e, const struct path *path, struct sole sole);

static inline struct sole sole_member(struct evaluation *e, const struct node *node, struct fact *at) {
    bool plain = node->kind == NODE_PATH && node->path->plain;
    return plain ? sole_of_path(e, node->path, at) : (struct sole){NULL, SOLE_SEVERAL};
}

/* The members of a set, all surely there and readable. */
struct few {
    struct fact *items[FEW];
    size_t count;
    const struct fact *deepest; /* as in struct visitor */
    size_t reached;
};

/* False: they are more, or not sure, or the path is not plain: visit it. */
bool few_of_path(struct evaluation *e, const struct path *path, struct fact *at, struct few *few);

static inline bool few_members(struct evaluation *e, const struct node *node, struct fact *at, struct few *few) {
    return node->kind == NODE_PATH && node->path->plain && few_of_path(e, node->path, at, few);
}

/* Why there are none. */
const struct missing *few_absent(struct evaluation *e, const struct node *node, const struct few *few);

/* ---- visit.c: node-sets, one fact after the other ------------------------------------------------------ */

struct visitor {
    struct evaluation *e;
    /* One member; false: enough. */
    bool (*take)(struct visitor *visitor, struct fact *fact, bool maybe);
    const struct missing *missing; /* what made members maybe, or the set unknown */
    bool unknown;                  /* there may be members that nobody can name */
    /* For the name of what is missing: the deepest fact reached, and how many steps led there. */
    const struct path *path;
    const struct fact *deepest;
    size_t reached;
    const struct missing *base_missing;
};

/* Visits the members of a set; of paths that are not mixed, without making the set. False: it is no set, and
 * *other is its value. */
bool visit(struct visitor *visitor, const struct node *node, struct fact *at, struct value *other);
/* Why a visit met no member. */
const struct missing *visit_absent(struct visitor *visitor, const struct node *node);
/* The set itself, in the evaluation's arena; first: of its first member, or none. */
void collect_path(struct evaluation *e, const struct node *node, struct fact *at, bool first, struct value *out);
void collect_union(struct evaluation *e, const struct node *node, struct fact *at, struct value *out);
/* The set of the first member (or none): for text, number and value arguments. */
struct value collect_first(struct evaluation *e, const struct node *node, struct fact *at);
/* Members below one fact, by the steps of a path from one on. */
struct value collect_below(struct evaluation *e, const struct path *path, size_t from, struct fact *fact, bool maybe);
/* What the steps before a path's anchor select; all of it for a path without steps. */
struct value collect_base(struct evaluation *e, const struct path *path, struct fact *at);
/* In document order, without doubles; the members are copied. */
struct value unite(struct evaluation *e, const struct nodes *sets, size_t count);

/* ---- compare.c -------------------------------------------------------------------------------------- */

enum truth compare(struct evaluation *e, const struct node *node, struct fact *at, const struct missing **missing);
/* The decimal of a fact; decoded once where the fact is the dossier's. */
bool number_of(struct evaluation *e, struct fact *fact, struct decimal *out);

/* ---- call.c ----------------------------------------------------------------------------------------- */

void call_into(struct evaluation *e, const struct node *node, struct fact *at, struct value *out);
/* Of a function that has a truth. */
enum truth call_truth(struct evaluation *e, const struct call *call, struct fact *at, const struct missing **missing);
/* An argument, converted to what a letter says. */
struct value argument(struct evaluation *e, const struct node *node, struct fact *at, char letter);
/* All arguments of a call, as its row says. False: some are ⊥, and *unknown names what is missing. */
bool call_arguments(struct evaluation *e, const struct call *call, struct fact *at, struct value *arguments,
                    struct value *unknown);
/* Texts of ASCII are folded here, others by base/fold.h: tw:ref. */
const char *reference_of(struct evaluation *e, const char *text);

/* ---- missing.c -------------------------------------------------------------------------------------- */

/* What is missing below what is missing: "/entered" after "supervision/line[@n = '3']". */
const struct missing *missing_deeper(struct evaluation *e, const struct missing *missing, const char *rest);

static inline void spend(struct evaluation *e, uint64_t steps) {
    e->steps += steps;
    if (e->steps > e->limit) {
        e->exhausted = true;
    }
}

#endif
