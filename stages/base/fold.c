#include "base/fold.h"

#include "base/arena.h"
#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

enum {
    UMLAUT = 0x308,
    RING = 0x30A,
    GROWTH = 4 /* "&" becomes a gap and three letters; nothing grows more */
};

/* Letters that do not decompose, and what people write for them. */
static const struct spelling {
    int32_t letter;
    const char *single, *digraph;
} spellings[] = {
    {0xE6, "ae", "ae"}, {0xF0, "d", "d"},  {0xF8, "o", "oe"}, {0xFE, "th", "th"},
    {0x111, "d", "d"},  {0x131, "i", "i"}, {0x142, "l", "l"}, {0x153, "oe", "oe"},
};

static const char *spelling_of(int32_t letter, bool digraphs) {
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        if (spellings[i].letter == letter) {
            return digraphs ? spellings[i].digraph : spellings[i].single;
        }
    }
    return NULL;
}

/* The second letter of ä ö ü å where they are written with two; 0 for every other letter and mark. */
static int32_t second_letter(int32_t letter, int32_t mark) {
    if (mark == UMLAUT && (letter == 'a' || letter == 'o' || letter == 'u')) {
        return 'e';
    }
    return mark == RING && letter == 'a' ? 'a' : 0;
}

/* Folded text in the making. A gap is written with the word behind it: none stands at either end. */
struct folding {
    int32_t *points;
    size_t count;
    bool gap;
};

static void put(struct folding *to, int32_t point) {
    if (to->gap && to->count) {
        to->points[to->count++] = ' ';
    }
    to->gap = false;
    to->points[to->count++] = point;
}

static void put_all(struct folding *to, const char *ascii) {
    for (; *ascii; ascii++) {
        put(to, *ascii);
    }
}

static void put_folded(struct folding *to, int32_t point, int32_t next, bool digraphs) {
    enum unicode_kind kind = unicode_kind(point);
    const char *spelt = point < 128 ? NULL : spelling_of(point, digraphs);
    if (spelt) {
        put_all(to, spelt);
    } else if (kind == UNICODE_LETTER || kind == UNICODE_DIGIT) {
        put(to, point);
        int32_t second = digraphs ? second_letter(point, next) : 0;
        if (second) {
            put(to, second);
        }
    } else if (point == '&') {
        to->gap = true;
        put_all(to, "and");
        to->gap = true;
    } else if (kind != UNICODE_MARK) {
        to->gap = true;
    }
}

/* The same of ASCII, byte by byte. */
static const char *fold_ascii(struct arena *arena, const char *text) {
    char *made = arena_alloc(arena, strlen(text) * GROWTH + 1), *to = made;
    bool gap = false;
    for (; *text; text++) {
        char lower = *text;
        if (lower >= 'A' && lower <= 'Z') {
            lower = (char)(lower + ('a' - 'A'));
        }
        bool ampersand = lower == '&';
        if (!ampersand && !(lower >= 'a' && lower <= 'z') && !(lower >= '0' && lower <= '9')) {
            gap = true;
            continue;
        }
        if ((gap || ampersand) && to != made) {
            *to++ = ' ';
        }
        gap = ampersand;
        if (ampersand) {
            to = stpcpy(to, "and");
        } else {
            *to++ = lower;
        }
    }
    *to = '\0';
    return made;
}

const char *fold_text(struct arena *arena, const char *text, bool digraphs) {
    if (unicode_is_ascii(text)) {
        return fold_ascii(arena, text);
    }
    size_t count;
    const int32_t *points = unicode_decompose(arena, text, UNICODE_COMPATIBLE_FOLD, &count);
    struct folding to = {.points = arena_alloc(arena, (count * GROWTH + 1) * sizeof *points)};
    for (size_t i = 0; i < count; i++) {
        put_folded(&to, points[i], i + 1 < count ? points[i + 1] : 0, digraphs);
    }
    return unicode_compose(to.points, to.count); /* joins Hangul again; its marks are gone */
}

const char *fold_nfc(struct arena *arena, const char *text) {
    if (unicode_is_ascii(text)) {
        return arena_string(arena, text);
    }
    size_t count;
    int32_t *points = unicode_decompose(arena, text, UNICODE_CANONICAL, &count);
    return unicode_compose(points, count);
}

static bool is_left_out(int32_t point) {
    switch (point) {
    case '-':
    case '/':
    case '.':
    case '_':
    case ':':
    case '#':
        return true;
    default:
        return unicode_kind(point) == UNICODE_SPACE;
    }
}

const char *fold_reference(struct arena *arena, const char *text) {
    size_t count;
    const int32_t *points = unicode_decompose(arena, text, UNICODE_COMPATIBLE, &count);
    int32_t *kept = arena_alloc(arena, (count + 1) * sizeof *kept);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_left_out(points[i])) {
            kept[used++] = unicode_upper(points[i]);
        }
    }
    return unicode_compose(kept, used);
}

/* Whether any folding of a is equal to any of b: what ä ö ü å ø stand for is not known. */
static bool any_equal(const char *const a[2], const char *const b[2]) {
    return strcmp(a[0], b[0]) == 0 || strcmp(a[0], b[1]) == 0 || strcmp(a[1], b[0]) == 0 || strcmp(a[1], b[1]) == 0;
}

void fold_both(struct arena *arena, const char *text, const struct legal_forms *forms, const char *folded[2]) {
    folded[0] = fold_name(arena, text, false, forms);
    folded[1] = unicode_is_ascii(text) ? folded[0] : fold_name(arena, text, true, forms);
}

bool fold_same(struct arena *arena, const char *a, const char *b, const struct legal_forms *forms) {
    const char *names_a[2];
    const char *names_b[2];
    fold_both(arena, a, forms, names_a);
    fold_both(arena, b, forms, names_b);
    return any_equal(names_a, names_b);
}

static int compare_texts(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Parts the words of a folded text where letters and digits meet. */
static char *part_digits(struct arena *arena, const char *folded) {
    char *parted = arena_alloc(arena, strlen(folded) * 2 + 1);
    size_t used = 0;
    enum unicode_kind last = UNICODE_SPACE;
    for (const char *from = folded, *next = folded; *from; from = next) {
        enum unicode_kind kind = unicode_kind(unicode_next(&next));
        if (kind != last && kind != UNICODE_SPACE && last != UNICODE_SPACE) {
            parted[used++] = ' ';
        }
        memcpy(parted + used, from, (size_t)(next - from));
        used += (size_t)(next - from);
        last = kind;
    }
    parted[used] = '\0';
    return parted;
}

/* The words of a text, sorted, each once, apart by blanks: equal sets are equal texts. */
static const char *word_set(struct arena *arena, const char *text, bool digraphs) {
    char *rest = part_digits(arena, fold_text(arena, text, digraphs));
    size_t length = strlen(rest);
    const char **words = arena_alloc(arena, (length / 2 + 1) * sizeof *words);
    size_t count = 0;
    char *set = arena_zero(arena, length + 2);
    for (char *word; (word = strsep(&rest, " ")) != NULL;) {
        words[count++] = word;
    }
    qsort(words, count, sizeof *words, compare_texts);
    char *end = set;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(words[i], words[i - 1]) != 0) {
            end = stpcpy(end, words[i]);
            *end++ = ' ';
        }
    }
    return set;
}

bool fold_same_set(struct arena *arena, const char *a, const char *b) {
    const char *sets_a[2] = {word_set(arena, a, false), word_set(arena, a, true)};
    const char *sets_b[2] = {word_set(arena, b, false), word_set(arena, b, true)};
    return any_equal(sets_a, sets_b);
}

bool fold_same_script(const char *a, const char *b) {
    struct unicode_scripts scripts_a = unicode_scripts(a);
    struct unicode_scripts scripts_b = unicode_scripts(b);
    return unicode_scripts_meet(&scripts_a, &scripts_b);
}
