/* The window: bundles that are begun and not settled, in input order.
 *
 * Ownership  The window owns what stands in it, descriptors included, until window_leave.
 * Bounds     So many bundles; and no new one while what waits in it is larger than WAITING_BYTES.
 */
#ifndef TW_BATCH_WINDOW_H
#define TW_BATCH_WINDOW_H

#include "batch/inputs.h"
#include "batch/message.h"
#include "batch/review.h"
#include "batch/supervisor.h"

#include <stdbool.h>
#include <stdint.h>

enum place { PLACE_WAITS, PLACE_IN_HAND, PLACE_DONE };

struct item {
    uint64_t ordinal;
    enum place place;
    bool lost_before;          /* its worker was lost: it runs alone, in a fresh one */
    bool again;                /* it ran, and a claim was refused: it goes before those that wait */
    struct arena *arena;       /* of its texts */
    struct bundle_input input; /* without bytes: they are in descriptor */
    uint64_t length;
    unsigned known; /* the supervisor's caller says */
    struct refusals refusals;
    struct review review; /* of one that is done */
};

struct window;

struct window *window_open(unsigned size);
void window_close(struct window *window);

bool window_full(const struct window *window);
bool window_empty(const struct window *window);
uint64_t window_entered(const struct window *window); /* how many so far */

/* Takes in the next bundle. NULL: its bytes cannot be kept (errno). */
struct item *window_enter(struct window *window, const struct bundle_input *bundle);
struct item *window_first(const struct window *window);                /* the next to be settled, or NULL */
void window_leave(struct window *window);                              /* the first is settled */
struct item *window_at(const struct window *window, uint64_t ordinal); /* it stands in the window */

/* The next to be handed out, or NULL: those that were lost with their worker first, then those that run again after a
 * refusal, then those that never ran. */
struct item *window_next(const struct window *window);
unsigned window_waiting(const struct window *window);

struct take item_take(const struct item *item);
void item_done(struct window *window, struct item *item, const struct review *review); /* takes the review over */
void item_again(struct window *window, struct item *item); /* back to those that wait; its review goes */

#endif
