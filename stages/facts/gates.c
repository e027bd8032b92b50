#include "facts/gates.h"

#include "base/arena.h"
#include "base/fold.h"
#include "consignment.h"

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

/* Original and amendments of one MRN or LRN are one declaration; at most one of them is an original. */
static bool are_versions(struct consignment *c, const struct fact *first) {
    unsigned originals = 0;
    for (const struct fact *other = first; other; other = other->next_same) {
        originals += !fact_is(other, "function", "amendment");
        if (other != first && !same_number(c, first, other, "mrn") && !same_number(c, first, other, "lrn")) {
            return false;
        }
    }
    return originals <= 1;
}

bool gates_declaration(struct consignment *c) {
    struct document *found = NULL;
    struct document *unreadable = NULL;
    for (size_t i = 0; i < c->documents.count; i++) {
        struct document *document = c->documents.items[i];
        if (strcmp(document->kind, "declaration") == 0) {
            found = found ? found : document;
            if (document->struck) {
                unreadable = unreadable ? unreadable : document;
            }
        }
    }
    if (!found) {
        return c->entries.count ? stop(c, "G-3", NULL, "No document of the bundle is a declaration.")
                                : stop(c, "G-3", NULL, "The container holds no file.");
    }
    c->declaration = found;
    const struct fact *declaration = fact_at(c->dossier.root, "declaration");
    if (declaration && !are_versions(c, declaration)) {
        const struct fact *other = declaration->next_same;
        const struct element *place = other ? fact_element(other) : NULL;
        return stop(c, "G-3", place ? place->document : found,
                    "The bundle holds more than one declaration, and they are not versions of one.");
    }
    if (unreadable) {
        bool well_formed = unreadable->well_formed;
        (void)stop(c, "G-4", unreadable, "The declaration %s is %s.", unreadable->path,
                   well_formed ? "not valid against its schema" : "not well-formed XML");
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
