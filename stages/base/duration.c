#include "base/time.h"

/* One part of a duration, in the order in which they must stand. */
struct part {
    int64_t seconds;
    int32_t months;
    char designator;
    bool of_day; /* stands behind the T */
};

static const struct part parts[] = {
    {0, 12, 'Y', false},  {0, 1, 'M', false}, {604800, 0, 'W', false}, {86400, 0, 'D', false},
    {3600, 0, 'H', true}, {60, 0, 'M', true}, {1, 0, 'S', true},
};

enum { PARTS = sizeof parts / sizeof *parts };

/* Digits, at least one; what follows them, or NULL. */
static const char *read_count(const char *text, int64_t *count) {
    const char *start = text;
    for (*count = 0; *text >= '0' && *text <= '9'; text++) {
        if (__builtin_mul_overflow(*count, 10, count) || __builtin_add_overflow(*count, *text - '0', count)) {
            return NULL;
        }
    }
    return text > start ? text : NULL;
}

static bool add_part(struct duration *duration, const struct part *part, int64_t count) {
    int64_t seconds;
    int64_t months;
    return !__builtin_mul_overflow(part->seconds, count, &seconds) &&
           !__builtin_mul_overflow((int64_t)part->months, count, &months) &&
           !__builtin_add_overflow(duration->seconds, seconds, &duration->seconds) &&
           !__builtin_add_overflow(duration->months, months, &duration->months);
}

bool duration_read(const char *text, struct duration *out) {
    struct duration duration = {0};
    bool of_day = false;
    size_t next = 0;
    if (*text++ != 'P') {
        return false;
    }
    do {
        if (*text == 'T') {
            if (of_day) {
                return false;
            }
            of_day = true;
            text++;
        }
        int64_t count;
        text = read_count(text, &count);
        if (!text) {
            return false;
        }
        while (next < PARTS && (parts[next].designator != *text || parts[next].of_day != of_day)) {
            next++;
        }
        if (next == PARTS || !add_part(&duration, &parts[next], count)) {
            return false;
        }
        next++;
        text++;
    } while (*text);
    *out = duration;
    return true;
}
