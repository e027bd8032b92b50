#include "drafts/settlement.h"

#include "base/arena.h"
#include "drafts/drafts.h"

#include <string.h>

/* ---- what the set is made from ---- */

const struct working *settling_working(const struct settling *s, const char *rule, const char *name) {
    return working_of(&s->workings, rule, name);
}

const char *settling_value(const struct settling *s, const char *rule, const char *name) {
    const struct working *working = settling_working(s, rule, name);
    return working ? working->value : NULL;
}

const struct fact *settling_bank(const struct settling *s, const char *role) {
    const struct fact *bank = fact_at(s->settlement, "bank");
    while (bank && !fact_is(bank, "@role", role)) {
        bank = bank->next_same;
    }
    return bank;
}

const struct fact *settling_drawer(const struct settling *s) {
    const struct fact *sources[] = {fact_at(s->credit, "beneficiary"), fact_at(s->settlement, "drawer"),
                                    fact_at(s->d.declaration, "exporter"), fact_at(s->invoice, "seller")};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        if (fact_at(sources[i], "name")) {
            return sources[i];
        }
    }
    return NULL;
}

/* Under a credit a bank, never the applicant (UCP 600 6(c)); in a collection the buyer. */
const struct fact *settling_drawee(const struct settling *s) {
    static const char *const roles[] = {"issuing", "nominated", "confirming"};
    const struct fact *named = fact_at(s->settlement, "drawee");
    if (!s->on_credit) {
        const struct fact *buyer = fact_at(s->invoice, "buyer");
        return buyer ? buyer : named;
    }
    for (size_t i = 0; !named && i < sizeof roles / sizeof *roles; i++) {
        named = settling_bank(s, roles[i]);
    }
    return named;
}

const char *settling_shipped(const struct settling *s, bool *estimated) {
    const char *shipped = settling_value(s, "L-743", "shipped");
    *estimated = !shipped;
    return shipped ? shipped : settling_value(s, "L-743", "soon");
}

const char *settling_last_day(const struct settling *s) {
    const char *limit = settling_value(s, "L-733", "limit");
    return limit ? limit : settling_value(s, "L-733", "estimate");
}

const char *settling_currency(const struct settling *s) {
    const char *currency = fact_text(s->credit, "amount/@currency");
    currency = currency ? currency : fact_text(s->settlement, "amount/@currency");
    return currency ? currency : fact_text(s->invoice, "currency");
}

static bool is_less(const char *left, const char *right) {
    struct decimal a;
    struct decimal b;
    return left && right && decimal_parse(left, strlen(left), &a) && decimal_parse(right, strlen(right), &b) &&
           decimal_compare(&a, &b) < 0;
}

/* What is invoiced, but no more than is left of the credit. */
const char *settling_drawn(const struct settling *s) {
    if (!s->on_credit) {
        return settling_value(s, "L-743", "payable");
    }
    const char *invoiced = settling_value(s, "L-735", "invoiced");
    const char *left = settling_value(s, "L-735", "available");
    left = left ? left : settling_value(s, "L-735", "most");
    return is_less(left, invoiced) ? left : invoiced;
}

const char *settling_invoices(const struct settling *s, const char *joint) {
    const char *all = NULL;
    for (const struct fact *invoice = s->invoice; invoice; invoice = next_paper(invoice)) {
        const char *number = fact_text(invoice, "number");
        all = all && number ? arena_join(s->d.arena, all, joint, number) : number ? number : all;
    }
    return all;
}

/* ---- what is drafted when (6.7) ---- */

static bool asks_for_draft(const struct settling *s) {
    for (const struct fact *asked = fact_at(s->settlement, "document"); asked; asked = asked->next_same) {
        if (fact_is(asked, "type", "draft")) {
            return true;
        }
    }
    return fact_at(s->credit, "drafts") != NULL;
}

/* Paid in full: the drawing is over. */
static bool is_settled(const struct settling *s) {
    const char *received = settling_value(s, "L-743", "received");
    const char *payable = settling_value(s, "L-743", "payable");
    return received && payable && !is_less(received, payable);
}

bool settling_draws(const struct settling *s) {
    bool asked = s->on_collection ||
                 (strcmp(s->method, "lc-usance") == 0 && !fact_is(s->credit, "availableBy", "deferred")) ||
                 (strcmp(s->method, "lc-sight") == 0 && asks_for_draft(s));
    return asked && s->loaded && !is_settled(s) && !first_visible(&s->d, "billOfExchange");
}

void draft_settlement(struct consignment *c, const struct knowledge *k) {
    static const char *const rules[] = {"L-731", "L-733", "L-735", "L-743"};
    struct tree tree;
    struct settling s = {.d = draft_open(c, k, &tree, "billOfExchange")};
    s.settlement = first_visible(&s.d, "settlement");
    s.method = fact_text(s.settlement, "method");
    if (!s.method) {
        return; /* no terms are known */
    }
    s.credit = fact_at(s.settlement, "credit");
    s.invoice = first_visible(&s.d, "invoice");
    s.on_credit = strncmp(s.method, "lc-", strlen("lc-")) == 0;
    s.on_collection = strcmp(s.method, "dp") == 0 || strcmp(s.method, "da") == 0;
    s.workings = rules_working(c, k, rules, sizeof rules / sizeof *rules);
    const char *loaded = settling_value(&s, "L-731", "loaded");
    s.loaded = loaded && strcmp(loaded, "true") == 0;
    if (settling_draws(&s)) {
        settling_bill(&s);
        draft_close(&s.d, "clearance/settlement/bill-of-exchange.xml", NULL);
    }
}
