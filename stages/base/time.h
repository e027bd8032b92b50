/* Days, instants and zones.
 *
 * A moment is a day (no time known) or an instant (seconds since 1970-01-01T00:00:00Z). A dateTime written
 * without a zone is *assumed*: FACTS 1 gives it two readings, the office's local time and UTC; the caller
 * chooses a reading by the zone it passes to moment_read.
 * Zones are compiled once, at start-up, from the system's IANA data (tzdata): the transitions of 1970 to 2100; before
 * and after, the first and the last offset hold. They are read-only ever after.
 */
#ifndef TW_BASE_TIME_H
#define TW_BASE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct zone; /* an IANA zone, or a fixed offset; NULL is UTC */

struct moment {
    int64_t at;     /* an instant: seconds since 1970, UTC; a day: days since 1970-01-01 */
    int32_t offset; /* seconds east of UTC as written, for printing; 0 for days and Z */
    bool is_day;
    bool assumed; /* written without a zone */
};

enum { MOMENT_TEXT = 32 };

/* The zone of an IANA name ("Europe/Berlin") or offset ("+08:00", "Z"); NULL and false: no such zone. */
bool zone_open(struct arena *arena, const char *name, const struct zone **out);
int32_t zone_offset(const struct zone *zone, int64_t instant);       /* seconds east of UTC */
int64_t zone_to_utc(const struct zone *zone, int64_t local_seconds); /* in a gap or overlap: the earlier offset */

/* "YYYY-MM-DD", or "YYYY-MM-DDThh:mm[:ss[.f]]" with Z, ±hh:mm, or nothing (assumed: read in zone).
 * 24:00 is the start of the next day; fractions of a second are dropped. False: no such day or time. */
bool moment_read(const char *text, const struct zone *assumed, struct moment *out);
size_t moment_print(const struct moment *moment, char text[MOMENT_TEXT]);

/* The local day (days since 1970) of a moment in a zone; a day stays what it is. */
int32_t moment_day(const struct moment *moment, const struct zone *zone);

bool day_read(const char *text, int32_t *day); /* exactly YYYY-MM-DD */
size_t day_print(int32_t day, char text[MOMENT_TEXT]);
int32_t day_from(int year, int month, int day_of_month); /* proleptic Gregorian, no checks */
void day_split(int32_t day, int *year, int *month, int *day_of_month);
int day_of_week(int32_t day);                    /* ISO: Monday 1 … Sunday 7 */
int32_t day_add_months(int32_t day, int months); /* same day number, else the last of that month */

/* ISO 8601 durations: "PT15M", "P1D", "P3Y". Months and years are kept apart from seconds. Whole numbers, in
 * order, without a sign; false for all else. */
struct duration {
    int64_t seconds;
    int32_t months;
};
bool duration_read(const char *text, struct duration *out);

#endif
