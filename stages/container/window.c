#include "container/window.h"

#include "container/zip-format.h"

#include <libdeflate.h>

#include <string.h>

/* --- zstd: RFC 8878 3.1.1 ------------------------------------------------------------------------------ */

#define ZSTD_MAGIC UINT32_C(0xfd2fb528)
#define ZSTD_SKIPPABLE UINT32_C(0x184d2a50)

struct span {
    const unsigned char *bytes;
    size_t length, at;
};

static bool take(struct span *span, uint64_t length) {
    if (length > span->length - span->at) {
        return false;
    }
    span->at += (size_t)length;
    return true;
}

static uint64_t little_endian(const unsigned char *bytes, size_t width) {
    uint64_t value = 0;
    for (size_t i = width; i-- > 0;) {
        value = value << 8 | bytes[i];
    }
    return value;
}

/* 1.xxx * 2^(10 + exponent), in eighths (RFC 8878 3.1.1.1.2). */
static uint64_t window_descriptor(unsigned char byte) {
    uint64_t base = UINT64_C(1) << (10 + (byte >> 3));
    return base + base / 8 * (byte & 7);
}

static bool zstd_frame_header(struct span *span, uint64_t *window, bool *checksum) {
    static const unsigned char content_widths[] = {0, 2, 4, 8}, dictionary_widths[] = {0, 1, 2, 4};
    if (!take(span, 1)) {
        return false;
    }
    unsigned char descriptor = span->bytes[span->at - 1];
    bool single_segment = descriptor & 0x20;
    size_t content_width = content_widths[descriptor >> 6];
    if (single_segment && content_width == 0) {
        content_width = 1;
    }
    *checksum = descriptor & 4;
    if (!single_segment) {
        if (!take(span, 1)) {
            return false;
        }
        *window = window_descriptor(span->bytes[span->at - 1]);
    }
    if (!take(span, dictionary_widths[descriptor & 3]) || !take(span, content_width)) {
        return false;
    }
    if (single_segment) {
        *window = little_endian(span->bytes + span->at - content_width, content_width) + (content_width == 2 ? 256 : 0);
    }
    return true;
}

static bool zstd_blocks(struct span *span) {
    enum { BLOCK_HEADER = 3, RLE = 1, RESERVED = 3 };
    for (bool last = false; !last;) {
        if (!take(span, BLOCK_HEADER)) {
            return false;
        }
        uint64_t header = little_endian(span->bytes + span->at - BLOCK_HEADER, BLOCK_HEADER);
        unsigned type = header >> 1 & 3;
        last = header & 1;
        if (type == RESERVED || !take(span, type == RLE ? 1 : header >> 3)) {
            return false;
        }
    }
    return true;
}

bool window_zstd(const unsigned char *bytes, size_t length, struct window *window) {
    struct span span = {bytes, length, 0};
    *window = (struct window){0};
    while (span.length - span.at >= 4) {
        uint32_t magic = zip_u32(bytes + span.at);
        if ((magic & ~UINT32_C(15)) == ZSTD_SKIPPABLE) {
            if (!take(&span, 8) || !take(&span, zip_u32(bytes + span.at - 4))) {
                return false;
            }
        } else if (magic == ZSTD_MAGIC) {
            uint64_t asked = 0;
            bool checksum = false;
            if (!take(&span, 4) || !zstd_frame_header(&span, &asked, &checksum)) {
                return false;
            }
            window->largest = asked > window->largest ? asked : window->largest;
            if (!zstd_blocks(&span) || !take(&span, checksum ? 4 : 0)) {
                return false;
            }
        } else {
            break;
        }
        window->end = span.at;
    }
    return window->end > 0;
}

/* --- xz: from the footer back through the index to the headers of all blocks ---------------------------- */

enum { XZ_HEADER = 12, XZ_FOOTER = 12, XZ_FILTERS = 4 };

#define XZ_LZMA2 UINT64_C(0x21)

/* A number of the xz format: seven bits a byte, at most nine bytes. */
static bool xz_number(struct span *span, uint64_t *value) {
    *value = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
        if (!take(span, 1)) {
            return false;
        }
        unsigned char byte = span->bytes[span->at - 1];
        *value |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80)) {
            return true;
        }
    }
    return false;
}

static bool lzma2_dictionary(unsigned char bits, uint64_t *size) {
    if (bits > 40) {
        return false;
    }
    *size = bits == 40 ? UINT32_MAX : (UINT64_C(2) | (bits & 1)) << (bits / 2 + 11);
    return true;
}

static bool xz_block(struct span block, uint64_t *largest) {
    if (!take(&block, 2)) {
        return false;
    }
    size_t header = ((size_t)block.bytes[0] + 1) * 4;
    unsigned char flags = block.bytes[1];
    uint64_t ignored = 0;
    if (block.bytes[0] == 0 || header > block.length) {
        return false;
    }
    block.length = header;
    if ((flags & 0x40 && !xz_number(&block, &ignored)) || (flags & 0x80 && !xz_number(&block, &ignored))) {
        return false;
    }
    for (unsigned i = 0; i < (flags & (XZ_FILTERS - 1)) + 1U; i++) {
        uint64_t id = 0, size = 0, dictionary = 0;
        if (!xz_number(&block, &id) || !xz_number(&block, &size) || !take(&block, size)) {
            return false;
        }
        if (id != XZ_LZMA2) {
            continue;
        }
        if (size != 1 || !lzma2_dictionary(block.bytes[block.at - 1], &dictionary)) {
            return false;
        }
        *largest = dictionary > *largest ? dictionary : *largest;
    }
    return true;
}

static bool xz_footer(const unsigned char *footer) {
    return footer[10] == 'Y' && footer[11] == 'Z' && zip_u32(footer) == libdeflate_crc32(0, footer + 4, 6);
}

/* The blocks that an index lists end where the index begins. *start: where the stream's header stands. */
static bool xz_index(const unsigned char *bytes, size_t index_at, size_t index_size, size_t *start, uint64_t *largest) {
    struct span index = {bytes + index_at, index_size, 0};
    uint64_t records = 0, blocks = 0;
    if (!take(&index, 1) || index.bytes[0] != 0 || !xz_number(&index, &records) || records > index_size) {
        return false;
    }
    size_t first = index.at;
    for (int pass = 0; pass < 2; pass++) {
        uint64_t at = index_at - blocks; /* of the first block, once their sum is known */
        index.at = first;
        for (uint64_t i = 0; i < records; i++) {
            uint64_t size = 0, unpacked = 0;
            if (!xz_number(&index, &size) || !xz_number(&index, &unpacked) || size > index_at) {
                return false;
            }
            size = (size + 3) & ~UINT64_C(3);
            if (pass == 0) {
                blocks += size;
            } else if (!xz_block((struct span){bytes + at, (size_t)size, 0}, largest)) {
                return false;
            }
            at += size;
            if (blocks + XZ_HEADER > index_at) {
                return false;
            }
        }
    }
    *start = index_at - (size_t)blocks - XZ_HEADER;
    return memcmp(bytes + *start,
                  "\xfd"
                  "7zXZ",
                  6) == 0;
}

static bool xz_stream(const unsigned char *bytes, size_t end, size_t *start, uint64_t *largest) {
    if (end < XZ_HEADER + XZ_FOOTER || !xz_footer(bytes + end - XZ_FOOTER)) {
        return false;
    }
    uint64_t index_size = ((uint64_t)zip_u32(bytes + end - XZ_FOOTER + 4) + 1) * 4;
    if (index_size > end - XZ_HEADER - XZ_FOOTER) {
        return false;
    }
    return xz_index(bytes, end - XZ_FOOTER - (size_t)index_size, (size_t)index_size, start, largest);
}

bool window_xz(const unsigned char *bytes, size_t length, struct window *window) {
    *window = (struct window){0};
    size_t end = length;
    while (end >= XZ_FOOTER && !xz_footer(bytes + end - XZ_FOOTER)) {
        end--; /* what stands behind the last footer is data that follows the stream */
    }
    window->end = end;
    size_t start = end;
    while (start > 0) {
        if (!xz_stream(bytes, start, &start, &window->largest)) {
            return false;
        }
    }
    return length > 0;
}
