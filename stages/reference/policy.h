/* Policy: named parameters with typed values, per profile (POLICY.md).
 *
 * Purpose    Which parameters there are, with types, defaults, ranges and sources, is data
 *            (schemas/policy/parameters.csv). A policy file of a site sets some of them.
 * File       Lines `name = value`; `[EU]`, `[CN]`, `[UK]`, `[generic]` begin a part for one profile, `[all]` (as
 *            the start of the file) sets every profile; `#` begins a comment. An entry of a table, or a part of
 *            a pair, has its key behind the name: `register.maxAge.office = P30D`, `undecided.P-101 = remark`,
 *            `stat.bandEF.low = 0.97`, `tax.rounding.mode = down`. `-` sets to "not set".
 * Values     As rules need them: decimals and amounts without unit, durations as ISO 8601, lists with blanks
 *            between the words, ranges as LOW–HIGH with a hyphen-minus ("8-10"; their parts: .low, .high).
 * Profiles   "EU", "CN", "UK", "generic". UK starts from EU, EU and CN from generic.
 * Errors     Unknown names (with the nearest), wrong types, values outside the range: problems, all of them.
 */
#ifndef TW_REFERENCE_POLICY_H
#define TW_REFERENCE_POLICY_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct csv;
struct policy;
struct problems;

enum policy_type {
    POLICY_DURATION,
    POLICY_INTEGER,
    POLICY_INTEGER_RANGE,
    POLICY_DECIMAL,
    POLICY_DECIMAL_RANGE,
    POLICY_PERCENT,
    POLICY_BOOLEAN,
    POLICY_CODE,
    POLICY_AMOUNT,
    POLICY_LIST,
    POLICY_ROUNDING,    /* places, mode */
    POLICY_TABLE_FIRST, /* tables: one value, of the type behind it, per key */
    POLICY_TABLE_DURATION = POLICY_TABLE_FIRST,
    POLICY_TABLE_INTEGER,
    POLICY_TABLE_AMOUNT,
    POLICY_TABLE_CODE,
    POLICY_TABLE_DATE,
    POLICY_TABLE_LIST,
};

enum policy_profile { PROFILE_GENERIC, PROFILE_EU, PROFILE_CN, PROFILE_UK, PROFILES };

struct parameter {
    const char *name;
    enum policy_type type;
    const char *type_text;          /* as in the table: "dur", "# ", "c strict, lenient" */
    const char *defaults[PROFILES]; /* NULL: as generic (UK: as EU); "-": not set */
    const char *unit, *read_by, *source, *range, *note;
};

/* One value in force, and where it came from. */
struct setting {
    const char *value;  /* NULL: not set, so what needs it is n/a */
    const char *origin; /* "default", "default EU", or "FILE:LINE" */
};

/* The parameters (schemas/policy/parameters.csv) and, unless text is NULL, a policy file over them. NULL when the
 * parameters could not be read; faults of the policy file are problems too. */
struct policy *policy_read(struct arena *arena, const struct csv *parameters, const char *file, const char *text,
                           size_t length, struct problems *problems);

/* More lines over that, as if they ended the file; origin names them in messages ("the command line"). */
void policy_override(struct policy *policy, const char *origin, const char *text, struct problems *problems);

size_t policy_count(const struct policy *policy);
const struct parameter *policy_parameter_at(const struct policy *policy, size_t index); /* in the order of the table */

/* By name; NAME.KEY finds the parameter NAME of tables, ranges and roundings, with *key set to KEY (else NULL). key
 * may be NULL when it is not asked. NULL: no such parameter. */
const struct parameter *policy_parameter(const struct policy *policy, const char *name, const char **key);
const char *policy_nearest(const struct policy *policy, const char *name); /* for messages; may be NULL */

/* The value in force. name may hold the key (NAME.KEY), or key is given apart; a key without an entry of its own
 * has the value without key. An unknown name has no value and no origin. */
struct setting policy_value(const struct policy *policy, enum policy_profile profile, const char *name,
                            const char *key);

/* The entry of that very key (NULL: the value without key), and no other; no origin: there is none. */
struct setting policy_entry(const struct policy *policy, enum policy_profile profile, const char *name,
                            const char *key);

/* Keys that have an entry of their own, in the defaults or the file, for listing; NULL after the last. */
const char *policy_key_at(const struct policy *policy, const struct parameter *parameter, size_t index);

/* "EU" -> PROFILE_EU; anything else is generic. */
enum policy_profile policy_profile(const char *name);
const char *policy_profile_name(enum policy_profile profile);

/* SHA-256 over all values in force, for the record. */
const char *policy_digest(const struct policy *policy);

/* For values that the house itself reads. The parameter is known and set: a missing one is a fault of ours. */
bool policy_is(const struct policy *policy, enum policy_profile profile, const char *name, const char *value);
long policy_integer(const struct policy *policy, enum policy_profile profile, const char *name);

#endif
