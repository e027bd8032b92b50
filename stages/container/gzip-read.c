#include "container/gzip-read.h"

#include "base/buffer.h"
#include "base/fault.h"

#define ZLIB_CONST /* zlib does not write to its input, and says so */
#include <limits.h>
#include <zlib.h>

enum { STEP = 1 << 18, GZIP_ONLY = 16 };

/* One member, into the buffer; zlib checks its CRC-32 and length. */
static enum gunzip member(z_stream *stream, size_t most, struct buffer *out) {
    int result = Z_OK;
    while (result == Z_OK) {
        if (out->length >= most) {
            return GUNZIP_LARGE;
        }
        buffer_reserve(out, STEP);
        stream->next_out = (unsigned char *)out->bytes + out->length;
        stream->avail_out = STEP;
        result = inflate(stream, Z_NO_FLUSH);
        out->length += STEP - stream->avail_out;
    }
    if (result == Z_MEM_ERROR) {
        fault("out of memory");
    }
    if (result != Z_STREAM_END) {
        return GUNZIP_DAMAGED;
    }
    return out->length > most ? GUNZIP_LARGE : GUNZIP_DONE;
}

enum gunzip gunzip(const unsigned char *bytes, size_t length, size_t most, struct buffer *out, size_t *end) {
    z_stream stream = {.next_in = bytes};
    if (length > UINT_MAX) {
        return GUNZIP_LARGE;
    }
    stream.avail_in = (unsigned)length;
    if (inflateInit2(&stream, MAX_WBITS + GZIP_ONLY) != Z_OK) {
        fault("out of memory");
    }
    enum gunzip result = member(&stream, most, out);
    while (result == GUNZIP_DONE && stream.avail_in >= 2 && stream.next_in[0] == 0x1f && stream.next_in[1] == 0x8b) {
        (void)inflateReset(&stream);
        result = member(&stream, most, out);
    }
    *end = length - stream.avail_in;
    inflateEnd(&stream);
    return result;
}
