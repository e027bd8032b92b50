#include "commands/rules-pages.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/fault.h"
#include "batch/files.h"
#include "knowledge.h"
#include "pages/pages.h"
#include "pages/show.h"
#include "rules/explain.h"
#include "rules/rulebook.h"

#include <string.h>

enum { POINTS = 7 };

struct catalogue {
    const struct knowledge *k;
    const struct rulebook *book;
    const char *directory;
    bool chinese;
    const char *suffix, *other_suffix; /* of this language's files and of the other's, which is NULL where not asked */
};

static const char *name_of_page(struct arena *arena, unsigned point, const char *suffix) {
    return point ? arena_printf(arena, "point-%u%s.html", point, suffix) : arena_printf(arena, "index%s.html", suffix);
}

/* ---- what index and points share ---- */

static const char *point_title(const struct page *page, unsigned point) {
    return page_say(page, arena_printf(page->arena, "point.%u", point), PAGE_END);
}

static unsigned long rules_of(const struct catalogue *c, unsigned point) {
    unsigned long count = 0;
    for (size_t i = 0; i < rulebook_count(c->book); i++) {
        count += !point || rulebook_rule(c->book, i).point == point;
    }
    return count;
}

static struct page open_page(const struct catalogue *c, struct arena *arena, unsigned point) {
    struct page page = page_begin(arena, c->k, c->chinese ? "zh" : "en");
    const char *heading = point ? point_title(&page, point) : page_say(&page, "catalogue.h1", PAGE_END);
    const char *rules = page_say_count(&page, "catalogue.rules", rules_of(c, point));
    tree_add(&page.tree, page.tree.root, "title", heading);
    struct fact *outcome = tree_add(&page.tree, page.tree.root, "outcome", NULL);
    tree_add(&page.tree, outcome, "title", heading);
    tree_add(&page.tree, outcome, "line", page_say(&page, "catalogue.lead", "rules", rules, PAGE_END));
    if (point) {
        struct fact *link = tree_add(&page.tree, page.tree.root, "link", page_say(&page, "catalogue.index", PAGE_END));
        tree_add(&page.tree, link, "@href", name_of_page(arena, 0, c->suffix));
    }
    if (c->other_suffix) {
        struct fact *other = tree_add(&page.tree, page.tree.root, "other", c->chinese ? "English" : "中文");
        tree_add(&page.tree, other, "@href", name_of_page(arena, point, c->other_suffix));
        tree_add(&page.tree, other, "@lang", c->chinese ? "en" : "zh-Hans");
    }
    page_sentence(&page, page.tree.root, "foot", "catalogue.foot", PAGE_END);
    return page;
}

static bool close_page(const struct catalogue *c, struct page *page, unsigned point) {
    struct buffer out = {0};
    const char *why = NULL;
    if (!page_render(c->k->pages, c->chinese ? "zh" : "en", "catalogue", &page->tree, &out, &why)) {
        fault(why);
    }
    bool written = files_write(c->directory, name_of_page(page->arena, point, c->suffix), out.bytes, out.length);
    buffer_free(&out);
    return written;
}

static void add_strength(struct page *page, struct fact *parent, enum severity severity, enum effect effect) {
    const char *word = severity_name(severity);
    struct fact *made = tree_add(&page->tree, parent, "severity",
                                 page_say(page, arena_printf(page->arena, "severity.%s", word), PAGE_END));
    tree_add(&page->tree, made, "@form", word);
    tree_add(&page->tree, parent, "effect",
             page_say(page, arena_printf(page->arena, "effect.%s", effect_name(effect)), PAGE_END));
}

/* ---- index ---- */

static void add_points(const struct catalogue *c, struct page *page) {
    for (unsigned point = 1; point <= POINTS; point++) {
        struct fact *made = tree_add(&page->tree, page->tree.root, "point", point_title(page, point));
        tree_add(&page->tree, made, "@href", name_of_page(page->arena, point, c->suffix));
        tree_add(&page->tree, made, "@rules", page_say_count(page, "catalogue.rules", rules_of(c, point)));
    }
}

static void add_row(const struct catalogue *c, struct page *page, const struct rule_summary *rule) {
    struct fact *row = tree_add(&page->tree, page->tree.root, "row", NULL);
    tree_add(&page->tree, row, "@id", rule->id);
    tree_addf(&page->tree, row, "@href", "%s#%s", name_of_page(page->arena, rule->point, c->suffix), rule->id);
    if (rule->tier) {
        tree_count(&page->tree, row, "@tier", rule->tier);
    }
    page_words(page, row, "title", rule->title, rule->title_zh);
    add_strength(page, row, rule->severity, rule->effect);
}

static void add_packs(const struct catalogue *c, struct page *page) {
    struct fact *list = tree_add(&page->tree, page->tree.root, "packs", NULL);
    for (size_t i = 0; i < rulebook_packs(c->book); i++) {
        const struct pack *pack = rulebook_pack(c->book, i);
        struct fact *made = tree_add(&page->tree, list, "fact", NULL);
        tree_add(&page->tree, made, "@label", pack->id);
        page_part(page, made, NULL, pack->version);
        page_part(page, made, "hash", pack->digest);
        if (pack->untranslated) {
            page_part(page, made, "note", page_say_count(page, "catalogue.untranslated", pack->untranslated));
        }
    }
}

static bool write_index(const struct catalogue *c) {
    struct arena *arena = arena_new();
    struct page page = open_page(c, arena, 0);
    add_points(c, &page);
    for (size_t i = 0; i < rulebook_count(c->book); i++) {
        struct rule_summary rule = rulebook_rule(c->book, i);
        add_row(c, &page, &rule);
    }
    add_packs(c, &page);
    bool written = close_page(c, &page, 0);
    arena_free(arena);
    return written;
}

/* ---- a point ---- */

static void add_about(struct page *page, struct fact *list, const char *id, const char *form, const char *text) {
    if (text) {
        struct fact *made = tree_add(&page->tree, list, "fact", NULL);
        tree_add(&page->tree, made, "@label", page_say(page, id, PAGE_END));
        page_part(page, made, form, text);
    }
}

static const char *validity(const struct page *page, const struct rule_summary *rule) {
    const char *id = rule->from && rule->to ? "catalogue.fromTo"
                     : rule->from           ? "catalogue.from"
                     : rule->to             ? "catalogue.to"
                                            : NULL;
    if (!id) {
        return NULL;
    }
    const char *span =
        page_say(page, id, "from", rule->from ? rule->from : "", "to", rule->to ? rule->to : "", PAGE_END);
    return rule->replaced_by ? arena_printf(page->arena, "%s%s", span,
                                            page_say(page, "catalogue.replaced", "rule", rule->replaced_by, PAGE_END))
                             : span;
}

static void add_summary(struct page *page, struct fact *parent, const struct rule_summary *rule) {
    struct fact *list = tree_add(&page->tree, parent, "about", NULL);
    const char *phase = arena_printf(page->arena, "catalogue.phase.%s", rule_stage_name(rule->stage));
    add_about(page, list, "catalogue.tier", NULL, rule->tier ? page_count(page, rule->tier) : NULL);
    add_about(page, list, "catalogue.phase", NULL, page_say(page, phase, PAGE_END));
    add_about(page, list, "catalogue.validity", NULL, validity(page, rule));
    add_about(page, list, "catalogue.place", "mono",
              arena_printf(page->arena, "%s %s:%u", rule->pack->id, rule->file, rule->line));
}

static void add_demand(struct page *page, struct fact *parent, const struct demand *d) {
    struct tree *tree = &page->tree;
    struct fact *made = tree_add(tree, parent, "demand", NULL);
    tree_add(tree, made, "@id", d->id);
    add_strength(page, made, d->severity, d->effect);
    tree_put(tree, made, "looksAt", d->looks_at);
    tree_put(tree, made, "each", d->each);
    tree_put(tree, made, "when", d->when);
    tree_put(tree, made, "andWhen", d->and_when);
    tree_put(tree, made, "mustHold", d->must_hold);
    tree_put(tree, made, "setBy", d->effect_policy);
    page_words(page, made, "message", d->message, d->message_zh);
    page_words(page, made, "mend", d->mend, d->mend_zh);
    if (d->who) {
        tree_put(tree, made, "who", page_say(page, arena_printf(page->arena, "who.%s", d->who), PAGE_END));
    }
    tree_put(tree, made, "source", d->source);
}

static const char *change_text(struct arena *arena, const struct example_change *change) {
    const char *text = arena_printf(arena, "%s %s", change->what, change->at);
    for (const char *const *field = change->fields; field && *field; field += 2) {
        text = arena_printf(arena, "%s %s=%s", text, field[0], field[1]);
    }
    return change->value ? arena_printf(arena, "%s: %s", text, change->value) : text;
}

static void add_example(struct page *page, struct fact *parent, const struct examples *examples, const char *verdict,
                        const char *mark, const char *word) {
    const struct example *example = example_first(examples, verdict);
    if (!example) {
        return;
    }
    struct fact *made = tree_add(&page->tree, parent, "example", NULL);
    struct fact *tag = tree_add(&page->tree, made, "verdict", page_say(page, word, PAGE_END));
    tree_add(&page->tree, tag, "@form", mark);
    page_words(page, made, "says", example->says, NULL);
    page_sentence(page, made, "base",
                  !examples->base         ? "catalogue.empty"
                  : example->change_count ? "catalogue.with"
                                          : "catalogue.asIs",
                  "base", examples->base ? examples->base : "", PAGE_END);
    for (size_t i = 0; i < example->change_count; i++) {
        tree_add(&page->tree, made, "change", change_text(page->arena, &example->changes[i]));
    }
}

static void add_rule(const struct catalogue *c, struct page *page, const struct rule_summary *rule) {
    struct fact *made = tree_add(&page->tree, page->tree.root, "rule", NULL);
    struct examples examples = rule_examples(c->book, rule->id);
    size_t count = 0;
    const struct demand *demands = rule_demands(c->book, page->arena, rule->id, &count);
    tree_add(&page->tree, made, "@id", rule->id);
    page_words(page, made, "title", rule->title, rule->title_zh);
    add_strength(page, made, rule->severity, rule->effect);
    add_summary(page, made, rule);
    for (size_t i = 0; i < count; i++) {
        add_demand(page, made, &demands[i]);
    }
    add_example(page, made, &examples, "pass", "yes", "catalogue.passes");
    add_example(page, made, &examples, "fail", "no", "catalogue.fails");
}

static bool write_point(const struct catalogue *c, unsigned point) {
    struct arena *arena = arena_new();
    struct page page = open_page(c, arena, point);
    for (size_t i = 0; i < rulebook_count(c->book); i++) {
        struct rule_summary rule = rulebook_rule(c->book, i);
        if (rule.point == point) {
            add_rule(c, &page, &rule);
        }
    }
    bool written = close_page(c, &page, point);
    arena_free(arena);
    return written;
}

/* ---- languages ---- */

static bool write_language(const struct catalogue *c) {
    bool written = write_index(c);
    for (unsigned point = 1; point <= POINTS; point++) {
        written = write_point(c, point) && written;
    }
    return written;
}

bool rules_pages(const struct knowledge *k, const char *directory) {
    bool both = k->english && k->chinese;
    const char *second = k->chinese_first ? ".en" : ".zh";
    struct catalogue c = {.k = k,
                          .book = k->rulebook,
                          .directory = directory,
                          .chinese = k->chinese_first,
                          .suffix = "",
                          .other_suffix = both ? second : NULL};
    bool written = files_folder(directory) && write_language(&c);
    if (both) {
        c.chinese = !c.chinese;
        c.suffix = second;
        c.other_suffix = "";
        written = write_language(&c) && written;
    }
    return written;
}
