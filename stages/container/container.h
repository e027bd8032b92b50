/* A container as the chain sees it: a list of files, whatever format they came in.
 *
 * Purpose    container_read finds the format by content, reads every entry, and refuses what two readers
 *            could see differently (ENGINEERING 0 finding 4, CATALOGUE-A gate G-1).
 * Ownership  Entries live in the arena, or point into the bytes that were read, which must live as long.
 * Errors     The first fault is kept in container.fault with a reason code of CONTRACT.md; no entry is
 *            to be used then.
 * Threads    A struct container_settings holds open converters: one per worker.
 */
#ifndef TW_CONTAINER_CONTAINER_H
#define TW_CONTAINER_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct name_decoder; /* names.h */

/* POLICY 11, by the names there. */
struct container_limits {
    uint64_t max_bytes;
    uint64_t max_entries;
    uint64_t max_entry_bytes;
    uint64_t max_unpacked_bytes;
    uint64_t max_ratio;
    uint64_t max_window;
    uint64_t max_name_bytes;
};

struct container_settings {
    struct container_limits limits;
    const struct name_decoder *decoder; /* NULL: no encodings beside UTF-8 */
};

/* The defaults of POLICY 11. */
struct container_settings container_settings_default(void);

/* What is wrong; reason NULL: nothing. */
struct container_fault {
    const char *reason, *detail, *entry;
    int64_t offset; /* -1: not known */
};

struct container_entry {
    const char *path;              /* UTF-8, checked (names.h) */
    const unsigned char *raw_name; /* the name's bytes where they were not Unicode; else NULL */
    size_t raw_name_length;
    const unsigned char *bytes;
    size_t length;
    const unsigned char *packed; /* the compressed span of a zip entry, checked; NULL: none */
    size_t packed_length;
    uint16_t method; /* of packed: 0 stored, 8 deflated */
    uint32_t crc32;  /* of bytes, where packed is set */
};

struct container {
    struct arena *arena;
    const struct container_settings *settings;
    const char *format;              /* zip, tar, tar.gz, tar.zst, tar.xz, 7z, file */
    struct container_entry *entries; /* files only, in the order of the container */
    size_t count, capacity;
    struct container_fault fault;
};

/* Reads all. name is the file's own name, used as the path of a single document ("file"). False: a fault. */
bool container_read(struct container *container, struct arena *arena, const struct container_settings *settings,
                    const char *name, const unsigned char *bytes, size_t length);

/* The entry of that path, or NULL. */
const struct container_entry *container_find(const struct container *container, const char *path);

/* For readers: records the first fault; returns false. entry NULL: the container as a whole. */
bool container_refuse(struct container *container, const char *reason, const char *entry, int64_t offset,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));

/* For readers: a zeroed entry at the end of the list. */
struct container_entry *container_add(struct container *container);

#endif
