#include "xpath/house.h"

#include "base/arena.h"
#include "tree/names.h"

#include <string.h>

/* ---- Policy and lists ------------------------------------------------------------------------------- */

enum policy_profile house_profile(const struct evaluation *e) {
    return policy_profile(e->host->profile ? e->host->profile : "generic");
}

const char *house_policy(const struct evaluation *e, const char *name) {
    if (!e->host->reference) {
        return NULL;
    }
    return policy_value(reference_policy(e->host->reference), house_profile(e), name, NULL).value;
}

bool house_decimal(struct evaluation *e, const char *name, struct decimal *out, struct value *unknown) {
    const char *text = house_policy(e, name);
    if (text && decimal_parse(text, strlen(text), out)) {
        return true;
    }
    *unknown = value_unknown(missing_kind(e, "policy:", name));
    return false;
}

const struct legal_forms *house_legal_forms(const struct evaluation *e) {
    static const struct legal_forms none = {0};
    return e->host->reference ? reference_legal_forms(e->host->reference) : &none;
}

const struct table *house_list(struct evaluation *e, const char *name, struct value *unknown) {
    const struct table *list = e->host->reference ? reference_list(e->host->reference, name) : NULL;
    if (list && list->state == REGISTER_AVAILABLE) {
        return list;
    }
    *unknown = value_unknown(missing_kind(e, "list:", name));
    return NULL;
}

/* ---- The dossier ------------------------------------------------------------------------------------ */

struct fact *next_child(const struct evaluation *e, const struct fact *parent, const char *name, struct fact *before) {
    struct fact *child = before ? before->next_same : parent ? parent->first : NULL;
    (void)e;
    while (!before && child && (*child->name != *name || strcmp(child->name, name) != 0)) {
        child = child->next_name;
    }
    while (child && child->hidden) {
        child = child->next_same;
    }
    return child;
}

bool is_superseded(const struct evaluation *e, const struct fact *document) {
    const struct fact *mark = next_child(e, document, "@superseded", NULL);
    return mark && mark->value && strcmp(mark->value, "true") == 0;
}

struct fact *house_declaration(const struct evaluation *e) {
    return next_child(e, e->dossier, "declaration", NULL);
}

int32_t house_as_of(const struct evaluation *e) {
    return e->memory->as_of;
}

const struct value *house_value(struct house_one *one, struct fact *fact) {
    one->member = (struct member){.fact = fact};
    one->value = (struct value){.kind = VALUE_NODES, .nodes = {.items = &one->member, .count = 1}};
    return &one->value;
}

/* ---- Zones ------------------------------------------------------------------------------------------ */

/* Policy time.zone; a profile whose zone is that of the office has none. */
static bool policy_zone(struct evaluation *e, const char *place, const struct zone **zone, struct value *unknown) {
    if (!e->host->reference || e->host->zone || house_policy(e, "time.zone")) {
        *zone = e->host->zone;
        return true;
    }
    *unknown = value_unknown(place ? missing_kind(e, "register:", "office") : missing_kind(e, "policy:", "time.zone"));
    return false;
}

bool place_zone(struct evaluation *e, const char *place, const struct zone **zone, struct value *unknown) {
    const struct reference *reference = e->host->reference;
    if (reference && (reference_office_zone(reference, place, zone) || reference_place_zone(reference, place, zone))) {
        return true;
    }
    return policy_zone(e, place, zone, unknown);
}

bool acting_zone(struct evaluation *e, const struct fact *fact, const struct zone **zone, struct value *unknown) {
    const struct fact *office = NULL;
    for (const struct fact *at = fact ? fact->parent : NULL; at && !office; at = at->parent) {
        office = visible_child(at, e->program->office);
    }
    if (!office || !office->value) {
        const struct fact *declaration = house_declaration(e);
        office = declaration ? visible_child(declaration, e->program->office) : NULL;
    }
    return office && office->value ? place_zone(e, office->value, zone, unknown) : policy_zone(e, NULL, zone, unknown);
}

/* ---- Moments ---------------------------------------------------------------------------------------- */

static struct value no_moment(struct evaluation *e, const struct fact *fact, const char *text) {
    return value_unknown(fact ? missing_below(e, fact, NULL) : missing_named(e, "an instant, not %s", text));
}

static struct read_moment *read_moment(struct evaluation *e, const struct fact *fact) {
    return &e->memory->moments[(uintptr_t)fact / sizeof *fact % READ_MOMENTS];
}

bool argument_moment(struct evaluation *e, const struct value *argument, struct moment *out, struct value *unknown) {
    struct fact *fact = argument_fact(argument);
    struct read_moment *known = read_moment(e, fact);
    if (fact && known->fact == fact && !argument->nodes.items[0].maybe) {
        *out = known->moment;
        return true;
    }
    const char *text = argument_text(e, argument);
    if (!text || (fact && fact->state == FACT_UNREADABLE) || !moment_read(text, NULL, out)) {
        *unknown = no_moment(e, fact, text ? text : "nothing");
        return false;
    }
    if (out->is_day || !out->assumed) {
        *known = (struct read_moment){.fact = fact, .moment = *out};
        return true;
    }
    if (fact && reads_utc(e, fact)) {
        return true;
    }
    const struct zone *zone;
    return acting_zone(e, fact, &zone, unknown) && moment_read(text, zone, out);
}

bool argument_day(struct evaluation *e, const struct value *argument, int32_t *day, struct value *unknown) {
    struct moment moment;
    const struct zone *zone = NULL;
    if (!argument_moment(e, argument, &moment, unknown) ||
        (!moment.is_day && !acting_zone(e, argument_fact(argument), &zone, unknown))) {
        return false;
    }
    *day = moment_day(&moment, zone);
    return true;
}

bool fact_moment(struct evaluation *e, struct fact *fact, struct moment *out, struct value *unknown) {
    struct house_one one;
    return argument_moment(e, house_value(&one, fact), out, unknown);
}

enum { DAY_SECONDS = 86400 };

bool fact_instant(struct evaluation *e, struct fact *fact, int64_t *instant, struct value *unknown) {
    struct moment moment;
    const struct zone *zone = NULL;
    if (!fact_moment(e, fact, &moment, unknown) || (moment.is_day && !acting_zone(e, fact, &zone, unknown))) {
        return false;
    }
    *instant = moment.is_day ? zone_to_utc(zone, moment.at * DAY_SECONDS) : moment.at;
    return true;
}

bool facts_extreme(struct evaluation *e, struct fact *const *facts, size_t count, bool last, struct fact **out,
                   struct value *unknown) {
    int64_t best = 0;
    *out = count ? facts[0] : NULL;
    for (size_t i = 0; i < count && count > 1; i++) {
        int64_t instant;
        spend(e, 1);
        if (!fact_instant(e, facts[i], &instant, unknown)) {
            return false;
        }
        if (i == 0 || (last ? instant > best : instant < best)) {
            best = instant;
            *out = facts[i];
        }
    }
    return true;
}
