#include "container/seven-zip.h"

#include "base/buffer.h"
#include "container/zip-format.h"

#include <archive.h>
#include <archive_entry.h>

#include <string.h>

enum {
    START_HEADER = 32,
    LZMA_PROPERTIES = 5,
    LARGEST_HEADER = 1 << 24,
    LARGEST_HEADER_WINDOW = 1 << 26,
    MOST_ITEMS = 1 << 16
};

enum property {
    END = 0x00,
    HEADER = 0x01,
    MAIN_STREAMS = 0x04,
    PACK_INFO = 0x06,
    UNPACK_INFO = 0x07,
    SIZE = 0x09,
    CRC = 0x0a,
    FOLDER = 0x0b,
    UNPACK_SIZE = 0x0c,
    ENCODED_HEADER = 0x17,
};

struct cursor {
    const unsigned char *at, *end;
    bool failed;
};

static unsigned char byte(struct cursor *cursor) {
    if (cursor->at == cursor->end) {
        cursor->failed = true;
        return END;
    }
    return *cursor->at++;
}

static const unsigned char *skip(struct cursor *cursor, uint64_t length) {
    const unsigned char *from = cursor->at;
    if (length > (uint64_t)(cursor->end - cursor->at)) {
        cursor->failed = true;
        cursor->at = cursor->end;
        return NULL;
    }
    cursor->at += length;
    return from;
}

/* The leading ones of the first byte count the bytes that follow; its other bits are the highest. */
static uint64_t number(struct cursor *cursor) {
    unsigned char first = byte(cursor);
    uint64_t value = 0;
    unsigned mask = 0x80;
    for (unsigned i = 0; i < 8; i++, mask >>= 1) {
        if (!(first & mask)) {
            return value + ((uint64_t)(first & (mask - 1)) << (8 * i));
        }
        value |= (uint64_t)byte(cursor) << (8 * i);
    }
    return value;
}

static uint64_t count(struct cursor *cursor) {
    uint64_t value = number(cursor);
    if (value > MOST_ITEMS) {
        cursor->failed = true;
        return 0;
    }
    return value;
}

static void skip_digests(struct cursor *cursor, uint64_t streams) {
    uint64_t defined = streams;
    if (!byte(cursor)) {
        const unsigned char *bits = skip(cursor, (streams + 7) / 8);
        defined = 0;
        for (uint64_t i = 0; bits && i < streams; i++) {
            defined += bits[i / 8] >> (7 - i % 8) & 1;
        }
    }
    skip(cursor, defined * 4);
}

/* What the streams of one header need. */
struct streams {
    uint64_t pack_at, pack_size, unpack_size; /* of the first stream */
    uint64_t window;
    uint64_t folders;
    const unsigned char *lzma; /* properties of the only coder, where that is LZMA */
};

static void read_pack_info(struct cursor *cursor, struct streams *streams) {
    streams->pack_at = number(cursor);
    uint64_t packs = count(cursor);
    for (unsigned char id = byte(cursor); id != END && !cursor->failed; id = byte(cursor)) {
        if (id == SIZE) {
            for (uint64_t i = 0; i < packs && !cursor->failed; i++) {
                uint64_t size = number(cursor);
                streams->pack_size = i ? streams->pack_size : size;
            }
        } else if (id == CRC) {
            skip_digests(cursor, packs);
        } else {
            cursor->failed = true;
        }
    }
}

/* The dictionary that a coder's properties ask for; 0: none, or a coder that we do not know. */
static uint64_t coder_window(const unsigned char *id, size_t id_size, const unsigned char *properties, uint64_t size) {
    static const unsigned char lzma[] = {3, 1, 1}, ppmd[] = {3, 4, 1};
    if (id_size == 1 && id[0] == 0x21 && size == 1 && properties[0] <= 40) {
        unsigned char bits = properties[0];
        return bits == 40 ? UINT32_MAX : (UINT64_C(2) | (bits & 1)) << (bits / 2 + 11);
    }
    bool sized = id_size == sizeof lzma && (memcmp(id, lzma, id_size) == 0 || memcmp(id, ppmd, id_size) == 0);
    return sized && size == LZMA_PROPERTIES ? zip_u32(properties + 1) : 0;
}

static void read_coder(struct cursor *cursor, struct streams *streams, uint64_t *inputs, uint64_t *outputs, bool only) {
    static const unsigned char lzma[] = {3, 1, 1};
    unsigned char flags = byte(cursor);
    size_t id_size = flags & 15;
    const unsigned char *id = skip(cursor, id_size);
    *inputs += flags & 0x10 ? count(cursor) : 1;
    *outputs += flags & 0x10 ? count(cursor) : 1;
    uint64_t size = flags & 0x20 ? count(cursor) : 0;
    const unsigned char *properties = skip(cursor, size);
    if (cursor->failed) {
        return;
    }
    uint64_t window = coder_window(id, id_size, properties, size);
    streams->window = window > streams->window ? window : streams->window;
    if (only && id_size == sizeof lzma && memcmp(id, lzma, id_size) == 0 && size == LZMA_PROPERTIES) {
        streams->lzma = properties;
    }
}

/* Returns the number of output streams of the folder. */
static uint64_t read_folder(struct cursor *cursor, struct streams *streams) {
    uint64_t coders = count(cursor), inputs = 0, outputs = 0;
    for (uint64_t i = 0; i < coders && !cursor->failed; i++) {
        read_coder(cursor, streams, &inputs, &outputs, coders == 1);
    }
    uint64_t bonds = outputs ? outputs - 1 : 0;
    for (uint64_t i = 0; i < bonds && !cursor->failed; i++) {
        number(cursor);
        number(cursor);
    }
    uint64_t packed = inputs > bonds ? inputs - bonds : 0;
    for (uint64_t i = 0; packed > 1 && i < packed && !cursor->failed; i++) {
        number(cursor);
    }
    return outputs;
}

static void read_unpack_info(struct cursor *cursor, struct streams *streams) {
    if (byte(cursor) != FOLDER) {
        cursor->failed = true;
        return;
    }
    streams->folders = count(cursor);
    if (byte(cursor) != 0) { /* folders in a stream of their own: no program writes that */
        cursor->failed = true;
    }
    uint64_t outputs = 0;
    for (uint64_t i = 0; i < streams->folders && !cursor->failed; i++) {
        outputs += read_folder(cursor, streams);
    }
    if (byte(cursor) != UNPACK_SIZE) {
        cursor->failed = true;
    }
    for (uint64_t i = 0; i < outputs && !cursor->failed; i++) {
        uint64_t size = number(cursor);
        streams->unpack_size = i ? streams->unpack_size : size;
    }
}

static bool read_streams(struct cursor *cursor, struct streams *streams) {
    *streams = (struct streams){0};
    unsigned char id = byte(cursor);
    if (id == PACK_INFO) {
        read_pack_info(cursor, streams);
        id = byte(cursor);
    }
    if (id == UNPACK_INFO) {
        read_unpack_info(cursor, streams);
    }
    return !cursor->failed;
}

/* Unpacks a header by libarchive's filter for .lzma, whose file header is made of what the 7z states. */
static bool unpack_header(const unsigned char *packed, const struct streams *streams, struct buffer *header) {
    struct buffer file = {0};
    buffer_append(&file, streams->lzma, LZMA_PROPERTIES);
    for (unsigned i = 0; i < 8; i++) {
        buffer_char(&file, (char)(streams->unpack_size >> (8 * i)));
    }
    buffer_append(&file, packed, (size_t)streams->pack_size);
    struct archive *archive = archive_read_new();
    struct archive_entry *entry = NULL;
    bool read = false;
    if (archive) {
        archive_read_support_filter_lzma(archive);
        archive_read_support_format_raw(archive);
        buffer_reserve(header, (size_t)streams->unpack_size);
        read =
            archive_read_open_memory(archive, file.bytes, file.length) == ARCHIVE_OK &&
            archive_read_next_header(archive, &entry) == ARCHIVE_OK &&
            archive_read_data(archive, header->bytes, (size_t)streams->unpack_size) == (la_ssize_t)streams->unpack_size;
        header->length = read ? (size_t)streams->unpack_size : 0;
        archive_read_free(archive);
    }
    buffer_free(&file);
    return read;
}

static void look_into(struct cursor cursor, struct window *window) {
    struct streams streams;
    if (byte(&cursor) != HEADER) {
        return;
    }
    if (byte(&cursor) == MAIN_STREAMS && read_streams(&cursor, &streams) && streams.window > window->largest) {
        window->largest = streams.window;
    }
}

static void look_into_encoded(struct cursor cursor, const unsigned char *bytes, uint64_t header_at,
                              struct window *window) {
    struct streams streams;
    if (byte(&cursor) != ENCODED_HEADER || !read_streams(&cursor, &streams)) {
        return;
    }
    window->largest = streams.window;
    uint64_t room = header_at - START_HEADER;
    if (!streams.lzma || streams.folders != 1 || streams.pack_at > room || streams.pack_size > room - streams.pack_at ||
        streams.unpack_size > LARGEST_HEADER || streams.window > LARGEST_HEADER_WINDOW) {
        return;
    }
    struct buffer header = {0};
    if (unpack_header(bytes + START_HEADER + streams.pack_at, &streams, &header)) {
        const unsigned char *at = (const unsigned char *)header.bytes;
        look_into((struct cursor){.at = at, .end = at + header.length}, window);
    }
    buffer_free(&header);
}

bool window_7z(const unsigned char *bytes, size_t length, struct window *window) {
    *window = (struct window){.end = length};
    if (length < START_HEADER) {
        return false;
    }
    uint64_t offset = zip_u64(bytes + 12), size = zip_u64(bytes + 20), room = length - START_HEADER;
    if (offset > room || size > room - offset) {
        return false;
    }
    window->end = START_HEADER + offset + size;
    const unsigned char *header = bytes + START_HEADER + offset;
    struct cursor cursor = {.at = header, .end = header + size};
    look_into(cursor, window);
    look_into_encoded(cursor, bytes, START_HEADER + offset, window);
    return true;
}
