#include "reference/desk.h"

static const char *code(struct desk *desk, const char *list, const char *value, const char *on, const char *column) {
    return fact_text(reference_code_row(desk->reference, list, value, day(on)), column);
}

static void codes_are_valid_on_a_day(void **state) {
    struct desk *desk = *state;

    assert_string_equal(code(desk, "ISO4217", "JPY", "2026-03-02", "minorUnit"), "0");
    assert_string_equal(code(desk, "ISO4217", "KWD", "2026-03-02", "minorUnit"), "3");
    assert_null(reference_code_row(desk->reference, "ISO4217", "HRK", day("2026-03-02")));
    assert_non_null(reference_code_row(desk->reference, "ISO4217", "HRK", day("2022-03-02")));
    assert_string_equal(code(desk, "ISO3166", "DE", "2026-03-02", "eu"), "true");
    assert_null(code(desk, "ISO3166", "GB", "2026-03-02", "eu"));
    assert_string_equal(code(desk, "Rec20", "TNE", "2026-03-02", "factor"), "1000");
    assert_string_equal(code(desk, "Rec20", "LBR", "2026-03-02", "factor"), "0.45359237");
    assert_string_equal(code(desk, "Rec20", "DZN", "2026-03-02", "base"), "C62");
    assert_string_equal(code(desk, "Incoterms2020", "CIF", "2026-03-02", "freight"), "prepaid");
    assert_null(reference_code_row(desk->reference, "Incoterms2020", "DAT", day("2026-03-02")));
    assert_string_equal(code(desk, "ISO6346size", "42G1", "2026-03-02", "tareMax"), "4900");
    assert_string_equal(code(desk, "ISO6346size", "45R1", "2026-03-02", "kind"), "reefer");
    assert_string_equal(code(desk, "UNCL1001", "N705", "2026-03-02", "kind"), "transportDocument");
    assert_non_null(reference_code_row(desk->reference, "HS", "841370", day("2026-03-02")));
    assert_null(reference_code_row(desk->reference, "HS", "841370", day("2021-03-02")));
}

static void a_list_that_is_not_there_is_missing(void **state) {
    struct desk *desk = *state;

    assert_int_equal(reference_code(desk->reference, desk->arena, "UN", "1263", ANY_DAY).state, REGISTER_MISSING);
    assert_int_equal(reference_code(desk->reference, desk->arena, "ISO3166", "ZZ", ANY_DAY).state, REGISTER_AVAILABLE);
}

static void regimes_follow_the_procedure(void **state) {
    struct reference *r = ((struct desk *)*state)->reference;
    int32_t on = day("2026-03-02");

    assert_string_equal(reference_regime(r, "eu-aes", "10", "00", NULL, NULL, on), "export");
    assert_string_equal(reference_regime(r, "eu-aes", "10", "23", NULL, NULL, on), "temporary-export");
    assert_string_equal(reference_regime(r, "eu-aes", "31", "53", NULL, NULL, on), "temporary-import-return");
    assert_string_equal(reference_regime(r, "wco-dec", "10", "40", "1CS", NULL, on), "export");
    assert_string_equal(reference_regime(r, "asycuda-sad", "30", "70", NULL, NULL, on), "bonded-warehouse");
    assert_string_equal(reference_regime(r, "china-dec", NULL, NULL, NULL, "0615", on), "bonded-processing");
    assert_null(reference_regime(r, "eu-aes", "99", "00", NULL, NULL, on));
    assert_null(reference_regime(r, "china-dec", NULL, NULL, NULL, "8888", on));
}

static void closure_follows_the_table(void **state) {
    struct reference *r = ((struct desk *)*state)->reference;
    int32_t on = day("2026-03-02");

    assert_string_equal(fact_text(reference_closure(r, PROFILE_EU, "10", "00", NULL, on), "outcome"), "release-close");
    assert_string_equal(fact_text(reference_closure(r, PROFILE_UK, "21", "51", NULL, on), "outcome"),
                        "release-supervise");
    assert_string_equal(fact_text(reference_closure(r, PROFILE_CN, NULL, NULL, "2600", on), "outcome"),
                        "release-supervise");
    assert_null(reference_closure(r, PROFILE_GENERIC, "10", "00", NULL, on));
}

static void the_profile_comes_from_office_or_number(void **state) {
    struct reference *r = ((struct desk *)*state)->reference;
    int32_t on = day("2026-03-02");

    assert_int_equal(reference_profile(r, "DE004851", NULL, NULL, NULL, on), PROFILE_EU);
    assert_int_equal(reference_profile(r, "XI000142", NULL, NULL, NULL, on), PROFILE_EU);
    assert_int_equal(reference_profile(r, "GB000041", NULL, NULL, NULL, on), PROFILE_UK);
    assert_int_equal(reference_profile(r, "3104", NULL, NULL, NULL, on), PROFILE_CN);
    assert_int_equal(reference_profile(r, NULL, NULL, "310420260000001207", NULL, on), PROFILE_CN);
    assert_int_equal(reference_profile(r, NULL, NULL, "26NL586600006143A2", NULL, on), PROFILE_EU);
    assert_int_equal(reference_profile(r, NULL, NULL, NULL, "CN", on), PROFILE_CN);
    assert_int_equal(reference_profile(r, "LCCAS", NULL, NULL, "LC", on), PROFILE_GENERIC);
}

static void columns_are_known_to_the_checker(void **state) {
    const struct kinds *kinds = reference_kinds(((struct desk *)*state)->reference);
    const char *near;

    assert_true(register_has_column(kinds, "licence", "line/quantity", &near));
    assert_true(register_has_column(kinds, "handbook", "discharge/at", &near));
    assert_true(register_has_column(kinds, "party.denied", "similarity", &near));
    assert_true(register_has_column(kinds, "party", "from", &near));
    assert_false(register_has_column(kinds, "licence", "line/quantty", &near));
    assert_string_equal(near, "quantity");
    assert_false(register_has_column(kinds, "nothing", "x", &near));
}

static void every_code_of_a_list_is_in_the_list_it_names(void **state) {
    struct reference *r = ((struct desk *)*state)->reference;
    const struct kinds *lists = reference_lists(r);

    for (size_t i = 0; i < kinds_count(lists); i++) {
        const struct kind *kind = kinds_item(lists, i);
        const struct table *table = reference_list(r, kind->name);
        for (size_t row = 0; table != NULL && row < table->count; row++) {
            for (size_t c = 0; c < kind->count; c++) {
                const char *value = fact_text(table->rows[row].fact, kind->columns[c].name);
                if (kind->columns[c].list != NULL && value != NULL &&
                    reference_code_row(r, kind->columns[c].list, value, ANY_DAY) == NULL) {
                    fail_msg("%s: %s is not in %s", kind->name, value, kind->columns[c].list);
                }
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_valid_on_a_day),
        cmocka_unit_test(a_list_that_is_not_there_is_missing),
        cmocka_unit_test(regimes_follow_the_procedure),
        cmocka_unit_test(closure_follows_the_table),
        cmocka_unit_test(the_profile_comes_from_office_or_number),
        cmocka_unit_test(columns_are_known_to_the_checker),
        cmocka_unit_test(every_code_of_a_list_is_in_the_list_it_names),
    };

    return cmocka_run_group_tests(tests, desk_set_up, desk_tear_down);
}
