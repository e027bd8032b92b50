/* Days, instants and calendars (FACTS 1, 9; CATALOGUE-A 11.4). */
#include "base/arena.h"
#include "xpath/house.h"

#include <string.h>

enum { DAYS_LIMIT = 4000000 }; /* ten thousand years: days beyond it are nobody's */

static struct value day_value(struct evaluation *e, int32_t day) {
    char text[MOMENT_TEXT];
    return value_string(arena_copy(e->arena, text, day_print(day, text)));
}

static struct value now_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)arguments, (void)count;
    return e->host->now_text ? value_string(e->host->now_text) : value_unknown(missing_named(e, "the run's clock"));
}

static struct value date_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct moment moment;
    struct value unknown;
    const struct zone *zone;
    if (!argument_moment(e, &arguments[0], &moment, &unknown)) {
        return unknown;
    }
    if (moment.is_day) {
        return value_string(argument_text(e, &arguments[0]));
    }
    bool placed = count > 1 && !value_is_absent(&arguments[1]);
    bool known = placed ? place_zone(e, arguments[1].text, &zone, &unknown)
                        : acting_zone(e, argument_fact(&arguments[0]), &zone, &unknown);
    return known ? day_value(e, moment_day(&moment, zone)) : unknown;
}

/* ---- Order ------------------------------------------------------------------------------------------ */

enum { DAY_SECONDS = 86400 };

/* An instant later by a duration: months by the calendar, the rest as seconds. False: beyond all calendars. */
static bool later_by(int64_t instant, const struct duration *duration, int64_t *out) {
    int64_t day = instant / DAY_SECONDS - (instant % DAY_SECONDS < 0);
    int64_t time = instant - day * DAY_SECONDS;
    if (day > DAYS_LIMIT || day < -DAYS_LIMIT || duration->months > DAYS_LIMIT / 31) {
        return false;
    }
    day = day_add_months((int32_t)day, duration->months);
    return !__builtin_add_overflow(day * DAY_SECONDS + time, duration->seconds, out);
}

static struct value before_days(struct evaluation *e, const struct value *arguments) {
    int32_t a, b;
    struct value unknown;
    if (!argument_day(e, &arguments[0], &a, &unknown) || !argument_day(e, &arguments[1], &b, &unknown)) {
        return unknown;
    }
    return value_boolean(a < b);
}

/* Earlier by more than the skew; with a negative one ("-PT24H") earlier, or later by less than that. */
static struct value before_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct moment a, b;
    struct value unknown;
    struct duration skew = {0};
    int64_t bound;
    if (!argument_moment(e, &arguments[0], &a, &unknown) || !argument_moment(e, &arguments[1], &b, &unknown)) {
        return unknown;
    }
    if (a.is_day || b.is_day) {
        return before_days(e, arguments);
    }
    const char *text = count > 2 ? arguments[2].text : NULL;
    bool back = text && *text == '-';
    if (text && !duration_read(text + back, &skew)) {
        return value_unknown(missing_named(e, "a duration, not %s", text));
    }
    if (!later_by(back ? b.at : a.at, &skew, &bound)) {
        return value_unknown(missing_named(e, "an instant of the calendar"));
    }
    return value_boolean(back ? a.at < bound : bound < b.at);
}

static struct value days_of(struct evaluation *e, const struct value *arguments, size_t count) {
    int32_t from, to;
    struct value unknown;
    (void)count;
    if (!argument_day(e, &arguments[0], &from, &unknown) || !argument_day(e, &arguments[1], &to, &unknown)) {
        return unknown;
    }
    return value_integer((int64_t)to - from);
}

/* Each bound decides alone: what lies before from is not valid, whatever to would say. */
static struct value valid_of(struct evaluation *e, const struct value *arguments, size_t count) {
    int32_t from, to, day;
    struct value unknown;
    (void)count;
    if (!argument_day(e, &arguments[2], &day, &unknown)) {
        return unknown;
    }
    struct value from_unknown = value_boolean(true);
    if (!value_is_absent(&arguments[0])) {
        bool known = argument_day(e, &arguments[0], &from, &from_unknown);
        if (known && day < from) {
            return value_boolean(false);
        }
    }
    if (value_is_absent(&arguments[1])) {
        return value_unknown(arguments[1].nodes.missing);
    }
    if (!argument_day(e, &arguments[1], &to, &unknown)) {
        return unknown;
    }
    return day > to ? value_boolean(false) : from_unknown;
}

static struct value extreme(struct evaluation *e, const struct value *set, bool last) {
    const struct nodes *nodes = &set->nodes;
    struct fact **facts = arena_alloc(e->arena, (nodes->count + 1) * sizeof(struct fact *));
    struct fact *found;
    struct value unknown;
    for (size_t i = 0; i < nodes->count; i++) {
        if (nodes->items[i].maybe) {
            return value_unknown(nodes->missing);
        }
        facts[i] = nodes->items[i].fact;
    }
    return facts_extreme(e, facts, nodes->count, last, &found, &unknown) ? value_fact(e, found, nodes->missing)
                                                                         : unknown;
}

static struct value earliest_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)count;
    return extreme(e, &arguments[0], false);
}

static struct value latest_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)count;
    return extreme(e, &arguments[0], true);
}

/* ---- Periods ---------------------------------------------------------------------------------------- */

/* A day and a whole number of days or months from it. */
static bool read_period(struct evaluation *e, const struct value *arguments, int32_t *day, int32_t *number,
                        struct value *unknown) {
    int64_t whole;
    if (!argument_day(e, &arguments[0], day, unknown)) {
        return false;
    }
    if (!decimal_to_integer(&arguments[1].decimal, &whole) || whole > DAYS_LIMIT || whole < -DAYS_LIMIT) {
        *unknown = value_unknown(missing_named(e, "a whole number of days or months"));
        return false;
    }
    *number = (int32_t)whole;
    return true;
}

static struct value add_days_of(struct evaluation *e, const struct value *arguments, size_t count) {
    int32_t day, number;
    struct value unknown;
    (void)count;
    return read_period(e, arguments, &day, &number, &unknown) ? day_value(e, day + number) : unknown;
}

static struct value add_months_of(struct evaluation *e, const struct value *arguments, size_t count) {
    int32_t day, number;
    struct value unknown;
    (void)count;
    if (!read_period(e, arguments, &day, &number, &unknown)) {
        return unknown;
    }
    if (number > DAYS_LIMIT / 31 || number < -DAYS_LIMIT / 31) {
        return value_unknown(missing_named(e, "a day of the calendar"));
    }
    return day_value(e, day_add_months(day, number));
}

static struct value no_holidays(struct evaluation *e) {
    return value_unknown(missing_kind(e, "register:", "holiday"));
}

static struct value working_day(struct evaluation *e, const char *calendar, int32_t day) {
    int32_t out;
    enum register_state state = e->host->reference
                                    ? reference_working_day(e->host->reference, house_profile(e), calendar, day, &out)
                                    : REGISTER_MISSING;
    return state == REGISTER_AVAILABLE ? day_value(e, out) : no_holidays(e);
}

/* Where no calendar is named, the declaration's office has one. */
static struct value due_of(struct evaluation *e, const struct value *arguments, size_t count) {
    int32_t day, number;
    struct value unknown;
    if (!read_period(e, arguments, &day, &number, &unknown)) {
        return unknown;
    }
    const char *roll = house_policy(e, "period.rollForward");
    if (!roll || strcmp(roll, "true") != 0) {
        return day_value(e, day + number);
    }
    const char *calendar =
        count > 2 && !value_is_absent(&arguments[2]) ? arguments[2].text : fact_text(house_declaration(e), "office");
    if (!calendar) {
        return value_unknown(missing_below(e, e->dossier, "declaration/office"));
    }
    return working_day(e, calendar, day + number);
}

static struct value workdays_of(struct evaluation *e, const struct value *arguments, size_t count) {
    int32_t after, until, out;
    struct value unknown;
    (void)count;
    if (!argument_day(e, &arguments[0], &after, &unknown) || !argument_day(e, &arguments[1], &until, &unknown)) {
        return unknown;
    }
    enum register_state state = e->host->reference ? reference_working_days(e->host->reference, house_profile(e),
                                                                            arguments[2].text, after, until, &out)
                                                   : REGISTER_MISSING;
    return state == REGISTER_AVAILABLE ? value_integer(out) : no_holidays(e);
}

static struct value bank_day_of(struct evaluation *e, const struct value *arguments, size_t count) {
    int32_t day;
    struct value unknown;
    (void)count;
    if (!argument_day(e, &arguments[0], &day, &unknown)) {
        return unknown;
    }
    return working_day(e, arena_printf(e->arena, "bank:%s", arguments[1].text), day);
}

const struct function functions_time[] = {
    {.name = "tw:now", .takes = "", .returns = RETURNS_DATE, .body = now_of},
    {.name = "tw:date", .takes = "Vt", .min = 1, .returns = RETURNS_DATE, .body = date_of},
    {.name = "tw:before", .takes = "VVT", .min = 2, .returns = RETURNS_BOOLEAN, .body = before_of},
    {.name = "tw:days", .takes = "VV", .min = 2, .returns = RETURNS_INTEGER, .body = days_of},
    {.name = "tw:valid", .takes = "vvV", .min = 3, .returns = RETURNS_BOOLEAN, .body = valid_of},
    {.name = "tw:earliest", .takes = "n", .min = 1, .returns = RETURNS_ARGUMENT, .body = earliest_of},
    {.name = "tw:latest", .takes = "n", .min = 1, .returns = RETURNS_ARGUMENT, .body = latest_of},
    {.name = "tw:addDays", .takes = "VD", .min = 2, .returns = RETURNS_DATE, .body = add_days_of},
    {.name = "tw:addMonths", .takes = "VD", .min = 2, .returns = RETURNS_DATE, .body = add_months_of},
    {.name = "tw:due", .takes = "VDt", .min = 2, .returns = RETURNS_DATE, .body = due_of},
    {.name = "tw:workdays", .takes = "VVT", .min = 3, .returns = RETURNS_INTEGER, .body = workdays_of},
    {.name = "tw:bankDay", .takes = "VT", .min = 2, .returns = RETURNS_DATE, .body = bank_day_of},
    {0},
};
