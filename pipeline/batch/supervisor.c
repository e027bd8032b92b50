#include "batch/supervisor.h"

#include "base/arena.h"
#include "batch/crew.h"
#include "batch/progress.h"
#include "batch/signals.h"
#include "batch/window.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { TICK = 200 }; /* milliseconds between two looks at the clock */

struct supervisor {
    const struct supervisor_needs *needs;
    struct window *window;
    bool exhausted; /* the inputs have no more */
    bool alone;     /* a bundle that was lost before is in hand: nothing goes beside it */
    enum supervised state;
};

static bool failed(struct supervisor *s, const char *what) {
    (void)fprintf(stderr, "tidewaiter: %s: %s\n", what, strerror(errno));
    s->state = SUPERVISED_FAILED;
    return false;
}

/* ---- in ---- */

/* A bundle that no worker can be asked about: its JSON file and line are made here, from its reason alone. */
static void quarantine_item(struct supervisor *s, struct item *item) {
    struct review review;
    review_bundle(s->needs->k, s->needs->format, &item->input, &review);
    item_done(s->window, item, &review);
}

static bool enter(struct supervisor *s) {
    struct bundle_input bundle;
    struct review review;
    if (!inputs_next(s->needs->inputs, &bundle)) {
        s->exhausted = true;
        return false;
    }
    const struct supervisor_calls *calls = &s->needs->calls;
    unsigned known = calls->known(calls->context, window_entered(s->window), &bundle, &review);
    struct item *item = window_enter(s->window, &bundle);
    if (!item) {
        if (known) {
            review_free(&review);
        }
        return failed(s, bundle.label);
    }
    item->known = known;
    if (known) {
        item_done(s->window, item, &review);
    } else if (item->input.reason) {
        quarantine_item(s, item);
    }
    return true;
}

/* As many wait as there are workers: more would only hold memory. */
static bool fill(struct supervisor *s) {
    bool moved = false;
    while (s->state == SUPERVISED_ALL && !s->exhausted && !window_full(s->window) &&
           window_waiting(s->window) < crew_size(s->needs->crew) && enter(s)) {
        moved = true;
    }
    return moved;
}

/* ---- out, and back ---- */

static bool hand_out(struct supervisor *s) {
    struct crew *crew = s->needs->crew;
    bool moved = false;
    for (;;) {
        struct item *item = window_next(s->window);
        bool may = item && !s->alone && crew_busy(crew) < (item->lost_before ? 1 : crew_size(crew));
        if (!may) {
            return moved;
        }
        struct take take = item_take(item);
        if (crew_hand(crew, &take, item->lost_before)) {
            item->place = PLACE_IN_HAND;
            s->alone = item->lost_before;
            moved = true;
        } else if (item->lost_before) {
            item->input.reason = "crash";
            item->input.detail = "the bundle cannot be handed to a worker";
            quarantine_item(s, item);
        } else {
            item->lost_before = true;
        }
    }
}

static void take_back(struct supervisor *s, struct crew_event *event) {
    struct item *item = window_at(s->window, event->ordinal);
    s->alone = s->alone && !item->lost_before;
    if (!event->lost) {
        item_done(s->window, item, &event->review);
    } else if (!item->lost_before) {
        item->lost_before = true;
        item->place = PLACE_WAITS;
    } else {
        item->input.reason = event->lost;
        item->input.detail = arena_string(item->arena, event->detail);
        quarantine_item(s, item);
    }
}

/* ---- settled, in order ---- */

static void count(struct progress *progress, const struct review *review) {
    progress->done++;
    progress->held += review->outcome != OUTCOME_QUARANTINE && !review_released(review);
    progress->quarantined += review->outcome == OUTCOME_QUARANTINE;
}

static bool settle(struct supervisor *s) {
    const struct supervisor_calls *calls = &s->needs->calls;
    bool moved = false;
    for (struct item *item; (item = window_first(s->window)) && item->place == PLACE_DONE; moved = true) {
        const struct supervised_bundle bundle = {
            .ordinal = item->ordinal,
            .input = &item->input,
            .review = &item->review,
            .known = item->known,
            .refused = &item->refusals,
        };
        enum settled settled = calls->settle(calls->context, &bundle);
        if (settled == SETTLE_FAILED) {
            s->state = SUPERVISED_FAILED;
            return moved;
        }
        if (settled == SETTLE_AGAIN) {
            item_again(s->window, item);
            return true;
        }
        count(s->needs->progress, &item->review);
        window_leave(s->window);
    }
    return moved;
}

/* ---- between ---- */

static void show(struct supervisor *s) {
    struct progress_now now = {.total = window_entered(s->window) + inputs_left(s->needs->inputs)};
    uint64_t ordinal;
    if (crew_slowest(s->needs->crew, &ordinal, &now.slowest_milliseconds)) {
        now.slowest = window_at(s->window, ordinal)->input.label;
    }
    progress_show(s->needs->progress, &now);
}

static void look_around(struct supervisor *s) {
    struct signals *signals = s->needs->signals;
    signals_take(signals);
    if (signals->stop && s->state == SUPERVISED_ALL) {
        s->state = SUPERVISED_STOPPED; /* fill takes no more in */
        progress_close(s->needs->progress);
        (void)fputs("tidewaiter: stopping when the bundles in hand are done\n", stderr);
    }
    if (signals->tell || progress_due(s->needs->progress)) {
        show(s);
        signals->tell = false;
    }
}

static bool is_over(const struct supervisor *s) {
    bool closed = s->exhausted || s->state != SUPERVISED_ALL;
    return s->state == SUPERVISED_FAILED || (closed && window_empty(s->window));
}

enum supervised supervise(const struct supervisor_needs *needs) {
    struct supervisor s = {.needs = needs, .window = window_open(needs->window)};
    while (!is_over(&s)) {
        bool moved = fill(&s);
        moved = hand_out(&s) || moved;
        moved = settle(&s) || moved;
        look_around(&s);
        if (moved || is_over(&s)) {
            continue;
        }
        struct crew_event event;
        if (!needs->calls.rest(needs->calls.context, false)) {
            s.state = SUPERVISED_FAILED;
        } else if (crew_event(needs->crew, needs->signals->descriptor, TICK, &event)) {
            take_back(&s, &event);
        }
    }
    if (s.state != SUPERVISED_FAILED && !needs->calls.rest(needs->calls.context, true)) {
        s.state = SUPERVISED_FAILED;
    }
    progress_close(needs->progress);
    window_close(s.window);
    return s.state;
}
