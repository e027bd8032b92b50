/* The dates that run: cut-offs, departure, ends of licences and guarantees, the credit, the regime, the hold. */
#include "base/arena.h"
#include "base/time.h"
#include "consignment.h"
#include "knowledge.h"
#include "pages/record.h"
#include "reference/reference.h"
#include "tree/build.h"

#include <string.h>

enum { HOUR = 3600, DAY = 86400, ENDS_SOON = 30 }; /* PAGES 4: ends within 30 days */

struct watching {
    struct tree *tree;
    struct fact *parent;
    const struct consignment *c;
    const struct knowledge *k;
    int64_t near; /* seconds: policy watch.hours */
};

static const char *duration(struct arena *arena, int64_t seconds) {
    const char *sign = seconds < 0 ? "-" : "";
    int64_t left = seconds < 0 ? -seconds : seconds;
    if (left % DAY == 0) {
        return arena_printf(arena, "%sP%dD", sign, (int)(left / DAY));
    }
    return arena_printf(arena, "%sPT%dH%dM", sign, (int)(left / HOUR), (int)(left % HOUR / 60));
}

/* A day ends with its last second, in UTC: a deadline that is a day is over when the next day begins. */
static int64_t seconds_left(const struct watching *w, const struct moment *at) {
    int64_t now = w->k->now.at;
    return at->is_day ? (at->at - moment_day(&w->k->now, NULL)) * DAY : at->at - now;
}

static void add(struct watching *w, const char *type, const char *at, const char *subject, const char *from,
                const char *en, const char *zh) {
    struct moment moment;
    if (!at || !moment_read(at, NULL, &moment)) {
        return;
    }
    int64_t left = seconds_left(w, &moment);
    struct fact *made = tree_add(w->tree, w->parent, "deadline", NULL);
    tree_link(w->tree, made, "@type", type);
    tree_link(w->tree, made, "@at", at);
    tree_link(w->tree, made, "@left", duration(w->tree->arena, left));
    tree_link(w->tree, made, "@state", left < 0 ? "over" : left <= w->near ? "near" : "open");
    tree_put(w->tree, made, "@subject", subject);
    tree_link(w->tree, made, "@from", from);
    tree_words(w->tree, made, "title", en, zh);
}

static void add_fact(struct watching *w, const char *type, const struct fact *at, const char *subject, const char *en,
                     const char *zh) {
    if (at) {
        add(w, type, at->value, subject, fact_path(w->tree->arena, at), en, zh);
    }
}

static const struct fact *visible(const struct watching *w, const char *name, const struct fact *last) {
    const struct fact *fact = last ? last->next_same : fact_at(w->c->dossier.root, name);
    while (fact && fact->hidden) {
        fact = fact->next_same;
    }
    return fact;
}

static void add_voyage(struct watching *w) {
    static const struct {
        const char *type, *en, *zh;
    } cut_offs[] = {
        {"documents", "Documents cut-off", "截单时间"},
        {"vgm", "VGM cut-off", "截VGM时间"},
        {"customs", "Customs cut-off", "截关时间"},
        {"gate", "Gate cut-off", "截港时间"},
    };
    if (visible(w, "loadingRecord", NULL)) {
        return; /* what was loaded waits for no cut-off */
    }
    for (const struct fact *paper = visible(w, "transportDocument", NULL); paper;
         paper = visible(w, "transportDocument", paper)) {
        const char *number = fact_text(paper, "number");
        for (const struct fact *cut_off = fact_at(paper, "cutOff"); cut_off; cut_off = cut_off->next_same) {
            for (size_t i = 0; i < sizeof cut_offs / sizeof *cut_offs; i++) {
                if (fact_is(cut_off, "type", cut_offs[i].type)) {
                    add_fact(w, arena_join(w->tree->arena, "cutOff.", cut_offs[i].type, ""), fact_at(cut_off, "at"),
                             number, cut_offs[i].en, cut_offs[i].zh);
                }
            }
        }
        add_fact(w, "etd", fact_at(paper, "etd"), number, "Departure planned", "预计离港");
    }
}

/* Licences and guarantees that end soon, or have ended. */
static void add_ends(struct watching *w, const char *name, const char *en, const char *zh) {
    for (const struct fact *paper = visible(w, name, NULL); paper; paper = visible(w, name, paper)) {
        const struct fact *end = fact_at(paper, "validTo");
        struct moment moment;
        if (end && end->value && moment_read(end->value, NULL, &moment) &&
            seconds_left(w, &moment) <= (int64_t)ENDS_SOON * DAY) {
            add_fact(w, name, end, fact_text(paper, "number"), en, zh);
        }
    }
}

static void add_supervision(struct watching *w) {
    for (const struct fact *entry = visible(w, "supervision", NULL); entry; entry = visible(w, "supervision", entry)) {
        if (!fact_is(entry, "status", "discharged")) {
            add_fact(w, "supervision", fact_at(entry, "due"), fact_text(entry, "number"),
                     "Supervised goods must be discharged", "监管货物核销期限");
        }
    }
}

static void add_hold(struct watching *w) {
    if (w->c->decision.outcome != OUTCOME_HOLD) {
        return;
    }
    long days = policy_integer(reference_policy(w->k->reference), w->c->decision.profile, "hold.days");
    struct moment end = w->k->now;
    end.at += days * DAY;
    char text[MOMENT_TEXT];
    moment_print(&end, text);
    add(w, "hold", arena_string(w->tree->arena, text), NULL, "hold.days", "Answer to this hold", "暂不放行答复期限");
}

void record_deadlines(struct tree *tree, struct fact *parent, const struct consignment *c, const struct knowledge *k) {
    struct watching w = {
        .tree = tree,
        .parent = parent,
        .c = c,
        .k = k,
        .near = policy_integer(reference_policy(k->reference), c->decision.profile, "watch.hours") * HOUR,
    };
    if (c->gate) {
        return;
    }
    add_voyage(&w);
    add_hold(&w);
    add_ends(&w, "licence", "Licence ends", "许可证到期");
    add_ends(&w, "guarantee", "Guarantee ends", "担保到期");
    add_fact(&w, "credit.latestShipment", fact_at(c->dossier.root, "settlement/credit/latestShipment"),
             fact_text(c->dossier.root, "settlement/credit/number"), "Latest shipment under the credit",
             "信用证最迟装运期");
    add_supervision(&w);
}
