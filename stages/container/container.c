#include "container/container.h"

#include "base/arena.h"
#include "container/archive-read.h"
#include "container/detect.h"
#include "container/names.h"
#include "container/zip-read.h"

#include <stdarg.h>
#include <string.h>

struct container_settings container_settings_default(void) {
    return (struct container_settings){
        .limits =
            {
                .max_bytes = 268435456,
                .max_entries = 2000,
                .max_entry_bytes = 134217728,
                .max_unpacked_bytes = 536870912,
                .max_ratio = 200,
                .max_window = 67108864,
                .max_name_bytes = 255,
            },
        .decoder = NULL,
    };
}

bool container_refuse(struct container *container, const char *reason, const char *entry, int64_t offset,
                      const char *format, ...) {
    if (container->fault.reason) {
        return false;
    }
    va_list values;
    va_start(values, format);
    container->fault = (struct container_fault){
        .reason = reason,
        .detail = arena_vprintf(container->arena, format, values),
        .entry = entry,
        .offset = offset,
    };
    va_end(values);
    return false;
}

struct container_entry *container_add(struct container *container) {
    if (container->count == container->capacity) {
        container->entries =
            arena_grow(container->arena, container->entries, &container->capacity, sizeof *container->entries);
    }
    struct container_entry *entry = &container->entries[container->count++];
    *entry = (struct container_entry){0};
    return entry;
}

const struct container_entry *container_find(const struct container *container, const char *path) {
    for (size_t i = 0; i < container->count; i++) {
        if (strcmp(container->entries[i].path, path) == 0) {
            return &container->entries[i];
        }
    }
    return NULL;
}

/* A single document is a container of one entry, under the file's own name. */
static bool read_document(struct container *container, const char *name, const unsigned char *bytes, size_t length) {
    const char *slash = strrchr(name, '/');
    const char *base = slash ? slash + 1 : name;
    bool foreign = false;
    const char *path = name_decode(container->settings->decoder, container->arena, base, strlen(base), &foreign);
    if (!path) {
        return container_refuse(container, "bad-name", NULL, -1, "the name of the file is in no known encoding");
    }
    const char *wrong = name_fault(path, container->settings->limits.max_name_bytes);
    if (wrong) {
        return container_refuse(container, "bad-name", path, -1, "the name of the file %s", wrong);
    }
    if (length > container->settings->limits.max_entry_bytes) {
        return container_refuse(container, "too-large", path, -1, "%zu bytes, more than bundle.maxEntryBytes", length);
    }
    container->format = "file";
    struct container_entry *entry = container_add(container);
    entry->path = path;
    entry->bytes = bytes;
    entry->length = length;
    if (foreign) {
        entry->raw_name = (const unsigned char *)base;
        entry->raw_name_length = strlen(base);
    }
    return true;
}

static bool read_format(struct container *container, enum format format, const char *name, const unsigned char *bytes,
                        size_t length) {
    switch (format) {
    case FORMAT_ZIP:
        return zip_read(container, bytes, length);
    case FORMAT_TAR:
    case FORMAT_GZIP:
    case FORMAT_ZSTD:
    case FORMAT_XZ:
    case FORMAT_7Z:
        return archive_read_all(container, format, bytes, length);
    case FORMAT_XML:
    case FORMAT_PDF:
    case FORMAT_FIN:
        return read_document(container, name, bytes, length);
    case FORMAT_UNKNOWN:
        break;
    }
    return container_refuse(container, "unreadable", NULL, 0,
                            length ? "no zip, tar, tar.gz, tar.zst, tar.xz, 7z, XML, PDF or FIN file"
                                   : "the file is empty");
}

bool container_read(struct container *container, struct arena *arena, const struct container_settings *settings,
                    const char *name, const unsigned char *bytes, size_t length) {
    *container = (struct container){.arena = arena, .settings = settings, .fault = {.offset = -1}};
    if (length > settings->limits.max_bytes) {
        return container_refuse(container, "too-large", NULL, -1, "%zu bytes, more than bundle.maxBytes", length);
    }
    return read_format(container, detect_whole(bytes, length), name, bytes, length) && names_distinct(container);
}
