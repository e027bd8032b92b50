/* The release stamp as it is drawn (PAGES 4, "The stamp"): places and lengths of its texts are integers of its frame of
 * 720 by 268 units. */
#include "base/arena.h"
#include "pages/page-papers.h"

#include <ctype.h>
#include <string.h>

enum { LEFT_WIDTH = 250, RIGHT_WIDTH = 255, OFFICE_WIDTH = 300, LEFT = 26, RIGHT = 290, EDGE = 694 };
enum { OVER_X = 330, OVER_Y = 166, OVER_LARGE = 12 }; /* a word across the stamp: large, up to so many bytes */

/* A text of more characters than its column holds is drawn closer. */
static void add_text(struct page *page, struct fact *stamp, const char *style, unsigned x, unsigned y, const char *text,
                     size_t most, unsigned width) {
    struct fact *made = tree_link(&page->tree, stamp, "text", text);
    tree_link(&page->tree, made, "@class", style);
    tree_count(&page->tree, made, "@x", x);
    tree_count(&page->tree, made, "@y", y);
    tree_put(&page->tree, made, "@anchor", x == EDGE ? "end" : NULL);
    if (most && strlen(text) > most) {
        tree_count(&page->tree, made, "@length", width);
    }
}

static void add_pair(struct page *page, struct fact *stamp, unsigned x, unsigned y, const char *id, const char *value) {
    bool left = x == LEFT;
    add_text(page, stamp, "k", x, y, page_say(page, id, PAGE_END), 0, 0);
    add_text(page, stamp, "m", x, y + 19, value, left ? 26 : 28, left ? LEFT_WIDTH : RIGHT_WIDTH);
}

static const char *containers_of(struct page *page, const struct fact *paper) {
    unsigned long count = fact_count(paper, "equipment");
    const char *first = fact_text(paper, "equipment/@id");
    if (!count || !first) {
        return "0";
    }
    return count > 1 ? arena_printf(page->arena, "%lu: %s +%lu", count, first, count - 1)
                     : arena_join(page->arena, "1: ", first, "");
}

static const char *grouped(struct page *page, const char *code) {
    const char *made = "";
    for (size_t length = strlen(code), i = 0; i < length; i += 4) {
        made = arena_printf(page->arena, "%s%s%.4s", made, i ? " " : "", code + i);
    }
    char *upper = arena_string(page->arena, made);
    for (char *at = upper; *at; at++) {
        *at = (char)toupper((unsigned char)*at);
    }
    return upper;
}

static void add_over(struct page *page, struct fact *stamp, const char *text) {
    add_text(page, stamp, strlen(text) > OVER_LARGE ? "over long" : "over", OVER_X, OVER_Y, text, 0, 0);
}

/* A stamp that was withdrawn says since when; one on a copy says so. */
static void add_state(struct page *page, struct fact *stamp, const struct fact *drafted, bool copy) {
    const char *withdrawn = fact_text(drafted, "@withdrawnAt");
    if (withdrawn) {
        const char *day = arena_copy(page->arena, withdrawn, strcspn(withdrawn, "T"));
        add_over(page, stamp, page_say(page, "stamp.withdrawn", "date", page_paper_moment(page, day), PAGE_END));
    } else if (copy) {
        add_over(page, stamp, page_say(page, "stamp.copy", PAGE_END));
    }
    tree_link(&page->tree, stamp, "@state", copy && !withdrawn ? "copy" : fact_text(drafted, "@state"));
}

static void add_supervision(struct page *page, struct fact *stamp, const struct fact *supervision) {
    const char *entry = fact_text(supervision, "@number");
    const char *due = fact_text(supervision, "@due");
    add_text(page, stamp, "b", LEFT, 246,
             page_say(page, due ? "stamp.supervision.due" : "stamp.supervision", "number", entry ? entry : "", "due",
                      page_paper_moment(page, due), PAGE_END),
             64, 668);
    tree_link(&page->tree, stamp, "@supervised", "true");
}

void page_stamp(struct page *page, const struct fact *paper, bool copy) {
    const struct fact *drafted = fact_at(paper, "stamp");
    const char *state = fact_text(drafted, "@state");
    const char *open = page_say(page, "stamp.open", PAGE_END);
    if (!drafted || !state) {
        return;
    }
    struct fact *stamp = tree_add(&page->tree, page->tree.root, "stamp", NULL);
    bool released = strcmp(state, "proposed") != 0;
    const char *office = fact_text(paper, "office");
    const char *office_name = fact_text(paper, "office/@name");
    const char *packages = fact_text(paper, "totals/packages");
    const char *gross = fact_text(paper, "totals/grossMass");
    const char *officer = fact_text(paper, "officer");
    const char *number = fact_text(drafted, "@number");
    const char *mrn = fact_text(paper, "mrn");
    const char *code = grouped(page, fact_text(drafted, "@code") ? fact_text(drafted, "@code") : "");
    const char *at = released ? page_paper_moment(page, fact_text(paper, "releasedAt")) : open;
    const char *mass = page_say(page, "stamp.load", "packages", packages ? page_number(page, packages) : "-", "kg",
                                gross ? page_mass(page, gross) : "-", PAGE_END);
    const char *customs = page_say(page, "stamp.customs", "office", office ? office : "-", "name",
                                   office_name ? office_name : "", PAGE_END);
    officer = officer ? officer : open;
    tree_link(&page->tree, stamp, "title",
              page_say(page, released ? "stamp.title" : "stamp.title.proposed", "number", number, PAGE_END));
    tree_link(&page->tree, stamp, "desc",
              page_say(page, "stamp.desc", "customs", customs, "mrn", mrn, "at", at, "officer", officer, "load", mass,
                       "containers", containers_of(page, paper), "code", code, PAGE_END));
    add_text(page, stamp, "inv big", LEFT, 44, page_say(page, released ? "stamp.released" : "stamp.proposed", PAGE_END),
             0, 0);
    add_text(page, stamp, "inv", EDGE, 40, customs, 33, OFFICE_WIDTH);
    add_pair(page, stamp, LEFT, 80, "stamp.mrn", mrn ? mrn : open);
    add_pair(page, stamp, RIGHT, 80, "stamp.at", at);
    add_pair(page, stamp, LEFT, 122, "stamp.goods", mass);
    add_pair(page, stamp, RIGHT, 122, "stamp.containers", containers_of(page, paper));
    add_pair(page, stamp, LEFT, 164, "stamp.officer", officer);
    add_pair(page, stamp, RIGHT, 164, "stamp.number", number ? number : open);
    add_text(page, stamp, "k", LEFT, 206, page_say(page, "stamp.code", PAGE_END), 0, 0);
    add_text(page, stamp, "m", 190, 207, code, 0, 0);
    if (fact_at(paper, "supervision")) {
        add_supervision(page, stamp, fact_at(paper, "supervision"));
    }
    if (fact_at(paper, "square")) {
        tree_copy(&page->tree, stamp, fact_at(paper, "square"), NULL);
    }
    add_state(page, stamp, drafted, copy);
}
