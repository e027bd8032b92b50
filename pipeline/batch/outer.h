/* An archive of bundles: a tar or zip whose first file is itself an archive, read as a stream.
 *
 * Sequence   outer_is_one tells by the first bytes; outer_open, outer_next until false, outer_close.
 * Ownership  A member's path and bytes are valid until the next call.
 */
#ifndef TW_BATCH_OUTER_H
#define TW_BATCH_OUTER_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

struct container_settings;
struct outer;

enum { OUTER_PEEK = 64 * 1024 };

/* Whether a file that begins with these bytes is an archive whose first file is an archive. */
bool outer_is_one(const unsigned char *bytes, size_t length);

/* Whether its format can be an outer one at all. */
bool outer_can_be_one(const unsigned char *bytes, size_t length);

struct outer_member {
    const char *path; /* NULL: the outer archive itself, whose rest cannot be read */
    const unsigned char *bytes;
    size_t length;
    const char *reason, *detail; /* of quarantine */
};

struct outer *outer_open(int descriptor, const struct container_settings *settings); /* takes the descriptor */
bool outer_next(struct outer *outer, struct outer_member *member);
void outer_close(struct outer *outer); /* NULL is allowed */

#endif
