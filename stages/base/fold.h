/* Comparing names, addresses and references as people do (CATALOGUE-B 0.3; FACTS 9: tw:fold … tw:ref).
 *
 * Texts are UTF-8; bytes that are not are read as Latin-1. Results are made in the arena. Characters that nobody
 * sees (soft hyphen, zero-width space and the like) are left out, so that they can hide no name.
 */
#ifndef TW_BASE_FOLD_H
#define TW_BASE_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct decimal;

/* Legal-form tokens to remove, sorted by byte order, already folded (list LegalForm, CATALOGUE-B 1.9). */
struct legal_forms {
    const char *const *tokens;
    size_t count;
};

const char *fold_nfc(struct arena *arena, const char *text);
/* Letters and digits in lower case, words apart by one blank; ä ö ü å ø folded to one letter, or, with
 * digraphs, to two. */
const char *fold_text(struct arena *arena, const char *text, bool digraphs);
/* As fold_text, with legal forms removed from the end, repeatedly and longest first, and "the" from the start;
 * but never the whole name. Han and Hangul forms of two characters or more are also found at the end of a word. */
const char *fold_name(struct arena *arena, const char *text, bool digraphs, const struct legal_forms *forms);
/* Both foldings of a name: with one letter, with two. */
void fold_both(struct arena *arena, const char *text, const struct legal_forms *forms, const char *folded[2]);
/* tw:ref: NFKC, upper case, white space and - / . _ : # removed. */
const char *fold_reference(struct arena *arena, const char *text);

bool fold_same(struct arena *arena, const char *a, const char *b, const struct legal_forms *forms);
bool fold_same_script(const char *a, const char *b);                   /* tw:sameScript */
bool fold_same_set(struct arena *arena, const char *a, const char *b); /* tw:sameSet */

/* Sørensen–Dice over trigrams, 0..1 with 4 decimals, half-up; the higher of both umlaut foldings counts. A text
 * that folds to nothing is like no other. False: different scripts (undecidable). */
bool fold_similar(struct arena *arena, const char *a, const char *b, struct decimal *out);
/* The same with legal forms removed (tw:similarName). Sorting the words, which the catalogue asks for, changes
 * nothing here: each word has trigrams of its own, and they are counted without order. */
bool fold_similar_name(struct arena *arena, const char *a, const char *b, const struct legal_forms *forms,
                       struct decimal *out);

/* For one name against many: its trigrams, made once (forms NULL: none removed), valid while the arena stands. */
struct fold_grams;
const struct fold_grams *fold_grams(struct arena *arena, const char *text, const struct legal_forms *forms);
const struct fold_grams *fold_grams_copy(struct arena *arena, const struct fold_grams *grams);
bool fold_grams_similar(const struct fold_grams *a, const struct fold_grams *b, struct decimal *out);
/* Whether the texts have a script in common: else fold_grams_similar is false. */
bool fold_grams_meet(const struct fold_grams *a, const struct fold_grams *b);
/* False: their similarity is below that many ten-thousandths, which a look at both tells without comparing them. */
bool fold_grams_may_reach(const struct fold_grams *a, const struct fold_grams *b, int64_t least);

#endif
