/* What the pages of papers share: their head, boxes of a form, places, open fields, dates as papers have them. */
#include "pages/page-papers.h"
#include "base/arena.h"
#include "base/time.h"
#include "consignment.h"
#include "pages/page-kinds.h"

#include <stdlib.h>
#include <string.h>

void page_paper_head(struct page *page, const char *title, const char *name) {
    struct fact *root = page->tree.root;
    struct fact *link = tree_link(&page->tree, root, "link", page_say(page, "page.record", PAGE_END));
    tree_link(&page->tree, link, "@href", page_file(page, "record"));
    tree_link(&page->tree, root, "title", title);
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

/* ---- boxes ---- */

struct fact *page_paper_box(struct page *page, const char *id, const char *style) {
    struct fact *made = tree_add(&page->tree, page->tree.root, "field", NULL);
    tree_link(&page->tree, made, "@class", style);
    tree_link(&page->tree, made, "name", page_say(page, id, PAGE_END));
    return made;
}

void page_paper_field(struct page *page, const char *id, const char *style, const struct fact *fact) {
    const char *open = fact_text(fact, "@open");
    if (open) {
        page_open_part(page, page_paper_box(page, id, style), open);
    } else if (fact && fact->value) {
        page_part(page, page_paper_box(page, id, style), NULL, fact->value);
    }
}

void page_paper_office(struct page *page, const char *id, const struct fact *fact) {
    if (fact && fact->value) {
        const char *name = fact_text(fact, "@name");
        page_part(page, page_paper_box(page, id, ""), NULL,
                  arena_printf(page->arena, "%s %s", fact->value, name ? name : ""));
    }
}

void page_paper_party(struct page *page, const char *id, const struct fact *party) {
    if (fact_text(party, "name") || fact_text(party, "id")) {
        page_party(page, page_paper_box(page, id, "w2"), party);
    }
}

void page_paper_means(struct page *page, const struct fact *means) {
    static const char *const parts[] = {"name", "journey", "id"};
    const char *comma = "";
    struct fact *made = page_paper_box(page, "fact.means", "w2");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *text = fact_text(means, parts[i]);
        if (text) {
            page_part(page, made, NULL, arena_printf(page->arena, "%s%s", comma, text));
            comma = ", ";
        }
    }
    if (fact_text(means, "@open")) {
        page_open_part(page, made, fact_text(means, "@open"));
    }
}

void page_paper_conditions(struct page *page, const struct fact *paper) {
    for (const struct fact *goods = fact_at(paper, "supervision"); goods; goods = goods->next_same) {
        const char *due = fact_text(goods, "@due");
        const char *item = fact_text(goods, "@item");
        const char *entry = fact_text(goods, "@number");
        const char *discharge = fact_text(goods, "discharge");
        tree_link(&page->tree, page->tree.root, "condition",
                  page_say(page, due ? "release.supervision.due" : "release.supervision", "item", item ? item : "-",
                           "number", entry ? entry : "-", "due", page_paper_moment(page, due), "discharge",
                           discharge ? discharge : "-", PAGE_END));
    }
    for (const struct fact *remark = fact_at(paper, "condition"); remark; remark = remark->next_same) {
        const char *rule = fact_text(remark, "@rule");
        tree_link(&page->tree, page->tree.root, "condition",
                  arena_printf(page->arena, "%s%s%s", rule ? rule : "", rule ? ": " : "",
                               remark->value ? remark->value : ""));
    }
    tree_put(&page->tree, page->tree.root, "closure", fact_text(paper, "closure"));
}
