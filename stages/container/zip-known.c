#include "container/zip-known.h"

#include "base/arena.h"
#include "base/fault.h"

#define ZLIB_CONST /* zlib does not write to its input, and says so */
#include <limits.h>
#include <string.h>
#include <zlib.h>

enum {
    SHORTEST = 256,   /* of a text: below it, one more block costs more than it saves */
    HEAD = 4096,      /* bytes of a file before the text: they are stored */
    BEGINNING = 32,   /* of the text: that much of it is looked for */
    RAW_DEFLATE = -15 /* no header, a window of 32 KiB */
};

const struct zip_known *zip_known_make(struct arena *arena, const char *text, size_t length) {
    if (length < SHORTEST || length > UINT_MAX / 2) {
        return NULL;
    }
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, RAW_DEFLATE, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK) {
        fault("out of memory");
    }
    size_t room = deflateBound(&stream, (uLong)length) + 16; /* the empty block of the flush */
    unsigned char *packed = arena_alloc(arena, room);
    stream.next_in = (const unsigned char *)text;
    stream.avail_in = (uInt)length;
    stream.next_out = packed;
    stream.avail_out = (uInt)room;
    bool done = deflate(&stream, Z_SYNC_FLUSH) == Z_OK && !stream.avail_in && stream.avail_out;
    size_t packed_length = room - stream.avail_out;
    (void)deflateEnd(&stream);
    if (!done) {
        fault("a text could not be compressed");
    }
    struct zip_known *known = arena_alloc(arena, sizeof *known);
    *known = (struct zip_known){text, length, packed, packed_length};
    return known;
}

bool zip_known_find(const struct zip_known *known, const void *bytes, size_t length, size_t *at) {
    const char *from = bytes;
    if (!known || length < known->length) {
        return false;
    }
    size_t last = length - known->length < HEAD ? length - known->length : HEAD;
    const char *found = memmem(from, last + BEGINNING, known->text, BEGINNING);
    if (!found || memcmp(found, known->text, known->length) != 0) {
        return false;
    }
    *at = (size_t)(found - from);
    return true;
}
