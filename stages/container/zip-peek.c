#include "container/zip-peek.h"

#include "base/fault.h"
#include "container/zip-format.h"

#define ZLIB_CONST /* zlib does not write to its input, and says so */
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <zlib.h>

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* zlib, unlike libdeflate, stops where the room ends. */
static size_t begin_inflated(const unsigned char *packed, size_t length, unsigned char *head, size_t size) {
    z_stream stream = {.next_in = packed,
                       .avail_in = (unsigned)least(length, UINT_MAX),
                       .next_out = head,
                       .avail_out = (unsigned)least(size, UINT_MAX)};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        fault("out of memory");
    }
    (void)inflate(&stream, Z_SYNC_FLUSH);
    size_t filled = stream.total_out;
    (void)inflateEnd(&stream);
    return filled;
}

static size_t begin(const unsigned char *header, const unsigned char *data, size_t length, unsigned char *head,
                    size_t size) {
    uint16_t flags = zip_u16(header + 6), method = zip_u16(header + 8);
    if (flags & ZIP_ENCRYPTED || (method != ZIP_STORED && method != ZIP_DEFLATED)) {
        return 0;
    }
    if (method == ZIP_DEFLATED) {
        return begin_inflated(data, length, head, size);
    }
    size_t stated = flags & ZIP_DESCRIPTOR ? length : zip_u32(header + 18);
    size_t filled = least(least(stated, length), size);
    memcpy(head, data, filled);
    return filled;
}

size_t zip_peek(const unsigned char *bytes, size_t length, unsigned char *head, size_t size) {
    while (length >= ZIP_LOCAL_SIZE && zip_u32(bytes) == ZIP_LOCAL_SIGNATURE) {
        size_t name = zip_u16(bytes + 26), packed = zip_u32(bytes + 18);
        size_t before = ZIP_LOCAL_SIZE + name + zip_u16(bytes + 28);
        if (before > length) {
            break;
        }
        bool folder = name && bytes[ZIP_LOCAL_SIZE + name - 1] == '/';
        if (!folder) {
            return begin(bytes, bytes + before, length - before, head, size);
        }
        if (packed > length - before) {
            break;
        }
        bytes += before + packed;
        length -= before + packed;
    }
    return 0;
}
