/* The pages of papers: which tree a draft's page shows, by its kind. */
#include "consignment.h"
#include "pages/page-kinds.h"
#include "pages/page-papers.h"

#include <string.h>

static void page_paper(struct page *page, const struct fact *paper) {
    const char *title = page_say(page, "page.paper", PAGE_END);
    page_paper_head(page, title, paper->name);
    tree_copy(&page->tree, page->tree.root, paper, "paper");
}

static const struct paper_row {
    const char *kind;
    void (*make)(struct page *page, const struct fact *paper);
} papers[] = {
    {"release", page_release},
    {"loading-certificate", page_certificate},
    {"certificate-copy", page_certificate},
    {"bill-of-lading", page_lading},
    {NULL, page_paper}, /* any other: as it is, below `paper`, for the stylesheet of its kind */
};

struct tree page_of_draft(struct consignment *consignment, const struct knowledge *knowledge, const struct draft *draft,
                          const struct page_language *language) {
    struct page page = page_open(consignment, knowledge, language);
    const struct fact *paper = draft->paper.root ? draft->paper.root : draft->tree.root;
    const struct paper_row *row = papers;
    while (row->kind && strcmp(row->kind, draft->page) != 0) {
        row++;
    }
    row->make(&page, paper);
    return page.tree;
}
