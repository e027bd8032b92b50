/* A file of the system's IANA data (TZif, RFC 8536): the transitions it lists, and those that its yearly rule goes on
 * with. */
#ifndef TW_BASE_ZONE_DATA_H
#define TW_BASE_ZONE_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* From an instant on, an offset (seconds east of UTC) holds until the next change. */
struct zone_change {
    int64_t at;
    int32_t offset;
};

struct zone_changes {
    struct arena *arena;
    struct zone_change *items;
    size_t count, capacity;
};

/* The changes behind an instant and up to another, in changes->arena; the first item is the offset at `from`. False: no
 * such file, or one that is not understood. */
bool zone_data_read(const unsigned char *bytes, size_t length, int64_t from, int64_t to, struct zone_changes *changes);

#endif
