/* Exact decimals: notation, limits of 38 digits, half cases, tolerances at their edge, shares. */
#include "base/support.h"

#define NINES "99999999999999999999999999999999999999" /* 38 digits */

static void reads_and_prints(void **state) {
    (void)state;
    static const char *const same[] = {"0", "1.50", "-0.001", "100", NINES, "-" NINES, "0." NINES, "1234567890.0"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct decimal value = number(same[i]);
        assert_number(&value, same[i]);
    }
    static const char *const pairs[][2] = {
        {"+1", "1"}, {"007", "7"}, {"-0", "0"}, {"-0.00", "0.00"}, {".5", "0.5"}, {"5.", "5"}, {"00" NINES ".0", NINES},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct decimal value = number(pairs[i][0]);
        assert_number(&value, pairs[i][1]);
    }
}

static void refuses_what_is_no_decimal(void **state) {
    (void)state;
    static const char *const wrong[] = {"",    "-",   "+",       ".",        "-.",           "1e3",
                                        "1,5", "1 ",  " 1",      "--1",      "1.2.",         "1.2.3",
                                        "0x1", "NaN", "1" NINES, NINES ".1", "0.0" NINES "1"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct decimal value;
        assert_false(decimal_parse(wrong[i], strlen(wrong[i]), &value));
    }
}

static void compares_by_value(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        int order;
    } cases[] = {
        {"1.0", "1", 0},        {"0", "-0.00", 0},      {"-1", "1", -1},       {"-2", "-1", -1},  {"1.01", "1.1", -1},
        {NINES, "0." NINES, 1}, {"-" NINES, "0.1", -1}, {"0." NINES, "1", -1}, {NINES, NINES, 0}, {"-0.5", "-0.25", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal a = number(cases[i].a);
        struct decimal b = number(cases[i].b);
        assert_int_equal(decimal_compare(&a, &b), cases[i].order);
        assert_int_equal(decimal_compare(&b, &a), -cases[i].order);
    }
}

typedef bool operation(const struct decimal *a, const struct decimal *b, struct decimal *out);

/* expected NULL: refused. */
static void assert_result(operation *operate, const char *a, const char *b, const char *expected) {
    struct decimal left = number(a);
    struct decimal right = number(b);
    struct decimal out;
    assert_int_equal(operate(&left, &right, &out), expected != NULL);
    if (expected) {
        assert_number(&out, expected);
    }
}

static void calculates_exactly(void **state) {
    (void)state;
    assert_result(decimal_add, "0.1", "0.2", "0.3");
    assert_result(decimal_add, "1.50", "-1.5", "0.00");
    assert_result(decimal_add, NINES, "-1", "99999999999999999999999999999999999998");
    assert_result(decimal_add, NINES, "1", NULL);
    assert_result(decimal_add, NINES, "0.0", NINES);
    assert_result(decimal_subtract, "-5", "-7.25", "2.25");
    assert_result(decimal_multiply, "-1.5", "0.20", "-0.300");
    assert_result(decimal_multiply, "0", "-3", "0");
    assert_result(decimal_multiply, "10000000000000000000", "10000000000000000000", NULL);
    assert_result(decimal_multiply, "10000000000000000000", "9999999999999999999",
                  "99999999999999999990000000000000000000");
    assert_result(decimal_multiply, "0.00000000000000000000", "0.00000000000000000000", "0");
}

static void rounds_every_way(void **state) {
    (void)state;
    static const struct {
        const char *value, *up, *even, *down, *away;
    } cases[] = {
        {"2.345", "2.35", "2.34", "2.34", "2.35"},      {"2.355", "2.36", "2.36", "2.35", "2.36"},
        {"-2.345", "-2.35", "-2.34", "-2.34", "-2.35"}, {"2.3449", "2.34", "2.34", "2.34", "2.35"},
        {"2.3451", "2.35", "2.35", "2.34", "2.35"},     {"-0.004", "0.00", "0.00", "0.00", "-0.01"},
        {"1", "1.00", "1.00", "1.00", "1.00"},          {"0.995", "1.00", "1.00", "0.99", "1.00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const expected[] = {cases[i].up, cases[i].even, cases[i].down, cases[i].away};
        for (int mode = ROUND_HALF_UP; mode <= ROUND_UP; mode++) {
            struct decimal value = number(cases[i].value);
            struct decimal out;
            assert_true(decimal_round(&value, 2, (enum rounding)mode, &out));
            assert_number(&out, expected[mode]);
        }
    }
    struct decimal full = number(NINES);
    assert_false(decimal_round(&full, 1, ROUND_DOWN, &full));
    struct decimal edge = number("9999999999999999999999999999999999999.9");
    struct decimal out;
    assert_true(decimal_round(&edge, 0, ROUND_HALF_UP, &out));
    assert_number(&out, "10000000000000000000000000000000000000");
}

static void assert_quotient(const char *a, const char *b, unsigned places, const char *expected) {
    struct decimal left = number(a);
    struct decimal right = number(b);
    struct decimal out;
    assert_int_equal(decimal_divide(&left, &right, places, ROUND_HALF_UP, &out), expected != NULL);
    if (expected) {
        assert_number(&out, expected);
    }
}

static void divides_digit_by_digit(void **state) {
    (void)state;
    assert_quotient("1", "3", 4, "0.3333");
    assert_quotient("2", "3", 4, "0.6667");
    assert_quotient("-1", "8", 2, "-0.13");
    assert_quotient("1", "0", 2, NULL);
    assert_quotient(NINES, NINES, 30, "1.000000000000000000000000000000");
    assert_quotient("1", NINES, 38, "0.00000000000000000000000000000000000001");
    assert_quotient(NINES, "0.1", 0, NULL);
    assert_quotient("1.5", "3", 39, NULL);
    /* The dividend's last digits decide: 0.5 exactly, and a little less. */
    assert_quotient("1.50000000", "3", 0, "1");
    assert_quotient("1.49999999", "3", 0, "0");
    assert_quotient("2.5000001", "5", 0, "1");
}

static void within_is_inclusive(void **state) {
    (void)state;
    static const struct {
        const char *found, *reference, *limit, *percent;
        bool within;
    } cases[] = {
        {"101", "100", "0", "1", true},       {"101.01", "100", "0", "1", false}, {"101", "100", "1", "0", true},
        {"98.99", "100", "1", "1", false},    {"99", "100", "1", "0", true},      {"-101", "-100", "0", "1", true},
        {"101", "100.0", "0.5", "2", true},   {"0", "0", "0", "0", true},         {"0.001", "0", "0", "5", false},
        {"102", "101", "0", "0.9900", false}, {"102", "100", "2.00", "1", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal found = number(cases[i].found);
        struct decimal reference = number(cases[i].reference);
        struct decimal limit = number(cases[i].limit);
        struct decimal percent = number(cases[i].percent);
        bool within;
        assert_true(decimal_within(&found, &reference, &limit, &percent, &within));
        assert_int_equal(within, cases[i].within);
    }
    struct decimal large = number(NINES);
    struct decimal half = number("0.5");
    bool within;
    assert_false(decimal_within(&large, &half, &half, &half, &within));
}

static void shares_without_losing_a_cent(void **state) {
    (void)state;
    struct decimal weights[] = {number("1"), number("1"), number("1")};
    struct decimal amount = number("100.00");
    struct decimal parts[3];
    assert_true(decimal_share(&amount, weights, 3, 2, parts));
    assert_number(&parts[0], "33.33");
    assert_number(&parts[1], "33.33");
    assert_number(&parts[2], "33.34");
    assert_true(decimal_share(&amount, weights, 1, 2, parts));
    assert_number(&parts[0], "100.00");
    struct decimal nothing[] = {number("0"), number("0.0")};
    assert_false(decimal_share(&amount, nothing, 2, 2, parts));
    assert_false(decimal_share(&amount, NULL, 0, 2, parts));
}

static void becomes_an_integer_and_back(void **state) {
    (void)state;
    int64_t whole;
    struct decimal value = number("12.000");
    assert_true(decimal_to_integer(&value, &whole));
    assert_int_equal(whole, 12);
    value = number("12.5");
    assert_false(decimal_to_integer(&value, &whole));
    value = decimal_from(INT64_MIN);
    assert_number(&value, "-9223372036854775808");
    assert_true(decimal_to_integer(&value, &whole));
    assert_true(whole == INT64_MIN);
    value = number("9223372036854775808");
    assert_false(decimal_to_integer(&value, &whole));
    value = number("0.0");
    assert_true(decimal_to_integer(&value, &whole));
    assert_int_equal(whole, 0);
    value = number("1.500");
    value = decimal_trim(&value);
    assert_number(&value, "1.5");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_prints),
        cmocka_unit_test(refuses_what_is_no_decimal),
        cmocka_unit_test(compares_by_value),
        cmocka_unit_test(calculates_exactly),
        cmocka_unit_test(rounds_every_way),
        cmocka_unit_test(divides_digit_by_digit),
        cmocka_unit_test(within_is_inclusive),
        cmocka_unit_test(shares_without_losing_a_cent),
        cmocka_unit_test(becomes_an_integer_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
