/* Packs a folder into a tar in memory, so that a folder bundle travels like any other.
 *
 * Paths are sorted by their bytes; nothing of the file system but names and bytes goes in. Links and what is
 * no file are refused, never followed.
 */
#ifndef TW_BATCH_FOLDER_PACK_H
#define TW_BATCH_FOLDER_PACK_H

#include "base/buffer.h"
#include "base/digest.h"

#include <stdbool.h>

struct arena;
struct container_limits;

struct folder_fault {
    const char *reason, *detail; /* in the arena */
};

/* False: a fault. The buffer is the caller's to free in both cases. digest: the folder's own, not the tar's: SHA-256
 * over its lines `sha256 size path`, sorted (CONTRACT). */
bool folder_pack(const char *folder, const struct container_limits *limits, struct arena *arena, struct buffer *tar,
                 char digest[DIGEST_TEXT], struct folder_fault *fault);

#endif
