/* How a run is getting on, told on stderr while it goes (ENGINEERING 2.1).
 *
 * Forms   On a terminal one line that is written over; else a line every half minute; with --log json an object a line.
 *         SIGUSR1 asks for it at once (batch/signals.h). --quiet: only when asked.
 */
#ifndef TW_BATCH_PROGRESS_H
#define TW_BATCH_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct options;

enum progress_form { PROGRESS_ASKED, PROGRESS_LINE, PROGRESS_TEXT, PROGRESS_JSON };

struct progress {
    enum progress_form form;
    bool json;              /* what is asked for comes as JSON, too */
    bool shown;             /* a line stands that the next is written over */
    uint64_t started, last; /* by crew_clock */
    uint64_t done, held, quarantined;
};

/* What only the supervisor knows at the moment. */
struct progress_now {
    uint64_t total;      /* as far as the inputs can tell; 0: not known */
    const char *slowest; /* the bundle that is in hand longest, or NULL */
    uint64_t slowest_milliseconds;
};

struct progress progress_open(const struct options *options);
/* Whether the next line is due. */
bool progress_due(const struct progress *progress);
void progress_show(struct progress *progress, const struct progress_now *now);
void progress_close(struct progress *progress); /* wipes the line of the terminal */

#endif
