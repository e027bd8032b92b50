/* How values stand in a message between the processes of one run: numbers of eight bytes, texts and bytes led by their
 * length.
 *
 * Ownership  What is taken points into the message.
 * Errors     Read as untrusted: a value that is not there, is too long or is not what it says marks the whole message
 *            as broken; from then on every number is 0 and every text NULL. Ask wire_whole at the end.
 */
#ifndef TW_BATCH_WIRE_H
#define TW_BATCH_WIRE_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void wire_put_number(struct buffer *out, uint64_t number);
void wire_put_bytes(struct buffer *out, const void *bytes, size_t length);
void wire_put_text(struct buffer *out, const char *text); /* NULL is kept */

struct wire {
    const char *at;
    size_t left;
    bool broken;
};

struct wire wire_open(const void *bytes, size_t length);
uint64_t wire_number(struct wire *wire, uint64_t most); /* at most that */
const char *wire_bytes(struct wire *wire, size_t *length);
const char *wire_text(struct wire *wire);   /* or NULL */
const char *wire_needed(struct wire *wire); /* NULL breaks the message */
/* How many items follow, each of at least so many bytes: never more than the message can hold. */
size_t wire_count(struct wire *wire, size_t least_bytes);
bool wire_whole(const struct wire *wire); /* nothing was broken, and nothing is left */

#endif
