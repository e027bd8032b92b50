/* What a policy is made of: for the files of this room alone. */
#ifndef TW_REFERENCE_POLICY_INSIDE_H
#define TW_REFERENCE_POLICY_INSIDE_H

#include "base/digest.h"
#include "reference/hash.h"
#include "reference/policy.h"

/* One value, of one profile's column: a default, or a line of the policy file (which comes later in the list). */
struct entry {
    const char *key;   /* NULL: the value itself */
    const char *value; /* NULL: not set */
    const char *origin;
    enum policy_profile profile;
    struct entry *next;
};

struct rule_parameter {
    struct parameter shown;
    struct entry *first, *last;
};

struct policy {
    struct arena *arena;
    struct rule_parameter *items;
    size_t count, capacity;
    struct hash names;
    char digest[DIGEST_TEXT];
};

struct rule_parameter *policy_find(const struct policy *policy, const char *name, size_t length);
void policy_add(struct policy *policy, struct rule_parameter *parameter, enum policy_profile profile, const char *key,
                const char *value, const char *origin);

/* Reads the parameters; false: problems. */
bool policy_parameters(struct policy *policy, const struct csv *csv, struct problems *problems);
/* Reads a policy file over them. */
void policy_file(struct policy *policy, const char *file, const char *text, size_t length, struct problems *problems);

/* NULL: value is of the type of the parameter, and in its range (key: of the entry KEY, or NULL); else what is wrong,
 * in the arena. */
const char *policy_wrong(struct arena *arena, const struct parameter *parameter, const char *key, const char *value);

/* Whether the type has parts that are asked by key: .low, .high, .places, .mode. */
bool policy_has_parts(enum policy_type type);
/* The part of a whole value ("8-10", "low" -> "8"); NULL: no such part. */
const char *policy_part(struct arena *arena, enum policy_type type, const char *value, const char *part);

#endif
