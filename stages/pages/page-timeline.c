/* The steps of the procedure, drawn and as a table; what was drafted as the timeline, with the review itself and the
 * dates by which open steps are due. Lengths of the drawing are integers that the stylesheet copies (PAGES 4). */
#include "pages/page-parts.h"

#include "base/arena.h"
#include "base/time.h"
#include "consignment.h"
#include "knowledge.h"

#include <string.h>

enum { IN_A_ROW = 12, FIRST_X = 41, STEP_X = 82, LINE_Y = 48, DAY_FROM = 5, DAY_LENGTH = 5, TIME_FROM = 11 };

enum shape { SHAPE_DONE, SHAPE_WRONG, SHAPE_NOW, SHAPE_OPEN };

struct step {
    enum shape shape;
    const char *label, *at, *due; /* due: of an open step, its words and moment */
    const struct fact *from;      /* NULL: the review */
};

struct steps {
    struct step *items;
    size_t count;
    size_t now; /* index of the review */
};

static const struct fact *drafted(const struct consignment *c) {
    for (size_t i = 0; i < c->drafts.count; i++) {
        if (strcmp(c->drafts.items[i].path, "clearance/timeline.xml") == 0) {
            return c->drafts.items[i].tree.root;
        }
    }
    return NULL;
}

/* The next date known for a step that is open. */
static const char *due_of(const struct page *page, const char *type) {
    const struct fact *paper = page_visible(page, "transportDocument");
    const char *at = NULL;
    if (strcmp(type, "released") == 0) {
        const struct fact *cut_off = fact_at(paper, "cutOff");
        while (cut_off && !fact_is(cut_off, "type", "customs")) {
            cut_off = cut_off->next_same;
        }
        at = fact_text(cut_off, "at");
    } else if (strcmp(type, "loaded") == 0) {
        at = fact_text(paper, "etd");
    } else if (strcmp(type, "closed") == 0 || strcmp(type, "discharged") == 0) {
        at = fact_text(page_visible(page, "supervision"), "due");
    }
    return at ? page_say(page, arena_join(page->arena, "due.", type, ""), "at", page_moment(page, at), PAGE_END) : NULL;
}

static const char *label_of(const struct page *page, const char *type) {
    const char *label = page_text(page, arena_join(page->arena, "step.", type, ""));
    return label ? label : type;
}

static struct step step_of(const struct page *page, const struct fact *from) {
    const char *type = fact_text(from, "@type");
    bool open = !fact_is(from, "@state", "done") && !fact_is(from, "@state", "wrong");
    struct step made = {
        .shape = open                               ? SHAPE_OPEN
                 : fact_is(from, "@state", "wrong") ? SHAPE_WRONG
                                                    : SHAPE_DONE,
        .label = label_of(page, type ? type : ""),
        .at = open ? NULL : fact_text(from, "@at"),
        .from = from,
    };
    made.due = open && type ? due_of(page, type) : NULL;
    return made;
}

/* The review stands behind the last step that was taken. */
static struct steps collect(const struct page *page, const struct fact *timeline) {
    struct steps steps = {.items = arena_alloc(page->arena, (fact_count(timeline, "step") + 1) * sizeof *steps.items)};
    for (const struct fact *from = fact_at(timeline, "step"); from; from = from->next_same) {
        steps.items[steps.count] = step_of(page, from);
        steps.now = steps.items[steps.count++].shape == SHAPE_OPEN ? steps.now : steps.count;
    }
    memmove(&steps.items[steps.now + 1], &steps.items[steps.now], (steps.count - steps.now) * sizeof *steps.items);
    steps.count++;
    const char *id = arena_join(page->arena, "step.review.", page_outcome_class(page), "");
    steps.items[steps.now] =
        (struct step){.shape = SHAPE_NOW, .label = page_say(page, id, PAGE_END), .at = page->k->now_text};
    return steps;
}

/* ---- the drawing ---- */

static const char *part_of(const struct page *page, const char *moment, size_t from, size_t length) {
    return moment && strlen(moment) >= from + length ? arena_copy(page->arena, moment + from, length) : NULL;
}

static void add_mark(struct page *page, struct fact *figure, const struct step *step, size_t column) {
    static const char *const shapes[] = {"circle", "triangle", "square", "circle"};
    static const char *const classes[] = {"s-good", "s-bad", "s-warn", "s-open"};
    struct fact *mark = tree_add(&page->tree, figure, "mark", NULL);
    unsigned long x = FIRST_X + STEP_X * (unsigned long)column;
    const char *moment = page_moment(page, step->at);
    tree_count(&page->tree, mark, "@x", x);
    tree_link(&page->tree, mark, "@shape", shapes[step->shape]);
    tree_link(&page->tree, mark, "@class",
              step->shape == SHAPE_NOW && page_released(page) ? "s-good" : classes[step->shape]);
    if (step->shape == SHAPE_WRONG) {
        tree_addf(&page->tree, mark, "@d", "M%lu 37l11 19h-22z", x);
    } else if (step->shape == SHAPE_NOW) {
        tree_count(&page->tree, mark, "@left", x - 9);
    }
    tree_put(&page->tree, mark, "label", step->label);
    tree_put(&page->tree, mark, "day", part_of(page, moment, DAY_FROM, DAY_LENGTH));
    tree_put(&page->tree, mark, "time", moment && strlen(moment) > TIME_FROM ? moment + TIME_FROM : NULL);
    tree_put(&page->tree, mark, "rules", step->shape == SHAPE_WRONG ? fact_text(step->from, "@rules") : NULL);
}

static void add_line(struct page *page, struct fact *figure, size_t from, size_t to, bool dashed) {
    if (to > from) {
        struct fact *line = tree_add(&page->tree, figure, "line", NULL);
        tree_addf(&page->tree, line, "@d", "M%lu %dH%lu", FIRST_X + STEP_X * (unsigned long)from, LINE_Y,
                  FIRST_X + STEP_X * (unsigned long)to);
        tree_put(&page->tree, line, "@dash", dashed ? "4 4" : NULL);
    }
}

static void add_figure(struct page *page, struct fact *parent, const struct steps *steps, size_t first) {
    size_t count = steps->count - first < IN_A_ROW ? steps->count - first : IN_A_ROW;
    size_t done = steps->now < first ? 0 : steps->now - first;
    done = done < count ? done : count - 1;
    struct fact *figure = tree_add(&page->tree, parent, "figure", NULL);
    tree_count(&page->tree, figure, "@n", first / IN_A_ROW + 1);
    add_line(page, figure, 0, done, false);
    add_line(page, figure, done, count - 1, true);
    for (size_t i = 0; i < count; i++) {
        add_mark(page, figure, &steps->items[first + i], i);
    }
}

/* ---- the table ---- */

static const char *rule_anchor(const struct page *page, const char *rule) {
    for (size_t i = 0; i < page->c->findings.count; i++) {
        if (strcmp(page->c->findings.items[i].rule, rule) == 0) {
            return page_anchor(page, &page->c->findings.items[i]);
        }
    }
    return NULL;
}

static void add_rules(struct page *page, struct fact *row, const char *rules) {
    while (rules && *rules) {
        size_t length = strcspn(rules, " ");
        const char *rule = arena_copy(page->arena, rules, length);
        const char *anchor = rule_anchor(page, rule);
        if (anchor) {
            page_rule(page, row, rule, arena_join(page->arena, "#", anchor, ""));
        }
        rules += length + (rules[length] == ' ');
    }
}

static const char *path_of(const struct page *page, const char *id) {
    for (size_t i = 0; id && i < page->c->documents.count; i++) {
        if (strcmp(page->c->documents.items[i]->id, id) == 0) {
            return page->c->documents.items[i]->path;
        }
    }
    return NULL;
}

static void add_row(struct page *page, struct fact *list, const struct step *step) {
    struct fact *row = tree_add(&page->tree, list, "row", NULL);
    const char *office = fact_text(step->from, "@office");
    const char *officer = fact_text(step->from, "@officer");
    tree_put(&page->tree, row, "title", step->label);
    page_moment_part(page, row, step->at);
    if (step->shape == SHAPE_OPEN) {
        tree_link(&page->tree, row, "open",
                  step->due ? page_say(page, "step.openDue", "due", step->due, PAGE_END)
                            : page_say(page, "step.open", PAGE_END));
    }
    add_rules(page, row, fact_text(step->from, "@rules"));
    tree_put(&page->tree, row, "by",
             step->shape == SHAPE_NOW ? "tidewaiter"
             : office && officer      ? arena_join(page->arena, office, ", ", officer)
             : office                 ? office
                                      : officer);
    tree_put(&page->tree, row, "reference", fact_text(step->from, "@reference"));
    tree_put(&page->tree, row, "proof", path_of(page, fact_text(step->from, "@document")));
}

void page_timeline(struct page *page, struct fact *parent) {
    const struct fact *timeline = drafted(page->c);
    if (!timeline) {
        return;
    }
    struct steps steps = collect(page, timeline);
    struct fact *made = tree_add(&page->tree, parent, "timeline", NULL);
    unsigned long counts[SHAPE_OPEN + 1] = {0};
    for (size_t i = 0; i < steps.count; i++) {
        counts[steps.items[i].shape]++;
    }
    tree_link(&page->tree, made, "description",
              page_say(page, "timeline.description", "done", page_count(page, counts[SHAPE_DONE] + counts[SHAPE_WRONG]),
                       "wrong", page_count(page, counts[SHAPE_WRONG]), "open", page_count(page, counts[SHAPE_OPEN]),
                       PAGE_END));
    for (size_t first = 0; first < steps.count; first += IN_A_ROW) {
        add_figure(page, made, &steps, first);
    }
    for (size_t i = 0; i < steps.count; i++) {
        add_row(page, made, &steps.items[i]);
    }
}
