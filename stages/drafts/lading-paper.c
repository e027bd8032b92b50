/* The fields of the bill of lading's face, its rider and its checking annex (CATALOGUE-B 6.4). */
#include "base/arena.h"
#include "base/words.h"
#include "drafts/lading.h"
#include "reference/reference.h"

#include <string.h>

enum { DESCRIPTION_LINES = 12, CONTAINERS_ON_FACE = 3 };

struct field {
    struct lading *l;
    struct fact *fact; /* of the paper */
};

static struct field open_field(struct lading *l, const char *name) {
    return (struct field){l, tree_add(l->d.tree, l->d.tree->root, name, NULL)};
}

static void add_line(struct field *field, const char *text) {
    if (text && *text) {
        tree_link(field->l->d.tree, field->fact, "line", paper_upper(field->l->d.arena, text));
    }
}

static void add_source(struct field *field, const struct fact *from) {
    const struct element *element = fact_element(from);
    if (element && element->document && !fact_at(field->fact, "@src")) {
        tree_addf(field->l->d.tree, field->fact, "@src", "%s:%u", element->document->id, fact_line(from));
    }
}

static void add_rules(struct field *field, const char *rules) {
    tree_link(field->l->d.tree, field->fact, "@rules", rules);
}

static void open_for(struct field *field, const char *who) {
    tree_link(field->l->d.tree, field->fact, "@open", who);
}

static void add_text_field(struct lading *l, const char *name, const char *text, const struct fact *from,
                           const char *rules, const char *open) {
    struct field field = open_field(l, name);
    add_line(&field, text);
    if (from) {
        add_source(&field, from);
    }
    if (rules) {
        add_rules(&field, rules);
    }
    if (open && !text) {
        open_for(&field, open);
    }
}

static const char *country_name(struct lading *l, const char *code) {
    const struct fact *row = code ? reference_code_row(l->d.k->reference, "ISO3166", code, l->d.day) : NULL;
    const char *label = fact_text(row, "label");
    return label ? label : code;
}

static void add_party_lines(struct field *field, const struct fact *party) {
    struct lading *l = field->l;
    const struct fact *address = fact_at(party, "address");
    const char *postcode = fact_text(address, "postcode");
    const char *city = fact_text(address, "city");
    add_line(field, fact_text(party, "name") ? fact_text(party, "name") : fact_text(party, "id"));
    for (const struct fact *line = fact_at(address, "line"); line; line = line->next_same) {
        add_line(field, line->value);
    }
    add_line(field, arena_join(l->d.arena, city ? city : "", city && postcode ? " " : "", postcode ? postcode : ""));
    add_line(field, country_name(l, fact_text(address, "country")));
    add_source(field, fact_at(party, "name") ? fact_at(party, "name") : party);
}

static void add_party_field(struct lading *l, const char *name, const struct fact *party, const char *rules,
                            const char *open) {
    struct field field = open_field(l, name);
    if (party) {
        add_party_lines(&field, party);
    } else if (open) {
        open_for(&field, open);
    }
    if (rules) {
        add_rules(&field, rules);
    }
}

/* ---- the upper half ---- */

static void add_references(struct lading *l) {
    struct field field = open_field(l, "references");
    const char *mrn = fact_text(l->d.declaration, "mrn");
    const char *credit = fact_text(l->settlement, "credit/number");
    add_line(&field, mrn ? arena_join(l->d.arena, "MRN ", mrn, "") : NULL);
    for (const struct fact *invoice = l->invoice; invoice; invoice = next_paper(invoice)) {
        const char *number = fact_text(invoice, "number");
        add_line(&field, number ? arena_join(l->d.arena, "INVOICE ", number, "") : NULL);
    }
    add_line(&field, credit ? arena_join(l->d.arena, "L/C ", credit, "") : NULL);
    add_source(&field, fact_at(l->d.declaration, "mrn"));
}

static void add_consignee(struct lading *l) {
    const char *order = lading_order(l);
    if (!order) {
        add_party_field(l, "consignee", lading_consignee(l), "L-722", "consignee – shipper");
        return;
    }
    const struct fact *from = fact_at(l->settlement, "credit/consigneeText");
    from = from ? from : fact_at(l->settlement, "method");
    add_text_field(l, "consignee", order, from ? from : fact_at(l->order, "consignee"), "L-722", NULL);
}

static void add_kind(struct lading *l) {
    struct field field = open_field(l, "kind");
    struct decimal originals;
    const char *count = lading_originals(l);
    const char *words =
        decimal_parse(count, strlen(count), &originals) ? words_cardinal(l->d.arena, &originals) : count;
    add_line(&field, arena_printf(l->d.arena, "%s bill, originals: %s (%s)", l->negotiable ? "ORDER" : "STRAIGHT",
                                  words, count));
    const char *load = fact_text(l->order, "load");
    bool boxes = fact_at(l->d.declaration, "equipment") || fact_at(l->order, "equipment");
    add_line(&field, load    ? arena_printf(l->d.arena, "Movement: %s/%s", load, load)
                     : boxes ? "Movement: FCL/FCL"
                             : NULL);
    const struct fact *carrier = fact_at(l->order, "carrier");
    carrier = carrier ? carrier : fact_at(l->d.declaration, "carrier");
    const char *name = fact_text(carrier, "name");
    name = name ? name : fact_text(carrier, "id");
    add_line(&field, name ? arena_join(l->d.arena, "Carrier: ", name, "") : NULL);
}

static void add_voyage(struct lading *l) {
    const struct fact *means = lading_means(l);
    const char *name = fact_text(means, "name");
    const char *journey = fact_text(means, "journey");
    /* A vessel that is only planned is not printed: it may change until the goods are on board. */
    bool known = l->loading ||
                 policy_is(reference_policy(l->d.k->reference), l->d.c->decision.profile, "bl.vesselPlanned", "true");
    const char *vessel =
        known && name ? arena_printf(l->d.arena, "%s%s%s", name, journey ? ", " : "", journey ? journey : "") : NULL;
    add_text_field(l, "vessel", vessel, vessel ? fact_at(means, "name") : NULL, "L-707",
                   "vessel and voyage – carrier, when loaded");
    static const char *const ports[] = {"portOfLoading", "portOfDischarge"};
    for (size_t i = 0; i < sizeof ports / sizeof *ports; i++) {
        const struct fact *port = lading_port(l, ports[i]);
        add_text_field(l, ports[i], lading_place(l, port), port, "L-724", "port – shipper");
    }
    add_text_field(l, "placeOfDelivery", lading_place(l, fact_at(l->order, "placeOfDelivery")),
                   fact_at(l->order, "placeOfDelivery"), NULL, NULL);
}

/* ---- the goods block ---- */

static const char *marks_of(const struct lading *l) {
    const struct fact *sources[] = {fact_at(l->packing, "marks"), fact_at(l->packing, "line/marks"),
                                    fact_at(l->order, "goods/marks"),
                                    fact_at(l->d.declaration, "goodsItem/packaging/marks")};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        if (sources[i] && sources[i]->value) {
            return sources[i]->value;
        }
    }
    return "N/M";
}

static const char *seals_of(struct lading *l, const struct fact *box) {
    const char *seals = NULL;
    for (const struct fact *seal = fact_at(box, "seal"); seal; seal = seal->next_same) {
        const char *number = fact_text(seal, "number");
        seals = number && seals ? arena_join(l->d.arena, seals, ", ", number) : number ? number : seals;
    }
    return seals;
}

static void add_marks(struct lading *l) {
    struct field field = open_field(l, "marks");
    unsigned shown = 0;
    add_line(&field, marks_of(l));
    for (const struct fact *box = lading_boxes(l); box && shown < CONTAINERS_ON_FACE; box = box->next_same, shown++) {
        const char *id = fact_text(box, "id");
        const char *size = fact_text(box, "sizeType");
        const char *seals = seals_of(l, box);
        add_line(&field, arena_printf(l->d.arena, "%s%s%s%s%s", id ? id : "", size ? " / " : "", size ? size : "",
                                      seals ? " / SEAL " : "", seals ? seals : ""));
        add_source(&field, fact_at(box, "id"));
    }
}

static const char *package_name(struct lading *l, const char *code) {
    const struct fact *row = code ? reference_code_row(l->d.k->reference, "Rec21", code, l->d.day) : NULL;
    const char *plural = fact_text(row, "plural");
    return plural ? paper_upper(l->d.arena, plural) : "PACKAGES";
}

static const char *first_package_type(const struct lading *l) {
    const char *code = fact_text(l->d.declaration, "goodsItem/packaging/type");
    return code ? code : fact_text(l->order, "goods/packageType");
}

static void add_description(struct lading *l) {
    struct field field = open_field(l, "description");
    const struct fact *from = NULL;
    const char *packages = lading_packages(l, &from);
    const char *kind = package_name(l, first_package_type(l));
    const struct fact *box = lading_boxes(l);
    unsigned boxes = 0;
    unsigned lines = 0;
    for (const struct fact *one = box; one; one = one->next_same) {
        boxes++;
    }
    if (packages) {
        add_line(&field, boxes ? arena_printf(l->d.arena, "%u CONTAINER%s S.T.C. %s %s", boxes, boxes > 1 ? "S" : "",
                                              packages, kind)
                               : arena_join(l->d.arena, packages, " ", kind));
    } else {
        open_for(&field, "number of packages – shipper");
    }
    for (const struct fact *item = fact_at(l->d.declaration, "goodsItem"); item && lines < DESCRIPTION_LINES;
         item = item->next_same, lines++) {
        add_line(&field, fact_text(item, "commodity/description"));
    }
    add_source(&field, fact_at(l->d.declaration, "goodsItem/commodity/description"));
    add_rules(&field, "L-715");
    if (boxes && !fact_is(l->order, "load", "LCL")) {
        add_line(&field, "SHIPPER'S LOAD, STOW, COUNT AND SEAL");
    }
    const char *freight = lading_freight(l);
    add_line(&field, freight ? arena_join(l->d.arena, "FREIGHT ", freight, "") : NULL);
    if (fact_count(l->d.declaration, "goodsItem") > 1) {
        add_line(&field, "CONTINUED ON ATTACHED RIDER No 1");
    }
}

static void add_measures(struct lading *l) {
    const struct fact *from = NULL;
    const char *gross = lading_gross(l, &from);
    const struct fact *volume = lading_volume(l);
    add_text_field(l, "grossMass", gross ? arena_join(l->d.arena, paper_mass(l->d.arena, gross), " KGS", "") : NULL,
                   from, "L-715", "gross mass – shipper");
    add_text_field(l, "measurement",
                   volume ? arena_join(l->d.arena, paper_mass(l->d.arena, volume->value), " CBM", "") : NULL, volume,
                   NULL, "measurement – shipper");
    const char *packages = lading_packages(l, &from);
    struct decimal number;
    const char *words =
        packages && decimal_parse(packages, strlen(packages), &number) ? words_cardinal(l->d.arena, &number) : NULL;
    add_text_field(
        l, "total",
        words ? arena_printf(l->d.arena, "%s (%s) %s ONLY", words, packages, package_name(l, first_package_type(l)))
              : NULL,
        from, NULL, "total in words – shipper");
}

/* ---- the lower half ---- */

static void add_terms(struct lading *l) {
    const char *freight = lading_freight(l);
    const char *place = lading_place(l, lading_port(l, "portOfLoading"));
    bool prepaid = freight && strcmp(freight, "PREPAID") == 0;
    add_text_field(l, "freight", freight ? arena_join(l->d.arena, "FREIGHT ", freight, ", AS ARRANGED") : NULL,
                   fact_at(l->order, "freight"), "L-721", "freight – shipper and carrier");
    add_text_field(l, "prepaidAt", prepaid ? place : NULL, NULL, NULL, NULL);
    add_text_field(l, "payableAt", freight && !prepaid ? lading_place(l, lading_port(l, "portOfDischarge")) : NULL,
                   NULL, NULL, NULL);
    add_text_field(l, "issue", NULL, NULL, NULL, "place and date of issue – carrier");
    add_text_field(l, "declaredValue", NULL, NULL, NULL, NULL);
}

static void add_on_board(struct lading *l) {
    struct field field = open_field(l, "onBoard");
    const struct fact *loaded = fact_at(l->loading, "loadedAt");
    const char *name = fact_text(lading_means(l), "name");
    const char *journey = fact_text(lading_means(l), "journey");
    if (loaded && loaded->value) {
        const char *day = arena_copy(l->d.arena, loaded->value, strcspn(loaded->value, "T"));
        add_line(&field, arena_printf(l->d.arena, "LADEN ON BOARD %s %s %s", paper_moment(l->d.arena, day),
                                      name ? name : "", journey ? journey : ""));
        add_source(&field, loaded);
        open_for(&field, "carrier confirms");
    } else {
        open_for(&field, "on-board date – carrier, when loaded");
    }
    add_rules(&field, "L-717");
}

static void add_rows(struct lading *l) {
    struct tree *tree = l->d.tree;
    for (const struct fact *item = fact_at(l->d.declaration, "goodsItem"); item; item = item->next_same) {
        struct fact *row = tree_add(tree, tree->root, "row", NULL);
        const char *count = sum_of(&l->d, fact_at(item, "packaging"), "count");
        tree_put(tree, row, "@n", fact_text(item, "@n"));
        tree_put(tree, row, "marks", fact_text(item, "packaging/marks"));
        tree_put(tree, row, "container", fact_text(item, "equipmentRef"));
        tree_put(tree, row, "packages",
                 count ? arena_join(l->d.arena, count, " ", package_name(l, fact_text(item, "packaging/type"))) : NULL);
        tree_put(tree, row, "description", paper_upper(l->d.arena, fact_text(item, "commodity/description")));
        tree_put(tree, row, "gross", paper_mass(l->d.arena, fact_text(item, "grossMass")));
    }
}

/* The annex: every field with a source, so that a person can compare it with the paper it was taken from. */
static void add_checks(struct lading *l) {
    struct tree *tree = l->d.tree;
    for (struct fact *field = tree->root->first, *last = tree->root->last; field; field = field->next) {
        if (fact_at(field, "@src") && fact_at(field, "line")) {
            struct fact *check = tree_add(tree, tree->root, "check", NULL);
            tree_link(tree, check, "@field", field->name);
            tree_put(tree, check, "@value", fact_text(field, "line"));
            tree_put(tree, check, "@src", fact_text(field, "@src"));
            tree_put(tree, check, "@rules", fact_text(field, "@rules"));
        }
        if (field == last) {
            break;
        }
    }
}

void lading_paper(struct lading *l) {
    struct tree *tree = l->d.tree;
    const char *booking = fact_text(l->order, "booking");
    bool complete = l->loading && fact_is(l->loading, "complete", "true");
    tree_link(tree, tree->root, "@state", complete ? "proposed" : "draft");
    tree_put(tree, tree->root, "@mrn", fact_text(l->d.declaration, "mrn"));
    tree_put(tree, tree->root, "@lrn", fact_text(l->d.declaration, "lrn"));
    add_party_field(l, "shipper", lading_shipper(l), "L-715", "shipper – exporter");
    add_text_field(l, "blNumber", NULL, NULL, NULL, "number – carrier");
    add_text_field(l, "booking", booking ? booking : fact_text(l->d.declaration, "transportReference/number"),
                   fact_at(l->order, "booking"), NULL, "booking number – carrier");
    add_references(l);
    add_consignee(l);
    add_party_field(l, "forwarder", fact_at(l->d.declaration, "agent"), NULL, NULL);
    add_text_field(l, "origin", country_name(l, fact_text(l->d.declaration, "exportCountry")),
                   fact_at(l->d.declaration, "exportCountry"), NULL, NULL);
    if (l->negotiable) {
        add_party_field(l, "notify", lading_notify(l), "L-723", "notify party – shipper");
    } else {
        add_text_field(l, "notify", "SAME AS CONSIGNEE", NULL, "L-723", NULL);
    }
    const struct fact *second = fact_at(l->order, "notify");
    add_party_field(l, "alsoNotify", second ? second->next_same : NULL, NULL, NULL);
    add_text_field(l, "deliveryAgent", NULL, NULL, NULL, "agent at destination – carrier");
    add_text_field(l, "preCarriage", NULL, NULL, NULL, NULL);
    add_text_field(l, "placeOfReceipt", lading_place(l, fact_at(l->order, "placeOfReceipt")),
                   fact_at(l->order, "placeOfReceipt"), NULL, NULL);
    add_kind(l);
    add_voyage(l);
    add_marks(l);
    add_description(l);
    add_measures(l);
    add_terms(l);
    add_on_board(l);
    add_text_field(l, "originals", lading_originals(l), fact_at(l->order, "originals"), NULL, NULL);
    add_text_field(l, "signature", NULL, NULL, NULL,
                   "carrier – name, capacity: carrier, agent for the carrier, or master");
    add_checks(l);
    add_rows(l);
}
