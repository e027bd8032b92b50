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

const struct review_fact review_facts[REVIEW_FACTS] = {
    {"mrn", "mrn"},
    {"lrn", "lrn"},
    {"accepted", "acceptedAt"},
    {"office", "office"},
    {"exit_office", "exitOffice"},
    {"exporter", "exporter/id"},
    {"declarant", "declarant/id"},
    {"agent", "agent/id"},
    {"consignee", "consignee/id"},
    {"consignee_country", "consignee/address/country"},
    {"destination", "destinationCountry"},
    {"incoterm", "tradeTerms/incoterm"},
    {"regime", "regime"},
    {"method", "valuationMode"},
    {"currency", "invoiceTotal/@currency"},
    {"packages", "packages"},
    {"loading_port", "loadingPlace/locode"},
    {"route", "entryKind"},
};

const char *const review_pages[REVIEW_PAGES] = {
    "record.html", "record.en.html", "record.zh.html", "declaration.html", "declaration.en.html", "declaration.zh.html",
};

bool review_released(const struct review *review) {
    return review->outcome == OUTCOME_RELEASE_CLOSE || review->outcome == OUTCOME_RELEASE_SUPERVISE;
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

static void keep_page(const struct consignment *c, const char *path, struct buffer *page) {
    const struct output *output = output_at(c, path);
    if (output) {
        buffer_append(page, output->bytes, output->length);
    }
}

static void keep_files(const struct consignment *c, const struct knowledge *k, const struct bundle_input *bundle,
                       struct review *review) {
    if (review->outcome == OUTCOME_QUARANTINE) {
        json_quarantine(&review->container, c, bundle->label);
        return;
    }
    buffer_append(&review->container, c->packed, c->packed_length);
    keep_page(c, DECLARANT_PAGE, &review->declarant);
    for (size_t i = 0; i < REVIEW_PAGES && k->loose_pages && !review_released(review); i++) {
        keep_page(c, arena_join(c->arena, "clearance/", review_pages[i], ""), &review->pages[i]);
    }
}

static const char *keep(struct arena *arena, const char *text) {
    return text ? arena_string(arena, text) : NULL;
}

static void keep_claims(const struct consignment *c, struct review *review) {
    struct claim *claims = arena_zero(review->arena, c->claims.count * sizeof *claims);
    for (size_t i = 0; i < c->claims.count; i++) {
        const struct claim *from = &c->claims.items[i];
        claims[i] = (struct claim){
            .rule = keep(review->arena, from->rule),
            .reg = keep(review->arena, from->reg),
            .key = keep(review->arena, from->key),
            .amount = keep(review->arena, from->amount),
        };
    }
    review->claims = claims;
    review->claim_count = c->claims.count;
}

static void keep_findings(const struct consignment *c, struct review *review) {
    size_t count = c->findings.count + c->undecided.count;
    struct review_finding *judged = arena_zero(review->arena, count * sizeof *judged);
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *f = &c->findings.items[i];
        judged[i] = (struct review_finding){keep(review->arena, f->rule), severity_name(f->severity),
                                            f->waived ? "waived" : "open"};
    }
    for (size_t i = 0; i < c->undecided.count; i++) {
        const struct undecided *u = &c->undecided.items[i];
        judged[c->findings.count + i] =
            (struct review_finding){keep(review->arena, u->rule), severity_name(u->severity), "undecided"};
    }
    review->judged = judged;
    review->judged_count = count;
}

/* What the ledger keeps of the case. */
static void keep_case(const struct consignment *c, struct review *review) {
    const struct fact *declaration = c->dossier.root ? fact_at(c->dossier.root, "declaration") : NULL;
    memcpy(review->digest, c->digest, sizeof review->digest);
    review->reason = keep(review->arena, c->quarantine.reason);
    for (unsigned i = 0; i < REVIEW_FACTS; i++) {
        review->facts[i] = keep(review->arena, fact_text(declaration, review_facts[i].path));
    }
    keep_claims(c, review);
    keep_findings(c, review);
}

void review_bundle(const struct knowledge *k, const struct format *format, const struct bundle_input *bundle,
                   struct review *review) {
    struct consignment c = {
        .arena = arena_new(),
        .input = bundle->input,
        .refused = bundle->refused,
        .refused_count = bundle->refused_count,
        .quarantine = {.offset = -1},
    };
    uint64_t since = cpu_now();
    *review = (struct review){.outcome = OUTCOME_NONE, .arena = arena_new()};
    if (bundle->reason) {
        memcpy(c.digest, bundle->digest, sizeof c.digest);
        (void)quarantine(&c, bundle->reason, NULL, -1, "%s", bundle->detail);
        c.decision.outcome = OUTCOME_QUARANTINE;
    } else {
        (void)chain_run(&c, k, NULL, &review->times);
    }
    review->outcome = c.decision.outcome;
    bool quarantined = review->outcome == OUTCOME_QUARANTINE;
    const char *output = arena_printf(c.arena, quarantined ? "quarantine/%s.json" : "%s.asice", bundle->name);
    count(&c, review);
    keep_case(&c, review);
    note_take(&review->note, &c);
    json_bundle(&review->line, &c, bundle->label, output);
    row_bundle(&review->row, &c, bundle->label, output);
    if (format->piece) {
        format->piece(&review->piece, &c, bundle->label, review);
    }
    keep_files(&c, k, bundle, review);
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
    for (size_t i = 0; i < REVIEW_PAGES; i++) {
        buffer_free(&review->pages[i]);
    }
    arena_free(review->arena);
    review->arena = NULL;
}
