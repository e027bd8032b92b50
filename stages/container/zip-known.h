/* A text that many files carry, compressed once: in each of them only what stands around it is left to do.
 *
 * A deflate stream is a row of blocks (RFC 1951): what comes before the text is stored, the text has blocks of its
 * own that end on a byte, and the stream of the rest is the last.
 * Ownership  All of it is in the arena; the text is borrowed.
 * Threads    Read-only once made.
 */
#ifndef TW_CONTAINER_ZIP_KNOWN_H
#define TW_CONTAINER_ZIP_KNOWN_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct zip_known {
    const char *text;
    size_t length;
    const unsigned char *packed; /* blocks, none of them the last */
    size_t packed_length;
};

/* NULL: the text is too short for this to be of use. */
const struct zip_known *zip_known_make(struct arena *arena, const char *text, size_t length);

/* Where the text begins in a file; false: not near its head. */
bool zip_known_find(const struct zip_known *known, const void *bytes, size_t length, size_t *at);

#endif
