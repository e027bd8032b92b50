#include "batch/message.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "batch/wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { VERSION = 2, DESCRIPTORS = 2, CLAIM_BYTES = 4 * 8 };
enum kind { TAKE = 1, ANSWER = 2, SIGNATURE = 3 };

bool message_pair(int ends[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0;
}

static void put_head(struct buffer *out, enum kind kind) {
    wire_put_number(out, VERSION);
    wire_put_number(out, kind);
}

static bool take_head(struct wire *wire, enum kind kind) {
    uint64_t version = wire_number(wire, UINT64_MAX);
    uint64_t found = wire_number(wire, UINT64_MAX);
    return version == VERSION && found == kind;
}

/* Room for descriptors beside a message, aligned as the kernel wants it. */
union control {
    char bytes[CMSG_SPACE(sizeof(int) * DESCRIPTORS)];
    struct cmsghdr aligned;
};

static bool send_bytes(int socket, struct buffer *bytes, const int *descriptors) {
    union control control = {0};
    struct iovec part = {bytes->bytes, bytes->length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    bool sent = false;
    if (descriptors) {
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof control.bytes;
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int) * DESCRIPTORS);
        memcpy(CMSG_DATA(head), descriptors, sizeof(int) * DESCRIPTORS);
    }
    if (bytes->length <= MESSAGE_BYTES) {
        ssize_t length;
        do {
            length = sendmsg(socket, &message, MSG_NOSIGNAL);
        } while (length < 0 && errno == EINTR);
        sent = length == (ssize_t)bytes->length;
    }
    buffer_free(bytes);
    return sent;
}

/* The descriptors that came with a message; how many. */
static size_t descriptors_of(struct msghdr *message, int descriptors[DESCRIPTORS]) {
    size_t count = 0;
    for (struct cmsghdr *head = CMSG_FIRSTHDR(message); head; head = CMSG_NXTHDR(message, head)) {
        if (head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS) {
            size_t came = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
            count = came < DESCRIPTORS ? came : DESCRIPTORS;
            memcpy(descriptors, CMSG_DATA(head), count * sizeof(int));
        }
    }
    return count;
}

static void close_all(const int *descriptors, size_t count) {
    for (size_t i = 0; i < count; i++) {
        (void)close(descriptors[i]);
    }
}

/* The bytes of a message, in the arena; 0: the other side is gone, or what it sent is refused. */
static size_t receive_bytes(int socket, struct arena *arena, char **bytes, int descriptors[DESCRIPTORS],
                            size_t *descriptor_count) {
    union control control;
    *bytes = arena_alloc(arena, MESSAGE_BYTES);
    struct iovec part = {*bytes, MESSAGE_BYTES};
    struct msghdr message = {
        .msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = control.bytes,
        .msg_controllen = sizeof control.bytes,
    };
    ssize_t length;
    do {
        length = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (length < 0 && errno == EINTR);
    *descriptor_count = length > 0 ? descriptors_of(&message, descriptors) : 0;
    if (length <= 0 || (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))) {
        close_all(descriptors, *descriptor_count);
        *descriptor_count = 0;
        return 0;
    }
    return (size_t)length;
}

/* ---- take ---- */

bool message_send_take(int socket, const struct take *take) {
    struct buffer out = {0};
    put_head(&out, TAKE);
    wire_put_number(&out, take->ordinal);
    wire_put_number(&out, take->kind);
    wire_put_text(&out, take->name);
    wire_put_text(&out, take->label);
    wire_put_text(&out, take->input_name);
    wire_put_number(&out, take->length);
    wire_put_number(&out, take->refused_count);
    for (size_t i = 0; i < take->refused_count; i++) {
        wire_put_text(&out, take->refused[i].rule);
        wire_put_text(&out, take->refused[i].reg);
        wire_put_text(&out, take->refused[i].key);
        wire_put_text(&out, take->refused[i].amount);
    }
    return send_bytes(socket, &out, (const int[]){take->input, take->output});
}

static void read_refused(struct wire *wire, struct arena *arena, struct take *take) {
    take->refused_count = wire_count(wire, CLAIM_BYTES);
    struct claim *refused = arena_zero(arena, take->refused_count * sizeof *refused);
    for (size_t i = 0; i < take->refused_count; i++) {
        refused[i].rule = wire_needed(wire);
        refused[i].reg = wire_needed(wire);
        refused[i].key = wire_needed(wire);
        refused[i].amount = wire_text(wire);
    }
    take->refused = refused;
}

bool message_receive_take(int socket, struct arena *arena, struct take *take) {
    char *bytes;
    int descriptors[DESCRIPTORS];
    size_t count;
    size_t length = receive_bytes(socket, arena, &bytes, descriptors, &count);
    struct wire wire = wire_open(bytes, length);
    bool fine = take_head(&wire, TAKE) && count == DESCRIPTORS;
    *take = (struct take){.ordinal = wire_number(&wire, UINT64_MAX)};
    take->kind = (enum input_kind)wire_number(&wire, INPUT_FOLDER);
    take->name = wire_needed(&wire);
    take->label = wire_needed(&wire);
    take->input_name = wire_needed(&wire);
    take->length = wire_number(&wire, INT64_MAX);
    read_refused(&wire, arena, take);
    if (!fine || !wire_whole(&wire)) {
        close_all(descriptors, count);
        return false;
    }
    take->input = descriptors[0];
    take->output = descriptors[1];
    return true;
}

/* ---- done, failed, sign ---- */

bool message_send_answer(int socket, const struct answer_message *answer) {
    struct buffer out = {0};
    put_head(&out, ANSWER);
    wire_put_number(&out, answer->ordinal);
    wire_put_number(&out, answer->length);
    wire_put_text(&out, answer->reason);
    wire_put_bytes(&out, answer->to_sign, answer->to_sign ? DIGEST_BYTES : 0);
    return send_bytes(socket, &out, NULL);
}

/* A message of that kind, without descriptors; ask wire_whole when its values were taken. */
static bool receive(int socket, struct arena *arena, enum kind kind, struct wire *wire) {
    char *bytes;
    int descriptors[DESCRIPTORS];
    size_t count;
    size_t length = receive_bytes(socket, arena, &bytes, descriptors, &count);
    *wire = wire_open(bytes, length);
    close_all(descriptors, count);
    return take_head(wire, kind) && count == 0;
}

bool message_receive_answer(int socket, struct arena *arena, struct answer_message *answer) {
    struct wire wire;
    bool fine = receive(socket, arena, ANSWER, &wire);
    size_t digest = 0;
    *answer = (struct answer_message){.ordinal = wire_number(&wire, UINT64_MAX)};
    answer->length = wire_number(&wire, INT64_MAX);
    answer->reason = wire_text(&wire);
    const char *to_sign = wire_bytes(&wire, &digest);
    answer->to_sign = digest ? to_sign : NULL;
    return fine && wire_whole(&wire) && (digest == 0 || digest == DIGEST_BYTES);
}

/* ---- signed ---- */

bool message_send_signature(int socket, const unsigned char *signature, size_t length) {
    struct buffer out = {0};
    put_head(&out, SIGNATURE);
    wire_put_bytes(&out, signature, length);
    return send_bytes(socket, &out, NULL);
}

bool message_receive_signature(int socket, struct arena *arena, const char **signature, size_t *length) {
    struct wire wire;
    bool fine = receive(socket, arena, SIGNATURE, &wire);
    *signature = wire_bytes(&wire, length);
    return fine && wire_whole(&wire);
}
