/* Fields of the declaration's page: where a fact stands, and how a box or cell shows what it has. Inside of this room.
 */
#ifndef TW_PAGES_PAGE_FIELDS_H
#define TW_PAGES_PAGE_FIELDS_H

#include "pages/form.h"
#include "pages/show.h"

/* The item that a fact path lies in; *rest is the path below it. NULL: the path is not of an item. */
const struct fact *page_item_of(const struct page *page, const char *path, const char **rest);
/* The number of an item as anchors use it: digits only. */
const char *page_item_number(const struct page *page, const struct fact *item);
/* The box of a fact path and, for an item's, the item; NULL: the path is not of the declaration, or has no field. */
const struct form_box *page_box_of(const struct page *page, const char *path, const struct fact **item);

/* The name of a box, in the words of the profile's own form where it has some. */
const char *page_box_name(const struct page *page, const struct form_box *box);
/* Adds what the box shows as parts below parent; nothing where the facts are absent. */
void page_box_value(struct page *page, struct fact *parent, const struct form_box *box, const struct fact *from);

#endif
