/* The timeline: the steps of the procedure, done and expected, in their legal order (CATALOGUE-A 1.2). */
#include "base/arena.h"
#include "drafts/drafts.h"
#include "drafts/parts.h"
#include "facts/about.h"

#include <stdlib.h>
#include <string.h>

struct step_name {
    const char *type, *en, *zh;
    bool expected; /* of every clearance; the others are shown only when they happened */
};

static const struct step_name steps[] = {
    {"lodged", "Lodged", "申报", true},
    {"presented", "Presented", "运抵", false},
    {"accepted", "Accepted", "接受申报", true},
    {"controlNotified", "Control notified", "布控", false},
    {"inspected", "Inspected", "查验", false},
    {"assessed", "Assessed", "核税", false},
    {"paid", "Paid", "缴税", false},
    {"guaranteed", "Secured", "担保", false},
    {"released", "Released", "放行", true},
    {"arrivedAtExit", "Arrived at exit", "运抵出境地", false},
    {"loaded", "Loaded", "装运", true},
    {"exited", "Exited", "出境", true},
    {"certified", "Exit certified", "出境确认", false},
    {"closed", "Closed", "结关", false},
};

/* The event of a step, else the paper whose clock counts (CATALOGUE-A 1.1). */
static const struct fact *clock_of(const struct drafting *d, const char *type, const struct fact **event) {
    static const struct {
        const char *type, *paper, *path;
    } papers[] = {
        {"inspected", "inspection", "endedAt"},
        {"assessed", "assessment", "issuedAt"},
        {"paid", "taxPayment", "paidAt"},
        {"loaded", "loadingRecord", "loadedAt"},
    };
    for (const struct fact *one = first_visible(d, "event"); one; one = next_paper(one)) {
        if (fact_is(one, "type", type) && is_about(d->arena, d->declaration, one)) {
            *event = one;
            return fact_at(one, "at");
        }
    }
    if (strcmp(type, "lodged") == 0 || strcmp(type, "accepted") == 0 || strcmp(type, "presented") == 0) {
        return fact_at(d->declaration, arena_join(d->arena, type, "At", ""));
    }
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
        const struct fact *paper = strcmp(papers[i].type, type) == 0 ? first_visible(d, papers[i].paper) : NULL;
        if (paper) {
            return fact_at(paper, papers[i].path);
        }
    }
    return NULL;
}

/* Rules whose findings point at the fact of the step. */
static const char *rules_on(struct drafting *d, const struct fact *at) {
    const char *list = NULL;
    const char *path = at ? fact_path(d->arena, at) : NULL;
    for (size_t i = 0; path && i < d->c->findings.count; i++) {
        const struct finding *f = &d->c->findings.items[i];
        if (f->subject.path && strcmp(f->subject.path, path) == 0) {
            list = list ? arena_join(d->arena, list, " ", f->rule) : f->rule;
        }
    }
    return list;
}

static void add_step(struct drafting *d, const struct step_name *step) {
    const struct fact *event = NULL;
    const struct fact *at = clock_of(d, step->type, &event);
    if (!at && !step->expected) {
        return;
    }
    const char *rules = rules_on(d, at);
    struct fact *made = put_value(d, d->tree->root, "step", NULL, at);
    tree_link(d->tree, made, "@type", step->type);
    tree_link(d->tree, made, "@state", at ? rules ? "wrong" : "done" : "expected");
    tree_put(d->tree, made, "@at", at ? at->value : NULL);
    tree_put(d->tree, made, "@office", fact_text(event, "office"));
    tree_put(d->tree, made, "@officer", fact_text(event, "officer/id"));
    tree_put(d->tree, made, "@reference", fact_text(event, "reference"));
    tree_put(d->tree, made, "@document", fact_text(event, "@doc"));
    tree_put(d->tree, made, "@rules", rules);
    tree_words(d->tree, made, "title", step->en, step->zh);
}

void draft_timeline(struct consignment *c, const struct knowledge *k) {
    struct tree tree;
    struct drafting d = draft_open(c, k, &tree, "timeline");
    tree_link(&tree, tree.root, "@version", "1");
    put_declaration(&d);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        add_step(&d, &steps[i]);
    }
    put_basis(&d);
    draft_close(&d, "clearance/timeline.xml", NULL);
}
