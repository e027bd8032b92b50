/* What the files that run rules share: the run, and what failed or could not be decided in it. */
#ifndef TW_RULES_RESULT_H
#define TW_RULES_RESULT_H

#include "rules/pack.h"

#include "consignment.h"
#include "knowledge.h"

#include <stdbool.h>
#include <stddef.h>

struct key_value {
    const char *name, *value;
};

/* A fail or an undecidable; results that passed are only counted. */
struct result {
    const struct rule *rule;           /* NULL: a finding that stood before the run */
    const struct walk *walk;           /* NULL with rule */
    const struct assertion *assertion; /* NULL with rule */
    size_t sequence;                   /* among all results, as they came */
    enum verdict verdict;
    struct finding finding;     /* severity, effect and subject are set for undecidables too */
    const char *const *missing; /* of undecidables, sorted */
    size_t missing_count;
    const struct key_value *keys; /* of tw:key; then document and path of the subject */
    size_t key_count;
    const char *silenced_by; /* NULL: it stands */
};

struct nodes_of_context {
    bool walked;
    struct nodes nodes;
};

struct run {
    struct consignment *c;
    const struct knowledge *k;
    const struct rulebook *book;
    const char *profile;
    size_t assumed_limit; /* documents of assumed zone that a walk may read (policy time.maxAssumed) */
    struct host host;
    struct evaluation *e;
    struct arena *arena;   /* the bundle's */
    struct arena *scratch; /* of the evaluation */
    struct result *results;
    size_t count, capacity;
    size_t given;             /* how many of them stood before the run */
    struct rule_result *rows; /* by rule->index */
    bool *runs;               /* by rule->index: it exists for this bundle */
    struct nodes_of_context *contexts;
};

/* run.c: an evaluation over the dossier, with the findings that stand; then what it holds outside of arenas goes. */
void run_begin(struct run *run, struct consignment *c, const struct knowledge *k);
void run_end(struct run *run);

/* How severe an assertion is here: as written, by a row, or by the policy. off: the policy does not ask for it. */
struct grade {
    enum severity severity;
    enum effect effect;
    bool off;
};
struct grade grade_of(struct run *run, const struct rule *rule, const struct assertion *assertion);

/* walk.c: runs rule elements over the nodes of their context, which is the same for all. */
void walk_run(struct run *run, const struct walk_of_rule *walks, size_t count);

/* result.c: adds a result. The context, and $each where the walk has one, are bound. each NULL: the set itself could
 * not be decided. */
struct result_place {
    const struct rule *rule;
    const struct walk *walk;
    const struct assertion *assertion;
    struct fact *context, *each;
};
void result_add(struct run *run, const struct result_place *place, enum verdict verdict, struct grade grade,
                const struct missing *missing);
/* The same for findings of earlier stages, so that cascades see them. */
void result_given(struct run *run, const struct finding *finding);

/* message.c: the text with its values; NULL: there is none. */
const char *message_text(struct run *run, const struct message *message);
/* A value for people: members of a set apart by commas; NULL: absent, undecidable or a group. */
const char *shown_value(struct run *run, const struct expression *expression);

/* claim.c */
bool claim_refused(struct run *run, const struct rule *rule, const struct assertion *assertion);
void claim_add(struct run *run, const struct rule *rule, const struct assertion *assertion);

/* unreadable.c: how much the unreadable values found before the run weigh. */
void unreadable_weigh(struct run *run);

/* cascade.c: silences results, in the order of the rows. */
void cascades_apply(struct run *run);

/* waiver.c: marks what an officer has waived. */
void waivers_apply(struct run *run);

#endif
