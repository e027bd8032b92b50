#include "xml/utf8.h"

#include <stdint.h>
#include <string.h>

size_t utf8_character(const unsigned char *at, size_t left, bool *partial) {
    static const struct {
        unsigned char first, last, low, high; /* of the first byte, and of the second */
        unsigned char length;
    } forms[] = {
        {0x01, 0x7F, 0x00, 0xFF, 1}, {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (at[0] < forms[i].first || at[0] > forms[i].last) {
            continue;
        }
        for (size_t k = 1; k < forms[i].length; k++) {
            if (k == left) {
                *partial = true;
                return 0;
            }
            if (at[k] < (k == 1 ? forms[i].low : 0x80) || at[k] > (k == 1 ? forms[i].high : 0xBF)) {
                return 0;
            }
        }
        return forms[i].length;
    }
    return 0;
}

/* Every byte but those that begin with the bits 10; eight at a time. */
size_t utf8_count(const char *text, size_t length) {
    const uint64_t ones = 0x0101010101010101U;
    size_t count = length;
    uint64_t eight;
    for (; length >= sizeof eight; text += sizeof eight, length -= sizeof eight) {
        memcpy(&eight, text, sizeof eight);
        uint64_t continued = eight >> 7 & ~(eight >> 6) & ones;
        count -= (size_t)(continued * ones >> 56);
    }
    for (; length; text++, length--) {
        count -= ((unsigned char)*text & 0xC0) == 0x80;
    }
    return count;
}
