#include "base/arena.h"
#include "base/file.h"
#include "base/time.h"
#include "base/zone-data.h"

#include <stdlib.h>
#include <string.h>

/* From one transition on, the zone has one offset until the next. */
struct transition {
    int64_t at;    /* the instant */
    int64_t local; /* the first local second that is read with the new offset */
    int32_t offset;
};

struct zone {
    int32_t first_offset; /* before all transitions */
    size_t count;
    struct transition *transitions; /* sorted by time */
};

static const int64_t first_instant = 0;         /* 1970-01-01 */
static const int64_t last_instant = 4133980799; /* 2100-12-31T23:59:59 */

enum { NAME_LIMIT = 64, FILE_LIMIT = 1 << 20 };

static const char folder[] = "/usr/share/zoneinfo/";

static void compile(struct arena *arena, struct zone *zone, const struct zone_changes *changes) {
    zone->first_offset = changes->items[0].offset;
    zone->transitions = arena_alloc(arena, changes->count * sizeof *zone->transitions);
    for (size_t i = 1; i < changes->count; i++) {
        int32_t before = changes->items[i - 1].offset;
        int32_t offset = changes->items[i].offset;
        /* Local times of a gap or an overlap are read with the offset before it. */
        int64_t local = changes->items[i].at + (offset > before ? offset : before);
        zone->transitions[zone->count++] =
            (struct transition){.at = changes->items[i].at, .local = local, .offset = offset};
    }
}

/* The data of a zone by its name: the name becomes a path, so only the characters of such names are taken. */
static bool read_data(struct arena *arena, const char *name, struct zone_changes *changes) {
    size_t plain = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");
    if (*name == '\0' || name[plain] != '\0' || plain >= NAME_LIMIT || *name == '/' || *name == '-') {
        return false;
    }
    size_t length;
    char *bytes = file_read(arena_printf(arena, "%s%s", folder, name), FILE_LIMIT, &length);
    changes->arena = arena;
    bool read = bytes && zone_data_read((const unsigned char *)bytes, length, first_instant, last_instant, changes);
    free(bytes);
    return read;
}

/* "±hh:mm", by way of a moment's own reader: the offset of a day's start. */
static bool fixed_offset(const char *name, int32_t *offset) {
    char text[MOMENT_TEXT] = "1970-01-01T00:00";
    struct moment moment;
    size_t head = strlen(text);
    size_t length = strlen(name);
    if (length == 0 || length >= sizeof text - head) {
        return false;
    }
    memcpy(text + head, name, length + 1);
    if (!moment_read(text, NULL, &moment) || moment.assumed) {
        return false;
    }
    *offset = moment.offset;
    return true;
}

bool zone_open(struct arena *arena, const char *name, const struct zone **out) {
    *out = NULL;
    int32_t offset;
    if (fixed_offset(name, &offset)) {
        if (offset) {
            struct zone *zone = arena_zero(arena, sizeof *zone);
            zone->first_offset = offset;
            *out = zone;
        }
        return true;
    }
    struct zone_changes changes = {0};
    if (!read_data(arena, name, &changes)) {
        return false;
    }
    struct zone *zone = arena_zero(arena, sizeof *zone);
    compile(arena, zone, &changes);
    *out = zone;
    return true;
}

/* How many transitions lie at or before a second of UTC, or of local time. */
static size_t passed(const struct zone *zone, int64_t second, bool is_local) {
    size_t low = 0;
    size_t high = zone->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct transition *transition = &zone->transitions[middle];
        if ((is_local ? transition->local : transition->at) <= second) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static int32_t offset_after(const struct zone *zone, size_t transitions) {
    return transitions ? zone->transitions[transitions - 1].offset : zone->first_offset;
}

int32_t zone_offset(const struct zone *zone, int64_t instant) {
    return zone ? offset_after(zone, passed(zone, instant, false)) : 0;
}

int64_t zone_to_utc(const struct zone *zone, int64_t local_seconds) {
    return zone ? local_seconds - offset_after(zone, passed(zone, local_seconds, true)) : local_seconds;
}
