/* tidewaiter review: a bundle in, an annotated clearance bundle out. */
#include "base/arena.h"
#include "base/buffer.h"
#include "batch/inputs.h"
#include "batch/run.h"
#include "chain.h"
#include "commands/commands.h"
#include "consignment.h"
#include "know.h"
#include "options.h"
#include "report/case.h"
#include "report/format.h"

#include <stdio.h>
#include <string.h>

static int complain(const char *what) {
    (void)fprintf(stderr, "tidewaiter review: %s\nTry: tidewaiter review --help\n", what);
    return EXIT_USAGE;
}

/* What the command line alone can tell; anything else is seen when knowledge is compiled. */
static const char *mistake(const struct options *options) {
    if (!options->arguments.count) {
        return "name at least one bundle";
    }
    if (options->until && !chain_find(options->until)) {
        return "--until takes a stage; `tidewaiter stages` lists them";
    }
    if (!options->out && !options->until) {
        return "--out DIR is missing: where the annotated bundles go";
    }
    if (options->format && !format_find(options->format)) {
        return "--format takes table, jsonl, csv, svrl, xvrl or junit";
    }
    if (options->key && options->no_seal) {
        return "--key and --no-seal contradict each other";
    }
    if (!options->key && (options->cert || options->pass_file || options->crl)) {
        return "--cert, --pass-file and --crl go with --key FILE";
    }
    if (options->key && options->until) {
        return "--until writes no container: --key has nothing to seal";
    }
    if (options->log && strcmp(options->log, "json") != 0 && strcmp(options->log, "text") != 0) {
        return "--log takes text or json";
    }
    if (options->strict && options->lenient) {
        return "--strict and --lenient contradict each other";
    }
    return NULL;
}

/* --until: the case after one stage, as XML on stdout; nothing is written. */
static int print_cases(const struct options *options, const struct knowledge *k, struct inputs *inputs) {
    struct bundle_input bundle;
    int code = EXIT_RELEASED;
    while (inputs_next(inputs, &bundle)) {
        struct consignment c = {.arena = arena_new(), .input = bundle.input, .quarantine = {.offset = -1}};
        if (bundle.reason) {
            (void)quarantine(&c, bundle.reason, NULL, -1, "%s", bundle.detail);
        } else {
            (void)chain_run(&c, k, chain_find(options->until), NULL);
        }
        struct buffer out = {0};
        case_print(&out, &c, options->until);
        (void)fwrite(out.bytes, 1, out.length, stdout);
        buffer_free(&out);
        code = c.quarantine.reason ? EXIT_QUARANTINED : code;
        arena_free(c.arena);
    }
    return code;
}

static int print_until(const struct options *options) {
    int code;
    struct knowledge *k = know_for_review(options, &code);
    struct inputs *inputs = k ? inputs_open(&options->arguments, options, k, &code) : NULL;
    if (inputs) {
        code = print_cases(options, k, inputs);
    }
    inputs_close(inputs);
    know_free(k);
    return code;
}

int command_review(const struct options *options) {
    const char *wrong = mistake(options);
    if (wrong) {
        return complain(wrong);
    }
    if (options->until) {
        return print_until(options);
    }
    if (!options->no_seal && !options->key && !options->quiet) {
        (void)fputs("tidewaiter review: no --key: the containers are not sealed (--no-seal says so on purpose)\n",
                    stderr);
    }
    return run_review(options);
}
