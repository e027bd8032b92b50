#include "xpath/map.h"

#include "base/arena.h"

#include <stdbool.h>
#include <string.h>

enum { FIRST_SIZE = 16 };

static uint64_t mix(uint64_t value) {
    value ^= value >> 32;
    value *= 0xd6e8feb86659fd93U;
    return value ^ (value >> 32);
}

/* Eight bytes at a time. */
static uint64_t hash_text(uint64_t value, const char *text) {
    size_t length = strlen(text);
    uint64_t word;
    for (; length >= sizeof word; text += sizeof word, length -= sizeof word) {
        memcpy(&word, text, sizeof word);
        value = (value ^ word) * 0x9e3779b97f4a7c15U;
        value ^= value >> 32;
    }
    word = 0;
    memcpy(&word, text, length);
    return (value ^ word ^ length) * 0x9e3779b97f4a7c15U;
}

static uint64_t hash_of(const struct map_key *key) {
    uint64_t value = (uint64_t)(uintptr_t)key->a * 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 32) ^ (uint64_t)(uintptr_t)key->b) * 0xd6e8feb86659fd93U;
    value = (value ^ (uint64_t)key->number) * 0xd6e8feb86659fd93U;
    return mix(key->text ? hash_text(value, key->text) : value);
}

static bool same(const struct map_key *a, const struct map_key *b) {
    return a->a == b->a && a->b == b->b && a->number == b->number &&
           (a->text == b->text || (a->text && b->text && strcmp(a->text, b->text) == 0));
}

static struct map_entry *entry_of(struct map_entry *entries, size_t size, const struct map_key *key, uint64_t hash) {
    size_t i = hash & (size - 1);
    while (entries[i].value && !(entries[i].hash == hash && same(&entries[i].key, key))) {
        i = (i + 1) & (size - 1);
    }
    return &entries[i];
}

void *map_find(const struct map *map, const struct map_key *key) {
    return map->size ? entry_of(map->entries, map->size, key, hash_of(key))->value : NULL;
}

enum { LENGTH_DIGITS = 20 }; /* of a size_t */

/* "4:text", or "-" for none; returns what is behind it. */
static char *write_text(char *at, const char *text) {
    char digits[LENGTH_DIGITS];
    size_t count = 0;
    if (!text) {
        *at++ = '-';
        return at;
    }
    size_t length = strlen(text);
    for (size_t rest = length; rest || !count; rest /= 10) {
        digits[count++] = (char)('0' + rest % 10);
    }
    while (count) {
        *at++ = digits[--count];
    }
    *at++ = ':';
    memcpy(at, text, length);
    return at + length;
}

const char *map_text(struct arena *arena, const char *const *texts, size_t count) {
    size_t size = 1;
    for (size_t i = 0; i < count; i++) {
        size += (texts[i] ? strlen(texts[i]) : 0) + LENGTH_DIGITS + 1;
    }
    char *made = arena_alloc(arena, size);
    char *at = made;
    for (size_t i = 0; i < count; i++) {
        at = write_text(at, texts[i]);
    }
    *at = '\0';
    return made;
}

const char *map_text_more(struct arena *arena, const char *before, const char *text) {
    size_t length = strlen(before);
    char *made = arena_alloc(arena, length + strlen(text) + LENGTH_DIGITS + 2);
    memcpy(made, before, length);
    *write_text(made + length, text) = '\0';
    return made;
}

static void resize(struct map *map, size_t size) {
    struct map_entry *entries = arena_zero(map->arena, size * sizeof *entries);
    for (size_t i = 0; i < map->size; i++) {
        const struct map_entry *old = &map->entries[i];
        if (old->value) {
            *entry_of(entries, size, &old->key, old->hash) = *old;
        }
    }
    map->entries = entries;
    map->size = size;
}

void map_reserve(struct map *map, size_t count) {
    size_t size = map->size ? map->size : FIRST_SIZE;
    while (size < count * 2) {
        size *= 2;
    }
    if (size > map->size) {
        resize(map, size);
    }
}

void map_put(struct map *map, const struct map_key *key, void *value) {
    if (map->count * 2 >= map->size) {
        resize(map, map->size ? map->size * 2 : FIRST_SIZE);
    }
    uint64_t hash = hash_of(key);
    struct map_entry *entry = entry_of(map->entries, map->size, key, hash);
    map->count += entry->value ? 0 : 1;
    *entry = (struct map_entry){.key = *key, .hash = hash, .value = value};
}
