#include "report/note.h"

#include "base/fault.h"
#include "consignment.h"

#include <stdlib.h>
#include <string.h>

static char *copy(const char *text) {
    if (!text) {
        return NULL;
    }
    size_t size = strlen(text) + 1;
    return memcpy(fault_malloc(size), text, size);
}

static const char *exporter_of(const struct consignment *c) {
    static const char *const paths[] = {"exporter/name", "consignor/name", "exporter/id", "declarant/name",
                                        "declarant/id"};
    const struct fact *declaration = c->dossier.root ? fact_at(c->dossier.root, "declaration") : NULL;
    const char *found = NULL;
    if (c->quarantine.reason) {
        return NULL; /* nothing in such a bundle was judged, and nothing of it is believed */
    }
    for (size_t i = 0; i < sizeof paths / sizeof *paths && !found; i++) {
        found = fact_text(declaration, paths[i]);
    }
    return found;
}

static bool keeps_goods(enum effect effect) {
    return effect == EFFECT_HOLD || effect == EFFECT_REJECT || effect == EFFECT_REFER;
}

/* The strongest effect decides; of equal ones the first in the order of the record. */
static const char *reason_of(const struct consignment *c) {
    const struct finding *found = NULL;
    if (c->quarantine.reason || c->decision.gate) {
        return c->quarantine.reason ? c->quarantine.reason : c->decision.gate;
    }
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *f = &c->findings.items[i];
        if (!f->waived && keeps_goods(f->effect) && (!found || f->effect > found->effect)) {
            found = f;
        }
    }
    for (size_t i = 0; i < c->undecided.count && !found; i++) {
        if (c->undecided.items[i].contributes == EFFECT_HOLD) {
            return c->undecided.items[i].rule;
        }
    }
    return found ? found->rule : NULL;
}

static struct note_rule *rule_of(struct note *note, const char *rule, unsigned point, enum severity severity) {
    for (size_t i = 0; i < note->rule_count; i++) {
        if (strcmp(note->rules[i].rule, rule) == 0) {
            if (severity > note->rules[i].severity) {
                note->rules[i].severity = severity;
            }
            return &note->rules[i];
        }
    }
    note->rules = fault_realloc(note->rules, (note->rule_count + 1) * sizeof *note->rules);
    note->rules[note->rule_count] = (struct note_rule){.rule = copy(rule), .point = point, .severity = severity};
    return &note->rules[note->rule_count++];
}

void note_take(struct note *note, const struct consignment *c) {
    *note = (struct note){
        .exporter = copy(exporter_of(c)),
        .reason = copy(reason_of(c)),
        .detail = copy(c->quarantine.detail),
        .entry = copy(c->quarantine.entry),
        .offset = c->quarantine.offset,
    };
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *f = &c->findings.items[i];
        rule_of(note, f->rule, f->point, f->severity)->findings++;
    }
    for (size_t i = 0; i < c->undecided.count; i++) {
        const struct undecided *u = &c->undecided.items[i];
        rule_of(note, u->rule, u->point, u->severity)->undecided++;
    }
}

void note_free(struct note *note) {
    for (size_t i = 0; i < note->rule_count; i++) {
        free(note->rules[i].rule);
    }
    free(note->rules);
    free(note->exporter);
    free(note->reason);
    free(note->detail);
    free(note->entry);
    *note = (struct note){0};
}
