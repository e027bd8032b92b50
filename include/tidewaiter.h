/* What a program that runs tidewaiter may rely on: its version, and how a run ends.
 *
 * A run of several bundles ends with the gravest of its bundles' codes.
 */
#ifndef TIDEWAITER_H
#define TIDEWAITER_H

#define TIDEWAITER_VERSION "1.0.0"

enum tidewaiter_exit {
    EXIT_RELEASED = 0,    /* every bundle may leave */
    EXIT_HELD = 1,        /* one or more held, referred or rejected */
    EXIT_QUARANTINED = 2, /* one or more could not be opened or trusted */
    EXIT_USAGE = 3,       /* options, rules, registers or policy are wrong: nothing was reviewed */
    EXIT_FAULT = 4        /* a fault of the program or the machine; the same command continues the run */
};

#endif
