/* The rulebook: all rule packs in force, compiled (RULES 1).
 *
 * Purpose    Reads packs of ISO Schematron files, ours first, users' beside, and checks them against the vocabulary,
 *            the registers and the policy. What one rule is made of: rules/pack.h.
 * Sequence   names, vocabulary, reference; rulebook_load (it interns names); names_freeze; then read-only;
 *            rulebook_free.
 * Errors     All mistakes of all files go to `problems` as FILE:LINE:COLUMN: what: help, and the result is NULL.
 * Packs      The first directory is ours. Ids of the others must not collide with ours, their effects reach up to
 *            hold, and they can silence no rule of ours.
 */
#ifndef TW_RULES_RULEBOOK_H
#define TW_RULES_RULEBOOK_H

#include "base/digest.h"
#include "finding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct names;
struct problems;
struct reference;
struct rule;
struct rulebook;
struct vocabulary;

struct rulebook_needs {
    const char *const *directories; /* ours first */
    size_t directory_count;
    struct names *names; /* not yet frozen */
    const struct vocabulary *vocabulary;
    const struct reference *reference; /* NULL: names of lists, registers and parameters are not checked */
    bool without_examples;             /* none is parsed, which a third of a pack is; its digest is the same */
};

struct rulebook *rulebook_load(const struct rulebook_needs *needs, struct problems *problems);
void rulebook_free(struct rulebook *rulebook); /* NULL is allowed */

struct pack {
    const char *id, *version, *from; /* of pack.xml; version and from may be NULL */
    const char *directory;
    char digest[DIGEST_TEXT]; /* SHA-256 over the lines "sha256 name" of all its files, by name */
    bool ours;
    unsigned untranslated; /* assertions without Chinese text */
};

size_t rulebook_packs(const struct rulebook *rulebook);
const struct pack *rulebook_pack(const struct rulebook *rulebook, size_t index);

enum rule_stage { RULE_RELEASE, RULE_LOAD, RULE_SETTLE, RULE_CLOSURE };
const char *rule_stage_name(enum rule_stage stage);

/* What a reader is told of a rule; for listings, pages and records. Absent texts are NULL. */
struct rule_summary {
    const char *id, *title, *title_zh;
    const struct pack *pack;
    const char *file; /* "2-documents-sums.sch" */
    unsigned line;
    unsigned point; /* 1..6; 7: loading and settlement */
    unsigned tier;  /* 0: not stated */
    enum rule_stage stage;
    bool live, audit;       /* modes in which it runs */
    enum severity severity; /* the strongest of its assertions */
    enum effect effect;
    const char *from, *to, *replaced_by;
    const char *source, *mend, *mend_zh, *who; /* values in texts stand as {expression} */
};

/* Rules by point, then id. */
size_t rulebook_count(const struct rulebook *rulebook);
struct rule_summary rulebook_rule(const struct rulebook *rulebook, size_t index);
/* False: no such rule. An assertion's id finds its rule too. */
bool rulebook_find(const struct rulebook *rulebook, const char *id, struct rule_summary *out);

#endif
