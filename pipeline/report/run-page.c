/* run.html: the run as a page (PAGES 4). The sums are in memory; the page is made once per run. */
#include "base/arena.h"
#include "base/fault.h"
#include "knowledge.h"
#include "pages/pages.h"
#include "pages/show.h"
#include "reference/reference.h"
#include "report/summary.h"
#include "rules/rulebook.h"

#include <inttypes.h>
#include <string.h>

enum { MILLISECOND = 1000000, RULES_SHOWN = 15, PARTIES_SHOWN = 12, BAR_WIDTH = 160, THOUSAND = 1000 };

/* The order of CATALOGUE-A 8.6. */
static const struct {
    enum outcome outcome;
    const char *bar, *mark;
} outcomes[] = {
    {OUTCOME_RELEASE_CLOSE, "s-good", "yes"}, {OUTCOME_RELEASE_SUPERVISE, "s-good", "yes"},
    {OUTCOME_HOLD, "s-warn", "undecided"},    {OUTCOME_REFER, "s-bad", "fatal"},
    {OUTCOME_REJECT, "s-bad", "no"},          {OUTCOME_QUARANTINE, "s-bad", "no"},
};
enum { OUTCOMES = sizeof outcomes / sizeof *outcomes };

static unsigned long share(unsigned long part, unsigned long all, unsigned long of) {
    return all ? (unsigned long)((unsigned __int128)part * of / all) : 0;
}

/* "87.3 %", rounded down: what is not all is never 100 %. */
static const char *percent(struct page *page, unsigned long part, unsigned long all) {
    unsigned long tenths = share(part, all, THOUSAND);
    return page_say(page, "run.percent", "n", arena_printf(page->arena, "%lu.%lu", tenths / 10, tenths % 10), PAGE_END);
}

static void add_bar(struct page *page, struct fact *row, unsigned long part, unsigned long all) {
    unsigned long width = share(part, all, BAR_WIDTH);
    if (part) {
        tree_count(&page->tree, row, "@width", width ? width : 1);
    }
}

static const char *milliseconds(struct page *page, uint64_t nanoseconds) {
    return page_count(page, (unsigned long)(nanoseconds / MILLISECOND));
}

static const char *outcome_word(struct page *page, enum outcome outcome) {
    return page_say(page, arena_printf(page->arena, "run.outcome.%s", outcome_name(outcome)), PAGE_END);
}

static unsigned long released_of(const struct summary *s) {
    return s->outcomes[OUTCOME_RELEASE_CLOSE] + s->outcomes[OUTCOME_RELEASE_SUPERVISE];
}

static unsigned long findings_of(const struct summary *s) {
    unsigned long sum = 0;
    for (unsigned point = 0; point <= REVIEW_POINTS; point++) {
        sum += s->findings[point];
    }
    return sum;
}

/* ---- head ---- */

static void add_number(struct page *page, struct fact *list, const char *id, const char *value) {
    struct fact *made = tree_add(&page->tree, list, "number", value);
    tree_add(&page->tree, made, "@label", page_say(page, id, PAGE_END));
}

static void add_head(struct page *page, const struct summary *s) {
    struct fact *root = page->tree.root;
    const char *now = page_moment(page, page->k->now_text);
    const char *released = page_count(page, released_of(s));
    tree_add(
        &page->tree, root, "title",
        page_say(page, "run.title", "now", now, "released", released, "all", page_count(page, s->bundles), PAGE_END));
    struct fact *outcome = tree_add(&page->tree, root, "outcome", NULL);
    tree_add(&page->tree, outcome, "title", page_say(page, "run.h1", "now", now, PAGE_END));
    tree_add(&page->tree, outcome, "line",
             page_say(page, "run.lead", "bundles", page_say_count(page, "run.bundles", s->bundles), "released",
                      released, "held", page_count(page, s->not_released - s->outcomes[OUTCOME_QUARANTINE]),
                      "quarantined", page_count(page, s->outcomes[OUTCOME_QUARANTINE]), "findings",
                      page_say_count(page, "run.findings", findings_of(s)), "undecided",
                      page_say_count(page, "run.undecided", s->undecided), PAGE_END));
    struct fact *numbers = tree_add(&page->tree, root, "numbers", NULL);
    add_number(page, numbers, "run.head.bundles", page_count(page, s->bundles));
    add_number(page, numbers, "run.head.released", percent(page, released_of(s), s->bundles));
    add_number(page, numbers, "run.head.findings", page_count(page, findings_of(s)));
    add_number(page, numbers, "run.head.undecided", page_count(page, s->undecided));
    add_number(
        page, numbers, "run.head.time",
        page_say(page, "run.ms", "n", milliseconds(page, s->bundles ? s->nanoseconds / s->bundles : 0), PAGE_END));
    add_number(page, numbers, "run.head.sum",
               page_say(page, "run.ms", "n", milliseconds(page, s->nanoseconds), PAGE_END));
}

static void add_decisions(struct page *page, const struct summary *s) {
    struct fact *list = tree_add(&page->tree, page->tree.root, "decisions", NULL);
    for (size_t i = 0; i < OUTCOMES; i++) {
        unsigned long count = s->outcomes[outcomes[i].outcome];
        struct fact *row = tree_add(&page->tree, list, "decision", outcome_word(page, outcomes[i].outcome));
        tree_add(&page->tree, row, "@code", outcome_name(outcomes[i].outcome));
        tree_add(&page->tree, row, "@count", page_count(page, count));
        tree_add(&page->tree, row, "@share", percent(page, count, s->bundles));
        tree_add(&page->tree, row, "@bar", outcomes[i].bar);
        add_bar(page, row, count, s->bundles);
    }
    tree_add(&page->tree, list, "@count", page_count(page, s->bundles));
}

/* ---- tables of bundles ---- */

static const char *rule_title(const struct page *page, const char *rule) {
    struct rule_summary found;
    if (!rule || !page->k->rulebook || !rulebook_find(page->k->rulebook, rule, &found)) {
        return NULL;
    }
    return page->chinese && found.title_zh ? found.title_zh : found.title;
}

static void add_row(struct page *page, struct fact *list, const struct summary_row *from) {
    struct fact *row = tree_add(&page->tree, list, "row", NULL);
    const char *mark = "";
    for (size_t i = 0; i < OUTCOMES; i++) {
        mark = outcomes[i].outcome == from->outcome ? outcomes[i].mark : mark;
    }
    tree_add(&page->tree, row, "bundle", from->bundle);
    struct fact *made = tree_add(&page->tree, row, "mark", outcome_word(page, from->outcome));
    tree_add(&page->tree, made, "@form", mark);
    tree_put(&page->tree, row, "exporter", from->exporter);
    tree_put(&page->tree, row, "reason", from->reason);
    tree_put(&page->tree, row, "title", rule_title(page, from->reason));
    tree_add(&page->tree, row, "findings", page_count(page, from->findings));
    tree_add(&page->tree, row, "undecided", page_count(page, from->undecided));
    tree_add(&page->tree, row, "ms", milliseconds(page, from->nanoseconds));
    tree_put(&page->tree, row, "entry", from->entry);
    tree_put(&page->tree, row, "detail", from->detail);
    if (from->offset >= 0 && from->outcome == OUTCOME_QUARANTINE) {
        tree_add(&page->tree, row, "byte", page_count(page, (unsigned long)from->offset));
    }
}

static void add_table(struct page *page, const char *name, const struct summary_table *table, unsigned long all,
                      const char *cut, const char *whole) {
    struct fact *list = tree_add(&page->tree, page->tree.root, name, NULL);
    if (!table->count) {
        tree_add(&page->tree, list, "none", page_say(page, "run.none", PAGE_END));
        return;
    }
    if (cut) {
        page_sentence(page, list, "summary", table->count < all ? cut : whole, "n", page_count(page, table->count),
                      "all", page_count(page, all), PAGE_END);
    }
    for (size_t i = 0; i < table->count; i++) {
        add_row(page, list, &table->rows[i]);
    }
}

/* The outcomes that the filter offers. */
static void add_filter(struct page *page) {
    struct fact *list = tree_add(&page->tree, page->tree.root, "filter", NULL);
    for (size_t i = 2; i < OUTCOMES; i++) {
        tree_add(&page->tree, list, "outcome", outcome_word(page, outcomes[i].outcome));
    }
}

/* ---- tables of names ---- */

static void add_rules(struct page *page, struct summary *s) {
    struct fact *list = tree_add(&page->tree, page->tree.root, "rules", NULL);
    tally_sort(&s->rules);
    size_t shown = s->rules.count < RULES_SHOWN ? s->rules.count : RULES_SHOWN;
    if (!shown) {
        tree_add(&page->tree, list, "none", page_say(page, "run.none", PAGE_END));
        return;
    }
    page_sentence(page, list, "summary", shown < s->rules.count ? "run.cut" : "run.whole", "n", page_count(page, shown),
                  "all", page_count(page, s->rules.count), PAGE_END);
    for (size_t i = 0; i < shown; i++) {
        const struct tally_row *from = &s->rules.rows[i];
        const char *severity = severity_name(from->severity);
        struct fact *row = tree_add(&page->tree, list, "rule", from->name);
        tree_put(&page->tree, row, "@title", rule_title(page, from->name));
        tree_count(&page->tree, row, "@point", from->point);
        tree_add(&page->tree, row, "@form", severity);
        tree_add(&page->tree, row, "@severity",
                 page_say(page, arena_printf(page->arena, "severity.%s", severity), PAGE_END));
        tree_add(&page->tree, row, "@findings", page_count(page, from->findings));
        tree_add(&page->tree, row, "@undecided", page_count(page, from->undecided));
        add_bar(page, row, from->findings, s->rules.rows[0].findings);
    }
}

static void add_parties(struct page *page, struct summary *s) {
    struct fact *list = tree_add(&page->tree, page->tree.root, "parties", NULL);
    tally_sort(&s->parties);
    size_t shown = s->parties.count < PARTIES_SHOWN ? s->parties.count : PARTIES_SHOWN;
    if (!shown) {
        tree_add(&page->tree, list, "none", page_say(page, "run.none", PAGE_END));
        return;
    }
    page_sentence(page, list, "summary", shown < s->parties.count ? "run.cut" : "run.whole", "n",
                  page_count(page, shown), "all", page_count(page, s->parties.count), PAGE_END);
    for (size_t i = 0; i < shown; i++) {
        const struct tally_row *from = &s->parties.rows[i];
        struct fact *row = tree_add(&page->tree, list, "party", from->name);
        tree_add(&page->tree, row, "@bundles", page_count(page, from->bundles));
        tree_add(&page->tree, row, "@held", page_count(page, from->not_released));
        tree_add(&page->tree, row, "@share", percent(page, from->not_released, from->bundles));
        tree_add(&page->tree, row, "@findings", page_count(page, from->findings));
    }
}

static void add_stages(struct page *page, const struct summary *s) {
    struct fact *list = tree_add(&page->tree, page->tree.root, "stages", NULL);
    uint64_t all = 0;
    for (unsigned i = 0; i < STAGES; i++) {
        all += s->times.spent[i];
    }
    for (unsigned i = 0; i < STAGES; i++) {
        struct fact *row = tree_add(&page->tree, list, "stage", chain[i].name);
        tree_add(&page->tree, row, "@ms", milliseconds(page, s->times.spent[i]));
        tree_add(&page->tree, row, "@share", percent(page, (unsigned long)s->times.spent[i], (unsigned long)all));
        add_bar(page, row, (unsigned long)s->times.spent[i], (unsigned long)all);
    }
}

/* ---- versions ---- */

static void add_version(struct page *page, struct fact *list, const char *id, const char *text, const char *digest) {
    struct fact *made = tree_add(&page->tree, list, "fact", NULL);
    tree_add(&page->tree, made, "@label", page_say(page, id, PAGE_END));
    page_part(page, made, NULL, text);
    page_part(page, made, "hash", digest);
}

static void add_versions(struct page *page) {
    const struct knowledge *k = page->k;
    struct fact *list = tree_add(&page->tree, page->tree.root, "versions", NULL);
    add_version(page, list, "version.program", arena_printf(page->arena, "tidewaiter %s", k->version), NULL);
    for (size_t i = 0; k->rulebook && i < rulebook_packs(k->rulebook); i++) {
        const struct pack *pack = rulebook_pack(k->rulebook, i);
        add_version(page, list, "version.rules",
                    arena_printf(page->arena, "%s %s", pack->id, pack->version ? pack->version : ""), pack->digest);
    }
    if (k->reference) {
        const char *file = reference_file(k->reference);
        const char *slash = file ? strrchr(file, '/') : NULL;
        add_version(page, list, "run.version.policy", NULL, policy_digest(reference_policy(k->reference)));
        add_version(page, list, "run.version.registers",
                    slash  ? slash + 1
                    : file ? file
                           : "-",
                    reference_digest(k->reference));
    }
    add_version(page, list, "version.clock", page_moment(page, k->now_text), NULL);
}

void summary_page(struct buffer *out, struct summary *s, const struct knowledge *k) {
    struct arena *arena = arena_new();
    const char *language = k->chinese_first ? "zh" : "en";
    struct page page = page_begin(arena, k, language);
    const char *why = NULL;
    add_head(&page, s);
    add_decisions(&page, s);
    add_filter(&page);
    add_table(&page, "held", &s->held, s->not_released, "run.cut", "run.whole");
    add_rules(&page, s);
    add_parties(&page, s);
    add_stages(&page, s);
    add_table(&page, "slowest", &s->slowest, s->bundles, NULL, NULL);
    add_table(&page, "quarantined", &s->quarantined, s->outcomes[OUTCOME_QUARANTINE], "run.quarantined",
              "run.quarantined");
    add_versions(&page);
    page_sentence(&page, page.tree.root, "foot", "run.foot", PAGE_END);
    if (!page_render(k->pages, language, "run", &page.tree, out, &why)) {
        fault(why);
    }
    arena_free(arena);
}
