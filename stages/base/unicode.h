/* Code points of a text: what base/fold.h stands on.
 *
 * Normalisation, case and categories by utf8proc, scripts by ICU; ASCII needs neither. Pure; results are made in
 * the arena. A byte that is not UTF-8 is read as Latin-1, so that every text has code points.
 */
#ifndef TW_BASE_UNICODE_H
#define TW_BASE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum unicode_kind { UNICODE_OTHER, UNICODE_LETTER, UNICODE_DIGIT /* any number */, UNICODE_MARK, UNICODE_SPACE };

enum unicode_form {
    UNICODE_CANONICAL,      /* NFD: what NFC is composed from */
    UNICODE_COMPATIBLE,     /* NFKD */
    UNICODE_COMPATIBLE_FOLD /* NFKD, case folded, invisible characters (default ignorable) left out */
};

bool unicode_is_ascii(const char *text);

/* The code point at *text, which then stands behind it; 0 at the end. */
int32_t unicode_next(const char **text);

enum unicode_kind unicode_kind(int32_t point);
int32_t unicode_upper(int32_t point);

/* Code points, decomposed; room for one more is left behind the last. */
int32_t *unicode_decompose(struct arena *arena, const char *text, enum unicode_form form, size_t *count);
/* Code points composed (NFC of what was decomposed) as UTF-8. Takes the array, which must have room for one
 * more: it holds the result. */
const char *unicode_compose(int32_t *points, size_t count);

/* The scripts of a text's letters: Han, Hiragana and Katakana are one, Common and Inherited none. */
enum { UNICODE_SCRIPT_WORDS = 4 };
struct unicode_scripts {
    uint64_t bits[UNICODE_SCRIPT_WORDS];
};
struct unicode_scripts unicode_scripts(const char *text);
/* Whether they have one in common; a text without letters has one with all. */
bool unicode_scripts_meet(const struct unicode_scripts *a, const struct unicode_scripts *b);
/* Han, Hiragana, Katakana or Hangul: scripts that legal forms are written into without a blank. */
bool unicode_is_east_asian(int32_t point);

#endif
