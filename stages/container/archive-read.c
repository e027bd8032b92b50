#include "container/archive-read.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "container/gzip-read.h"
#include "container/names.h"
#include "container/seven-zip.h"
#include "container/window.h"

#include <archive.h>
#include <archive_entry.h>

#include <locale.h>
#include <string.h>

enum { TAR_BLOCK = 512 };

struct source {
    struct container *container;
    struct archive *archive;
    const unsigned char *bytes; /* that libarchive reads */
    size_t length;
    size_t container_length; /* of the file as it came: the lower part of the ratio */
    uint64_t unpacked;
    uint64_t headers; /* members seen, folders included */
};

static bool refuse_archive(const struct source *source, const char *entry) {
    const char *why = archive_error_string(source->archive);
    /* While no format has taken the archive, libarchive 3.6.2 would ask one beyond the end of its table. */
    bool encrypted = archive_format(source->archive) != 0 && archive_read_has_encrypted_entries(source->archive) == 1;
    return container_refuse(source->container, encrypted ? "encrypted" : "unreadable", entry,
                            archive_filter_bytes(source->archive, 0), "%s", why ? why : "the archive cannot be read");
}

/* Adds to what was unpacked, and holds it against the limits. */
static bool count_bytes(struct source *source, const char *path, uint64_t length) {
    const struct container_limits *limits = &source->container->settings->limits;
    source->unpacked += length;
    if (source->unpacked > limits->max_unpacked_bytes) {
        return container_refuse(source->container, "too-large", path, -1, "unpacked more than bundle.maxUnpackedBytes");
    }
    if (source->unpacked > source->container_length * limits->max_ratio) {
        return container_refuse(source->container, "ratio", path, -1,
                                "%llu bytes and more unpacked from %zu, more than bundle.maxRatio",
                                (unsigned long long)source->unpacked, source->container_length);
    }
    return true;
}

/* --- the filter ----------------------------------------------------------------------------------------- */

static bool check_window(struct container *container, bool well_formed, const struct window *window, size_t length) {
    if (!well_formed) {
        return container_refuse(container, "unreadable", NULL, (int64_t)window->end,
                                "the compressed stream is damaged or cut off");
    }
    if (window->largest > container->settings->limits.max_window) {
        return container_refuse(container, "too-large", NULL, -1,
                                "a decoder's window of %llu bytes, more than bundle.maxWindow",
                                (unsigned long long)window->largest);
    }
    if (window->end < length) {
        return container_refuse(container, "trailing-data", NULL, (int64_t)window->end,
                                "%zu bytes after the end of the compressed stream", length - (size_t)window->end);
    }
    return true;
}

static bool check_stream(struct container *container, enum format format, const unsigned char *bytes, size_t length) {
    struct window window = {0};
    bool well_formed = true;
    switch (format) {
    case FORMAT_ZSTD:
        well_formed = window_zstd(bytes, length, &window);
        break;
    case FORMAT_XZ:
        well_formed = window_xz(bytes, length, &window);
        break;
    case FORMAT_7Z:
        well_formed = window_7z(bytes, length, &window);
        break;
    default: /* gzip's window is 32 KiB by definition */
        return true;
    }
    return check_window(container, well_formed, &window, length);
}

/* The most that a compressed tar may unpack to: what its files may, and their headers and padding. */
static uint64_t most_unpacked(const struct container_limits *limits, size_t length, bool *by_ratio) {
    enum { OVERHEAD = 8 * TAR_BLOCK, TAIL = 64 * 1024 };
    uint64_t by_length = length * limits->max_ratio;
    *by_ratio = by_length < limits->max_unpacked_bytes;
    return (*by_ratio ? by_length : limits->max_unpacked_bytes) + (limits->max_entries + 1) * OVERHEAD + TAIL;
}

static bool refuse_size(struct container *container, bool by_ratio) {
    return container_refuse(container, by_ratio ? "ratio" : "too-large", NULL, -1, "unpacks to more than %s",
                            by_ratio ? "bundle.maxRatio" : "bundle.maxUnpackedBytes");
}

static bool drain(struct source *source, struct buffer *buffer) {
    bool by_ratio = false;
    uint64_t most = most_unpacked(&source->container->settings->limits, source->length, &by_ratio);
    const void *block = NULL;
    size_t size = 0;
    la_int64_t offset = 0;
    int result = 0;
    while ((result = archive_read_data_block(source->archive, &block, &size, &offset)) == ARCHIVE_OK) {
        if (size > most - buffer->length) {
            return refuse_size(source->container, by_ratio);
        }
        buffer_append(buffer, block, size);
    }
    return result == ARCHIVE_EOF || refuse_archive(source, NULL);
}

/* Runs the filter of xz or zstd alone; check_stream has seen that the stream is whole and what it asks for. */
static bool decompress(struct container *container, enum format format, const unsigned char *bytes, size_t length,
                       struct buffer *buffer) {
    enum { ONE_FILTER = 2 }; /* the reader of the memory counts as one */
    struct source source = {.container = container, .archive = archive_read_new(), .bytes = bytes, .length = length};
    if (!source.archive) {
        return container_refuse(container, "memory", NULL, -1, "no memory to decompress");
    }
    struct archive_entry *entry = NULL;
    if (format == FORMAT_ZSTD) {
        archive_read_support_filter_zstd(source.archive);
    } else {
        archive_read_support_filter_xz(source.archive);
    }
    archive_read_support_format_raw(source.archive);
    bool read = archive_read_open_memory(source.archive, bytes, length) == ARCHIVE_OK &&
                archive_read_next_header(source.archive, &entry) == ARCHIVE_OK;
    if (!read) {
        refuse_archive(&source, NULL);
    } else if (archive_filter_count(source.archive) != ONE_FILTER) {
        read = container_refuse(container, "unreadable", NULL, 0, "compressed more than once");
    } else {
        read = drain(&source, buffer);
    }
    archive_read_free(source.archive);
    return read;
}

static bool decompress_gzip(struct container *container, const unsigned char *bytes, size_t length,
                            struct buffer *buffer) {
    bool by_ratio = false;
    size_t end = 0;
    uint64_t most = most_unpacked(&container->settings->limits, length, &by_ratio);
    switch (gunzip(bytes, length, most, buffer, &end)) {
    case GUNZIP_LARGE:
        return refuse_size(container, by_ratio);
    case GUNZIP_DAMAGED:
        return container_refuse(container, "unreadable", NULL, (int64_t)end,
                                "the compressed stream is damaged or cut off");
    case GUNZIP_DONE:
        break;
    }
    if (end < length) {
        return container_refuse(container, "trailing-data", NULL, (int64_t)end,
                                "%zu bytes after the end of the compressed stream", length - end);
    }
    return true;
}

/* --- the members ---------------------------------------------------------------------------------------- */

static bool check_kind(struct source *source, struct archive_entry *entry, const char *path) {
    if (archive_entry_hardlink(entry) || archive_entry_symlink(entry)) {
        return container_refuse(source->container, "link", path, -1, "a link");
    }
    if (archive_entry_filetype(entry) != AE_IFREG && archive_entry_filetype(entry) != AE_IFDIR) {
        return container_refuse(source->container, "link", path, -1, "a device, socket or FIFO");
    }
    if (archive_entry_is_data_encrypted(entry) || archive_entry_is_metadata_encrypted(entry)) {
        return container_refuse(source->container, "encrypted", path, -1, "the entry is encrypted");
    }
    if (archive_entry_sparse_count(entry) > 0) {
        return container_refuse(source->container, "unreadable", path, -1, "a sparse file");
    }
    if (!archive_entry_size_is_set(entry) || archive_entry_size(entry) < 0) {
        return container_refuse(source->container, "unreadable", path, -1, "no size is stated");
    }
    return true;
}

/* The path of a member: *path stays NULL for the folder ".". A leading "./" is how tar names what lies in
 * the folder that was packed. */
static bool read_path(struct source *source, struct archive_entry *entry, const char **path, bool *foreign,
                      const char **raw) {
    const struct container_settings *settings = source->container->settings;
    *raw = archive_entry_pathname(entry);
    if (*raw && archive_entry_filetype(entry) == AE_IFDIR && (strcmp(*raw, ".") == 0 || strcmp(*raw, "./") == 0)) {
        return true;
    }
    if (*raw && strncmp(*raw, "./", 2) == 0) {
        *raw += 2;
    }
    *path = *raw ? name_decode(settings->decoder, source->container->arena, *raw, strlen(*raw), foreign) : NULL;
    if (!*path) {
        return container_refuse(source->container, "bad-name", NULL, archive_read_header_position(source->archive),
                                "a name is in no known encoding");
    }
    const char *wrong = name_fault(*path, settings->limits.max_name_bytes);
    if (wrong) {
        return container_refuse(source->container, "bad-name", *path, archive_read_header_position(source->archive),
                                "the name of an entry %s", wrong);
    }
    return true;
}

/* libarchive hands out spans of a tar in memory: those need no copy. */
static bool is_span(const struct source *source, const unsigned char *block, size_t size) {
    return block >= source->bytes && size <= source->length && (size_t)(block - source->bytes) <= source->length - size;
}

static bool read_bytes(struct source *source, struct container_entry *made) {
    const void *block = NULL;
    size_t size = 0, filled = 0;
    la_int64_t offset = 0;
    unsigned char *copy = NULL;
    int result = 0;
    made->bytes = (const unsigned char *)"";
    while ((result = archive_read_data_block(source->archive, &block, &size, &offset)) == ARCHIVE_OK) {
        if (size == 0) {
            continue;
        }
        if (offset < 0 || (uint64_t)offset != filled || size > made->length - filled) {
            return container_refuse(source->container, "unreadable", made->path, -1,
                                    "the data does not have the length that is stated");
        }
        if (filled == 0 && size == made->length && is_span(source, block, size)) {
            made->bytes = block;
        } else {
            copy = copy ? copy : arena_alloc(source->container->arena, made->length + 1);
            memcpy(copy + filled, block, size);
            made->bytes = copy;
        }
        filled += size;
    }
    if (result != ARCHIVE_EOF) {
        return refuse_archive(source, made->path);
    }
    if (filled != made->length) {
        return container_refuse(source->container, "unreadable", made->path, -1, "the data is cut off");
    }
    return true;
}

static bool read_member(struct source *source, struct archive_entry *entry) {
    const struct container_limits *limits = &source->container->settings->limits;
    const char *path = NULL, *raw = NULL;
    bool foreign = false;
    if (++source->headers > limits->max_entries) {
        return container_refuse(source->container, "too-many-entries", NULL,
                                archive_read_header_position(source->archive), "more entries than bundle.maxEntries");
    }
    if (!read_path(source, entry, &path, &foreign, &raw)) {
        return false;
    }
    if (!path) {
        return true;
    }
    if (!check_kind(source, entry, path)) {
        return false;
    }
    if (archive_entry_filetype(entry) == AE_IFDIR) {
        return true;
    }
    uint64_t length = (uint64_t)archive_entry_size(entry);
    if (length > limits->max_entry_bytes) {
        return container_refuse(source->container, "too-large", path, -1,
                                "%llu bytes unpacked, more than bundle.maxEntryBytes", (unsigned long long)length);
    }
    if (!count_bytes(source, path, length)) {
        return false;
    }
    struct container_entry *made = container_add(source->container);
    made->path = path;
    made->length = (size_t)length;
    if (foreign) {
        made->raw_name_length = strlen(raw);
        made->raw_name = (const unsigned char *)arena_copy(source->container->arena, raw, made->raw_name_length);
    }
    return read_bytes(source, made);
}

static bool is_zero(const unsigned char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (bytes[i]) {
            return false;
        }
    }
    return true;
}

/* A tar ends with a block of zeros, and nothing but zeros follows. */
static bool check_tar_end(struct source *source) {
    la_int64_t read = archive_filter_bytes(source->archive, 0);
    size_t end = read > 0 && (uint64_t)read <= source->length ? (size_t)read : source->length;
    if (end < TAR_BLOCK || !is_zero(source->bytes + end - TAR_BLOCK, TAR_BLOCK)) {
        return container_refuse(source->container, "unreadable", NULL, (int64_t)end,
                                "no end marker: the tar is cut off");
    }
    for (size_t at = end; at < source->length; at++) {
        if (source->bytes[at]) {
            return container_refuse(source->container, "trailing-data", NULL, (int64_t)at,
                                    "data after the end marker of the tar");
        }
    }
    return true;
}

static bool read_members(struct source *source) {
    struct archive_entry *entry = NULL;
    int result = 0;
    while ((result = archive_read_next_header(source->archive, &entry)) == ARCHIVE_OK || result == ARCHIVE_WARN) {
        if (!read_member(source, entry)) {
            return false;
        }
    }
    return result == ARCHIVE_EOF || refuse_archive(source, NULL);
}

static bool read_opened(struct container *container, bool tar, const unsigned char *bytes, size_t length,
                        size_t container_length) {
    struct source source = {.container = container,
                            .archive = archive_read_new(),
                            .bytes = bytes,
                            .length = length,
                            .container_length = container_length};
    if (!source.archive) {
        return container_refuse(container, "memory", NULL, -1, "no memory to read the archive");
    }
    if (tar) {
        archive_read_support_format_tar(source.archive);
    } else {
        archive_read_support_format_7zip(source.archive);
    }
    bool read = archive_read_open_memory(source.archive, bytes, length) == ARCHIVE_OK ? read_members(&source)
                                                                                      : refuse_archive(&source, NULL);
    read = read && (!tar || check_tar_end(&source));
    archive_read_free(source.archive);
    return read;
}

/* Names come out as UTF-8 whatever the locale of the process is. */
static bool read_in_utf8(struct container *container, bool tar, const unsigned char *bytes, size_t length,
                         size_t container_length) {
    const struct name_decoder *decoder = container->settings->decoder;
    locale_t own = decoder ? (locale_t)0 : newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t utf8 = decoder ? name_locale(decoder) : own;
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    bool read = read_opened(container, tar, bytes, length, container_length);
    if (before) {
        uselocale(before);
    }
    if (own) {
        freelocale(own);
    }
    return read;
}

static const char *format_text(enum format format) {
    switch (format) {
    case FORMAT_GZIP:
        return "tar.gz";
    case FORMAT_ZSTD:
        return "tar.zst";
    case FORMAT_XZ:
        return "tar.xz";
    case FORMAT_7Z:
        return "7z";
    default:
        return "tar";
    }
}

bool archive_read_all(struct container *container, enum format format, const unsigned char *bytes, size_t length) {
    container->format = format_text(format);
    if (format == FORMAT_TAR) {
        return read_in_utf8(container, true, bytes, length, length);
    }
    if (!check_stream(container, format, bytes, length)) {
        return false;
    }
    if (format == FORMAT_7Z) {
        return read_in_utf8(container, false, bytes, length, length);
    }
    struct buffer buffer = {0};
    bool read = format == FORMAT_GZIP ? decompress_gzip(container, bytes, length, &buffer)
                                      : decompress(container, format, bytes, length, &buffer);
    if (read && detect_start((const unsigned char *)buffer.bytes, buffer.length) != FORMAT_TAR) {
        read = container_refuse(container, "unreadable", NULL, 0, "the compressed file is no tar");
    }
    if (read) {
        /* The entries point into the tar: it must live as long as the arena. */
        const unsigned char *tar = (const unsigned char *)arena_copy(container->arena, buffer.bytes, buffer.length);
        size_t tar_length = buffer.length;
        buffer_free(&buffer);
        return read_in_utf8(container, true, tar, tar_length, length);
    }
    buffer_free(&buffer);
    return false;
}
