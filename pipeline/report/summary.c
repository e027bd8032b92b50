#include "report/summary.h"

#include "base/fault.h"
#include "knowledge.h"
#include "report/json.h"
#include "xml/write.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MILLISECOND = 1000000, TENTH = 100000 };

/* The order of CATALOGUE-A 8.6. */
static const enum outcome order[] = {OUTCOME_RELEASE_CLOSE, OUTCOME_RELEASE_SUPERVISE, OUTCOME_HOLD,
                                     OUTCOME_REFER,         OUTCOME_REJECT,            OUTCOME_QUARANTINE};
enum { OUTCOMES = sizeof order / sizeof *order };

void summary_add(struct summary *summary, const char *bundle, const struct review *review) {
    unsigned findings = 0;
    summary->bundles++;
    summary->outcomes[review->outcome]++;
    summary->undecided += review->undecided;
    summary->nanoseconds += review->nanoseconds;
    for (unsigned point = 0; point <= REVIEW_POINTS; point++) {
        summary->findings[point] += review->findings[point];
        findings += review->findings[point];
    }
    for (unsigned stage = 0; stage < STAGES; stage++) {
        summary->times.spent[stage] += review->times.spent[stage];
    }
    bool released = review->outcome == OUTCOME_RELEASE_CLOSE || review->outcome == OUTCOME_RELEASE_SUPERVISE;
    summary->not_released += !released;
    if (!released && summary->row_count < SUMMARY_ROWS) {
        size_t size = strlen(bundle) + 1;
        summary->rows[summary->row_count++] = (struct summary_row){
            .bundle = memcpy(fault_malloc(size), bundle, size),
            .outcome = review->outcome,
            .findings = findings,
            .undecided = review->undecided,
            .nanoseconds = review->nanoseconds,
        };
    }
}

void summary_free(struct summary *summary) {
    for (unsigned i = 0; i < summary->row_count; i++) {
        free(summary->rows[i].bundle);
    }
    *summary = (struct summary){0};
}

void summary_json(struct buffer *out, const struct summary *s, const struct knowledge *k) {
    buffer_string(out, "\"run\":{\"program\":");
    json_text(out, k->version);
    buffer_string(out, ",\"now\":");
    json_text(out, k->now_text);
    buffer_printf(out, ",\"bundles\":%lu,\"outcomes\":{", s->bundles);
    for (unsigned i = 0; i < OUTCOMES; i++) {
        buffer_printf(out, "%s\"%s\":%lu", i ? "," : "", outcome_name(order[i]), s->outcomes[order[i]]);
    }
    buffer_string(out, "},\"findings\":{");
    for (unsigned point = 1; point <= REVIEW_POINTS; point++) {
        buffer_printf(out, "%s\"%u\":%lu", point > 1 ? "," : "", point, s->findings[point]);
    }
    buffer_printf(out, "},\"undecided\":%lu,\"cpuMilliseconds\":%" PRIu64 ",\"stages\":{", s->undecided,
                  s->nanoseconds / MILLISECOND);
    for (unsigned i = 0; i < STAGES; i++) {
        buffer_printf(out, "%s\"%s\":%" PRIu64, i ? "," : "", chain[i].name, s->times.spent[i] / MILLISECOND);
    }
    buffer_string(out, "}}");
}

void summary_print(FILE *stream, const struct summary *s, const char *out) {
    (void)fprintf(stream, "%lu bundle%s:", s->bundles, s->bundles == 1 ? "" : "s");
    const char *comma = "";
    for (unsigned i = 0; i < OUTCOMES; i++) {
        if (s->outcomes[order[i]]) {
            (void)fprintf(stream, "%s %lu %s", comma, s->outcomes[order[i]], outcome_name(order[i]));
            comma = ",";
        }
    }
    (void)fprintf(stream, "\nOutputs: %s (run.html tells the whole run)\n", out);
}

void summary_profile(FILE *stream, const struct summary *s) {
    uint64_t all = s->nanoseconds ? s->nanoseconds : 1;
    for (unsigned i = 0; i < STAGES; i++) {
        (void)fprintf(stream, "%-10s %8" PRIu64 " us  %3" PRIu64 " %%\n", chain[i].name, s->times.spent[i] / 1000,
                      s->times.spent[i] * 100 / all);
    }
}
