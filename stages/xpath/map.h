/* A map from up to two addresses, a number and a text to an address; open addressing in an arena. Inside this room. */
#ifndef TW_XPATH_MAP_H
#define TW_XPATH_MAP_H

#include <stddef.h>
#include <stdint.h>

struct arena;

struct map_key {
    const void *a, *b;
    int64_t number;
    const char *text; /* compared as text; NULL: none */
};

struct map_entry {
    struct map_key key;
    uint64_t hash;
    void *value; /* NULL: free */
};

struct map {
    struct arena *arena;
    struct map_entry *entries;
    size_t size, count;
};

/* Room for that many entries at once. */
void map_reserve(struct map *map, size_t count);
void *map_find(const struct map *map, const struct map_key *key); /* NULL: not there */
/* Texts as one, for a key: their lengths keep them apart; NULL is a text of its own. */
const char *map_text(struct arena *arena, const char *const *texts, size_t count);
/* Such a text with one more behind it; before "" begins one. */
const char *map_text_more(struct arena *arena, const char *before, const char *text);

/* key->text must outlive the map; value is never NULL. Replaces what was there. */
void map_put(struct map *map, const struct map_key *key, void *value);

#endif
