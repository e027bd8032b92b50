#include "batch/session.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "batch/identity.h"
#include "batch/outputs.h"
#include "batch/signer.h"
#include "batch/worker.h"
#include "know.h"
#include "knowledge.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct ledger *open_ledger(const struct options *options) {
    struct arena *arena = arena_new();
    struct ledger *ledger =
        ledger_open(options->ledger ? options->ledger : arena_printf(arena, "%s/ledger.sqlite", options->out));
    arena_free(arena);
    return ledger;
}

/* ---- the signer ---- */

static const char *revoked(struct arena *arena, const struct certificates *certificates, const char *path,
                           const struct moment *at) {
    enum { LARGEST_LIST = 64 << 20 };
    size_t length = 0;
    char *bytes = path ? file_read(path, LARGEST_LIST, &length) : NULL;
    const char *why = NULL;
    if (path && !bytes) {
        why = arena_printf(arena, "%s: %s", path, strerror(errno));
    } else if (path) {
        why = certificate_revoked(arena, certificates, (const unsigned char *)bytes, length, at);
    }
    free(bytes);
    return why;
}

/* A certificate that may not seal on the day of the run's clock stops the run before it starts. */
static bool may_seal(const struct session *session) {
    const struct certificates *certificates = signer_certificates(session->signer);
    struct arena *arena = arena_new();
    const char *why = certificate_unfit(arena, &certificates->items[0], &session->k->now);
    why = why ? why : revoked(arena, certificates, session->options.crl, &session->k->now);
    if (why) {
        (void)fprintf(stderr, "tidewaiter review: the seal of %s: %s\n", certificates->items[0].subject, why);
    }
    arena_free(arena);
    return !why;
}

static bool give_signer(struct session *session) {
    if (session->signer) {
        session->k->signer = (struct signer){.sign = worker_sign, .certificates = signer_certificates(session->signer)};
    }
    return !session->signer || may_seal(session);
}

/* ---- knowledge ---- */

/* For the clock of the run that goes on, or for a clock of its own. */
static bool learn(struct session *session, const char *clock, char digest[DIGEST_TEXT], int *code) {
    session->options.now = clock;
    session->k = know_for_review(&session->options, code);
    *code = session->k ? EXIT_USAGE : *code;
    return session->k && give_signer(session) && identity_knowledge(&session->options, session->k, digest);
}

static bool begin(struct session *session, const char *text, const struct options *options, int *code) {
    struct ledger_run *run = &session->run;
    char digest[DIGEST_TEXT];
    if (!learn(session, run->id ? run->clock : options->now, digest, code)) {
        return false;
    }
    *code = EXIT_FAULT;
    if (run->id && strcmp(digest, run->knowledge) == 0) {
        session->resumed = true;
        return ledger_resume(session->ledger, run);
    }
    if (run->id) {
        (void)fputs("tidewaiter: the run that was not finished knew something else; a new one begins\n", stderr);
        know_free(session->k);
        if (!learn(session, options->now, digest, code)) {
            return false;
        }
    }
    *code = EXIT_FAULT;
    *run = (struct ledger_run){0};
    (void)snprintf(run->clock, sizeof run->clock, "%s", session->k->now_text);
    memcpy(run->knowledge, digest, sizeof run->knowledge);
    return ledger_begin(session->ledger, text, run);
}

bool session_open(struct session *session, const struct options *options, int *code) {
    struct buffer text = {0};
    *session = (struct session){.options = *options};
    *code = EXIT_USAGE;
    if (options->key) {
        const struct key_files files = {options->key, options->cert, options->pass_file};
        session->signer = signer_open(&files); /* first: it inherits nothing */
        if (!session->signer) {
            return false;
        }
    }
    *code = EXIT_FAULT;
    identity_options(&text, options);
    session->outputs = outputs_open(options->out);
    session->ledger = session->outputs ? open_ledger(options) : NULL;
    bool fine = session->ledger && ledger_unfinished(session->ledger, text.bytes, &session->run) &&
                begin(session, text.bytes, options, code);
    buffer_free(&text);
    return fine;
}

void session_close(struct session *session) {
    know_free(session->k);
    ledger_close(session->ledger);
    outputs_close(session->outputs);
    signer_close(session->signer);
    *session = (struct session){0};
}
