#include "batch/window.h"

#include "base/arena.h"
#include "base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { WAITING_BYTES = 512 * 1024 * 1024 };

struct window {
    struct item *items; /* a ring: ordinal modulo size */
    unsigned size;
    uint64_t first, next; /* ordinals: first to be settled, next to come */
    uint64_t bytes;       /* of inputs and reviews that stand here */
};

struct window *window_open(unsigned size) {
    struct window *window = fault_malloc(sizeof *window);
    *window = (struct window){.items = fault_malloc(size * sizeof *window->items), .size = size};
    return window;
}

static void item_free(struct item *item) {
    if (item->input.descriptor >= 0) {
        (void)close(item->input.descriptor);
    }
    if (item->place == PLACE_DONE) {
        review_free(&item->review);
    }
    arena_free(item->arena);
}

void window_close(struct window *window) {
    while (window->first < window->next) {
        item_free(&window->items[window->first++ % window->size]);
    }
    free(window->items);
    free(window);
}

bool window_full(const struct window *window) {
    return window->next - window->first == window->size || window->bytes > WAITING_BYTES;
}

bool window_empty(const struct window *window) {
    return window->next == window->first;
}

uint64_t window_entered(const struct window *window) {
    return window->next;
}

struct item *window_at(const struct window *window, uint64_t ordinal) {
    return &window->items[ordinal % window->size];
}

struct item *window_first(const struct window *window) {
    return window_empty(window) ? NULL : window_at(window, window->first);
}

/* ---- what comes in ---- */

static bool write_all(int descriptor, const unsigned char *bytes, size_t length) {
    while (length) {
        ssize_t put = write(descriptor, bytes, length);
        if (put < 0 && errno != EINTR) {
            return false;
        }
        bytes += put > 0 ? put : 0;
        length -= put > 0 ? (size_t)put : 0;
    }
    return true;
}

/* Bytes that are in no file become a sealed one in memory. */
static int in_memory(const struct input *input) {
    int descriptor = memfd_create("tidewaiter-bundle", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    if (descriptor < 0) {
        return -1;
    }
    if (!write_all(descriptor, input->bytes, input->length) || fcntl(descriptor, F_ADD_SEALS, seals) != 0) {
        (void)close(descriptor);
        return -1;
    }
    return descriptor;
}

static int descriptor_of(const struct bundle_input *bundle) {
    return bundle->descriptor >= 0 ? fcntl(bundle->descriptor, F_DUPFD_CLOEXEC, 0) : in_memory(&bundle->input);
}

static const char *copy(struct arena *arena, const char *text) {
    return text ? arena_string(arena, text) : NULL;
}

struct item *window_enter(struct window *window, const struct bundle_input *bundle) {
    struct item *item = window_at(window, window->next);
    int descriptor = bundle->reason ? -1 : descriptor_of(bundle);
    if (!bundle->reason && descriptor < 0) {
        return NULL;
    }
    struct arena *arena = arena_new();
    *item = (struct item){
        .ordinal = window->next++,
        .arena = arena,
        .input = *bundle,
        .length = bundle->input.length,
        .refusals = {.arena = arena},
    };
    item->input.input.name = copy(arena, bundle->input.name);
    item->input.input.bytes = NULL;
    item->input.name = copy(arena, bundle->name);
    item->input.label = copy(arena, bundle->label);
    item->input.reason = copy(arena, bundle->reason);
    item->input.detail = copy(arena, bundle->detail);
    item->input.descriptor = descriptor;
    window->bytes += item->length;
    return item;
}

/* ---- what goes on within ---- */

static uint64_t review_bytes(const struct review *review) {
    uint64_t bytes = review->line.length + review->row.length + review->piece.length + review->container.length +
                     review->declarant.length;
    for (size_t i = 0; i < REVIEW_PAGES; i++) {
        bytes += review->pages[i].length;
    }
    return bytes;
}

struct take item_take(const struct item *item) {
    return (struct take){
        .ordinal = item->ordinal,
        .kind = item->input.input.kind,
        .name = item->input.name,
        .label = item->input.label,
        .input_name = item->input.input.name,
        .length = item->length,
        .refused = item->refusals.items,
        .refused_count = item->refusals.count,
        .input = item->input.descriptor,
    };
}

void item_done(struct window *window, struct item *item, const struct review *review) {
    item->review = *review;
    item->place = PLACE_DONE;
    window->bytes += review_bytes(review);
}

void item_again(struct window *window, struct item *item) {
    window->bytes -= review_bytes(&item->review);
    review_free(&item->review);
    item->place = PLACE_WAITS;
    item->again = true;
}

void window_leave(struct window *window) {
    struct item *item = window_first(window);
    window->bytes -= item->length + review_bytes(&item->review);
    item_free(item);
    window->first++;
}

static int urgency(const struct item *item) {
    return item->lost_before ? 3 : item->again ? 2 : 1;
}

struct item *window_next(const struct window *window) {
    struct item *next = NULL;
    for (uint64_t ordinal = window->first; ordinal < window->next; ordinal++) {
        struct item *item = window_at(window, ordinal);
        if (item->place == PLACE_WAITS && (!next || urgency(item) > urgency(next))) {
            next = item;
        }
    }
    return next;
}

unsigned window_waiting(const struct window *window) {
    unsigned waiting = 0;
    for (uint64_t ordinal = window->first; ordinal < window->next; ordinal++) {
        waiting += window_at(window, ordinal)->place == PLACE_WAITS;
    }
    return waiting;
}

bool refusals_add(struct refusals *refusals, const struct claim *claim) {
    for (size_t i = 0; i < refusals->count; i++) {
        const struct claim *held = &refusals->items[i];
        if (strcmp(held->rule, claim->rule) == 0 && strcmp(held->reg, claim->reg) == 0 &&
            strcmp(held->key, claim->key) == 0) {
            return false;
        }
    }
    if (refusals->count == refusals->capacity) {
        refusals->items = arena_grow(refusals->arena, refusals->items, &refusals->capacity, sizeof *refusals->items);
    }
    refusals->items[refusals->count++] = (struct claim){
        .rule = copy(refusals->arena, claim->rule),
        .reg = copy(refusals->arena, claim->reg),
        .key = copy(refusals->arena, claim->key),
        .amount = copy(refusals->arena, claim->amount),
    };
    return true;
}
