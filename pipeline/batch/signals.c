#include "batch/signals.h"

#include <signal.h>
#include <stddef.h>
#include <sys/signalfd.h>
#include <unistd.h>

static sigset_t awaited(void) {
    sigset_t set;
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGINT);
    (void)sigaddset(&set, SIGUSR1);
    return set;
}

bool signals_open(struct signals *signals) {
    sigset_t set = awaited();
    *signals = (struct signals){.descriptor = -1};
    if (sigprocmask(SIG_BLOCK, &set, NULL) == 0) {
        signals->descriptor = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    }
    return signals->descriptor >= 0;
}

void signals_take(struct signals *signals) {
    struct signalfd_siginfo came;
    while (read(signals->descriptor, &came, sizeof came) == (ssize_t)sizeof came) {
        signals->tell = signals->tell || came.ssi_signo == SIGUSR1;
        signals->stop = signals->stop || came.ssi_signo != SIGUSR1;
    }
}

void signals_close(struct signals *signals) {
    sigset_t set = awaited();
    if (signals->descriptor >= 0) {
        signals_take(signals); /* what is pending would end the process once it is let through */
        (void)close(signals->descriptor);
        (void)sigprocmask(SIG_UNBLOCK, &set, NULL);
    }
}
