#include "base/time.h"

#include <stdio.h>

enum {
    DAY_SECONDS = 86400,
    LATEST_OFFSET = 14 * 60, /* minutes; the limit of xs:dateTime */
    CYCLE_YEARS = 400,       /* the Gregorian calendar repeats after so many years, that is */
    CYCLE_DAYS = 146097,     /* so many days */
    EPOCH_DAYS = 719468      /* days from 0000-03-01 to 1970-01-01 */
};

static int64_t floor_divide(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

/* Years are counted from March, so that the leap day is the last of its year and a month's first day is
 * a straight line through its number. */
int32_t day_from(int year, int month, int day_of_month) {
    int64_t march_year = (int64_t)year - (month <= 2);
    int64_t march_month = (month + 9) % 12;
    int64_t cycle = floor_divide(march_year, CYCLE_YEARS);
    int64_t in_cycle = march_year - cycle * CYCLE_YEARS;
    int64_t days = in_cycle * 365 + in_cycle / 4 - in_cycle / 100 + (march_month * 153 + 2) / 5 + day_of_month - 1;
    return (int32_t)(cycle * CYCLE_DAYS + days - EPOCH_DAYS);
}

void day_split(int32_t day, int *year, int *month, int *day_of_month) {
    int64_t days = (int64_t)day + EPOCH_DAYS;
    int64_t cycle = floor_divide(days, CYCLE_DAYS);
    int64_t rest = days - cycle * CYCLE_DAYS;
    /* Leap days of the cycle taken out: one each 4 years (1460 days and it), not each 100, but at the end of all. */
    int64_t in_cycle = (rest - rest / 1460 + rest / 36524 - rest / (CYCLE_DAYS - 1)) / 365;
    int64_t day_of_year = rest - (in_cycle * 365 + in_cycle / 4 - in_cycle / 100);
    int64_t march_month = (day_of_year * 5 + 2) / 153;
    *day_of_month = (int)(day_of_year - (march_month * 153 + 2) / 5 + 1);
    *month = (int)((march_month + 2) % 12 + 1);
    *year = (int)(cycle * CYCLE_YEARS + in_cycle + (*month <= 2));
}

int day_of_week(int32_t day) {
    int64_t since_monday = (int64_t)day + 3; /* 1970-01-01 was a Thursday */
    return (int)(since_monday - floor_divide(since_monday, 7) * 7 + 1);
}

static int days_in_month(int year, int month) {
    return month == 12 ? 31 : day_from(year, month + 1, 1) - day_from(year, month, 1);
}

int32_t day_add_months(int32_t day, int months) {
    int year;
    int month;
    int day_of_month;
    day_split(day, &year, &month, &day_of_month);
    int64_t index = (int64_t)year * 12 + month - 1 + months;
    int64_t new_year = floor_divide(index, 12);
    int new_month = (int)(index - new_year * 12) + 1;
    int last = days_in_month((int)new_year, new_month);
    return day_from((int)new_year, new_month, day_of_month < last ? day_of_month : last);
}

/* Exactly count digits, then the sign after (none where it is NUL); returns what follows, NULL where it differs. */
static const char *read_number(const char *text, int count, char after, int *out) {
    if (!text) {
        return NULL;
    }
    *out = 0;
    for (int i = 0; i < count; i++, text++) {
        if (*text < '0' || *text > '9') {
            return NULL;
        }
        *out = *out * 10 + (*text - '0');
    }
    if (!after) {
        return text;
    }
    return *text == after ? text + 1 : NULL;
}

static const char *read_day(const char *text, int32_t *day) {
    int year;
    int month;
    int day_of_month;
    text = read_number(text, 4, '-', &year);
    text = read_number(text, 2, '-', &month);
    text = read_number(text, 2, '\0', &day_of_month);
    if (!text || year < 1 || month < 1 || month > 12 || day_of_month < 1 || day_of_month > days_in_month(year, month)) {
        return NULL;
    }
    *day = day_from(year, month, day_of_month);
    return text;
}

bool day_read(const char *text, int32_t *day) {
    const char *rest = read_day(text, day);
    return rest && *rest == '\0';
}

/* ":ss" and its fraction, where they are there. */
static const char *read_seconds(const char *text, int *second) {
    *second = 0;
    if (!text || *text != ':') {
        return text;
    }
    text = read_number(text + 1, 2, '\0', second);
    if (!text || *text != '.') {
        return text;
    }
    const char *digit = text + 1;
    while (*digit >= '0' && *digit <= '9') {
        digit++;
    }
    return digit > text + 1 ? digit : NULL;
}

/* "hh:mm[:ss[.f]]" as seconds of the day; 24:00 is the start of the next. */
static const char *read_clock(const char *text, int32_t *seconds) {
    int hour;
    int minute;
    int second;
    text = read_number(text, 2, ':', &hour);
    text = read_number(text, 2, '\0', &minute);
    text = read_seconds(text, &second);
    if (!text || minute > 59 || second > 59) {
        return NULL;
    }
    *seconds = (hour * 60 + minute) * 60 + second;
    return *seconds <= DAY_SECONDS ? text : NULL;
}

/* "±hh:mm" or "Z" to the end of the text, as seconds east of UTC. */
static bool read_offset(const char *text, int32_t *offset) {
    if (*text == 'Z') {
        *offset = 0;
        return text[1] == '\0';
    }
    if (*text != '+' && *text != '-') {
        return false;
    }
    int hour;
    int minute;
    const char *rest = read_number(text + 1, 2, ':', &hour);
    rest = read_number(rest, 2, '\0', &minute);
    if (!rest || *rest || minute > 59 || hour * 60 + minute > LATEST_OFFSET) {
        return false;
    }
    *offset = (hour * 60 + minute) * (*text == '-' ? -60 : 60);
    return true;
}

bool moment_read(const char *text, const struct zone *assumed, struct moment *out) {
    int32_t day;
    int32_t seconds;
    const char *rest = read_day(text, &day);
    if (!rest) {
        return false;
    }
    if (*rest == '\0') {
        *out = (struct moment){.at = day, .is_day = true};
        return true;
    }
    rest = *rest == 'T' ? read_clock(rest + 1, &seconds) : NULL;
    if (!rest) {
        return false;
    }
    int64_t local = (int64_t)day * DAY_SECONDS + seconds;
    struct moment moment = {.assumed = *rest == '\0'};
    if (moment.assumed) {
        moment.at = zone_to_utc(assumed, local);
        moment.offset = (int32_t)(local - moment.at);
    } else if (read_offset(rest, &moment.offset)) {
        moment.at = local - moment.offset;
    } else {
        return false;
    }
    *out = moment;
    return true;
}

size_t day_print(int32_t day, char text[MOMENT_TEXT]) {
    int year;
    int month;
    int day_of_month;
    day_split(day, &year, &month, &day_of_month);
    return (size_t)snprintf(text, MOMENT_TEXT, "%04d-%02d-%02d", year, month, day_of_month);
}

size_t moment_print(const struct moment *moment, char text[MOMENT_TEXT]) {
    if (moment->is_day) {
        return day_print((int32_t)moment->at, text);
    }
    int minutes = moment->offset / 60; /* local mean times of old have seconds, which no notation holds */
    int64_t local = moment->at + (int64_t)minutes * 60;
    int64_t day = floor_divide(local, DAY_SECONDS);
    int second = (int)(local - day * DAY_SECONDS);
    size_t length = day_print((int32_t)day, text);
    length += (size_t)snprintf(text + length, MOMENT_TEXT - length, "T%02d:%02d:%02d", second / 3600, second / 60 % 60,
                               second % 60);
    if (minutes == 0) {
        return length + (size_t)snprintf(text + length, MOMENT_TEXT - length, "Z");
    }
    int east = minutes < 0 ? -minutes : minutes;
    return length + (size_t)snprintf(text + length, MOMENT_TEXT - length, "%c%02d:%02d", minutes < 0 ? '-' : '+',
                                     east / 60, east % 60);
}

int32_t moment_day(const struct moment *moment, const struct zone *zone) {
    if (moment->is_day) {
        return (int32_t)moment->at;
    }
    return (int32_t)floor_divide(moment->at + zone_offset(zone, moment->at), DAY_SECONDS);
}
