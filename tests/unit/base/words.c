/* Numbers and amounts in words. */
#include "base/support.h"

#include "base/words.h"

static void counts(void **state) {
    static const char *const pairs[][2] = {
        {"0", "ZERO"},
        {"-0", "ZERO"},
        {"7", "SEVEN"},
        {"13", "THIRTEEN"},
        {"20", "TWENTY"},
        {"25.00", "TWENTY-FIVE"},
        {"99", "NINETY-NINE"},
        {"100", "ONE HUNDRED"},
        {"125", "ONE HUNDRED TWENTY-FIVE"},
        {"1001", "ONE THOUSAND ONE"},
        {"-19", "MINUS NINETEEN"},
        {"1000000", "ONE MILLION"},
        {"12345678", "TWELVE MILLION THREE HUNDRED FORTY-FIVE THOUSAND SIX HUNDRED SEVENTY-EIGHT"},
        {"1000000000000000000000000000000000", "ONE DECILLION"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct decimal value = number(pairs[i][0]);
        assert_string_equal(words_cardinal(*state, &value), pairs[i][1]);
    }
    static const char *const refused[] = {"1.5", "1000000000000000000000000000000000000"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct decimal value = number(refused[i]);
        assert_null(words_cardinal(*state, &value));
    }
    /* The longest of all fits. */
    struct decimal longest = number("777777777777777777777777777777777777");
    assert_true(strlen(words_cardinal(*state, &longest)) > 400);
}

static void amounts(void **state) {
    static const struct {
        const char *amount, *unit, *minor;
        unsigned places;
        const char *words;
    } cases[] = {
        {"104000.50", "US DOLLARS", "CENTS", 2, "US DOLLARS ONE HUNDRED FOUR THOUSAND AND CENTS FIFTY ONLY"},
        {"104000.5", "US DOLLARS", "CENTS", 2, "US DOLLARS ONE HUNDRED FOUR THOUSAND AND CENTS FIFTY ONLY"},
        {"104000.00", "EUROS", "CENTS", 2, "EUROS ONE HUNDRED FOUR THOUSAND ONLY"},
        {"5000", "YEN", NULL, 0, "YEN FIVE THOUSAND ONLY"},
        {"1.005", "KUWAITI DINARS", "FILS", 3, "KUWAITI DINARS ONE AND FILS FIVE ONLY"},
        {"0.01", "EUROS", "CENTS", 2, "EUROS ZERO AND CENTS ONE ONLY"},
        {"0", "EUROS", "CENTS", 2, "EUROS ZERO ONLY"},
        {"1.500", "EUROS", "CENTS", 2, "EUROS ONE AND CENTS FIFTY ONLY"},
        {"1.505", "EUROS", "CENTS", 2, NULL},
        {"100.5", "YEN", NULL, 0, NULL},
        {"1.5", "EUROS", NULL, 2, NULL},
        {"-1", "EUROS", "CENTS", 2, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal amount = number(cases[i].amount);
        const char *words = words_amount(*state, &amount, cases[i].unit, cases[i].minor, cases[i].places);
        if (cases[i].words) {
            assert_string_equal(words, cases[i].words);
        } else {
            assert_null(words);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts), cmocka_unit_test(amounts)};
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
