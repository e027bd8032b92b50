#include "drafts/lading.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/digest.h"
#include "drafts/drafts.h"
#include "reference/reference.h"
#include "tree/print.h"

#include <stdio.h>
#include <string.h>

static const char ubl_namespace[] = "urn:oasis:names:specification:ubl:schema:xsd:BillOfLading-2";

/* ---- sources, in the order of the catalogue ---- */

static const struct fact *paper_of_type(const struct lading *l, const char *type) {
    for (const struct fact *paper = first_visible(&l->d, "transportDocument"); paper; paper = next_paper(paper)) {
        if (fact_is(paper, "type", type)) {
            return paper;
        }
    }
    return NULL;
}

static bool begins(const char *text, const char *head) {
    return text && strncmp(text, head, strlen(head)) == 0;
}

static const struct fact *bank(const struct lading *l, const char *role) {
    for (const struct fact *one = fact_at(l->settlement, "bank"); one; one = one->next_same) {
        if (fact_is(one, "@role", role)) {
            return one;
        }
    }
    return NULL;
}

void lading_choose(struct lading *l) {
    static const char *const orders[] = {"shippingOrder", "booking", "shippingInstructions", "forwardingInstructions"};
    for (size_t i = 0; i < sizeof orders / sizeof *orders && !l->order; i++) {
        l->order = paper_of_type(l, orders[i]);
    }
    l->loading = first_visible(&l->d, "loadingRecord");
    l->settlement = first_visible(&l->d, "settlement");
    l->packing = first_visible(&l->d, "packingList");
    l->invoice = first_visible(&l->d, "invoice");
    l->negotiable = lading_order(l) != NULL;
}

const struct fact *lading_shipper(const struct lading *l) {
    const struct fact *found = fact_at(l->settlement, "credit/beneficiary");
    found = found ? found : fact_at(l->order, "shipper");
    found = found ? found : fact_at(l->d.declaration, "exporter");
    found = found ? found : fact_at(l->invoice, "seller");
    /* An exporter of whom the declaration gives but the number is the seller of the invoice by name. */
    return found && !fact_at(found, "name") && fact_at(l->invoice, "seller") ? fact_at(l->invoice, "seller") : found;
}

const char *lading_order(struct lading *l) {
    const char *method = fact_text(l->settlement, "method");
    const char *asked = fact_text(l->settlement, "credit/consigneeText");
    const struct fact *issuing = bank(l, "issuing");
    const char *policy =
        policy_value(reference_policy(l->d.k->reference), l->d.c->decision.profile, "bl.ttAfter", NULL).value;
    if (asked) {
        return paper_upper(l->d.arena, asked);
    }
    if (begins(method, "lc-")) {
        const char *name = fact_text(issuing, "name");
        return name ? arena_join(l->d.arena, "TO ORDER OF ", paper_upper(l->d.arena, name), "") : "TO ORDER";
    }
    if (begins(method, "d")) {
        return "TO ORDER OF SHIPPER";
    }
    if (method && strcmp(method, "tt-after") == 0) {
        return policy && strcmp(policy, "straight") == 0 ? NULL : "TO ORDER OF SHIPPER";
    }
    if (!method && fact_is(l->order, "toOrder", "true")) {
        const char *name = fact_text(l->order, "consignee/name");
        return name ? paper_upper(l->d.arena, name) : "TO ORDER";
    }
    return NULL;
}

const struct fact *lading_consignee(const struct lading *l) {
    const struct fact *found = fact_at(l->order, "consignee");
    found = found ? found : fact_at(l->d.declaration, "consignee");
    found = found ? found : fact_at(l->d.declaration, "goodsItem/consignee");
    return found ? found : fact_at(l->invoice, "buyer");
}

const struct fact *lading_notify(const struct lading *l) {
    const struct fact *found = fact_at(l->order, "notify");
    found = found ? found : fact_at(l->settlement, "credit/applicant");
    return found ? found : fact_at(l->invoice, "buyer");
}

const struct fact *lading_means(const struct lading *l) {
    const struct fact *found = fact_at(l->loading, "means");
    found = found ? found : fact_at(l->order, "means");
    return found ? found : fact_at(l->d.declaration, "borderMeans");
}

const struct fact *lading_port(const struct lading *l, const char *name) {
    const struct fact *found = fact_at(l->order, name);
    if (!found && strcmp(name, "portOfLoading") == 0) {
        found = fact_at(l->loading, "terminal");
        found = found ? found : fact_at(l->d.declaration, "loadingPlace");
    } else if (!found && strcmp(name, "portOfDischarge") == 0) {
        found = fact_at(l->d.declaration, "unloadingPlace");
    }
    return found;
}

const char *lading_freight(const struct lading *l) {
    const char *said = fact_text(l->settlement, "credit/freight");
    said = said ? said : fact_text(l->order, "freight");
    if (said) {
        return strcmp(said, "prepaid") == 0 ? "PREPAID" : "COLLECT";
    }
    /* Incoterms 2020: who contracts for the carriage pays it (list Incoterms2020, column carriage). */
    const char *term = fact_text(l->invoice, "incoterm");
    term = term ? term : fact_text(l->d.declaration, "tradeTerms/incoterm");
    const struct fact *row = term ? reference_code_row(l->d.k->reference, "Incoterms2020", term, l->d.day) : NULL;
    const char *freight = fact_text(row, "freight");
    return freight ? strcmp(freight, "prepaid") == 0 ? "PREPAID" : "COLLECT" : NULL;
}

const char *lading_originals(const struct lading *l) {
    for (const struct fact *asked = fact_at(l->settlement, "document"); asked; asked = asked->next_same) {
        if (fact_is(asked, "type", "billOfLading") && fact_text(asked, "originals")) {
            return fact_text(asked, "originals");
        }
    }
    const char *said = fact_text(l->order, "originals");
    return said ? said : "3";
}

static const char *first_text(const struct fact *const *sources, size_t count, const char *path,
                              const struct fact **from) {
    for (size_t i = 0; i < count; i++) {
        const struct fact *found = fact_at(sources[i], path);
        if (found && found->value) {
            *from = found;
            return found->value;
        }
    }
    *from = NULL;
    return NULL;
}

const char *lading_gross(struct lading *l, const struct fact **from) {
    const struct fact *sources[] = {l->loading, l->packing, l->d.declaration};
    const char *found = first_text(sources, sizeof sources / sizeof *sources, "grossMass", from);
    return found ? found : sum_of(&l->d, fact_at(l->d.declaration, "goodsItem"), "grossMass");
}

const char *lading_packages(struct lading *l, const struct fact **from) {
    const struct fact *sources[] = {l->loading, l->d.declaration, l->packing, l->order};
    const char *found = first_text(sources, sizeof sources / sizeof *sources, "packages", from);
    return found ? found : sum_of(&l->d, fact_at(l->d.declaration, "goodsItem"), "packaging/count");
}

const struct fact *lading_volume(const struct lading *l) {
    const struct fact *found = fact_at(l->order, "volume");
    found = found ? found : fact_at(l->packing, "volume");
    return found ? found : fact_at(l->order, "goods/volume");
}

const struct fact *lading_boxes(const struct lading *l) {
    const struct fact *found = fact_at(l->loading, "equipment");
    found = found ? found : fact_at(l->order, "equipment");
    return found ? found : fact_at(l->d.declaration, "equipment");
}

const char *lading_place(struct lading *l, const struct fact *place) {
    const char *name = fact_text(place, "name");
    const char *code = fact_text(place, "locode");
    code = code ? code : fact_text(place, "id");
    if (!name && code) {
        const struct fact *row = reference_code_row(l->d.k->reference, "LOCODE", code, l->d.day);
        name = fact_text(row, "name");
    }
    return name ? paper_upper(l->d.arena, name) : code;
}

/* SHA-256 over the fields, 16 digits of it: two drafts of one content have one fingerprint. */
static void add_fingerprint(struct lading *l, struct tree *paper) {
    struct buffer canonical = {0};
    char digest[DIGEST_TEXT];
    tree_print(&canonical, paper->root, &(struct print_options){.canonical = true});
    digest_hex(canonical.bytes, canonical.length, digest);
    buffer_free(&canonical);
    tree_link(paper, paper->root, "@fingerprint", arena_copy(l->d.arena, digest, 16));
}

void draft_lading(struct consignment *c, const struct knowledge *k) {
    struct tree paper;
    struct tree ubl;
    struct lading l = {.d = draft_open(c, k, &paper, "paper")};
    lading_choose(&l);
    const char *mode = fact_text(lading_means(&l), "mode");
    if (mode && strcmp(mode, "1") != 0) {
        return; /* goods that travel by air, road or rail have no bill of lading */
    }
    lading_paper(&l);
    add_fingerprint(&l, &paper);
    l.d = draft_open(c, k, &ubl, "BillOfLading");
    lading_ubl(&l);
    draft_close(&l.d, "clearance/bill-of-lading.xml", "bill-of-lading");
    struct draft *draft = &c->drafts.items[c->drafts.count - 1];
    draft->ns = ubl_namespace;
    draft->paper = paper;
    struct tree instructions;
    l.d = draft_open(c, k, &instructions, "shippingInstructions");
    if (lading_instructions(&l)) {
        draft_close(&l.d, "clearance/shipping-instructions.json", NULL);
    }
}
