/* Texts as people compare them: names, references, descriptions (CATALOGUE-B 0.3, 1.6; FACTS 9). */
#include "base/arena.h"
#include "base/unicode.h"
#include "xpath/house.h"

#include <stdlib.h>
#include <string.h>

static struct value fold_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)count;
    return value_string(fold_text(e->arena, arguments[0].text, false));
}

static struct value ref_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)count;
    return value_string(reference_of(e, arguments[0].text));
}

static struct value same_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)count;
    return value_boolean(fold_same(e->arena, arguments[0].text, arguments[1].text, house_legal_forms(e)));
}

static struct value same_set_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)count;
    return value_boolean(fold_same_set(e->arena, arguments[0].text, arguments[1].text));
}

static struct value same_script_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)count;
    return value_boolean(fold_same_script(arguments[0].text, arguments[1].text));
}

static struct value other_script(struct evaluation *e, const char *a, const char *b) {
    return value_unknown(missing_named(e, "one script of \"%s\" and \"%s\"", a, b));
}

static struct value similar_of(struct evaluation *e, const struct value *arguments, size_t count) {
    const char *a = arguments[0].text, *b = arguments[1].text;
    struct decimal out;
    (void)count;
    return fold_similar(e->arena, a, b, &out) ? value_decimal(out) : other_script(e, a, b);
}

static struct value similar_name_of(struct evaluation *e, const struct value *arguments, size_t count) {
    const char *a = arguments[0].text, *b = arguments[1].text;
    struct decimal out;
    (void)count;
    return fold_similar_name(e->arena, a, b, house_legal_forms(e), &out) ? value_decimal(out) : other_script(e, a, b);
}

/* ---- Patterns --------------------------------------------------------------------------------------- */

static const struct pattern *pattern_of(struct evaluation *e, const char *text) {
    const struct pattern *pattern = patterns_find(&e->program->patterns, text);
    pattern = pattern ? pattern : patterns_find(&e->memory->patterns, text);
    return pattern ? pattern : patterns_add(&e->memory->patterns, text);
}

static enum truth matches_of(struct evaluation *e, const struct call *call, struct fact *at,
                             const struct missing **missing) {
    struct value arguments[2], unknown;
    if (!call_arguments(e, call, at, arguments, &unknown)) {
        *missing = missing_both(e, *missing, unknown.missing);
        return TRUTH_UNKNOWN;
    }
    const struct pattern *pattern = call->pattern ? call->pattern : pattern_of(e, arguments[1].text);
    if (!pattern->valid) {
        *missing = missing_both(e, *missing, missing_named(e, "a pattern, not %s", arguments[1].text));
        return TRUTH_UNKNOWN;
    }
    return regexec(&pattern->compiled, arguments[0].text, 0, NULL, 0) == 0 ? TRUTH_TRUE : TRUTH_FALSE;
}

/* ---- Parties ---------------------------------------------------------------------------------------- */

static bool same_scheme(const struct evaluation *e, const struct fact *a, const struct fact *b, bool *decides) {
    const struct fact *of_a = next_child(e, a, "@scheme", NULL), *of_b = next_child(e, b, "@scheme", NULL);
    const char *scheme = of_a ? of_a->value : NULL, *other = of_b ? of_b->value : NULL;
    *decides = scheme && strcmp(scheme, "OTHER") != 0;
    return !scheme || !other || strcmp(scheme, other) == 0;
}

/* The ids of a party: its children, or itself where a register gives a party by its id alone. */
static struct fact *next_id(const struct evaluation *e, struct fact *party, struct fact *before) {
    if (party->value) {
        return before ? NULL : party;
    }
    return next_child(e, party, "id", before);
}

/* Ids of one scheme decide; a number of nobody knows whose list (OTHER) only when it is equal. */
static enum truth parties_by_id(struct evaluation *e, struct fact *p, struct fact *q) {
    enum truth answer = TRUTH_UNKNOWN;
    for (struct fact *a = next_id(e, p, NULL); a; a = next_id(e, p, a)) {
        for (struct fact *b = next_id(e, q, NULL); b; b = next_id(e, q, b)) {
            bool decides;
            spend(e, 1);
            if (!a->value || !b->value || !same_scheme(e, a, b, &decides)) {
                continue;
            }
            if (strcmp(reference_of(e, a->value), reference_of(e, b->value)) == 0) {
                return TRUTH_TRUE;
            }
            answer = decides && next_child(e, b, "@scheme", NULL) ? TRUTH_FALSE : answer;
        }
    }
    return answer;
}

static const char *country_of(const struct evaluation *e, const struct fact *party) {
    const struct fact *country = next_child(e, next_child(e, party, "address", NULL), "country", NULL);
    return country ? country->value : NULL;
}

static struct value parties_by_name(struct evaluation *e, const struct fact *p, const struct fact *q, const char *name,
                                    const char *other) {
    struct decimal similar, least;
    struct value unknown;
    if (fold_same(e->arena, name, other, house_legal_forms(e))) {
        return value_boolean(true);
    }
    if (!house_decimal(e, "name.sameParty", &least, &unknown)) {
        return unknown;
    }
    if (!fold_similar(e->arena, name, other, &similar)) {
        return other_script(e, name, other);
    }
    const char *a = country_of(e, p), *b = country_of(e, q);
    return value_boolean(decimal_compare(&similar, &least) >= 0 && (!a || !b || strcmp(a, b) == 0));
}

static struct value party_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct fact *p = argument_fact(&arguments[0]), *q = argument_fact(&arguments[1]);
    enum truth by_id = parties_by_id(e, p, q);
    (void)count;
    if (by_id != TRUTH_UNKNOWN) {
        return value_boolean(by_id == TRUTH_TRUE);
    }
    const struct fact *name = next_child(e, p, "name", NULL), *other = next_child(e, q, "name", NULL);
    if (name && other && name->value && other->value) {
        return parties_by_name(e, p, q, name->value, other->value);
    }
    const struct missing *of_p = name ? NULL : missing_below(e, p, "name");
    return value_unknown(missing_both(e, of_p, other ? NULL : missing_below(e, q, "name")));
}

/* ---- Vague descriptions ----------------------------------------------------------------------------- */

static bool is_word(struct evaluation *e, const char *list, const char *text, const char *kind) {
    const struct fact *row = reference_code_row(e->host->reference, list, text, house_as_of(e));
    spend(e, 1);
    return row && fact_is(row, "kind", kind);
}

/* A unit, by its code or symbol of list Rec20: "12 kg", "4 C62". */
static bool is_unit(struct evaluation *e, const char *token) {
    const struct table *units = reference_list(e->host->reference, "Rec20");
    for (size_t i = 0; units && i < units->count; i++) {
        const char *symbol = fact_text(units->rows[i].fact, "symbol");
        const char *code = fact_text(units->rows[i].fact, "code");
        spend(e, 1);
        if ((symbol && strcmp(fold_text(e->arena, symbol, false), token) == 0) ||
            strcmp(fold_text(e->arena, code, false), token) == 0) {
            return true;
        }
    }
    return false;
}

/* Every token that says something is in the set of vague ones. Units count as such behind a number alone: a bar may
 * be made of steel. */
static bool all_vague(struct evaluation *e, const char *folded) {
    bool after_number = false;
    while (*folded) {
        size_t length = strcspn(folded, " ");
        const char *token = arena_copy(e->arena, folded, length);
        bool number = *token >= '0' && *token <= '9';
        bool empty = number || !length || is_word(e, "StopWord", token, "token") || (after_number && is_unit(e, token));
        if (!empty && !is_word(e, "VagueTerm", token, "token")) {
            return false;
        }
        after_number = number;
        folded += length + (folded[length] == ' ');
    }
    return true;
}

/* Fewer letters than that, or one character again and again. */
static bool says_nothing(const char *text, int64_t least_letters) {
    int64_t letters = 0;
    int32_t first = 0;
    bool repeated = true;
    for (int32_t point = unicode_next(&text); point; point = unicode_next(&text)) {
        if (unicode_kind(point) == UNICODE_LETTER) {
            letters++;
            first = first ? first : point;
            repeated = repeated && point == first;
        }
    }
    return letters < least_letters || repeated;
}

static struct value vague_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct decimal least;
    struct value unknown;
    int64_t letters;
    (void)count;
    if (!house_list(e, "VagueTerm", &unknown) || !house_list(e, "StopWord", &unknown) ||
        !house_decimal(e, "desc.minLetters", &least, &unknown)) {
        return unknown;
    }
    const char *folded = fold_text(e->arena, arguments[0].text, false);
    if (!decimal_to_integer(&least, &letters)) {
        letters = 0;
    }
    return value_boolean(says_nothing(folded, letters) || is_word(e, "VagueTerm", folded, "phrase") ||
                         all_vague(e, folded));
}

const struct function functions_text[] = {
    {.name = "tw:fold", .takes = "T", .min = 1, .returns = RETURNS_TEXT, .body = fold_of},
    {.name = "tw:ref", .takes = "T", .min = 1, .returns = RETURNS_TEXT, .body = ref_of},
    {.name = "tw:same", .takes = "TT", .min = 2, .returns = RETURNS_BOOLEAN, .body = same_of},
    {.name = "tw:sameSet", .takes = "TT", .min = 2, .returns = RETURNS_BOOLEAN, .body = same_set_of},
    {.name = "tw:sameScript", .takes = "TT", .min = 2, .returns = RETURNS_BOOLEAN, .body = same_script_of},
    {.name = "tw:similar", .takes = "TT", .min = 2, .returns = RETURNS_DECIMAL, .body = similar_of},
    {.name = "tw:similarName", .takes = "TT", .min = 2, .returns = RETURNS_DECIMAL, .body = similar_name_of},
    {.name = "tw:matches",
     .takes = "TT",
     .min = 2,
     .returns = RETURNS_BOOLEAN,
     .flags = FUNCTION_PATTERN,
     .truth = matches_of},
    {.name = "tw:party", .takes = "NN", .min = 2, .returns = RETURNS_BOOLEAN, .body = party_of},
    {.name = "tw:vague", .takes = "T", .min = 1, .returns = RETURNS_BOOLEAN, .body = vague_of},
    {0},
};
