#include "base/words.h"

#include "base/arena.h"

#include <string.h>

enum {
    GROUPS = 12, /* of three digits: below 10^36 */
    GROUP_TEXT = 48,
    LONGEST = GROUPS * GROUP_TEXT
};

static const char *const small[] = {
    "ZERO", "ONE",    "TWO",    "THREE",    "FOUR",     "FIVE",    "SIX",     "SEVEN",     "EIGHT",    "NINE",
    "TEN",  "ELEVEN", "TWELVE", "THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN", "NINETEEN",
};

static const char *const tens[] = {
    NULL, NULL, "TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY",
};

static const char *const scales[GROUPS] = {
    NULL,          "THOUSAND",   "MILLION",    "BILLION",   "TRILLION",  "QUADRILLION",
    "QUINTILLION", "SEXTILLION", "SEPTILLION", "OCTILLION", "NONILLION", "DECILLION",
};

/* Appends a word, apart from what stands before it by gap. */
static void add_word(char text[LONGEST], char gap, const char *word) {
    size_t length = strlen(text);
    if (length) {
        text[length++] = gap;
    }
    memcpy(text + length, word, strlen(word) + 1);
}

static void add_below_hundred(char text[LONGEST], unsigned number) {
    if (number < 20) {
        add_word(text, ' ', small[number]);
        return;
    }
    add_word(text, ' ', tens[number / 10]);
    if (number % 10) {
        add_word(text, '-', small[number % 10]);
    }
}

static void add_group(char text[LONGEST], unsigned number, const char *scale) {
    if (number / 100) {
        add_word(text, ' ', small[number / 100]);
        add_word(text, ' ', "HUNDRED");
    }
    if (number % 100) {
        add_below_hundred(text, number % 100);
    }
    if (scale) {
        add_word(text, ' ', scale);
    }
}

const char *words_cardinal(struct arena *arena, const struct decimal *number) {
    struct decimal whole = decimal_trim(number);
    unsigned groups[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
        groups[i] = (unsigned)(whole.coefficient % 1000);
        whole.coefficient /= 1000;
    }
    if (whole.scale || whole.coefficient) {
        return NULL;
    }
    char text[LONGEST] = "";
    for (int i = GROUPS - 1; i >= 0; i--) {
        if (groups[i]) {
            add_group(text, groups[i], scales[i]);
        }
    }
    return arena_printf(arena, "%s%s", number->negative ? "MINUS " : "", *text ? text : small[0]);
}

const char *words_amount(struct arena *arena, const struct decimal *amount, const char *unit, const char *minor,
                         unsigned places) {
    struct decimal whole;
    struct decimal part;
    if (amount->negative || decimal_trim(amount).scale > places || !decimal_round(amount, 0, ROUND_DOWN, &whole) ||
        !decimal_subtract(amount, &whole, &part) || !decimal_round(&part, places, ROUND_DOWN, &part)) {
        return NULL;
    }
    const char *words = words_cardinal(arena, &whole);
    if (!words) {
        return NULL;
    }
    if (decimal_is_zero(&part)) {
        return arena_printf(arena, "%s %s ONLY", unit, words);
    }
    part.scale = 0; /* cents, not hundredths */
    const char *minor_words = words_cardinal(arena, &part);
    if (!minor || !minor_words) {
        return NULL;
    }
    return arena_printf(arena, "%s %s AND %s %s ONLY", unit, words, minor, minor_words);
}
