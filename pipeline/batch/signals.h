/* Signals of a run, as something to wait for: SIGTERM and SIGINT ask it to finish what is begun and stop, SIGUSR1
 * asks how it is getting on.
 *
 * Sequence  signals_open before any worker is forked (they inherit what is blocked), signals_close at the end.
 */
#ifndef TW_BATCH_SIGNALS_H
#define TW_BATCH_SIGNALS_H

#include <stdbool.h>

struct signals {
    int descriptor; /* readable when one has come */
    bool stop, tell;
};

bool signals_open(struct signals *signals);
void signals_take(struct signals *signals); /* sets stop and tell; never waits */
void signals_close(struct signals *signals);

#endif
