/* What a declaration that is not released gets instead of papers: the ground of a rejection, the evidence of a
 * referral (CATALOGUE-A 8.6). */
#include "base/arena.h"
#include "drafts/drafts.h"
#include "drafts/parts.h"
#include "pages/record.h"

#include <string.h>

static void add_words(struct drafting *d, struct fact *parent, const struct finding *f) {
    tree_words(d->tree, parent, "message", f->message, f->message_zh);
}

static void add_ground(struct drafting *d, const struct finding *f) {
    struct fact *made = tree_add(d->tree, d->tree->root, "ground", NULL);
    tree_link(d->tree, made, "@rule", f->rule);
    add_words(d, made, f);
    record_location(d->tree, made, "subject", &f->subject);
    tree_put(d->tree, made, "observed", f->observed);
    tree_put(d->tree, made, "expected", f->expected);
    tree_put(d->tree, made, "law", f->source);
    tree_words(d->tree, made, "mend", f->mend, f->mend_zh);
    tree_put(d->tree, made, "who", f->who);
}

/* The findings that a gate rests on: those of the structure, on the document that it names. */
static bool belongs_to_gate(const struct consignment *c, const struct finding *f) {
    return c->gate && strncmp(f->rule, "X-00", 4) == 0 && f->subject.document == c->gate_place.document &&
           (strcmp(f->rule, "X-001") == 0 || strcmp(f->rule, "X-002") == 0);
}

void draft_rejection(struct consignment *c, const struct knowledge *k) {
    struct tree tree;
    struct drafting d = draft_open(c, k, &tree, "rejection");
    bool any = false;
    tree_link(&tree, tree.root, "@version", "1");
    tree_put(&tree, tree.root, "@gate", c->gate);
    put_declaration(&d);
    put_office(&d, tree.root, "office", fact_at(d.declaration, "office"));
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *f = &c->findings.items[i];
        if (belongs_to_gate(c, f) || (!c->gate && f->effect == EFFECT_REJECT && !f->waived)) {
            add_ground(&d, f);
            any = true;
        }
    }
    if (!any) {
        struct fact *made = tree_add(&tree, tree.root, "ground", NULL);
        tree_link(&tree, made, "@rule", c->gate ? c->gate : "-");
        tree_put(&tree, made, "message", c->decision.reason);
        if (c->gate_place.document) {
            record_location(&tree, made, "subject", &c->gate_place);
        }
    }
    put_basis(&d);
    draft_close(&d, "clearance/rejection.xml", NULL);
}

static void add_suspicion(struct drafting *d, const struct finding *f) {
    struct fact *made = tree_add(d->tree, d->tree->root, "suspicion", NULL);
    tree_link(d->tree, made, "@rule", f->rule);
    tree_words(d->tree, made, "title", f->title, f->title_zh);
    add_words(d, made, f);
    record_location(d->tree, made, "evidence", &f->subject);
    for (size_t i = 0; i < f->against_count; i++) {
        record_location(d->tree, made, "evidence", &f->against[i]);
    }
    tree_put(d->tree, made, "observed", f->observed);
    tree_put(d->tree, made, "expected", f->expected);
    tree_put(d->tree, made, "law", f->source);
}

static void add_evidence_documents(struct drafting *d) {
    for (size_t i = 0; i < d->c->documents.count; i++) {
        const struct document *document = d->c->documents.items[i];
        struct fact *made = tree_add(d->tree, d->tree->root, "document", NULL);
        tree_link(d->tree, made, "@id", document->id);
        tree_link(d->tree, made, "@path", document->path);
        tree_link(d->tree, made, "@sha256", document->sha256);
    }
}

void draft_referral(struct consignment *c, const struct knowledge *k) {
    static const char *const parties[] = {"exporter", "declarant", "agent", "consignee", "owner"};
    struct tree tree;
    struct drafting d = draft_open(c, k, &tree, "referral");
    tree_link(&tree, tree.root, "@version", "1");
    put_declaration(&d);
    put_office(&d, tree.root, "office", fact_at(d.declaration, "office"));
    for (size_t i = 0; i < sizeof parties / sizeof *parties; i++) {
        const struct fact *party = fact_at(d.declaration, parties[i]);
        if (party) {
            put_party(&d, tree.root, "party", party);
            tree_link(&tree, fact_at(tree.root, "party")->last_same, "@role", parties[i]);
        }
    }
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *f = &c->findings.items[i];
        if (f->effect == EFFECT_REFER && !f->waived) {
            add_suspicion(&d, f);
        }
    }
    add_evidence_documents(&d);
    struct fact *stay = tree_add(&tree, tree.root, "goodsStay", NULL);
    put_field(&d, stay, "location", fact_at(d.declaration, "goodsLocation/id"));
    for (const struct fact *box = fact_at(d.declaration, "equipment"); box; box = box->next_same) {
        tree_put(&tree, stay, "container", fact_text(box, "id"));
    }
    for (const struct fact *item = fact_at(d.declaration, "goodsItem"); item; item = item->next_same) {
        tree_put(&tree, stay, "item", fact_text(item, "@n"));
    }
    put_basis(&d);
    draft_close(&d, "clearance/referral.xml", NULL);
}
