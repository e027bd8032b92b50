#include "consignment.h"

#include "base/arena.h"
#include "stage.h"

#include <stdarg.h>
#include <string.h>

int quarantine(struct consignment *c, const char *reason, const char *entry, int64_t offset, const char *format, ...) {
    if (!c->quarantine.reason) {
        va_list values;
        va_start(values, format);
        c->quarantine = (struct quarantine){
            .reason = reason,
            .detail = arena_vprintf(c->arena, format, values),
            .entry = entry,
            .offset = offset,
        };
        va_end(values);
    }
    return STEP_STOP;
}

const char *outcome_name(enum outcome outcome) {
    static const char *const names[] = {
        [OUTCOME_NONE] = "none",
        [OUTCOME_RELEASE_CLOSE] = "release-close",
        [OUTCOME_RELEASE_SUPERVISE] = "release-supervise",
        [OUTCOME_HOLD] = "hold",
        [OUTCOME_REJECT] = "reject",
        [OUTCOME_REFER] = "refer",
        [OUTCOME_QUARANTINE] = "quarantine",
    };
    return names[outcome];
}

const char *closure_name(enum closure closure) {
    static const char *const names[] = {
        [CLOSURE_NONE] = "none",     [CLOSURE_PENDING] = "pending",           [CLOSURE_CLOSABLE] = "closable",
        [CLOSURE_CLOSED] = "closed", [CLOSURE_NOT_CLOSABLE] = "not-closable", [CLOSURE_WRONG] = "closed-wrongly",
    };
    return names[closure];
}

bool output_is_packed(const char *path) {
    return strncmp(path, "clearance/", strlen("clearance/")) == 0 ||
           strncmp(path, "META-INF/", strlen("META-INF/")) == 0;
}
