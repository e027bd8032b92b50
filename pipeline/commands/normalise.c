/* tidewaiter normalise: the dossier of a document or bundle, with the source of every fact. */
#include "base/arena.h"
#include "base/buffer.h"
#include "batch/inputs.h"
#include "chain.h"
#include "commands/commands.h"
#include "consignment.h"
#include "facts/reading.h"
#include "know.h"
#include "options.h"
#include "tree/print.h"

#include <stdio.h>
#include <string.h>

static const char *document_id(const struct document *document) {
    return document->id;
}

static void print_unread(const struct consignment *c) {
    for (size_t i = 0; i < c->documents.count; i++) {
        const struct document *document = c->documents.items[i];
        const struct reading *reading = document->reading;
        for (size_t k = 0; reading && k < reading->unread_count; k++) {
            const struct unread *unread = &reading->unread[k];
            (void)printf("%s:%u: %s (%u): %s\n", document->path, unread->line, unread->path, unread->count,
                         unread->why);
        }
        for (size_t k = 0; reading && k < reading->outranked_count; k++) {
            const struct outranked *outranked = &reading->outranked[k];
            (void)printf("%s:%u: %s: \"%s\" is outranked for %s\n", document->path, outranked->line, outranked->xpath,
                         outranked->value, outranked->fact);
        }
    }
}

static void print_findings(const struct consignment *c) {
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *f = &c->findings.items[i];
        (void)fprintf(stderr, "%s:%u:%u: %s: %s%s%s%s\n", f->subject.document ? f->subject.document->path : "-",
                      f->subject.line, f->subject.column, f->rule, f->message, f->observed ? " (" : "",
                      f->observed ? f->observed : "", f->observed ? ")" : "");
    }
    if (c->gate) {
        (void)fprintf(stderr, "%s: %s\n", c->gate, c->gate_reason);
    }
}

static int normalise(const struct knowledge *k, const struct options *options, const struct bundle_input *bundle) {
    struct consignment c = {.arena = arena_new(), .input = bundle->input, .quarantine = {.offset = -1}};
    int code = EXIT_RELEASED;
    if (bundle->reason || chain_run(&c, k, chain_find("normalise"), NULL) == STEP_STOP) {
        (void)fprintf(stderr, "%s: quarantine: %s: %s\n", bundle->label,
                      bundle->reason ? bundle->reason : c.quarantine.reason,
                      bundle->reason ? bundle->detail : c.quarantine.detail);
        code = EXIT_QUARANTINED;
    } else {
        struct buffer out = {0};
        struct print_options how = {.document_id = document_id, .hidden = true, .indented = true};
        print_findings(&c);
        if (options->unread) {
            print_unread(&c);
        } else {
            tree_print(&out, c.dossier.root, &how);
            (void)fwrite(out.bytes, 1, out.length, stdout);
        }
        buffer_free(&out);
        for (size_t i = 0; i < c.findings.count && code == EXIT_RELEASED; i++) {
            code = c.findings.items[i].severity >= SEVERITY_ERROR ? EXIT_HELD : code;
        }
    }
    arena_free(c.arena);
    return code;
}

int command_normalise(const struct options *options) {
    int code;
    if (!options->arguments.count) {
        (void)fputs("tidewaiter normalise: name a document or a bundle\n", stderr);
        return EXIT_USAGE;
    }
    struct knowledge *k = know_for_review(options, &code);
    struct inputs *inputs = k ? inputs_open(&options->arguments, options, k, &code) : NULL;
    if (!inputs) {
        know_free(k);
        return code;
    }
    struct bundle_input bundle;
    code = EXIT_RELEASED;
    while (inputs_next(inputs, &bundle)) {
        int one = normalise(k, options, &bundle);
        code = one > code ? one : code;
    }
    inputs_close(inputs);
    know_free(k);
    return code;
}
