/* The procedure: its events and steps, its documents and references, its profile and policy (CATALOGUE-A 1). */
#include "base/arena.h"
#include "facts/about.h"
#include "tree/names.h"
#include "xpath/house.h"

#include <stdlib.h>
#include <string.h>

/* A list of facts that grows in the evaluation's arena. */
struct facts {
    struct evaluation *e;
    struct fact **items;
    size_t count, capacity;
};

static void add_fact(struct facts *facts, struct fact *fact) {
    if (facts->count == facts->capacity) {
        facts->items = arena_grow(facts->e->arena, facts->items, &facts->capacity, sizeof(struct fact *));
    }
    facts->items[facts->count++] = fact;
}

/* ---- What is about this declaration ----------------------------------------------------------------- */

static bool concerns(struct evaluation *e, const struct fact *paper) {
    static const char memo[] = "tw:about";
    struct map_key key = {.a = memo, .b = paper};
    const struct value *known = memo_find(e, &key);
    spend(e, 1);
    if (!known) {
        memo_keep(e, &key, value_boolean(is_about(e->arena, house_declaration(e), paper)));
        known = memo_find(e, &key);
    }
    return known->truth;
}

static struct value about_of(struct evaluation *e, const struct value *arguments, size_t count) {
    const struct nodes *nodes = &arguments[0].nodes;
    struct member *items = arena_alloc(e->arena, (nodes->count + 1) * sizeof *items);
    size_t kept = 0;
    (void)count;
    for (size_t i = 0; i < nodes->count && !e->exhausted; i++) {
        if (concerns(e, nodes->items[i].fact)) {
            items[kept++] = nodes->items[i];
        }
    }
    return (struct value){.kind = VALUE_NODES, .nodes = {.items = items, .count = kept, .missing = nodes->missing}};
}

/* ---- Events and steps ------------------------------------------------------------------------------- */

/* E(type), as the log has them; an event whose type nobody can read is in no set. */
static void collect_events(struct facts *events, const char *type) {
    struct evaluation *e = events->e;
    for (struct fact *event = visible_child(e->dossier, e->program->event); event && !e->exhausted;
         event = next_child(e, e->dossier, "event", event)) {
        const struct fact *own = visible_child(event, e->program->type);
        spend(e, 1);
        if (own && own->value && strcmp(own->value, type) == 0 && concerns(e, event)) {
            add_fact(events, event);
        }
    }
}

struct dated {
    struct fact *fact;
    int64_t instant;
};

static int by_instant(const void *a, const void *b) {
    const struct dated *left = a, *right = b;
    if (left->instant != right->instant) {
        return left->instant < right->instant ? -1 : 1;
    }
    return (left->fact->order > right->fact->order) - (left->fact->order < right->fact->order);
}

/* In order of their instants; what has none stands last. */
static void sort_events(struct facts *events) {
    struct evaluation *e = events->e;
    struct dated *dated = arena_alloc(e->arena, (events->count + 1) * sizeof *dated);
    struct value unknown;
    if (events->count < 2) {
        return;
    }
    for (size_t i = 0; i < events->count; i++) {
        struct fact *at = next_child(e, events->items[i], "at", NULL);
        dated[i] = (struct dated){.fact = events->items[i], .instant = INT64_MAX};
        if (at && !fact_instant(e, at, &dated[i].instant, &unknown)) {
            dated[i].instant = INT64_MAX;
        }
    }
    qsort(dated, events->count, sizeof *dated, by_instant);
    for (size_t i = 0; i < events->count; i++) {
        events->items[i] = dated[i].fact;
    }
}

static const struct missing *no_event(struct evaluation *e, const char *type) {
    return missing_row(e, e->dossier, "event", "type", type);
}

static struct value events_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct facts events = {.e = e};
    (void)count;
    collect_events(&events, arguments[0].text);
    sort_events(&events);
    return value_facts(e, events.items, events.count, no_event(e, arguments[0].text));
}

/* Where a step's clock stands when no event tells it (CATALOGUE-A 1.1). */
struct clock {
    const char *step, *document, *at;
    const char *column, *value; /* only documents whose column has (or, with "!", has not) that value */
};

static const struct clock clocks[] = {
    {"lodged", "declaration", "lodgedAt", NULL, NULL},
    {"accepted", "declaration", "acceptedAt", NULL, NULL},
    {"presented", "declaration", "presentedAt", NULL, NULL},
    {"inspected", "inspection", "endedAt", "result", "!cancelled"},
    {"assessed", "assessment", "issuedAt", NULL, NULL},
    {"paid", "taxPayment", "paidAt", "status", "paid"},
    {"loaded", "loadingRecord", "loadedAt", NULL, NULL},
};

static bool counts(const struct evaluation *e, const struct clock *clock, const struct fact *document) {
    if (!clock->column) {
        return true;
    }
    const struct fact *own = next_child(e, document, clock->column, NULL);
    bool unless = *clock->value == '!';
    bool equal = own && own->value && strcmp(own->value, clock->value + unless) == 0;
    return equal != unless;
}

static void collect_clock(struct facts *instants, const struct clock *clock) {
    struct evaluation *e = instants->e;
    bool own = strcmp(clock->document, "declaration") == 0;
    for (struct fact *document = next_child(e, e->dossier, clock->document, NULL); document && !e->exhausted;
         document = next_child(e, e->dossier, clock->document, document)) {
        struct fact *at = next_child(e, document, clock->at, NULL);
        if (at && counts(e, clock, document) && !is_superseded(e, document) && (own || concerns(e, document))) {
            add_fact(instants, at);
        }
    }
}

/* t(type): of several documents the last counts, of events the one that is asked for. */
static struct value step_of(struct evaluation *e, const struct value *arguments, size_t count) {
    const char *type = arguments[0].text;
    bool last = count > 1 && strcmp(arguments[1].text, "last") == 0;
    struct facts events = {.e = e}, instants = {.e = e};
    struct fact *found;
    struct value unknown;
    collect_events(&events, type);
    for (size_t i = 0; i < events.count; i++) {
        struct fact *at = next_child(e, events.items[i], "at", NULL);
        if (at) {
            add_fact(&instants, at);
        }
    }
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks && !instants.count; i++) {
        if (strcmp(clocks[i].step, type) == 0) {
            collect_clock(&instants, &clocks[i]);
            last = true;
        }
    }
    if (!facts_extreme(e, instants.items, instants.count, last, &found, &unknown)) {
        return unknown;
    }
    return value_fact(e, found, no_event(e, type));
}

/* ---- Profile, policy, rules ------------------------------------------------------------------------- */

static struct value profile_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)arguments, (void)count;
    return value_string(policy_profile_name(house_profile(e)));
}

static struct value policy_of(struct evaluation *e, const struct value *arguments, size_t count) {
    const char *value = house_policy(e, arguments[0].text);
    (void)count;
    return value ? value_string(value) : value_fact(e, NULL, missing_kind(e, "policy:", arguments[0].text));
}

static struct value failed_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)count;
    return value_boolean(e->host->failed && e->host->failed(e->host->runner, arguments[0].text));
}

const struct function functions_procedure[] = {
    {.name = "tw:about", .takes = "n", .min = 1, .returns = RETURNS_ARGUMENT, .body = about_of},
    {.name = "tw:events", .takes = "T", .min = 1, .returns = RETURNS_NODES, .of = "/dossier/event", .body = events_of},
    {.name = "tw:step", .takes = "TT", .min = 1, .returns = RETURNS_NODES, .body = step_of},
    {.name = "tw:profile", .takes = "", .returns = RETURNS_TEXT, .body = profile_of},
    {.name = "tw:policy", .takes = "P", .min = 1, .returns = RETURNS_TEXT, .body = policy_of},
    {.name = "tw:failed",
     .takes = "F",
     .min = 1,
     .returns = RETURNS_BOOLEAN,
     .flags = FUNCTION_VOLATILE | FUNCTION_CONTEXT,
     .body = failed_of},
    {0},
};
