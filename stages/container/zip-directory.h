/* The central directory of a zip: what the container says of itself, before any data is touched.
 *
 * Sequence  zip_directory reads and checks it; zip_read (zip-read.h) then holds the local headers against it.
 * Checks    one end record at the very end, zip64 records that agree with it, no bytes that belong to
 *           nothing, counts and declared sizes within the limits, no encryption, no links, allowed names.
 */
#ifndef TW_CONTAINER_ZIP_DIRECTORY_H
#define TW_CONTAINER_ZIP_DIRECTORY_H

#include "container/container.h"

struct zip_entry {
    const unsigned char *name; /* as in the central header */
    uint16_t name_length;
    uint16_t flags, method;
    uint32_t crc32;
    uint64_t packed_length, length;
    uint64_t offset; /* of the local header */
    size_t index;    /* in the directory */
    const char *path;
    bool foreign; /* path was decoded from bytes that are not UTF-8 */
    bool directory;
};

struct zip_directory {
    const unsigned char *bytes;
    size_t length;
    uint64_t start, end; /* of the central directory */
    struct zip_entry *entries;
    size_t count;
};

bool zip_directory(struct container *container, const unsigned char *bytes, size_t length,
                   struct zip_directory *directory);

/* The data of an extra field; NULL: not there, or the fields are cut off. */
const unsigned char *zip_extra(const unsigned char *extra, size_t length, uint16_t id, uint16_t *size);

/* The path that an Info-ZIP Unicode path field states for a name; NULL: none that fits the name. */
const char *zip_unicode_path(struct arena *arena, const unsigned char *extra, size_t extra_length,
                             const unsigned char *name, size_t name_length);

#endif
