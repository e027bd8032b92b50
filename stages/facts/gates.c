#include "facts/gates.h"

#include "base/arena.h"
#include "base/fold.h"
#include "consignment.h"
#include "facts/entries.h"

#include <stdarg.h>
#include <string.h>

__attribute__((format(printf, 4, 5))) static bool stop(struct consignment *c, const char *gate,
                                                       const struct document *document, const char *format, ...) {
    va_list values;
    va_start(values, format);
    c->gate = gate;
    c->gate_reason = arena_vprintf(c->arena, format, values);
    va_end(values);
    c->gate_place = (struct location){.document = document};
    return false;
}

/* Where the finding stands that strikes the declaration out. */
static void point_to_finding(struct consignment *c, const struct document *document) {
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *finding = &c->findings.items[i];
        if (finding->subject.document == document &&
            (strcmp(finding->rule, "X-001") == 0 || strcmp(finding->rule, "X-002") == 0)) {
            c->gate_place = finding->subject;
            return;
        }
    }
}

static bool same_number(struct consignment *c, const struct fact *a, const struct fact *b, const char *name) {
    const char *left = fact_text(a, name);
    const char *right = fact_text(b, name);
    return left && right && strcmp(fold_reference(c->arena, left), fold_reference(c->arena, right)) == 0;
}

/* FACTS 1: the facts of a struck document are not seen by rules. */
static void hide_struck(struct consignment *c) {
    for (struct fact *group = c->dossier.root->first; group; group = group->next) {
        const char *id = strcmp(group->name, "document") == 0 ? NULL : fact_text(group, "@doc");
        for (size_t i = 0; id && i < c->documents.count; i++) {
            if (c->documents.items[i]->struck && strcmp(c->documents.items[i]->id, id) == 0) {
                group->hidden = 1;
            }
        }
    }
}

/* Original and amendments of one MRN or LRN are one declaration; at most one of them is an original. */
static const struct fact *not_a_version(struct consignment *c) {
    const struct fact *first = fact_at(c->dossier.root, "declaration");
    unsigned originals = 0;
    while (first && first->hidden) {
        first = first->next_same;
    }
    for (const struct fact *other = first; other; other = other->next_same) {
        originals += !other->hidden && !fact_is(other, "function", "amendment");
        bool related = same_number(c, first, other, "mrn") || same_number(c, first, other, "lrn");
        if (!other->hidden && other != first && (!related || originals > 1)) {
            return other;
        }
    }
    return NULL;
}

bool gates_declaration(struct consignment *c) {
    struct document *readable = NULL;
    struct document *unreadable = NULL;
    hide_struck(c);
    entries_set_apart(c);
    for (size_t i = 0; i < c->documents.count; i++) {
        struct document *document = c->documents.items[i];
        if (strcmp(document->kind, "declaration") == 0) {
            if (document->struck) {
                unreadable = unreadable ? unreadable : document;
            } else {
                readable = readable ? readable : document;
            }
        }
    }
    c->declaration = readable;
    if (!readable && !unreadable) {
        return c->entries.count ? stop(c, "G-3", NULL, "No document of the bundle is a declaration.")
                                : stop(c, "G-3", NULL, "The container holds no file.");
    }
    const struct fact *other = not_a_version(c);
    if (other) {
        const struct element *place = fact_element(other);
        return stop(c, "G-3", place ? place->document : readable,
                    "The bundle holds more than one declaration, and they are not versions of one.");
    }
    /* Beside a declaration that can be read, one that cannot is a struck document, and holds as such. */
    if (!readable) {
        c->declaration = unreadable;
        (void)stop(c, "G-4", unreadable, "The declaration %s is %s.", unreadable->path,
                   unreadable->well_formed ? "not valid against its schema" : "not well-formed XML");
        point_to_finding(c, unreadable);
        return false;
    }
    return true;
}

static bool has_item_with_code(const struct fact *declaration) {
    for (const struct fact *item = fact_at(declaration, "goodsItem"); item; item = item->next_same) {
        if (fact_text(item, "commodity/code")) {
            return true;
        }
    }
    return false;
}

bool gates_facts(struct consignment *c) {
    const struct fact *declaration = fact_at(c->dossier.root, "declaration");
    if (!fact_text(declaration, "office")) {
        return stop(c, "G-5", c->declaration, "The declaration names no customs office.");
    }
    if (!fact_at(declaration, "declarant") && !fact_at(declaration, "exporter")) {
        return stop(c, "G-5", c->declaration, "The declaration names neither declarant nor exporter.");
    }
    if (!has_item_with_code(declaration)) {
        return stop(c, "G-5", c->declaration, "No item of the declaration has a commodity code.");
    }
    return true;
}
