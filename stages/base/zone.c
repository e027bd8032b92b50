#include "base/arena.h"
#include "base/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

enum { NAME_LIMIT = 64, STEP = 7 * 86400 }; /* no law changes the clock twice within a week */

static const char folder[] = "/usr/share/zoneinfo/";

/* The offset in the zone that the environment names: glibc reads the system's own IANA data, which is kept current. */
static int32_t offset_at(int64_t instant) {
    time_t time = (time_t)instant;
    struct tm local;
    return localtime_r(&time, &local) ? (int32_t)local.tm_gmtoff : 0;
}

static void add_transition(struct arena *arena, struct zone *zone, size_t *capacity, int64_t at, int32_t offset) {
    int32_t before = zone->count ? zone->transitions[zone->count - 1].offset : zone->first_offset;
    if (zone->count == *capacity) {
        zone->transitions = arena_grow(arena, zone->transitions, capacity, sizeof *zone->transitions);
    }
    /* Local times of a gap or an overlap are read with the offset before it. */
    int64_t local = at + (offset > before ? offset : before);
    zone->transitions[zone->count++] = (struct transition){.at = at, .local = local, .offset = offset};
}

/* The first second behind `from`, up to `to`, at which the offset is no more the one before. */
static int64_t find_change(int64_t from, int64_t to, int32_t before) {
    while (to - from > 1) {
        int64_t middle = from + (to - from) / 2;
        if (offset_at(middle) == before) {
            from = middle;
        } else {
            to = middle;
        }
    }
    return to;
}

static void compile(struct arena *arena, struct zone *zone) {
    size_t capacity = 0;
    int32_t before = offset_at(first_instant);
    zone->first_offset = before;
    for (int64_t at = first_instant; at < last_instant; at += STEP) {
        int32_t after = offset_at(at + STEP);
        if (after != before) {
            add_transition(arena, zone, &capacity, find_change(at, at + STEP, before), after);
            before = after;
        }
    }
}

/* Is it a name of the IANA data? It becomes a path, so only the characters of such names are taken. */
static bool known_name(const char *name) {
    char path[sizeof folder + NAME_LIMIT];
    char magic[4];
    size_t length = strlen(name);
    size_t plain = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");
    if (length == 0 || length >= NAME_LIMIT || plain != length || *name == '/' || *name == '-') {
        return false;
    }
    (void)snprintf(path, sizeof path, "%s%s", folder, name);
    FILE *file = fopen(path, "rbe");
    bool known =
        file && fread(magic, 1, sizeof magic, file) == sizeof magic && memcmp(magic, "TZif", sizeof magic) == 0;
    if (file) {
        (void)fclose(file);
    }
    return known;
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
    if (!known_name(name)) {
        return false;
    }
    /* The one place where the process's own zone is changed: at start-up, before anything is read. */
    const char *kept = getenv("TZ");
    char *own = kept ? arena_string(arena, kept) : NULL;
    char rule[NAME_LIMIT + 2];
    (void)snprintf(rule, sizeof rule, ":%s", name);
    if (setenv("TZ", rule, 1) != 0) {
        return false;
    }
    tzset();
    struct zone *zone = arena_zero(arena, sizeof *zone);
    compile(arena, zone);
    if (own) {
        (void)setenv("TZ", own, 1);
    } else {
        (void)unsetenv("TZ");
    }
    tzset();
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
