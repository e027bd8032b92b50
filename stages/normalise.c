/* normalise, one document: the walk of its map makes facts of it; then its DOM is of no more use.
 * What follows from all documents together is normalise-whole.c.
 */
#include "consignment.h"
#include "facts/walk.h"
#include "knowledge.h"
#include "stage.h"
#include "tree/fact.h"
#include "xml/parse.h"

enum step normalise_each(struct consignment *c, struct document *document, const struct knowledge *k) {
    if (!c->dossier.root) {
        c->dossier = tree_new(c->arena, k->names, "dossier");
    }
    if (document->xml) {
        document->elements = xml_element_count(document->xml);
    }
    if (document->match) {
        document->reading = dialect_read(c, document, document->match);
    } else {
        document_row(c, document);
    }
    xml_release(document->xml);
    document->xml = NULL;
    return STEP_ON;
}
