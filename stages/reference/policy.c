#include "reference/policy.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/problems.h"
#include "reference/policy-inside.h"

#include <stdlib.h>
#include <string.h>

static const char *const profile_names[PROFILES] = {"generic", "EU", "CN", "UK"};

/* Where a profile looks when its own column says nothing. */
static const int parents[PROFILES] = {-1, PROFILE_GENERIC, PROFILE_GENERIC, PROFILE_EU};

enum policy_profile policy_profile(const char *name) {
    for (int i = 0; i < PROFILES; i++) {
        if (strcmp(name, profile_names[i]) == 0) {
            return (enum policy_profile)i;
        }
    }
    return PROFILE_GENERIC;
}

const char *policy_profile_name(enum policy_profile profile) {
    return profile_names[profile];
}

/* ---- finding parameters ---- */

static uint64_t name_hash(const char *name, size_t length) {
    uint64_t hash = HASH_START;

    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)name[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

struct rule_parameter *policy_find(const struct policy *policy, const char *name, size_t length) {
    for (size_t at = hash_first(&policy->names, name_hash(name, length)); at != HASH_NONE;
         at = hash_next(&policy->names, at)) {
        const char *own = policy->items[at].shown.name;
        if (strncmp(own, name, length) == 0 && own[length] == '\0') {
            return &policy->items[at];
        }
    }
    return NULL;
}

/* The parameter of NAME, or of NAME.KEY by its longest NAME. */
static struct rule_parameter *find_keyed(const struct policy *policy, const char *name, const char **key) {
    struct rule_parameter *found;
    size_t length = strlen(name);

    *key = NULL;
    while ((found = policy_find(policy, name, length)) == NULL) {
        do {
            if (length == 0) {
                return NULL;
            }
            length--;
        } while (name[length] != '.');
        *key = name + length + 1;
    }
    if (*key != NULL && found->shown.type < POLICY_TABLE_FIRST && !policy_has_parts(found->shown.type)) {
        return NULL;
    }
    return found;
}

const struct parameter *policy_parameter(const struct policy *policy, const char *name, const char **key) {
    const char *ignored;
    struct rule_parameter *found = find_keyed(policy, name, key == NULL ? &ignored : key);

    return found == NULL ? NULL : &found->shown;
}

size_t policy_count(const struct policy *policy) {
    return policy->count;
}

const struct parameter *policy_parameter_at(const struct policy *policy, size_t index) {
    return &policy->items[index].shown;
}

const char *policy_nearest(const struct policy *policy, const char *name) {
    const char **names = fault_malloc((policy->count + 1) * sizeof *names);
    const char *near;

    for (size_t i = 0; i < policy->count; i++) {
        names[i] = policy->items[i].shown.name;
    }
    near = problem_nearest(name, names, policy->count);
    free(names);
    return near;
}

/* ---- values ---- */

void policy_add(struct policy *policy, struct rule_parameter *parameter, enum policy_profile profile, const char *key,
                const char *value, const char *origin) {
    struct entry *entry = arena_zero(policy->arena, sizeof *entry);

    *entry = (struct entry){.key = key, .value = value, .origin = origin, .profile = profile};
    if (parameter->last == NULL) {
        parameter->first = entry;
    } else {
        parameter->last->next = entry;
    }
    parameter->last = entry;
}

static bool same_key(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The last entry of that key in the profile's own column, else in that of its parent. */
static const struct entry *find_entry(const struct rule_parameter *parameter, int profile, const char *key) {
    for (; profile >= 0; profile = parents[profile]) {
        const struct entry *found = NULL;
        for (const struct entry *entry = parameter->first; entry != NULL; entry = entry->next) {
            if ((int)entry->profile == profile && same_key(entry->key, key)) {
                found = entry;
            }
        }
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

static struct setting setting_of(const struct entry *entry) {
    struct setting setting = {0};

    if (entry != NULL) {
        setting.value = entry->value;
        setting.origin = entry->origin;
    }
    return setting;
}

struct setting policy_entry(const struct policy *policy, enum policy_profile profile, const char *name,
                            const char *key) {
    const struct rule_parameter *parameter = policy_find(policy, name, strlen(name));
    const struct entry *entry = parameter == NULL ? NULL : find_entry(parameter, (int)profile, key);

    return setting_of(entry);
}

struct setting policy_value(const struct policy *policy, enum policy_profile profile, const char *name,
                            const char *key) {
    const char *within;
    const struct rule_parameter *parameter = find_keyed(policy, name, &within);
    const struct entry *entry;

    if (parameter == NULL) {
        return (struct setting){0};
    }
    key = key == NULL ? within : key;
    entry = find_entry(parameter, (int)profile, key);
    if (entry == NULL && key != NULL && !policy_has_parts(parameter->shown.type)) {
        entry = find_entry(parameter, (int)profile, NULL);
    }
    return setting_of(entry);
}

const char *policy_key_at(const struct policy *policy, const struct parameter *parameter, size_t index) {
    const struct rule_parameter *own = policy_find(policy, parameter->name, strlen(parameter->name));

    for (const struct entry *entry = own->first; entry != NULL; entry = entry->next) {
        bool seen = entry->key == NULL;
        for (const struct entry *before = own->first; !seen && before != entry; before = before->next) {
            seen = same_key(before->key, entry->key);
        }
        if (!seen && index-- == 0) {
            return entry->key;
        }
    }
    return NULL;
}

bool policy_is(const struct policy *policy, enum policy_profile profile, const char *name, const char *value) {
    struct setting setting = policy_value(policy, profile, name, NULL);

    return setting.value != NULL && strcmp(setting.value, value) == 0;
}

long policy_integer(const struct policy *policy, enum policy_profile profile, const char *name) {
    struct setting setting = policy_value(policy, profile, name, NULL);

    if (setting.value == NULL) {
        fault("a policy parameter that has no value was asked for");
    }
    return strtol(setting.value, NULL, 10);
}

/* ---- reading ---- */

static void take_digest(struct policy *policy) {
    struct digest *digest = digest_open();

    for (size_t i = 0; i < policy->count; i++) {
        const struct rule_parameter *item = &policy->items[i];
        digest_add(digest, item->shown.name, strlen(item->shown.name) + 1);
        for (const struct entry *entry = item->first; entry != NULL; entry = entry->next) {
            const char *parts[] = {profile_names[entry->profile], entry->key == NULL ? "" : entry->key,
                                   entry->value == NULL ? "-" : entry->value};
            for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
                digest_add(digest, parts[part], strlen(parts[part]) + 1);
            }
        }
    }
    digest_close(digest, policy->digest);
}

const char *policy_digest(const struct policy *policy) {
    return policy->digest;
}

static void index_names(struct policy *policy) {
    policy->names = hash_new(policy->arena, policy->count);
    for (size_t i = 0; i < policy->count; i++) {
        const char *name = policy->items[i].shown.name;
        hash_add(&policy->names, name_hash(name, strlen(name)), i);
    }
}

struct policy *policy_read(struct arena *arena, const struct csv *parameters, const char *file, const char *text,
                           size_t length, struct problems *problems) {
    struct policy *policy = arena_zero(arena, sizeof *policy);

    policy->arena = arena;
    if (!policy_parameters(policy, parameters, problems)) {
        return NULL;
    }
    index_names(policy);
    if (text != NULL) {
        policy_file(policy, file, text, length, problems);
    }
    take_digest(policy);
    return policy;
}

void policy_override(struct policy *policy, const char *origin, const char *text, struct problems *problems) {
    policy_file(policy, origin, text, strlen(text), problems);
    take_digest(policy);
}
