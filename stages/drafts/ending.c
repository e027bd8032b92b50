/* How supervision ends: the closure record of ordinary goods, the supervision record of those that stay
 * (CATALOGUE-A 8.4, 8.6). */
#include "base/arena.h"
#include "base/fold.h"
#include "drafts/drafts.h"
#include "drafts/parts.h"
#include "facts/supervised.h"
#include "reference/reference.h"

#include <string.h>

/* The register entry that an item draws on, among the papers of the bundle; NULL: none is here. */
static const struct fact *entry_of(const struct drafting *d, const struct fact *item, const struct fact **reference) {
    const struct fact *holders[] = {item, d->declaration};
    for (size_t h = 0; h < sizeof holders / sizeof *holders; h++) {
        for (const struct fact *named = fact_at(holders[h], "previousDocument"); named; named = named->next_same) {
            const char *number = fact_text(named, "number");
            for (const struct fact *entry = first_visible(d, "supervision"); entry && number;
                 entry = next_paper(entry)) {
                const char *other = fact_text(entry, "number");
                if (other && strcmp(fold_reference(d->arena, number), fold_reference(d->arena, other)) == 0) {
                    *reference = named;
                    return entry;
                }
            }
        }
    }
    return NULL;
}

static const char *discharge_words(const struct closing *closing) {
    return closing->closed_by && *closing->closed_by ? closing->closed_by : "exit, then the entry discharged";
}

void add_supervised_goods(struct drafting *d, struct fact *parent, const char *name) {
    for (const struct fact *item = fact_at(d->declaration, "goodsItem"); item; item = item->next_same) {
        struct closing closing = item_closing(d->k->reference, d->c->decision.profile, d->declaration, item, d->day);
        if (!closing.supervised) {
            continue;
        }
        const struct fact *reference = NULL;
        const struct fact *entry = entry_of(d, item, &reference);
        const struct fact *taken = fact_at(reference, "quantity");
        struct fact *made = put_value(d, parent, name, NULL, reference ? reference : fact_at(item, "procedure"));
        tree_put(d->tree, made, "@item", fact_text(item, "@n"));
        tree_put(d->tree, made, "@regime", fact_text(item, "regime"));
        tree_put(d->tree, made, "@register", fact_text(entry, "register"));
        tree_put(d->tree, made, "@number", fact_text(entry, "number"));
        tree_put(d->tree, made, "@line", fact_text(reference, "line"));
        tree_put(d->tree, made, "@due", fact_text(entry, "due"));
        put_field(d, made, "quantity", taken ? taken : fact_at(item, "netMass"));
        tree_link(d->tree, tree_link(d->tree, made, "discharge", discharge_words(&closing)), "@event", "exit");
    }
}

/* ---- closure ---- */

static const struct fact *last_of(const struct drafting *d, const char *type) {
    const struct fact *found = NULL;
    for (const struct fact *event = first_visible(d, "event"); event; event = next_paper(event)) {
        if (fact_is(event, "type", type)) {
            found = event;
        }
    }
    return found;
}

void draft_closure(struct consignment *c, const struct knowledge *k) {
    struct tree tree;
    struct drafting d = draft_open(c, k, &tree, "closure");
    const struct fact *closed = last_of(&d, "closed");
    const struct fact *ended = last_of(&d, "exited");
    ended = ended ? ended : last_of(&d, "certified");
    tree_link(&tree, tree.root, "@version", "1");
    tree_link(&tree, tree.root, "@verdict", closure_name(c->decision.closure));
    tree_put(&tree, tree.root, "@closedAt", fact_text(closed, "at"));
    put_declaration(&d);
    put_office(&d, tree.root, "office", fact_at(d.declaration, "office"));
    if (ended && fact_text(ended, "at")) {
        struct fact *made = put_value(&d, tree.root, "ended", NULL, fact_at(ended, "at"));
        tree_link(&tree, made, "@event", fact_text(ended, "type"));
        tree_link(&tree, made, "@at", fact_text(ended, "at"));
        tree_put(&tree, made, "@office", fact_text(ended, "office"));
    }
    bool ends_now = c->decision.closure == CLOSURE_CLOSABLE || c->decision.closure == CLOSURE_CLOSED;
    for (const struct fact *item = fact_at(d.declaration, "goodsItem"); item; item = item->next_same) {
        struct closing closing = item_closing(k->reference, c->decision.profile, d.declaration, item, d.day);
        struct fact *made = tree_link(&tree, tree.root, "item", closing.supervised ? discharge_words(&closing) : NULL);
        tree_put(&tree, made, "@n", fact_text(item, "@n"));
        tree_put(&tree, made, "@regime", fact_text(item, "regime"));
        tree_link(&tree, made, "@closes", closing.supervised ? "not" : ends_now ? "now" : "at-exit");
    }
    if (c->decision.closure == CLOSURE_NOT_CLOSABLE) {
        struct fact *holds = tree_add(&tree, tree.root, "holds", NULL);
        for (size_t i = 0; i < c->findings.count; i++) {
            if (c->findings.items[i].effect == EFFECT_HOLD_CLOSURE) {
                tree_link(&tree, holds, "rule", c->findings.items[i].rule);
            }
        }
    }
    put_basis(&d);
    draft_close(&d, "clearance/closure.xml", NULL);
}

void draft_supervision(struct consignment *c, const struct knowledge *k) {
    struct tree tree;
    struct drafting d = draft_open(c, k, &tree, "supervision");
    const struct fact *stamp = NULL;
    for (size_t i = 0; i < c->drafts.count; i++) {
        if (strcmp(c->drafts.items[i].path, "clearance/release.xml") == 0) {
            stamp = fact_at(c->drafts.items[i].tree.root, "stamp");
        }
    }
    tree_link(&tree, tree.root, "@version", "1");
    tree_put(&tree, tree.root, "@stamp", fact_text(stamp, "@number"));
    put_declaration(&d);
    put_office(&d, tree.root, "office", fact_at(d.declaration, "office"));
    const struct fact *entry = first_visible(&d, "supervision");
    put_party(&d, tree.root, "holder", fact_at(entry, "holder"));
    add_supervised_goods(&d, tree.root, "goods");
    for (size_t i = 0; i < c->claims.count; i++) {
        const struct claim *claim = &c->claims.items[i];
        if (strcmp(claim->reg, "entry") == 0) {
            /* The key is the number of the entry and, behind a blank, its line (S-517). */
            size_t length = strcspn(claim->key, " ");
            struct fact *made = tree_add(&tree, tree.root, "writeOff", NULL);
            tree_link(&tree, made, "@register", "supervision");
            tree_link(&tree, made, "@number", arena_copy(c->arena, claim->key, length));
            tree_put(&tree, made, "@line", claim->key[length] ? claim->key + length + 1 : NULL);
            tree_put(&tree, made, "@quantity", claim->amount);
            tree_link(&tree, made, "@rule", claim->rule);
        }
    }
    for (const struct fact *item = fact_at(d.declaration, "goodsItem"); item; item = item->next_same) {
        if (!item_closing(k->reference, c->decision.profile, d.declaration, item, d.day).supervised) {
            tree_put(&tree, tree_add(&tree, tree.root, "ordinary", NULL), "@item", fact_text(item, "@n"));
        }
    }
    put_basis(&d);
    draft_close(&d, "clearance/supervision.xml", NULL);
}
