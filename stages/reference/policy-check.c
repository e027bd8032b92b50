/* Values of policy parameters against their types and ranges. */

#include "base/arena.h"
#include "base/decimal.h"
#include "base/time.h"
#include "reference/policy-inside.h"

#include <string.h>

static const char *const rounding_modes[] = {"half-up", "half-even", "down", "up", NULL};

bool policy_has_parts(enum policy_type type) {
    return type == POLICY_INTEGER_RANGE || type == POLICY_DECIMAL_RANGE || type == POLICY_ROUNDING;
}

const char *policy_part(struct arena *arena, enum policy_type type, const char *value, const char *part) {
    bool rounding = type == POLICY_ROUNDING;
    size_t length = strcspn(value, rounding ? " " : "-");
    bool first = strcmp(part, rounding ? "places" : "low") == 0;

    if (!first && strcmp(part, rounding ? "mode" : "high") != 0) {
        return NULL;
    }
    return first ? arena_copy(arena, value, length) : value + length + (value[length] != '\0');
}

/* ---- types ---- */

static bool is_word(const char *words, const char *word) {
    size_t length = strlen(word);

    while (*words != '\0') {
        size_t own = strcspn(words, ", ");
        if (own == length && strncmp(words, word, length) == 0) {
            return true;
        }
        words += own;
        words += strspn(words, ", ");
    }
    return false;
}

static bool is_one_of(const char *const *words, const char *word) {
    while (*words != NULL && strcmp(*words, word) != 0) {
        words++;
    }
    return *words != NULL;
}

static bool is_number(const char *value, bool whole) {
    struct decimal number;

    return decimal_parse(value, strlen(value), &number) && (!whole || number.scale == 0);
}

/* The codes behind "c" or "table c". */
static const char *codes_of(const struct parameter *parameter) {
    const char *text = parameter->type_text + (parameter->type == POLICY_TABLE_CODE ? strlen("table c") : strlen("c"));

    return text + strspn(text, " ");
}

static const char *wrong_code(struct arena *arena, const char *codes, const char *value) {
    return is_word(codes, value) ? NULL : arena_printf(arena, "\"%s\" is none of %s", value, codes);
}

static const char *wrong_number(struct arena *arena, const char *value, bool whole) {
    return is_number(value, whole) ? NULL
                                   : arena_printf(arena, "\"%s\" is not a %s", value,
                                                  whole ? "whole number" : "decimal (no unit, no grouping)");
}

static const char *wrong_duration(struct arena *arena, const char *value) {
    struct duration duration;

    return duration_read(value, &duration) ? NULL
                                           : arena_printf(arena, "\"%s\" is not a duration (PT15M, P1D, P3Y)", value);
}

static const char *wrong_day(struct arena *arena, const char *value) {
    int32_t day;

    return day_read(value, &day) ? NULL : arena_printf(arena, "\"%s\" is not a day (YYYY-MM-DD)", value);
}

/* LOW-HIGH, both of them numbers, in this order. */
static const char *wrong_pair(struct arena *arena, const char *value, bool whole) {
    const char *low = policy_part(arena, POLICY_DECIMAL_RANGE, value, "low");
    const char *high = policy_part(arena, POLICY_DECIMAL_RANGE, value, "high");
    struct decimal from, to;

    if (!is_number(low, whole) || !is_number(high, whole)) {
        return arena_printf(arena, "\"%s\" is not a range LOW-HIGH", value);
    }
    decimal_parse(low, strlen(low), &from);
    decimal_parse(high, strlen(high), &to);
    return decimal_compare(&from, &to) <= 0 ? NULL : arena_printf(arena, "\"%s\" ends before it begins", value);
}

static const char *wrong_rounding(struct arena *arena, const char *value) {
    const char *places = policy_part(arena, POLICY_ROUNDING, value, "places");

    return is_number(places, true) && is_one_of(rounding_modes, policy_part(arena, POLICY_ROUNDING, value, "mode"))
               ? NULL
               : arena_printf(arena, "\"%s\" is not PLACES MODE (2 half-up; half-even, down, up)", value);
}

static const char *wrong_type(struct arena *arena, const struct parameter *parameter, const char *value) {
    switch (parameter->type) {
    case POLICY_DURATION:
    case POLICY_TABLE_DURATION:
        return wrong_duration(arena, value);
    case POLICY_INTEGER:
    case POLICY_TABLE_INTEGER:
        return wrong_number(arena, value, true);
    case POLICY_DECIMAL:
    case POLICY_PERCENT:
    case POLICY_AMOUNT:
    case POLICY_TABLE_AMOUNT:
        return wrong_number(arena, value, false);
    case POLICY_INTEGER_RANGE:
    case POLICY_DECIMAL_RANGE:
        return wrong_pair(arena, value, parameter->type == POLICY_INTEGER_RANGE);
    case POLICY_BOOLEAN:
        return wrong_code(arena, "true, false", value);
    case POLICY_CODE:
    case POLICY_TABLE_CODE:
        return wrong_code(arena, codes_of(parameter), value);
    case POLICY_ROUNDING:
        return wrong_rounding(arena, value);
    case POLICY_TABLE_DATE:
        return wrong_day(arena, value);
    case POLICY_LIST:
    case POLICY_TABLE_LIST:
        return NULL;
    }
    return NULL;
}

/* ---- ranges ---- */

static bool is_beyond(const char *bound, const struct decimal *number, int side) {
    struct decimal limit;

    return *bound != '\0' && decimal_parse(bound, strlen(bound), &limit) && decimal_compare(number, &limit) == side;
}

/* A range is LOW..HIGH, either of them open. */
static const char *outside(struct arena *arena, const char *range, const char *value) {
    const char *dots = strstr(range, "..");
    struct decimal number;

    if (dots == NULL || !decimal_parse(value, strlen(value), &number)) {
        return NULL;
    }
    if (is_beyond(arena_copy(arena, range, (size_t)(dots - range)), &number, -1) || is_beyond(dots + 2, &number, 1)) {
        return arena_printf(arena, "%s is outside %s", value, range);
    }
    return NULL;
}

static const char *wrong_part(struct arena *arena, const struct parameter *parameter, const char *key,
                              const char *value) {
    if (policy_part(arena, parameter->type, "", key) == NULL) {
        return arena_printf(arena, "no such part: %s", key);
    }
    if (strcmp(key, "mode") == 0) {
        return is_one_of(rounding_modes, value) ? NULL : arena_printf(arena, "no such mode: %s", value);
    }
    return wrong_number(arena, value, parameter->type != POLICY_DECIMAL_RANGE);
}

const char *policy_wrong(struct arena *arena, const struct parameter *parameter, const char *key, const char *value) {
    const char *wrong = NULL;

    if (strcmp(value, "-") == 0) {
        return NULL;
    }
    if (key != NULL && policy_has_parts(parameter->type)) {
        wrong = wrong_part(arena, parameter, key, value);
    } else {
        wrong = wrong_type(arena, parameter, value);
    }
    return wrong != NULL ? wrong : outside(arena, parameter->range, value);
}
