#include "facts/attachments.h"

#include "consignment.h"
#include "tree/fact.h"

#include <string.h>

static void put(struct consignment *c, struct fact *group, const char *name, const char *value) {
    if (value) {
        tree_add(&c->dossier, group, name, value);
    }
}

void attachment_facts(struct consignment *c, const struct document *document) {
    struct fact *made = tree_add(&c->dossier, c->dossier.root, "attachment", NULL);
    put(c, made, "@doc", document->id);
    put(c, made, "path", document->path);
    put(c, made, "media", document->media);
    put(c, made, "sha256", document->sha256);
    if (document->embedded) {
        put(c, made, "title", document->embedded->title);
        put(c, made, "relationship", document->embedded->relationship);
    }
}

/* The facts of other papers that are named so are boxes of transport. */
static bool has_container(const struct fact *group) {
    return strcmp(group->name, "invoice") == 0 || strcmp(group->name, "creditNote") == 0;
}

void container_facts(struct consignment *c, const struct document *document) {
    if (!document->embedded) {
        return;
    }
    for (struct fact *group = document->row->next; group; group = group->next) {
        if (fact_is(group, "@doc", document->id) && has_container(group)) {
            put(c, group, "container", document->entry->path);
        }
    }
}
