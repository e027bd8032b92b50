#include "facts/index.h"

#include "base/arena.h"
#include "consignment.h"
#include "facts/walk.h"

#include <string.h>

struct filling {
    struct consignment *c;
    struct fact *row;
    const struct fact *given, *facts;
};

struct fact *index_row(struct consignment *c, struct document *document) {
    document->row = tree_add(&c->dossier, c->dossier.root, "document", NULL);
    return document->row;
}

static void put(struct filling *f, const char *name, const char *value) {
    if (value) {
        tree_add(&f->c->dossier, f->row, name, value);
    }
}

/* What the map gave for the row, with its source; false: nothing. */
static bool take_given(struct filling *f, const char *name) {
    const struct fact *given = f->given ? fact_at(f->given, name) : NULL;
    if (given) {
        tree_copy(&f->c->dossier, f->row, given, NULL);
    }
    return given != NULL;
}

/* The same from the first of these facts that the document has. */
static void take(struct filling *f, const char *name, const char *const *paths) {
    if (take_given(f, name)) {
        return;
    }
    for (; f->facts && *paths; paths++) {
        const struct fact *found = fact_at(f->facts, *paths);
        if (found && found->value && found->state == FACT_READABLE) {
            struct fact *made = tree_add(&f->c->dossier, f->row, name, found->value);
            made->origin = found->origin;
            return;
        }
    }
}

/* The day of issue, of an instant its local day. */
static void take_day(struct filling *f) {
    static const char *const none[] = {NULL};
    take(f, "issueDate", none);
    const char *day = f->facts ? fact_text(f->facts, "issueDate") : NULL;
    const char *text = day ? day : f->facts ? fact_text(f->facts, "issuedAt") : NULL;
    if (text && strlen(text) >= strlen("YYYY-MM-DD") && !fact_at(f->row, "issueDate")) {
        put(f, "issueDate", arena_copy(f->c->arena, text, strlen("YYYY-MM-DD")));
    }
}

void index_fill(struct consignment *c, struct document *document, struct fact *row, const struct fact *given,
                const struct fact *facts) {
    static const char *const numbers[] = {"number", "lrn", NULL};
    static const char *const issuers[] = {"issuer/name", "seller/name", NULL};
    static const char *const types[] = {"type", NULL};
    static const char *const versions[] = {NULL};
    struct filling f = {.c = c, .row = row, .given = given, .facts = facts};
    put(&f, "@id", document->id);
    put(&f, "kind", document->kind);
    take(&f, "type", types);
    put(&f, "dialect", document->dialect);
    if (document->version) {
        put(&f, "version", document->version);
    } else {
        take(&f, "version", versions);
        document->version = fact_text(row, "version");
    }
    put(&f, "path", document->path);
    put(&f, "sha256", document->sha256);
    take(&f, "number", numbers);
    take_day(&f);
    take(&f, "issuer", issuers);
    put(&f, "wellFormed", document->well_formed ? "true" : "false");
    if (document->validity != SCHEMA_UNKNOWN) {
        put(&f, "valid", document->validity == SCHEMA_VALID ? "true" : "false");
    }
    put(&f, "encoding", document->encoding);
    put(&f, "unread", arena_printf(c->arena, "%u", document->unread));
}

void document_row(struct consignment *c, struct document *document) {
    index_fill(c, document, index_row(c, document), NULL, NULL);
}
