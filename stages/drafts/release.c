/* The release record and its stamp (CATALOGUE-B 6.1). */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/digest.h"
#include "base/time.h"
#include "drafts/drafts.h"
#include "drafts/parts.h"
#include "facts/about.h"
#include "pages/qr.h"
#include "pages/record.h"
#include "tree/print.h"

#include <string.h>

enum { CODE_DIGITS = 20, CODE_GROUP = 4, NUMBER_DIGITS = 8 };

static void add_item(struct drafting *d, const struct fact *item) {
    struct fact *made = tree_add(d->tree, d->tree->root, "item", NULL);
    tree_put(d->tree, made, "@n", fact_text(item, "@n"));
    put_field(d, made, "code", fact_at(item, "commodity/code"));
    put_field(d, made, "description", fact_at(item, "commodity/description"));
    const char *packages = sum_of(d, fact_at(item, "packaging"), "count");
    if (packages) {
        put_value(d, made, "packages", packages, fact_at(item, "packaging/count"));
    }
    put_field(d, made, "grossMass", fact_at(item, "grossMass"));
    put_field(d, made, "netMass", fact_at(item, "netMass"));
    put_field(d, made, "quantity", fact_at(item, "quantity"));
    put_field(d, made, "regime", fact_at(item, "regime"));
}

/* The declared total, else the sum of the items, else nothing. */
static void add_total(struct drafting *d, struct fact *totals, const char *name, const char *path, const char *unit) {
    const struct fact *declared = fact_at(d->declaration, name);
    const char *sum = declared ? NULL : sum_of(d, fact_at(d->declaration, "goodsItem"), path);
    struct fact *made = NULL;
    if (declared) {
        made = put_field(d, totals, name, declared);
    } else if (sum) {
        made = put_value(d, totals, name, sum, NULL);
    }
    if (made && unit && !fact_at(made, "@unit")) {
        tree_link(d->tree, made, "@unit", unit);
    }
}

static const char *all_packages(struct drafting *d) {
    struct decimal sum = {0};
    bool any = false;
    for (const struct fact *item = fact_at(d->declaration, "goodsItem"); item; item = item->next_same) {
        for (struct fact *packaging = fact_at(item, "packaging"); packaging; packaging = packaging->next_same) {
            struct fact *count = fact_at(packaging, "count");
            const struct decimal *number = count ? fact_number(d->arena, count) : NULL;
            any = any || number;
            if (number && !decimal_add(&sum, number, &sum)) {
                return NULL;
            }
        }
    }
    char text[DECIMAL_TEXT];
    decimal_print(&sum, text);
    return any ? arena_string(d->arena, text) : NULL;
}

static void add_totals(struct drafting *d) {
    struct fact *totals = tree_add(d->tree, d->tree->root, "totals", NULL);
    const struct fact *declared = fact_at(d->declaration, "packages");
    if (declared) {
        put_field(d, totals, "packages", declared);
    } else {
        tree_put(d->tree, totals, "packages", all_packages(d));
    }
    add_total(d, totals, "grossMass", "grossMass", "KGM");
    add_total(d, totals, "netMass", "netMass", "KGM");
}

static const struct fact *shipping_order(const struct drafting *d) {
    for (const struct fact *paper = first_visible(d, "transportDocument"); paper; paper = next_paper(paper)) {
        if (fact_is(paper, "type", "shippingOrder") || fact_is(paper, "type", "booking")) {
            return paper;
        }
    }
    return NULL;
}

static void add_means(struct drafting *d) {
    static const char *const parts[] = {"mode", "id", "name", "nationality", "journey"};
    const struct fact *means = fact_at(shipping_order(d), "means");
    means = means ? means : fact_at(d->declaration, "borderMeans");
    struct fact *made = tree_add(d->tree, d->tree->root, "means", NULL);
    if (!means || (!fact_at(means, "id") && !fact_at(means, "name"))) {
        tree_link(d->tree, made, "@open", "means of transport – carrier");
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const struct fact *part = fact_at(means, parts[i]);
        if (part && part->value) {
            put_value(d, made, parts[i], part->value, part);
        }
    }
}

/* Seals after an inspection count more than those declared. */
static const struct fact *new_seals(const struct drafting *d, const char *container) {
    const struct fact *found = NULL;
    for (const struct fact *record = first_visible(d, "inspection"); record; record = next_paper(record)) {
        for (const struct fact *box = fact_at(record, "equipment"); box; box = box->next_same) {
            if (container && fact_is(box, "id", container) && fact_at(box, "sealSet")) {
                found = fact_at(box, "sealSet");
            }
        }
    }
    return found;
}

static void add_containers(struct drafting *d) {
    unsigned position = 0;
    for (const struct fact *box = fact_at(d->declaration, "equipment"); box; box = box->next_same) {
        const struct fact *id = fact_at(box, "id");
        if (!id) {
            continue;
        }
        struct fact *made = put_value(d, d->tree->root, "equipment", NULL, id);
        tree_count(d->tree, made, "@n", ++position);
        tree_link(d->tree, made, "@id", id->value);
        put_field(d, made, "sizeType", fact_at(box, "sizeType"));
        const struct fact *seal = new_seals(d, id->value);
        for (seal = seal ? seal : fact_at(box, "seal"); seal; seal = seal->next_same) {
            put_field(d, made, "seal", fact_at(seal, "number"));
        }
        put_field(d, made, "packages", fact_at(box, "packages"));
        put_field(d, made, "grossMass", fact_at(box, "grossMass"));
    }
}

/* Sums by currency of one kind of paper. */
static void add_sums(struct drafting *d, struct fact *taxes, const char *name, const char *paper_name,
                     const char *path) {
    for (const struct fact *paper = first_visible(d, paper_name); paper; paper = next_paper(paper)) {
        for (struct fact *amount = fact_at(paper, path); amount; amount = amount->next_same) {
            struct fact *sum = fact_at(taxes, name);
            const char *currency = fact_text(amount, "@currency");
            while (sum && currency && !fact_is(sum, "@currency", currency)) {
                sum = sum->next_same;
            }
            struct decimal total;
            const struct decimal *number = fact_number(d->arena, amount);
            char text[DECIMAL_TEXT];
            if (!sum) {
                put_field(d, taxes, name, amount);
            } else if (number && decimal_parse(sum->value, strlen(sum->value), &total) &&
                       decimal_add(&total, number, &total)) {
                decimal_print(&total, text);
                sum->value = arena_string(d->arena, text);
            }
        }
    }
}

static void add_taxes(struct drafting *d) {
    const struct fact *guarantee = first_visible(d, "guarantee");
    const struct fact *payment = first_visible(d, "taxPayment");
    bool assessed = first_visible(d, "assessment") != NULL;
    struct fact *taxes = tree_add(d->tree, d->tree->root, "taxes", NULL);
    tree_link(d->tree, taxes, "@due", payment ? "paid" : assessed && guarantee ? "secured" : "none");
    add_sums(d, taxes, "assessed", "assessment", "total");
    add_sums(d, taxes, "paid", "taxPayment", "amount");
    for (; payment; payment = next_paper(payment)) {
        put_field(d, taxes, "receipt", fact_at(payment, "number"));
    }
    for (; assessed && guarantee; guarantee = next_paper(guarantee)) {
        put_field(d, taxes, "guarantee", fact_at(guarantee, "number"));
    }
}

static void add_inspections(struct drafting *d) {
    for (const struct fact *record = first_visible(d, "inspection"); record; record = next_paper(record)) {
        if (!fact_is(record, "result", "cancelled")) {
            struct fact *made = tree_add(d->tree, d->tree->root, "inspection", NULL);
            put_field(d, made, "number", fact_at(record, "number"));
            put_field(d, made, "route", fact_at(record, "mode"));
            put_field(d, made, "result", fact_at(record, "result"));
        }
    }
}

static void add_conditions(struct drafting *d) {
    for (size_t i = 0; i < d->c->findings.count; i++) {
        const struct finding *f = &d->c->findings.items[i];
        if (f->waived || (f->effect == EFFECT_REMARK && f->point < 7)) {
            struct fact *made = tree_link(d->tree, d->tree->root, "condition", f->waived ? f->waiver : f->message);
            tree_link(d->tree, made, "@rule", f->rule);
        }
    }
}

static void add_closure(struct drafting *d) {
    const char *text = "NOT CLOSED: closes when the goods have left";
    if (d->c->decision.closure == CLOSURE_CLOSED) {
        text = "CLOSED";
    } else if (d->c->decision.closure == CLOSURE_CLOSABLE) {
        text = "CLOSED on this record: the goods have left";
    } else if (d->c->decision.supervised) {
        text = "NOT CLOSED: goods under supervision until their regime is discharged";
    }
    struct fact *made = tree_link(d->tree, d->tree->root, "closure", text);
    tree_link(d->tree, made, "@verdict", closure_name(d->c->decision.closure));
}

/* ---- the stamp ---- */

static const char *grouped(struct arena *arena, const char *code) {
    struct buffer out = {0};
    for (int i = 0; i < CODE_DIGITS; i++) {
        if (i && i % CODE_GROUP == 0) {
            buffer_char(&out, ' ');
        }
        buffer_char(&out, code[i]);
    }
    const char *made = arena_copy(arena, out.bytes, out.length);
    buffer_free(&out);
    return made;
}

static const char *made_number(struct drafting *d, const char *code, const char *released) {
    struct moment moment;
    char day[MOMENT_TEXT] = "";
    const char *office = fact_text(d->declaration, "office");
    if (moment_read(released, NULL, &moment)) {
        day_print(moment_day(&moment, NULL), day);
    }
    const char *head = arena_copy(d->arena, code, NUMBER_DIGITS);
    return arena_printf(d->arena, "%s-%.4s%.2s%.2s-%s", office ? office : "", day, day + 5, day + 8,
                        paper_upper(d->arena, head));
}

/* When the release was taken back after it had been given (6.1): the stamp says so. NULL: it stands. */
static const struct fact *withdrawn_at(const struct drafting *d) {
    static const char *const acts[] = {"exitStopped", "invalidated", "releaseAnnulled"};
    const struct fact *released = fact_at(d->c->decision.release, "at");
    struct moment given;
    struct moment taken;
    if (!released || !moment_read(released->value, NULL, &given)) {
        return NULL;
    }
    for (const struct fact *event = first_visible(d, "event"); event; event = next_paper(event)) {
        const struct fact *at = fact_at(event, "at");
        for (size_t i = 0; at && i < sizeof acts / sizeof *acts; i++) {
            if (fact_is(event, "type", acts[i]) && moment_read(at->value, NULL, &taken) && !taken.is_day &&
                !given.is_day && taken.at >= given.at && is_about(d->arena, d->declaration, event)) {
                return at;
            }
        }
    }
    return NULL;
}

static const char *stamp_state(const struct drafting *d, const struct fact *withdrawn) {
    return withdrawn ? "withdrawn" : d->c->decision.release ? "released" : "proposed";
}

static const char *containers_line(struct drafting *d) {
    const struct fact *first = fact_at(d->tree->root, "equipment");
    size_t count = fact_count(d->tree->root, "equipment");
    if (!first) {
        return "CONT 0";
    }
    return count > 1 ? arena_printf(d->arena, "CONT %zu: %s +%zu", count, fact_text(first, "@id"), count - 1)
                     : arena_join(d->arena, "CONT 1: ", fact_text(first, "@id"), "");
}

/* What a scanner reads (PAGES, "The stamp"): MRN, stamp number and code. Each page that shows the stamp draws it. */
static void add_square(struct drafting *d, const char *number, const char *code) {
    unsigned side = 0;
    const char *mrn = fact_text(d->declaration, "mrn");
    const char *path = qr_path(d->arena, arena_printf(d->arena, "%s|%s|%s", mrn ? mrn : "", number, code), &side);
    if (path) {
        struct fact *made = tree_link(d->tree, d->tree->root, "square", path);
        made->hidden = true;
        tree_count(d->tree, made, "@side", side);
    }
}

static void add_stamp(struct drafting *d, const char *released, const char *officer) {
    struct buffer canonical = {0};
    char code[DIGEST_TEXT];
    tree_print(&canonical, d->tree->root,
               &(struct print_options){.ns = record_namespace, .canonical = true, .without = "stamp"});
    /* The stamp's own line is not there yet: the gap that it will leave is. */
    canonical.length -= strlen("</release>");
    buffer_string(&canonical, "\n</release>");
    digest_hex(canonical.bytes, canonical.length, code);
    buffer_free(&canonical);
    code[CODE_DIGITS] = '\0';
    const struct fact *given = stamp_number(d);
    const char *number = given ? given->value : made_number(d, code, released);
    struct fact *stamp = tree_add(d->tree, d->tree->root, "stamp", NULL);
    tree_link(d->tree, stamp, "@number", number);
    tree_link(d->tree, stamp, "@code", arena_string(d->arena, code));
    const struct fact *withdrawn = withdrawn_at(d);
    tree_link(d->tree, stamp, "@state", stamp_state(d, withdrawn));
    tree_put(d->tree, stamp, "@withdrawnAt", withdrawn ? withdrawn->value : NULL);
    add_square(d, number, code);
    const struct fact *office = fact_at(d->tree->root, "office");
    const char *packages = fact_text(d->tree->root, "totals/packages");
    const char *gross = fact_text(d->tree->root, "totals/grossMass");
    const struct fact *supervision = fact_at(d->tree->root, "supervision");
    const char *due = fact_text(supervision, "@due");
    tree_addf(d->tree, stamp, "line", "RELEASED FOR EXPORT            CUSTOMS %s %s", office ? office->value : "",
              fact_text(office, "@name") ? fact_text(office, "@name") : "");
    tree_addf(d->tree, stamp, "line", "MRN %-26s %s", fact_text(d->declaration, "mrn"),
              paper_moment(d->arena, released));
    tree_addf(d->tree, stamp, "line", "PKGS %s  GROSS %s KGS     %s", packages ? packages : "-",
              gross ? paper_mass(d->arena, gross) : "-", containers_line(d));
    tree_addf(d->tree, stamp, "line", "OFFICER %-22s STAMP %s", officer ? officer : "[OPEN]", number);
    tree_addf(d->tree, stamp, "line", "%s%s%s%s CODE %s", supervision ? "UNDER SUPERVISION " : "",
              supervision && fact_text(supervision, "@number") ? fact_text(supervision, "@number") : "",
              due ? ", " : "", due ? paper_moment(d->arena, due) : "", grouped(d->arena, code));
}

void draft_release(struct consignment *c, const struct knowledge *k) {
    struct tree tree;
    struct drafting d = draft_open(c, k, &tree, "release");
    const struct fact *mrn = fact_at(d.declaration, "mrn");
    const struct fact *event = c->decision.release;
    const struct fact *at = fact_at(event, "at");
    const struct fact *officer = fact_at(event, "officer/id");
    tree_link(&tree, tree.root, "@version", "1");
    tree_link(&tree, tree.root, "@state", mrn ? "proposed" : "draft");
    tree_link(&tree, tree.root, "title",
              c->decision.supervised ? "RELEASE FOR EXPORT – GOODS REMAIN UNDER CUSTOMS SUPERVISION"
                                     : "RELEASE FOR EXPORT");
    if (mrn) {
        put_field(&d, tree.root, "mrn", mrn);
    } else {
        put_open(&d, tree.root, "mrn", "MRN – customs");
    }
    put_field(&d, tree.root, "lrn", fact_at(d.declaration, "lrn"));
    put_field(&d, tree.root, "ucr", fact_at(d.declaration, "ucr"));
    put_office(&d, tree.root, "office", fact_at(d.declaration, "office"));
    const struct fact *exporter = fact_at(d.declaration, "exporter");
    exporter = exporter ? exporter : fact_at(d.declaration, "consignor");
    put_party(&d, tree.root, "exporter", exporter ? exporter : fact_at(d.declaration, "declarant"));
    put_party(&d, tree.root, "declarant", fact_at(d.declaration, "declarant"));
    put_party(&d, tree.root, "agent", fact_at(d.declaration, "agent"));
    put_field(&d, tree.root, "destination", fact_at(d.declaration, "destinationCountry"));
    put_office(&d, tree.root, "exitOffice", fact_at(d.declaration, "exitOffice"));
    for (const struct fact *item = fact_at(d.declaration, "goodsItem"); item; item = item->next_same) {
        add_item(&d, item);
    }
    add_totals(&d);
    add_means(&d);
    add_containers(&d);
    add_taxes(&d);
    add_inspections(&d);
    add_conditions(&d);
    add_supervised_goods(&d, tree.root, "supervision");
    if (at) {
        put_field(&d, tree.root, "releasedAt", at);
    } else {
        tree_link(&tree, tree.root, "releasedAt", k->now_text);
    }
    if (officer) {
        put_field(&d, tree.root, "officer", officer);
    } else {
        put_open(&d, tree.root, "officer", "officer – customs");
    }
    add_closure(&d);
    put_basis(&d);
    if (mrn) {
        add_stamp(&d, at && at->value ? at->value : k->now_text, officer ? officer->value : NULL);
    }
    draft_close(&d, "clearance/release.xml", "release");
}
