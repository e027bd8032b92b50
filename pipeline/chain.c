#include "chain.h"

#include "consignment.h"
#include "xml/parse.h"

#include <string.h>
#include <time.h>

const struct stage chain[] = {
    {"unpack", "the bytes of the bundle", "entries: name, bytes, digest; limits kept", NULL, unpack_whole},
    {"identify", "an entry", "the one hardened parse; kind and dialect by content", identify_each, NULL},
    {"validate", "the parsed document", "findings of its schema, with lines", validate_each, NULL},
    {"normalise", "the parsed document; all documents", "facts with their places; gates; what follows from them",
     normalise_each, normalise_whole},
    {"review", "facts and registers", "results of every rule, findings, claims", NULL, review_whole},
    {"decide", "results", "outcome, reasons, release conditions, closure", NULL, decide_whole},
    {"draft", "facts and the decision", "trees of release, closure, loading papers, timeline", NULL, draft_whole},
    {"annotate", "all of it", "record, SVRL, dossier, pages, digests", NULL, annotate_whole},
    {"seal", "the files to be packed", "the signature over them", NULL, seal_whole},
    {"pack", "originals and new files", "the annotated clearance bundle", NULL, pack_whole},
    {0},
};

const struct stage *chain_find(const char *name) {
    for (const struct stage *stage = chain; stage->name; stage++) {
        if (strcmp(stage->name, name) == 0) {
            return stage;
        }
    }
    return NULL;
}

static uint64_t time_now(const struct chain_times *times) {
    struct timespec now;
    if (!times || clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
        return 0;
    }
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static void add_time(struct chain_times *times, const struct stage *stage, uint64_t since) {
    if (times) {
        times->spent[stage - chain] += time_now(times) - since;
    }
}

/* One document through the stages that look at one at a time, so that only one tree lives at once. */
static enum step run_document(struct consignment *c, struct document *document, const struct knowledge *k,
                              const struct stage *until, struct chain_times *times) {
    enum step step = STEP_ON;
    for (const struct stage *stage = chain; stage->name && stage <= until && step == STEP_ON; stage++) {
        if (stage->each) {
            uint64_t since = time_now(times);
            step = stage->each(c, document, k);
            add_time(times, stage, since);
        }
    }
    xml_release(document->xml);
    document->xml = NULL;
    return step;
}

static enum step run_documents(struct consignment *c, const struct knowledge *k, const struct stage *until,
                               struct chain_times *times) {
    documents_open(c, k);
    for (size_t i = 0; i < c->documents.count; i++) {
        if (run_document(c, c->documents.items[i], k, until, times) == STEP_STOP) {
            return STEP_STOP;
        }
    }
    return STEP_ON;
}

enum step chain_run(struct consignment *c, const struct knowledge *k, const struct stage *until,
                    struct chain_times *times) {
    const struct stage *last = until ? until : &chain[STAGES - 1];
    enum step step = STEP_ON;
    for (const struct stage *stage = chain; stage->name && stage <= last && step == STEP_ON; stage++) {
        if (stage->whole) {
            uint64_t since = time_now(times);
            step = stage->whole(c, k);
            add_time(times, stage, since);
        }
        if (stage == chain && step == STEP_ON) {
            step = run_documents(c, k, last, times);
        }
    }
    if (step == STEP_STOP) {
        c->decision.outcome = OUTCOME_QUARANTINE;
    }
    return step;
}
