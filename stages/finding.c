#include "finding.h"

const char *severity_name(enum severity severity) {
    static const char *const names[] = {
        [SEVERITY_INFO] = "info",
        [SEVERITY_WARNING] = "warning",
        [SEVERITY_ERROR] = "error",
        [SEVERITY_FATAL] = "fatal",
    };
    return names[severity];
}

const char *effect_name(enum effect effect) {
    static const char *const names[] = {
        [EFFECT_NOTE] = "note",
        [EFFECT_REMARK] = "remark",
        [EFFECT_WATCH] = "watch",
        [EFFECT_DISCREPANT] = "discrepant",
        [EFFECT_HOLD_CLOSURE] = "hold-closure",
        [EFFECT_HOLD] = "hold",
        [EFFECT_REJECT] = "reject",
        [EFFECT_STOP_LOAD] = "stop-load",
        [EFFECT_REFER] = "refer",
    };
    return names[effect];
}

const char *verdict_name(enum verdict verdict) {
    static const char *const names[] = {
        [VERDICT_NOT_APPLICABLE] = "n/a",
        [VERDICT_PASS] = "pass",
        [VERDICT_UNDECIDABLE] = "undecidable",
        [VERDICT_FAIL] = "fail",
    };
    return names[verdict];
}
