/* What a run stands on: its folder, its ledger, its signer, its clock, and the knowledge compiled for that clock.
 *
 * Resume   A run that was killed or stopped is continued by the same command: it keeps its clock. Where what we know
 *          has changed since, it is given up and a new run begins.
 */
#ifndef TW_BATCH_SESSION_H
#define TW_BATCH_SESSION_H

#include "batch/ledger.h"
#include "options.h"

#include <stdbool.h>

struct session {
    struct options options; /* with the clock of the run */
    struct outputs *outputs;
    struct ledger *ledger;
    struct knowledge *k;
    struct signer_process *signer; /* NULL: the containers are not sealed */
    struct ledger_run run;
    bool resumed;
};

/* False: what is wrong was printed; *code is the exit code. session_close in both cases. */
bool session_open(struct session *session, const struct options *options, int *code);
void session_close(struct session *session);

#endif
