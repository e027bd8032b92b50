#include "batch/worker.h"

#include "base/arena.h"
#include "base/fault.h"
#include "batch/child.h"
#include "batch/inputs.h"
#include "batch/message.h"
#include "batch/review-message.h"
#include "batch/sandbox.h"
#include "seal/certificate.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
enum { BOUNDS_MEMORY = 0 }; /* its shadow takes terabytes of addresses */
#else
enum { BOUNDS_MEMORY = 1 };
#endif

enum { DESCRIPTORS = 16 };

/* What a worker keeps between bundles, so that the next finds its pages; a larger peak goes back to the system. */
enum { KEPT_BYTES = 128 * 1024 * 1024, LARGEST_IN_HEAP = 32 * 1024 * 1024 };

/* ---- before the first bundle ---- */

static void limit(int resource, rlim_t bytes) {
    struct rlimit bound = {bytes, bytes};
    if (setrlimit((__rlimit_resource_t)resource, &bound) != 0) {
        fault("a worker's limits cannot be set");
    }
}

/* Addresses in use, in bytes: what the worker was born with does not count against its bundle. */
static rlim_t addresses(void) {
    char text[64] = "";
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0 || read(file, text, sizeof text - 1) <= 0) {
        fault("/proc/self/statm cannot be read");
    }
    (void)close(file);
    return (rlim_t)strtoul(text, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE);
}

static void set_limits(const struct worker_needs *needs) {
    if (BOUNDS_MEMORY) {
        limit(RLIMIT_AS, addresses() + needs->memory);
    }
    limit(RLIMIT_FSIZE, needs->output_bytes);
    limit(RLIMIT_NOFILE, DESCRIPTORS);
}

static void keep_memory(void) {
    (void)mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    (void)mallopt(M_MMAP_THRESHOLD, LARGEST_IN_HEAP);
}

/* ---- one bundle ---- */

/* Read, not mapped: a file that somebody cuts short meanwhile is a fault of the bundle, not of the worker. */
static bool read_all(int descriptor, char *bytes, size_t length) {
    for (size_t at = 0; at < length;) {
        ssize_t got = pread(descriptor, bytes + at, length - at, (off_t)at);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        at += got > 0 ? (size_t)got : 0;
    }
    return true;
}

static bool write_all(int descriptor, const char *bytes, size_t length) {
    for (size_t at = 0; at < length;) {
        ssize_t put = pwrite(descriptor, bytes + at, length - at, (off_t)at);
        if (put < 0 && errno != EINTR) {
            return false;
        }
        at += put > 0 ? (size_t)put : 0;
    }
    return true;
}

static struct answer_message work(const struct worker_needs *needs, const struct take *take, const char *bytes) {
    struct bundle_input bundle = {
        .input = {.kind = take->kind,
                  .name = take->input_name,
                  .bytes = (const unsigned char *)bytes,
                  .length = (size_t)take->length},
        .name = take->name,
        .label = take->label,
        .descriptor = -1,
        .refused = take->refused,
        .refused_count = take->refused_count,
    };
    struct review review;
    struct buffer out = {0};
    needs->review(needs->k, needs->format, &bundle, &review);
    review_write(&out, &review);
    review_free(&review);
    bool written = write_all(take->output, out.bytes, out.length);
    struct answer_message answer = {
        .ordinal = take->ordinal, .length = out.length, .reason = written ? NULL : "memory"};
    buffer_free(&out);
    return answer;
}

static struct answer_message read_and_work(const struct worker_needs *needs, const struct take *take) {
    char *bytes = fault_malloc((size_t)take->length);
    struct answer_message answer = {.ordinal = take->ordinal, .reason = "unreadable"};
    if (read_all(take->input, bytes, (size_t)take->length)) {
        answer = work(needs, take, bytes);
    }
    free(bytes);
    (void)close(take->input);
    (void)close(take->output);
    return answer;
}

bool worker_sign(void *context, const unsigned char *digest, unsigned char *signature, size_t *length) {
    struct arena *arena = arena_new();
    const char *made = NULL;
    (void)context;
    bool fine = message_send_answer(CHILD_SOCKET, &(struct answer_message){.to_sign = (const char *)digest}) &&
                message_receive_signature(CHILD_SOCKET, arena, &made, length) && *length <= SIGNATURE_MOST;
    if (fine) {
        memcpy(signature, made, *length);
    }
    arena_free(arena);
    return fine;
}

_Noreturn void worker_main(int socket, const struct worker_needs *needs) {
    struct arena *arena = arena_new();
    struct take take;
    child_begin(socket, "tidewaiter-work");
    set_limits(needs);
    keep_memory();
    sandbox_enter(CHILD_SOCKET);
    while (message_receive_take(CHILD_SOCKET, arena, &take)) {
        struct answer_message answer = read_and_work(needs, &take);
        if (!message_send_answer(CHILD_SOCKET, &answer)) {
            break;
        }
        arena_reset(arena);
    }
    _exit(0);
}
