/* The kinds of pages of a bundle, one builder each, and what they share. Inside of this room only. */
#ifndef TW_PAGES_PAGE_KINDS_H
#define TW_PAGES_PAGE_KINDS_H

#include "pages/show.h"

bool page_record_wanted(const struct consignment *c, const struct knowledge *k);
struct tree page_record_make(struct consignment *c, const struct knowledge *k, const struct page_language *language);

bool page_declaration_wanted(const struct consignment *c, const struct knowledge *k);
struct tree page_declaration_make(struct consignment *c, const struct knowledge *k,
                                  const struct page_language *language);

bool page_declarant_wanted(const struct consignment *c, const struct knowledge *k);
struct tree page_declarant_make(struct consignment *c, const struct knowledge *k, const struct page_language *language);

/* Links of the head: to the pages of the papers but the own kind ("": all), and to the page of that name in the other
 * language. */
void page_link_papers(struct page *page, const char *own);
void page_link_language(struct page *page, const char *name);
/* What the page is about: the MRN, else the LRN, else the bundle's name. */
const char *page_subject(const struct page *page);

#endif
