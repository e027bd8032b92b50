#include "container/zip-directory.h"

#include "base/arena.h"
#include "container/names.h"
#include "container/zip-format.h"

#include <libdeflate.h>

#include <string.h>
#include <sys/stat.h>

const unsigned char *zip_extra(const unsigned char *extra, size_t length, uint16_t id, uint16_t *size) {
    for (size_t at = 0; length - at >= 4;) {
        uint16_t field = zip_u16(extra + at + 2);
        if (field > length - at - 4) {
            return NULL;
        }
        if (zip_u16(extra + at) == id) {
            *size = field;
            return extra + at + 4;
        }
        at += 4 + (size_t)field;
    }
    return NULL;
}

const char *zip_unicode_path(struct arena *arena, const unsigned char *extra, size_t extra_length,
                             const unsigned char *name, size_t name_length) {
    enum { VERSION = 1, HEAD = 5 }; /* version, CRC-32 of the name that the field belongs to */
    uint16_t size = 0;
    const unsigned char *field = zip_extra(extra, extra_length, ZIP_EXTRA_UNICODE_PATH, &size);
    if (!field || size <= HEAD || field[0] != VERSION || zip_u32(field + 1) != libdeflate_crc32(0, name, name_length) ||
        !name_is_utf8((const char *)field + HEAD, size - HEAD)) {
        return NULL;
    }
    return arena_copy(arena, (const char *)field + HEAD, size - HEAD);
}

/* The last end record of the file. *at is its place; false: there is none. */
static bool find_end(const unsigned char *bytes, size_t length, size_t *at) {
    if (length < ZIP_END_SIZE) {
        return false;
    }
    for (size_t place = length - ZIP_END_SIZE + 1; place-- > 0;) {
        if (bytes[place] == 'P' && zip_u32(bytes + place) == ZIP_END_SIGNATURE) {
            *at = place;
            return true;
        }
    }
    return false;
}

struct end {
    uint64_t count, size, start;
    size_t at; /* where the records behind the directory begin */
};

/* The zip64 records before the end record, where its fields ask for them or a locator stands there. */
static bool read_zip64(struct container *container, const unsigned char *bytes, size_t end_at, struct end *end) {
    bool asked = end->count == UINT16_MAX || end->size == UINT32_MAX || end->start == UINT32_MAX;
    bool there = end_at >= ZIP64_LOCATOR_SIZE + ZIP64_END_SIZE &&
                 zip_u32(bytes + end_at - ZIP64_LOCATOR_SIZE) == ZIP64_LOCATOR_SIGNATURE;
    if (!there) {
        return !asked || end->count == UINT16_MAX ||
               container_refuse(container, "unreadable", NULL, (int64_t)end_at, "the zip64 end record is missing");
    }
    const unsigned char *locator = bytes + end_at - ZIP64_LOCATOR_SIZE;
    uint64_t at = zip_u64(locator + 8);
    if (at != end_at - ZIP64_LOCATOR_SIZE - ZIP64_END_SIZE || zip_u32(bytes + at) != ZIP64_END_SIGNATURE ||
        zip_u64(bytes + at + 4) != ZIP64_END_SIZE - 12) {
        return container_refuse(container, "smuggled-entry", NULL, (int64_t)end_at,
                                "the zip64 end record does not stand before its locator");
    }
    const unsigned char *record = bytes + at;
    struct end large = {zip_u64(record + 32), zip_u64(record + 40), zip_u64(record + 48), at};
    bool agrees = (end->count == UINT16_MAX || end->count == large.count) &&
                  (end->size == UINT32_MAX || end->size == large.size) &&
                  (end->start == UINT32_MAX || end->start == large.start) && zip_u64(record + 24) == large.count &&
                  zip_u32(record + 16) == 0 && zip_u32(record + 20) == 0 && zip_u32(locator + 4) == 0 &&
                  zip_u32(locator + 16) <= 1;
    if (!agrees) {
        return container_refuse(container, "smuggled-entry", NULL, (int64_t)at,
                                "the zip64 end record and the end record disagree");
    }
    *end = large;
    return true;
}

static bool read_end(struct container *container, const unsigned char *bytes, size_t length, struct end *end) {
    size_t at = 0;
    if (!find_end(bytes, length, &at)) {
        return container_refuse(container, "unreadable", NULL, (int64_t)length, "no end record: the zip is cut off");
    }
    const unsigned char *record = bytes + at;
    size_t comment = zip_u16(record + 20), behind = length - at - ZIP_END_SIZE;
    if (comment > behind) {
        return container_refuse(container, "unreadable", NULL, (int64_t)at, "the comment of the zip is cut off");
    }
    if (comment < behind) {
        return container_refuse(container, "trailing-data", NULL, (int64_t)(length - behind + comment),
                                "%zu bytes after the end of the zip", behind - comment);
    }
    if (zip_u16(record + 4) != 0 || zip_u16(record + 6) != 0 || zip_u16(record + 8) != zip_u16(record + 10)) {
        return container_refuse(container, "unreadable", NULL, (int64_t)at, "a part of a zip that was split");
    }
    *end = (struct end){zip_u16(record + 10), zip_u32(record + 12), zip_u32(record + 16), at};
    if (!read_zip64(container, bytes, at, end)) {
        return false;
    }
    if (end->size > end->at || end->start > end->at) {
        return container_refuse(container, "unreadable", NULL, (int64_t)at,
                                "the central directory lies outside the file");
    }
    if (end->start + end->size < end->at) {
        return container_refuse(container, "trailing-data", NULL, 0, "%llu bytes that belong to no part of the zip",
                                (unsigned long long)(end->at - end->start - end->size));
    }
    if (end->start + end->size > end->at) {
        return container_refuse(container, "unreadable", NULL, (int64_t)at, "the central directory overlaps its end");
    }
    return true;
}

/* Fields that are all ones stand in the zip64 extra field, in this order. */
static bool read_zip64_entry(const unsigned char *extra, size_t extra_length, struct zip_entry *entry) {
    uint64_t *wanted[] = {&entry->length, &entry->packed_length, &entry->offset};
    uint16_t size = 0;
    const unsigned char *field = zip_extra(extra, extra_length, ZIP_EXTRA_ZIP64, &size);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (*wanted[i] != UINT32_MAX) {
            continue;
        }
        if (!field || size < 8) {
            return false;
        }
        *wanted[i] = zip_u64(field);
        field += 8;
        size = (uint16_t)(size - 8);
    }
    return true;
}

static bool read_path(struct container *container, const unsigned char *extra, size_t extra_length,
                      struct zip_entry *entry, int64_t at) {
    const char *name = (const char *)entry->name;
    const char *stated = zip_unicode_path(container->arena, extra, extra_length, entry->name, entry->name_length);
    bool utf8 = name_is_utf8(name, entry->name_length);
    if ((entry->flags & ZIP_UTF8) && !utf8) {
        return container_refuse(container, "bad-name", NULL, at, "a name is marked UTF-8 and is not");
    }
    if (stated && (entry->flags & ZIP_UTF8) &&
        (strlen(stated) != entry->name_length || memcmp(stated, name, entry->name_length) != 0)) {
        return container_refuse(container, "smuggled-entry", stated, at, "an entry has two names in Unicode");
    }
    entry->foreign = !utf8;
    entry->path =
        stated ? stated
               : name_decode(container->settings->decoder, container->arena, name, entry->name_length, &entry->foreign);
    if (!entry->path) {
        (void)container_refuse(container, "bad-name", NULL, at, "a name is in no known encoding");
        return false;
    }
    const char *wrong = name_fault(entry->path, container->settings->limits.max_name_bytes);
    if (wrong) {
        return container_refuse(container, "bad-name", entry->path, at, "the name of an entry %s", wrong);
    }
    return true;
}

static bool check_kind(struct container *container, uint32_t attributes, struct zip_entry *entry, int64_t at) {
    uint32_t type = (attributes >> 16) & S_IFMT;
    if (type != 0 && type != S_IFREG && type != S_IFDIR) {
        return container_refuse(container, "link", entry->path, at,
                                type == S_IFLNK ? "a symbolic link" : "a device, socket or FIFO");
    }
    size_t path_length = strlen(entry->path);
    bool slash = path_length > 0 && entry->path[path_length - 1] == '/';
    entry->directory = slash || type == S_IFDIR;
    if (entry->directory && (entry->length != 0 || (slash && type == S_IFREG))) {
        return container_refuse(container, "smuggled-entry", entry->path, at,
                                "a folder to some readers, a file to others");
    }
    if (entry->flags & (ZIP_ENCRYPTED | ZIP_STRONG_ENCRYPTION | ZIP_MASKED_HEADER) || entry->method == ZIP_AES) {
        return container_refuse(container, "encrypted", entry->path, at, "the entry is encrypted");
    }
    if (entry->method != ZIP_STORED && entry->method != ZIP_DEFLATED) {
        return container_refuse(container, "unreadable", entry->path, at, "compression method %u is not read",
                                entry->method);
    }
    return true;
}

/* One central header at *at; moves *at behind it. */
static bool read_header(struct container *container, const struct zip_directory *directory, uint64_t *at,
                        struct zip_entry *entry) {
    const unsigned char *header = directory->bytes + *at;
    uint64_t left = directory->end - *at;
    if (left < ZIP_CENTRAL_SIZE || zip_u32(header) != ZIP_CENTRAL_SIGNATURE) {
        return container_refuse(container, "unreadable", NULL, (int64_t)*at, "the central directory is damaged");
    }
    size_t name_length = zip_u16(header + 28), extra_length = zip_u16(header + 30), comment = zip_u16(header + 32);
    if (name_length + extra_length + comment > left - ZIP_CENTRAL_SIZE) {
        return container_refuse(container, "unreadable", NULL, (int64_t)*at, "the central directory is damaged");
    }
    *entry = (struct zip_entry){
        .name = header + ZIP_CENTRAL_SIZE,
        .name_length = (uint16_t)name_length,
        .flags = zip_u16(header + 8),
        .method = zip_u16(header + 10),
        .crc32 = zip_u32(header + 16),
        .packed_length = zip_u32(header + 20),
        .length = zip_u32(header + 24),
        .offset = zip_u32(header + 42),
        .path = "",
    };
    const unsigned char *extra = entry->name + name_length;
    if (!read_zip64_entry(extra, extra_length, entry) || zip_u16(header + 34) != 0) {
        return container_refuse(container, "unreadable", NULL, (int64_t)*at, "a header of the directory is damaged");
    }
    if (!read_path(container, extra, extra_length, entry, (int64_t)*at) ||
        !check_kind(container, zip_u32(header + 38), entry, (int64_t)*at)) {
        return false;
    }
    *at += ZIP_CENTRAL_SIZE + name_length + extra_length + comment;
    return true;
}

/* The declared sizes, before anything is inflated. */
static bool check_sizes(struct container *container, const struct zip_directory *directory) {
    const struct container_limits *limits = &container->settings->limits;
    uint64_t all = 0;
    for (size_t i = 0; i < directory->count; i++) {
        const struct zip_entry *entry = &directory->entries[i];
        if (entry->length > limits->max_entry_bytes) {
            return container_refuse(container, "too-large", entry->path, (int64_t)entry->offset,
                                    "%llu bytes unpacked, more than bundle.maxEntryBytes",
                                    (unsigned long long)entry->length);
        }
        all += entry->length; /* no overflow: at most 2^32 entries of at most maxEntryBytes */
        if (all > limits->max_unpacked_bytes) {
            return container_refuse(container, "too-large", entry->path, (int64_t)entry->offset,
                                    "unpacked more than bundle.maxUnpackedBytes");
        }
    }
    if (all > directory->length * limits->max_ratio) {
        return container_refuse(container, "ratio", NULL, -1, "%llu bytes unpacked from %zu, more than bundle.maxRatio",
                                (unsigned long long)all, directory->length);
    }
    return true;
}

bool zip_directory(struct container *container, const unsigned char *bytes, size_t length,
                   struct zip_directory *directory) {
    struct end end = {0};
    if (!read_end(container, bytes, length, &end)) {
        return false;
    }
    if (end.count > container->settings->limits.max_entries) {
        return container_refuse(container, "too-many-entries", NULL, (int64_t)end.at,
                                "%llu entries, more than bundle.maxEntries", (unsigned long long)end.count);
    }
    if (end.count > end.size / ZIP_CENTRAL_SIZE) {
        return container_refuse(container, "unreadable", NULL, (int64_t)end.at, "the central directory is cut off");
    }
    *directory = (struct zip_directory){
        .bytes = bytes,
        .length = length,
        .start = end.start,
        .end = end.start + end.size,
        .entries = arena_alloc(container->arena, (size_t)end.count * sizeof *directory->entries),
    };
    uint64_t at = directory->start;
    for (uint64_t i = 0; i < end.count; i++) {
        if (!read_header(container, directory, &at, &directory->entries[directory->count])) {
            return false;
        }
        directory->entries[directory->count].index = directory->count;
        directory->count++;
    }
    if (at != directory->end) {
        return container_refuse(container, "smuggled-entry", NULL, (int64_t)at,
                                "the central directory holds more than its end record counts");
    }
    return check_sizes(container, directory);
}
