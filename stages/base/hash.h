/* A hash of bytes for tables in memory, a word at a time: short names are hashed as a whole, not byte by byte. Its
 * values are this machine's: nothing that is written or sent may depend on them. */
#ifndef TW_BASE_HASH_H
#define TW_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t hash_word(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static inline uint64_t hash_bytes(const char *bytes, size_t length) {
    uint64_t hash = length;
    uint64_t word = 0;
    uint32_t first = 0;
    uint32_t last = 0;
    for (; length > sizeof word; bytes += sizeof word, length -= sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = hash_word(hash, word);
    }
    if (length >= sizeof first) { /* the two halves may overlap */
        memcpy(&first, bytes, sizeof first);
        memcpy(&last, bytes + length - sizeof last, sizeof last);
    } else if (length) {
        first = (uint32_t)(unsigned char)bytes[0] | (uint32_t)(unsigned char)bytes[length / 2] << 8;
        last = (unsigned char)bytes[length - 1];
    }
    return hash_word(hash, (uint64_t)last << 32 | first);
}

#endif
