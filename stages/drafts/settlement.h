/* The settlement set: bill of exchange, presentation checklist, covering schedule or collection instruction
 * (CATALOGUE-B 6.5 to 6.7). Files of it share what it is made from.
 *
 * Arithmetic  Dates and limits are those that rules reckoned with (rules/working.h); none is computed here.
 */
#ifndef TW_DRAFTS_SETTLEMENT_H
#define TW_DRAFTS_SETTLEMENT_H

#include "drafts/parts.h"
#include "rules/working.h"

struct settling {
    struct drafting d; /* d.tree is the tree in work */
    const struct fact *settlement, *credit, *invoice;
    const char *method; /* "lc-sight" … */
    bool on_credit, on_collection, loaded;
    struct workings workings;
};

/* A bill of exchange that the set drafts: the method asks for one, the bundle brings none, the goods are loaded. */
bool settling_draws(const struct settling *s);
void settling_bill(struct settling *s); /* settlement-bill.c */

/* ---- shared: settlement.c ---- */

const struct working *settling_working(const struct settling *s, const char *rule, const char *name);
const char *settling_value(const struct settling *s, const char *rule, const char *name); /* NULL: not known */
const struct fact *settling_bank(const struct settling *s, const char *role);             /* NULL: none has it */
const struct fact *settling_drawer(const struct settling *s);
const struct fact *settling_drawee(const struct settling *s);
/* Date of shipment; before there is a bill, that of the loading or the planned departure, and *estimated. */
const char *settling_shipped(const struct settling *s, bool *estimated);
const char *settling_last_day(const struct settling *s); /* L, as estimated as the date of shipment */
const char *settling_drawn(const struct settling *s);    /* what this drawing asks for */
const char *settling_currency(const struct settling *s);
/* Numbers of all invoices of the drawing, joined; NULL: none has a number. */
const char *settling_invoices(const struct settling *s, const char *joint);

#endif
