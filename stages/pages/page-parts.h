/* The sections of the review record, one function each; each adds its element below parent. Inside of this room. */
#ifndef TW_PAGES_PAGE_PARTS_H
#define TW_PAGES_PAGE_PARTS_H

#include "finding.h"
#include "pages/show.h"

/* page-outcome.c */
void page_outcome(struct page *page, struct fact *parent);
const char *page_outcome_heading(const struct page *page);
const char *page_outcome_class(const struct page *page);

/* page-consignment.c */
void page_consignment(struct page *page, struct fact *parent);

/* page-steps.c: what to do next, and the dates that run */
void page_steps(struct page *page, struct fact *parent);
void page_deadlines(struct page *page, struct fact *parent);

/* page-findings.c */
enum { PAGE_POINTS = 7 }; /* the six points, and loading and settlement */
const char *page_anchor(const struct page *page, const struct finding *finding); /* "D-257-1" */
void page_findings(struct page *page, struct fact *parent);
void page_undecided(struct page *page, struct fact *parent);
/* What is missing, in words. */
const char *page_missing(const struct page *page, const char *missing);

/* page-timeline.c; nothing where no timeline was drafted */
void page_timeline(struct page *page, struct fact *parent);

/* page-documents.c */
void page_documents(struct page *page, struct fact *parent);
void page_versions(struct page *page, struct fact *parent);

/* page-fields.c: where a fact stands on the page of the declaration: "#b20", "#i7-quantity", or NULL. */
const char *page_field_anchor(const struct page *page, const char *path);

#endif
