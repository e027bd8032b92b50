/* One declaration out of its versions: the latest state that customs holds; what changed is an amendment. */
#include "base/arena.h"
#include "facts/derive-parts.h"

#include <string.h>

static bool is_amendment(const struct fact *declaration) {
    return fact_is(declaration, "function", "amendment");
}

/* Facts that a message about an amendment repeats no more, and that the original has. */
static void inherit(struct deriving *d, const struct fact *original, struct fact *latest) {
    static const char *const kept[] = {"lrn", "mrn", "lodgedAt", "acceptedAt", "presentedAt", "additionalTypeHeld"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const struct fact *fact = fact_at(original, kept[i]);
        if (fact && !fact_at(latest, kept[i])) {
            tree_copy(d->tree, latest, fact, NULL);
        }
    }
}

/* A change says what was (earlier) and what is (later); one of them may be NULL: added, or taken away. */
static void add_change(struct deriving *d, struct fact *amendment, const char *about, const struct fact *earlier,
                       const struct fact *later) {
    struct fact *change = tree_add(d->tree, amendment, "change", NULL);
    const struct fact *shown = later ? later : earlier;
    if (shown) {
        change->origin = shown->origin;
    }
    tree_add(d->tree, change, "about", about);
    if (earlier && earlier->value) {
        tree_add(d->tree, change, "old", earlier->value)->origin = earlier->origin;
    }
    if (later && later->value) {
        tree_add(d->tree, change, "new", later->value)->origin = later->origin;
    }
}

static bool differs(const struct fact *a, const struct fact *b) {
    return (a->value != NULL) != (b->value != NULL) || (a->value && strcmp(a->value, b->value) != 0);
}

/* Compares two groups child by child, in order within each name: linear in both. */
static void compare(struct deriving *d, struct fact *amendment, const struct fact *earlier, const struct fact *later,
                    const char *path) {
    for (const struct fact *name = later->first; name; name = name->next_name) {
        const struct fact *before = fact_at(earlier, name->name);
        unsigned position = 0;
        for (const struct fact *now = name; now; now = now->next_same) {
            const char *here =
                now->next_same || position
                    ? arena_printf(d->arena, "%s%s%s[%u]", path, *path ? "/" : "", now->name, position + 1)
                    : arena_printf(d->arena, "%s%s%s", path, *path ? "/" : "", now->name);
            position++;
            if (!before) {
                add_change(d, amendment, here, NULL, now);
                continue;
            }
            if (differs(before, now)) {
                add_change(d, amendment, here, before, now);
            }
            compare(d, amendment, before, now, here);
            before = before->next_same;
        }
    }
    for (const struct fact *name = earlier->first; name; name = name->next_name) {
        const struct fact *now = fact_at(later, name->name);
        unsigned position = 1;
        for (const struct fact *before = name; before; before = before->next_same, position++) {
            if (now) {
                now = now->next_same;
                continue;
            }
            add_change(d, amendment,
                       arena_printf(d->arena, "%s%s%s[%u]", path, *path ? "/" : "", before->name, position), before,
                       NULL);
        }
    }
}

/* What the message of an amendment says of itself; the rest of an amendment are the changes. */
static void record_amendment(struct deriving *d, const struct fact *earlier, struct fact *later) {
    struct fact *amendment = tree_add(d->tree, d->dossier, "amendment", NULL);
    const struct fact *doc = fact_at(later, "@doc");
    if (doc) {
        derived(d, amendment, "@doc", NULL, doc);
    }
    amendment->origin = later->origin;
    const struct fact *sent = fact_at(later, "lodgedAt");
    if (sent) {
        derived(d, amendment, "requestedAt", NULL, sent);
    }
    const struct fact *by = fact_at(later, "declarant");
    if (by) {
        tree_copy(d->tree, amendment, by, "by");
    }
    compare(d, amendment, earlier, later, "");
}

/* Originals first, in the order of the bundle; among amendments the order of their sending. */
static bool is_later(const struct fact *a, const struct fact *b) {
    if (is_amendment(a) != is_amendment(b)) {
        return is_amendment(a);
    }
    const char *left = fact_text(a, "lodgedAt");
    const char *right = fact_text(b, "lodgedAt");
    return left && right && strcmp(left, right) > 0;
}

void derive_versions(struct deriving *d) {
    struct fact *latest = next_visible(d, "declaration", NULL);
    if (!latest) {
        return;
    }
    const struct fact *original = latest;
    for (struct fact *other = next_visible(d, "declaration", latest); other;
         other = next_visible(d, "declaration", other)) {
        if (is_later(other, latest)) {
            record_amendment(d, latest, other);
            latest->hidden = 1;
            latest = other;
        } else {
            record_amendment(d, other, latest);
            other->hidden = 1;
            original = other;
        }
    }
    if (latest != original) {
        inherit(d, original, latest);
    }
    /* Rules see one declaration: the versions before it leave the tree, their changes stay. */
    for (struct fact *declaration = fact_at(d->dossier, "declaration"); declaration;) {
        struct fact *next = declaration->next_same;
        if (declaration != latest) {
            tree_remove(declaration);
        }
        declaration = next;
    }
    d->declaration = latest;
}
