/* Holds an annotated clearance bundle against its own clearance/digests.txt.
 *
 * Not for  The signature in META-INF: seal/check.h.
 */
#ifndef TW_CONTAINER_VERIFY_H
#define TW_CONTAINER_VERIFY_H

#include "container/container.h"

#define ASIC_MEDIA_TYPE "application/vnd.etsi.asic-e+zip"
#define ASIC_DIGESTS "clearance/digests.txt"
#define ASIC_ORIGINAL "original/"

enum verified { VERIFIED_SAME, VERIFIED_DIFFERS, VERIFIED_MISSING, VERIFIED_ADDED };
const char *verified_name(enum verified state);

struct verified_file {
    const char *path;
    enum verified state;
};

struct verification {
    const char *fault;           /* digests.txt is missing or no such list, in words; NULL: none */
    struct verified_file *files; /* those of the list in its order, then those added */
    size_t count, capacity;
    size_t wrong; /* files that are not the same */
};

/* What somebody states of a file: its path and the SHA-256 that it had, in hex. */
struct stated_file {
    const char *path, *sha256;
};

/* Holds the files of a container against what is stated of them, in that order; then come those of which nothing is
 * stated, but for those that need no statement. */
struct verification container_compare(const struct container *container, const struct stated_file *stated, size_t count,
                                      bool (*needs_none)(const char *path));

/* A container that we wrote, or that claims so: ASiC-E media type and a part of ours. */
bool asic_is_ours(const struct container *container);

/* Everything in the arena of the container. */
struct verification asic_verify(const struct container *container);

#endif
