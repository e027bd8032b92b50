/* Names of what is missing (RULES 2). */
#include "base/arena.h"
#include "xpath/evaluate.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static struct missing *missing_new(struct evaluation *e) {
    return arena_zero(e->arena, sizeof(struct missing));
}

const struct missing *missing_named(struct evaluation *e, const char *format, ...) {
    struct missing *made = missing_new(e);
    va_list values;
    va_start(values, format);
    made->name = arena_vprintf(e->arena, format, values);
    va_end(values);
    return made;
}

const struct missing *missing_below(struct evaluation *e, const struct fact *fact, const char *rest) {
    struct missing *made = missing_new(e);
    made->fact = fact;
    made->name = rest;
    return made;
}

const struct missing *missing_both(struct evaluation *e, const struct missing *a, const struct missing *b) {
    if (!a || !b || a == b) {
        return a ? a : b;
    }
    struct missing *made = missing_new(e);
    made->left = a;
    made->right = b;
    return made;
}

const struct missing *missing_deeper(struct evaluation *e, const struct missing *missing, const char *rest) {
    if (!missing || !missing->fact || !missing->name) {
        return missing;
    }
    return missing_below(e, missing->fact, arena_printf(e->arena, "%s/%s", missing->name, rest));
}

/* In the arena: what is missing was named in the evaluation's, which is emptied before the name is printed. */
static const char *name_of(struct arena *arena, const struct missing *leaf) {
    if (!leaf->fact) {
        return arena_string(arena, leaf->name);
    }
    const char *path = fact_path(arena, leaf->fact);
    if (!leaf->name) {
        return path;
    }
    return *path ? arena_printf(arena, "%s/%s", path, leaf->name) : arena_string(arena, leaf->name);
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Unions lean to either side, and may be as deep as a set is large: walked with a list of what is left. */
const char *const *missing_names(struct arena *arena, const struct missing *missing, size_t *count) {
    const struct missing **left = NULL;
    size_t waiting = 0, left_capacity = 0;
    const char **names = NULL;
    size_t found = 0, capacity = 0;
    while (missing) {
        if (missing->left) {
            if (waiting == left_capacity) {
                left = arena_grow(arena, left, &left_capacity, sizeof(struct missing *));
            }
            left[waiting++] = missing->right;
            missing = missing->left;
            continue;
        }
        if (found == capacity) {
            names = arena_grow(arena, names, &capacity, sizeof(const char *));
        }
        names[found++] = name_of(arena, missing);
        missing = waiting ? left[--waiting] : NULL;
    }
    *count = 0;
    if (found) {
        qsort(names, found, sizeof *names, by_text);
    }
    for (size_t i = 0; i < found; i++) {
        if (!*count || strcmp(names[*count - 1], names[i]) != 0) {
            names[(*count)++] = names[i];
        }
    }
    return names;
}
