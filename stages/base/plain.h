/* Bytes of a text that no writer of markup needs to look at: printable ASCII, but " & < >.
 *
 * Nearly all bytes that are written are plain, so eight are looked at at once: short, and called for each value, these
 * stand where they are called.
 */
#ifndef TW_BASE_PLAIN_H
#define TW_BASE_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Eight times the same byte. */
static inline uint64_t plain_all(unsigned char byte) {
    return UINT64_C(0x0101010101010101) * byte;
}

/* Whether a word holds a byte that is no printable ASCII: such a byte leaves its highest bit set. */
static inline bool plain_control(uint64_t word) {
    return ((word - plain_all(' ')) | word | (word + plain_all(1))) & plain_all(0x80);
}

static inline bool plain_has_zero(uint64_t word) {
    return (word - plain_all(1)) & ~word & plain_all(0x80);
}

/* The marks are in pairs that differ by one bit: " and &, < and >. */
static inline bool plain_word(uint64_t word) {
    return !plain_control(word) && !plain_has_zero((word | plain_all('&' ^ '"')) ^ plain_all('&')) &&
           !plain_has_zero((word | plain_all('>' ^ '<')) ^ plain_all('>'));
}

static inline bool plain_at(const char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return plain_word(word);
}

/* One bit per byte value. */
static inline bool plain_is(unsigned char c) {
    static const uint64_t plain[4] = {0xAFFFFFBB00000000, 0x7FFFFFFFFFFFFFFF, 0, 0};
    return plain[c >> 6] >> (c & 63) & 1;
}

/* Where the plain bytes end. */
static inline const char *plain_end(const char *at, const char *end) {
    enum { WORD = sizeof(uint64_t) };
    bool long_enough = end - at >= WORD;
    while (end - at >= WORD && plain_at(at)) {
        at += WORD;
    }
    if (long_enough && end - at < WORD && plain_at(end - WORD)) {
        return end;
    }
    while (at < end && plain_is((unsigned char)*at)) {
        at++;
    }
    return at;
}

#endif
