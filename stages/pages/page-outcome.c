/* The outcome as a sentence, and what it means: the head of the record. */
#include "pages/page-parts.h"

#include "base/arena.h"
#include "consignment.h"
#include "knowledge.h"
#include "reference/reference.h"

#include <string.h>

struct sums {
    unsigned long failed, undecided, suspected, rejecting, remarks, waived;
};

static struct sums sums_of(const struct consignment *c) {
    struct sums sums = {0};
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *f = &c->findings.items[i];
        if (f->waived) {
            sums.waived++;
        } else if (f->point < PAGE_POINTS) {
            sums.failed += f->effect == EFFECT_HOLD;
            sums.rejecting += f->effect == EFFECT_REJECT;
            sums.suspected += f->effect == EFFECT_REFER;
            sums.remarks += f->effect == EFFECT_REMARK;
        }
    }
    for (size_t i = 0; i < c->undecided.count; i++) {
        const struct undecided *u = &c->undecided.items[i];
        sums.undecided += u->point < PAGE_POINTS && u->contributes == EFFECT_HOLD;
        sums.remarks += u->point < PAGE_POINTS && u->contributes == EFFECT_REMARK;
    }
    return sums;
}

/* The first due date of an entry that is not discharged. */
static const struct fact *entry_due(const struct page *page) {
    const struct fact *found = NULL;
    for (const struct fact *entry = page_visible(page, "supervision"); entry; entry = page_next(entry)) {
        const char *due = fact_text(entry, "due");
        if (due && !fact_is(entry, "status", "discharged") && (!found || strcmp(due, fact_text(found, "due")) < 0)) {
            found = entry;
        }
    }
    return found;
}

const char *page_outcome_class(const struct page *page) {
    switch (page->c->decision.outcome) {
    case OUTCOME_RELEASE_CLOSE:
    case OUTCOME_RELEASE_SUPERVISE:
        return "release";
    case OUTCOME_REFER:
        return "refer";
    case OUTCOME_REJECT:
        return "reject";
    default:
        return "hold";
    }
}

const char *page_outcome_heading(const struct page *page) {
    const struct decision *decision = &page->c->decision;
    const char *audit = page->k->mode == MODE_AUDIT ? "audit." : "";
    const char *name = outcome_name(decision->outcome);
    if (decision->gate) {
        name = strcmp(decision->gate, "G-4") == 0 ? "unread" : "gate";
    } else if (decision->outcome == OUTCOME_RELEASE_SUPERVISE && !*audit && entry_due(page)) {
        return page_say(page, "h1.release-supervise.due", "due", fact_text(entry_due(page), "due"), PAGE_END);
    }
    return page_say(page, arena_join(page->arena, "h1.", audit, name), PAGE_END);
}

static const char *stamp_of(const struct page *page) {
    for (size_t i = 0; i < page->c->drafts.count; i++) {
        const struct draft *draft = &page->c->drafts.items[i];
        if (strcmp(draft->path, "clearance/release.xml") == 0) {
            return fact_text(draft->tree.root, "stamp/@number");
        }
    }
    return NULL;
}

static void add_lead(struct page *page, struct fact *made, const struct sums *sums) {
    const struct decision *decision = &page->c->decision;
    const char *id = NULL;
    const char *register_number = NULL;
    if (decision->gate) {
        page_words(page, made, "line", decision->reason, decision->reason_zh);
        id = "lead.gate";
    } else if (page->k->mode == MODE_AUDIT) {
        id = "lead.audit";
    } else if (page_released(page)) {
        const struct fact *entry = entry_due(page);
        register_number = fact_text(entry, "number");
        id = decision->outcome == OUTCOME_RELEASE_CLOSE ? "lead.release-close"
             : register_number                          ? "lead.release-supervise"
                                                        : "lead.release-supervise.unknown";
    } else {
        id = arena_join(page->arena, "lead.", outcome_name(decision->outcome), "");
    }
    tree_link(&page->tree, made, "line",
              page_say(page, id, "failed", page_say_count(page, "count.failed", sums->failed), "undecided",
                       page_say_count(page, "count.undecided", sums->undecided), "suspected",
                       page_say_count(page, "count.suspected", sums->suspected), "rejecting",
                       page_say_count(page, "count.rejecting", sums->rejecting), "remarks",
                       page_say_count(page, "count.remarks", sums->remarks), "register", register_number, PAGE_END));
    if (page_released(page) && stamp_of(page)) {
        tree_link(&page->tree, made, "line", page_say(page, "lead.stamp", "stamp", stamp_of(page), PAGE_END));
    }
    if (decision->already_released) {
        tree_link(
            &page->tree, made, "line",
            page_say(page, "lead.standing", "at", page_moment(page, fact_text(decision->release, "at")), PAGE_END));
    }
}

static void add_mark(struct page *page, struct fact *made, const char *form, const char *text) {
    struct fact *mark = tree_link(&page->tree, made, "mark", text);
    tree_link(&page->tree, mark, "@form", form);
}

void page_outcome(struct page *page, struct fact *parent) {
    struct fact *made = tree_add(&page->tree, parent, "outcome", NULL);
    struct sums sums = sums_of(page->c);
    tree_link(&page->tree, made, "@class", page_outcome_class(page));
    tree_link(&page->tree, made, "title", page_outcome_heading(page));
    if (page->c->decision.lenient) {
        add_mark(page, made, "warning", page_say_count(page, "mark.lenient", sums.remarks));
    }
    if (page->k->mode == MODE_AUDIT) {
        add_mark(page, made, "", page_say(page, "mark.audit", PAGE_END));
    }
    if (sums.waived) {
        add_mark(page, made, "", page_say_count(page, "mark.waived", sums.waived));
    }
    add_lead(page, made, &sums);
    const char *mode =
        page->policy ? policy_value(page->policy, page->c->decision.profile, "policy.mode", NULL).value : NULL;
    tree_link(
        &page->tree, made, "small",
        page_say(page, "outcome.by", "now", page_moment(page, page->k->now_text), "mode", mode ? mode : "-", PAGE_END));
}
