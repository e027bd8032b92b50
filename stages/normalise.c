/* normalise: one document's map makes facts of it, then its DOM is of no more use; when all are read, gates are judged
 * and what follows from all documents together is derived. */
#include "consignment.h"
#include "facts/attachments.h"
#include "facts/derive.h"
#include "facts/gates.h"
#include "facts/walk.h"
#include "knowledge.h"
#include "stage.h"
#include "tree/fact.h"
#include "xml/parse.h"

#include <string.h>

enum step normalise_each(struct consignment *c, struct document *document, const struct knowledge *k) {
    if (!c->dossier.root) {
        c->dossier = tree_new(c->arena, k->names, "dossier");
    }
    if (document->xml) {
        document->elements = xml_element_count(document->xml);
    }
    if (document->match) {
        document->reading = dialect_read(c, document, document->match);
        container_facts(c, document);
    } else {
        document_row(c, document);
        if (strcmp(document->kind, "attachment") == 0) {
            attachment_facts(c, document);
        }
    }
    xml_release(document->xml);
    document->xml = NULL;
    return STEP_ON;
}

/* The whole case: one declaration that can be judged, and what follows from all documents together. */
enum step normalise_whole(struct consignment *c, const struct knowledge *k) {
    if (!c->dossier.root) {
        c->dossier = tree_new(c->arena, k->names, "dossier");
    }
    if (gates_declaration(c)) {
        derive(c, k);
        (void)gates_facts(c);
    }
    tree_number(&c->dossier, 1);
    return STEP_ON;
}
