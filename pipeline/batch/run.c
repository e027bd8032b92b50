#include "batch/run.h"

#include "base/arena.h"
#include "batch/files.h"
#include "batch/inputs.h"
#include "batch/review.h"
#include "knowledge.h"
#include "options.h"
#include "report/format.h"
#include "report/row.h"
#include "report/summary.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct run {
    const struct options *options;
    const struct knowledge *k;
    const struct format *format;
    struct growing json, csv;
    struct summary summary;
    int code;
};

static void print(const char *text) {
    (void)fputs(text, stdout);
}

/* ---- one bundle ---- */

static bool write_outputs(const struct run *run, const struct bundle_input *bundle, const struct review *review) {
    const char *out = run->options->out;
    struct arena *arena = arena_new();
    bool quarantined = review->outcome == OUTCOME_QUARANTINE;
    bool fine = files_write(
        out, arena_printf(arena, quarantined ? "quarantine/%s.json" : "%s.asice", bundle->name),
        review->container.bytes, review->container.length);
    if (fine && review->declarant.length) {
        fine = files_write(out, arena_printf(arena, "declarant/%s.html", bundle->name), review->declarant.bytes,
                           review->declarant.length);
    }
    arena_free(arena);
    return fine;
}

static void print_review(const struct run *run, const struct bundle_input *bundle, const struct review *review) {
    struct buffer text = {0};
    if (run->format->settled) {
        run->format->settled(&text, bundle->label, review);
    } else {
        buffer_append(&text, review->piece.bytes, review->piece.length);
    }
    (void)fwrite(text.bytes, 1, text.length, stdout);
    buffer_free(&text);
}

static bool settle(struct run *run, const struct bundle_input *bundle, const struct review *review) {
    int code = review_exit_code(review->outcome);
    if (!write_outputs(run, bundle, review)) {
        return false;
    }
    (void)fprintf(run->json.stream, "%s%s", run->summary.bundles ? ",\n" : "", review->line.bytes);
    (void)fwrite(review->row.bytes, 1, review->row.length, run->csv.stream);
    print_review(run, bundle, review);
    summary_add(&run->summary, bundle->label, review);
    run->code = code > run->code ? code : run->code;
    return true;
}

/* ---- the run's files ---- */

static bool open_files(struct run *run) {
    const char *out = run->options->out;
    if (!files_folder(out) || !growing_open(&run->json, out, "run.json") || !growing_open(&run->csv, out, "run.csv")) {
        return false;
    }
    (void)fputs("{\"bundles\":[\n", run->json.stream);
    (void)fputs(row_header, run->csv.stream);
    return true;
}

static bool close_files(struct run *run) {
    struct buffer text = {0};
    summary_json(&text, &run->summary, run->k);
    (void)fprintf(run->json.stream, "\n],\n%s}\n", text.bytes);
    buffer_clear(&text);
    bool fine = growing_close(&run->json) && growing_close(&run->csv);
    if (fine) {
        summary_page(&text, &run->summary, run->k);
        fine = files_write(run->options->out, "run.html", text.bytes, text.length);
    }
    buffer_free(&text);
    return fine;
}

static const struct format *choose_format(const struct options *options) {
    return format_find(options->format ? options->format : isatty(STDOUT_FILENO) ? "table" : "jsonl");
}

static int fail(void) {
    (void)fputs("tidewaiter: the run stopped; bundles finished before are whole. Mend the cause and start it again.\n",
                stderr);
    return EXIT_FAULT;
}

int run_review(const struct options *options, const struct knowledge *k, struct inputs *inputs) {
    struct run run = {.options = options, .k = k, .format = choose_format(options)};
    struct bundle_input bundle;
    bool fine = open_files(&run);
    print(fine ? run.format->head : "");
    while (fine && inputs_next(inputs, &bundle)) {
        struct review review;
        review_bundle(k, run.format, &bundle, &review);
        fine = settle(&run, &bundle, &review);
        review_free(&review);
    }
    print(fine ? run.format->tail : "");
    fine = fine && close_files(&run) && fflush(stdout) == 0;
    if (fine && !options->quiet) {
        summary_print(stderr, &run.summary, options->out);
    }
    if (fine && options->profile) {
        summary_profile(stderr, &run.summary);
    }
    summary_free(&run.summary);
    return fine ? run.code : fail();
}
