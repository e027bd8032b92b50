#include "batch/progress.h"

#include "base/buffer.h"
#include "base/json.h"
#include "batch/crew.h"
#include "options.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_EVERY = 200, TEXT_EVERY = 30000 };

struct progress progress_open(const struct options *options) {
    bool json = options->log && strcmp(options->log, "json") == 0;
    enum progress_form form = json ? PROGRESS_JSON : isatty(STDERR_FILENO) ? PROGRESS_LINE : PROGRESS_TEXT;
    uint64_t now = crew_clock();
    return (struct progress){.form = options->quiet ? PROGRESS_ASKED : form, .json = json, .started = now, .last = now};
}

bool progress_due(const struct progress *progress) {
    uint64_t since = crew_clock() - progress->last;
    return progress->form != PROGRESS_ASKED && since >= (progress->form == PROGRESS_LINE ? LINE_EVERY : TEXT_EVERY);
}

static void put_time(struct buffer *out, uint64_t seconds) {
    if (seconds >= 3600) {
        buffer_printf(out, "%" PRIu64 ":%02" PRIu64 ":%02" PRIu64, seconds / 3600, seconds / 60 % 60, seconds % 60);
    } else {
        buffer_printf(out, "%" PRIu64 ":%02" PRIu64, seconds / 60, seconds % 60);
    }
}

static uint64_t seconds_left(const struct progress *p, const struct progress_now *now, uint64_t elapsed) {
    return p->done && now->total > p->done ? (now->total - p->done) * elapsed / p->done / 1000 : 0;
}

static void put_text(struct buffer *out, const struct progress *p, const struct progress_now *now) {
    uint64_t elapsed = crew_clock() - p->started;
    buffer_printf(out, "%" PRIu64, p->done);
    if (now->total) {
        buffer_printf(out, "/%" PRIu64, now->total);
    }
    buffer_printf(out, " bundles, %" PRIu64 "/s", elapsed ? p->done * 1000 / elapsed : 0);
    if (now->total > p->done && p->done) {
        buffer_string(out, ", left ");
        put_time(out, seconds_left(p, now, elapsed));
    }
    buffer_printf(out, ", held %" PRIu64 ", quarantined %" PRIu64, p->held, p->quarantined);
    if (now->slowest && now->slowest_milliseconds >= 1000) {
        buffer_printf(out, ", slowest now %s ", now->slowest);
        put_time(out, now->slowest_milliseconds / 1000);
    }
}

static void put_json(struct buffer *out, const struct progress *p, const struct progress_now *now) {
    uint64_t elapsed = crew_clock() - p->started;
    buffer_printf(out, "{\"event\":\"progress\",\"done\":%" PRIu64 ",\"total\":%" PRIu64 ",\"milliseconds\":%" PRIu64,
                  p->done, now->total, elapsed);
    buffer_printf(out, ",\"secondsLeft\":%" PRIu64 ",\"held\":%" PRIu64 ",\"quarantined\":%" PRIu64 ",\"slowest\":",
                  seconds_left(p, now, elapsed), p->held, p->quarantined);
    json_text(out, now->slowest);
    buffer_printf(out, ",\"slowestMilliseconds\":%" PRIu64 "}", now->slowest ? now->slowest_milliseconds : 0);
}

void progress_show(struct progress *progress, const struct progress_now *now) {
    struct buffer out = {0};
    bool over = progress->form == PROGRESS_LINE;
    if (progress->json) {
        put_json(&out, progress, now);
    } else {
        put_text(&out, progress, now);
    }
    (void)fprintf(stderr, "%s%s%s", over ? "\r" : "", out.bytes, over ? "\033[K" : "\n");
    (void)fflush(stderr);
    buffer_free(&out);
    progress->shown = over;
    progress->last = crew_clock();
}

void progress_close(struct progress *progress) {
    if (progress->shown) {
        (void)fputs("\r\033[K", stderr);
        progress->shown = false;
    }
}
