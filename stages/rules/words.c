/* The words of packs for severities and effects, in the order of their enumerations. */
#include "rules/pack.h"

#include <string.h>

static const struct {
    const char *word;
    enum severity severity;
} severities[] = {
    {"info", SEVERITY_INFO},
    {"warning", SEVERITY_WARNING},
    {"error", SEVERITY_ERROR},
    {"fatal", SEVERITY_FATAL},
};

static const struct {
    const char *word;
    enum effect effect;
} effects[] = {
    {"note", EFFECT_NOTE},
    {"remark", EFFECT_REMARK},
    {"watch", EFFECT_WATCH},
    {"discrepant", EFFECT_DISCREPANT},
    {"hold-closure", EFFECT_HOLD_CLOSURE},
    {"hold", EFFECT_HOLD},
    {"reject", EFFECT_REJECT},
    {"stop-load", EFFECT_STOP_LOAD},
    {"refer", EFFECT_REFER},
};

bool severity_read(const char *word, enum severity *out) {
    for (size_t i = 0; i < sizeof severities / sizeof *severities; i++) {
        if (strcmp(severities[i].word, word) == 0) {
            *out = severities[i].severity;
            return true;
        }
    }
    return false;
}

bool effect_read(const char *word, enum effect *out) {
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++) {
        if (strcmp(effects[i].word, word) == 0) {
            *out = effects[i].effect;
            return true;
        }
    }
    return false;
}

const char *severity_word(enum severity severity) {
    return severities[severity].word;
}

const char *effect_word(enum effect effect) {
    return effects[effect].word;
}

enum effect effect_of(enum severity severity, unsigned point) {
    switch (severity) {
    case SEVERITY_INFO:
        return EFFECT_NOTE;
    case SEVERITY_WARNING:
        return EFFECT_REMARK;
    default:
        return point == 7 ? EFFECT_DISCREPANT : EFFECT_HOLD;
    }
}

bool id_within(const char *id, const char *name) {
    while (*name && *id == *name) {
        id++;
        name++;
    }
    return !*name && (!*id || *id == '.');
}
