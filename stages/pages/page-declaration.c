/* declaration.html: the declaration as a form, each finding beside its field (PAGES 4). */
#include "base/arena.h"
#include "base/decimal.h"
#include "consignment.h"
#include "knowledge.h"
#include "pages/inside.h"
#include "pages/page-fields.h"
#include "pages/page-kinds.h"
#include "pages/page-parts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A finding where it stands in the declaration. */
struct mark {
    const struct finding *finding;
    const struct form_box *box; /* NULL: the item as a whole */
    const struct fact *item;    /* NULL: the header */
    size_t index;               /* in the order of the findings */
};

struct marks {
    const struct mark *items;
    size_t count;
    const struct mark *by_item; /* the same, those of one item together */
};

static bool mark_at(const struct page *page, const struct finding *f, const char *path, struct mark *out) {
    *out = (struct mark){.finding = f};
    out->box = page_box_of(page, path, &out->item);
    return out->box || out->item;
}

static bool same_field(const struct mark *a, const struct mark *b) {
    return a->box == b->box && a->item == b->item;
}

static int by_item(const void *a, const void *b) {
    const struct mark *first = a;
    const struct mark *second = b;
    if (first->item != second->item) {
        return (uintptr_t)first->item < (uintptr_t)second->item ? -1 : 1;
    }
    return first->index < second->index ? -1 : first->index > second->index;
}

/* The marks of an item (NULL: of the header) in the order of the findings. Where the items lie in memory decides
 * where their marks are kept, and nothing else. */
static struct marks marks_of(const struct marks *all, const struct fact *item) {
    size_t low = 0;
    for (size_t high = all->count; low < high;) {
        size_t middle = (low + high) / 2;
        if ((uintptr_t)all->by_item[middle].item < (uintptr_t)item) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t end = low;
    while (end < all->count && all->by_item[end].item == item) {
        end++;
    }
    return (struct marks){.items = all->by_item + low, .count = end - low};
}

/* Every field of a finding once: its subject, and what it is compared with. */
static struct marks collect(const struct page *page) {
    const struct consignment *c = page->c;
    size_t room = 0;
    for (size_t i = 0; i < c->findings.count; i++) {
        room += 1 + c->findings.items[i].against_count;
    }
    struct mark *items = arena_alloc(page->arena, (room + 1) * sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *f = &c->findings.items[i];
        size_t first = count;
        for (size_t a = 0; a <= f->against_count; a++) {
            struct mark mark;
            bool seen = !mark_at(page, f, a ? f->against[a - 1].path : f->subject.path, &mark);
            for (size_t m = first; m < count && !seen; m++) {
                seen = same_field(&items[m], &mark);
            }
            if (!seen) {
                mark.index = count;
                items[count++] = mark;
            }
        }
    }
    struct mark *sorted = arena_alloc(page->arena, (count + 1) * sizeof *sorted);
    memcpy(sorted, items, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_item);
    return (struct marks){.items = items, .count = count, .by_item = sorted};
}

static bool is_hit(const struct finding *f) {
    return f->severity >= SEVERITY_WARNING && !f->waived;
}

static const char *anchor_of(const struct page *page, const struct mark *mark) {
    if (!mark->item) {
        return mark->box->id;
    }
    const char *n = page_item_number(page, mark->item);
    return mark->box ? arena_printf(page->arena, "i%s-%s", n, mark->box->id) : arena_join(page->arena, "i", n, "");
}

/* ---- head and jump list ---- */

/* The marks of a finding stand together. */
static unsigned long count_of(const struct marks *marks, enum severity severity) {
    unsigned long count = 0;
    for (size_t i = 0; i < marks->count; i++) {
        bool again = i && marks->items[i - 1].finding == marks->items[i].finding;
        enum severity of = marks->items[i].finding->severity;
        count += !again && (severity == SEVERITY_ERROR ? of >= SEVERITY_ERROR : of == severity);
    }
    return count;
}

static void add_head(struct page *page, const struct marks *marks) {
    struct fact *made = tree_add(&page->tree, page->tree.root, "outcome", NULL);
    tree_link(&page->tree, made, "@class", page_outcome_class(page));
    tree_link(&page->tree, made, "title", page_say(page, "declaration.h1", "subject", page_subject(page), PAGE_END));
    tree_link(&page->tree, made, "line",
              page_say(page, "declaration.lead", "outcome", page_outcome_heading(page), "errors",
                       page_say_count(page, "count.error", count_of(marks, SEVERITY_ERROR)), "warnings",
                       page_say_count(page, "count.warning", count_of(marks, SEVERITY_WARNING)), "infos",
                       page_say_count(page, "count.info", count_of(marks, SEVERITY_INFO)), PAGE_END));
    tree_addf(&page->tree, made, "@href", "%s#find", page_file(page, "record"));
}

/* Strongest first; of equal strength in the record's order. */
static void add_jumps(struct page *page, const struct marks *marks) {
    struct fact *list = tree_add(&page->tree, page->tree.root, "jumps", NULL);
    for (int severity = SEVERITY_FATAL; severity >= SEVERITY_INFO; severity--) {
        for (size_t i = 0; i < marks->count; i++) {
            const struct mark *mark = &marks->items[i];
            if (mark->finding->severity != (enum severity)severity) {
                continue;
            }
            const char *name = mark->box ? page_box_name(page, mark->box) : NULL;
            const char *id = mark->item           ? name ? "jump.cell" : "jump.item"
                             : *mark->box->number ? "jump.box"
                                                  : "jump.field";
            struct fact *made = tree_link(
                &page->tree, list, "jump",
                page_say(page, id, "item", mark->item ? page_item_number(page, mark->item) : NULL, "name", name, "box",
                         mark->box ? mark->box->number : NULL, "rule", mark->finding->rule, PAGE_END));
            tree_addf(&page->tree, made, "@href", "#%s", anchor_of(page, mark));
        }
    }
}

/* ---- findings beside their fields ---- */

static void add_why(struct page *page, struct fact *parent, const struct finding *f) {
    struct fact *made = tree_add(&page->tree, parent, "why", NULL);
    const char *severity = severity_name(f->severity);
    tree_link(&page->tree, made, "@form", severity);
    tree_link(&page->tree, made, "@rule", f->rule);
    tree_addf(&page->tree, made, "@href", "%s#%s", page_file(page, "record"), page_anchor(page, f));
    tree_link(&page->tree, made, "severity",
              page_say(page, arena_join(page->arena, "severity.", severity, ""), PAGE_END));
    page_words(page, made, "message", f->message, f->message_zh);
    tree_put(&page->tree, made, "observed", f->observed);
    tree_put(&page->tree, made, "expected", f->expected);
    page_words(page, made, "mend", f->mend, f->mend_zh);
}

static bool add_whys(struct page *page, struct fact *made, const struct marks *own, const struct form_box *box) {
    bool hit = false;
    for (size_t i = 0; i < own->count; i++) {
        if (own->items[i].box == box) {
            hit = hit || is_hit(own->items[i].finding);
            add_why(page, made, own->items[i].finding);
        }
    }
    return hit;
}

static bool is_marked(const struct marks *own, const struct form_box *box) {
    for (size_t i = 0; i < own->count; i++) {
        if (own->items[i].box == box) {
            return true;
        }
    }
    return false;
}

/* What was lodged, where an amendment changed the value. */
static void add_amended(struct page *page, struct fact *made, const struct form_box *box, const struct fact *from) {
    for (const struct fact *paper = page_visible(page, "amendment"); paper; paper = page_next(paper)) {
        for (const struct fact *change = fact_at(paper, "change"); change; change = change->next_same) {
            const char *about = fact_text(change, "about");
            const struct fact *fact =
                about ? page_fact(page, strncmp(about, "/dossier/", 9) == 0 ? about + 9 : about) : NULL;
            const struct fact *item = NULL;
            if (fact && page_box_of(page, fact_path(page->arena, fact), &item) == box &&
                (item ? item : page->declaration) == from) {
                const char *old = fact_text(change, "old");
                const char *number = fact_text(paper, "number");
                page_part(page, made, "note",
                          page_say(page, "amended", "old", old ? old : "-", "number", number ? number : "-", PAGE_END));
            }
        }
    }
}

static void add_boxes(struct page *page, const struct marks *marks) {
    const struct form *form = pages_form(page->pages);
    struct marks own = marks_of(marks, NULL);
    struct fact *list = tree_add(&page->tree, page->tree.root, "form", NULL);
    for (size_t i = 0; i < form->count; i++) {
        const struct form_box *box = &form->boxes[i];
        if (box->of_item) {
            continue;
        }
        bool marked = is_marked(&own, box);
        struct fact *made = tree_add(&page->tree, list, "box", NULL);
        page_box_value(page, made, box, page->declaration);
        if (!fact_at(made, "part") && !marked) {
            tree_remove(made);
            continue;
        }
        add_amended(page, made, box, page->declaration);
        bool hit = marked && add_whys(page, made, &own, box);
        tree_link(&page->tree, made, "@id", box->id);
        tree_addf(&page->tree, made, "@class", "%s%s", box->width, hit ? " hit" : marked ? " note" : "");
        tree_put(&page->tree, made, "@number", page->c->decision.profile == PROFILE_CN ? NULL : box->number);
        tree_link(&page->tree, made, "name", page_box_name(page, box));
    }
}

/* ---- items ---- */

/* own: the marks whose cells can be linked to; NULL: none here. */
static void add_cells(struct page *page, struct fact *row, const struct fact *item, const struct marks *own) {
    const struct form *form = pages_form(page->pages);
    for (size_t i = 0; i < form->count; i++) {
        const struct form_box *box = &form->boxes[i];
        if (box->of_item) {
            struct fact *cell = tree_add(&page->tree, row, "cell", NULL);
            page_box_value(page, cell, box, item);
            tree_put(&page->tree, cell, "@class", box->width);
            if (own && is_marked(own, box)) {
                tree_addf(&page->tree, cell, "@id", "i%s-%s", page_item_number(page, item), box->id);
            }
            add_amended(page, cell, box, item);
        }
    }
}

static void add_hits(struct page *page, const struct marks *marks) {
    struct fact *list = tree_add(&page->tree, page->tree.root, "hits", NULL);
    unsigned long items = 0;
    for (const struct fact *item = fact_at(page->declaration, "goodsItem"); item; item = item->next_same) {
        struct marks own = marks_of(marks, item);
        if (!own.count) {
            continue;
        }
        struct fact *row = tree_add(&page->tree, list, "item", NULL);
        tree_link(&page->tree, row, "@n", page_item_number(page, item));
        add_cells(page, row, item, &own);
        for (size_t i = 0; i < own.count; i++) {
            add_why(page, row, own.items[i].finding);
        }
        items++;
    }
    tree_link(&page->tree, list, "title",
              page_say(page, "items.hits", "n", page_count(page, items), "all",
                       page_count(page, fact_count(page->declaration, "goodsItem")), PAGE_END));
}

/* The exact sum of what a column shows, or nothing where a value is missing, or units or currencies differ. */
static const char *sum_of(struct page *page, const struct form_box *box) {
    static const char *const summed[] = {"mass", "amount", "quantity"};
    struct decimal sum = {0};
    const char *unit = NULL;
    struct fact *total = NULL;
    bool is_summed = false;
    for (size_t i = 0; i < sizeof summed / sizeof *summed; i++) {
        is_summed = is_summed || strcmp(box->show, summed[i]) == 0;
    }
    for (const struct fact *item = fact_at(page->declaration, "goodsItem"); item && is_summed; item = item->next_same) {
        struct fact *fact = fact_at(item, box->paths[0]);
        const struct decimal *number = fact ? fact_number(page->arena, fact) : NULL;
        const char *of = fact_text(fact, "@unit");
        of = of ? of : fact_text(fact, "@currency");
        if (!number || !decimal_add(&sum, number, &sum) || (total && strcmp(unit, of ? of : "") != 0)) {
            return NULL;
        }
        unit = of ? of : "";
        total = fact;
    }
    if (!total) {
        return NULL;
    }
    char text[DECIMAL_TEXT];
    decimal_print(&sum, text);
    const char *printed = arena_string(page->arena, text);
    if (strcmp(box->show, "mass") == 0) {
        return page_mass(page, printed);
    }
    return arena_join(page->arena, page_number(page, printed), *unit ? " " : "", unit);
}

static void add_items(struct page *page, const struct marks *marks) {
    const struct form *form = pages_form(page->pages);
    struct fact *list = tree_add(&page->tree, page->tree.root, "items", NULL);
    for (size_t i = 0; i < form->count; i++) {
        const struct form_box *box = &form->boxes[i];
        if (box->of_item) {
            struct fact *column = tree_link(&page->tree, list, "column", page_box_name(page, box));
            tree_put(&page->tree, column, "@class", box->width);
            struct fact *sum = tree_link(&page->tree, list, "sum", sum_of(page, box));
            tree_put(&page->tree, sum, "@class", box->width);
        }
    }
    for (const struct fact *item = fact_at(page->declaration, "goodsItem"); item; item = item->next_same) {
        struct fact *row = tree_add(&page->tree, list, "item", NULL);
        struct marks own = marks_of(marks, item);
        tree_link(&page->tree, row, "@n", page_item_number(page, item));
        if (own.count) {
            tree_link(&page->tree, row, "@flag", page_say_count(page, "items.findings", own.count));
        }
        add_cells(page, row, item, NULL);
    }
}

/* ---- duties ---- */

static const struct fact *payment_of(const struct page *page, const char *assessment) {
    const struct fact *paid = page_visible(page, "taxPayment");
    while (paid && assessment && !fact_is(paid, "assessment", assessment)) {
        paid = page_next(paid);
    }
    return paid;
}

static const char *money(struct page *page, const struct fact *amount) {
    const char *currency = fact_text(amount, "@currency");
    return arena_join(page->arena, page_money(page, amount), " ", currency ? currency : "");
}

static void add_duty(struct page *page, struct fact *list, const struct fact *paper, const struct fact *line) {
    struct fact *made = tree_add(&page->tree, list, "duty", NULL);
    const char *number = fact_text(paper, "number");
    const char *item = fact_text(line, "item");
    const struct fact *base = fact_at(line, "base");
    const struct fact *paid = payment_of(page, number);
    tree_link(&page->tree, made, "assessment",
              page_say(page, item ? "duty.item" : "duty.all", "number", number ? number : "-", "item", item, PAGE_END));
    page_code(page, tree_add(&page->tree, made, "type", NULL), "TaxType", fact_text(line, "type"));
    if (base) {
        tree_link(&page->tree, made, "base", money(page, base));
    }
    tree_put(&page->tree, made, "rate", fact_text(line, "rate"));
    if (fact_at(line, "amount")) {
        tree_link(&page->tree, made, "amount", money(page, fact_at(line, "amount")));
    }
    if (paid) {
        const char *receipt = fact_text(paid, "number");
        const char *at = page_moment(page, fact_text(paid, "paidAt"));
        tree_link(&page->tree, made, "paid",
                  arena_printf(page->arena, "%s%s%s", receipt ? receipt : "", receipt && at ? ", " : "", at ? at : ""));
    }
}

static void add_duties(struct page *page) {
    struct fact *list = tree_add(&page->tree, page->tree.root, "duties", NULL);
    for (const struct fact *paper = page_visible(page, "assessment"); paper; paper = page_next(paper)) {
        for (const struct fact *line = fact_at(paper, "line"); line; line = line->next_same) {
            add_duty(page, list, paper, line);
        }
    }
    for (size_t i = 0; i < page->c->undecided.count; i++) {
        const struct undecided *u = &page->c->undecided.items[i];
        if (u->point == 4 && (!i || strcmp(u[-1].rule, u->rule) != 0)) {
            page_rule(page, list, u->rule, arena_join(page->arena, page_file(page, "record"), "#u-", u->rule));
        }
    }
}

bool page_declaration_wanted(const struct consignment *c, const struct knowledge *k) {
    return page_record_wanted(c, k) && page_has_declaration(c);
}

struct tree page_declaration_make(struct consignment *c, const struct knowledge *k,
                                  const struct page_language *language) {
    struct page page = page_open(c, k, language);
    struct marks marks = collect(&page);
    struct fact *link;
    tree_link(&page.tree, page.tree.root, "title",
              page_say(&page, "declaration.title", "subject", page_subject(&page), "outcome",
                       page_outcome_heading(&page), PAGE_END));
    link = tree_link(&page.tree, page.tree.root, "link", page_say(&page, "page.record", PAGE_END));
    tree_link(&page.tree, link, "@href", page_file(&page, "record"));
    page_link_papers(&page, "");
    page_link_language(&page, "declaration");
    add_head(&page, &marks);
    add_jumps(&page, &marks);
    add_boxes(&page, &marks);
    add_hits(&page, &marks);
    add_items(&page, &marks);
    add_duties(&page);
    page_sentence(&page, page.tree.root, "foot", "declaration.foot", "path", c->declaration->path, "digest",
                  c->declaration->sha256, PAGE_END);
    return page.tree;
}
