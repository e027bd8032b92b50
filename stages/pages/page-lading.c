/* bill-of-lading.html: the face as it was drafted, the rider with the goods, the checking annex, the open fields. */
#include "base/arena.h"
#include "consignment.h"
#include "knowledge.h"
#include "pages/page-kinds.h"
#include "pages/page-papers.h"

#include <string.h>

enum { RIDER_ROWS = 45 };

static const char *field_name(const struct page *page, const char *field) {
    return page_say(page, arena_join(page->arena, "lading.", field, ""), PAGE_END);
}

static bool is_field(const struct fact *fact) {
    return fact->name[0] != '@' && strcmp(fact->name, "row") != 0 && strcmp(fact->name, "check") != 0;
}

/* A field of the face: its name, its lines, and what is open in it. */
static void add_field(struct page *page, struct fact *face, const struct fact *field) {
    struct fact *made = tree_add(&page->tree, face, field->name, NULL);
    const char *open = fact_text(field, "@open");
    tree_link(&page->tree, made, "name", field_name(page, field->name));
    for (const struct fact *line = fact_at(field, "line"); line; line = line->next_same) {
        tree_put(&page->tree, made, "line", line->value);
    }
    if (open) {
        page_open_part(page, made, open);
    }
}

static const char *sum_of_gross(struct page *page, const struct fact *paper) {
    struct decimal sum = {0};
    for (const struct fact *row = fact_at(paper, "row"); row; row = row->next_same) {
        const char *gross = fact_text(row, "gross");
        char plain[DECIMAL_TEXT];
        size_t length = 0;
        for (; gross && *gross && length < sizeof plain - 1; gross++) {
            if (*gross != ',') {
                plain[length++] = *gross;
            }
        }
        struct decimal value;
        if (!decimal_parse(plain, length, &value) || !decimal_add(&sum, &value, &sum)) {
            return NULL;
        }
    }
    char text[DECIMAL_TEXT];
    decimal_print(&sum, text);
    return page_mass(page, arena_string(page->arena, text));
}

static void add_riders(struct page *page, const struct fact *paper, unsigned long pages) {
    struct fact *rider = NULL;
    unsigned long rows = 0;
    for (const struct fact *row = fact_at(paper, "row"); row; row = row->next_same, rows++) {
        if (rows % RIDER_ROWS == 0) {
            unsigned long n = rows / RIDER_ROWS + 1;
            rider = tree_add(&page->tree, page->tree.root, "rider", NULL);
            tree_count(&page->tree, rider, "@n", n);
            tree_link(&page->tree, rider, "title", page_say(page, "rider.title", "n", page_count(page, n), PAGE_END));
            tree_link(&page->tree, rider, "page",
                      page_say(page, "page.of", "n", page_count(page, n + 1), "m", page_count(page, pages), PAGE_END));
        }
        tree_copy(&page->tree, rider, row, "row");
    }
    tree_put(&page->tree, rider, "sum", sum_of_gross(page, paper));
}

static void add_annex(struct page *page, const struct fact *paper) {
    struct fact *annex = tree_add(&page->tree, page->tree.root, "annex", NULL);
    for (const struct fact *check = fact_at(paper, "check"); check; check = check->next_same) {
        struct fact *made = tree_add(&page->tree, annex, "check", NULL);
        const char *field = fact_text(check, "@field");
        tree_put(&page->tree, made, "name", field ? field_name(page, field) : NULL);
        tree_put(&page->tree, made, "value", fact_text(check, "@value"));
        tree_put(&page->tree, made, "from", page_paper_source(page, fact_text(check, "@src")));
        tree_put(&page->tree, made, "rules", fact_text(check, "@rules"));
    }
    for (const struct fact *field = paper->first; field; field = field->next) {
        if (is_field(field) && fact_text(field, "@open")) {
            struct fact *made = tree_link(&page->tree, annex, "open", fact_text(field, "@open"));
            tree_link(&page->tree, made, "@name", field_name(page, field->name));
        }
    }
}

void page_lading(struct page *page, const struct fact *paper) {
    struct fact *root = page->tree.root;
    unsigned long rows = fact_count(paper, "row");
    unsigned long riders = rows > 1 ? (rows + RIDER_ROWS - 1) / RIDER_ROWS : 0;
    unsigned long open = 0;
    page_paper_head(page, page_say(page, "lading.title", "subject", page_subject(page), PAGE_END), "bill-of-lading");
    struct fact *outcome = tree_add(&page->tree, root, "outcome", NULL);
    struct fact *face = tree_add(&page->tree, root, "face", NULL);
    for (const struct fact *field = paper->first; field; field = field->next) {
        if (is_field(field)) {
            add_field(page, face, field);
            open += fact_text(field, "@open") != NULL;
        }
    }
    tree_link(&page->tree, outcome, "title", page_say(page, "lading.h1", PAGE_END));
    tree_link(&page->tree, outcome, "line",
              page_say(page, fact_is(paper, "@state", "proposed") ? "lading.proposed" : "lading.draft", "open",
                       page_say_count(page, "lading.open", open), PAGE_END));
    tree_link(&page->tree, root, "fingerprint",
              page_say(page, "lading.fingerprint", "now", page_paper_moment(page, page->k->now_text), "code",
                       fact_text(paper, "@fingerprint"), PAGE_END));
    tree_link(&page->tree, root, "page",
              page_say(page, "page.of", "n", "1", "m", page_count(page, riders + 1), PAGE_END));
    if (riders) {
        tree_link(&page->tree, root, "attached", page_say_count(page, "rider.attached", riders));
        add_riders(page, paper, riders + 1);
    }
    add_annex(page, paper);
    page_sentence(page, root, "foot", "lading.foot", PAGE_END);
}
