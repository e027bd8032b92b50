/* examples/ID.xml: bundles, told as changes of a base, that a rule passes or fails (RULES 1, "examples"). */
#include "rules/load.h"

#include "base/arena.h"

#include <string.h>

static const char *const verdicts[] = {"pass", "fail", "undecidable", "n/a"};
static const char *const changes[] = {"set", "remove", "add", "row", "policy"};

static bool among(const char *const *words, size_t count, const char *word) {
    for (size_t i = 0; word && i < count; i++) {
        if (strcmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static size_t children(const struct source *parent) {
    size_t count = 0;
    for (const struct source *at = parent->first; at; at = at->next) {
        count++;
    }
    return count;
}

/* The attributes beside the one that says where: columns of a row. */
static const char *const *fields_of(struct arena *arena, const struct source *at, const char *where) {
    size_t count = 0;
    for (const struct source_attribute *a = at->attributes; a; a = a->next) {
        count++;
    }
    const char **fields = arena_zero(arena, (2 * count + 1) * sizeof *fields);
    size_t filled = 0;
    for (const struct source_attribute *a = at->attributes; a; a = a->next) {
        if (!a->ns && strcmp(a->name, where) != 0) {
            fields[filled++] = a->name;
            fields[filled++] = a->value;
        }
    }
    return filled ? fields : NULL;
}

/* A row says its register; rows that have a column of that name say of="supervision" instead. */
static const char *row_of(const struct source *at) {
    return attribute(at, "of") ? "of" : "register";
}

static void read_change(struct loader *loader, struct pack_file *file, const struct source *at,
                        struct example_change *change) {
    if (!among(changes, sizeof changes / sizeof *changes, at->name) || !at->ns || strcmp(at->ns, TIDEWAITER) != 0) {
        pack_complain(loader, file, at, "no element %s in an example: set, remove, add, row, policy",
                      at->element->name);
        return;
    }
    const char *where = strcmp(at->name, "row") == 0 ? row_of(at) : strcmp(at->name, "policy") == 0 ? "name" : "path";
    change->what = at->name;
    change->at = attribute(at, where);
    change->value = at->text ? collapsed(loader->arena, at->text) : NULL;
    change->fields = fields_of(loader->arena, at, where);
    if (!change->at) {
        pack_complain(loader, file, at, "%s has a %s", at->name, where);
    }
}

static void read_example(struct loader *loader, struct pack_file *file, const struct source *at,
                         struct example *example) {
    check_attributes(loader, file, at, "verdict says", NULL);
    example->verdict = attribute(at, "verdict");
    example->says = attribute(at, "says");
    if (!among(verdicts, 4, example->verdict)) {
        pack_complain(loader, file, at, "an example has a verdict: pass, fail, undecidable or n/a");
    }
    struct example_change *list = arena_zero(loader->arena, (children(at) + 1) * sizeof *list);
    for (const struct source *child = at->first; child; child = child->next) {
        read_change(loader, file, child, &list[example->change_count]);
        example->change_count += list[example->change_count].at != NULL;
    }
    example->changes = list;
}

void examples_load(struct loader *loader, struct pack_file *file) {
    const struct source *root = file->root;
    if (is_element(root, NULL, "dossier")) {
        return; /* a base */
    }
    if (!is_element(root, TIDEWAITER, "examples")) {
        pack_complain(loader, file, root, "not examples: the root is examples in namespace " TIDEWAITER);
        return;
    }
    check_attributes(loader, file, root, "rule base", NULL);
    struct rule_examples *made = arena_zero(loader->arena, sizeof *made);
    made->rule = attribute(root, "rule");
    made->examples.base = attribute(root, "base");
    if (!made->rule || !declared_find(loader, made->rule)) {
        const char *nearest = made->rule ? declared_nearest(loader, made->rule) : NULL;
        pack_complain(loader, file, root,
                      nearest ? "examples of no rule: %s; did you mean %s?" : "examples of no rule: %s",
                      made->rule ? made->rule : "(rule)", nearest);
        return;
    }
    if (made->examples.base && !example_base(loader, made->examples.base)) {
        pack_complain(loader, file, root, "no dossier %s in the folder of the examples", made->examples.base);
    }
    struct example *list = arena_zero(loader->arena, (children(root) + 1) * sizeof *list);
    for (const struct source *at = root->first; at; at = at->next) {
        if (is_element(at, TIDEWAITER, "example")) {
            read_example(loader, file, at, &list[made->examples.count++]);
        } else {
            pack_complain(loader, file, at, "no element %s in examples: example", at->element->name);
        }
    }
    made->examples.items = list;
    made->next = loader->book->examples;
    loader->book->examples = made;
}

struct examples rule_examples(const struct rulebook *rulebook, const char *rule) {
    for (const struct rule_examples *at = rulebook->examples; at; at = at->next) {
        if (strcmp(at->rule, rule) == 0) {
            return at->examples;
        }
    }
    return (struct examples){0};
}
