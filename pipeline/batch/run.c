#include "batch/run.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/fault.h"
#include "batch/claims.h"
#include "batch/crew.h"
#include "batch/files.h"
#include "batch/inputs.h"
#include "batch/outputs.h"
#include "batch/progress.h"
#include "batch/session.h"
#include "batch/signals.h"
#include "batch/supervisor.h"
#include "container/container.h"
#include "knowledge.h"
#include "reference/reference.h"
#include "report/format.h"
#include "report/row.h"
#include "report/summary.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    GROUP = 64,            /* bundles that are made safe together */
    GROUP_PATIENCE = 1000, /* milliseconds that the first of them waits */
    DESCRIPTORS_BESIDE = 128,
    MOST_WORKERS = 1024,
};

struct run {
    const struct options *options;
    struct session session;
    const struct format *format;
    struct growing json, csv;
    struct summary summary;
    struct account *account;
    struct buffer text; /* of the group, for stdout */
    unsigned group;
    uint64_t group_since;
    bool *granted; /* as many as claims of the largest bundle so far */
    size_t granted_size;
    uint64_t started;
    int code;
};

/* ---- a group of bundles becomes safe ---- */

/* Files first, then the ledger: a kill in between repeats work and loses nothing. */
static bool commit(struct run *run) {
    bool fine = outputs_commit(run->session.outputs) && ledger_commit(run->session.ledger);
    if (fine) {
        (void)fwrite(run->text.bytes, 1, run->text.length, stdout);
        fine = fflush(stdout) == 0;
    }
    buffer_clear(&run->text);
    run->group = 0;
    return fine;
}

static bool rest(void *context, bool at_end) {
    struct run *run = context;
    bool due = run->group && (at_end || crew_clock() - run->group_since >= GROUP_PATIENCE);
    return !due || commit(run);
}

/* ---- one bundle ---- */

static unsigned known(void *context, uint64_t ordinal, const struct bundle_input *input, struct review *review) {
    struct run *run = context;
    if (run->format->piece) {
        return KNOWN_NOT; /* what this format prints is not kept */
    }
    enum known found = ledger_known(run->session.ledger, ordinal, input, review);
    struct arena *arena = arena_new();
    bool quarantined = found && review->outcome == OUTCOME_QUARANTINE;
    const char *output = arena_printf(arena, quarantined ? "quarantine/%s.json" : "%s.asice", input->name);
    bool usable = found == KNOWN_OF_THIS_RUN || (found == KNOWN_OF_BEFORE && !run->options->again);
    if (found && (!usable || !outputs_has(run->session.outputs, output))) {
        review_free(review);
        found = KNOWN_NOT;
    }
    arena_free(arena);
    return found;
}

/* True: the claims of the bundle are granted, or bind nothing; false: it has to run again. */
static bool settle_claims(struct run *run, const struct supervised_bundle *bundle, bool *binds) {
    const struct review *review = bundle->review;
    *binds = false;
    if (!review_released(review) || !review->claim_count || run->session.k->mode == MODE_AUDIT) {
        return true;
    }
    if (review->claim_count > run->granted_size) {
        free(run->granted);
        run->granted_size = review->claim_count * 2;
        run->granted = fault_malloc(run->granted_size * sizeof *run->granted);
    }
    const struct claimant who = {
        .bundle = ledger_number(run->session.ledger, bundle->ordinal),
        .mrn = review->facts[REVIEW_MRN],
        .digest = review->digest,
    };
    *binds = account_settle(run->account, &who, review->claims, review->claim_count, run->granted);
    bool news = false;
    for (size_t i = 0; i < review->claim_count && !*binds; i++) {
        news = (!run->granted[i] && refusals_add(bundle->refused, &review->claims[i])) || news;
    }
    return *binds || !news;
}

/* A page beside the containers; where there is none, what an earlier run left goes. */
static bool write_page(struct run *run, const char *name, const struct buffer *page) {
    if (page->length) {
        return outputs_put(run->session.outputs, name, page->bytes, page->length);
    }
    outputs_drop(run->session.outputs, name);
    return true;
}

static bool write_outputs(struct run *run, const struct supervised_bundle *bundle, const char *output) {
    const struct review *review = bundle->review;
    struct arena *arena = arena_new();
    const char *name = bundle->input->name;
    bool quarantined = review->outcome == OUTCOME_QUARANTINE;
    bool fine = outputs_put(run->session.outputs, output, review->container.bytes, review->container.length);
    /* What an earlier run left under the other name is true no more. */
    outputs_drop(run->session.outputs, arena_printf(arena, quarantined ? "%s.asice" : "quarantine/%s.json", name));
    fine = fine && write_page(run, arena_printf(arena, "declarant/%s.html", name), &review->declarant);
    for (size_t i = 0; i < REVIEW_PAGES && fine; i++) {
        fine = write_page(run, arena_printf(arena, "pages/%s/%s", name, review_pages[i]), &review->pages[i]);
    }
    arena_free(arena);
    return fine;
}

static bool keep(struct run *run, const struct supervised_bundle *bundle, bool binds) {
    struct arena *arena = arena_new();
    bool quarantined = bundle->review->outcome == OUTCOME_QUARANTINE;
    const char *output = arena_printf(arena, quarantined ? "quarantine/%s.json" : "%s.asice", bundle->input->name);
    const struct ledger_entry entry = {
        .ordinal = bundle->ordinal,
        .bundle = bundle->input,
        .review = bundle->review,
        .output = output,
        .refused = bundle->refused->items,
        .refused_count = bundle->refused->count,
        .known = bundle->known == KNOWN_OF_BEFORE,
        .binds = binds,
    };
    bool fine = bundle->known == KNOWN_OF_THIS_RUN ||
                ((bundle->known || write_outputs(run, bundle, output)) && ledger_add(run->session.ledger, &entry));
    arena_free(arena);
    return fine;
}

/* What the run's own files and stdout tell of it. */
static void report(struct run *run, const struct bundle_input *input, const struct review *review) {
    int code = review_exit_code(review->outcome);
    (void)fprintf(run->json.stream, "%s%s", run->summary.bundles ? ",\n" : "", review->line.bytes);
    (void)fwrite(review->row.bytes, 1, review->row.length, run->csv.stream);
    if (run->format->settled) {
        run->format->settled(&run->text, input->label, review);
    } else {
        buffer_append(&run->text, review->piece.bytes, review->piece.length);
    }
    summary_add(&run->summary, input->label, review);
    run->code = code > run->code ? code : run->code;
}

static enum settled settle(void *context, const struct supervised_bundle *bundle) {
    struct run *run = context;
    bool binds = false;
    if (!bundle->known && !settle_claims(run, bundle, &binds)) {
        return SETTLE_AGAIN;
    }
    if (!keep(run, bundle, binds)) {
        return SETTLE_FAILED;
    }
    report(run, bundle->input, bundle->review);
    if (run->group++ == 0) {
        run->group_since = crew_clock();
    }
    return run->group < GROUP || commit(run) ? SETTLED : SETTLE_FAILED;
}

/* ---- the run's files ---- */

static bool open_files(struct run *run) {
    const char *out = run->options->out;
    if (!growing_open(&run->json, out, "run.json") || !growing_open(&run->csv, out, "run.csv")) {
        return false;
    }
    (void)fputs("{\"bundles\":[\n", run->json.stream);
    (void)fputs(row_header, run->csv.stream);
    return true;
}

static bool close_files(struct run *run) {
    struct buffer text = {0};
    summary_json(&text, &run->summary, run->session.k);
    (void)fprintf(run->json.stream, "\n],\n%s}\n", text.bytes);
    buffer_clear(&text);
    bool fine = growing_close(&run->json) && growing_close(&run->csv);
    if (fine) {
        summary_page(&text, &run->summary, run->session.k);
        fine = files_write(run->options->out, "run.html", text.bytes, text.length);
    }
    buffer_free(&text);
    return fine;
}

/* ---- the run as a whole ---- */

static const struct format *choose_format(const struct options *options) {
    return format_find(options->format ? options->format : isatty(STDOUT_FILENO) ? "table" : "jsonl");
}

static unsigned workers(const struct options *options) {
    long cores = options->workers ? options->workers : sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > MOST_WORKERS ? MOST_WORKERS : (unsigned)cores;
}

/* Each bundle of the window holds a descriptor: as many as the system allows. */
static unsigned window_size(const struct policy *policy, unsigned crew) {
    struct rlimit files;
    long wanted = policy_integer(policy, PROFILE_GENERIC, "batch.window");
    rlim_t window = wanted < 1 ? 1 : (rlim_t)wanted;
    rlim_t beside = DESCRIPTORS_BESIDE + 2 * (rlim_t)crew;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) {
        return 1;
    }
    if (files.rlim_cur < window + beside && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max < window + beside ? files.rlim_max : window + beside;
        (void)setrlimit(RLIMIT_NOFILE, &files);
    }
    rlim_t room = files.rlim_cur > beside ? files.rlim_cur - beside : 1;
    return (unsigned)(room < window ? room : window);
}

static struct crew_needs crew_needs(const struct run *run, review_function *review, unsigned count) {
    enum { BESIDE_ORIGINALS = 256 << 20 }; /* bytes of pages, records and drafts, at most */
    const struct policy *policy = reference_policy(run->session.k->reference);
    const struct container_settings *container = run->session.k->container;
    long seconds = policy_integer(policy, PROFILE_GENERIC, "bundle.seconds");
    long memory = policy_integer(policy, PROFILE_GENERIC, "bundle.memory");
    return (struct crew_needs){
        .worker = {.k = run->session.k,
                   .format = run->format,
                   .review = review,
                   .memory = memory > 0 ? (uint64_t)memory : 0,
                   .output_bytes = container->limits.max_unpacked_bytes + BESIDE_ORIGINALS},
        .signer = run->session.signer,
        .workers = count,
        .milliseconds = (seconds > 0 ? (uint64_t)seconds : 1) * 1000,
    };
}

static enum supervised work(struct run *run, struct inputs *inputs, review_function *review) {
    unsigned count = workers(run->options);
    struct signals signals;
    struct progress progress = progress_open(run->options);
    struct crew_needs needs = crew_needs(run, review, count);
    if (!signals_open(&signals)) {
        (void)fprintf(stderr, "tidewaiter: signals cannot be awaited: %s\n", strerror(errno));
        return SUPERVISED_FAILED;
    }
    struct crew *crew = crew_open(&needs);
    enum supervised end = supervise(&(struct supervisor_needs){
        .k = run->session.k,
        .format = run->format,
        .inputs = inputs,
        .crew = crew,
        .signals = &signals,
        .progress = &progress,
        .window = window_size(reference_policy(run->session.k->reference), count),
        .calls = {.context = run, .known = known, .settle = settle, .rest = rest},
    });
    crew_close(crew);
    signals_close(&signals);
    return end;
}

static bool finish(struct run *run, enum supervised end) {
    struct buffer times = {0};
    buffer_printf(&times, "{\"milliseconds\":%" PRIu64 ",\"cpuMilliseconds\":%" PRIu64 "}", crew_clock() - run->started,
                  run->summary.nanoseconds / 1000000);
    bool all = end == SUPERVISED_ALL;
    bool fine = !all || close_files(run);
    fine = fine && ledger_finish(run->session.ledger, all ? "complete" : "stopped", times.bytes);
    buffer_free(&times);
    return fine && all;
}

static int fail(void) {
    (void)fputs(
        "tidewaiter: the run stopped; bundles finished before are whole. Mend the cause, where there is one, and "
        "give the same command again: it goes on from here.\n",
        stderr);
    return EXIT_FAULT;
}

static int tell_end(const struct run *run) {
    if (!run->options->quiet) {
        summary_print(stderr, &run->summary, run->options->out);
    }
    if (run->options->profile) {
        summary_profile(stderr, &run->summary);
    }
    if (run->summary.bundles == 0) { /* a list may well be empty: no fault, but to be said */
        (void)fputs("tidewaiter review: the inputs hold no bundle: archives, or folders with an XML file\n", stderr);
    }
    return run->code;
}

static void run_free(struct run *run) {
    growing_drop(&run->json);
    growing_drop(&run->csv);
    summary_free(&run->summary);
    account_close(run->account);
    buffer_free(&run->text);
    free(run->granted);
    session_close(&run->session);
}

static int run_all(struct run *run, struct inputs *inputs, review_function *review) {
    run->account = account_open(run->session.k->reference);
    if (run->session.resumed && !run->options->quiet) {
        (void)fprintf(stderr, "tidewaiter: going on with the run of %s\n", run->session.run.clock);
    }
    enum supervised end = SUPERVISED_FAILED;
    if (ledger_recall(run->session.ledger, run->account) && open_files(run)) {
        buffer_string(&run->text, run->format->head);
        end = work(run, inputs, review);
        (void)fwrite(run->text.bytes, 1, run->text.length, stdout); /* the head, where there was no bundle */
        (void)fputs(end == SUPERVISED_ALL ? run->format->tail : "", stdout);
    }
    bool fine = finish(run, end) && fflush(stdout) == 0;
    return fine ? tell_end(run) : fail();
}

int run_review_with(const struct options *options, review_function *review) {
    struct run run = {.options = options, .format = choose_format(options), .started = crew_clock()};
    int code;
    struct inputs *inputs = NULL;
    if (!inputs_there(&options->arguments)) {
        return EXIT_USAGE;
    }
    if (session_open(&run.session, options, &code)) {
        inputs = inputs_open(&options->arguments, options, run.session.k, &code);
    }
    if (inputs) {
        code = run_all(&run, inputs, review);
    }
    inputs_close(inputs);
    run_free(&run);
    return code;
}

int run_review(const struct options *options) {
    return run_review_with(options, review_bundle);
}
