/* Numbers and amounts in English words, as printed on drafts (CATALOGUE-B 6.0).
 *
 * Pure; results are made in the arena. The names of currencies are data: the caller reads them from list ISO4217.
 */
#ifndef TW_BASE_WORDS_H
#define TW_BASE_WORDS_H

#include "base/decimal.h"

struct arena;

/* Upper-case cardinal of a whole number, without AND: 125 is "ONE HUNDRED TWENTY-FIVE", below zero "MINUS …".
 * NULL: the number has a fraction, or 10^36 or more. */
const char *words_cardinal(struct arena *arena, const struct decimal *number);

/* "US DOLLARS ONE HUNDRED FOUR THOUSAND AND CENTS FIFTY ONLY". unit and minor are names in the plural; places are
 * the decimals of the currency (2: one hundred minor units). A minor part of zero is left out.
 * NULL: below zero, more decimals than places, too large, or a minor part without a name (minor NULL). */
const char *words_amount(struct arena *arena, const struct decimal *amount, const char *unit, const char *minor,
                         unsigned places);

#endif
