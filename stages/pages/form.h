/* The form of the declaration's page: which box of the Single Administrative Document, and which column of the items,
 * shows which facts, and how. Data: schemas/pages/form.csv.
 *
 * Columns    part (head, item), id (its anchor), number of the box, width (class), show (a way of page-fields.c), paths
 * of facts below the declaration or the item, apart by blanks: the first gives the value where only one is shown.
 */
#ifndef TW_PAGES_FORM_H
#define TW_PAGES_FORM_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct problems;

struct form_box {
    bool of_item;
    const char *id, *number, *width;
    const char *show;
    const char *const *paths;
    size_t path_count;
};

struct form {
    const struct form_box *boxes;
    size_t count;
};

/* NULL when problems were added. */
struct form *form_load(struct arena *arena, const char *file, struct problems *problems);

/* The box that shows the fact at a path below the declaration ("tradeTerms/incoterm") or below an item; NULL: none. */
const struct form_box *form_find(const struct form *form, bool of_item, const char *path);

#endif
