/* The bill of lading draft: its fields, each with what it takes from which paper (CATALOGUE-B 6.4).
 *
 * The fields are the tree `paper` of the draft, which the page shows; the UBL BillOfLading is made from the same
 * facts. Shape of the paper, in the order of the face:
 *   paper @state(draft|proposed) @fingerprint @riders
 *     shipper blNumber booking references consignee forwarder origin notify alsoNotify deliveryAgent preCarriage
 *     placeOfReceipt kind vessel portOfLoading portOfDischarge placeOfDelivery marks description grossMass
 *     measurement total freight prepaidAt payableAt issue declaredValue onBoard originals signature
 *         each: line*, @open (who fills it), @src ("d3:12"), @rules
 *     row*    one per goods item: marks container packages description gross
 *     check*  the checking annex: @field @value @src @rules
 */
#ifndef TW_DRAFTS_LADING_H
#define TW_DRAFTS_LADING_H

#include "drafts/parts.h"

/* What the fields are chosen from. */
struct lading {
    struct drafting d;             /* d.tree is the tree in work */
    const struct fact *order;      /* the shipping order, booking or bill that names the voyage; NULL: none */
    const struct fact *loading;    /* the loading record; NULL: not loaded */
    const struct fact *settlement; /* NULL: no terms known */
    const struct fact *packing, *invoice;
    bool negotiable; /* an order bill; else straight, or a waybill */
};

void lading_choose(struct lading *lading);

/* Facts by the catalogue's order of sources; NULL: none of them says it. */
const struct fact *lading_shipper(const struct lading *lading);
const struct fact *lading_consignee(const struct lading *lading); /* a party; NULL: to order, see lading_order */
const char *lading_order(struct lading *lading);                  /* "TO ORDER OF …"; NULL: straight */
const struct fact *lading_notify(const struct lading *lading);
const struct fact *lading_means(const struct lading *lading);
const struct fact *lading_port(const struct lading *lading, const char *name);
const char *lading_freight(const struct lading *lading); /* "PREPAID", "COLLECT"; NULL: not known */
const char *lading_originals(const struct lading *lading);
const char *lading_gross(struct lading *lading, const struct fact **from);
const char *lading_packages(struct lading *lading, const struct fact **from);
const struct fact *lading_volume(const struct lading *lading);
const struct fact *lading_boxes(const struct lading *lading); /* the first container; NULL: none */
/* Name of a place as papers write it: its name, else its code. */
const char *lading_place(struct lading *lading, const struct fact *place);

void lading_paper(struct lading *lading); /* lading-paper.c */
void lading_ubl(struct lading *lading);   /* lading-ubl.c */
/* lading-instructions.c. False: what the standard wants as a number is not known; nothing is made. */
bool lading_instructions(struct lading *lading);

#endif
