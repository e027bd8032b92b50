/* What the texts of a documentary credit say without a field for it (FACTS 6): which document is asked for, to whom and
 * with what freight a bill is made out, for how much insurance, on which trade term. The words stand in
 * derive/credit.csv; what no word fits stays absent. */
#include "base/arena.h"
#include "facts/derive-parts.h"
#include "reference/reference.h"

#include <ctype.h>
#include <string.h>

static bool is_part_of_word(char c) {
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Capitals of ASCII, byte for byte: places in one text are places in the other. */
static const char *capitals(struct arena *arena, const char *text) {
    char *copy = arena_string(arena, text);
    for (char *c = copy; *c; c++) {
        *c = (char)toupper((unsigned char)*c);
    }
    return copy;
}

/* The words, whole, in a text of capitals; NULL: not there. */
static const char *find_words(const char *text, const char *words) {
    size_t length = strlen(words);
    bool word = is_part_of_word(*words);
    for (const char *at = strstr(text, words); at; at = strstr(at + 1, words)) {
        bool begins = !word || at == text || !is_part_of_word(at[-1]);
        if (begins && !(word && is_part_of_word(at[length]))) {
            return at;
        }
    }
    return NULL;
}

/* The first of what rows of a kind say; of two at one place the longer. end: behind it. */
static const struct credit_word *find_first(const struct deriving *d, const char *what, const char *text,
                                            const char **place) {
    const struct derivations *data = d->k->derivations;
    const struct credit_word *best = NULL;
    for (size_t i = 0; i < data->credit_word_count; i++) {
        const struct credit_word *row = &data->credit_words[i];
        const char *at = strcmp(row->what, what) == 0 ? find_words(text, row->words) : NULL;
        if (at && (!best || at < *place || (at == *place && strlen(row->words) > strlen(best->words)))) {
            best = row;
            *place = at;
        }
    }
    return best;
}

/* What stands behind the words of a kind, up to a comma or a word that stops it; NULL: nothing. */
static const char *behind(struct deriving *d, const char *what, const char *text, const char *original) {
    const char *at;
    const struct credit_word *word = find_first(d, what, text, &at);
    if (!word) {
        return NULL;
    }
    at += strlen(word->words);
    const char *end = at + strcspn(at, ",;");
    const char *stop;
    if (find_first(d, "stop", at, &stop) && stop < end) {
        end = stop;
    }
    while (at < end && !is_part_of_word(*at)) {
        at++;
    }
    while (end > at && isspace((unsigned char)end[-1])) {
        end--;
    }
    return at < end ? arena_copy(d->arena, original + (at - text), (size_t)(end - at)) : NULL;
}

/* The number that stands before a word of percent: "110" in "FOR 110 PCT OF INVOICE VALUE". */
static const char *percent_before(struct deriving *d, const char *text) {
    const char *end;
    if (!find_first(d, "percent", text, &end)) {
        return NULL;
    }
    while (end > text && end[-1] == ' ') {
        end--;
    }
    const char *at = end;
    while (at > text && (isdigit((unsigned char)at[-1]) || (at[-1] == '.' && at < end))) {
        at--;
    }
    return at < end ? arena_copy(d->arena, at, (size_t)(end - at)) : NULL;
}

/* "(3/3)": as many originals as there are. */
static const char *originals_of(struct deriving *d, const char *text) {
    const char *at = strchr(text, '(');
    size_t digits = at ? strspn(at + 1, "0123456789") : 0;
    bool fits = digits && digits < 3 && at[1 + digits] == '/' && strncmp(at + 2 + digits, at + 1, digits) == 0 &&
                at[2 + 2 * digits] == ')';
    return fits ? arena_copy(d->arena, at + 1, digits) : NULL;
}

static void derive_asked(struct deriving *d, struct fact *credit, struct fact *asked) {
    struct fact *stated = fact_at(asked, "text");
    if (!stated || !stated->value) {
        return;
    }
    const char *text = capitals(d->arena, stated->value);
    const char *place;
    const struct credit_word *word = find_first(d, "document", text, &place);
    derived_once(d, asked, "type", word ? word->value : "other", stated);
    const char *type = fact_text(asked, "type");
    const char *originals = originals_of(d, text);
    if (originals) {
        derived_once(d, asked, "originals", originals, stated);
    }
    if (strcmp(type, "billOfLading") == 0 || strcmp(type, "seaWaybill") == 0 || strcmp(type, "airWaybill") == 0) {
        const char *consignee = behind(d, "consignee", text, stated->value);
        const char *notify = behind(d, "notify", text, stated->value);
        const struct credit_word *freight = find_first(d, "freight", text, &place);
        if (consignee) {
            derived_once(d, credit, "consigneeText", consignee, stated);
        }
        if (notify) {
            derived_once(d, credit, "notifyText", notify, stated);
        }
        if (freight) {
            derived_once(d, credit, "freight", freight->value, stated);
        }
    }
    const char *percent = strcmp(type, "insurance") == 0 ? percent_before(d, text) : NULL;
    if (percent) {
        derived_once(d, credit, "insurancePercent", percent, stated);
    }
}

/* The first trade term in the text of the goods. */
static void derive_term(struct deriving *d, struct fact *credit) {
    struct fact *goods = fact_at(credit, "goods");
    if (!goods || !goods->value) {
        return;
    }
    const char *text = capitals(d->arena, goods->value);
    struct answer terms = reference_code_all(d->k->reference, d->arena, "Incoterms2020", ANY_DAY);
    const char *first = NULL;
    const char *found = NULL;
    for (size_t i = 0; i < terms.count; i++) {
        const char *code = fact_text(terms.rows[i], "code");
        const char *at = code ? find_words(text, code) : NULL;
        if (at && (!first || at < first)) {
            first = at;
            found = code;
        }
    }
    if (found) {
        derived_once(d, credit, "incoterm", found, goods);
    }
}

void derive_credit_texts(struct deriving *d) {
    for (struct fact *settlement = next_visible(d, "settlement", NULL); settlement;
         settlement = next_visible(d, "settlement", settlement)) {
        struct fact *credit = fact_at(settlement, "credit");
        struct fact *form = fact_at(credit, "form");
        for (struct fact *asked = credit ? fact_at(settlement, "document") : NULL; asked; asked = asked->next_same) {
            derive_asked(d, credit, asked);
        }
        const char *place;
        if (form && form->value && find_first(d, "transfer", capitals(d->arena, form->value), &place)) {
            derived_once(d, credit, "transfer", "true", form);
        }
        if (credit) {
            derive_term(d, credit);
        }
    }
}
