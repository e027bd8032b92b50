#include "batch/review-message.h"

#include "base/arena.h"
#include "base/fault.h"
#include "batch/review.h"
#include "batch/wire.h"

#include <limits.h>
#include <string.h>

enum { CLAIM_BYTES = 4 * 8, FINDING_BYTES = 3 * 8, NOTE_RULE_BYTES = 5 * 8 };

/* ---- writing ---- */

static void put_counts(struct buffer *out, const struct review *review) {
    wire_put_number(out, review->outcome);
    for (unsigned i = 0; i <= REVIEW_POINTS; i++) {
        wire_put_number(out, review->findings[i]);
    }
    wire_put_number(out, review->undecided);
    wire_put_number(out, review->nanoseconds);
    for (unsigned i = 0; i < STAGES; i++) {
        wire_put_number(out, review->times.spent[i]);
    }
}

static void put_claims(struct buffer *out, const struct review *review) {
    wire_put_number(out, review->claim_count);
    for (size_t i = 0; i < review->claim_count; i++) {
        wire_put_text(out, review->claims[i].rule);
        wire_put_text(out, review->claims[i].reg);
        wire_put_text(out, review->claims[i].key);
        wire_put_text(out, review->claims[i].amount);
    }
}

static void put_findings(struct buffer *out, const struct review *review) {
    wire_put_number(out, review->judged_count);
    for (size_t i = 0; i < review->judged_count; i++) {
        wire_put_text(out, review->judged[i].rule);
        wire_put_text(out, review->judged[i].severity);
        wire_put_text(out, review->judged[i].state);
    }
}

static void put_note(struct buffer *out, const struct note *note) {
    wire_put_text(out, note->exporter);
    wire_put_text(out, note->reason);
    wire_put_text(out, note->detail);
    wire_put_text(out, note->entry);
    wire_put_number(out, (uint64_t)(note->offset + 1));
    wire_put_number(out, note->rule_count);
    for (size_t i = 0; i < note->rule_count; i++) {
        wire_put_text(out, note->rules[i].rule);
        wire_put_number(out, note->rules[i].point);
        wire_put_number(out, note->rules[i].severity);
        wire_put_number(out, note->rules[i].findings);
        wire_put_number(out, note->rules[i].undecided);
    }
}

static void put_buffer(struct buffer *out, const struct buffer *bytes) {
    wire_put_bytes(out, bytes->bytes, bytes->length);
}

void review_write(struct buffer *out, const struct review *review) {
    put_counts(out, review);
    wire_put_text(out, *review->digest ? review->digest : NULL);
    wire_put_text(out, review->reason);
    for (unsigned i = 0; i < REVIEW_FACTS; i++) {
        wire_put_text(out, review->facts[i]);
    }
    put_claims(out, review);
    put_findings(out, review);
    put_note(out, &review->note);
    put_buffer(out, &review->line);
    put_buffer(out, &review->row);
    put_buffer(out, &review->piece);
    put_buffer(out, &review->container);
    put_buffer(out, &review->declarant);
    for (size_t i = 0; i < REVIEW_PAGES; i++) {
        put_buffer(out, &review->pages[i]);
    }
}

/* ---- reading ---- */

static void read_counts(struct wire *wire, struct review *review) {
    review->outcome = (enum outcome)wire_number(wire, OUTCOME_QUARANTINE);
    for (unsigned i = 0; i <= REVIEW_POINTS; i++) {
        review->findings[i] = (unsigned)wire_number(wire, UINT_MAX);
    }
    review->undecided = (unsigned)wire_number(wire, UINT_MAX);
    review->nanoseconds = wire_number(wire, UINT64_MAX);
    for (unsigned i = 0; i < STAGES; i++) {
        review->times.spent[i] = wire_number(wire, UINT64_MAX);
    }
}

static const char *copy(struct arena *arena, const char *text) {
    return text ? arena_string(arena, text) : NULL;
}

static void read_digest(struct wire *wire, struct review *review) {
    const char *text = wire_text(wire);
    if (text && (strlen(text) != DIGEST_TEXT - 1 || strspn(text, "0123456789abcdef") != DIGEST_TEXT - 1)) {
        wire->broken = true;
    } else if (text) {
        memcpy(review->digest, text, DIGEST_TEXT);
    }
}

static void read_claims(struct wire *wire, struct review *review) {
    size_t count = wire_count(wire, CLAIM_BYTES);
    struct claim *claims = arena_zero(review->arena, count * sizeof *claims);
    for (size_t i = 0; i < count; i++) {
        claims[i].rule = copy(review->arena, wire_needed(wire));
        claims[i].reg = copy(review->arena, wire_needed(wire));
        claims[i].key = copy(review->arena, wire_needed(wire));
        claims[i].amount = copy(review->arena, wire_text(wire));
    }
    review->claims = claims;
    review->claim_count = count;
}

static void read_findings(struct wire *wire, struct review *review) {
    size_t count = wire_count(wire, FINDING_BYTES);
    struct review_finding *judged = arena_zero(review->arena, count * sizeof *judged);
    for (size_t i = 0; i < count; i++) {
        judged[i].rule = copy(review->arena, wire_needed(wire));
        judged[i].severity = copy(review->arena, wire_needed(wire));
        judged[i].state = copy(review->arena, wire_needed(wire));
    }
    review->judged = judged;
    review->judged_count = count;
}

/* A note frees its texts one by one. */
static char *own(const char *text) {
    size_t size = text ? strlen(text) + 1 : 0;
    return text ? memcpy(fault_malloc(size), text, size) : NULL;
}

static void read_note(struct wire *wire, struct note *note) {
    note->exporter = own(wire_text(wire));
    note->reason = own(wire_text(wire));
    note->detail = own(wire_text(wire));
    note->entry = own(wire_text(wire));
    note->offset = (int64_t)wire_number(wire, INT64_MAX) - 1;
    size_t count = wire_count(wire, NOTE_RULE_BYTES);
    note->rules = fault_malloc(count * sizeof *note->rules);
    for (size_t i = 0; i < count && !wire->broken; i++) {
        note->rules[i] = (struct note_rule){.rule = own(wire_needed(wire))};
        note->rules[i].point = (unsigned)wire_number(wire, REVIEW_POINTS);
        note->rules[i].severity = (enum severity)wire_number(wire, SEVERITY_FATAL);
        note->rules[i].findings = (unsigned)wire_number(wire, UINT_MAX);
        note->rules[i].undecided = (unsigned)wire_number(wire, UINT_MAX);
        note->rule_count = i + 1;
    }
}

static void read_buffer(struct wire *wire, struct buffer *out) {
    size_t length;
    const char *bytes = wire_bytes(wire, &length);
    buffer_append(out, bytes, length);
}

bool review_read(const void *bytes, size_t length, struct review *review) {
    struct wire wire = wire_open(bytes, length);
    *review = (struct review){.arena = arena_new()};
    read_counts(&wire, review);
    read_digest(&wire, review);
    review->reason = copy(review->arena, wire_text(&wire));
    for (unsigned i = 0; i < REVIEW_FACTS; i++) {
        review->facts[i] = copy(review->arena, wire_text(&wire));
    }
    read_claims(&wire, review);
    read_findings(&wire, review);
    read_note(&wire, &review->note);
    read_buffer(&wire, &review->line);
    read_buffer(&wire, &review->row);
    read_buffer(&wire, &review->piece);
    read_buffer(&wire, &review->container);
    read_buffer(&wire, &review->declarant);
    for (size_t i = 0; i < REVIEW_PAGES; i++) {
        read_buffer(&wire, &review->pages[i]);
    }
    /* The line is printed with one line feed behind it: one within would be another line. */
    bool one_line = !review->line.length || !memchr(review->line.bytes, '\n', review->line.length);
    if (!wire_whole(&wire) || review->outcome == OUTCOME_NONE || !one_line) {
        review_free(review);
        *review = (struct review){0};
        return false;
    }
    return true;
}
