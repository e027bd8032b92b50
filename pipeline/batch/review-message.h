/* A review as bytes: what a worker writes to its output, and what the supervisor reads from there.
 *
 * Errors  Read as untrusted: false, and the review is empty, where anything in it is not what it must be.
 */
#ifndef TW_BATCH_REVIEW_MESSAGE_H
#define TW_BATCH_REVIEW_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct review;

void review_write(struct buffer *out, const struct review *review);
bool review_read(const void *bytes, size_t length, struct review *review); /* the caller's to free */

#endif
