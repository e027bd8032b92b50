/* Diagnostics and properties: which texts belong to which assertion (RULES 1, "binding"). */
#include "rules/load.h"

#include "base/arena.h"

#include <string.h>

static const struct {
    enum advice_kind kind;
    const char *element, *role, *suffix;
} forms[ADVICE_KINDS] = {
    {ADVICE_ZH, "diagnostic", NULL, ".zh"},
    {ADVICE_SOURCE, "property", "source", ".source"},
    {ADVICE_MEND, "property", "mend", ".mend"},
    {ADVICE_MEND_ZH, "property", "mend", ".mend.zh"},
};

static const char *const mends[] = {"declarant", "exporter", "carrier", "holder", "office", "officer", "none"};
enum { MENDS = sizeof mends / sizeof *mends };

static bool ends_with(const char *text, const char *suffix) {
    size_t length = strlen(text);
    size_t ending = strlen(suffix);
    return length > ending && strcmp(text + length - ending, suffix) == 0;
}

static bool same_word(const char *a, const char *b) {
    return a && b && strcmp(a, b) == 0;
}

/* The form that an element has by its name and the ending of its id, or NULL. */
static int form_of(const struct source *at, const char *id) {
    for (int i = ADVICE_KINDS - 1; i >= 0; i--) {
        if (is_element(at, SCHEMATRON, forms[i].element) && ends_with(id, forms[i].suffix)) {
            return i;
        }
    }
    return -1;
}

static void read_who(struct loader *loader, struct pack_file *file, struct advice *advice) {
    const char *who = tw_attribute(advice->source, "who");
    if (!who) {
        return;
    }
    const char *nearest = problem_nearest(who, mends, MENDS);
    for (size_t i = 0; i < MENDS; i++) {
        if (strcmp(who, mends[i]) == 0) {
            advice->who = strcmp(who, "none") == 0 ? NULL : who;
            return;
        }
    }
    pack_complain(loader, file, advice->source,
                  nearest ? "nobody is called %s; did you mean %s?"
                          : "nobody is called %s: "
                            "declarant, exporter, carrier, holder, office, officer, none",
                  who, nearest);
}

static void declare(struct loader *loader, struct pack_file *file, const struct source *at) {
    bool diagnostic = is_element(at, SCHEMATRON, "diagnostic");
    check_attributes(loader, file, at, diagnostic ? "id lang" : "id role scheme", diagnostic ? NULL : "who lang");
    const char *id = attribute(at, "id");
    int form = id ? form_of(at, id) : -1;
    if (form < 0) {
        pack_complain(loader, file, at,
                      diagnostic ? "the id of a diagnostic is RULE.zh"
                                 : "the id of a property is RULE.source, RULE.mend or RULE.mend.zh");
        return;
    }
    if (forms[form].role && !same_word(attribute(at, "role"), forms[form].role)) {
        pack_complain(loader, file, at, "property %s has the role %s", id, forms[form].role);
    }
    if (file->advice_count == file->advice_capacity) {
        file->advice = arena_grow(loader->arena, file->advice, &file->advice_capacity, sizeof *file->advice);
    }
    struct advice *advice = &file->advice[file->advice_count++];
    *advice = (struct advice){.kind = forms[form].kind, .id = id, .source = at};
    advice->prefix = arena_copy(loader->arena, id, strlen(id) - strlen(forms[form].suffix));
    read_who(loader, file, advice);
    for (size_t i = 0; i + 1 < file->advice_count; i++) {
        if (strcmp(file->advice[i].id, id) == 0) {
            pack_complain(loader, file, at, "%s is there twice", id);
        }
    }
}

static void declare_all(struct loader *loader, struct pack_file *file, const char *group, const char *element) {
    for (const struct source *at = first_element(file->root, SCHEMATRON, group); at;
         at = next_element(at, SCHEMATRON, group)) {
        for (const struct source *child = at->first; child; child = child->next) {
            if (is_element(child, SCHEMATRON, element)) {
                declare(loader, file, child);
            } else {
                pack_complain(loader, file, child, "%s holds %s elements only", group, element);
            }
        }
    }
}

void advice_declare(struct loader *loader, struct pack_file *file) {
    declare_all(loader, file, "diagnostics", "diagnostic");
    declare_all(loader, file, "properties", "property");
}

struct advice *advice_find(struct loader *loader, struct pack_file *file, enum advice_kind kind, const char *assertion,
                           const char *borrowed) {
    size_t count = 0;
    const char *const *ids = words_of(loader->arena, borrowed ? borrowed : "", &count);
    struct advice *longest = NULL;
    for (size_t i = 0; i < file->advice_count; i++) {
        struct advice *advice = &file->advice[i];
        if (advice->kind != kind) {
            continue;
        }
        for (size_t j = 0; j < count; j++) {
            if (strcmp(ids[j], advice->id) == 0) {
                advice->used = true;
                return advice;
            }
        }
        if (id_within(assertion, advice->prefix) && (!longest || strlen(advice->prefix) > strlen(longest->prefix))) {
            longest = advice;
        }
    }
    if (longest) {
        longest->used = true;
    }
    return longest;
}

void advice_orphans(struct loader *loader, struct pack_file *file) {
    for (size_t i = 0; i < file->advice_count; i++) {
        if (!file->advice[i].used) {
            pack_complain(loader, file, file->advice[i].source, "%s belongs to no assertion of this file",
                          file->advice[i].id);
        }
    }
}
