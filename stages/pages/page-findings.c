/* The findings under their points, and what could not be decided. */
#include "pages/page-parts.h"

#include "base/arena.h"
#include "consignment.h"
#include "knowledge.h"
#include "reference/reference.h"

#include <string.h>

const char *page_anchor(const struct page *page, const struct finding *finding) {
    return arena_printf(page->arena, "%s-%u", finding->rule, finding->number);
}

static const char *severity_word(const struct page *page, enum severity severity) {
    return page_say(page, arena_join(page->arena, "severity.", severity_name(severity), ""), PAGE_END);
}

static void add_places(struct page *page, struct fact *made, const struct finding *f) {
    tree_put(&page->tree, made, "place", page_place(page, &f->subject));
    tree_put(&page->tree, made, "xpath", f->subject.xpath);
    for (size_t i = 0; i < f->against_count; i++) {
        tree_put(&page->tree, made, "against", page_place(page, &f->against[i]));
    }
}

/* The field of the declaration that the finding, or what it is compared with, stands beside. */
static const char *field_of(const struct page *page, const struct finding *f) {
    const char *anchor = page_field_anchor(page, f->subject.path);
    for (size_t i = 0; i < f->against_count && !anchor; i++) {
        anchor = page_field_anchor(page, f->against[i].path);
    }
    return anchor && page_has_declaration(page->c) ? arena_join(page->arena, page_file(page, "declaration"), anchor, "")
                                                   : NULL;
}

static void add_finding(struct page *page, struct fact *list, const struct finding *f) {
    struct fact *made = tree_add(&page->tree, list, "finding", NULL);
    tree_link(&page->tree, made, "@id", page_anchor(page, f));
    tree_link(&page->tree, made, "@rule", f->rule);
    tree_link(&page->tree, made, "@severity", severity_name(f->severity));
    tree_link(&page->tree, made, "severity", severity_word(page, f->severity));
    page_words(page, made, "title", f->title, f->title_zh);
    page_words(page, made, "message", f->message, f->message_zh);
    add_places(page, made, f);
    tree_put(&page->tree, made, "field", field_of(page, f));
    tree_put(&page->tree, made, "observed", f->observed);
    tree_put(&page->tree, made, "expected", f->expected);
    page_words(page, made, "mend", f->mend, f->mend_zh);
    tree_put(&page->tree, made, "who", f->mend ? page_who(page, f->who) : NULL);
    tree_put(&page->tree, made, "source", f->source);
    tree_put(&page->tree, made, "waiver", f->waived ? f->waiver ? f->waiver : "-" : NULL);
}

static unsigned long undecided_of(const struct consignment *c, unsigned point) {
    unsigned long count = 0;
    for (size_t i = 0; i < c->undecided.count; i++) {
        count += c->undecided.items[i].point == point;
    }
    return count;
}

static void add_point(struct page *page, struct fact *list, unsigned point, bool waived) {
    struct fact *made = tree_add(&page->tree, list, "point", NULL);
    tree_count(&page->tree, made, "@n", point);
    tree_link(&page->tree, made, "title", page_say(page, arena_printf(page->arena, "point.%u", point), PAGE_END));
    for (size_t i = 0; i < page->c->findings.count; i++) {
        const struct finding *f = &page->c->findings.items[i];
        if (f->point == point && f->waived == waived) {
            add_finding(page, made, f);
        }
    }
    if (!fact_at(made, "finding")) {
        unsigned long undecided = undecided_of(page->c, point);
        tree_link(&page->tree, made, "none", page_say(page, "findings.none", PAGE_END));
        if (undecided) {
            tree_link(&page->tree, made, "undecided", page_say_count(page, "findings.undecided", undecided));
        }
    }
}

static void add_waived(struct page *page, struct fact *list) {
    struct fact *made = NULL;
    for (size_t i = 0; i < page->c->findings.count; i++) {
        if (page->c->findings.items[i].waived) {
            made = made ? made : tree_add(&page->tree, list, "waived", NULL);
            add_finding(page, made, &page->c->findings.items[i]);
        }
    }
}

static const char *summary(const struct page *page) {
    static const char *const ids[] = {[SEVERITY_FATAL] = "count.fatal",
                                      [SEVERITY_ERROR] = "count.error",
                                      [SEVERITY_WARNING] = "count.warning",
                                      [SEVERITY_INFO] = "count.info"};
    unsigned long counts[SEVERITY_FATAL + 1] = {0};
    const char *made = NULL;
    for (size_t i = 0; i < page->c->findings.count; i++) {
        counts[page->c->findings.items[i].severity] += !page->c->findings.items[i].waived;
    }
    for (unsigned s = SEVERITY_FATAL + 1; s-- > 0;) {
        if (counts[s]) {
            const char *part = page_say_count(page, ids[s], counts[s]);
            made = made ? page_say(page, "count.and", "a", made, "b", part, PAGE_END) : part;
        }
    }
    return made ? page_say(page, "findings.summary", "counts", made, PAGE_END)
                : page_say(page, "findings.none", PAGE_END);
}

void page_findings(struct page *page, struct fact *parent) {
    struct fact *list = tree_add(&page->tree, parent, "findings", NULL);
    tree_count(&page->tree, list, "@count", page->c->findings.count);
    tree_link(&page->tree, list, "summary", summary(page));
    bool loading = page_released(page) || page->c->decision.release;
    for (unsigned point = 1; point <= (loading ? PAGE_POINTS : PAGE_POINTS - 1U); point++) {
        add_point(page, list, point, false);
    }
    add_waived(page, list);
}

/* ---- not decidable ---- */

/* "register:payment" with its age, "list:LOCODE", or a path of facts in words. */
const char *page_missing(const struct page *page, const char *missing) {
    const char *colon = strchr(missing, ':');
    const char *name = colon ? colon + 1 : missing;
    if (colon && strncmp(missing, "register:", strlen("register:")) == 0 && page->k->reference) {
        const struct table *table = reference_table(page->k->reference, name);
        const char *limit =
            page->policy ? policy_value(page->policy, page->c->decision.profile, "register.maxAge", name).value : NULL;
        if (table && table->state == REGISTER_STALE) {
            char day[MOMENT_TEXT];
            day_print(table->as_at, day);
            return page_say(page, "missing.stale", "register", name, "day", day, "limit", limit ? limit : "-",
                            PAGE_END);
        }
        return page_say(page, "missing.register", "register", name, PAGE_END);
    }
    if (colon) {
        const char *id = arena_printf(page->arena, "missing.%.*s", (int)(colon - missing), missing);
        return page_text(page, id) ? page_say(page, id, "name", name, PAGE_END) : missing;
    }
    return page_say(page, "missing.fact", "name", name, PAGE_END);
}

static bool same_rule_before(const struct consignment *c, size_t index) {
    return index && strcmp(c->undecided.items[index - 1].rule, c->undecided.items[index].rule) == 0;
}

static void add_undecided(struct page *page, struct fact *list, size_t index) {
    const struct undecided *u = &page->c->undecided.items[index];
    struct fact *made = tree_add(&page->tree, list, "row", NULL);
    if (!same_rule_before(page->c, index)) {
        tree_addf(&page->tree, made, "@id", "u-%s", u->rule);
    }
    tree_link(&page->tree, made, "@rule", u->rule);
    tree_count(&page->tree, made, "@point", u->point);
    tree_link(&page->tree, made, "@severity", severity_name(u->severity));
    page_words(page, made, "title", u->title, u->title_zh);
    tree_link(&page->tree, made, "severity", severity_word(page, u->severity));
    for (size_t m = 0; m < u->missing_count; m++) {
        tree_link(&page->tree, made, "missing", page_missing(page, u->missing[m]));
    }
    tree_put(&page->tree, made, "about", u->subject.path);
    tree_link(&page->tree, made, "effect",
              page_say(page, arena_join(page->arena, "effect.", effect_name(u->contributes), ""), PAGE_END));
}

void page_undecided(struct page *page, struct fact *parent) {
    struct fact *list = tree_add(&page->tree, parent, "undecided", NULL);
    tree_count(&page->tree, list, "@count", page->c->undecided.count);
    for (size_t i = 0; i < page->c->undecided.count; i++) {
        add_undecided(page, list, i);
    }
    const char *mode =
        page->policy ? policy_value(page->policy, page->c->decision.profile, "policy.mode", NULL).value : NULL;
    tree_link(&page->tree, list, "summary",
              page_say(page, page->c->undecided.count ? "undecided.summary" : "undecided.none", "mode",
                       mode ? mode : "-", PAGE_END));
}
