/* The shipping instructions as DCSA eBL 3.0 (body of POST /v3/shipping-instructions; CATALOGUE-B 6.3). What is not
 * known stays visibly open where the standard wants something; lengths are those of its schema. */
#include "base/arena.h"
#include "drafts/lading.h"
#include "reference/reference.h"

#include <string.h>

enum {
    LINE = 35,
    LINES = 150,
    MARKS = 50,
    NAME = 70,
    ADDRESS_LINES = 5,
    PACKAGE_WORDS = 100,
    NOTIFY = 3,
    HS6 = 6,
    SEAL = 15
};

/* ---- members ---- */

static struct fact *object(struct lading *l, struct fact *parent, const char *name) {
    return tree_add(l->d.tree, parent, name, NULL);
}

static struct fact *list(struct lading *l, struct fact *parent, const char *name) {
    struct fact *made = object(l, parent, name);
    tree_link(l->d.tree, made, "@json", "list");
    return made;
}

static void raw(struct lading *l, struct fact *parent, const char *name, const char *form, const char *value) {
    tree_link(l->d.tree, tree_link(l->d.tree, parent, name, value), "@json", form);
}

static void flag(struct lading *l, struct fact *parent, const char *name, bool value) {
    raw(l, parent, name, "flag", value ? "true" : "false");
}

/* The length of at most so many characters of UTF-8. */
static size_t characters(const char *text, size_t most) {
    size_t at = 0;
    for (size_t count = 0; text[at]; at++) {
        count += ((unsigned char)text[at] & 0xC0) != 0x80;
        if (count > most) {
            break;
        }
    }
    return at;
}

static void put(struct lading *l, struct fact *parent, const char *name, const char *value, size_t most) {
    if (value && *value) {
        tree_put(l->d.tree, parent, name, arena_copy(l->d.arena, value, characters(value, most)));
    }
}

/* Lines of at most LINE characters, broken at words. */
static void put_lines(struct lading *l, struct fact *made, const char *text, unsigned most) {
    const char *upper = paper_upper(l->d.arena, text);
    while (upper && *upper && fact_count(made, "line") < most) {
        size_t length = characters(upper, LINE);
        size_t cut = length;
        while (upper[length] && cut > 0 && upper[cut] != ' ') {
            cut--;
        }
        cut = cut ? cut : length;
        put(l, made, "line", arena_copy(l->d.arena, upper, cut), LINE);
        upper += cut + strspn(upper + cut, " ");
    }
}

/* ---- parties ---- */

static bool has_address(const struct fact *address) {
    return fact_text(address, "city") && fact_text(address, "country") && fact_text(address, "line");
}

static void add_address(struct lading *l, struct fact *made, const struct fact *address) {
    if (has_address(address)) {
        struct fact *place = object(l, made, "address");
        put(l, place, "street", fact_text(address, "line"), NAME);
        put(l, place, "postCode", fact_text(address, "postcode"), 10);
        put(l, place, "city", fact_text(address, "city"), LINE);
        put(l, place, "countryCode", fact_text(address, "country"), 2);
        return;
    }
    struct fact *lines = list(l, made, "addressLines");
    for (const struct fact *line = fact_at(address, "line"); line; line = line->next_same) {
        put(l, lines, "line", fact_count(lines, "line") < ADDRESS_LINES ? line->value : NULL, 250);
    }
    if (!lines->last || !fact_at(lines, "line")) {
        put(l, lines, "line", "[OPEN: address - shipper]", 250);
    }
}

static void add_party(struct lading *l, struct fact *parent, const char *name, const struct fact *party) {
    struct fact *made = object(l, parent, name);
    const char *called = fact_text(party, "name");
    put(l, made, "partyName", called ? called : "[OPEN: name - shipper]", NAME);
    add_address(l, made, fact_at(party, "address"));
}

static void add_order(struct lading *l, struct fact *parties, const char *order) {
    static const char words[] = "TO ORDER OF ";
    bool blank = strncmp(order, words, sizeof words - 1) != 0 || strcmp(order + sizeof words - 1, "SHIPPER") == 0;
    if (!blank) {
        struct fact *made = object(l, parties, "endorsee");
        put(l, made, "partyName", order + sizeof words - 1, NAME);
        put(l, list(l, made, "addressLines"), "line", "[OPEN: address - shipper]", 250);
    }
}

static void add_notify(struct lading *l, struct fact *parties) {
    const struct fact *party = lading_notify(l);
    struct fact *made = party ? list(l, parties, "notifyParties") : NULL;
    for (unsigned n = 0; party && n < NOTIFY; n++, party = party->next_same) {
        add_party(l, made, "party", party);
    }
}

static void add_parties(struct lading *l, struct fact *root) {
    struct fact *parties = object(l, root, "documentParties");
    const char *order = lading_order(l);
    add_party(l, parties, "shipper", lading_shipper(l));
    if (order) {
        add_order(l, parties, order);
        add_notify(l, parties);
    } else {
        add_party(l, parties, "consignee", lading_consignee(l));
    }
}

/* ---- goods ---- */

static void add_codes(struct lading *l, struct fact *item) {
    struct fact *codes = list(l, item, "HSCodes");
    for (const struct fact *goods = fact_at(l->d.declaration, "goodsItem"); goods; goods = goods->next_same) {
        const char *code = fact_text(goods, "commodity/hs6");
        const struct fact *known = fact_at(codes, "code");
        while (known && code && !(known->value && strcmp(known->value, code) == 0)) {
            known = known->next_same;
        }
        if (code && strlen(code) == HS6 && !known) {
            put(l, codes, "code", code, HS6);
        }
    }
}

static void add_measure(struct lading *l, struct fact *parent, const char *name, const char *value, const char *unit) {
    if (value) {
        struct fact *made = object(l, parent, name);
        raw(l, made, "value", "number", value);
        put(l, made, "unit", unit, 3);
    }
}

static void add_packages(struct lading *l, struct fact *cargo, const char *count) {
    const char *code = fact_text(l->d.declaration, "goodsItem/packaging/type");
    const struct fact *row = code ? reference_code_row(l->d.k->reference, "Rec21", code, l->d.day) : NULL;
    const char *words = fact_text(row, "plural");
    struct fact *made = object(l, cargo, "outerPackaging");
    put(l, made, "packageCode", row ? code : NULL, 2);
    if (count) {
        raw(l, made, "numberOfPackages", "number", count);
    }
    put(l, made, "description", words ? words : "packages", PACKAGE_WORDS);
}

/* What lies in a container: what its own row says; where there is but one, all that is shipped. */
static void add_cargo(struct lading *l, struct fact *cargoes, const struct fact *box, bool alone) {
    const struct fact *from;
    const char *gross = fact_text(box, "grossMass");
    const char *packages = fact_text(box, "packages");
    const struct fact *volume = lading_volume(l);
    struct fact *made = object(l, cargoes, "cargo");
    put(l, made, "equipmentReference", fact_text(box, "id"), 11);
    add_measure(l, made, "cargoGrossWeight", gross || !alone ? gross : lading_gross(l, &from), "KGM");
    add_measure(l, made, "cargoGrossVolume", volume && alone ? volume->value : NULL, "MTQ");
    add_packages(l, made, packages || !alone ? packages : lading_packages(l, &from));
}

static void add_goods(struct lading *l, struct fact *root, const struct fact *boxes) {
    const char *booking = fact_text(l->order, "booking");
    const char *mrn = fact_text(l->d.declaration, "mrn");
    struct fact *item = object(l, list(l, root, "consignmentItems"), "item");
    put(l, item, "carrierBookingReference", booking ? booking : "[OPEN: booking - carrier]", LINE);
    struct fact *description = list(l, item, "descriptionOfGoods");
    for (const struct fact *goods = fact_at(l->d.declaration, "goodsItem"); goods; goods = goods->next_same) {
        put_lines(l, description, fact_text(goods, "commodity/description"), LINES);
    }
    add_codes(l, item);
    struct fact *marks = list(l, item, "shippingMarks");
    for (const struct fact *goods = fact_at(l->d.declaration, "goodsItem"); goods; goods = goods->next_same) {
        put_lines(l, marks, fact_text(goods, "packaging/marks"), MARKS);
    }
    struct fact *cargoes = list(l, item, "cargoItems");
    for (const struct fact *box = boxes; box; box = box->next_same) {
        add_cargo(l, cargoes, box, boxes->next_same == NULL);
    }
    if (mrn) {
        struct fact *reference = object(l, list(l, item, "customsReferences"), "reference");
        put(l, reference, "type", "MRN", 50);
        put(l, reference, "countryCode", fact_text(l->d.declaration, "exportCountry"), 2);
        put(l, list(l, reference, "values"), "value", mrn, LINE);
    }
}

static const char *seal_source(const char *issuer) {
    static const char *const sources[][2] = {
        {"carrier", "CAR"}, {"shipper", "SHI"}, {"veterinary", "VET"}, {"customs", "CUS"}};
    for (size_t i = 0; issuer && i < sizeof sources / sizeof *sources; i++) {
        if (strcmp(issuer, sources[i][0]) == 0) {
            return sources[i][1];
        }
    }
    return NULL;
}

static void add_equipment(struct lading *l, struct fact *root, const struct fact *boxes) {
    struct fact *all = list(l, root, "utilizedTransportEquipments");
    for (const struct fact *box = boxes; box; box = box->next_same) {
        struct fact *made = object(l, all, "equipment");
        flag(l, made, "isShipperOwned", false);
        put(l, made, "equipmentReference", fact_text(box, "id"), 11);
        struct fact *seals = list(l, made, "seals");
        for (const struct fact *seal = fact_at(box, "seal"); seal; seal = seal->next_same) {
            struct fact *one = object(l, seals, "seal");
            put(l, one, "number", fact_text(seal, "number"), SEAL);
            put(l, one, "source", seal_source(fact_text(seal, "issuer")), 3);
        }
        if (!fact_at(seals, "seal")) {
            put(l, object(l, seals, "seal"), "number", "[OPEN: shipper]", SEAL);
        }
    }
}

/* ---- terms ---- */

static void add_place(struct lading *l, struct fact *root, const char *name, const char *port) {
    const char *shown = lading_place(l, lading_port(l, port));
    if (shown) {
        put_lines(l, list(l, root, name), shown, ADDRESS_LINES);
    }
}

/* Who can be asked; the shipper fills what nobody wrote down. */
static void add_contact(struct lading *l, struct fact *root) {
    struct fact *made = object(l, list(l, root, "partyContactDetails"), "contact");
    const char *name = fact_text(lading_shipper(l), "name");
    put(l, made, "name", name ? name : "[OPEN: contact - shipper]", LINE);
    put(l, made, "phone", "[OPEN: phone - shipper]", 30);
}

/* The zone of the EU's import control: its customs territory, Norway and Switzerland. */
static bool in_safety_zone(const struct lading *l) {
    const char *country = fact_text(l->d.declaration, "destinationCountry");
    const struct fact *row = reference_code_row(l->d.k->reference, "Area", "ICS2", l->d.day);
    const char *members = fact_text(row, "country");
    return country && members && strstr(members, country);
}

static void add_terms(struct lading *l, struct fact *root) {
    const char *freight = lading_freight(l);
    bool prepaid = !freight || strcmp(freight, "PREPAID") == 0;
    const char *loading = fact_text(lading_port(l, "portOfLoading"), "locode");
    const char *discharge = fact_text(lading_port(l, "portOfDischarge"), "locode");
    put(l, root, "transportDocumentTypeCode", l->negotiable ? "BOL" : "SWB", 3);
    flag(l, root, "isShippedOnBoardType", true);
    put(l, root, "freightPaymentTermCode", prepaid ? "PRE" : "COL", 3);
    flag(l, root, "isElectronic", false);
    flag(l, root, "isToOrder", l->negotiable);
    if (l->negotiable) {
        raw(l, root, "numberOfOriginalsWithoutCharges", "number", lading_originals(l));
    }
    add_place(l, root, "displayedNameForPortOfLoad", "portOfLoading");
    add_place(l, root, "displayedNameForPortOfDischarge", "portOfDischarge");
    if (prepaid ? loading : discharge) {
        put(l, object(l, root, "invoicePayableAt"), "UNLocationCode", prepaid ? loading : discharge, 5);
    }
    add_contact(l, root);
    flag(l, root, "isCargoDeliveredInICS2Zone", in_safety_zone(l));
    if (freight) {
        put(l, list(l, root, "requestedCarrierClauses"), "clause", arena_printf(l->d.arena, "FREIGHT %s", freight),
            100);
    }
}

/* Weights of containers that nobody told apart cannot be left open in a number: then nothing is drafted. */
static bool can_be_said(const struct lading *l, const struct fact *boxes) {
    bool alone = boxes && !boxes->next_same;
    for (const struct fact *box = boxes; box; box = box->next_same) {
        if (!fact_text(box, "id") || (!alone && (!fact_text(box, "grossMass") || !fact_text(box, "packages")))) {
            return false;
        }
    }
    return boxes && fact_text(l->d.declaration, "goodsItem/commodity/hs6") &&
           fact_text(l->d.declaration, "goodsItem/commodity/description");
}

bool lading_instructions(struct lading *l) {
    const struct fact *boxes = lading_boxes(l);
    struct fact *root = l->d.tree->root;
    if (!can_be_said(l, boxes)) {
        return false;
    }
    add_terms(l, root);
    add_parties(l, root);
    add_goods(l, root, boxes);
    add_equipment(l, root, boxes);
    return true;
}
