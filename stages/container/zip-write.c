#include "container/zip-write.h"

#include "base/buffer.h"
#include "base/fault.h"
#include "container/zip-codes.h"
#include "container/zip-format.h"
#include "container/zip-known.h"

#include <isa-l/igzip_lib.h>
#include <libdeflate.h>

#include <stdlib.h>
#include <string.h>

enum {
    VERSION_NEEDED = 20,
    MADE_BY_UNIX = 3 << 8 | VERSION_NEEDED,
    DOS_DATE = 1 << 5 | 1, /* 1980-01-01, the first day that a zip can name */
    REGULAR_FILE = 0100644,
};

struct zip_writer {
    struct buffer file, directory;
    struct buffer packed; /* the file in hand */
    size_t count;
    bool full; /* something did not fit: close fails */
    const struct zip_codes *codes;
    struct isal_zstream deflater;
};

struct zip_writer *zip_writer_open(const struct zip_codes *codes) {
    struct zip_writer *writer = fault_malloc(sizeof *writer);
    memset(writer, 0, sizeof *writer);
    writer->codes = codes;
    return writer;
}

void zip_writer_drop(struct zip_writer *writer) {
    if (!writer) {
        return;
    }
    buffer_free(&writer->file);
    buffer_free(&writer->directory);
    buffer_free(&writer->packed);
    free(writer);
}

static void put16(struct buffer *buffer, unsigned value) {
    unsigned char bytes[] = {(unsigned char)value, (unsigned char)(value >> 8)};
    buffer_append(buffer, bytes, sizeof bytes);
}

static void put32(struct buffer *buffer, uint32_t value) {
    put16(buffer, value & 0xffff);
    put16(buffer, value >> 16);
}

struct header {
    const char *path;
    size_t path_length;
    uint16_t method;
    uint32_t crc32;
    size_t packed_length, length;
};

/* The fields that local and central header share. */
static void put_common(struct buffer *buffer, const struct header *header) {
    put16(buffer, VERSION_NEEDED);
    put16(buffer, ZIP_UTF8);
    put16(buffer, header->method);
    put16(buffer, 0); /* 00:00 */
    put16(buffer, DOS_DATE);
    put32(buffer, header->crc32);
    put32(buffer, (uint32_t)header->packed_length);
    put32(buffer, (uint32_t)header->length);
    put16(buffer, (unsigned)header->path_length);
    put16(buffer, 0); /* no extra fields */
}

static void put_central(struct zip_writer *writer, const struct header *header, uint32_t offset) {
    struct buffer *buffer = &writer->directory;
    put32(buffer, ZIP_CENTRAL_SIGNATURE);
    put16(buffer, MADE_BY_UNIX);
    put_common(buffer, header);
    put16(buffer, 0); /* no comment */
    put16(buffer, 0); /* first disk */
    put16(buffer, 0); /* no internal attributes */
    put32(buffer, (uint32_t)REGULAR_FILE << 16);
    put32(buffer, offset);
    buffer_append(buffer, header->path, header->path_length);
}

/* Room for one more file, below all that zip64 would be needed for. */
static bool fits(struct zip_writer *writer, const struct header *header) {
    const uint64_t most = UINT32_MAX - 1;
    uint64_t after = (uint64_t)writer->file.length + writer->directory.length + header->packed_length +
                     2 * header->path_length + ZIP_LOCAL_SIZE + ZIP_CENTRAL_SIZE + ZIP_END_SIZE;
    bool fit = !writer->full && header->path_length <= UINT16_MAX && header->packed_length < most &&
               header->length < most && after < most && writer->count + 1 < UINT16_MAX;
    writer->full = !fit;
    return fit;
}

static bool put_file(struct zip_writer *writer, const struct header *header, const void *packed) {
    if (!fits(writer, header)) {
        return false;
    }
    uint32_t offset = (uint32_t)writer->file.length;
    put32(&writer->file, ZIP_LOCAL_SIGNATURE);
    put_common(&writer->file, header);
    buffer_append(&writer->file, header->path, header->path_length);
    buffer_append(&writer->file, packed, header->packed_length);
    put_central(writer, header, offset);
    writer->count++;
    return true;
}

bool zip_copy(struct zip_writer *writer, const char *path, uint16_t method, uint32_t crc32, const void *packed,
              size_t packed_length, size_t length) {
    const struct header header = {path, strlen(path), method, crc32, packed_length, length};
    return put_file(writer, &header, packed);
}

bool zip_store(struct zip_writer *writer, const char *path, const void *bytes, size_t length) {
    return zip_copy(writer, path, ZIP_STORED, libdeflate_crc32(0, bytes, length), bytes, length, length);
}

/* Puts the last blocks of a stream behind what is packed; false: it would not be shorter than the bytes. */
static bool deflate_last(struct zip_writer *writer, const void *bytes, size_t length) {
    struct buffer *packed = &writer->packed;
    struct isal_zstream *stream = &writer->deflater;
    if (length > UINT32_MAX) {
        return false;
    }
    buffer_reserve(packed, length);
    isal_deflate_stateless_init(stream);
    if (writer->codes) {
        stream->hufftables = zip_codes_tables(writer->codes);
    }
    stream->end_of_stream = 1;
    stream->next_in = (uint8_t *)(uintptr_t)bytes; /* which is not written to */
    stream->avail_in = (uint32_t)length;
    stream->next_out = (uint8_t *)packed->bytes + packed->length;
    stream->avail_out = (uint32_t)length;
    bool done = isal_deflate_stateless(stream) == COMP_OK;
    packed->length += done ? stream->total_out : 0;
    return done;
}

bool zip_add(struct zip_writer *writer, const char *path, const void *bytes, size_t length) {
    static const struct zip_known nothing = {.text = ""};
    return zip_add_known(writer, path, bytes, length, &nothing);
}

bool zip_add_known(struct zip_writer *writer, const char *path, const void *bytes, size_t length,
                   const struct zip_known *known) {
    const char *rest = (const char *)bytes + known->length;
    size_t rest_length = length - known->length;
    buffer_clear(&writer->packed);
    buffer_append(&writer->packed, known->packed, known->packed_length);
    if (!deflate_last(writer, rest, rest_length) || writer->packed.length >= length) {
        return zip_store(writer, path, bytes, length);
    }
    return zip_copy(writer, path, ZIP_DEFLATED, libdeflate_crc32(known->crc32, rest, rest_length), writer->packed.bytes,
                    writer->packed.length, length);
}

bool zip_writer_close(struct zip_writer *writer, unsigned char **bytes, size_t *length) {
    bool full = writer->full;
    if (!full) {
        uint32_t start = (uint32_t)writer->file.length, size = (uint32_t)writer->directory.length;
        buffer_append(&writer->file, writer->directory.bytes, writer->directory.length);
        put32(&writer->file, ZIP_END_SIGNATURE);
        put32(&writer->file, 0); /* one disk */
        put16(&writer->file, (unsigned)writer->count);
        put16(&writer->file, (unsigned)writer->count);
        put32(&writer->file, size);
        put32(&writer->file, start);
        put16(&writer->file, 0); /* no comment */
        *bytes = (unsigned char *)writer->file.bytes;
        *length = writer->file.length;
        writer->file = (struct buffer){0};
    }
    zip_writer_drop(writer);
    return !full;
}
