/* Working days: register holiday, and policy calendar.weekend for the days of the week. */

#include "base/arena.h"
#include "base/time.h"
#include "reference/inside.h"
#include "tree/fact.h"

#include <string.h>

static const char bank_prefix[] = "bank:";

enum { CALENDAR_BYTES = 32, LONGEST_REST = 400 };

/* What the register says of a day in one calendar: NULL nothing, else rest, bank or working. */
static const char *kind_of_day(const struct reference *reference, struct arena *arena, const char *calendar,
                               int32_t day) {
    char text[MOMENT_TEXT];
    struct answer answer;

    day_print(day, text);
    answer = find_rows(reference, arena, "holiday", 0, (const char *const[]){calendar, text}, 2, ANY_DAY);
    return answer.count == 0 ? NULL : fact_text(answer.rows[0], "kind");
}

/* The calendar of the country: of an office that of its row, else its first two letters, four digits being China;
 * of "bank:DEHAM" it is "bank:DE". "": none. */
static void country_calendar(const struct reference *reference, struct arena *arena, const char *calendar,
                             char out[CALENDAR_BYTES]) {
    size_t prefix = strncmp(calendar, bank_prefix, sizeof bank_prefix - 1) == 0 ? sizeof bank_prefix - 1 : 0;
    const char *place = calendar + prefix;
    struct answer office = reference_office(reference, arena, place, ANY_DAY);
    const char *country = office.count == 0 ? NULL : fact_text(office.rows[0], "country");

    memcpy(out, calendar, prefix);
    out[prefix] = '\0';
    if (country == NULL && strlen(place) >= 2) {
        country = strspn(place, "0123456789") == 4 && place[4] == '\0' ? "CN" : place;
    }
    if (country == NULL || strlen(country) < 2) {
        out[0] = '\0';
        return;
    }
    memcpy(out + prefix, country, 2);
    out[prefix + 2] = '\0';
}

static bool is_weekend(const struct reference *reference, enum policy_profile profile, const char *calendar,
                       int32_t day) {
    struct setting days = policy_value(reference->policy, profile, "calendar.weekend", calendar);

    return days.value != NULL && strchr(days.value, '0' + day_of_week(day)) != NULL;
}

static bool is_rest(const struct reference *reference, struct arena *arena, enum policy_profile profile,
                    const char *calendar, int32_t day) {
    char country[CALENDAR_BYTES];
    const char *kind = kind_of_day(reference, arena, calendar, day);

    if (kind == NULL) {
        country_calendar(reference, arena, calendar, country);
        kind = country[0] == '\0' ? NULL : kind_of_day(reference, arena, country, day);
    }
    return kind == NULL ? is_weekend(reference, profile, calendar, day) : strcmp(kind, "working") != 0;
}

enum register_state reference_rest_day(const struct reference *reference, enum policy_profile profile,
                                       const char *calendar, int32_t day, bool *rest) {
    enum register_state state = reference_table(reference, "holiday")->state;
    struct arena *arena;

    if (state == REGISTER_AVAILABLE) {
        arena = arena_new();
        *rest = is_rest(reference, arena, profile, calendar, day);
        arena_free(arena);
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
    bool rest = false;

    for (int32_t day = first + 1; state == REGISTER_AVAILABLE && day <= last; day++) {
        state = reference_rest_day(reference, profile, calendar, day, &rest);
        count += !rest;
    }
    *out = after <= until ? count : -count;
    return state;
}
