#include "facts/entries.h"

#include "consignment.h"

#include <string.h>

static const char kind[] = "supervision"; /* FACTS 3: what a bundle holds of a register's entry */

static bool is_import(const struct fact *declaration) {
    return fact_is(declaration, "type", "IM");
}

/* One that is struck was to be reviewed all the same: no import takes its place. */
static bool any_other(const struct fact *declarations) {
    for (const struct fact *each = declarations; each; each = each->next_same) {
        if (!is_import(each)) {
            return true;
        }
    }
    return false;
}

static struct document *document_with(struct consignment *c, const char *id) {
    for (size_t i = 0; id && i < c->documents.count; i++) {
        if (strcmp(c->documents.items[i]->id, id) == 0) {
            return c->documents.items[i];
        }
    }
    return NULL;
}

/* Of the facts of a document only the entry stays visible. */
static void hide_but_entry(struct consignment *c, const char *id) {
    for (struct fact *group = c->dossier.root->first; group; group = group->next) {
        const char *of = strcmp(group->name, "document") == 0 ? NULL : fact_text(group, "@doc");
        if (of && strcmp(of, id) == 0 && strcmp(group->name, kind) != 0) {
            group->hidden = 1;
        }
    }
}

void entries_set_apart(struct consignment *c) {
    struct fact *first = fact_at(c->dossier.root, "declaration");
    if (!any_other(first)) {
        return;
    }
    for (struct fact *each = first; each; each = each->next_same) {
        struct document *document = each->hidden || !is_import(each) ? NULL : document_with(c, fact_text(each, "@doc"));
        if (document) {
            struct fact *row = fact_at(document->row, "kind");
            document->kind = kind;
            if (row) {
                row->value = kind;
            }
            hide_but_entry(c, document->id);
        }
    }
}
