#include "report/summary.h"

#include "base/fault.h"
#include "base/json.h"
#include "knowledge.h"
#include "xml/write.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MILLISECOND = 1000000, TENTH = 100000 };

/* The order of CATALOGUE-A 8.6. */
static const enum outcome order[] = {OUTCOME_RELEASE_CLOSE, OUTCOME_RELEASE_SUPERVISE, OUTCOME_HOLD, OUTCOME_REFER,
                                     OUTCOME_REJECT,        OUTCOME_QUARANTINE};
enum { OUTCOMES = sizeof order / sizeof *order };

/* ---- tables: the first rows in an order, however many bundles there are ---- */

static int strength(enum outcome outcome) {
    switch (outcome) {
    case OUTCOME_REFER:
        return 3;
    case OUTCOME_REJECT:
        return 2;
    case OUTCOME_HOLD:
        return 1;
    default:
        return 0;
    }
}

/* PAGES 4: refer, reject, hold, quarantine; inside by number of findings, then name. */
static bool is_stronger(const struct summary_row *a, const struct summary_row *b) {
    if (strength(a->outcome) != strength(b->outcome)) {
        return strength(a->outcome) > strength(b->outcome);
    }
    if (a->findings != b->findings) {
        return a->findings > b->findings;
    }
    return strcmp(a->bundle, b->bundle) < 0;
}

static bool is_slower(const struct summary_row *a, const struct summary_row *b) {
    return a->nanoseconds > b->nanoseconds;
}

static bool is_earlier(const struct summary_row *a, const struct summary_row *b) {
    return strcmp(a->bundle, b->bundle) < 0;
}

/* The row with its texts copied, one behind the other. */
static struct summary_row own(const struct summary_row *row) {
    struct summary_row made = *row;
    const char **texts[] = {&made.bundle, &made.exporter, &made.reason, &made.detail, &made.entry};
    size_t size = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size += *texts[i] ? strlen(*texts[i]) + 1 : 0;
    }
    char *at = made.memory = fault_malloc(size);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (*texts[i]) {
            size_t length = strlen(*texts[i]) + 1;
            *texts[i] = memcpy(at, *texts[i], length);
            at += length;
        }
    }
    return made;
}

static void keep(struct summary_table *table, const struct summary_row *row) {
    size_t place = table->count;
    while (place && table->before(row, &table->rows[place - 1])) {
        place--;
    }
    if (place == table->most) {
        return;
    }
    if (!table->rows) {
        table->rows = fault_malloc((table->most + 1) * sizeof *table->rows);
    }
    memmove(&table->rows[place + 1], &table->rows[place], (table->count - place) * sizeof *table->rows);
    table->rows[place] = own(row);
    if (++table->count > table->most) {
        free(table->rows[--table->count].memory);
    }
}

static void table_free(struct summary_table *table) {
    for (size_t i = 0; i < table->count; i++) {
        free(table->rows[i].memory);
    }
    free(table->rows);
}

/* ---- sums ---- */

static void count_names(struct summary *summary, const struct note *note, unsigned findings, bool released) {
    for (size_t i = 0; i < note->rule_count; i++) {
        const struct note_rule *from = &note->rules[i];
        struct tally_row *row = tally_at(&summary->rules, from->rule);
        row->point = from->point;
        row->severity = from->severity > row->severity ? from->severity : row->severity;
        row->bundles++;
        row->findings += from->findings;
        row->undecided += from->undecided;
    }
    if (note->exporter) {
        struct tally_row *row = tally_at(&summary->parties, note->exporter);
        row->bundles++;
        row->not_released += !released;
        row->findings += findings;
    }
}

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
    count_names(summary, &review->note, findings, released);
    struct summary_row row = {
        .bundle = bundle,
        .exporter = review->note.exporter,
        .reason = review->note.reason,
        .detail = review->note.detail,
        .entry = review->note.entry,
        .offset = review->note.offset,
        .outcome = review->outcome,
        .findings = findings,
        .undecided = review->undecided,
        .nanoseconds = review->nanoseconds,
    };
    summary->held = (struct summary_table){summary->held.rows, summary->held.count, SUMMARY_ROWS, is_stronger};
    summary->slowest =
        (struct summary_table){summary->slowest.rows, summary->slowest.count, SUMMARY_SLOWEST, is_slower};
    summary->quarantined =
        (struct summary_table){summary->quarantined.rows, summary->quarantined.count, SUMMARY_QUARANTINED, is_earlier};
    keep(&summary->slowest, &row);
    if (!released) {
        keep(&summary->held, &row);
    }
    if (review->outcome == OUTCOME_QUARANTINE) {
        keep(&summary->quarantined, &row);
    }
}

void summary_free(struct summary *summary) {
    table_free(&summary->held);
    table_free(&summary->slowest);
    table_free(&summary->quarantined);
    tally_free(&summary->rules);
    tally_free(&summary->parties);
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
