#include "container/zip-known.h"

#include "base/arena.h"
#include "base/fault.h"

#define ZLIB_CONST /* zlib does not write to its input, and says so */
#include <libdeflate.h>
#include <stdbool.h>
#include <zlib.h>

enum { RAW_DEFLATE = -15 /* no header, a window of 32 KiB */ };

const struct zip_known *zip_known_make(struct arena *arena, const char *text, size_t length) {
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
    *known = (struct zip_known){text, length, libdeflate_crc32(0, text, length), packed, packed_length};
    return known;
}
