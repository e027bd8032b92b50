#include "base/fold.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

enum {
    POINT_BITS = 21, /* of one code point: three fit 64 bits */
    PLACES = 4,
    WHOLE = 10000,  /* 1 in that many places */
    MARK_SHIFT = 58 /* the upper six bits choose one of 64 */
};

/* The trigrams of one folded text, sorted: a multiset. Each sets one bit of the mark. */
struct grams {
    uint64_t *items;
    size_t count;
    uint64_t mark;
};

struct fold_grams {
    struct grams foldings[2];
    size_t different; /* 1 where both foldings are one, else 2 */
    struct unicode_scripts scripts;
};

static int compare_grams(const void *a, const void *b) {
    uint64_t left = *(const uint64_t *)a;
    uint64_t right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

/* Each word with two blanks before it and one behind: a word of n characters has n + 1 trigrams. */
static struct grams make_grams(struct arena *arena, const char *folded) {
    const uint64_t mask = (UINT64_C(1) << 3 * POINT_BITS) - 1;
    const uint64_t start = (uint64_t)' ' << POINT_BITS | ' ';
    struct grams grams = {.items = arena_alloc(arena, (strlen(folded) + 1) * sizeof *grams.items)};
    uint64_t window = start;
    for (int32_t point = ' '; point;) {
        point = unicode_next(&folded);
        bool ends_word = point == ' ' || !point;
        if (ends_word && window == start) {
            continue; /* no word stands here */
        }
        window = (window << POINT_BITS | (ends_word ? ' ' : (uint64_t)point)) & mask;
        grams.items[grams.count++] = window;
        grams.mark |= UINT64_C(1) << (window * UINT64_C(0x9e3779b97f4a7c15) >> MARK_SHIFT);
        window = ends_word ? start : window;
    }
    qsort(grams.items, grams.count, sizeof *grams.items, compare_grams);
    return grams;
}

static size_t count_common(const struct grams *a, const struct grams *b) {
    size_t common = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        int order = compare_grams(&a->items[i], &b->items[j]);
        common += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    return common;
}

const struct fold_grams *fold_grams(struct arena *arena, const char *text, const struct legal_forms *forms) {
    const char *folded[2];
    fold_both(arena, text, forms, folded);
    struct fold_grams *made = arena_zero(arena, sizeof *made);
    made->different = strcmp(folded[0], folded[1]) == 0 ? 1 : 2;
    for (size_t i = 0; i < made->different; i++) {
        made->foldings[i] = make_grams(arena, folded[i]);
    }
    made->scripts = unicode_scripts(text);
    return made;
}

/* Twice the common trigrams over all of both. */
static struct decimal dice(const struct grams *a, const struct grams *b) {
    struct decimal both = decimal_from(2 * (int64_t)count_common(a, b));
    struct decimal all = decimal_from((int64_t)(a->count + b->count));
    struct decimal similarity;
    if (!decimal_divide(&both, &all, PLACES, ROUND_HALF_UP, &similarity)) {
        return decimal_from(0); /* neither has a trigram */
    }
    return similarity;
}

const struct fold_grams *fold_grams_copy(struct arena *arena, const struct fold_grams *grams) {
    struct fold_grams *made = arena_alloc(arena, sizeof *made);
    *made = *grams;
    for (size_t i = 0; i < made->different; i++) {
        size_t size = made->foldings[i].count * sizeof *made->foldings[i].items;
        made->foldings[i].items = arena_alloc(arena, size);
        if (size) {
            memcpy(made->foldings[i].items, grams->foldings[i].items, size);
        }
    }
    return made;
}

bool fold_grams_meet(const struct fold_grams *a, const struct fold_grams *b) {
    return unicode_scripts_meet(&a->scripts, &b->scripts);
}

/* Trigrams of a that b may have too: each bit that b has not is at least one that it has not. */
static size_t most_common(const struct grams *a, const struct grams *b) {
    return a->count - (size_t)__builtin_popcountll(a->mark & ~b->mark);
}

bool fold_grams_may_reach(const struct fold_grams *a, const struct fold_grams *b, int64_t least) {
    for (size_t i = 0; i < a->different; i++) {
        for (size_t j = 0; j < b->different; j++) {
            const struct grams *x = &a->foldings[i], *y = &b->foldings[j];
            size_t of_x = most_common(x, y), of_y = most_common(y, x);
            int64_t common = (int64_t)(of_x < of_y ? of_x : of_y), all = (int64_t)(x->count + y->count);
            if (2 * common * WHOLE + all >= least * all) { /* one unit more than exact: rounding */
                return true;
            }
        }
    }
    return false;
}

bool fold_grams_similar(const struct fold_grams *a, const struct fold_grams *b, struct decimal *out) {
    if (!fold_grams_meet(a, b)) {
        return false;
    }
    *out = (struct decimal){.scale = PLACES};
    for (size_t i = 0; i < a->different; i++) {
        for (size_t j = 0; j < b->different; j++) {
            struct decimal similarity = dice(&a->foldings[i], &b->foldings[j]);
            if (decimal_compare(&similarity, out) > 0) {
                *out = similarity;
            }
        }
    }
    return true;
}

bool fold_similar_name(struct arena *arena, const char *a, const char *b, const struct legal_forms *forms,
                       struct decimal *out) {
    return fold_grams_similar(fold_grams(arena, a, forms), fold_grams(arena, b, forms), out);
}

bool fold_similar(struct arena *arena, const char *a, const char *b, struct decimal *out) {
    return fold_similar_name(arena, a, b, NULL, out);
}
