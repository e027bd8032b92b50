#include "batch/signer.h"

#include "base/arena.h"
#include "base/fault.h"
#include "batch/child.h"
#include "batch/message.h"
#include "batch/sandbox.h"
#include "batch/wire.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct signer_process {
    pid_t pid;
    int socket;
    struct arena *arena;
    struct certificates certificates;
};

static bool send_bytes(int socket, const void *bytes, size_t length) {
    struct iovec part = {(void *)(uintptr_t)bytes, length};
    const struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    ssize_t sent;
    do {
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)length;
}

/* The length of the next message; 0: the other side is gone, or it says too much. */
static size_t receive_bytes(int socket, void *bytes, size_t capacity) {
    struct iovec part = {bytes, capacity};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    ssize_t length;
    do {
        length = recvmsg(socket, &message, 0);
    } while (length < 0 && errno == EINTR);
    return length > 0 && !(message.msg_flags & MSG_TRUNC) ? (size_t)length : 0;
}

/* ---- the signer's side ---- */

/* First word: what is wrong, or the certificates. */
static void introduce(int socket, const char *why, const struct certificates *certificates) {
    struct buffer out = {0};
    wire_put_text(&out, why);
    wire_put_number(&out, why ? 0 : certificates->count);
    for (size_t i = 0; i < certificates->count && !why; i++) {
        wire_put_bytes(&out, certificates->items[i].der, certificates->items[i].length);
    }
    (void)send_bytes(socket, out.bytes, out.length);
    buffer_free(&out);
}

static _Noreturn void signer_main(int socket, const struct key_files *files) {
    struct arena *arena = arena_new();
    struct certificates certificates = {0};
    const char *why = NULL;
    unsigned char digest[DIGEST_BYTES];
    unsigned char signature[SIGNATURE_MOST];
    child_begin(socket, "tidewaiter-sign");
    (void)prctl(PR_SET_DUMPABLE, 0); /* no debugger, no /proc/PID/mem */
    struct key *key = key_load(arena, files, &certificates, &why);
    introduce(CHILD_SOCKET, why, &certificates);
    if (!key) {
        _exit(0);
    }
    sandbox_enter(CHILD_SOCKET);
    while (receive_bytes(CHILD_SOCKET, digest, sizeof digest) == sizeof digest) {
        size_t length = 0;
        if (!key_sign(key, digest, signature, &length) || !send_bytes(CHILD_SOCKET, signature, length)) {
            break;
        }
    }
    _exit(0);
}

/* ---- the supervisor's side ---- */

static bool meet(struct signer_process *signer) {
    char *bytes = arena_alloc(signer->arena, MESSAGE_BYTES);
    size_t length = receive_bytes(signer->socket, bytes, MESSAGE_BYTES);
    struct wire wire = wire_open(bytes, length);
    const char *why = wire_text(&wire);
    size_t count = wire_count(&wire, sizeof(uint64_t));
    struct certificates *made = &signer->certificates;
    made->items = arena_zero(signer->arena, CERTIFICATES_MOST * sizeof *made->items);
    for (size_t i = 0; i < count && i < CERTIFICATES_MOST; i++) {
        size_t size = 0;
        const char *der = wire_bytes(&wire, &size);
        made->count += der && !certificate_read(signer->arena, (const unsigned char *)der, size, &made->items[i]);
    }
    if (!wire_whole(&wire) || why || made->count != count || !count) {
        (void)fprintf(stderr, "tidewaiter review: %s\n", why ? why : "the signer ended before it said a word");
        return false;
    }
    return true;
}

struct signer_process *signer_open(const struct key_files *files) {
    int ends[2];
    struct signer_process *signer = fault_malloc(sizeof *signer);
    (void)fflush(NULL);
    *signer = (struct signer_process){.arena = arena_new()};
    if (!message_pair(ends)) {
        fault("the signer's socket cannot be made");
    }
    signer->pid = fork();
    if (signer->pid < 0) {
        fault("the signer cannot be forked");
    }
    if (signer->pid == 0) {
        signer_main(ends[1], files);
    }
    (void)close(ends[1]);
    signer->socket = ends[0];
    if (!meet(signer)) {
        signer_close(signer);
        return NULL;
    }
    return signer;
}

void signer_close(struct signer_process *signer) {
    if (!signer) {
        return;
    }
    (void)kill(signer->pid, SIGKILL);
    while (waitpid(signer->pid, NULL, 0) < 0 && errno == EINTR) {
    }
    (void)close(signer->socket);
    arena_free(signer->arena);
    free(signer);
}

const struct certificates *signer_certificates(const struct signer_process *signer) {
    return &signer->certificates;
}

bool signer_sign(const struct signer_process *signer, const unsigned char digest[DIGEST_BYTES],
                 unsigned char signature[SIGNATURE_MOST], size_t *length) {
    if (!send_bytes(signer->socket, digest, DIGEST_BYTES)) {
        return false;
    }
    *length = receive_bytes(signer->socket, signature, SIGNATURE_MOST);
    return *length > 0;
}
