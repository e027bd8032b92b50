/* Names of what is missing (RULES 2). */
#include "base/arena.h"
#include "xpath/evaluate.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static struct missing *missing_new(struct evaluation *e) {
    struct missing *made = arena_alloc(e->arena, sizeof *made);
    *made = (struct missing){0};
    return made;
}

const struct missing *missing_named(struct evaluation *e, const char *format, ...) {
    struct missing *made = missing_new(e);
    va_list values;
    va_start(values, format);
    made->name = arena_vprintf(e->arena, format, values);
    va_end(values);
    return made;
}

const struct missing *missing_kind(struct evaluation *e, const char *kind, const char *name) {
    struct missing *made = missing_new(e);
    made->name = kind;
    made->word = name;
    return made;
}

const struct missing *missing_row(struct evaluation *e, const struct fact *fact, const char *set, const char *key,
                                  const char *word) {
    struct missing *made = missing_new(e);
    made->fact = fact;
    made->name = set;
    made->key = key;
    made->word = word;
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
    struct missing *made = missing_new(e);
    made->fact = missing->fact;
    made->name = rest;
    made->above = missing;
    return made;
}

static const char *written(struct arena *arena, const struct missing *leaf) {
    if (!leaf->word) {
        return leaf->name;
    }
    return leaf->key ? arena_printf(arena, "%s[%s = '%s']", leaf->name, leaf->key, leaf->word)
                     : arena_printf(arena, "%s%s", leaf->name, leaf->word);
}

/* In the arena: what is missing was named in the evaluation's, which is emptied before the name is printed. */
static const char *name_of(struct arena *arena, const struct missing *leaf) {
    const char *name = leaf->name ? arena_string(arena, written(arena, leaf)) : NULL;
    for (; leaf->above; leaf = leaf->above) {
        name = arena_printf(arena, "%s/%s", written(arena, leaf->above), name);
    }
    const char *path = leaf->fact ? fact_path(arena, leaf->fact) : "";
    if (!name) {
        return path;
    }
    return *path ? arena_printf(arena, "%s/%s", path, name) : name;
}

/* Unions lean to either side, and may be as deep as a set is large: walked with a list of what is left. */
struct leaves {
    struct arena *arena;
    const struct missing *next;
    const struct missing **left;
    size_t waiting, capacity;
};

static const struct missing *next_leaf(struct leaves *leaves) {
    while (leaves->next && leaves->next->left) {
        if (leaves->waiting == leaves->capacity) {
            leaves->left = arena_grow(leaves->arena, leaves->left, &leaves->capacity, sizeof(const struct missing *));
        }
        leaves->left[leaves->waiting++] = leaves->next->right;
        leaves->next = leaves->next->left;
    }
    const struct missing *leaf = leaves->next;
    leaves->next = leaves->waiting ? leaves->left[--leaves->waiting] : NULL;
    return leaf;
}

bool missing_all(struct arena *arena, const struct missing *missing, bool (*is)(const struct missing *leaf)) {
    struct leaves leaves = {.arena = arena, .next = missing};
    for (const struct missing *leaf = next_leaf(&leaves); leaf; leaf = next_leaf(&leaves)) {
        if (!is(leaf)) {
            return false;
        }
    }
    return missing != NULL;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *missing_names(struct arena *arena, const struct missing *missing, size_t *count) {
    struct leaves leaves = {.arena = arena, .next = missing};
    const char **names = NULL;
    size_t found = 0, capacity = 0;
    for (const struct missing *leaf = next_leaf(&leaves); leaf; leaf = next_leaf(&leaves)) {
        if (found == capacity) {
            names = arena_grow(arena, names, &capacity, sizeof(const char *));
        }
        names[found++] = name_of(arena, leaf);
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
