/* Building trees that are printed: record, drafts, pages. A thin layer over tree/fact.h: values outlive the tree and
 * are not copied. */
#ifndef TW_TREE_BUILD_H
#define TW_TREE_BUILD_H

#include "tree/fact.h"

/* Adds a child where there is a value; NULL or an empty text adds nothing. */
void tree_put(struct tree *tree, struct fact *parent, const char *name, const char *value);
void tree_flag(struct tree *tree, struct fact *parent, const char *name, bool value);
void tree_count(struct tree *tree, struct fact *parent, const char *name, unsigned long count);
/* A text in English and, where there is one, a second child with @lang="zh". */
void tree_words(struct tree *tree, struct fact *parent, const char *name, const char *en, const char *zh);

#endif
