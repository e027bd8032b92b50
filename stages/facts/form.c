#include "facts/form.h"

#include "base/arena.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST_NUMBER = 128, MONTHS = 12 };

/* Codes of UNCL 2379 that dialects use. */
static const struct {
    const char *code, *pattern;
} time_codes[] = {
    {"102", "YYYYMMDD"},      {"203", "YYYYMMDDhhmm"},    {"204", "YYYYMMDDhhmmss"},
    {"205", "YYYYMMDDhhmmz"}, {"304", "YYYYMMDDhhmmssz"},
};

/* Pieces of a pattern; the longer of two that begin alike stands first. */
static const char *const pieces[] = {"YYYY", "YY", "MM", "DD", "M", "D", "hh", "mm", "ss", "ff", "z"};
enum piece { YYYY, YY, MM, DD, M, D, HOUR, MINUTE, SECOND, FRACTION, ZONE, LITERAL };
enum { PIECES = LITERAL };

static enum piece piece_at(const char *pattern) {
    for (int i = 0; i < PIECES; i++) {
        if (strncmp(pattern, pieces[i], strlen(pieces[i])) == 0) {
            return (enum piece)i;
        }
    }
    return LITERAL;
}

static bool has_day(const char *pattern) {
    bool found[3] = {false, false, false};
    while (*pattern) {
        enum piece piece = piece_at(pattern);
        found[0] = found[0] || piece == YYYY || piece == YY;
        found[1] = found[1] || piece == MM || piece == M;
        found[2] = found[2] || piece == DD || piece == D;
        if (piece == LITERAL && isalpha((unsigned char)*pattern) && *pattern != 'T') {
            return false;
        }
        pattern += piece == LITERAL ? 1 : strlen(pieces[piece]);
    }
    return found[0] && found[1] && found[2];
}

static const char *pattern_for(struct arena *arena, const char *word, size_t length) {
    for (size_t i = 0; i < sizeof time_codes / sizeof *time_codes; i++) {
        if (strlen(time_codes[i].code) == length && strncmp(word, time_codes[i].code, length) == 0) {
            return time_codes[i].pattern;
        }
    }
    const char *pattern = arena_copy(arena, word, length);
    return strcmp(pattern, "iso") == 0 || has_day(pattern) ? pattern : NULL;
}

const struct form *form_new(struct arena *arena, const char *text) {
    struct form *form = arena_zero(arena, sizeof *form);
    form->text = arena_string(arena, text);
    if (strcmp(text, "comma") == 0 || strcmp(text, "grouped") == 0) {
        form->kind = *text == 'c' ? FORM_COMMA : FORM_GROUPED;
        return form;
    }
    size_t count = 0;
    size_t capacity = 0;
    const char **patterns = NULL;
    while (*text) {
        size_t length = strcspn(text, " ");
        if (length) {
            if (count == capacity) {
                patterns = arena_grow(arena, patterns, &capacity, sizeof *patterns);
            }
            patterns[count] = pattern_for(arena, text, length);
            if (!patterns[count++]) {
                return NULL;
            }
        }
        text += length + (text[length] == ' ');
    }
    form->patterns = patterns;
    form->count = count;
    return count ? form : NULL;
}

/* Between least and most digits as a number; moves text behind them. */
static bool digits(const char **text, int least, int most, int *out) {
    int count = 0;
    *out = 0;
    while (count < most && isdigit((unsigned char)(*text)[count])) {
        *out = *out * 10 + ((*text)[count] - '0');
        count++;
    }
    *text += count;
    return count >= least;
}

/* "Z", "+hh:mm", "+hhmm", "+hh". */
static bool zone(const char **text, struct written_time *out) {
    out->zone = true;
    if (**text == 'Z') {
        (*text)++;
        return true;
    }
    int sign = **text == '+' ? 1 : -1;
    if (**text != '+' && **text != '-') {
        return false;
    }
    (*text)++;
    int hours;
    int minutes = 0;
    if (!digits(text, 2, 2, &hours)) {
        return false;
    }
    if (**text == ':') {
        (*text)++;
        if (!digits(text, 2, 2, &minutes)) {
            return false;
        }
    } else if (isdigit((unsigned char)**text) && !digits(text, 2, 2, &minutes)) {
        return false;
    }
    out->offset = sign * (hours * 60 + minutes);
    return hours <= 14 && minutes < 60;
}

static bool read_piece(enum piece piece, const char **text, struct written_time *out) {
    int number;
    switch (piece) {
    case YYYY:
        return digits(text, 4, 4, &out->year);
    case YY:
        if (!digits(text, 2, 2, &out->year)) {
            return false;
        }
        out->year += out->year >= 80 ? 1900 : 2000;
        return true;
    case MM:
        return digits(text, 2, 2, &out->month);
    case M:
        return digits(text, 1, 2, &out->month);
    case DD:
        return digits(text, 2, 2, &out->day);
    case D:
        return digits(text, 1, 2, &out->day);
    case HOUR:
        return digits(text, 2, 2, &out->hour);
    case MINUTE:
        return digits(text, 2, 2, &out->minute);
    case SECOND:
        return digits(text, 2, 2, &out->second);
    case FRACTION:
        return digits(text, 2, 2, &number);
    default:
        return zone(text, out);
    }
}

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool is_sound(const struct written_time *time) {
    static const int days[MONTHS + 1] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (time->year < 1 || time->month < 1 || time->month > MONTHS || time->day < 1) {
        return false;
    }
    int last = days[time->month] + (time->month == 2 && is_leap(time->year));
    return time->day <= last && time->hour <= 23 && time->minute <= 59 && time->second <= 60;
}

static const struct written_time nothing = {.year = -1, .month = -1, .day = -1, .hour = -1, .minute = -1, .second = -1};

static bool read_pattern(const char *pattern, const char *text, struct written_time *out) {
    *out = nothing;
    while (*pattern) {
        enum piece piece = piece_at(pattern);
        if (piece == LITERAL) {
            if (*text != *pattern) {
                return false;
            }
            text++;
            pattern++;
        } else if (read_piece(piece, &text, out)) {
            pattern += strlen(pieces[piece]);
        } else {
            return false;
        }
    }
    return !*text && is_sound(out);
}

/* ISO 8601 as XML Schema has it: a day, perhaps with a zone; or a day and a time, with or without seconds, their
 * fraction, and a zone. */
static bool read_iso(const char *text, struct written_time *out) {
    *out = nothing;
    bool good = digits(&text, 4, 4, &out->year) && *text++ == '-' && digits(&text, 2, 2, &out->month) &&
                *text++ == '-' && digits(&text, 2, 2, &out->day);
    if (!good) {
        return false;
    }
    if (*text == 'T') {
        text++;
        if (!digits(&text, 2, 2, &out->hour) || *text++ != ':' || !digits(&text, 2, 2, &out->minute)) {
            return false;
        }
        if (*text == ':') {
            text++;
            if (!digits(&text, 2, 2, &out->second)) {
                return false;
            }
            if (*text == '.') {
                text++;
                size_t fraction = strspn(text, "0123456789");
                text += fraction;
                good = fraction > 0;
            }
        }
    }
    if (good && *text) {
        good = zone(&text, out);
    }
    return good && !*text && is_sound(out);
}

static bool read_one(const char *pattern, const char *text, struct written_time *out) {
    return strcmp(pattern, "iso") == 0 ? read_iso(text, out) : read_pattern(pattern, text, out);
}

bool form_read_time(const struct form *form, const char *text, struct written_time *out, struct written_time *other) {
    *other = nothing;
    if (!form) {
        return read_iso(text, out);
    }
    bool found = false;
    for (size_t i = 0; i < form->count; i++) {
        struct written_time read;
        if (!read_one(form->patterns[i], text, &read)) {
            continue;
        }
        if (!found) {
            *out = read;
            found = true;
        } else if (read.year != out->year || read.month != out->month || read.day != out->day) {
            *other = read;
            return true;
        }
    }
    return found;
}

/* A number in as many digits, and what stands behind it. */
static char *put(char *at, int number, int width, char behind) {
    for (int i = width; i-- > 0; number /= 10) {
        at[i] = (char)('0' + number % 10);
    }
    at[width] = behind;
    return at + width + 1;
}

static char *put_day(char *at, const struct written_time *time, char behind) {
    at = put(at, time->year, 4, '-');
    at = put(at, time->month, 2, '-');
    return put(at, time->day, 2, behind);
}

const char *time_as_day(struct arena *arena, const struct written_time *time) {
    char text[sizeof "2026-03-09"];
    put_day(text, time, '\0');
    return arena_copy(arena, text, sizeof text - 1);
}

const char *time_as_instant(struct arena *arena, const struct written_time *time, const char *zone_text) {
    if (time->hour < 0) {
        return time_as_day(arena, time);
    }
    char text[sizeof "2026-03-09T08:00:00"];
    char written[] = "+00:00";
    char *at = put_day(text, time, 'T');
    at = put(at, time->hour, 2, ':');
    at = put(at, time->minute < 0 ? 0 : time->minute, 2, ':');
    put(at, time->second < 0 ? 0 : time->second, 2, '\0');
    if (time->zone) {
        int minutes = time->offset < 0 ? -time->offset : time->offset;
        put(put(written + 1, minutes / 60, 2, ':'), minutes % 60, 2, '\0');
        written[0] = time->offset < 0 ? '-' : '+';
        zone_text = minutes ? written : "Z";
    }
    size_t length = zone_text ? strlen(zone_text) : 0;
    char *made = arena_alloc(arena, sizeof text + length);
    memcpy(made, text, sizeof text);
    memcpy(made + sizeof text - 1, zone_text ? zone_text : "", length + 1);
    return made;
}

/* Groups of three digits behind the first comma, none before it but one to three. */
static bool is_grouped(const char *text) {
    size_t first = strspn(text, "0123456789");
    text += first;
    bool grouped = *text == ',';
    if (grouped && (first < 1 || first > 3)) {
        return false;
    }
    while (*text == ',') {
        if (strspn(text + 1, "0123456789") != 3) {
            return false;
        }
        text += 4;
    }
    return !strchr(text, ',');
}

bool form_read_decimal(const struct form *form, const char *text, struct decimal *out) {
    char plain[LONGEST_NUMBER];
    size_t length = 0;
    bool negative = *text == '-';
    text += *text == '-' || *text == '+';
    if (form && form->kind == FORM_GROUPED && !is_grouped(text)) {
        return false;
    }
    bool point = false;
    for (; *text; text++) {
        if (length + 2 >= sizeof plain) {
            return false;
        }
        char c = *text;
        if (form && form->kind == FORM_GROUPED && c == ',') {
            continue;
        }
        if (form && form->kind == FORM_COMMA && (c == ',' || c == '.')) {
            if (c == '.') {
                return false;
            }
            c = '.';
        }
        if (c == '.') {
            if (point) {
                return false;
            }
            point = true;
            if (!length) {
                plain[length++] = '0';
            }
        } else if (!isdigit((unsigned char)c)) {
            return false;
        }
        plain[length++] = c;
    }
    if (length && plain[length - 1] == '.') {
        length--;
    }
    if (!decimal_parse(plain, length, out)) {
        return false;
    }
    out->negative = negative && !decimal_is_zero(out);
    return true;
}
