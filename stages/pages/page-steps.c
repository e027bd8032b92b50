/* What to do next, by whom: one step per finding that stops the goods, then one per missing thing; and the dates
 * that run meanwhile. */
#include "pages/page-parts.h"

#include "base/arena.h"
#include "base/time.h"
#include "consignment.h"
#include "knowledge.h"
#include "pages/record.h"

#include <string.h>

static bool stops(const struct finding *f) {
    return !f->waived && (f->effect == EFFECT_HOLD || f->effect == EFFECT_REJECT || f->effect == EFFECT_REFER ||
                          f->effect == EFFECT_STOP_LOAD);
}

/* A mending that several findings share, to the letter, is one step. */
static bool add_to_step(struct page *page, struct fact *list, const struct finding *f, const char *who) {
    for (struct fact *step = fact_at(list, "step"); step; step = step->next_same) {
        if (strcmp(fact_text(step, "text"), page->chinese && f->mend_zh ? f->mend_zh : f->mend) == 0 &&
            fact_is(step, "who", who)) {
            page_rule(page, step, f->rule, arena_join(page->arena, "#", page_anchor(page, f), ""));
            return true;
        }
    }
    return false;
}

static void add_mending(struct page *page, struct fact *list) {
    for (size_t i = 0; i < page->c->findings.count; i++) {
        const struct finding *f = &page->c->findings.items[i];
        const char *who = page_who(page, f->who ? f->who : "declarant");
        if (!stops(f) || (f->mend && add_to_step(page, list, f, who))) {
            continue;
        }
        struct fact *step = tree_add(&page->tree, list, "step", NULL);
        if (f->mend) {
            page_words(page, step, "text", f->mend, f->mend_zh);
        } else {
            page_words(page, step, "text", f->title ? f->title : f->message, f->title ? f->title_zh : f->message_zh);
        }
        tree_put(&page->tree, step, "who", who);
        page_rule(page, step, f->rule, arena_join(page->arena, "#", page_anchor(page, f), ""));
    }
}

static bool names(const struct fact *list, const char *text) {
    for (const struct fact *one = fact_at(list, "seen"); one; one = one->next_same) {
        if (strcmp(one->value, text) == 0) {
            return true;
        }
    }
    return false;
}

static bool holds(const struct undecided *u) {
    return u->contributes == EFFECT_HOLD || u->contributes == EFFECT_REFER;
}

/* The step that gets one missing thing, with every rule that waits for it. */
static void add_missing(struct page *page, struct fact *list, const char *missing) {
    bool is_register = strncmp(missing, "register:", strlen("register:")) == 0;
    struct fact *step = tree_add(&page->tree, list, "step", NULL);
    tree_link(&page->tree, step, "text",
              page_say(page, is_register ? "step.import" : "step.supply", "what",
                       is_register ? missing + strlen("register:") : page_missing(page, missing), PAGE_END));
    tree_link(&page->tree, step, "who", page_who(page, is_register ? "operator" : "declarant"));
    const char *last = "";
    for (size_t i = 0; i < page->c->undecided.count; i++) {
        const struct undecided *u = &page->c->undecided.items[i];
        for (size_t m = 0; m < u->missing_count && holds(u); m++) {
            if (strcmp(u->missing[m], missing) == 0 && strcmp(last, u->rule) != 0) {
                page_rule(page, step, u->rule, arena_join(page->arena, "#u-", u->rule, ""));
                last = u->rule;
            }
        }
    }
}

static void add_needs(struct page *page, struct fact *list) {
    struct fact *seen = tree_add(&page->tree, page->tree.root, "x", NULL);
    tree_remove(seen);
    for (size_t i = 0; i < page->c->undecided.count; i++) {
        const struct undecided *u = &page->c->undecided.items[i];
        for (size_t m = 0; m < u->missing_count && holds(u); m++) {
            if (!names(seen, u->missing[m])) {
                tree_link(&page->tree, seen, "seen", u->missing[m]);
                add_missing(page, list, u->missing[m]);
            }
        }
    }
}

void page_steps(struct page *page, struct fact *parent) {
    struct fact *list = tree_add(&page->tree, parent, "steps", NULL);
    add_mending(page, list);
    add_needs(page, list);
    if (fact_at(list, "step")) {
        tree_link(&page->tree, list, "again", page_say(page, "steps.again", PAGE_END));
        tree_link(
            &page->tree, list, "command",
            page_say(page, "steps.command", "bundle", page->c->input.name ? page->c->input.name : "BUNDLE", PAGE_END));
    } else {
        tree_link(&page->tree, list, "none",
                  page_say(page, page_released(page) ? "steps.released" : "steps.none", PAGE_END));
    }
}

/* ---- dates that run ---- */

static int64_t seconds_of(const char *left) {
    struct duration duration;
    bool over = left && *left == '-';
    if (!left || !duration_read(left + over, &duration)) {
        return 0;
    }
    return over ? -duration.seconds : duration.seconds;
}

static void add_deadline(struct page *page, struct fact *list, const struct fact *from) {
    struct fact *made = tree_add(&page->tree, list, "deadline", NULL);
    const char *zh = NULL;
    const char *subject = fact_text(from, "@subject");
    const char *place = page_source(page, page_fact(page, fact_text(from, "@from")));
    for (const struct fact *title = fact_at(from, "title"); title; title = title->next_same) {
        zh = fact_is(title, "@lang", "zh") ? title->value : zh;
    }
    struct fact *title = page_words(page, made, "title", fact_text(from, "title"), zh);
    if (subject && title) {
        title->value = arena_printf(page->arena, "%s (%s)", title->value, subject);
    }
    page_moment_part(page, made, fact_text(from, "@at"));
    tree_link(&page->tree, made, "left", page_span(page, seconds_of(fact_text(from, "@left"))));
    if (!fact_is(from, "@state", "open")) {
        const char *state = fact_text(from, "@state");
        struct fact *mark =
            tree_link(&page->tree, made, "mark", page_say(page, arena_join(page->arena, "due.", state, ""), PAGE_END));
        tree_link(&page->tree, mark, "@form", strcmp(state, "over") == 0 ? "no" : "warning");
    }
    tree_link(&page->tree, made, "from", place ? place : page_say(page, "due.policy", PAGE_END));
}

void page_deadlines(struct page *page, struct fact *parent) {
    struct tree scratch = tree_new(page->arena, page->k->names, "deadlines");
    record_deadlines(&scratch, scratch.root, page->c, page->k);
    if (fact_at(scratch.root, "deadline")) {
        struct fact *list = tree_add(&page->tree, parent, "deadlines", NULL);
        for (const struct fact *one = fact_at(scratch.root, "deadline"); one; one = one->next_same) {
            add_deadline(page, list, one);
        }
    }
}
