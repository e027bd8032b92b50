#include "commands/policy.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/problems.h"
#include "reference/policy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { DONE = 0, BAD_POLICY = 3, LARGEST_FILE = 1 << 20 };

static bool read_parameters(struct arena *arena, const char *schemas, struct csv *csv, struct problems *problems) {
    const char *path = arena_printf(arena, "%s/policy/parameters.csv", schemas);
    size_t length;
    char *text = file_read(path, LARGEST_FILE, &length);
    bool good;

    if (text == NULL) {
        problem(problems, path, 0, 0, "%s", strerror(errno));
        return false;
    }
    good = csv_read(arena, path, text, length, csv, problems);
    free(text);
    return good;
}

/* The policy of a file over the parameters; NULL where one of them cannot be read. */
static struct policy *open_policy(struct arena *arena, const char *policy, const char *schemas,
                                  struct problems *problems) {
    struct policy *read = NULL;
    struct csv parameters;
    size_t length = 0;
    char *text = policy == NULL ? NULL : file_read(policy, LARGEST_FILE, &length);

    if (policy != NULL && text == NULL) {
        problem(problems, policy, 0, 0, "%s", strerror(errno));
    } else if (read_parameters(arena, schemas, &parameters, problems)) {
        read = policy_read(arena, &parameters, policy, text, length, problems);
    }
    free(text);
    return read;
}

static int finish(struct arena *arena, struct problems *problems, FILE *err) {
    int result = problems->count == 0 ? DONE : BAD_POLICY;

    problems_print(problems, err);
    problems_free(problems);
    arena_free(arena);
    return result;
}

/* ---- show ---- */

static const char *text_of(const char *text) {
    return text == NULL || *text == '\0' ? "" : text;
}

static void print_parameter(const struct parameter *parameter, FILE *out) {
    fprintf(out, "%s  (%s%s%s)\n", parameter->name, parameter->type_text, *parameter->unit == '\0' ? "" : ", ",
            parameter->unit);
    for (int profile = 0; profile < PROFILES; profile++) {
        if (parameter->defaults[profile] != NULL) {
            fprintf(out, "    %-8s %s\n", policy_profile_name((enum policy_profile)profile),
                    parameter->defaults[profile]);
        }
    }
    fprintf(out, "    read by  %s\n    source   %s\n", text_of(parameter->read_by), text_of(parameter->source));
    if (*parameter->range != '\0') {
        fprintf(out, "    range    %s\n", parameter->range);
    }
    if (*parameter->note != '\0') {
        fprintf(out, "    note     %s\n", parameter->note);
    }
}

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* One line per profile, those like the generic one left out. */
static void print_values(const struct policy *policy, const struct parameter *parameter, const char *key, FILE *out) {
    struct setting generic = policy_value(policy, PROFILE_GENERIC, parameter->name, key);

    for (int profile = 0; profile < PROFILES; profile++) {
        struct setting setting = policy_value(policy, (enum policy_profile)profile, parameter->name, key);
        if (profile != PROFILE_GENERIC && same_text(setting.value, generic.value) &&
            same_text(setting.origin, generic.origin)) {
            continue;
        }
        fprintf(out, "%s%s%s\t%s\t%s\t%s\n", parameter->name, key == NULL ? "" : ".", text_of(key),
                policy_profile_name((enum policy_profile)profile), setting.value == NULL ? "-" : setting.value,
                setting.origin == NULL ? "not set" : setting.origin);
    }
}

static void print_effective(const struct policy *policy, const struct parameter *parameter, FILE *out) {
    const char *key;

    print_values(policy, parameter, NULL, out);
    if (parameter->type < POLICY_TABLE_FIRST) {
        return;
    }
    for (size_t i = 0; (key = policy_key_at(policy, parameter, i)) != NULL; i++) {
        print_values(policy, parameter, key, out);
    }
}

int policy_show(const char *policy, const char *schemas, bool effective, FILE *out, FILE *err) {
    struct arena *arena = arena_new();
    struct problems problems = {0};
    struct policy *read = open_policy(arena, policy, schemas, &problems);

    for (size_t i = 0; read != NULL && problems.count == 0 && i < policy_count(read); i++) {
        if (effective) {
            print_effective(read, policy_parameter_at(read, i), out);
        } else {
            print_parameter(policy_parameter_at(read, i), out);
        }
    }
    return finish(arena, &problems, err);
}

int policy_check(const char *policy, const char *schemas, FILE *out, FILE *err) {
    struct arena *arena = arena_new();
    struct problems problems = {0};

    if (open_policy(arena, policy, schemas, &problems) != NULL && problems.count == 0) {
        fprintf(out, "%s: good\n", policy);
    }
    return finish(arena, &problems, err);
}
