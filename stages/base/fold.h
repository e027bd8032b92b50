/* Comparing names, addresses and references as people do (CATALOGUE-B 0.3; FACTS 9: tw:fold … tw:ref).
 *
 * Texts are UTF-8; bytes that are not are taken as they are. Results are made in the arena.
 * Unicode normalisation and case folding: utf8proc; the property Script: ICU.
 */
#ifndef TW_BASE_FOLD_H
#define TW_BASE_FOLD_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct decimal;

/* Legal-form tokens to remove, sorted by byte order, already folded (list LegalForm). */
struct legal_forms {
    const char *const *tokens;
    size_t count;
};

const char *fold_nfc(struct arena *arena, const char *text);
/* Letters and digits in lower case, words apart by one blank; ä ö ü å ø folded to one letter, or, with
 * digraphs, to two. */
const char *fold_text(struct arena *arena, const char *text, bool digraphs);
/* As fold_text, with legal forms removed from the end and "the" from the start. */
const char *fold_name(struct arena *arena, const char *text, bool digraphs, const struct legal_forms *forms);
/* tw:ref: NFKC, upper case, white space and - / . _ : # removed. */
const char *fold_reference(struct arena *arena, const char *text);

bool fold_same(struct arena *arena, const char *a, const char *b, const struct legal_forms *forms);
/* Sørensen–Dice over trigrams, 0..1 with 4 decimals, half-up. False: different scripts (undecidable). */
bool fold_similar(struct arena *arena, const char *a, const char *b, struct decimal *out);
/* The same with legal forms removed and words sorted (tw:similarName). */
bool fold_similar_name(struct arena *arena, const char *a, const char *b, const struct legal_forms *forms,
                       struct decimal *out);
bool fold_same_script(const char *a, const char *b);
bool fold_same_set(struct arena *arena, const char *a, const char *b); /* tw:sameSet */

#endif
