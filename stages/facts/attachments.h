/* Facts of files that no map reads, and of documents that a PDF brought (FACTS 4).
 *
 * Called when a document is normalised: its row in the index stands already.
 */
#ifndef TW_FACTS_ATTACHMENTS_H
#define TW_FACTS_ATTACHMENTS_H

struct consignment;
struct document;

/* /dossier/attachment: where the file is, what it is, its digest, and what a PDF says of it. */
void attachment_facts(struct consignment *c, const struct document *document);

/* The PDF that an invoice or credit note was found in: its `container`. */
void container_facts(struct consignment *c, const struct document *document);

#endif
