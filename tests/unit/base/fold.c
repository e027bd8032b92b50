/* Names, references and sets as people compare them, in six scripts. */
#include "base/support.h"

#include "base/fold.h"

static const char *const tokens[] = {
    "ab",    "ag", "co",  "co ltd",   "gmbh", "gmbh co kg", "inc",          "kg",       "ltd",
    "s p a", "sa", "spa", "有限公司", "株",   "株式会社",   "股份有限公司", "주식회사",
};
static const struct legal_forms forms = {.tokens = tokens, .count = sizeof tokens / sizeof *tokens};

static void folds_text(void **state) {
    static const struct {
        const char *text, *single, *digraph;
    } cases[] = {
        {"  Tide--Waiter, Ltd. ", "tide waiter ltd", "tide waiter ltd"},
        {"Smith&Sons", "smith and sons", "smith and sons"},
        {"& Co", "and co", "and co"},
        {"", "", ""},
        {"!?", "", ""},
        {"Müller Größe", "muller grosse", "mueller groesse"},
        {"MU\xCC\x88LLER", "muller", "mueller"}, /* decomposed */
        {"Ångström Øst", "angstrom ost", "aangstroem oest"},
        {"Łódź Đorđe Þór Æon Œuvre ısı", "lodz dorde thor aeon oeuvre isi", "lodz dorde thor aeon oeuvre isi"},
        {"İstanbul", "istanbul", "istanbul"},
        {"Société Générale", "societe generale", "societe generale"},
        {"Ｔｏｋｙｏ ﬁlm № ²", "tokyo film no 2", "tokyo film no 2"},
        {"ГОРЬКИЙ Ёлка", "горькии елка", "горькии елка"},
        {"ΑΘΗΝΆΣ", "αθηνασ", "αθηνασ"},
        {"شَرِكَة", "شركة", "شركة"},
        {"上海（外贸）公司", "上海 外贸 公司", "上海 外贸 公司"},
        {"삼성전자", "삼성전자", "삼성전자"},
        {"㈱トヨタ", "株 トヨタ", "株 トヨタ"},
        {"soft\xC2\xADhyphen zero\xE2\x80\x8Bwidth", "softhyphen zerowidth", "softhyphen zerowidth"},
        {"a\xFF"
         "B",
         "a\xC3\xBF"
         "b",
         "a\xC3\xBF"
         "b"}, /* no UTF-8: Latin-1 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(fold_text(*state, cases[i].text, false), cases[i].single);
        assert_string_equal(fold_text(*state, cases[i].text, true), cases[i].digraph);
    }
}

static void removes_legal_forms(void **state) {
    static const char *const pairs[][2] = {
        {"Tide GmbH & Co. KG", "tide gmbh and"}, /* the list has no "and": as the catalogue says */
        {"Tide GmbH Co KG", "tide"},
        {"The Tide Co., Ltd.", "tide"},
        {"Marea S.p.A.", "marea"},
        {"Ltd", "ltd"},
        {"The", "the"},
        {"Co Ltd", "co"},
        {"Ltd Tide", "ltd tide"},
        {"上海潮水股份有限公司", "上海潮水"},
        {"上海潮水有限公司 Ltd", "上海潮水"},
        {"有限公司", "有限公司"},
        {"豊田(株)", "豊田"},
        {"삼성 주식회사", "삼성"},
        {"삼성주식회사", "삼성"},
        {"子株", "子株"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_string_equal(fold_name(*state, pairs[i][0], false, &forms), pairs[i][1]);
    }
    assert_string_equal(fold_name(*state, "Tide Ltd", false, NULL), "tide ltd");
}

static void long_names_end_soon(void **state) {
    enum { TIMES = 200000 };
    static const char han[] = "有限公司";
    static const char latin[] = "ltd ";
    char *name = arena_zero(*state, TIMES * sizeof han + 1);
    for (size_t i = 0; i < TIMES; i++) {
        memcpy(name + i * (sizeof latin - 1), latin, sizeof latin - 1);
    }
    assert_string_equal(fold_name(*state, name, false, &forms), "ltd");
    for (size_t i = 0; i < TIMES; i++) {
        memcpy(name + i * (sizeof han - 1), han, sizeof han - 1);
    }
    assert_string_equal(fold_name(*state, name, false, &forms), han);
}

static void names_are_the_same(void **state) {
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        {"Müller GmbH", "MUELLER", true},
        {"Müller GmbH", "Muller AG", true},
        {"Ångström AB", "Aangstroem", true},
        {"The Tide Co., Ltd.", "TIDE CO LTD", true},
        {"Smith & Sons", "SMITH AND SONS LTD", true},
        {"Tide One", "Tide Two", false},
        {"Mueller", "Muller", false},
        {"上海潮水有限公司", "上海潮水", true},
        {"Groß", "GROSS", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(fold_same(*state, cases[i].a, cases[i].b, &forms), cases[i].same);
        assert_int_equal(fold_same(*state, cases[i].b, cases[i].a, &forms), cases[i].same);
    }
}

static void similarity_is_counted_in_trigrams(void **state) {
    static const struct {
        const char *a, *b, *similarity;
    } cases[] = {
        {"tide", "tide", "1.0000"},      {"tide", "TIDE", "1.0000"},     {"tide waiter", "waiter tide", "1.0000"},
        {"abc", "abd", "0.5000"},                                 /* 4 and 4 trigrams, 2 in common */
        {"ab", "cd", "0.0000"},          {"aa", "aaa", "0.8571"}, /* {"  a"," aa","aa "} and {"  a"," aa","aaa","aa "}:
                                                                     6/7, of multisets */
        {"Müller", "Mueller", "1.0000"}, {"Müller", "Muller", "1.0000"}, {"", "", "0.0000"},
        {"", "tide", "0.0000"},          {"上海", "上海", "1.0000"},     {"123", "123", "1.0000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal similarity;
        assert_true(fold_similar(*state, cases[i].a, cases[i].b, &similarity));
        assert_number(&similarity, cases[i].similarity);
    }
    struct decimal similarity;
    assert_true(fold_similar_name(*state, "Waiter Tide GmbH", "The Tide Waiter Ltd", &forms, &similarity));
    assert_number(&similarity, "1.0000");
    assert_false(fold_similar(*state, "Москва", "Moskva", &similarity));
    assert_false(fold_similar_name(*state, "上海", "Shanghai", &forms, &similarity));
}

static void scripts_meet_or_not(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        {"abc", "Äöü", true},           {"abc", "Москва", false},
        {"abc Москва", "Москва", true}, {"上海", "とうきょう", true},
        {"上海", "トウキョウ", true},   {"上海", "서울", false},
        {"123", "Москва", true},        {"", "x", true},
        {"شركة", "Αθήνα", false},       {"שלום", "שלום", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(fold_same_script(cases[i].a, cases[i].b), cases[i].same);
        assert_int_equal(fold_same_script(cases[i].b, cases[i].a), cases[i].same);
    }
}

static void references_drop_what_nobody_types(void **state) {
    static const char *const pairs[][2] = {
        {" inv-2026/001 ", "INV2026001"},
        {"0012.3_4:5#6", "00123456"},
        {"ＡＢ\xE3\x80\x80１２", "AB12"},
        {"é\xC2\xA0x", "ÉX"},
        {"(a)", "(A)"},
        {"", ""},
        {"-/.", ""},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_string_equal(fold_reference(*state, pairs[i][0]), pairs[i][1]);
    }
}

static void sets_of_tokens(void **state) {
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        {"ABC 1-20", "abc1 / 20", true},
        {"A B A", "b a", true},
        {"A1B2", "2 b 1 a", true},
        {"A B", "A", false},
        {"", "-", true},
        {"Müller 1", "1 Mueller", true},
        {"AB", "A B", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(fold_same_set(*state, cases[i].a, cases[i].b), cases[i].same);
    }
}

static void composes(void **state) {
    assert_string_equal(fold_nfc(*state, "u\xCC\x88"), "ü");
    assert_string_equal(fold_nfc(*state, "plain"), "plain");
    assert_string_equal(fold_nfc(*state, "\xEF\xAC\x81"), "\xEF\xAC\x81"); /* the ligature fi stays */
    assert_string_equal(fold_nfc(*state, "\xE1\x84\x89\xE1\x85\xA1"), "사");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(folds_text, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(removes_legal_forms, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(long_names_end_soon, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(names_are_the_same, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(similarity_is_counted_in_trigrams, open_arena, close_arena),
        cmocka_unit_test(scripts_meet_or_not),
        cmocka_unit_test_setup_teardown(references_drop_what_nobody_types, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(sets_of_tokens, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(composes, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
