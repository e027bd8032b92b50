/* The row of a document in the index, /dossier/document (FACTS 3). */
#ifndef TW_FACTS_INDEX_H
#define TW_FACTS_INDEX_H

struct consignment;
struct document;
struct fact;

/* An empty row at the end of the dossier; sets document->row. */
struct fact *index_row(struct consignment *c, struct document *document);

/* All that is known: of the document, what its map gave for the row (given, a group; may be NULL), and number, day
 * and issuer of the first group of its facts (facts and those behind it; may be NULL) where the map gave none. */
void index_fill(struct consignment *c, struct document *document, struct fact *row, const struct fact *given,
                const struct fact *facts);

#endif
