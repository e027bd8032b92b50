/* What supervisor and worker say to each other, over a socket pair that keeps the bounds of messages.
 *
 * Messages   take: a bundle, with the descriptors of its input and of the output to write (SCM_RIGHTS).
 *            done: the review of that bundle stands in the output (batch/review-message.h), so long.
 *            failed: the worker could not do it, and why; the worker goes on.
 *            sign: the digest that the seal of the bundle in hand needs signed; signed: the signature.
 * Errors     Each side reads the other as untrusted: of another version or kind, too long, cut off, with descriptors
 *            where none belong: such a message is refused whole.
 */
#ifndef TW_BATCH_MESSAGE_H
#define TW_BATCH_MESSAGE_H

#include "consignment.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

enum { MESSAGE_BYTES = 128 * 1024 }; /* of the longest: names, and claims that were refused */

struct take {
    uint64_t ordinal;
    enum input_kind kind;
    const char *name, *label, *input_name; /* NAME; as the user knows it; input.name */
    uint64_t length;                       /* of the input */
    const struct claim *refused;
    size_t refused_count;
    int input, output; /* descriptors; the receiver closes them */
};

struct answer_message {
    uint64_t ordinal;
    uint64_t length;     /* done: of the review in the output */
    const char *reason;  /* failed: a quarantine reason; NULL: done, or sign */
    const char *to_sign; /* sign: DIGEST_BYTES of them; NULL: done or failed */
};

/* The two ends: [0] the supervisor's, [1] the worker's. False: errno tells. */
bool message_pair(int ends[2]);

/* False: the other side is gone, or the message is too long. */
bool message_send_take(int socket, const struct take *take);
bool message_send_answer(int socket, const struct answer_message *answer);
bool message_send_signature(int socket, const unsigned char *signature, size_t length);

/* Waits for a message; texts live in the arena. False: the other side is gone, or its message is refused. */
bool message_receive_take(int socket, struct arena *arena, struct take *take);
bool message_receive_answer(int socket, struct arena *arena, struct answer_message *answer);
bool message_receive_signature(int socket, struct arena *arena, const char **signature, size_t *length);

#endif
