#include "base/arena.h"
#include "base/time.h"

#include <unicode/ucal.h>

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

static const int64_t first_instant = -2208988800; /* 1900-01-01 */
static const int64_t last_instant = 4133980799;   /* 2100-12-31T23:59:59 */

enum { NAME_LIMIT = 64, MILLISECONDS = 1000 };

/* ICU's dates are floating numbers of milliseconds. They are turned into whole seconds here and nowhere else;
 * every second of these two centuries is exact in them. */
static UDate to_icu(int64_t instant) {
    return (UDate)(instant * MILLISECONDS);
}

static int64_t from_icu(UDate date) {
    return (int64_t)date / MILLISECONDS;
}

static int32_t offset_at(UCalendar *calendar, int64_t instant, UErrorCode *status) {
    ucal_setMillis(calendar, to_icu(instant), status);
    int32_t standard = ucal_get(calendar, UCAL_ZONE_OFFSET, status);
    int32_t summer = ucal_get(calendar, UCAL_DST_OFFSET, status);
    return (standard + summer) / MILLISECONDS;
}

static void add_transition(struct arena *arena, struct zone *zone, size_t *capacity, int64_t at, int32_t offset) {
    int32_t before = zone->count ? zone->transitions[zone->count - 1].offset : zone->first_offset;
    if (offset == before) {
        return; /* the name or the law changed, the clock did not */
    }
    if (zone->count == *capacity) {
        zone->transitions = arena_grow(arena, zone->transitions, capacity, sizeof *zone->transitions);
    }
    /* Local times of a gap or an overlap are read with the offset before it. */
    int64_t local = at + (offset > before ? offset : before);
    zone->transitions[zone->count++] = (struct transition){.at = at, .local = local, .offset = offset};
}

static void compile(struct arena *arena, struct zone *zone, UCalendar *calendar, UErrorCode *status) {
    size_t capacity = 0;
    int64_t at = first_instant;
    zone->first_offset = offset_at(calendar, at, status);
    for (;;) {
        UDate next;
        ucal_setMillis(calendar, to_icu(at), status);
        bool any = ucal_getTimeZoneTransitionDate(calendar, UCAL_TZ_TRANSITION_NEXT, &next, status);
        if (!any || U_FAILURE(*status) || from_icu(next) > last_instant) {
            return;
        }
        at = from_icu(next);
        add_transition(arena, zone, &capacity, at, offset_at(calendar, at, status));
    }
}

/* The name in UTF-16, if it is one of the IANA data; its length, or 0. */
static int32_t known_name(const char *name, UChar wide[NAME_LIMIT]) {
    size_t length = strlen(name);
    if (length == 0 || length >= NAME_LIMIT || strcmp(name, "Etc/Unknown") == 0) {
        return 0;
    }
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)name[i] > 127) {
            return 0;
        }
        wide[i] = (UChar)name[i];
    }
    UChar canonical[NAME_LIMIT];
    UBool of_system = false;
    UErrorCode status = U_ZERO_ERROR;
    ucal_getCanonicalTimeZoneID(wide, (int32_t)length, canonical, NAME_LIMIT, &of_system, &status);
    return U_SUCCESS(status) && of_system ? (int32_t)length : 0;
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
    UChar wide[NAME_LIMIT];
    if (fixed_offset(name, &offset)) {
        if (offset) {
            struct zone *zone = arena_zero(arena, sizeof *zone);
            zone->first_offset = offset;
            *out = zone;
        }
        return true;
    }
    int32_t length = known_name(name, wide);
    if (!length) {
        return false;
    }
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *calendar = ucal_open(wide, length, "en", UCAL_GREGORIAN, &status);
    if (U_FAILURE(status)) {
        return false;
    }
    struct zone *zone = arena_zero(arena, sizeof *zone);
    compile(arena, zone, calendar, &status);
    ucal_close(calendar);
    if (U_FAILURE(status)) {
        return false;
    }
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
