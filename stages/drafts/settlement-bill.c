/* The bill of exchange as it would be drawn: FIRST and SECOND, dated and signed by the drawer (CATALOGUE-B 6.5). */
#include "base/arena.h"
#include "drafts/settlement.h"

#include <string.h>

static void put_text(struct settling *s, const char *name, const char *text, const struct fact *from,
                     const char *open) {
    if (text) {
        put_value(&s->d, s->d.tree->root, name, text, from);
    } else {
        put_open(&s->d, s->d.tree->root, name, open);
    }
}

/* ---- place and date ---- */

static const char *city_of(const struct settling *s) {
    const struct fact *sources[] = {settling_drawer(s), fact_at(s->d.declaration, "exporter"),
                                    fact_at(s->invoice, "seller")};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        const char *city = fact_text(sources[i], "address/city");
        if (city) {
            return paper_upper(s->d.arena, city);
        }
    }
    return NULL;
}

/* Not before the shipment, not after the last day of presentation: when, the drawer says. */
static void add_date(struct settling *s) {
    bool estimated;
    const char *shipped = settling_shipped(s, &estimated);
    const char *last = settling_last_day(s);
    const char *when = "";
    if (shipped) {
        when = arena_printf(s->d.arena, last ? ", %s to %s" : ", not before %s", paper_moment(s->d.arena, shipped),
                            paper_moment(s->d.arena, last));
    }
    struct fact *made =
        put_open(&s->d, s->d.tree->root, "date", arena_printf(s->d.arena, "drawer – date of presentation%s", when));
    tree_put(s->d.tree, made, "@earliest", shipped);
    tree_put(s->d.tree, made, "@latest", last);
}

/* ---- sum and tenor ---- */

static void add_sum(struct settling *s) {
    const char *drawn = settling_drawn(s);
    const char *currency = settling_currency(s);
    const char *words = drawn && currency ? paper_amount_words(&s->d, drawn, currency) : NULL;
    put_text(s, "amount", drawn, NULL, "drawer – amount");
    if (drawn && currency) {
        tree_put(s->d.tree, s->d.tree->root->last, "@currency", currency);
        put_text(s, "figures", paper_money(&s->d, drawn, currency), NULL, NULL);
    }
    put_text(s, "words", words, NULL, "drawer – amount in words");
}

/* What the days run from: "BILL OF LADING DATE 10 MAR 2026"; NULL: it is not known yet. */
static const char *start_of(const struct settling *s, const char *from) {
    bool estimated;
    if (strcmp(from, "bl-date") == 0) {
        const char *shipped = settling_shipped(s, &estimated);
        return shipped && !estimated
                   ? arena_join(s->d.arena, "BILL OF LADING DATE ", paper_moment(s->d.arena, shipped), "")
                   : NULL;
    }
    if (strcmp(from, "invoice-date") == 0) {
        const char *issued = fact_text(s->invoice, "issueDate");
        return issued ? arena_join(s->d.arena, "INVOICE DATE ", paper_moment(s->d.arena, issued), "") : NULL;
    }
    return "SIGHT"; /* and a bill that is due after acceptance is due after sight */
}

static const char *tenor_text(const struct settling *s) {
    const char *days = fact_text(s->settlement, "tenor/days");
    const char *from = fact_text(s->settlement, "tenor/from");
    bool at_sight = strcmp(s->method, "lc-sight") == 0 || strcmp(s->method, "dp") == 0;
    if (!days || !from) {
        return at_sight ? "AT SIGHT" : NULL;
    }
    if (strcmp(days, "0") == 0) {
        return "AT SIGHT";
    }
    const char *start = start_of(s, from);
    return start ? arena_printf(s->d.arena, "AT %s DAYS AFTER %s", days, start) : NULL;
}

static void add_tenor(struct settling *s, const char *text) {
    const struct fact *tenor = fact_at(s->settlement, "tenor");
    const char *maturity = settling_value(s, "L-743", "maturity");
    put_text(s, "tenor", text, tenor, "drawer – tenor");
    tree_put(s->d.tree, s->d.tree->root->last, "@days", fact_text(tenor, "days"));
    tree_put(s->d.tree, s->d.tree->root->last, "@from", fact_text(tenor, "from"));
    if (maturity && !fact_is(tenor, "days", "0")) {
        struct fact *made = put_value(&s->d, s->d.tree->root, "maturity", maturity, NULL);
        tree_add(s->d.tree, made, "@rules", "L-741");
        tree_put(s->d.tree, made, "@payable", settling_value(s, "L-743", "payableOn"));
    }
}

/* ---- the order to pay ---- */

/* To the bank that sends the papers; else to the drawer's own order, who then endorses. */
static const struct fact *payee_of(const struct settling *s) {
    const struct fact *remitting = settling_bank(s, "remitting");
    return remitting ? remitting : settling_bank(s, "nominated");
}

static void add_order(struct settling *s, const char *tenor) {
    static const char *const names[] = {"FIRST", "SECOND"};
    const struct fact *bank = payee_of(s);
    const char *payee = paper_upper(s->d.arena, fact_text(bank, "name"));
    if (payee) {
        put_party(&s->d, s->d.tree->root, "payee", bank);
    } else {
        put_party(&s->d, s->d.tree->root, "payee", settling_drawer(s));
        put_open(&s->d, s->d.tree->root, "endorsement", "drawer – endorsement");
    }
    for (size_t i = 0; i < 2; i++) {
        struct fact *made = tree_addf(
            s->d.tree, s->d.tree->root, "order",
            "%s of this %s BILL OF EXCHANGE (%s of the same tenor and date unpaid) pay to the order of %s the sum of",
            tenor ? tenor : "AT [OPEN: drawer – tenor]", names[i], names[1 - i], payee ? payee : "OURSELVES");
        tree_count(s->d.tree, made, "@n", i + 1);
    }
}

static void add_clauses(struct settling *s) {
    struct fact *root = s->d.tree->root;
    const char *invoices = settling_invoices(s, ", ");
    tree_add(s->d.tree, root, "clause", "FOR VALUE RECEIVED.");
    if (s->on_credit) {
        const char *bank = fact_text(settling_bank(s, "issuing"), "name");
        const char *number = fact_text(s->credit, "number");
        const char *issued = fact_text(s->credit, "issued");
        tree_addf(s->d.tree, root, "clause", "DRAWN UNDER %s L/C No %s%s%s.",
                  bank ? paper_upper(s->d.arena, bank) : "[OPEN: drawer – issuing bank]",
                  number ? number : "[OPEN: drawer – number]", issued ? " DATED " : "",
                  issued ? paper_moment(s->d.arena, issued) : "");
    } else {
        tree_addf(s->d.tree, root, "clause", "%s%s%s.", strcmp(s->method, "dp") == 0 ? "D/P" : "D/A",
                  invoices ? ", COVERING INVOICE " : "", invoices ? invoices : "");
    }
}

void settling_bill(struct settling *s) {
    struct fact *root = s->d.tree->root;
    const char *tenor = tenor_text(s);
    tree_add(s->d.tree, root, "@version", "1");
    tree_add(s->d.tree, root, "@state", "draft");
    put_text(s, "number", settling_invoices(s, "+"), fact_at(s->invoice, "number"), "drawer – number");
    put_text(s, "place", city_of(s), NULL, "drawer – place");
    add_date(s);
    add_sum(s);
    add_tenor(s, tenor);
    add_order(s, tenor);
    add_clauses(s);
    const struct fact *drawee = settling_drawee(s);
    if (drawee) {
        put_party(&s->d, root, "drawee", drawee);
    } else {
        put_open(&s->d, root, "drawee", "drawer – drawee");
    }
    put_party(&s->d, root, "drawer", settling_drawer(s));
    put_open(&s->d, root, "signature", "drawer – signature");
    put_declaration(&s->d);
    put_basis(&s->d);
}
