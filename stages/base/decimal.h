/* Exact decimals: money, masses, quantities, rates. Never a double.
 *
 * A decimal is coefficient / 10^scale, with a sign. 38 digits and 38 places are held; what would need more is
 * refused (the function returns false, and *out is as it was), never rounded in silence.
 * Source: CATALOGUE-A 11, FACTS 9 (tw:add … tw:within).
 */
#ifndef TW_BASE_DECIMAL_H
#define TW_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 decimal_digits;

struct decimal {
    decimal_digits coefficient;
    uint16_t scale;
    bool negative; /* never set on zero */
};

enum rounding { ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN, ROUND_UP };

enum { DECIMAL_TEXT = 64 }; /* bytes that hold any printed decimal, with its NUL */

/* Plain notation, as xs:decimal: optional sign, digits with at most one point (".5", "5."); no exponent, no
 * grouping, no blanks. Zeros at the end of a fraction that do not fit are dropped. */
bool decimal_parse(const char *text, size_t length, struct decimal *out);

/* Prints all digits of the scale ("1.50" stays "1.50"); returns the length. */
size_t decimal_print(const struct decimal *value, char text[DECIMAL_TEXT]);

struct decimal decimal_from(int64_t whole);
bool decimal_to_integer(const struct decimal *value, int64_t *out); /* false: has a fraction, or too large */

int decimal_compare(const struct decimal *a, const struct decimal *b); /* by value: 1.0 = 1 */
bool decimal_is_zero(const struct decimal *value);

bool decimal_add(const struct decimal *a, const struct decimal *b, struct decimal *out);
bool decimal_subtract(const struct decimal *a, const struct decimal *b, struct decimal *out);
bool decimal_multiply(const struct decimal *a, const struct decimal *b, struct decimal *out);
/* Rounded to places; false where b is zero or the result too large. */
bool decimal_divide(const struct decimal *a, const struct decimal *b, unsigned places, enum rounding mode,
                    struct decimal *out);
/* To exactly places decimals (more digits are rounded, fewer are filled). */
bool decimal_round(const struct decimal *value, unsigned places, enum rounding mode, struct decimal *out);
struct decimal decimal_absolute(const struct decimal *value);
struct decimal decimal_negate(const struct decimal *value);
/* Trailing zeros of the fraction removed. */
struct decimal decimal_trim(const struct decimal *value);

/* abs(found - reference) <= max(limit, percent/100 * abs(reference)), inclusive (CATALOGUE-B 0.3).
 * False return: not computable; the verdict is in *within. */
bool decimal_within(const struct decimal *found, const struct decimal *reference, const struct decimal *limit,
                    const struct decimal *percent, bool *within);

/* The i-th of count parts (0-based) of amount apportioned by weight (CATALOGUE-A 11.5); all parts at once.
 * False: weights sum to zero, or too large. */
bool decimal_share(const struct decimal *amount, const struct decimal *weights, size_t count, unsigned places,
                   struct decimal *parts);

#endif
