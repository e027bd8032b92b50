/* What is reviewed: the consignment in a few names and values; what is absent is left out. */
#include "pages/page-parts.h"

#include "base/arena.h"
#include "consignment.h"

#include <string.h>

enum { SHOWN_CONTAINERS = 3 };

static struct fact *fact_row(struct page *page, struct fact *list, const char *id) {
    struct fact *made = tree_add(&page->tree, list, "fact", NULL);
    tree_link(&page->tree, made, "@label", page_say(page, id, PAGE_END));
    return made;
}

static void add_text(struct page *page, struct fact *list, const char *id, const char *form, const char *text) {
    if (text && *text) {
        page_part(page, fact_row(page, list, id), form, text);
    }
}

static void add_party(struct page *page, struct fact *list, const char *name) {
    const struct fact *party = fact_at(page->declaration, name);
    if (fact_text(party, "name") || fact_text(party, "id")) {
        page_party(page, fact_row(page, list, arena_join(page->arena, "fact.", name, "")), party);
    }
}

static void add_office(struct page *page, struct fact *list, const char *name) {
    const char *code = fact_text(page->declaration, name);
    if (code) {
        page_office(page, fact_row(page, list, arena_join(page->arena, "fact.", name, "")), code);
    }
}

static void add_goods(struct page *page, struct fact *list) {
    const struct fact *d = page->declaration;
    unsigned long items = fact_count(d, "goodsItem");
    const char *packages = fact_text(d, "packages");
    const char *gross = fact_text(d, "grossMass");
    const char *first = fact_text(d, "goodsItem/commodity/description");
    if (!items) {
        return;
    }
    struct fact *made = fact_row(page, list, "fact.goods");
    page_part(page, made, NULL, page_say_count(page, "goods.items", items));
    if (first) {
        page_part(page, made, NULL, ", ");
        page_part(page, made, "name", first);
    }
    if (packages) {
        page_part(page, made, NULL, page_say(page, "goods.packages", "n", page_number(page, packages), PAGE_END));
    }
    if (gross) {
        page_part(page, made, NULL, page_say(page, "goods.gross", "kg", page_mass(page, gross), PAGE_END));
    }
}

static void add_procedure(struct page *page, struct fact *list) {
    const struct fact *item = fact_at(page->declaration, "goodsItem");
    const char *requested = fact_text(item, "procedure/requested");
    const char *previous = fact_text(item, "procedure/previous");
    const char *regime = fact_text(item, "regime");
    const char *trade = fact_text(page->declaration, "tradeMode");
    if (!requested && !trade && !regime) {
        return;
    }
    struct fact *made = fact_row(page, list, "fact.procedure");
    page_part(page, made, NULL,
              requested ? arena_printf(page->arena, "%s %s ", requested, previous ? previous : "") : trade);
    if (regime) {
        const char *id = arena_join(page->arena, "regime.", regime, "");
        page_part(page, made, NULL, page_text(page, id) ? page_text(page, id) : regime);
    }
    if (!page->c->gate) {
        page_part(page, made, NULL,
                  page_say(page, page->c->decision.supervised ? "goods.supervised" : "goods.ordinary", PAGE_END));
    }
}

static void add_containers(struct page *page, struct fact *list) {
    unsigned long count = fact_count(page->declaration, "equipment");
    unsigned long shown = 0;
    struct fact *made = NULL;
    for (const struct fact *box = fact_at(page->declaration, "equipment"); box && shown < SHOWN_CONTAINERS;
         box = box->next_same) {
        const char *id = fact_text(box, "id");
        const char *size = fact_text(box, "sizeType");
        if (id) {
            made = made ? made : fact_row(page, list, "fact.container");
            page_part(page, made, NULL,
                      arena_printf(page->arena, "%s%s%s%s%s", shown++ ? ", " : "", id, size ? " (" : "",
                                   size ? size : "", size ? ")" : ""));
        }
    }
    if (made && count > shown) {
        page_part(page, made, NULL, arena_printf(page->arena, " +%lu", count - shown));
    }
}

static void add_means(struct page *page, struct fact *list) {
    static const char *const parts[] = {"name", "journey", "id"};
    const struct fact *means = fact_at(page_visible(page, "transportDocument"), "means");
    means = means ? means : fact_at(page->declaration, "borderMeans");
    struct fact *made = NULL;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *text = fact_text(means, parts[i]);
        if (text && !made) {
            made = fact_row(page, list, "fact.means");
            page_part(page, made, "name", text);
        } else if (text) {
            page_part(page, made, NULL, arena_join(page->arena, ", ", text, ""));
        }
    }
}

void page_consignment(struct page *page, struct fact *parent) {
    struct fact *list = tree_add(&page->tree, parent, "consignment", NULL);
    const struct fact *d = page->declaration;
    add_text(page, list, "fact.mrn", "mono", fact_text(d, "mrn"));
    add_text(page, list, "fact.lrn", "mono", fact_text(d, "lrn"));
    add_text(page, list, "fact.ucr", "mono", fact_text(d, "ucr"));
    add_party(page, list, "exporter");
    add_party(page, list, "declarant");
    add_party(page, list, "agent");
    add_party(page, list, "consignee");
    add_office(page, list, "office");
    add_office(page, list, "exitOffice");
    if (fact_text(d, "destinationCountry")) {
        page_code(page, fact_row(page, list, "fact.destinationCountry"), "ISO3166", fact_text(d, "destinationCountry"));
    }
    add_goods(page, list);
    add_procedure(page, list);
    add_containers(page, list);
    add_means(page, list);
    if (fact_text(d, "acceptedAt")) {
        page_moment_part(page, fact_row(page, list, "fact.acceptedAt"), fact_text(d, "acceptedAt"));
    }
    if (fact_text(page->dossier, "@asOf")) {
        page_moment_part(page, fact_row(page, list, "fact.asOf"), fact_text(page->dossier, "@asOf"));
    }
    if (!list->first) {
        add_text(page, list, "fact.bundle", "mono", page->c->input.name);
    }
}
