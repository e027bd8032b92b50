/* Reads one document by its map: facts into the dossier, its row into the index, X-004 and X-005 into the
 * findings. One walk, linear in the number of elements (MAPS 5, 6, 9).
 *
 * Sequence   dialect_match, dialect_read, then the source tree may go: all that is kept lies in the case's arena.
 */
#ifndef TW_FACTS_WALK_H
#define TW_FACTS_WALK_H

#include "facts/reading.h"

struct consignment;
struct dialect_match;
struct document;

/* Facts of the document go below c->dossier.root; the result lives in c->arena. Sets document->row, ->unread and,
 * where the map says it, ->version. */
const struct reading *dialect_read(struct consignment *c, struct document *document, const struct dialect_match *match);

/* The row of the index (/dossier/document) alone: for attachments, and for documents that no map reads. */
void document_row(struct consignment *c, struct document *document);

#endif
