/* record.html: the review as a page (PAGES 4). The answer first, then what to do, then why, then the proof. */
#include "pages/page-parts.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "consignment.h"
#include "knowledge.h"
#include "pages/page-kinds.h"

#include <string.h>

/* ---- release conditions ---- */

static const struct finding *finding_of(const struct consignment *c, const char *rule) {
    for (size_t i = 0; i < c->findings.count; i++) {
        if (strcmp(c->findings.items[i].rule, rule) == 0) {
            return &c->findings.items[i];
        }
    }
    return NULL;
}

static const char *join_rules(const struct page *page, const struct condition *condition) {
    struct buffer joined = {0};
    for (size_t i = 0; i < condition->rule_count; i++) {
        buffer_string(&joined, i ? ", " : "");
        buffer_string(&joined, condition->rules[i]);
    }
    const char *text = joined.length ? arena_copy(page->arena, joined.bytes, joined.length) : NULL;
    buffer_free(&joined);
    return text;
}

/* Rules lead to what they found; those that found nothing are named. */
static void add_condition(struct page *page, struct fact *list, const struct condition *condition) {
    static const char *const words[] = {"state.yes", "state.no", "state.na", "state.undecided"};
    static const char *const forms[] = {"yes", "no", "", "undecided"};
    struct fact *made = tree_add(&page->tree, list, "condition", NULL);
    tree_link(&page->tree, made, "@id", condition->id);
    page_words(page, made, "title", condition->title, condition->title_zh);
    struct fact *mark = tree_link(&page->tree, made, "mark", page_say(page, words[condition->state], PAGE_END));
    tree_link(&page->tree, mark, "@form", forms[condition->state]);
    if (condition->state == CONDITION_YES || condition->state == CONDITION_NOT_APPLICABLE) {
        tree_put(&page->tree, made, "rules", join_rules(page, condition));
        return;
    }
    for (size_t i = 0; i < condition->rule_count; i++) {
        const char *rule = condition->rules[i];
        const char *href = NULL;
        if (condition->state == CONDITION_UNDECIDED) {
            href = arena_join(page->arena, "#u-", rule, "");
        } else if (finding_of(page->c, rule)) {
            href = arena_join(page->arena, "#", page_anchor(page, finding_of(page->c, rule)), "");
        }
        page_rule(page, made, rule, href);
    }
}

static void add_conditions(struct page *page) {
    const struct decision *decision = &page->c->decision;
    unsigned long counts[CONDITION_UNDECIDED + 1] = {0};
    struct fact *list = tree_add(&page->tree, page->tree.root, "conditions", NULL);
    for (size_t i = 0; i < decision->condition_count; i++) {
        counts[decision->conditions[i].state]++;
    }
    tree_link(&page->tree, list, "summary",
              page_say(page, "conditions.summary", "all", page_count(page, decision->condition_count), "yes",
                       page_count(page, counts[CONDITION_YES]), "no", page_count(page, counts[CONDITION_NO]),
                       "undecided", page_count(page, counts[CONDITION_UNDECIDED]), "na",
                       page_count(page, counts[CONDITION_NOT_APPLICABLE]), PAGE_END));
    for (size_t i = 0; i < decision->condition_count; i++) {
        add_condition(page, list, &decision->conditions[i]);
    }
}

/* ---- the six points ---- */

struct counts {
    unsigned long verdicts[VERDICT_FAIL + 1];
};

static struct counts count_point(const struct consignment *c, unsigned point) {
    struct counts made = {0};
    for (size_t i = 0; i < c->results.count; i++) {
        made.verdicts[c->results.items[i].verdict] += c->results.items[i].point == point;
    }
    return made;
}

static void add_counts(struct page *page, struct fact *row, const struct counts *counts) {
    const unsigned long *n = counts->verdicts;
    tree_link(&page->tree, row, "@rules",
              page_count(page, n[VERDICT_PASS] + n[VERDICT_FAIL] + n[VERDICT_UNDECIDABLE] + n[VERDICT_NOT_APPLICABLE]));
    tree_link(&page->tree, row, "@passed", page_count(page, n[VERDICT_PASS]));
    tree_link(&page->tree, row, "@failed", page_count(page, n[VERDICT_FAIL]));
    tree_link(&page->tree, row, "@undecided", page_count(page, n[VERDICT_UNDECIDABLE]));
    tree_link(&page->tree, row, "@na", page_count(page, n[VERDICT_NOT_APPLICABLE]));
}

static void add_points(struct page *page) {
    struct counts sum = {0};
    struct fact *list = tree_add(&page->tree, page->tree.root, "points", NULL);
    for (unsigned point = 1; point < PAGE_POINTS; point++) {
        struct counts counts = count_point(page->c, point);
        struct fact *row = tree_add(&page->tree, list, "point", NULL);
        tree_count(&page->tree, row, "@n", point);
        tree_link(&page->tree, row, "title", page_say(page, arena_printf(page->arena, "point.%u", point), PAGE_END));
        add_counts(page, row, &counts);
        for (size_t v = 0; v <= VERDICT_FAIL; v++) {
            sum.verdicts[v] += counts.verdicts[v];
        }
    }
    add_counts(page, tree_add(&page->tree, list, "sum", NULL), &sum);
}

/* ---- the frame ---- */

static void add_link(struct page *page, const char *href, const char *text) {
    struct fact *made = tree_link(&page->tree, page->tree.root, "link", text);
    tree_link(&page->tree, made, "@href", href);
}

void page_link_papers(struct page *page, const char *own) {
    for (size_t i = 0; i < page->c->drafts.count; i++) {
        const struct draft *draft = &page->c->drafts.items[i];
        if (draft->page && strcmp(draft->page, own) != 0) {
            const char *name = strrchr(draft->path, '/');
            name = name ? name + 1 : draft->path;
            name = arena_copy(page->arena, name, strcspn(name, "."));
            add_link(page, page_file(page, name),
                     page_say(page, arena_join(page->arena, "page.", draft->page, ""), PAGE_END));
        }
    }
}

/* The link to the same page in the other language, where both are written. */
void page_link_language(struct page *page, const char *name) {
    const struct knowledge *k = page->k;
    if (!k->english || !k->chinese) {
        return;
    }
    const char *suffix = page->chinese == k->chinese_first ? page->chinese ? ".en" : ".zh" : "";
    struct fact *made = tree_link(&page->tree, page->tree.root, "other", page->chinese ? "English" : "中文");
    tree_addf(&page->tree, made, "@href", "%s%s.html", name, suffix);
    tree_link(&page->tree, made, "@lang", page->chinese ? "en" : "zh-Hans");
}

const char *page_subject(const struct page *page) {
    const char *mrn = fact_text(page->declaration, "mrn");
    const char *lrn = fact_text(page->declaration, "lrn");
    return mrn ? mrn : lrn ? lrn : page->c->input.name ? page->c->input.name : "-";
}

bool page_record_wanted(const struct consignment *c, const struct knowledge *k) {
    (void)k;
    return c->decision.outcome != OUTCOME_QUARANTINE;
}

struct tree page_record_make(struct consignment *c, const struct knowledge *k, const struct page_language *language) {
    struct page page = page_open(c, k, language);
    struct fact *root = page.tree.root;
    tree_link(&page.tree, root, "title",
              page_say(&page, "record.title", "outcome", page_outcome_heading(&page), "subject", page_subject(&page),
                       PAGE_END));
    if (page_has_declaration(c)) {
        add_link(&page, page_file(&page, "declaration"), page_say(&page, "page.declaration", PAGE_END));
    }
    page_link_papers(&page, "");
    page_link_language(&page, "record");
    page_outcome(&page, root);
    page_consignment(&page, root);
    page_steps(&page, root);
    page_deadlines(&page, root);
    add_conditions(&page);
    add_points(&page);
    page_findings(&page, root);
    page_undecided(&page, root);
    page_timeline(&page, root);
    page_documents(&page, root);
    page_versions(&page, root);
    page_sentence(&page, root, "foot", "record.foot", PAGE_END);
    return page.tree;
}
