/* Two rules of a pattern that can select the same node (RULES 4): in Schematron only the first would run. */
#include "rules/pattern.h"

#include "base/arena.h"

#include <string.h>

/* Where a predicate ends, quotes and nested predicates skipped; at its ']' or the end. */
static const char *predicate_end(const char *at) {
    unsigned depth = 0;
    char quote = '\0';
    for (; *at; at++) {
        if (quote && *at == quote) {
            quote = '\0';
        } else if (quote) {
            continue;
        } else if (*at == '\'' || *at == '"') {
            quote = *at;
        } else if (*at == '[') {
            depth++;
        } else if (*at == ']' && --depth == 0) {
            return at;
        }
    }
    return at;
}

/* The path without its predicates. */
static const char *bare(struct arena *arena, const char *path) {
    char *out = arena_alloc(arena, strlen(path) + 1);
    size_t length = 0;
    while (*path) {
        if (*path == '[') {
            path = predicate_end(path);
            path += *path != '\0';
        } else {
            out[length] = *path++;
            length += out[length] != ' ';
        }
    }
    out[length] = '\0';
    return out;
}

/* Of "p[a = 'x']" the text "a = " and "'x'"; false: the path does not end so. */
static bool last_equality(const char *path, const char **fact, size_t *fact_length, const char **literal) {
    const char *open = strrchr(path, '[');
    const char *equals = open ? strchr(open, '=') : NULL;
    if (!equals || equals == open || equals[-1] == '!' || equals[-1] == '<' || equals[-1] == '>') {
        return false;
    }
    *fact = open;
    *fact_length = (size_t)(equals - open);
    *literal = equals + 1 + strspn(equals + 1, " ");
    return **literal == '\'' || **literal == '"';
}

/* Nodes of both cannot be the same: the last predicates ask one fact for two different words. */
static bool disjoint(const char *a, const char *b) {
    const char *fact_a;
    const char *fact_b;
    const char *literal_a;
    const char *literal_b;
    size_t length_a;
    size_t length_b;
    return last_equality(a, &fact_a, &length_a, &literal_a) && last_equality(b, &fact_b, &length_b, &literal_b) &&
           length_a == length_b && strncmp(fact_a, fact_b, length_a) == 0 && strcmp(literal_a, literal_b) != 0;
}

static const char *common_path(struct arena *arena, const char *a, const char *b) {
    size_t count_a = 0;
    size_t count_b = 0;
    const char *const *branches_a = parts_of(arena, a, '|', &count_a);
    const char *const *branches_b = parts_of(arena, b, '|', &count_b);
    for (size_t i = 0; i < count_a; i++) {
        for (size_t j = 0; j < count_b; j++) {
            if (strcmp(bare(arena, branches_a[i]), bare(arena, branches_b[j])) == 0 &&
                !disjoint(branches_a[i], branches_b[j])) {
                return bare(arena, branches_a[i]);
            }
        }
    }
    return NULL;
}

void check_overlap(struct pattern *p) {
    struct loader *loader = p->bench.loader;
    for (size_t i = 0; i < p->rule->walk_count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct walk *a = &p->rule->walks[j];
            const struct walk *b = &p->rule->walks[i];
            const char *path = common_path(loader->arena, expression_text(a->context), expression_text(b->context));
            if (path) {
                problem(loader->problems, p->body_file->path, b->line, 0,
                        "two rules of %s can select the same %s; only the first would run: two assertions, or two "
                        "patterns",
                        p->rule->summary.id, path);
            }
        }
    }
}
