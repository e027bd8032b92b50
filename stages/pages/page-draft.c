/* The pages of papers: which tree a draft's page shows, by its kind. */
#include "base/arena.h"
#include "base/time.h"
#include "consignment.h"
#include "pages/page-kinds.h"
#include "pages/page-papers.h"

#include <stdlib.h>
#include <string.h>

/* ---- what pages of papers share ---- */

void page_paper_head(struct page *page, const char *title, const char *name) {
    struct fact *root = page->tree.root;
    struct fact *link = tree_add(&page->tree, root, "link", page_say(page, "page.record", PAGE_END));
    tree_add(&page->tree, link, "@href", page_file(page, "record"));
    tree_add(&page->tree, root, "title", title);
    page_link_papers(page, name);
    page_link_language(page, name);
}

const char *page_paper_source(const struct page *page, const char *src) {
    size_t length = src ? strcspn(src, ":") : 0;
    for (size_t i = 0; src && i < page->c->documents.count; i++) {
        const struct document *d = page->c->documents.items[i];
        if (strlen(d->id) == length && strncmp(d->id, src, length) == 0) {
            return page_place(
                page, &(struct location){.document = d,
                                         .line = (uint32_t)(src[length] ? strtoul(src + length + 1, NULL, 10) : 0)});
        }
    }
    return src;
}

void page_open_part(struct page *page, struct fact *parent, const char *who) {
    page_part(page, parent, "open", page_say(page, "open", "who", who, PAGE_END));
}

void page_paper(struct page *page, const struct fact *paper) {
    const char *title = page_say(page, "page.paper", PAGE_END);
    page_paper_head(page, title, paper->name);
    tree_copy(&page->tree, page->tree.root, paper, "paper");
}

const char *page_paper_moment(const struct page *page, const char *text) {
    static const char *const months[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                         "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    const char *shown = page_moment(page, text); /* "2024-11-08 14:20Z" */
    struct moment moment;
    int year;
    int month;
    int day;
    int32_t days;
    if (!text || !moment_read(text, NULL, &moment) || !day_read(arena_copy(page->arena, shown, 10), &days)) {
        return text;
    }
    day_split(days, &year, &month, &day);
    if (moment.is_day) {
        return arena_printf(page->arena, "%02d %s %04d", day, months[month - 1], year);
    }
    const char *zone = moment.offset ? shown + 16 : moment.assumed ? "" : " Z";
    return arena_printf(page->arena, "%02d %s %04d %.5s%s", day, months[month - 1], year, shown + 11, zone);
}

/* ---- by kind ---- */

struct tree page_of_draft(struct consignment *consignment, const struct knowledge *knowledge, const struct draft *draft,
                          const struct page_language *language) {
    struct page page = page_open(consignment, knowledge, language);
    const struct fact *paper = draft->paper.root ? draft->paper.root : draft->tree.root;
    if (strcmp(draft->page, "release") == 0) {
        page_release(&page, paper);
    } else if (strcmp(draft->page, "bill-of-lading") == 0) {
        page_lading(&page, paper);
    } else {
        page_paper(&page, paper);
    }
    return page.tree;
}
