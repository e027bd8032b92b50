/* The declarant's copy of a referral, outside the container: what policy refer.disclose allows and no more. "codes":
 * the rules by number, what may be mended, what is wanted; "full": with titles and messages; "none": no page. No risk
 * indicator, no register, no evidence (PAGES 3, POLICY 2). */
#include "base/arena.h"
#include "consignment.h"
#include "knowledge.h"
#include "pages/page-kinds.h"
#include "pages/page-parts.h"
#include "reference/reference.h"

#include <string.h>

static bool discloses(const struct consignment *c, const struct knowledge *k, const char *what) {
    return k->reference && policy_is(reference_policy(k->reference), c->decision.profile, "refer.disclose", what);
}

bool page_declarant_wanted(const struct consignment *c, const struct knowledge *k) {
    return c->decision.outcome == OUTCOME_REFER && k->reference && !discloses(c, k, "none");
}

/* A suspicion is told by its number; other findings are what the declarant may mend anyway. */
static void add_finding(struct page *page, struct fact *list, const struct finding *f, bool full) {
    bool suspicion = f->effect == EFFECT_REFER;
    struct fact *made = tree_add(&page->tree, list, "finding", NULL);
    tree_link(&page->tree, made, "@id", page_anchor(page, f));
    tree_link(&page->tree, made, "@rule", f->rule);
    tree_link(&page->tree, made, "@severity", severity_name(f->severity));
    tree_link(&page->tree, made, "severity",
              page_say(page, arena_join(page->arena, "severity.", severity_name(f->severity), ""), PAGE_END));
    if (suspicion && !full) {
        tree_link(&page->tree, made, "message", page_say(page, "declarant.withheld", PAGE_END));
        return;
    }
    page_words(page, made, "title", f->title, f->title_zh);
    page_words(page, made, "message", f->message, f->message_zh);
    if (!suspicion) {
        tree_put(&page->tree, made, "place", page_place(page, &f->subject));
        tree_put(&page->tree, made, "observed", f->observed);
        tree_put(&page->tree, made, "expected", f->expected);
        page_words(page, made, "mend", f->mend, f->mend_zh);
        tree_put(&page->tree, made, "who", f->mend ? page_who(page, f->who) : NULL);
        tree_put(&page->tree, made, "source", f->source);
    }
}

/* Findings of point 6 compare with registers of cases and denied parties: without "full" they are withheld, too. */
static bool is_told(const struct finding *f, bool full) {
    return !f->waived && (f->effect == EFFECT_REFER || full || (f->point != 6 && f->point < PAGE_POINTS));
}

struct tree page_declarant_make(struct consignment *c, const struct knowledge *k,
                                const struct page_language *language) {
    struct page page = page_open(c, k, language);
    struct fact *root = page.tree.root;
    bool full = discloses(c, k, "full");
    tree_link(&page.tree, root, "title",
              page_say(&page, "record.title", "outcome", page_outcome_heading(&page), "subject", page_subject(&page),
                       PAGE_END));
    struct fact *outcome = tree_add(&page.tree, root, "outcome", NULL);
    tree_link(&page.tree, outcome, "@class", "refer");
    tree_link(&page.tree, outcome, "title", page_outcome_heading(&page));
    tree_link(&page.tree, outcome, "line", page_say(&page, "declarant.lead", PAGE_END));
    tree_link(
        &page.tree, outcome, "small",
        page_say(&page, full ? "declarant.full" : "declarant.codes", "now", page_moment(&page, k->now_text), PAGE_END));
    page_consignment(&page, root);
    struct fact *list = tree_add(&page.tree, root, "told", NULL);
    for (size_t i = 0; i < c->findings.count; i++) {
        if (is_told(&c->findings.items[i], full)) {
            add_finding(&page, list, &c->findings.items[i], full);
        }
    }
    page_sentence(&page, root, "foot", "declarant.foot", PAGE_END);
    return page.tree;
}
