/* A tree as XML: the dossier with the source of every fact, or any tree plainly.
 *
 * Children whose name begins with '@' become attributes, others elements, in the order of the tree. Text is
 * escaped; characters that XML 1.0 does not have become U+FFFD. The same tree gives the same bytes.
 */
#ifndef TW_TREE_PRINT_H
#define TW_TREE_PRINT_H

#include "tree/fact.h"

struct buffer;

struct print_options {
    const char *ns; /* default namespace of the root; NULL: none */
    /* The id of a document ("d1"). Given: every fact has its sources, @src="d1:42 d1:43", what it was derived from,
     * @derivedFrom, and @state="unreadable" where it is. NULL: a plain tree. */
    const char *(*document_id)(const struct document *document);
    /* Canonical XML 1.1 of what is printed otherwise, with the elements named `without` taken out (NULL: none). For
     * digests; only for trees whose attributes are in no namespace. */
    bool canonical;
    const char *without;
    bool hidden;   /* hidden facts too, marked @hidden="true" */
    bool indented; /* for people: two blanks per level */
};

/* With an XML declaration, each element on a line of its own, and a line feed at the end. */
void tree_print(struct buffer *buffer, const struct fact *root, const struct print_options *options);

#endif
