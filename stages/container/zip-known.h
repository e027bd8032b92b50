/* A text that many files begin with, compressed once: in each of them only the rest is left to do.
 *
 * A deflate stream is a row of blocks (RFC 1951): the text has blocks of its own that end on a byte, and the stream of
 * the rest comes behind them.
 * Ownership  All of it is in the arena; the text is borrowed.
 * Threads    Read-only once made.
 */
#ifndef TW_CONTAINER_ZIP_KNOWN_H
#define TW_CONTAINER_ZIP_KNOWN_H

#include <stddef.h>
#include <stdint.h>

struct arena;

struct zip_known {
    const char *text;
    size_t length;
    uint32_t crc32;
    const unsigned char *packed; /* blocks, none of them the last */
    size_t packed_length;
};

const struct zip_known *zip_known_make(struct arena *arena, const char *text, size_t length);

#endif
