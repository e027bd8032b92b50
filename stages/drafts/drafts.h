/* The papers that a decision produces (CATALOGUE-A 8.6, CATALOGUE-B 6): one builder each, trees of the schemas under
 * schemas/records. What nobody has said yet stays visibly open (@open): the program never signs, and never invents
 * a number that another party assigns.
 */
#ifndef TW_DRAFTS_DRAFTS_H
#define TW_DRAFTS_DRAFTS_H

struct consignment;
struct knowledge;

/* Each adds its draft to the consignment; it is called where the decision asks for it. */
void draft_release(struct consignment *c, const struct knowledge *k);
void draft_closure(struct consignment *c, const struct knowledge *k);
void draft_supervision(struct consignment *c, const struct knowledge *k);
void draft_rejection(struct consignment *c, const struct knowledge *k);
void draft_referral(struct consignment *c, const struct knowledge *k);
void draft_timeline(struct consignment *c, const struct knowledge *k);
/* The loading certificate, and its copy where one was asked for: from the release record, which is drafted before. */
void draft_certificate(struct consignment *c, const struct knowledge *k);
void draft_lading(struct consignment *c, const struct knowledge *k);
/* The settlement set, where terms of payment are known; after the other papers, which it lists. */
void draft_settlement(struct consignment *c, const struct knowledge *k);

#endif
