/* Forms and check digits of numbers (CATALOGUE-A 11; CATALOGUE-B D-241, D-242). */
#include "base/arena.h"
#include "base/check.h"
#include "xpath/house.h"

static struct value iso6346_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)count;
    return value_boolean(check_iso6346(arguments[0].text));
}

static struct value mrn_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)count;
    return value_boolean(check_mrn(arguments[0].text));
}

static struct value imo_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)count;
    return value_boolean(check_imo(arguments[0].text));
}

static struct value gln_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)count;
    return value_boolean(check_gln(arguments[0].text));
}

static struct value lei_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)count;
    return value_boolean(check_lei(arguments[0].text));
}

static struct value uscc_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)count;
    return value_boolean(check_uscc(arguments[0].text));
}

enum { COUNTRY_LETTERS = 2 };

static struct value eori_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct value unknown;
    const char *number = arguments[0].text;
    (void)count;
    if (!check_eori(number)) {
        return value_boolean(false);
    }
    if (!house_list(e, "ISO3166", &unknown)) {
        return unknown;
    }
    const char *country = arena_copy(e->arena, number, COUNTRY_LETTERS);
    return value_boolean(reference_code_row(e->host->reference, "ISO3166", country, ANY_DAY) != NULL);
}

const struct function functions_check[] = {
    {.name = "tw:iso6346", .takes = "T", .min = 1, .returns = RETURNS_BOOLEAN, .body = iso6346_of},
    {.name = "tw:mrn", .takes = "T", .min = 1, .returns = RETURNS_BOOLEAN, .body = mrn_of},
    {.name = "tw:imo", .takes = "T", .min = 1, .returns = RETURNS_BOOLEAN, .body = imo_of},
    {.name = "tw:gln", .takes = "T", .min = 1, .returns = RETURNS_BOOLEAN, .body = gln_of},
    {.name = "tw:lei", .takes = "T", .min = 1, .returns = RETURNS_BOOLEAN, .body = lei_of},
    {.name = "tw:uscc", .takes = "T", .min = 1, .returns = RETURNS_BOOLEAN, .body = uscc_of},
    {.name = "tw:eori", .takes = "T", .min = 1, .returns = RETURNS_BOOLEAN, .body = eori_of},
    {0},
};
