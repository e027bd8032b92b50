#include "batch/child.h"

#include "base/fault.h"

#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static void follow_supervisor(const char *name) {
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGPIPE, SIGXFSZ};
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) {
        (void)signal(ignored[i], SIG_IGN);
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)prctl(PR_SET_NAME, name);
}

static void keep_socket_only(int socket) {
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0) {
        fault("/dev/null cannot be opened");
    }
    if (socket != CHILD_SOCKET && dup2(socket, CHILD_SOCKET) < 0) {
        fault("the socket of a process cannot be moved");
    }
    if (close_range(CHILD_SOCKET + 1, ~0U, 0) != 0) {
        fault("a process cannot close what is not its own");
    }
}

void child_begin(int socket, const char *name) {
    const struct rlimit none = {0, 0};
    follow_supervisor(name);
    keep_socket_only(socket);
    if (setrlimit(RLIMIT_CORE, &none) != 0) {
        fault("the limits of a process cannot be set");
    }
}
