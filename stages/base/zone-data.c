#include "base/zone-data.h"

#include "base/arena.h"
#include "base/time.h"

#include <string.h>

enum { HEADER = 44, COUNTS = 20, HOUR = 3600, DAY = 86400, LAST_WEEK = 5 };

struct window {
    int64_t from, to;
    struct zone_changes *changes;
};

static void add(struct window *w, int64_t at, int32_t offset) {
    struct zone_changes *changes = w->changes;
    struct zone_change *last = &changes->items[changes->count - 1];
    if (at <= w->from) {
        last->offset = offset;
    } else if (at <= w->to && offset != last->offset) {
        if (changes->count == changes->capacity) {
            changes->items = arena_grow(changes->arena, changes->items, &changes->capacity, sizeof *changes->items);
        }
        changes->items[changes->count++] = (struct zone_change){at, offset};
    }
}

/* ---- The yearly rule: "CET-1CEST,M3.5.0,M10.5.0/3" ---- */

struct rule_day {
    int month, week, weekday; /* week 5: the last; weekday 0: Sunday */
    int32_t seconds;          /* of local time, from midnight; may be negative, or beyond the day */
};

struct rule {
    int32_t standard, summer; /* seconds east of UTC */
    bool changes;
    struct rule_day begins, ends; /* of summer time */
};

static bool number(const char **at, int most, int *out) {
    const char *from = *at;
    for (*out = 0; **at >= '0' && **at <= '9' && *out <= most; (*at)++) {
        *out = *out * 10 + (**at - '0');
    }
    return *at > from && *out <= most;
}

/* "3", "-3:30": hours, minutes and seconds, with a sign. */
static bool span(const char **at, int32_t *out) {
    int parts[3] = {0};
    bool negative = **at == '-';
    *at += **at == '-' || **at == '+';
    bool good = number(at, 167, &parts[0]);
    for (int i = 1; good && i < 3 && **at == ':'; i++) {
        (*at)++;
        good = number(at, 59, &parts[i]);
    }
    int32_t seconds = parts[0] * HOUR + parts[1] * 60 + parts[2];
    *out = negative ? -seconds : seconds;
    return good;
}

static bool skip_name(const char **at) {
    const char *from = *at;
    if (**at == '<') {
        *at += strcspn(*at, ">");
        *at += **at == '>';
    } else {
        *at += strspn(*at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    }
    return *at > from;
}

static bool take(const char **at, char c) {
    bool there = **at == c;
    *at += there;
    return there;
}

/* The form that all zones use: a weekday of a month. */
static bool rule_day(const char **at, struct rule_day *day) {
    day->seconds = 2 * HOUR;
    return take(at, ',') && take(at, 'M') && number(at, 12, &day->month) && day->month > 0 && take(at, '.') &&
           number(at, LAST_WEEK, &day->week) && day->week > 0 && take(at, '.') && number(at, 6, &day->weekday) &&
           (!take(at, '/') || span(at, &day->seconds));
}

static bool read_rule(const char *text, struct rule *rule) {
    *rule = (struct rule){0};
    if (!*text) {
        return true; /* nothing is known beyond what is listed */
    }
    /* Its offsets count to the west. */
    if (!skip_name(&text) || !span(&text, &rule->standard)) {
        return false;
    }
    rule->standard = -rule->standard;
    rule->summer = rule->standard + HOUR;
    if (!*text) {
        return true;
    }
    rule->changes = true;
    if (!skip_name(&text)) {
        return false;
    }
    if (*text != ',') {
        if (!span(&text, &rule->summer)) {
            return false;
        }
        rule->summer = -rule->summer;
    }
    return rule_day(&text, &rule->begins) && rule_day(&text, &rule->ends) && !*text;
}

/* The instant in a year at which a clock that shows an offset is changed. */
static int64_t instant(const struct rule_day *day, int year, int32_t offset) {
    int32_t first = day_from(year, day->month, 1);
    int32_t next = day->month == 12 ? day_from(year + 1, 1, 1) : day_from(year, day->month + 1, 1);
    int32_t found = first + (day->weekday + 7 - day_of_week(first) % 7) % 7 + (day->week - 1) * 7;
    found -= found >= next ? 7 : 0;
    return (int64_t)found * DAY + day->seconds - offset;
}

static void apply(const struct rule *rule, int64_t listed, struct window *w) {
    int year, last, month, day;
    day_split((int32_t)((listed > w->from ? listed : w->from) / DAY), &year, &month, &day);
    day_split((int32_t)(w->to / DAY), &last, &month, &day);
    for (; rule->changes && year <= last; year++) {
        int64_t begins = instant(&rule->begins, year, rule->standard);
        int64_t ends = instant(&rule->ends, year, rule->summer);
        bool north = begins < ends;
        int64_t first = north ? begins : ends;
        int64_t second = north ? ends : begins;
        if (first > listed) {
            add(w, first, north ? rule->summer : rule->standard);
        }
        if (second > listed) {
            add(w, second, north ? rule->standard : rule->summer);
        }
    }
}

/* ---- The file ---- */

static uint64_t big_endian(const unsigned char *at, size_t width) {
    uint64_t value = 0;
    for (size_t i = 0; i < width; i++) {
        value = value << 8 | at[i];
    }
    return value;
}

/* One of the two blocks of data that a file has: times of four bytes, then the same in eight. */
struct block {
    const unsigned char *times, *kinds, *types;
    uint64_t count, type_count, size; /* size: with its header */
};

static bool read_block(const unsigned char *bytes, size_t length, size_t width, struct block *block) {
    uint64_t counts[6]; /* of UT marks, standard marks, leap seconds, transitions, types, characters */
    if (length < HEADER || memcmp(bytes, "TZif", 4) != 0) {
        return false;
    }
    for (size_t i = 0; i < 6; i++) {
        counts[i] = big_endian(bytes + COUNTS + i * 4, 4);
    }
    block->count = counts[3];
    block->type_count = counts[4];
    block->times = bytes + HEADER;
    block->size =
        HEADER + counts[3] * (width + 1) + counts[4] * 6 + counts[5] + counts[2] * (width + 4) + counts[1] + counts[0];
    if (block->size > length || block->type_count == 0) {
        return false;
    }
    block->kinds = block->times + block->count * width;
    block->types = block->kinds + block->count;
    return true;
}

static bool add_listed(const struct block *block, struct window *w, int64_t *listed) {
    *listed = INT64_MIN;
    for (uint64_t i = 0; i < block->count; i++) {
        if (block->kinds[i] >= block->type_count) {
            return false;
        }
        *listed = (int64_t)big_endian(block->times + i * 8, 8);
        add(w, *listed, (int32_t)big_endian(block->types + (size_t)block->kinds[i] * 6, 4));
    }
    return true;
}

bool zone_data_read(const unsigned char *bytes, size_t length, int64_t from, int64_t to, struct zone_changes *changes) {
    struct block narrow, wide;
    struct rule rule;
    int64_t listed;
    if (!read_block(bytes, length, 4, &narrow) ||
        !read_block(bytes + narrow.size, length - (size_t)narrow.size, 8, &wide)) {
        return false;
    }
    const char *text = (const char *)bytes + narrow.size + wide.size;
    const char *end = (const char *)bytes + length - 1;
    if (text >= end || *text != '\n' || *end != '\n' ||
        !read_rule(arena_copy(changes->arena, text + 1, (size_t)(end - text - 1)), &rule)) {
        return false;
    }
    changes->items = arena_grow(changes->arena, NULL, &changes->capacity, sizeof *changes->items);
    changes->items[0] = (struct zone_change){from, (int32_t)big_endian(wide.types, 4)};
    changes->count = 1;
    struct window window = {from, to, changes};
    if (!add_listed(&wide, &window, &listed)) {
        return false;
    }
    apply(&rule, listed, &window);
    return true;
}
