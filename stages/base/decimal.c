#include "base/decimal.h"

#include <string.h>

enum {
    DIGITS = 38,
    LARGEST_SCALE = 38, /* so that a power of ten of any scale fits the coefficient's type */
    HALF_DIGITS = 19    /* what one unsigned 64-bit number holds */
};

static const uint64_t powers[HALF_DIGITS + 1] = {
    1U,
    10U,
    100U,
    1000U,
    10000U,
    100000U,
    1000000U,
    10000000U,
    100000000U,
    1000000000U,
    10000000000U,
    100000000000U,
    1000000000000U,
    10000000000000U,
    100000000000000U,
    1000000000000000U,
    10000000000000000U,
    100000000000000000U,
    1000000000000000000U,
    10000000000000000000U,
};

static decimal_digits power(unsigned exponent) {
    if (exponent <= HALF_DIGITS) {
        return powers[exponent];
    }
    return (decimal_digits)powers[HALF_DIGITS] * powers[exponent - HALF_DIGITS];
}

static decimal_digits largest(void) {
    return power(DIGITS) - 1;
}

/* Appends one digit to the right, unless there is no room. */
static bool append(decimal_digits *coefficient, unsigned digit) {
    if (*coefficient > (largest() - digit) / 10) {
        return false;
    }
    *coefficient = *coefficient * 10 + digit;
    return true;
}

static struct decimal signed_decimal(bool negative, decimal_digits coefficient, unsigned scale) {
    return (struct decimal){
        .coefficient = coefficient, .scale = (uint16_t)scale, .negative = negative && coefficient != 0};
}

static size_t skip_digits(const char *text, size_t from, size_t length) {
    while (from < length && text[from] >= '0' && text[from] <= '9') {
        from++;
    }
    return from;
}

bool decimal_parse(const char *text, size_t length, struct decimal *out) {
    size_t start = length && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    size_t point = skip_digits(text, start, length);
    size_t fraction = point < length && text[point] == '.' ? point + 1 : point;
    size_t end = skip_digits(text, fraction, length);
    bool any_digit = point > start || end > fraction;
    if (end != length || !any_digit) {
        return false;
    }
    decimal_digits coefficient = 0;
    unsigned scale = 0;
    for (size_t i = start; i < point; i++) {
        if (!append(&coefficient, (unsigned)(text[i] - '0'))) {
            return false;
        }
    }
    for (size_t i = fraction; i < end; i++) {
        if (scale < LARGEST_SCALE && append(&coefficient, (unsigned)(text[i] - '0'))) {
            scale++;
        } else if (text[i] != '0') {
            return false;
        }
    }
    *out = signed_decimal(text[0] == '-', coefficient, scale);
    return true;
}

/* Writes exactly count digits of value, the last one before end. */
static void print_digits(char *end, uint64_t value, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        *--end = (char)('0' + value % 10);
        value /= 10;
    }
}

/* The digits before end, at least so many; where the first stands. Most values need no 128-bit division. */
static char *digits_of(char *end, decimal_digits value, size_t least) {
    char *first = end;
    if (value > UINT64_MAX) {
        print_digits(end, (uint64_t)(value % powers[HALF_DIGITS]), HALF_DIGITS);
        value /= powers[HALF_DIGITS];
        first -= HALF_DIGITS;
    }
    for (uint64_t left = (uint64_t)value; left; left /= 10) {
        *--first = (char)('0' + left % 10);
    }
    while (first > end - least) {
        *--first = '0';
    }
    return first;
}

size_t decimal_print(const struct decimal *value, char text[DECIMAL_TEXT]) {
    char digits[2 * HALF_DIGITS + 1];
    size_t point = DIGITS - (size_t)value->scale;
    size_t first = (size_t)(digits_of(digits + DIGITS, value->coefficient, value->scale) - digits);
    char *to = text;
    if (value->negative) {
        *to++ = '-';
    }
    if (first == point) {
        *to++ = '0';
    }
    memcpy(to, digits + first, point - first);
    to += point - first;
    if (value->scale) {
        *to++ = '.';
        memcpy(to, digits + point, value->scale);
        to += value->scale;
    }
    *to = '\0';
    return (size_t)(to - text);
}

struct decimal decimal_from(int64_t whole) {
    decimal_digits coefficient = (decimal_digits)whole;
    return signed_decimal(whole < 0, whole < 0 ? -coefficient : coefficient, 0);
}

bool decimal_to_integer(const struct decimal *value, int64_t *out) {
    struct decimal whole = decimal_trim(value);
    decimal_digits bound = (decimal_digits)INT64_MAX + (whole.negative ? 1 : 0);
    if (whole.scale || whole.coefficient > bound) {
        return false;
    }
    uint64_t magnitude = (uint64_t)whole.coefficient;
    /* -(m - 1) - 1, since the least integer has no positive twin. */
    *out = whole.negative ? -(int64_t)(magnitude - 1) - 1 : (int64_t)magnitude;
    return true;
}

static int compare_digits(decimal_digits a, decimal_digits b) {
    return (a > b) - (a < b);
}

/* Whole parts first, then fractions filled up to one scale: neither can overflow. */
static int compare_magnitude(const struct decimal *a, const struct decimal *b) {
    decimal_digits unit_a = power(a->scale);
    decimal_digits unit_b = power(b->scale);
    int whole = compare_digits(a->coefficient / unit_a, b->coefficient / unit_b);
    if (whole) {
        return whole;
    }
    return compare_digits(a->coefficient % unit_a * power(LARGEST_SCALE - a->scale),
                          b->coefficient % unit_b * power(LARGEST_SCALE - b->scale));
}

int decimal_compare(const struct decimal *a, const struct decimal *b) {
    if (a->negative != b->negative) {
        return a->negative ? -1 : 1;
    }
    int magnitude = a->scale == b->scale ? compare_digits(a->coefficient, b->coefficient) : compare_magnitude(a, b);
    return a->negative ? -magnitude : magnitude;
}

bool decimal_is_zero(const struct decimal *value) {
    return value->coefficient == 0;
}

struct decimal decimal_absolute(const struct decimal *value) {
    return signed_decimal(false, value->coefficient, value->scale);
}

struct decimal decimal_negate(const struct decimal *value) {
    return signed_decimal(!value->negative, value->coefficient, value->scale);
}

struct decimal decimal_trim(const struct decimal *value) {
    struct decimal trimmed = *value;
    while (trimmed.scale && trimmed.coefficient % 10 == 0) {
        trimmed.coefficient /= 10;
        trimmed.scale--;
    }
    return trimmed;
}

/* Writes value with more decimals; false where that makes it twice as large as what can be held, or more: then
 * no number of so many decimals can bring a sum back into reach. */
static bool fill(struct decimal *value, unsigned scale) {
    decimal_digits factor = power(scale - value->scale);
    if (value->coefficient > 2 * largest() / factor) {
        return false;
    }
    value->coefficient *= factor;
    value->scale = (uint16_t)scale;
    return true;
}

static bool add_aligned(struct decimal a, struct decimal b, struct decimal *out) {
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;
    if (!fill(&a, scale) || !fill(&b, scale)) {
        return false;
    }
    struct decimal sum;
    if (a.negative == b.negative) {
        sum = signed_decimal(a.negative, a.coefficient + b.coefficient, scale);
    } else if (a.coefficient > b.coefficient) {
        sum = signed_decimal(a.negative, a.coefficient - b.coefficient, scale);
    } else {
        sum = signed_decimal(b.negative, b.coefficient - a.coefficient, scale);
    }
    if (sum.coefficient > largest()) {
        sum = decimal_trim(&sum);
    }
    *out = sum;
    return sum.coefficient <= largest();
}

bool decimal_add(const struct decimal *a, const struct decimal *b, struct decimal *out) {
    struct decimal sum;
    if (!add_aligned(*a, *b, &sum) && !add_aligned(decimal_trim(a), decimal_trim(b), &sum)) {
        return false;
    }
    *out = sum;
    return true;
}

bool decimal_subtract(const struct decimal *a, const struct decimal *b, struct decimal *out) {
    struct decimal negated = decimal_negate(b);
    return decimal_add(a, &negated, out);
}

static bool multiply_as_written(struct decimal a, struct decimal b, struct decimal *out) {
    unsigned scale = (unsigned)a.scale + b.scale;
    if (scale > LARGEST_SCALE || (b.coefficient && a.coefficient > largest() / b.coefficient)) {
        return false;
    }
    *out = signed_decimal(a.negative != b.negative, a.coefficient * b.coefficient, scale);
    return true;
}

bool decimal_multiply(const struct decimal *a, const struct decimal *b, struct decimal *out) {
    return multiply_as_written(*a, *b, out) || multiply_as_written(decimal_trim(a), decimal_trim(b), out);
}

/* What a division leaves behind, against one unit of the last digit kept. */
enum rest { REST_NONE, REST_BELOW_HALF, REST_HALF, REST_ABOVE_HALF };

/* The rest is (rest + tail / unit) / divisor, with rest < divisor and tail < unit. */
static enum rest weigh(decimal_digits rest, decimal_digits divisor, decimal_digits tail, decimal_digits unit) {
    if (rest == 0 && tail == 0) {
        return REST_NONE;
    }
    int half = compare_digits(rest, divisor - rest);
    if (half == 0) {
        return tail ? REST_ABOVE_HALF : REST_HALF;
    }
    if (half < 0 && divisor - rest - rest == 1) {
        half = compare_digits(tail, unit - tail); /* so near to the half that the tail decides */
    }
    return half < 0 ? REST_BELOW_HALF : half == 0 ? REST_HALF : REST_ABOVE_HALF;
}

static bool rounds_away(enum rounding mode, enum rest rest, bool odd) {
    switch (mode) {
    case ROUND_HALF_UP:
        return rest >= REST_HALF;
    case ROUND_HALF_EVEN:
        return rest == REST_ABOVE_HALF || (rest == REST_HALF && odd);
    case ROUND_UP:
        return rest != REST_NONE;
    case ROUND_DOWN:
        break;
    }
    return false;
}

/* rest * 10 / divisor as one digit, and what remains. Ten times the rest may not fit, twice it does:
 * 10 = 2 * (2 * 2 + 1), with the divisor taken out after each step. */
static unsigned next_digit(decimal_digits *rest, decimal_digits divisor) {
    decimal_digits once = *rest;
    decimal_digits sum = once;
    unsigned digit = 0;
    for (int step = 0; step < 4; step++) {
        bool doubling = step != 2;
        sum += doubling ? sum : once;
        digit *= doubling ? 2 : 1;
        if (sum >= divisor) {
            sum -= divisor;
            digit++;
        }
    }
    *rest = sum;
    return digit;
}

bool decimal_divide(const struct decimal *a, const struct decimal *b, unsigned places, enum rounding mode,
                    struct decimal *out) {
    if (b->coefficient == 0 || places > LARGEST_SCALE) {
        return false;
    }
    /* The quotient in units of the last place is a.coefficient * 10^more / b.coefficient. */
    int more = (int)places + b->scale - a->scale;
    decimal_digits unit = more < 0 ? power((unsigned)-more) : 1;
    decimal_digits dividend = a->coefficient / unit;
    decimal_digits quotient = dividend / b->coefficient;
    decimal_digits rest = dividend % b->coefficient;
    for (int i = 0; i < more; i++) {
        if (!append(&quotient, next_digit(&rest, b->coefficient))) {
            return false;
        }
    }
    enum rest left = weigh(rest, b->coefficient, a->coefficient % unit, unit);
    if (rounds_away(mode, left, quotient & 1)) {
        if (quotient == largest()) {
            return false;
        }
        quotient++;
    }
    *out = signed_decimal(a->negative != b->negative, quotient, places);
    return true;
}

bool decimal_round(const struct decimal *value, unsigned places, enum rounding mode, struct decimal *out) {
    static const struct decimal one = {.coefficient = 1};
    return decimal_divide(value, &one, places, mode, out);
}

bool decimal_within(const struct decimal *found, const struct decimal *reference, const struct decimal *limit,
                    const struct decimal *percent, bool *within) {
    static const struct decimal hundredth = {.coefficient = 1, .scale = 2};
    struct decimal difference;
    struct decimal share;
    if (!decimal_subtract(found, reference, &difference) || !decimal_multiply(percent, reference, &share) ||
        !decimal_multiply(&share, &hundredth, &share)) {
        return false;
    }
    difference.negative = false;
    /* The sign of the share must come from percent alone. */
    share.negative = percent->negative && share.coefficient != 0;
    *within = decimal_compare(&difference, limit) <= 0 || decimal_compare(&difference, &share) <= 0;
    return true;
}

bool decimal_share(const struct decimal *amount, const struct decimal *weights, size_t count, unsigned places,
                   struct decimal *parts) {
    struct decimal total = {0};
    for (size_t i = 0; i < count; i++) {
        if (!decimal_add(&total, &weights[i], &total)) {
            return false;
        }
    }
    if (decimal_is_zero(&total)) {
        return false;
    }
    struct decimal left = *amount;
    for (size_t i = 0; i + 1 < count; i++) {
        struct decimal product;
        if (!decimal_multiply(amount, &weights[i], &product) ||
            !decimal_divide(&product, &total, places, ROUND_HALF_UP, &parts[i]) ||
            !decimal_subtract(&left, &parts[i], &left)) {
            return false;
        }
    }
    parts[count - 1] = left;
    return true;
}
