/* The loading certificate, and the certificate copy on request (CATALOGUE-B 6.2). What the release record settled is
 * taken from it; what the terminal writes is open until the loading record is there. */
#include "base/arena.h"
#include "base/decimal.h"
#include "base/time.h"
#include "drafts/drafts.h"
#include "drafts/parts.h"
#include "facts/about.h"
#include "finding.h"

#include <string.h>

static const char terminal_signs[] = "terminal";

/* What the certificate is made from. */
struct certificate_parts {
    const struct fact *release; /* the record that was drafted before */
    const struct fact *order;   /* shipping order or booking; NULL: none */
    const struct fact *loading; /* the last loading record; NULL: not loaded */
    const struct fact *request; /* of a copy, the last one; NULL: none */
};

/* ---- the papers ---- */

static const struct fact *release_record(const struct consignment *c) {
    for (size_t i = 0; i < c->drafts.count; i++) {
        if (strcmp(c->drafts.items[i].path, "clearance/release.xml") == 0) {
            return c->drafts.items[i].tree.root;
        }
    }
    return NULL;
}

static const struct fact *shipping_order(const struct drafting *d) {
    for (const struct fact *paper = first_visible(d, "transportDocument"); paper; paper = next_paper(paper)) {
        if (fact_is(paper, "type", "shippingOrder") || fact_is(paper, "type", "booking")) {
            return paper;
        }
    }
    return NULL;
}

static struct certificate_parts parts_of(const struct drafting *d) {
    struct certificate_parts parts = {.release = release_record(d->c), .order = shipping_order(d)};
    for (const struct fact *paper = first_visible(d, "loadingRecord"); paper; paper = next_paper(paper)) {
        parts.loading = paper;
    }
    for (const struct fact *paper = first_visible(d, "request"); paper; paper = next_paper(paper)) {
        if (fact_is(paper, "type", "certificateCopy") && is_about(d->arena, d->declaration, paper)) {
            parts.request = paper;
        }
    }
    return parts;
}

/* ---- head ---- */

static const char *certificate_number(struct drafting *d) {
    return arena_printf(d->arena, "%s-LC", fact_text(d->declaration, "mrn"));
}

static void add_release(struct drafting *d, const struct certificate_parts *parts) {
    struct fact *made = tree_add(d->tree, d->tree->root, "release", NULL);
    tree_put(d->tree, made, "@number", fact_text(parts->release, "stamp/@number"));
    tree_put(d->tree, made, "@code", fact_text(parts->release, "stamp/@code"));
    tree_put(d->tree, made, "@at", fact_text(parts->release, "releasedAt"));
    tree_put(d->tree, made, "@office", fact_text(parts->release, "office"));
}

static void put_or_open(struct drafting *d, struct fact *parent, const char *name, const struct fact *from,
                        const char *who) {
    if (!put_field(d, parent, name, from)) {
        put_open(d, parent, name, who);
    }
}

static void put_place(struct drafting *d, const char *name, const struct fact *place, const char *who) {
    const struct fact *first = fact_at(place, "name");
    const struct fact *second = fact_at(place, fact_at(place, "locode") ? "locode" : "id");
    if (first && second) {
        put_value(d, d->tree->root, name, arena_printf(d->arena, "%s (%s)", first->value, second->value), first);
    } else {
        put_or_open(d, d->tree->root, name, first ? first : second, who);
    }
}

static const struct fact *either(const struct fact *first, const struct fact *second) {
    return first ? first : second;
}

static void add_journey(struct drafting *d, const struct certificate_parts *parts) {
    const struct fact *order = parts->order;
    put_or_open(d, d->tree->root, "booking",
                either(fact_at(order, "booking"), fact_at(d->declaration, "transportReference")), "carrier");
    put_or_open(d, d->tree->root, "shippingOrder", either(fact_at(order, "shippingOrder"), fact_at(order, "number")),
                "carrier");
    put_place(d, "terminal", either(fact_at(parts->loading, "terminal"), fact_at(d->declaration, "goodsLocation")),
              terminal_signs);
    tree_copy(d->tree, d->tree->root, fact_at(parts->release, "means"), "means");
    put_place(d, "portOfLoading", either(fact_at(order, "portOfLoading"), fact_at(d->declaration, "loadingPlace")),
              "carrier");
    put_place(d, "portOfDischarge", fact_at(order, "portOfDischarge"), "carrier");
    if (fact_at(order, "placeOfDelivery")) {
        put_place(d, "finalPlace", fact_at(order, "placeOfDelivery"), "carrier");
    }
}

/* Seconds from the run's clock; false: one of both is no instant. */
static bool seconds_until(const struct drafting *d, const char *text, int64_t *seconds) {
    struct moment at;
    if (!text || !moment_read(text, NULL, &at) || at.is_day) {
        return false;
    }
    *seconds = at.at - d->k->now.at;
    return true;
}

static void add_times(struct drafting *d, const struct certificate_parts *parts) {
    enum { MINUTE = 60 };
    for (const struct fact *cut = fact_at(parts->order, "cutOff"); cut; cut = cut->next_same) {
        int64_t seconds;
        struct fact *made = put_field(d, d->tree->root, "cutOff", fact_at(cut, "at"));
        if (!made) {
            continue;
        }
        tree_put(d->tree, made, "@type", fact_text(cut, "type"));
        if (!parts->loading && seconds_until(d, made->value, &seconds)) {
            tree_addf(d->tree, made, "@minutesLeft", "%lld", (long long)(seconds > 0 ? seconds / MINUTE : 0));
        }
    }
    put_field(d, d->tree->root, "etd", fact_at(parts->order, "etd"));
    put_field(d, d->tree->root, "eta", fact_at(parts->order, "eta"));
}

/* ---- containers and goods: released against loaded ---- */

static const struct fact *box_of(const struct fact *paper, const char *id) {
    for (const struct fact *box = fact_at(paper, "equipment"); box && id; box = box->next_same) {
        if (fact_is(box, "id", id)) {
            return box;
        }
    }
    return NULL;
}

static void add_container(struct drafting *d, const struct certificate_parts *parts, const struct fact *released) {
    const char *id = fact_text(released, "@id");
    const struct fact *loaded = box_of(parts->loading, id);
    const struct fact *ordered = box_of(parts->order, id);
    const struct fact *vgm = either(fact_at(loaded, "vgm"), fact_at(ordered, "vgm"));
    struct fact *made = tree_copy(d->tree, d->tree->root, released, "equipment");
    put_field(d, made, "tare", either(fact_at(loaded, "tare"), fact_at(ordered, "tare")));
    struct fact *weighed = put_field(d, made, "vgm", vgm);
    if (weighed) {
        tree_put(d->tree, weighed, "@method", fact_text(vgm, "@method"));
    } else {
        put_open(d, made, "vgm", "shipper");
    }
    put_or_open(d, made, "loadedAt",
                either(fact_at(loaded, "loadedAt"), loaded ? fact_at(parts->loading, "loadedAt") : NULL),
                terminal_signs);
}

static void add_difference(struct drafting *d, struct fact *parent, const char *released, const char *loaded) {
    struct decimal before;
    struct decimal after;
    struct decimal difference;
    char text[DECIMAL_TEXT];
    if (!released || !loaded || !decimal_parse(released, strlen(released), &before) ||
        !decimal_parse(loaded, strlen(loaded), &after) || !decimal_subtract(&after, &before, &difference)) {
        return;
    }
    int order = decimal_compare(&after, &before);
    decimal_print(&difference, text);
    struct fact *made = tree_add(d->tree, parent, "difference", text);
    tree_link(d->tree, made, "@words", order < 0 ? "SHORT" : order > 0 ? "OVER" : "AS RELEASED");
}

/* The packages of an item by the loading record, where its goods name the item; else nothing. */
static const struct fact *loaded_of(const struct fact *loading, const char *item) {
    for (const struct fact *goods = fact_at(loading, "goods"); goods && item; goods = goods->next_same) {
        if (fact_is(goods, "n", item)) {
            return fact_at(goods, "packages");
        }
    }
    return NULL;
}

static const struct fact *declared_item(const struct drafting *d, const char *n) {
    const struct fact *item = fact_at(d->declaration, "goodsItem");
    while (item && n && !fact_is(item, "@n", n)) {
        item = item->next_same;
    }
    return item;
}

static void add_item(struct drafting *d, const struct certificate_parts *parts, const struct fact *released) {
    const char *n = fact_text(released, "@n");
    const struct fact *loaded = loaded_of(parts->loading, n);
    struct fact *made = tree_add(d->tree, d->tree->root, "item", NULL);
    tree_put(d->tree, made, "@n", n);
    put_field(d, made, "description", fact_at(released, "description"));
    put_field(d, made, "marks", fact_at(declared_item(d, n), "packaging/marks"));
    put_field(d, made, "grossMass", fact_at(released, "grossMass"));
    put_field(d, made, "released", fact_at(released, "packages"));
    put_or_open(d, made, "loaded", loaded, terminal_signs);
    add_difference(d, made, fact_text(released, "packages"), loaded ? loaded->value : NULL);
}

/* All loading records together; nothing where one of them says no number. */
static void add_totals(struct drafting *d, const struct certificate_parts *parts) {
    const struct fact *first = first_visible(d, "loadingRecord");
    struct fact *made = tree_add(d->tree, d->tree->root, "totals", NULL);
    const char *loaded = first ? sum_of(d, first, "packages") : NULL;
    put_field(d, made, "grossMass", fact_at(parts->release, "totals/grossMass"));
    put_field(d, made, "released", fact_at(parts->release, "totals/packages"));
    if (loaded) {
        put_value(d, made, "loaded", loaded, fact_at(first, "packages"));
    } else {
        put_open(d, made, "loaded", terminal_signs);
    }
    add_difference(d, made, fact_text(parts->release, "totals/packages"), loaded);
}

/* ---- the paper as a whole ---- */

static void copy_all(struct drafting *d, const struct fact *from, const char *name) {
    for (const struct fact *part = fact_at(from, name); part; part = part->next_same) {
        (void)tree_copy(d->tree, d->tree->root, part, name);
    }
}

static void add_body(struct drafting *d, const struct certificate_parts *parts) {
    const struct fact *presenter = either(fact_at(parts->request, "by"), fact_at(d->declaration, "agent"));
    tree_link(d->tree, d->tree->root, "number", certificate_number(d));
    add_release(d, parts);
    copy_all(d, parts->release, "exporter");
    put_party(d, d->tree->root, "presentedBy", either(presenter, fact_at(d->declaration, "declarant")));
    add_journey(d, parts);
    add_times(d, parts);
    for (const struct fact *box = fact_at(parts->release, "equipment"); box; box = box->next_same) {
        add_container(d, parts, box);
    }
    for (const struct fact *item = fact_at(parts->release, "item"); item; item = item->next_same) {
        add_item(d, parts, item);
    }
    add_totals(d, parts);
    put_or_open(d, d->tree->root, "loadedAt", fact_at(parts->loading, "loadedAt"), terminal_signs);
    put_open(d, d->tree->root, "signature", "terminal – name, signature");
    copy_all(d, parts->release, "condition");
    copy_all(d, parts->release, "supervision");
    copy_all(d, parts->release, "closure");
    copy_all(d, parts->release, "basis");
    copy_all(d, parts->release, "stamp");
}

static const char *state_of(const struct certificate_parts *parts) {
    return fact_is(parts->loading, "complete", "true") ? "proposed" : "draft";
}

/* L-713 judges who may ask, when, and for how many: what it refuses is not made. */
static bool copy_refused(const struct consignment *c) {
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *f = &c->findings.items[i];
        if (strcmp(f->rule, "L-713") == 0 && f->severity >= SEVERITY_ERROR) {
            return true;
        }
    }
    return false;
}

static void draft_copy(struct consignment *c, const struct knowledge *k) {
    struct tree tree;
    struct drafting d = draft_open(c, k, &tree, "certificateCopy");
    struct certificate_parts parts = parts_of(&d);
    tree_link(&tree, tree.root, "@version", "1");
    tree_link(&tree, tree.root, "@state", state_of(&parts));
    struct fact *copy = tree_add(&tree, tree.root, "copy", NULL);
    unsigned long copies = fact_count(parts.request, "document"); /* a copy of each, by L-713 */
    tree_count(&tree, copy, "@n", 1);
    tree_count(&tree, copy, "@of", copies ? copies : 1);
    tree_addf(&tree, copy, "certified", "Certified true copy of %s, state %s", certificate_number(&d),
              state_of(&parts));
    put_party(&d, copy, "requester", fact_at(parts.request, "by"));
    put_field(&d, copy, "requestedAt", fact_at(parts.request, "at"));
    put_field(&d, copy, "purpose", fact_at(parts.request, "reason"));
    put_open(&d, copy, "officer", "certifying officer – customs");
    add_body(&d, &parts);
    draft_close(&d, "clearance/certificate-copy.xml", "certificate-copy");
}

void draft_certificate(struct consignment *c, const struct knowledge *k) {
    struct tree tree;
    struct drafting d = draft_open(c, k, &tree, "loadingCertificate");
    struct certificate_parts parts = parts_of(&d);
    if (!fact_at(parts.release, "stamp")) {
        return; /* without an MRN there is no stamp, and nothing to load on */
    }
    tree_link(&tree, tree.root, "@version", "1");
    tree_link(&tree, tree.root, "@state", state_of(&parts));
    add_body(&d, &parts);
    draft_close(&d, "clearance/loading-certificate.xml", "loading-certificate");
    if (parts.request && !copy_refused(c)) {
        draft_copy(c, k);
    }
}
