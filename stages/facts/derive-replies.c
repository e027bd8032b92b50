/* What the replies of customs in the bundle say of the declaration: its number, acceptance and version. */
#include "base/arena.h"
#include "facts/derive-parts.h"
#include "facts/structural.h"

#include <string.h>

/* The number by which an event names the declaration under that scheme, or NULL. */
static const struct fact *named_by(const struct fact *event, const char *scheme) {
    for (const struct fact *named = fact_at(event, "declaration"); named; named = named->next_same) {
        if (fact_is(named, "@scheme", scheme)) {
            return named;
        }
    }
    return NULL;
}

static bool is_linked(struct deriving *d, const struct fact *event) {
    return (named_by(event, "LRN") &&
            same_reference(d, named_by(event, "LRN")->value, fact_text(d->declaration, "lrn"))) ||
           (named_by(event, "UCR") &&
            same_reference(d, named_by(event, "UCR")->value, fact_text(d->declaration, "ucr"))) ||
           (named_by(event, "MRN") &&
            same_reference(d, named_by(event, "MRN")->value, fact_text(d->declaration, "mrn")));
}

static void report_disagreement(struct deriving *d, const struct fact *later, const char *expected) {
    const struct element *element = fact_element(later);
    struct location place = {
        .document = element ? element->document : NULL,
        .line = fact_line(later),
        .column = element ? element->column : 0,
        .xpath = fact_xpath(d->arena, later),
        .path = fact_path(d->arena, later),
    };
    structural_finding(d->c, STRUCTURE_UNREADABLE, &place, later->value, expected);
}

/* A number of the declaration that only replies about it tell. */
static void derive_number(struct deriving *d, const char *fact, const char *scheme) {
    const struct fact *found = NULL;
    if (fact_at(d->declaration, fact)) {
        return;
    }
    for (struct fact *event = next_visible(d, "event", NULL); event; event = next_visible(d, "event", event)) {
        const struct fact *named = is_linked(d, event) ? named_by(event, scheme) : NULL;
        if (named && !found) {
            found = named;
        } else if (named && !same_reference(d, named->value, found->value)) {
            report_disagreement(d, named, found->value);
        }
    }
    if (found) {
        derived(d, d->declaration, fact, NULL, found);
    }
}

/* The earliest instant at which an event of that type says that it happened. Equal forms compare as text;
 * a day counts as its start. */
static const struct fact *earliest(struct deriving *d, const char *type) {
    const struct fact *found = NULL;
    struct moment least = {0};
    for (struct fact *event = next_visible(d, "event", NULL); event; event = next_visible(d, "event", event)) {
        struct fact *at = fact_is(event, "type", type) && about_declaration(d, event) ? fact_at(event, "at") : NULL;
        struct moment moment;
        if (!at || !at->value || !moment_read(at->value, NULL, &moment)) {
            continue;
        }
        int64_t seconds = moment.is_day ? moment.at * 86400 : moment.at;
        if (!found || seconds < least.at) {
            least.at = seconds;
            found = at;
        }
    }
    return found;
}

static void derive_clock(struct deriving *d, const char *fact, const char *type) {
    const struct fact *at = fact_at(d->declaration, fact) ? NULL : earliest(d, type);
    if (at) {
        struct fact *made = derived(d, d->declaration, fact, NULL, at);
        const struct fact *zone = fact_at(at, "@zone");
        if (zone) {
            tree_copy(d->tree, made, zone, NULL);
        }
    }
}

/* A grant that only an event tells is the grant of the one amendment that waits for it. */
static void derive_grants(struct deriving *d) {
    const struct fact *granted = earliest(d, "amended");
    for (struct fact *amendment = next_visible(d, "amendment", NULL); granted && amendment;
         amendment = next_visible(d, "amendment", amendment)) {
        if (!fact_at(amendment, "grantedAt") && !fact_at(amendment, "refusedAt") && about_declaration(d, amendment)) {
            derived(d, amendment, "grantedAt", NULL, granted);
        }
    }
}

void derive_replies(struct deriving *d) {
    /* In this order: a reply may know the local number and the unique reference, the next that reference and the MRN.
     */
    derive_number(d, "ucr", "UCR");
    derive_number(d, "mrn", "MRN");
    derive_clock(d, "acceptedAt", "accepted");
    derive_grants(d);
}

static bool has_event(struct deriving *d, const char *type) {
    for (struct fact *event = next_visible(d, "event", NULL); event; event = next_visible(d, "event", event)) {
        if (fact_is(event, "type", type) && about_declaration(d, event)) {
            return true;
        }
    }
    return false;
}

static void imply(struct deriving *d, const struct fact *event, const char *type) {
    struct fact *made = tree_add(d->tree, d->dossier, "event", NULL);
    derived(d, made, "type", type, fact_at(event, "type"));
    made->origin = made->first->origin;
    for (const struct fact *child = event->first; child; child = child->next) {
        if (strcmp(child->name, "type") != 0 && strcmp(child->name, "@n") != 0) {
            tree_copy(d->tree, made, child, NULL);
        }
    }
}

/* A message that proves no act (a draft was saved, a file taken in) had numbers to tell, and is no event. */
static void drop_messages(struct deriving *d) {
    for (struct fact *event = fact_at(d->dossier, "event"); event;) {
        struct fact *next = event->next_same;
        if (!fact_at(event, "type")) {
            tree_remove(event);
        }
        event = next;
    }
}

void derive_events(struct deriving *d) {
    const struct derivations *data = d->k->derivations;
    drop_messages(d);
    for (size_t i = 0; i < data->implication_count; i++) {
        const struct implication *row = &data->implications[i];
        struct fact *event = next_visible(d, "event", NULL);
        while (event && !(fact_is(event, "type", row->type) && about_declaration(d, event) &&
                          (!*row->channel || fact_is(event, "channel", row->channel)))) {
            event = next_visible(d, "event", event);
        }
        if (event && !has_event(d, row->implies)) {
            imply(d, event, row->implies);
        }
    }
    unsigned position = 0;
    for (struct fact *event = fact_at(d->dossier, "event"); event; event = event->next_same) {
        position++;
        if (!fact_at(event, "@n")) {
            tree_addf(d->tree, event, "@n", "%u", position);
        }
    }
}
