#include "xml/pairs.h"

#include "base/fault.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SIZE = 128 };

static struct pair *find(const struct pairs *pairs, const void *a, const void *b) {
    uint64_t mixed = (uint64_t)(uintptr_t)a * 0x9E3779B97F4A7C15U + (uint64_t)(uintptr_t)b * 0xC2B2AE3D27D4EB4FU;
    size_t i = (mixed ^ (mixed >> 29)) & (pairs->size - 1);
    while (pairs->slots[i].value && (pairs->slots[i].a != a || pairs->slots[i].b != b)) {
        i = (i + 1) & (pairs->size - 1);
    }
    return &pairs->slots[i];
}

/* The table stays at most half full. */
static void grow(struct pairs *pairs) {
    struct pairs old = *pairs;
    pairs->size = old.size ? old.size * 2 : FIRST_SIZE;
    pairs->slots = fault_malloc(pairs->size * sizeof *pairs->slots);
    memset(pairs->slots, 0, pairs->size * sizeof *pairs->slots);
    for (size_t i = 0; i < old.size; i++) {
        if (old.slots[i].value) {
            *find(pairs, old.slots[i].a, old.slots[i].b) = old.slots[i];
        }
    }
    free(old.slots);
}

struct pair *pairs_slot(struct pairs *pairs, const void *a, const void *b) {
    if (pairs->count >= pairs->size / 2) {
        grow(pairs);
    }
    struct pair *slot = find(pairs, a, b);
    if (!slot->value) {
        slot->a = a;
        slot->b = b;
        pairs->count++;
    }
    return slot;
}

void pairs_free(struct pairs *pairs) {
    free(pairs->slots);
    *pairs = (struct pairs){0};
}
