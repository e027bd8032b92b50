/* A finding: what is wrong in a document, where, and why (FACTS 8); and what became of each rule.
 *
 * Ownership  Everything lives in the bundle's arena.
 */
#ifndef TW_FINDING_H
#define TW_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fact;
struct document;

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_FATAL };

/* In order of strength (RULES 2): of the levels of one part that fail on one subject, the strongest stands. */
enum effect {
    EFFECT_NOTE,
    EFFECT_REMARK,
    EFFECT_WATCH,
    EFFECT_DISCREPANT,
    EFFECT_HOLD_CLOSURE, /* holds the file open, not the goods */
    EFFECT_HOLD,
    EFFECT_REJECT,
    EFFECT_STOP_LOAD,
    EFFECT_REFER,
};

enum verdict { VERDICT_NOT_APPLICABLE, VERDICT_PASS, VERDICT_UNDECIDABLE, VERDICT_FAIL };

const char *severity_name(enum severity severity);
const char *effect_name(enum effect effect);
const char *verdict_name(enum verdict verdict);

/* A place that a finding points to: what the reader opens. */
struct location {
    const struct document *document; /* NULL: the dossier as a whole */
    uint32_t line, column;           /* 0: not known */
    const char *xpath;               /* in the original; NULL: none */
    const char *path;                /* fact path below /dossier; NULL: none */
    const char *value;
};

struct finding {
    const char *rule;      /* "D-255", "X-004" */
    const char *assertion; /* "D-255.hold" */
    unsigned point;        /* 1..6; 7: loading and settlement */
    enum severity severity;
    enum effect effect;
    struct location subject;
    const struct location *against; /* places that contradict it */
    size_t against_count;
    const char *observed, *expected; /* NULL: none */
    const char *message, *message_zh;
    const char *title, *title_zh;
    const char *source;
    const char *mend, *mend_zh, *who; /* NULL: none */
    bool waived;
    const char *waiver; /* officer and reason, when waived */
    unsigned number;    /* among the findings of its rule, from 1: set with the record */
};

struct undecided {
    const char *rule, *assertion;
    const char *title, *title_zh;
    unsigned point;
    enum severity severity;
    enum effect effect;      /* what a fail would have been */
    enum effect contributes; /* set by decide: hold, remark or note (CATALOGUE-A 8.3) */
    bool refers;             /* it is a refer rule: it holds, never refers */
    struct location subject;
    const char *const *missing; /* names of what is missing (RULES 2), sorted */
    size_t missing_count;
};

/* One row per rule that exists for the bundle. */
struct rule_result {
    const char *rule;
    const char *title, *title_zh;
    unsigned point;
    enum verdict verdict;               /* of the rule: fail, else undecidable, else pass, else n/a */
    const char *silenced_by;            /* the rule that reports, where a cascade silenced it */
    uint32_t passed, failed, undecided; /* evaluations */
    uint64_t steps;
};

#endif
