/* Pages of papers: their trees are made from the paper that was drafted. Inside of this room only. */
#ifndef TW_PAGES_PAGE_PAPERS_H
#define TW_PAGES_PAGE_PAPERS_H

#include "pages/show.h"

/* page-release.c: the release record with its stamp, from clearance/release.xml. */
void page_release(struct page *page, const struct fact *paper);
/* page-stamp.c: the stamp of a release record, below the page's root; nothing where the record has none. copy: as it is
 * printed on a copy of a paper. */
void page_stamp(struct page *page, const struct fact *paper, bool copy);
/* page-lading.c: the bill of lading from the tree that drafts/lading.h describes. */
void page_lading(struct page *page, const struct fact *paper);
/* page-certificate.c: the loading certificate and its copy. */
void page_certificate(struct page *page, const struct fact *paper);

/* ---- shared: page-papers.c ---- */

/* A box of the form, below the page's root: its name by the id of a message, its width by a class ("", "w2"). */
struct fact *page_paper_box(struct page *page, const char *id, const char *style);
/* A box with a value, or with what is open in it; nothing where there is neither. */
void page_paper_field(struct page *page, const char *id, const char *style, const struct fact *fact);
void page_paper_office(struct page *page, const char *id, const struct fact *fact); /* code and name */
void page_paper_party(struct page *page, const char *id, const struct fact *party);
void page_paper_means(struct page *page, const struct fact *means);
/* What the release rests on, a `condition` each: supervised goods, remarks; then how it stands with the closure. */
void page_paper_conditions(struct page *page, const struct fact *paper);

/* Title, links and the language's other page; name is that of the file. */
void page_paper_head(struct page *page, const char *title, const char *name);
/* "d3:12" of a paper as "shippingOrder.xml : 12". */
const char *page_paper_source(const struct page *page, const char *src);
/* "[OPEN: number – carrier]" below parent, as part with the form open. */
void page_open_part(struct page *page, struct fact *parent, const char *who);
/* Date and time as papers have them: "08 NOV 2024 14:20 Z" (CATALOGUE-B 6.0). */
const char *page_paper_moment(const struct page *page, const char *text);

#endif
