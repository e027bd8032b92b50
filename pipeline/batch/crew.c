#include "batch/crew.h"

#include "base/arena.h"
#include "base/fault.h"
#include "batch/review-message.h"
#include "batch/signer.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BUNDLES_PER_WORKER = 4096, MOST_WORKERS = 1024, KEPT_OUTPUT = 4 * 1024 * 1024 };

struct worker {
    pid_t pid;
    int socket, output;
    bool busy, sealed; /* a bundle is in hand; its signature was given */
    unsigned bundles;  /* handed to it so far */
    uint64_t ordinal, since;
};

struct crew {
    struct crew_needs needs;
    struct arena *arena; /* of one message */
    struct worker *workers;
    struct pollfd *polled;
};

uint64_t crew_clock(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* ---- birth and end of a worker ---- */

static void born(struct crew *crew, struct worker *worker) {
    int ends[2];
    *worker = (struct worker){.output = memfd_create("tidewaiter-output", MFD_CLOEXEC)};
    (void)fflush(NULL); /* so that no text waits twice */
    if (worker->output < 0 || !message_pair(ends)) {
        fault("a worker's socket cannot be made");
    }
    worker->pid = fork();
    if (worker->pid < 0) {
        fault("a worker cannot be forked");
    }
    if (worker->pid == 0) {
        worker_main(ends[1], &crew->needs.worker);
    }
    (void)close(ends[1]);
    worker->socket = ends[0];
}

/* Ends it, if it lives; its wait status. One that is already on its way out keeps the status that it has. */
static int ended(struct worker *worker) {
    int status = 0;
    (void)kill(worker->pid, SIGKILL);
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR) {
    }
    (void)close(worker->socket);
    (void)close(worker->output);
    return status;
}

struct crew *crew_open(const struct crew_needs *needs) {
    struct crew *crew = fault_malloc(sizeof *crew);
    *crew = (struct crew){.needs = *needs, .arena = arena_new()};
    if (needs->workers < 1 || needs->workers > MOST_WORKERS) {
        fault("a crew has 1 to 1024 workers");
    }
    crew->workers = fault_malloc(needs->workers * sizeof *crew->workers);
    crew->polled = fault_malloc((needs->workers + 1) * sizeof *crew->polled);
    for (unsigned i = 0; i < needs->workers; i++) {
        born(crew, &crew->workers[i]);
    }
    return crew;
}

void crew_close(struct crew *crew) {
    if (!crew) {
        return;
    }
    for (unsigned i = 0; i < crew->needs.workers; i++) {
        (void)ended(&crew->workers[i]);
    }
    arena_free(crew->arena);
    free(crew->workers);
    free(crew->polled);
    free(crew);
}

unsigned crew_size(const struct crew *crew) {
    return crew->needs.workers;
}

unsigned crew_busy(const struct crew *crew) {
    unsigned busy = 0;
    for (unsigned i = 0; i < crew->needs.workers; i++) {
        busy += crew->workers[i].busy;
    }
    return busy;
}

bool crew_slowest(const struct crew *crew, uint64_t *ordinal, uint64_t *milliseconds) {
    const struct worker *slowest = NULL;
    for (unsigned i = 0; i < crew->needs.workers; i++) {
        const struct worker *worker = &crew->workers[i];
        if (worker->busy && (!slowest || worker->since < slowest->since)) {
            slowest = worker;
        }
    }
    if (slowest) {
        *ordinal = slowest->ordinal;
        *milliseconds = crew_clock() - slowest->since;
    }
    return slowest;
}

/* ---- a bundle goes out ---- */

/* Processor time is bounded beside the clock, by the kernel: it holds even while the supervisor is busy. */
static void bound_processor(const struct crew *crew, const struct worker *worker) {
    clockid_t clock;
    struct timespec used = {0};
    if (clock_getcpuclockid(worker->pid, &clock) == 0 && clock_gettime(clock, &used) == 0) {
        rlim_t seconds = (rlim_t)used.tv_sec + 1 + (crew->needs.milliseconds + 999) / 1000;
        struct rlimit bound = {seconds, RLIM_INFINITY};
        (void)prlimit(worker->pid, RLIMIT_CPU, &bound, NULL);
    }
}

bool crew_hand(struct crew *crew, const struct take *take, bool fresh) {
    struct worker *worker = crew->workers;
    while (worker->busy) {
        worker++;
    }
    if (worker->bundles == BUNDLES_PER_WORKER || (fresh && worker->bundles)) {
        (void)ended(worker);
        born(crew, worker);
    }
    struct take sent = *take;
    sent.output = worker->output;
    bound_processor(crew, worker);
    if (!message_send_take(worker->socket, &sent)) {
        (void)ended(worker);
        born(crew, worker);
        return false;
    }
    worker->busy = true;
    worker->sealed = false;
    worker->bundles++;
    worker->ordinal = take->ordinal;
    worker->since = crew_clock();
    return true;
}

/* ---- a review comes back ---- */

static bool read_output(const struct crew *crew, const struct worker *worker, uint64_t length, struct review *review) {
    struct stat status;
    if (length > crew->needs.worker.output_bytes || fstat(worker->output, &status) != 0 ||
        (uint64_t)status.st_size < length) {
        return false;
    }
    char *bytes = fault_malloc((size_t)length);
    size_t held = 0;
    while (held < length) {
        ssize_t got = pread(worker->output, bytes + held, (size_t)length - held, (off_t)held);
        if (got <= 0 && !(got < 0 && errno == EINTR)) {
            break;
        }
        held += got > 0 ? (size_t)got : 0;
    }
    bool fine = held == length && review_read(bytes, held, review);
    free(bytes);
    if (fine && !review->line.length) { /* every review has one */
        review_free(review);
        fine = false;
    }
    /* Its pages serve the next answer, unless they are many. */
    return fine && (length <= KEPT_OUTPUT || ftruncate(worker->output, 0) == 0);
}

static void lose(struct crew_event *event, const char *reason, const char *detail) {
    event->lost = reason;
    (void)snprintf(event->detail, sizeof event->detail, "%s", detail);
}

/* What a wait status says of the bundle that was in hand. */
static void tell_end(int status, struct crew_event *event) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == FAULT_EXIT) {
        lose(event, "memory", "the worker's memory ended (bundle.memory)");
    } else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
        lose(event, "timeout", "more processor time than bundle.seconds");
    } else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) {
        lose(event, "memory", "the worker was killed from outside, as a machine short of memory does");
    } else if (WIFSIGNALED(status)) {
        event->lost = "crash";
        (void)snprintf(event->detail, sizeof event->detail, "the worker ended by signal %d (SIG%s)", WTERMSIG(status),
                       sigabbrev_np(WTERMSIG(status)) ? sigabbrev_np(WTERMSIG(status)) : "?");
    } else {
        lose(event, "crash", "the worker ended before its time");
    }
}

enum why { GONE, LATE, TALKS_NONSENSE };

/* Replaces a worker; true: it had a bundle in hand, of which the event tells. */
static bool replace(struct crew *crew, struct worker *worker, enum why why, struct crew_event *event) {
    bool busy = worker->busy;
    *event = (struct crew_event){.ordinal = worker->ordinal};
    int status = ended(worker);
    if (why == LATE) {
        lose(event, "timeout", "more time than bundle.seconds");
    } else if (why == TALKS_NONSENSE) {
        lose(event, "crash", "the worker's answer is not one");
    } else {
        tell_end(status, event);
    }
    born(crew, worker);
    return busy;
}

static bool is_gone(const struct worker *worker) {
    char byte;
    return recv(worker->socket, &byte, sizeof byte, MSG_PEEK | MSG_DONTWAIT) <= 0;
}

static bool is_reason(const char *reason) {
    return strcmp(reason, "memory") == 0 || strcmp(reason, "unreadable") == 0;
}

/* One signature for each bundle in hand: more is nonsense. A signer that is gone ends the run, not the bundle. */
static bool sign(const struct crew *crew, struct worker *worker, const char *digest) {
    unsigned char signature[SIGNATURE_MOST];
    size_t length = 0;
    if (!crew->needs.signer || !worker->busy || worker->sealed) {
        return false;
    }
    if (!signer_sign(crew->needs.signer, (const unsigned char *)digest, signature, &length)) {
        fault("the signer ended; what was finished is safe, and the same command goes on from there");
    }
    worker->sealed = true;
    return message_send_signature(worker->socket, signature, length);
}

static bool hear(struct crew *crew, struct worker *worker, struct crew_event *event) {
    struct answer_message answer;
    if (is_gone(worker)) {
        return replace(crew, worker, GONE, event);
    }
    arena_reset(crew->arena);
    bool good = message_receive_answer(worker->socket, crew->arena, &answer);
    if (good && answer.to_sign) {
        return sign(crew, worker, answer.to_sign) ? false : replace(crew, worker, TALKS_NONSENSE, event);
    }
    good = good && worker->busy && answer.ordinal == worker->ordinal && (!answer.reason || is_reason(answer.reason));
    *event = (struct crew_event){.ordinal = worker->ordinal};
    if (good && answer.reason) {
        lose(event, strcmp(answer.reason, "memory") == 0 ? "memory" : "unreadable",
             "the worker could not read the bundle, or not write what became of it");
    } else {
        good = good && read_output(crew, worker, answer.length, &event->review);
    }
    if (!good) {
        return replace(crew, worker, TALKS_NONSENSE, event);
    }
    worker->busy = false;
    return true;
}

/* ---- waiting ---- */

static int time_left(const struct crew *crew, int milliseconds) {
    uint64_t now = crew_clock();
    for (unsigned i = 0; i < crew->needs.workers; i++) {
        const struct worker *worker = &crew->workers[i];
        uint64_t until = worker->since + crew->needs.milliseconds;
        uint64_t left = until > now ? until - now : 0;
        if (worker->busy && left < (uint64_t)milliseconds) {
            milliseconds = (int)left;
        }
    }
    return milliseconds;
}

static bool late(struct crew *crew, struct crew_event *event) {
    uint64_t now = crew_clock();
    for (unsigned i = 0; i < crew->needs.workers; i++) {
        struct worker *worker = &crew->workers[i];
        if (worker->busy && now - worker->since >= crew->needs.milliseconds) {
            return replace(crew, worker, LATE, event);
        }
    }
    return false;
}

bool crew_event(struct crew *crew, int wake, int milliseconds, struct crew_event *event) {
    unsigned count = crew->needs.workers;
    for (unsigned i = 0; i < count; i++) {
        crew->polled[i] = (struct pollfd){.fd = crew->workers[i].socket, .events = POLLIN};
    }
    crew->polled[count] = (struct pollfd){.fd = wake, .events = POLLIN};
    if (poll(crew->polled, count + 1, time_left(crew, milliseconds)) < 0) {
        return false;
    }
    for (unsigned i = 0; i < count; i++) {
        if (crew->polled[i].revents && hear(crew, &crew->workers[i], event)) {
            return true;
        }
    }
    return late(crew, event);
}
