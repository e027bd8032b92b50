#include "batch/review.h"

#include "base/arena.h"
#include "batch/inputs.h"
#include "knowledge.h"
#include "options.h"
#include "report/format.h"
#include "report/json.h"
#include "report/row.h"

#include <string.h>
#include <time.h>

static uint64_t cpu_now(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0) {
        return 0;
    }
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

int review_exit_code(enum outcome outcome) {
    switch (outcome) {
    case OUTCOME_RELEASE_CLOSE:
    case OUTCOME_RELEASE_SUPERVISE:
        return EXIT_RELEASED;
    case OUTCOME_QUARANTINE:
        return EXIT_QUARANTINED;
    default:
        return EXIT_HELD;
    }
}

static void count(const struct consignment *c, struct review *review) {
    for (size_t i = 0; i < c->findings.count; i++) {
        unsigned point = c->findings.items[i].point;
        review->findings[point <= REVIEW_POINTS ? point : 0]++;
    }
    review->undecided = (unsigned)c->undecided.count;
}

static const struct output *output_at(const struct consignment *c, const char *path) {
    for (size_t i = 0; i < c->outputs.count; i++) {
        if (strcmp(c->outputs.items[i].path, path) == 0) {
            return &c->outputs.items[i];
        }
    }
    return NULL;
}

static void keep_files(const struct consignment *c, const struct bundle_input *bundle, struct review *review) {
    if (review->outcome == OUTCOME_QUARANTINE) {
        json_quarantine(&review->container, c, bundle->label);
        return;
    }
    buffer_append(&review->container, c->packed, c->packed_length);
    const struct output *page = output_at(c, DECLARANT_PAGE);
    if (page) {
        buffer_append(&review->declarant, page->bytes, page->length);
    }
}

void review_bundle(const struct knowledge *k, const struct format *format, const struct bundle_input *bundle,
                   struct review *review) {
    struct consignment c = {.arena = arena_new(), .input = bundle->input, .quarantine = {.offset = -1}};
    uint64_t since = cpu_now();
    *review = (struct review){.outcome = OUTCOME_NONE};
    if (bundle->reason) {
        (void)quarantine(&c, bundle->reason, NULL, -1, "%s", bundle->detail);
        c.decision.outcome = OUTCOME_QUARANTINE;
    } else {
        (void)chain_run(&c, k, NULL, &review->times);
    }
    review->outcome = c.decision.outcome;
    bool quarantined = review->outcome == OUTCOME_QUARANTINE;
    const char *output = arena_printf(c.arena, quarantined ? "quarantine/%s.json" : "%s.asice", bundle->name);
    count(&c, review);
    note_take(&review->note, &c);
    json_bundle(&review->line, &c, bundle->label, output);
    row_bundle(&review->row, &c, bundle->label, output);
    if (format->piece) {
        format->piece(&review->piece, &c, bundle->label, review);
    }
    keep_files(&c, bundle, review);
    review->nanoseconds = cpu_now() - since;
    arena_free(c.arena);
}

void review_free(struct review *review) {
    note_free(&review->note);
    buffer_free(&review->line);
    buffer_free(&review->row);
    buffer_free(&review->piece);
    buffer_free(&review->container);
    buffer_free(&review->declarant);
}
