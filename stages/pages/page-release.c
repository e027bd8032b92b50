/* release.html: the release record with its stamp (CATALOGUE-B 6.1). */
#include "base/arena.h"
#include "consignment.h"
#include "pages/page-kinds.h"
#include "pages/page-papers.h"
#include "pages/page-parts.h"

#include <string.h>

/* ---- the fields ---- */

/* All amounts of one name, in their currencies. */
static void add_amounts(struct page *page, const char *id, const struct fact *amount) {
    struct fact *made = amount ? page_paper_box(page, id, "") : NULL;
    for (const char *comma = ""; amount; amount = amount->next_same, comma = ", ") {
        const char *currency = fact_text(amount, "@currency");
        page_part(page, made, NULL,
                  arena_printf(page->arena, "%s%s%s%s", comma, currency ? currency : "", currency ? " " : "",
                               currency        ? page_money(page, amount)
                               : amount->value ? amount->value
                                               : ""));
    }
}

static void add_fields(struct page *page, const struct fact *paper) {
    const struct fact *taxes = fact_at(paper, "taxes");
    const struct fact *destination = fact_at(paper, "destination");
    page_paper_field(page, "fact.mrn", "id", fact_at(paper, "mrn"));
    page_paper_field(page, "fact.lrn", "", fact_at(paper, "lrn"));
    page_paper_field(page, "fact.ucr", "w2", fact_at(paper, "ucr"));
    page_paper_party(page, "fact.exporter", fact_at(paper, "exporter"));
    page_paper_party(page, "fact.declarant", fact_at(paper, "declarant"));
    page_paper_party(page, "fact.agent", fact_at(paper, "agent"));
    page_paper_office(page, "fact.office", fact_at(paper, "office"));
    page_paper_office(page, "fact.exitOffice", fact_at(paper, "exitOffice"));
    if (destination && destination->value) {
        page_code(page, page_paper_box(page, "fact.destinationCountry", ""), "ISO3166", destination->value);
    }
    if (fact_at(paper, "means")) {
        page_paper_means(page, fact_at(paper, "means"));
    }
    add_amounts(page, "release.assessed", fact_at(taxes, "assessed"));
    add_amounts(page, "release.paid", fact_at(taxes, "paid"));
    add_amounts(page, "release.receipt", fact_at(taxes, "receipt"));
    add_amounts(page, "release.guarantee", fact_at(taxes, "guarantee"));
    if (!fact_at(taxes, "assessed")) {
        page_part(page, page_paper_box(page, "release.assessed", ""), NULL, page_say(page, "release.none", PAGE_END));
    }
    add_amounts(page, "release.inspection", fact_at(paper, "inspection/number"));
    page_paper_field(page, "fact.officer", "", fact_at(paper, "officer"));
    bool released = fact_is(paper, "stamp/@state", "released");
    page_part(page, page_paper_box(page, released ? "release.at" : "release.decided", ""), NULL,
              page_paper_moment(page, fact_text(paper, "releasedAt")));
}

/* ---- tables ---- */

static void add_item(struct page *page, const struct fact *item) {
    struct fact *made = tree_add(&page->tree, page->tree.root, "item", NULL);
    const char *regime = fact_text(item, "regime");
    const char *name = regime ? page_text(page, arena_printf(page->arena, "regime.%s", regime)) : NULL;
    tree_put(&page->tree, made, "n", fact_text(item, "@n"));
    tree_put(&page->tree, made, "code", fact_text(item, "code"));
    tree_put(&page->tree, made, "description", fact_text(item, "description"));
    tree_put(&page->tree, made, "packages", page_number(page, fact_text(item, "packages")));
    tree_put(&page->tree, made, "gross", page_mass(page, fact_text(item, "grossMass")));
    tree_put(&page->tree, made, "net", page_mass(page, fact_text(item, "netMass")));
    tree_put(&page->tree, made, "regime", name ? name : regime);
}

static void add_box(struct page *page, const struct fact *box) {
    struct fact *made = tree_add(&page->tree, page->tree.root, "container", NULL);
    const char *seals = NULL;
    for (const struct fact *seal = fact_at(box, "seal"); seal; seal = seal->next_same) {
        seals = seals ? arena_printf(page->arena, "%s, %s", seals, seal->value ? seal->value : "") : seal->value;
    }
    tree_put(&page->tree, made, "id", fact_text(box, "@id"));
    tree_put(&page->tree, made, "size", fact_text(box, "sizeType"));
    tree_put(&page->tree, made, "seals", seals);
    tree_put(&page->tree, made, "packages", page_number(page, fact_text(box, "packages")));
    tree_put(&page->tree, made, "gross", page_mass(page, fact_text(box, "grossMass")));
}

void page_release(struct page *page, const struct fact *paper) {
    struct fact *root = page->tree.root;
    page_paper_head(page, page_say(page, "release.title", "subject", page_subject(page), PAGE_END), "release");
    struct fact *outcome = tree_add(&page->tree, root, "outcome", NULL);
    tree_link(&page->tree, outcome, "@class", "release");
    tree_link(&page->tree, outcome, "title", page_outcome_heading(page));
    tree_link(
        &page->tree, outcome, "line",
        page_say(page, fact_is(paper, "stamp/@state", "released") ? "release.released" : "release.proposed", PAGE_END));
    page_stamp(page, paper, false);
    add_fields(page, paper);
    for (const struct fact *item = fact_at(paper, "item"); item; item = item->next_same) {
        add_item(page, item);
    }
    struct fact *sum = tree_add(&page->tree, root, "sum", NULL);
    tree_put(&page->tree, sum, "packages", page_number(page, fact_text(paper, "totals/packages")));
    tree_put(&page->tree, sum, "gross", page_mass(page, fact_text(paper, "totals/grossMass")));
    tree_put(&page->tree, sum, "net", page_mass(page, fact_text(paper, "totals/netMass")));
    for (const struct fact *box = fact_at(paper, "equipment"); box; box = box->next_same) {
        add_box(page, box);
    }
    page_paper_conditions(page, paper);
    page_sentence(page, root, "foot", "release.foot", PAGE_END);
}
