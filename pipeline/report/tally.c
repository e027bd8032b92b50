#include "report/tally.h"

#include "base/fault.h"
#include "reference/hash.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 256 };

/* The slot of a name: its own, or the free one where it belongs. */
static size_t *slot_of(const struct tally *tally, const char *name) {
    size_t mask = tally->slot_count - 1;
    size_t at = (size_t)hash_text(HASH_START, name) & mask;
    while (tally->slots[at] && strcmp(tally->rows[tally->slots[at] - 1].name, name) != 0) {
        at = (at + 1) & mask;
    }
    return &tally->slots[at];
}

static void grow(struct tally *tally) {
    tally->capacity = tally->capacity ? tally->capacity * 2 : FIRST_SLOTS / 2;
    tally->slot_count = tally->capacity * 2;
    tally->rows = fault_realloc(tally->rows, tally->capacity * sizeof *tally->rows);
    free(tally->slots);
    tally->slots = fault_malloc(tally->slot_count * sizeof *tally->slots);
    memset(tally->slots, 0, tally->slot_count * sizeof *tally->slots);
    for (size_t i = 0; i < tally->count; i++) {
        *slot_of(tally, tally->rows[i].name) = i + 1;
    }
}

struct tally_row *tally_at(struct tally *tally, const char *name) {
    if (tally->count == tally->capacity) {
        grow(tally);
    }
    size_t *slot = slot_of(tally, name);
    if (!*slot) {
        size_t size = strlen(name) + 1;
        tally->rows[tally->count] = (struct tally_row){.name = memcpy(fault_malloc(size), name, size)};
        *slot = ++tally->count;
    }
    return &tally->rows[*slot - 1];
}

void tally_free(struct tally *tally) {
    for (size_t i = 0; i < tally->count; i++) {
        free(tally->rows[i].name);
    }
    free(tally->rows);
    free(tally->slots);
    *tally = (struct tally){0};
}

static int by_findings(const void *left, const void *right) {
    const struct tally_row *a = left;
    const struct tally_row *b = right;
    if (a->findings != b->findings) {
        return a->findings > b->findings ? -1 : 1;
    }
    return strcmp(a->name, b->name);
}

void tally_sort(struct tally *tally) {
    if (tally->count) {
        qsort(tally->rows, tally->count, sizeof *tally->rows, by_findings);
    }
}
