/* What the files that compile a pattern share. */
#ifndef TW_RULES_PATTERN_H
#define TW_RULES_PATTERN_H

#include "rules/load.h"

/* The pattern that is being compiled. */
struct pattern {
    struct bench bench;
    struct rule *rule;
    struct pack *pack;
    struct pack_file *own_file;
    const struct source *body;   /* the pattern itself, or the abstract pattern that it is */
    struct pack_file *body_file; /* where the body stands */
    const char *abstract_id;     /* NULL: it is none's instance */
};

/* assertion.c: appends those of one rule element to the walk, whose array is large enough. */
void assertions_compile(struct pattern *pattern, const struct source *rule, const char *role, struct walk *walk);

/* overlap.c: problems where two rules of a pattern can select the same node: in Schematron only the first would
 * run. */
void check_overlap(struct pattern *pattern);

#endif
