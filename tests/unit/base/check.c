/* Check digits: the catalogue's own examples, each digit changed, forms that are near. */
#include "base/support.h"

#include "base/check.h"

typedef bool check(const char *number);

static void assert_checked(check *holds, const char *const *right, const char *const *wrong) {
    assert_false(holds(NULL));
    assert_false(holds(""));
    for (; *right; right++) {
        assert_true(holds(*right));
    }
    for (; *wrong; wrong++) {
        assert_false(holds(*wrong));
    }
}

static const char *const nothing[] = {NULL};

static void movement_reference_numbers(void **state) {
    (void)state;
    static const char *const right[] = {"06DE586600006143E1",
                                        "99IT9876AB88901209",
                                        "21DE27364916384836",
                                        "21DE12345678901234",
                                        "26DE586600006143A2",
                                        "26NL0003ABCD1234B7",
                                        NULL};
    static const char *const wrong[] = {"21DE27364916384835", "26DE586600006143A3",  "26de586600006143a2",
                                        "26DE586600006143A",  "26DE586600006143A22", "2DDE586600006143A2",
                                        "26D1586600006143A2", "26DE58660000614 A2",  NULL};
    assert_checked(check_mrn, right, wrong);
}

static void containers(void **state) {
    (void)state;
    static const char *const right[] = {"CSQU3054383", NULL};
    static const char *const wrong[] = {"CSQU3054384", "CSQX3054383", "CSQU305438", "csqu3054383", "CSQU 305438", NULL};
    assert_checked(check_iso6346, right, wrong);
}

static void places(void **state) {
    (void)state;
    static const char *const right[] = {"DEHAM", "US2AB", NULL};
    static const char *const wrong[] = {"DEHA", "DEHAMB", "deham", "DE1AB", "DEA0B", "D2HAM", "DK003102", NULL};
    assert_checked(check_locode, right, wrong);
}

static void credit_codes(void **state) {
    (void)state;
    static const char *const right[] = {"91350100M000100Y43", NULL};
    static const char *const wrong[] = {"91350100M000100Y44", "91350100I000100Y43", "91350100M000100Y4",
                                        "91350100M000100Y433", NULL};
    assert_checked(check_uscc, right, wrong);
}

static void ships(void **state) {
    (void)state;
    static const char *const right[] = {"9074729", NULL};
    static const char *const wrong[] = {"9074728", "907472", "90747299", "907472X", NULL};
    assert_checked(check_imo, right, wrong);
}

static void locations(void **state) {
    (void)state;
    static const char *const right[] = {"4000001000005", NULL};
    static const char *const wrong[] = {"4000001000006", "400000100000", "40000010000055", NULL};
    assert_checked(check_gln, right, wrong);
}

static void legal_entities(void **state) {
    (void)state;
    /* Made for the test: the last two digits are 98 minus the rest of the others by 97. */
    char made[] = "5299000TIDEWAITER000";
    unsigned right = 0;
    for (unsigned digits = 0; digits < 97; digits++) {
        made[18] = (char)('0' + digits / 10);
        made[19] = (char)('0' + digits % 10);
        right += check_lei(made);
    }
    assert_int_equal(right, 1);
    static const char *const wrong[] = {"5299000TIDEWAITER0", "5299000tidewaiter000", "5299000TIDEWAITER0AA", NULL};
    assert_checked(check_lei, nothing, wrong);
}

static void operators(void **state) {
    (void)state;
    static const char *const right[] = {"DE1234567", "GB123456789000", "XI1", "FR123456789012345", NULL};
    static const char *const wrong[] = {"D1234567",           "DE",           "de1234567", "DE 1234567",
                                        "DE1234567890123456", "DE12\xC3\xBC", NULL};
    assert_checked(check_eori, right, wrong);
}

static void any_changed_digit_is_seen(void **state) {
    (void)state;
    char number_changed[] = "4000001000005";
    for (size_t i = 0; i < 13; i++) {
        char kept = number_changed[i];
        for (char c = '0'; c <= '9'; c++) {
            number_changed[i] = c;
            assert_int_equal(check_gln(number_changed), c == kept);
        }
        number_changed[i] = kept;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(movement_reference_numbers),
        cmocka_unit_test(containers),
        cmocka_unit_test(places),
        cmocka_unit_test(credit_codes),
        cmocka_unit_test(ships),
        cmocka_unit_test(locations),
        cmocka_unit_test(legal_entities),
        cmocka_unit_test(operators),
        cmocka_unit_test(any_changed_digit_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
