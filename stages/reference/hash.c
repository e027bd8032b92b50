#include "reference/hash.h"

#include "base/arena.h"

uint64_t hash_text(uint64_t hash, const char *text) {
    const unsigned char *at = (const unsigned char *)text;

    do {
        hash = (hash ^ *at) * UINT64_C(1099511628211);
    } while (*at++ != '\0');
    return hash;
}

struct hash hash_new(struct arena *arena, size_t capacity) {
    struct hash hash = {.capacity = capacity, .mask = 15};

    while (hash.mask < capacity) {
        hash.mask = hash.mask * 2 + 1;
    }
    hash.chains = arena_alloc(arena, (hash.mask + 1) * sizeof *hash.chains);
    hash.hashes = arena_alloc(arena, capacity * sizeof *hash.hashes);
    hash.next = arena_alloc(arena, capacity * sizeof *hash.next);
    for (size_t i = 0; i <= hash.mask; i++) {
        hash.chains[i] = (struct hash_chain){HASH_NONE, HASH_NONE};
    }
    return hash;
}

static size_t place(const struct hash *hash, uint64_t key) {
    return (size_t)(key ^ (key >> 29)) & hash->mask;
}

void hash_add(struct hash *hash, uint64_t key, size_t number) {
    struct hash_chain *chain = &hash->chains[place(hash, key)];

    hash->hashes[number] = key;
    hash->next[number] = HASH_NONE;
    if (chain->last == HASH_NONE) {
        chain->first = number;
    } else {
        hash->next[chain->last] = number;
    }
    chain->last = number;
}

static size_t skip(const struct hash *hash, size_t number, uint64_t key) {
    while (number != HASH_NONE && hash->hashes[number] != key) {
        number = hash->next[number];
    }
    return number;
}

size_t hash_first(const struct hash *hash, uint64_t key) {
    return skip(hash, hash->chains[place(hash, key)].first, key);
}

size_t hash_next(const struct hash *hash, size_t number) {
    return skip(hash, hash->next[number], hash->hashes[number]);
}
