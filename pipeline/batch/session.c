#include "batch/session.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "batch/identity.h"
#include "batch/outputs.h"
#include "know.h"
#include "knowledge.h"

#include <stdio.h>
#include <string.h>

static struct ledger *open_ledger(const struct options *options) {
    struct arena *arena = arena_new();
    struct ledger *ledger =
        ledger_open(options->ledger ? options->ledger : arena_printf(arena, "%s/ledger.sqlite", options->out));
    arena_free(arena);
    return ledger;
}

/* Knowledge for the clock of the run that goes on, or for a clock of its own. */
static bool learn(struct session *session, const char *clock, char digest[DIGEST_TEXT], int *code) {
    session->options.now = clock;
    session->k = know(&session->options, code);
    return session->k && identity_knowledge(&session->options, session->k, digest);
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
    *session = (struct session){0};
}
