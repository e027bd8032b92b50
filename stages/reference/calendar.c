/* Working days: register holiday, and policy calendar.weekend for the days of the week. */

#include "base/time.h"
#include "reference/inside.h"
#include "tree/fact.h"

#include <string.h>

static const char bank_prefix[] = "bank:";

enum { CALENDAR_BYTES = 16, LONGEST_REST = 400, LONGEST_SPAN = 36525 };

/* What the register says of a day in one calendar: NULL nothing, else rest, bank or working. */
static const char *kind_of_day(const struct reference *reference, const char *calendar, int32_t day) {
    char text[MOMENT_TEXT];

    day_print(day, text);
    return fact_text(
        table_first(reference_table(reference, "holiday"), 0, (const char *const[]){calendar, text}, 2, ANY_DAY),
        "kind");
}

/* The calendar of the country: of an office that of its row, else its first two letters, four digits being China;
 * of "bank:DEHAM" it is "bank:DE". "": none. */
static void country_calendar(const struct reference *reference, const char *calendar, char out[CALENDAR_BYTES]) {
    size_t prefix = strncmp(calendar, bank_prefix, sizeof bank_prefix - 1) == 0 ? sizeof bank_prefix - 1 : 0;
    const char *place = calendar + prefix;
    const char *country =
        fact_text(table_first(reference_table(reference, "office"), 0, &place, 1, ANY_DAY), "country");

    if (country == NULL) {
        country = strspn(place, "0123456789") == 4 && place[4] == '\0' ? "CN" : place;
    }
    out[0] = '\0';
    if (strlen(country) >= 2) {
        memcpy(out, calendar, prefix);
        memcpy(out + prefix, country, 2);
        out[prefix + 2] = '\0';
    }
}

/* The days of the week on which the calendar rests: its own, its country's, or everyone's. */
static const char *weekend(const struct reference *reference, enum policy_profile profile, const char *calendar,
                           const char *country) {
    static const char name[] = "calendar.weekend";
    struct setting days = policy_entry(reference->policy, profile, name, calendar);

    if (days.origin == NULL) {
        days = policy_value(reference->policy, profile, name, country);
    }
    return days.value == NULL ? "" : days.value;
}

static bool is_rest(const struct reference *reference, enum policy_profile profile, const char *calendar, int32_t day) {
    char country[CALENDAR_BYTES];
    const char *kind = kind_of_day(reference, calendar, day);

    country_calendar(reference, calendar, country);
    if (kind == NULL) {
        kind = kind_of_day(reference, country, day);
    }
    if (kind != NULL) {
        return strcmp(kind, "working") != 0;
    }
    return strchr(weekend(reference, profile, calendar, country), '0' + day_of_week(day)) != NULL;
}

enum register_state reference_rest_day(const struct reference *reference, enum policy_profile profile,
                                       const char *calendar, int32_t day, bool *rest) {
    enum register_state state = reference_table(reference, "holiday")->state;

    if (state == REGISTER_AVAILABLE) {
        *rest = is_rest(reference, profile, calendar, day);
    }
    return state;
}

enum register_state reference_working_day(const struct reference *reference, enum policy_profile profile,
                                          const char *calendar, int32_t day, int32_t *out) {
    enum register_state state = REGISTER_AVAILABLE;
    bool rest = true;

    /* A calendar in which no day works is a mistake of its register: the day itself is as good as any. */
    for (*out = day; *out - day < LONGEST_REST; (*out)++) {
        state = reference_rest_day(reference, profile, calendar, *out, &rest);
        if (state != REGISTER_AVAILABLE || !rest) {
            return state;
        }
    }
    *out = day;
    return state;
}

enum register_state reference_working_days(const struct reference *reference, enum policy_profile profile,
                                           const char *calendar, int32_t after, int32_t until, int32_t *out) {
    enum register_state state = reference_table(reference, "holiday")->state;
    int32_t first = after < until ? after : until, last = after < until ? until : after;
    int32_t count = 0;

    if ((int64_t)last - first > LONGEST_SPAN) {
        return REGISTER_MISSING;
    }
    for (int32_t day = first + 1; state == REGISTER_AVAILABLE && day <= last; day++) {
        count += !is_rest(reference, profile, calendar, day);
    }
    *out = after <= until ? count : -count;
    return state;
}
