/* A hash of texts to numbers of rows: several rows may share a hash, the caller compares.
 *
 * Order      hash_first and hash_next give the rows in the order in which they were added.
 * Ownership  Lives in the arena; holds at most as many rows as hash_new was told.
 */
#ifndef TW_REFERENCE_HASH_H
#define TW_REFERENCE_HASH_H

#include <stddef.h>
#include <stdint.h>

struct arena;

#define HASH_START UINT64_C(14695981039346656037)
#define HASH_NONE SIZE_MAX

struct hash_chain {
    size_t first, last;
};

struct hash {
    struct hash_chain *chains;
    size_t mask;
    uint64_t *hashes; /* of each row */
    size_t *next;     /* the row after it in its chain */
    size_t capacity;
};

/* FNV-1a over the bytes and the NUL that ends them, so that ("ab", "c") is not ("a", "bc"). */
uint64_t hash_text(uint64_t hash, const char *text);

struct hash hash_new(struct arena *arena, size_t capacity);
/* number is below the capacity, and is added once. */
void hash_add(struct hash *hash, uint64_t key, size_t number);
size_t hash_first(const struct hash *hash, uint64_t key);
size_t hash_next(const struct hash *hash, size_t number);

#endif
