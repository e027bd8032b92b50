/* loading-certificate.html and certificate-copy.html (CATALOGUE-B 6.2, PAGES 4): stamp, references, deadlines,
 * containers, goods released against loaded, conditions, signature. */
#include "base/arena.h"
#include "consignment.h"
#include "pages/page-kinds.h"
#include "pages/page-papers.h"
#include "pages/page-parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- cells: a value, or who fills it ---- */

static void add_cell(struct page *page, struct fact *row, const char *name, const struct fact *fact,
                     const char *shown) {
    struct fact *made = tree_add(&page->tree, row, name, NULL);
    const char *open = fact_text(fact, "@open");
    if (open) {
        page_open_part(page, made, open);
    } else {
        page_part(page, made, NULL, shown);
    }
}

static const char *value_of(const struct fact *fact) {
    return fact ? fact->value : NULL;
}

/* ---- the form ---- */

static void add_moment(struct page *page, const char *id, const char *style, const struct fact *at) {
    if (fact_text(at, "@open")) {
        page_paper_field(page, id, style, at);
    } else if (value_of(at)) {
        page_part(page, page_paper_box(page, id, style), NULL, page_paper_moment(page, at->value));
    }
}

static void add_cut_off(struct page *page, const struct fact *cut) {
    enum { MINUTE = 60 };
    const char *type = fact_text(cut, "@type");
    const char *left = fact_text(cut, "@minutesLeft");
    const char *id = arena_printf(page->arena, "certificate.cutOff.%s", type ? type : "gate");
    struct fact *box = page_paper_box(page, id, "");
    page_part(page, box, NULL, page_paper_moment(page, cut->value));
    if (left) {
        int64_t seconds = strtoll(left, NULL, 10) * MINUTE;
        page_part(page, box, NULL,
                  page_say(page, seconds ? "certificate.left" : "certificate.over", "span", page_span(page, seconds),
                           PAGE_END));
    }
}

static void add_form(struct page *page, const struct fact *paper) {
    const char *stamp = fact_text(paper, "release/@number");
    page_paper_field(page, "certificate.number", "w2", fact_at(paper, "number"));
    page_part(page, page_paper_box(page, "certificate.release", "w2"), NULL,
              page_say(page, "certificate.stamp", "number", stamp ? stamp : "-", PAGE_END));
    page_paper_party(page, "fact.exporter", fact_at(paper, "exporter"));
    page_paper_party(page, "certificate.presentedBy", fact_at(paper, "presentedBy"));
    page_paper_field(page, "certificate.booking", "", fact_at(paper, "booking"));
    page_paper_field(page, "certificate.shippingOrder", "", fact_at(paper, "shippingOrder"));
    page_paper_field(page, "certificate.terminal", "w2", fact_at(paper, "terminal"));
    if (fact_at(paper, "means")) {
        page_paper_means(page, fact_at(paper, "means"));
    }
    page_paper_field(page, "certificate.portOfLoading", "", fact_at(paper, "portOfLoading"));
    page_paper_field(page, "certificate.portOfDischarge", "", fact_at(paper, "portOfDischarge"));
    page_paper_field(page, "certificate.finalPlace", "w2", fact_at(paper, "finalPlace"));
    for (const struct fact *cut = fact_at(paper, "cutOff"); cut; cut = cut->next_same) {
        add_cut_off(page, cut);
    }
    add_moment(page, "certificate.etd", "", fact_at(paper, "etd"));
    add_moment(page, "certificate.eta", "", fact_at(paper, "eta"));
}

/* ---- tables ---- */

static const char *seals_of(struct page *page, const struct fact *box) {
    const char *seals = NULL;
    for (const struct fact *seal = fact_at(box, "seal"); seal; seal = seal->next_same) {
        seals = seals ? arena_printf(page->arena, "%s, %s", seals, seal->value ? seal->value : "") : seal->value;
    }
    return seals;
}

static void add_container(struct page *page, const struct fact *box) {
    struct fact *made = tree_add(&page->tree, page->tree.root, "container", NULL);
    const struct fact *vgm = fact_at(box, "vgm");
    const char *method = fact_text(vgm, "@method");
    const char *weighed = value_of(vgm) ? page_mass(page, vgm->value) : NULL;
    tree_put(&page->tree, made, "id", fact_text(box, "@id"));
    tree_put(&page->tree, made, "size", fact_text(box, "sizeType"));
    tree_put(&page->tree, made, "seals", seals_of(page, box));
    tree_put(&page->tree, made, "packages", page_number(page, fact_text(box, "packages")));
    tree_put(&page->tree, made, "gross", page_mass(page, fact_text(box, "grossMass")));
    tree_put(&page->tree, made, "tare", page_mass(page, fact_text(box, "tare")));
    add_cell(page, made, "vgm", vgm, weighed && method ? arena_printf(page->arena, "%s %s", weighed, method) : weighed);
    add_cell(page, made, "loadedAt", fact_at(box, "loadedAt"), page_paper_moment(page, fact_text(box, "loadedAt")));
}

static void add_goods(struct page *page, const char *name, const struct fact *goods) {
    struct fact *made = tree_add(&page->tree, page->tree.root, name, NULL);
    const char *words = fact_text(goods, "difference/@words");
    tree_put(&page->tree, made, "n", fact_text(goods, "@n"));
    tree_put(&page->tree, made, "description", fact_text(goods, "description"));
    tree_put(&page->tree, made, "marks", fact_text(goods, "marks"));
    tree_put(&page->tree, made, "gross", page_mass(page, fact_text(goods, "grossMass")));
    tree_put(&page->tree, made, "released", page_number(page, fact_text(goods, "released")));
    add_cell(page, made, "loaded", fact_at(goods, "loaded"), page_number(page, fact_text(goods, "loaded")));
    if (words) {
        const char *number = fact_text(goods, "difference");
        bool none = strcmp(number, "0") == 0;
        tree_put(&page->tree, made, "difference",
                 none ? words : arena_printf(page->arena, "%s %s", page_number(page, number), words));
    }
}

/* ---- a copy says whose, when, and that it is one ---- */

static void add_copy(struct page *page, const struct fact *copy) {
    struct fact *made = tree_add(&page->tree, page->tree.root, "copy", NULL);
    tree_put(&page->tree, made, "banner",
             page_say(page, "certificate.copy", "n", fact_text(copy, "@n"), "of", fact_text(copy, "@of"), PAGE_END));
    tree_put(&page->tree, made, "certified", fact_text(copy, "certified"));
    page_paper_party(page, "certificate.requester", fact_at(copy, "requester"));
    add_moment(page, "certificate.requestedAt", "", fact_at(copy, "requestedAt"));
    page_paper_field(page, "certificate.purpose", "", fact_at(copy, "purpose"));
    page_paper_field(page, "certificate.officer", "w2", fact_at(copy, "officer"));
}

/* The stamp is drawn from the release record, whose texts it prints. */
static const struct fact *release_record(const struct page *page) {
    for (size_t i = 0; i < page->c->drafts.count; i++) {
        if (strcmp(page->c->drafts.items[i].page ? page->c->drafts.items[i].page : "", "release") == 0) {
            return page->c->drafts.items[i].tree.root;
        }
    }
    return NULL;
}

void page_certificate(struct page *page, const struct fact *paper) {
    struct fact *root = page->tree.root;
    const struct fact *copy = fact_at(paper, "copy");
    const char *kind = copy ? "certificate-copy" : "loading-certificate";
    page_paper_head(page,
                    page_say(page, copy ? "certificate.copyTitle" : "certificate.title", "number",
                             fact_text(paper, "number"), PAGE_END),
                    kind);
    struct fact *outcome = tree_add(&page->tree, root, "outcome", NULL);
    tree_link(&page->tree, outcome, "@class", "release");
    tree_link(&page->tree, outcome, "title", page_outcome_heading(page));
    tree_link(&page->tree, outcome, "line",
              page_say(page, fact_is(paper, "loadedAt/@open", "terminal") ? "certificate.use" : "certificate.loaded",
                       PAGE_END));
    page_stamp(page, release_record(page), copy);
    if (copy) {
        add_copy(page, copy);
    }
    add_form(page, paper);
    for (const struct fact *box = fact_at(paper, "equipment"); box; box = box->next_same) {
        add_container(page, box);
    }
    for (const struct fact *item = fact_at(paper, "item"); item; item = item->next_same) {
        add_goods(page, "item", item);
    }
    add_goods(page, "sum", fact_at(paper, "totals"));
    page_paper_conditions(page, paper);
    struct fact *signature = tree_add(&page->tree, root, "signed", NULL);
    add_cell(page, signature, "by", fact_at(paper, "signature"), NULL);
    add_cell(page, signature, "at", fact_at(paper, "loadedAt"), page_paper_moment(page, fact_text(paper, "loadedAt")));
    page_sentence(page, root, "foot", copy ? "certificate.copyFoot" : "certificate.foot", PAGE_END);
}
