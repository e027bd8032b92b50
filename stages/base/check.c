#include "base/check.h"

#include <stddef.h>
#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/* The form of a number, one sign per character: 9 digit, A capital letter, X either. */
static bool has_form(const char *number, const char *form) {
    if (!number) {
        return false;
    }
    for (; *form; form++, number++) {
        bool fits = (is_digit(*number) && *form != 'A') || (is_capital(*number) && *form != '9');
        if (!fits) {
            return false;
        }
    }
    return *number == '\0';
}

static unsigned digit_value(char c) {
    return (unsigned)(c - '0');
}

/* ISO 6346: letters from 10 upwards, without the multiples of 11. */
static unsigned container_value(char c) {
    if (is_digit(c)) {
        return digit_value(c);
    }
    unsigned value = 10 + (unsigned)(c - 'A');
    return value + (value > 10) + (value > 20) + (value > 30);
}

/* Whether the character after the first count is (Σ value · 2^p mod 11) mod 10 of those. */
static bool check_modulo_11(const char *number, size_t count) {
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += container_value(number[i]) << i;
    }
    return digit_value(number[count]) == sum % 11 % 10;
}

bool check_mrn(const char *number) {
    return has_form(number, "99AAXXXXXXXXXXXXX9") && check_modulo_11(number, 17);
}

/* UN/LOCODE: country and place; a place has no 0 and no 1. */
bool check_locode(const char *code) {
    return has_form(code, "AAXXX") && !strpbrk(code + 2, "01");
}

bool check_iso6346(const char *number) {
    return has_form(number, "AAAA9999999") && strchr("UJZ", number[3]) && check_modulo_11(number, 10);
}

/* CATALOGUE-A 11.3: 31 signs, weights 3^p mod 31. */
bool check_uscc(const char *number) {
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    enum { SIGNS = 18, MODULUS = 31 };
    if (!number || strlen(number) != SIGNS) {
        return false;
    }
    unsigned sum = 0;
    unsigned weight = 1;
    for (int i = 0; i < SIGNS; i++) {
        const char *found = strchr(alphabet, number[i]);
        if (!found) {
            return false;
        }
        /* With the check character at weight 1, the whole sums to zero. */
        sum += (unsigned)(found - alphabet) * (i == SIGNS - 1 ? 1 : weight);
        weight = weight * 3 % MODULUS;
    }
    return sum % MODULUS == 0;
}

bool check_imo(const char *number) {
    if (!has_form(number, "9999999")) {
        return false;
    }
    unsigned sum = 0;
    for (unsigned i = 0; i < 6; i++) {
        sum += digit_value(number[i]) * (7 - i);
    }
    return sum % 10 == digit_value(number[6]);
}

bool check_gln(const char *number) {
    if (!has_form(number, "9999999999999")) {
        return false;
    }
    unsigned sum = 0;
    for (unsigned i = 0; i < 12; i++) {
        sum += digit_value(number[i]) * (i % 2 ? 3 : 1);
    }
    return (10 - sum % 10) % 10 == digit_value(number[12]);
}

/* ISO 7064 mod 97-10: letters count as 10 … 35, the whole leaves 1. */
bool check_lei(const char *number) {
    if (!has_form(number, "XXXXXXXXXXXXXXXXXX99")) {
        return false;
    }
    unsigned rest = 0;
    for (; *number; number++) {
        rest = is_digit(*number) ? rest * 10 + digit_value(*number) : rest * 100 + 10 + (unsigned)(*number - 'A');
        rest %= 97;
    }
    return rest == 1;
}

bool check_eori(const char *number) {
    if (!number || !is_capital(number[0]) || !is_capital(number[1])) {
        return false;
    }
    size_t body = strlen(number + 2);
    for (const char *c = number + 2; *c; c++) {
        if (*c < '!' || *c > '~') {
            return false;
        }
    }
    return body >= 1 && body <= 15;
}
