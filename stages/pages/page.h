/* The pages of a bundle: one row each, which says when it is written and makes the tree that it shows.
 *
 * A page's tree holds every word and number of the page (PAGES 9): its stylesheet looks nothing up.
 */
#ifndef TW_PAGES_PAGE_H
#define TW_PAGES_PAGE_H

#include "tree/fact.h"

#include <stdbool.h>

struct arena;
struct consignment;
struct draft;
struct knowledge;

/* A language of pages: "en" or "zh". */
struct page_language {
    const char *code;
    const char *suffix; /* of the file: "" or ".zh" */
};

struct page_row {
    const char *kind; /* stylesheet and message family: "record" */
    const char *path; /* without suffix: "clearance/record" */
    bool (*wanted)(const struct consignment *, const struct knowledge *);
    struct tree (*make)(struct consignment *, const struct knowledge *, const struct page_language *);
};

extern const struct page_row page_rows[]; /* ends with a row without a kind: record, declaration, declarant's copy */

/* The rows of registers, children of what is returned: the same on all records of a run, so they are made once. */
const struct fact *page_registers(struct arena *arena, const struct knowledge *knowledge, const char *language);

/* The page of a draft (release, loading certificate, bill of lading …): its paper's tree with the page's words. */
struct tree page_of_draft(struct consignment *consignment, const struct knowledge *knowledge, const struct draft *draft,
                          const struct page_language *language);

#endif
