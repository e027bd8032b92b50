/* The bill of lading as UBL BillOfLading, valid against UBL 2.1 to 2.4; the order of elements is that of its schema. */
#include "base/arena.h"
#include "drafts/lading.h"

#include <string.h>

static struct fact *group(struct lading *l, struct fact *parent, const char *name) {
    return tree_add(l->d.tree, parent, name, NULL);
}

static void text(struct lading *l, struct fact *parent, const char *name, const char *value) {
    tree_put(l->d.tree, parent, name, value);
}

static void coded(struct lading *l, struct fact *parent, const char *name, const char *value, const char *attribute,
                  const char *code) {
    if (value && *value) {
        tree_link(l->d.tree, tree_link(l->d.tree, parent, name, value), attribute, code);
    }
}

/* Groups that turn out to hold nothing are not printed: UBL has no empty elements. */
static void drop_empty(struct fact *made) {
    if (!made->first && !made->value) {
        tree_remove(made);
    }
}

static void add_address(struct lading *l, struct fact *party, const struct fact *address) {
    if (!address) {
        return;
    }
    struct fact *made = group(l, party, "cac:PostalAddress");
    text(l, made, "cbc:CityName", fact_text(address, "city"));
    text(l, made, "cbc:PostalZone", fact_text(address, "postcode"));
    for (const struct fact *line = fact_at(address, "line"); line; line = line->next_same) {
        text(l, group(l, made, "cac:AddressLine"), "cbc:Line", line->value);
    }
    const char *country = fact_text(address, "country");
    if (country) {
        text(l, group(l, made, "cac:Country"), "cbc:IdentificationCode", country);
    }
    drop_empty(made);
}

static void add_party(struct lading *l, struct fact *parent, const char *name, const struct fact *party) {
    const char *called = fact_text(party, "name");
    const struct fact *id = fact_at(party, "id");
    if (!called && !id) {
        return;
    }
    struct fact *made = group(l, parent, name);
    if (id && id->value) {
        const char *scheme = fact_text(id, "@scheme");
        coded(l, group(l, made, "cac:PartyIdentification"), "cbc:ID", id->value, "@schemeID",
              scheme ? scheme : "OTHER");
    }
    if (called) {
        text(l, group(l, made, "cac:PartyName"), "cbc:Name", called);
    }
    add_address(l, made, fact_at(party, "address"));
}

static void add_consignee(struct lading *l, struct fact *consignment) {
    const char *order = lading_order(l);
    if (order) {
        text(l, group(l, group(l, consignment, "cac:ConsigneeParty"), "cac:PartyName"), "cbc:Name", order);
    } else {
        add_party(l, consignment, "cac:ConsigneeParty", lading_consignee(l));
    }
}

static void add_port(struct lading *l, struct fact *stage, const char *name, const struct fact *port) {
    const char *code = fact_text(port, "locode");
    const char *called = lading_place(l, port);
    if (!code && !called) {
        return;
    }
    struct fact *made = group(l, stage, name);
    coded(l, made, "cbc:ID", code, "@schemeID", "UNLOCODE");
    text(l, made, "cbc:Name", called);
}

static void add_stage(struct lading *l, struct fact *consignment) {
    const struct fact *means = lading_means(l);
    const char *mode = fact_text(means, "mode");
    const char *name = fact_text(means, "name");
    const char *id = fact_text(means, "id");
    struct fact *stage = group(l, consignment, "cac:MainCarriageShipmentStage");
    text(l, stage, "cbc:TransportModeCode", mode ? mode : "1");
    if (name || id || fact_text(means, "journey")) {
        struct fact *made = group(l, stage, "cac:TransportMeans");
        text(l, made, "cbc:JourneyID", fact_text(means, "journey"));
        if (name || id) {
            struct fact *vessel = group(l, made, "cac:MaritimeTransport");
            coded(l, vessel, "cbc:VesselID", id, "@schemeID", "IMO");
            text(l, vessel, "cbc:VesselName", name);
        }
    }
    add_port(l, stage, "cac:LoadingPortLocation", lading_port(l, "portOfLoading"));
    add_port(l, stage, "cac:UnloadingPortLocation", lading_port(l, "portOfDischarge"));
    const char *loaded = fact_text(l->loading, "loadedAt");
    if (loaded) {
        text(l, group(l, stage, "cac:LoadingTransportEvent"), "cbc:OccurrenceDate",
             arena_copy(l->d.arena, loaded, strcspn(loaded, "T")));
    }
}

static void add_measure(struct lading *l, struct fact *parent, const char *name, const struct fact *from,
                        const char *unit) {
    if (from && from->value) {
        const char *said = fact_text(from, "@unit");
        coded(l, parent, name, from->value, "@unitCode", said ? said : unit);
    }
}

static void add_container(struct lading *l, struct fact *unit, const struct fact *box) {
    struct fact *made = group(l, unit, "cac:TransportEquipment");
    text(l, made, "cbc:ID", fact_text(box, "id"));
    text(l, made, "cbc:SizeTypeCode", fact_text(box, "sizeType"));
    add_measure(l, made, "cbc:GrossWeightMeasure", fact_at(box, "grossMass"), "KGM");
    for (const struct fact *seal = fact_at(box, "seal"); seal; seal = seal->next_same) {
        if (fact_text(seal, "number")) {
            text(l, group(l, made, "cac:TransportEquipmentSeal"), "cbc:ID", fact_text(seal, "number"));
        }
    }
}

static void add_goods(struct lading *l, struct fact *unit, const struct fact *item) {
    struct fact *made = group(l, unit, "cac:GoodsItem");
    text(l, made, "cbc:SequenceNumberID", fact_text(item, "@n"));
    text(l, made, "cbc:Description", paper_upper(l->d.arena, fact_text(item, "commodity/description")));
    add_measure(l, made, "cbc:GrossWeightMeasure", fact_at(item, "grossMass"), "KGM");
    const char *hs6 = fact_text(item, "commodity/hs6");
    if (hs6) {
        struct fact *class = group(l, group(l, made, "cac:Item"), "cac:CommodityClassification");
        coded(l, class, "cbc:CommodityCode", hs6, "@listID", "HS");
    }
    for (const struct fact *packaging = fact_at(item, "packaging"); packaging; packaging = packaging->next_same) {
        struct fact *package = group(l, made, "cac:ContainingPackage");
        text(l, package, "cbc:Quantity", fact_text(packaging, "count"));
        text(l, package, "cbc:PackagingTypeCode", fact_text(packaging, "type"));
        drop_empty(package);
    }
}

static void add_unit(struct lading *l, struct fact *consignment) {
    const struct fact *from = NULL;
    struct fact *unit = group(l, consignment, "cac:TransportHandlingUnit");
    const struct fact *boxes = lading_boxes(l);
    text(l, unit, "cbc:TotalPackageQuantity", lading_packages(l, &from));
    text(l, unit, "cbc:ShippingMarks", fact_text(l->d.declaration, "goodsItem/packaging/marks"));
    for (; boxes; boxes = boxes->next_same) {
        add_container(l, unit, boxes);
    }
    for (const struct fact *item = fact_at(l->d.declaration, "goodsItem"); item; item = item->next_same) {
        add_goods(l, unit, item);
    }
}

static void add_consignment(struct lading *l, struct fact *shipment) {
    const struct fact *from = NULL;
    const char *ucr = fact_text(l->d.declaration, "ucr");
    const char *freight = lading_freight(l);
    bool boxes = fact_at(l->d.declaration, "equipment") || fact_at(l->order, "equipment");
    struct fact *made = group(l, shipment, "cac:Consignment");
    coded(l, made, "cbc:ID", ucr ? ucr : "1", "@schemeID", ucr ? "UCR" : "SEQUENCE");
    coded(l, made, "cbc:GrossWeightMeasure", lading_gross(l, &from), "@unitCode", "KGM");
    add_measure(l, made, "cbc:GrossVolumeMeasure", lading_volume(l), "MTQ");
    text(l, made, "cbc:Remarks", freight ? arena_join(l->d.arena, "FREIGHT ", freight, "") : NULL);
    text(l, made, "cbc:ContainerizedIndicator", boxes ? "true" : "false");
    text(l, made, "cbc:TotalPackagesQuantity", lading_packages(l, &from));
    add_consignee(l, made);
    if (l->negotiable) {
        add_party(l, made, "cac:NotifyParty", lading_notify(l));
    }
    const char *term = fact_text(l->invoice, "incoterm");
    term = term ? term : fact_text(l->d.declaration, "tradeTerms/incoterm");
    if (term) {
        text(l, group(l, made, "cac:DeliveryTerms"), "cbc:ID", term);
    }
    add_stage(l, made);
    add_unit(l, made);
}

static void add_distribution(struct lading *l) {
    struct fact *made = group(l, l->d.tree->root, "cac:DocumentDistribution");
    text(l, made, "cbc:PrintQualifier", "ORIGINAL");
    text(l, made, "cbc:MaximumCopiesNumeric", lading_originals(l));
    text(l, made, "cbc:MaximumOriginalsNumeric", lading_originals(l));
    add_party(l, made, "cac:Party", lading_shipper(l));
}

void lading_ubl(struct lading *l) {
    struct fact *root = l->d.tree->root;
    const char *mrn = fact_text(l->d.declaration, "mrn");
    const char *lrn = fact_text(l->d.declaration, "lrn");
    tree_link(l->d.tree, root, "@xmlns:cac",
              "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2");
    tree_link(l->d.tree, root, "@xmlns:cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2");
    text(l, root, "cbc:UBLVersionID", "2.2");
    text(l, root, "cbc:CustomizationID", "urn:tidewaiter:draft:bill-of-lading:1");
    text(l, root, "cbc:ID", arena_join(l->d.arena, "DRAFT-", mrn ? mrn : lrn ? lrn : "OPEN", "-1"));
    text(l, root, "cbc:Name", "Draft bill of lading");
    text(l, root, "cbc:Note",
         "Draft, not negotiable, not a document of title. Number, place and date of issue, "
         "on-board date and signature are left to the carrier.");
    text(l, root, "cbc:DocumentStatusCode", "DRAFT");
    text(l, root, "cbc:ShippingOrderID", fact_text(l->order, "shippingOrder"));
    text(l, root, "cbc:ToOrderIndicator", l->negotiable ? "true" : "false");
    add_party(l, root, "cac:ConsignorParty", lading_shipper(l));
    const struct fact *carrier = fact_at(l->order, "carrier");
    add_party(l, root, "cac:CarrierParty", carrier ? carrier : fact_at(l->d.declaration, "carrier"));
    struct fact *shipment = group(l, root, "cac:Shipment");
    text(l, shipment, "cbc:ID", "1");
    add_consignment(l, shipment);
    if (mrn) {
        struct fact *reference = group(l, root, "cac:DocumentReference");
        text(l, reference, "cbc:ID", mrn);
        coded(l, reference, "cbc:DocumentTypeCode", "830", "@listID", "UNCL1001");
    }
    add_distribution(l);
}
