/* A tree as JSON: a child is a member by its name, and so on down.
 *
 * @json      on a fact says what it is where it is no text: `list` (its children are the items, whatever their names),
 *            `number` and `flag` (its value is written as it is). A fact without value and without @json is an object.
 * Numbers    are the decimal text itself, never passed through binary floating point.
 */
#ifndef TW_TREE_JSON_H
#define TW_TREE_JSON_H

#include "tree/fact.h"

struct buffer;

/* The root is the object; two blanks per level, a line feed at the end. */
void tree_json(struct buffer *out, const struct fact *root);

#endif
