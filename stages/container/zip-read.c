#include "container/zip-read.h"

#include "base/arena.h"
#include "container/detect.h"
#include "container/zip-directory.h"
#include "container/zip-format.h"

#include <libdeflate.h>

#include <stdlib.h>
#include <string.h>

struct reader {
    struct container *container;
    struct zip_directory directory;
    struct libdeflate_decompressor *inflater;
};

static int compare_offsets(const void *a, const void *b) {
    uint64_t one = ((const struct zip_entry *)a)->offset, other = ((const struct zip_entry *)b)->offset;
    return (one > other) - (one < other);
}

/* What bytes that belong to no entry are: a hidden entry, or data. Returns false. */
static bool refuse_gap(struct container *container, const unsigned char *bytes, uint64_t from, uint64_t to) {
    for (uint64_t at = from; to - at >= 4; at++) {
        if (zip_u32(bytes + at) == ZIP_LOCAL_SIGNATURE) {
            return container_refuse(container, "smuggled-entry", NULL, (int64_t)at,
                                    "an entry that the central directory does not list");
        }
    }
    return container_refuse(container, "trailing-data", NULL, (int64_t)from, "%llu bytes that belong to no entry",
                            (unsigned long long)(to - from));
}

static bool differ(struct container *container, const struct zip_entry *entry, const char *what) {
    return container_refuse(container, "smuggled-entry", entry->path, (int64_t)entry->offset,
                            "local and central header differ in the %s", what);
}

/* Sizes and checksum of a local header; with a data descriptor they may be zero. */
static bool check_local_sizes(struct container *container, const struct zip_entry *entry, const unsigned char *header,
                              const unsigned char *extra, size_t extra_length) {
    uint32_t crc32 = zip_u32(header + 14);
    uint64_t packed_length = zip_u32(header + 18), length = zip_u32(header + 22);
    uint16_t size = 0;
    const unsigned char *large = zip_extra(extra, extra_length, ZIP_EXTRA_ZIP64, &size);
    if (large && size >= 16 && packed_length == UINT32_MAX && length == UINT32_MAX) {
        length = zip_u64(large);
        packed_length = zip_u64(large + 8);
    }
    if (entry->flags & ZIP_DESCRIPTOR && length == 0 && packed_length == 0 && crc32 == 0) {
        return true;
    }
    if (crc32 != entry->crc32) {
        return container_refuse(container, "unreadable", entry->path, (int64_t)entry->offset,
                                "wrong checksum in the local header");
    }
    if (length != entry->length || packed_length != entry->packed_length) {
        return differ(container, entry, "sizes");
    }
    return true;
}

static bool check_local_name(struct container *container, const struct zip_entry *entry, const unsigned char *header,
                             size_t name_length, const unsigned char *extra, size_t extra_length) {
    const unsigned char *name = header + ZIP_LOCAL_SIZE;
    if (name_length != entry->name_length || memcmp(name, entry->name, name_length) != 0) {
        return differ(container, entry, "name");
    }
    const char *stated = zip_unicode_path(container->arena, extra, extra_length, name, name_length);
    if (stated && strcmp(stated, entry->path) != 0) {
        return differ(container, entry, "Unicode name");
    }
    return true;
}

/* The local header against the central one. *data: where its data begins. */
static bool check_local(struct reader *reader, const struct zip_entry *entry, uint64_t *data) {
    struct container *container = reader->container;
    const unsigned char *header = reader->directory.bytes + entry->offset;
    uint64_t left = reader->directory.start - entry->offset;
    if (left < ZIP_LOCAL_SIZE || zip_u32(header) != ZIP_LOCAL_SIGNATURE) {
        return container_refuse(container, "unreadable", entry->path, (int64_t)entry->offset, "no local header");
    }
    size_t name_length = zip_u16(header + 26), extra_length = zip_u16(header + 28);
    if (name_length + extra_length > left - ZIP_LOCAL_SIZE) {
        return container_refuse(container, "unreadable", entry->path, (int64_t)entry->offset, "local header cut off");
    }
    const unsigned char *extra = header + ZIP_LOCAL_SIZE + name_length;
    const uint16_t compared = ZIP_ENCRYPTED | ZIP_DESCRIPTOR | ZIP_STRONG_ENCRYPTION | ZIP_UTF8 | ZIP_MASKED_HEADER;
    if ((zip_u16(header + 6) ^ entry->flags) & compared) {
        return differ(container, entry, "flags");
    }
    if (zip_u16(header + 8) != entry->method) {
        return differ(container, entry, "method");
    }
    if (!check_local_name(container, entry, header, name_length, extra, extra_length) ||
        !check_local_sizes(container, entry, header, extra, extra_length)) {
        return false;
    }
    *data = entry->offset + ZIP_LOCAL_SIZE + name_length + extra_length;
    if (entry->packed_length > reader->directory.start - *data) {
        return container_refuse(container, "unreadable", entry->path, (int64_t)entry->offset, "the data is cut off");
    }
    return true;
}

/* A descriptor has a signature or none, and sizes of 32 or 64 bits; one of the four forms must fit, and
 * end where the next part begins. Returns its size; 0: none fits. */
static size_t descriptor_size(const unsigned char *at, uint64_t room, const struct zip_entry *entry) {
    for (size_t signature = 0; signature <= 4; signature += 4) {
        for (size_t wide = 4; wide <= 8; wide += 4) {
            size_t size = signature + 4 + wide * 2;
            if (room != size || (signature && zip_u32(at) != ZIP_DESCRIPTOR_SIGNATURE)) {
                continue;
            }
            const unsigned char *field = at + signature + 4;
            uint64_t packed_length = wide == 4 ? zip_u32(field) : zip_u64(field);
            uint64_t length = wide == 4 ? zip_u32(field + wide) : zip_u64(field + wide);
            if (zip_u32(field - 4) == entry->crc32 && packed_length == entry->packed_length &&
                length == entry->length) {
                return size;
            }
        }
    }
    return 0;
}

/* Stored data whose length a streaming reader finds by its descriptor must not hold one that fits earlier. */
static bool descriptor_hidden(const unsigned char *data, uint64_t length) {
    enum { DESCRIPTOR = 16 };
    for (uint64_t at = 0; length >= DESCRIPTOR && at <= length - DESCRIPTOR; at++) {
        if (data[at] == 'P' && zip_u32(data + at) == ZIP_DESCRIPTOR_SIGNATURE &&
            zip_u32(data + at + 8) == (uint32_t)at) {
            return true;
        }
    }
    return false;
}

static bool inflate(struct reader *reader, const struct zip_entry *entry, const unsigned char *packed,
                    struct container_entry *made, int64_t at) {
    struct container *container = reader->container;
    if (entry->method == ZIP_STORED) {
        if (entry->packed_length != entry->length) {
            return container_refuse(container, "smuggled-entry", entry->path, at, "a stored entry of two sizes");
        }
        made->bytes = packed;
        return true;
    }
    unsigned char *bytes = arena_alloc(container->arena, entry->length + 1);
    size_t taken = 0, given = 0;
    enum libdeflate_result result = libdeflate_deflate_decompress_ex(reader->inflater, packed, entry->packed_length,
                                                                     bytes, entry->length, &taken, &given);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE || (result == LIBDEFLATE_SUCCESS && given != entry->length)) {
        return container_refuse(container, "smuggled-entry", entry->path, at,
                                "the data does not have the length that is stated");
    }
    if (result != LIBDEFLATE_SUCCESS) {
        return container_refuse(container, "unreadable", entry->path, at, "the compressed data is damaged");
    }
    if (taken != entry->packed_length) {
        return refuse_gap(container, reader->directory.bytes, (uint64_t)at + taken,
                          (uint64_t)at + entry->packed_length);
    }
    bytes[given] = '\0';
    made->bytes = bytes;
    return true;
}

static bool read_data(struct reader *reader, const struct zip_entry *entry, uint64_t data,
                      struct container_entry *made) {
    const unsigned char *packed = reader->directory.bytes + data;
    if (!inflate(reader, entry, packed, made, (int64_t)data)) {
        return false;
    }
    if (libdeflate_crc32(0, made->bytes, entry->length) != entry->crc32) {
        return container_refuse(reader->container, "unreadable", entry->path, (int64_t)data, "wrong checksum");
    }
    if (entry->method == ZIP_STORED && entry->flags & ZIP_DESCRIPTOR && descriptor_hidden(packed, entry->length)) {
        return container_refuse(reader->container, "smuggled-entry", entry->path, (int64_t)data,
                                "the stored data holds an end of its own");
    }
    made->length = entry->length;
    made->path = entry->path;
    made->packed = packed;
    made->packed_length = entry->packed_length;
    made->method = entry->method;
    made->crc32 = entry->crc32;
    if (entry->foreign) {
        made->raw_name = entry->name;
        made->raw_name_length = entry->name_length;
    }
    return true;
}

/* One entry, which must end where the next part begins. */
static bool read_entry(struct reader *reader, const struct zip_entry *entry, uint64_t end,
                       struct container_entry *made) {
    uint64_t data = 0;
    if (!check_local(reader, entry, &data)) {
        return false;
    }
    uint64_t after = data + entry->packed_length;
    if (after > end) {
        return container_refuse(reader->container, "smuggled-entry", entry->path, (int64_t)entry->offset,
                                "the entry overlaps what follows it");
    }
    if (entry->flags & ZIP_DESCRIPTOR) {
        after += descriptor_size(reader->directory.bytes + after, end - after, entry);
    }
    if (after != end) {
        return refuse_gap(reader->container, reader->directory.bytes, after, end);
    }
    return read_data(reader, entry, data, made);
}

/* The entries by their places in the file. */
static struct zip_entry *by_offset(const struct reader *reader) {
    const struct zip_directory *directory = &reader->directory;
    struct zip_entry *sorted = arena_alloc(reader->container->arena, directory->count * sizeof *sorted);
    if (directory->count) {
        memcpy(sorted, directory->entries, directory->count * sizeof *sorted);
        qsort(sorted, directory->count, sizeof *sorted, compare_offsets);
    }
    return sorted;
}

static bool read_entries(struct reader *reader) {
    struct container *container = reader->container;
    const struct zip_directory *directory = &reader->directory;
    const struct zip_entry *sorted = by_offset(reader);
    uint64_t first = directory->count ? sorted[0].offset : directory->start;
    if (first > directory->start) {
        return container_refuse(container, "unreadable", sorted[0].path, (int64_t)first, "no local header");
    }
    if (first != 0) {
        return refuse_gap(container, directory->bytes, 0, first);
    }
    struct container_entry *made = arena_zero(container->arena, directory->count * sizeof *made);
    for (size_t i = 0; i < directory->count; i++) {
        uint64_t end = i + 1 < directory->count ? sorted[i + 1].offset : directory->start;
        if (end > directory->start || end == sorted[i].offset) {
            return container_refuse(container, "smuggled-entry", sorted[i].path, (int64_t)end, "entries overlap");
        }
        if (!read_entry(reader, &sorted[i], end, &made[sorted[i].index])) {
            return false;
        }
    }
    for (size_t i = 0; i < directory->count; i++) {
        if (!directory->entries[i].directory) {
            *container_add(container) = made[i];
        }
    }
    return true;
}

bool zip_read(struct container *container, const unsigned char *bytes, size_t length) {
    container->format = "zip";
    struct reader reader = {.container = container};
    if (detect_is_tar_header(bytes, length)) {
        return container_refuse(container, "smuggled-entry", NULL, 0, "a zip to some readers, a tar to others");
    }
    if (!zip_directory(container, bytes, length, &reader.directory)) {
        return false;
    }
    reader.inflater = libdeflate_alloc_decompressor();
    bool read = reader.inflater ? read_entries(&reader)
                                : container_refuse(container, "memory", NULL, -1, "no memory to decompress");
    libdeflate_free_decompressor(reader.inflater);
    return read;
}
