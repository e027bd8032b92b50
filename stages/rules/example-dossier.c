/* Makes the dossier of an example: the base, then its changes in order. */
#include "rules/explain.h"
#include "rules/load.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

const struct source *example_base(const struct loader *loader, const char *name) {
    for (size_t i = 0; i < loader->file_count; i++) {
        const struct pack_file *file = loader->files[i];
        const char *last = strrchr(file->name, '/');
        if (file->kind == FILE_EXAMPLE && file->root && is_element(file->root, NULL, "dossier") &&
            strcmp(last ? last + 1 : file->name, name) == 0) {
            return file->root;
        }
    }
    return NULL;
}

/* As deep as the parser allows (pack-read.c). */
static void add_facts(struct tree *tree, struct fact *parent, const struct source *source) {
    for (const struct source_attribute *a = source->attributes; a; a = a->next) {
        tree_add(tree, parent, arena_printf(tree->arena, "@%s", a->name), a->value);
    }
    for (const struct source *child = source->first; child; child = child->next) {
        const char *text = child->first || !child->text ? "" : collapsed(tree->arena, child->text);
        add_facts(tree, tree_add(tree, parent, child->name, *text ? text : NULL), child);
    }
}

/* A step of a path: its name, and its position where it has one. */
struct example_step {
    char *name;
    unsigned long position; /* 0: the first there is */
};

static struct example_step read_step(char *text) {
    struct example_step step = {.name = text};
    char *bracket = strchr(text, '[');
    if (bracket) {
        *bracket = '\0';
        step.position = strtoul(bracket + 1, NULL, 10);
    }
    return step;
}

static struct fact *child_at(const struct fact *parent, const struct example_step *step) {
    struct fact *child = fact_at(parent, step->name);
    for (unsigned long i = 1; child && i < step->position; i++) {
        child = child->next_same;
    }
    return child;
}

/* The fact at a path. make: steps that are missing are added; anew: the last step is always added. */
static struct fact *fact_of(struct tree *tree, const char *path, bool make, bool anew) {
    static const char root[] = "/dossier/";
    path += strncmp(path, root, sizeof root - 1) == 0 ? sizeof root - 1 : 0;
    struct fact *here = tree->root;
    char *rest = NULL;
    for (char *text = strtok_r(arena_string(tree->arena, path), "/", &rest); text && here;) {
        struct example_step step = read_step(text);
        text = strtok_r(NULL, "/", &rest);
        struct fact *child = !text && anew ? NULL : child_at(here, &step);
        here = child || !make ? child : tree_add(tree, here, step.name, NULL);
    }
    return here == tree->root ? NULL : here;
}

static bool apply(struct tree *tree, const struct example_change *change) {
    bool set = strcmp(change->what, "set") == 0;
    bool add = strcmp(change->what, "add") == 0;
    if (!set && !add && strcmp(change->what, "remove") != 0) {
        return true; /* a row or a parameter */
    }
    struct fact *fact = fact_of(tree, change->at, set || add, add);
    if (!fact) {
        return false;
    }
    if (set || add) {
        fact->value = change->value && *change->value ? change->value : NULL;
        for (const char *const *field = change->fields; field && *field; field += 2) {
            tree_add(tree, fact, arena_printf(tree->arena, "@%s", field[0]), field[1]);
        }
    } else {
        tree_remove(fact);
    }
    return true;
}

bool example_dossier(const struct rulebook *rulebook, const struct examples *examples, const struct example *example,
                     struct arena *arena, const struct names *names, struct tree *out) {
    *out = tree_new(arena, names, "dossier");
    const struct source *base = examples->base ? example_base(rulebook->loaded, examples->base) : NULL;
    if (base) {
        add_facts(out, out->root, base);
    }
    bool right = true;
    for (size_t i = 0; i < example->change_count; i++) {
        right = apply(out, &example->changes[i]) && right;
    }
    tree_number(out, 1);
    return right;
}
