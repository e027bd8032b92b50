/* Days, moments, durations: leap days, month ends, offsets, what is refused. */
#include "base/support.h"

#include "base/time.h"

static int32_t day(const char *text) {
    int32_t value;
    assert_true(day_read(text, &value));
    return value;
}

static void days_go_there_and_back(void **state) {
    (void)state;
    assert_int_equal(day("1970-01-01"), 0);
    assert_int_equal(day("1969-12-31"), -1);
    assert_int_equal(day("2000-03-01"), 11017);
    int32_t last = day("9999-12-31");
    for (int32_t d = day("0001-01-01"); d <= last; d++) {
        int year;
        int month;
        int day_of_month;
        day_split(d, &year, &month, &day_of_month);
        assert_in_range(month, 1, 12);
        assert_in_range(day_of_month, 1, 31);
        assert_int_equal(day_from(year, month, day_of_month), d);
    }
}

static void days_that_are_not_are_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "",           "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10",  "2026-04-31",  "2026-1-01",  "26-01-01",
        "2026-01-00", "2026-01-32", "0000-01-01", "2026/01/01", "2026-01-01Z", "2026-01-01 ", "+026-01-01",
    };
    int32_t value;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(day_read(wrong[i], &value));
    }
    assert_true(day_read("2024-02-29", &value));
    assert_true(day_read("2000-02-29", &value));
}

static void weeks_begin_on_monday(void **state) {
    (void)state;
    assert_int_equal(day_of_week(day("1970-01-01")), 4);
    assert_int_equal(day_of_week(day("2026-03-09")), 1);
    assert_int_equal(day_of_week(day("2026-03-15")), 7);
    assert_int_equal(day_of_week(day("1969-12-28")), 7);
}

static void months_keep_the_day_or_end(void **state) {
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *to;
    } cases[] = {
        {"2026-01-31", 1, "2026-02-28"},  {"2024-01-31", 1, "2024-02-29"},   {"2024-02-29", 12, "2025-02-28"},
        {"2024-02-29", 48, "2028-02-29"}, {"2026-03-31", -1, "2026-02-28"},  {"2026-01-15", -1, "2025-12-15"},
        {"2026-12-31", 2, "2027-02-28"},  {"2026-05-31", -12, "2025-05-31"}, {"2026-05-31", 0, "2026-05-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[MOMENT_TEXT];
        day_print(day_add_months(day(cases[i].from), cases[i].months), text);
        assert_string_equal(text, cases[i].to);
    }
}

static void moments_read_and_print(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"2026-03-10", "2026-03-10"},
        {"2026-03-10T10:00:00Z", "2026-03-10T10:00:00Z"},
        {"2026-03-10T10:00+01:00", "2026-03-10T10:00:00+01:00"},
        {"2026-03-10T10:00:59.999-03:30", "2026-03-10T10:00:59-03:30"},
        {"2026-12-31T24:00:00Z", "2027-01-01T00:00:00Z"},
        {"2026-03-10T10:00:00", "2026-03-10T10:00:00Z"},
        {"0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct moment moment;
        char text[MOMENT_TEXT];
        assert_true(moment_read(pairs[i][0], NULL, &moment));
        assert_int_equal(moment_print(&moment, text), strlen(pairs[i][1]));
        assert_string_equal(text, pairs[i][1]);
    }
}

static void moments_that_are_not_are_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "2026-03-10T",
        "2026-03-10T10",
        "2026-03-10T10:60",
        "2026-03-10T24:00:01",
        "2026-03-10T25:00",
        "2026-03-10T10:00:60Z",
        "2026-03-10T10:00:00.Z",
        "2026-03-10T10:00.5",
        "2026-03-10 10:00:00",
        "2026-03-10T10:00:00z",
        "2026-03-10T10:00:00+1:00",
        "2026-03-10T10:00:00+14:01",
        "2026-03-10T10:00:00Z ",
        "2026-03-10T10:00:00+01",
        "2026-02-30T10:00:00Z",
        "2026-03-10Z",
        "2026-03-10T10:00:0",
        "2026-03-10T10:00:00+01:60",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct moment moment;
        assert_false(moment_read(wrong[i], NULL, &moment));
    }
}

static void a_moment_has_a_day(void **state) {
    struct arena *arena = *state;
    const struct zone *shanghai;
    struct moment moment;
    assert_true(zone_open(arena, "+08:00", &shanghai));
    assert_true(moment_read("2026-03-10T16:30:00Z", NULL, &moment));
    assert_int_equal(moment_day(&moment, NULL), day("2026-03-10"));
    assert_int_equal(moment_day(&moment, shanghai), day("2026-03-11"));
    assert_true(moment_read("2026-03-10", NULL, &moment));
    assert_int_equal(moment_day(&moment, shanghai), day("2026-03-10"));
    assert_true(moment_read("1969-12-31T23:59:59Z", NULL, &moment));
    assert_int_equal(moment_day(&moment, NULL), -1);
}

static void durations_keep_months_apart(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds;
        int32_t months;
    } cases[] = {
        {"PT15M", 900, 0}, {"P1D", 86400, 0},   {"P3Y", 0, 36}, {"P1Y2M3DT4H5M6S", 273906, 14},
        {"PT0S", 0, 0},    {"P2W", 1209600, 0}, {"P1M", 0, 1},  {"PT1M", 60, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct duration duration;
        assert_true(duration_read(cases[i].text, &duration));
        assert_true(duration.seconds == cases[i].seconds);
        assert_int_equal(duration.months, cases[i].months);
    }
    static const char *const wrong[] = {"",
                                        "P",
                                        "PT",
                                        "1D",
                                        "P1",
                                        "PD",
                                        "P1DT",
                                        "P1H",
                                        "PT1D",
                                        "P1D1Y",
                                        "PT1S1M",
                                        "PT1.5S",
                                        "-P1D",
                                        "P1D ",
                                        "P1DT1HT1M",
                                        "P999999999Y",
                                        "P99999999999999999999D",
                                        "P9223372036854775807D"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct duration duration;
        assert_false(duration_read(wrong[i], &duration));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_go_there_and_back),
        cmocka_unit_test(days_that_are_not_are_refused),
        cmocka_unit_test(weeks_begin_on_monday),
        cmocka_unit_test(months_keep_the_day_or_end),
        cmocka_unit_test(moments_read_and_print),
        cmocka_unit_test(moments_that_are_not_are_refused),
        cmocka_unit_test_setup_teardown(a_moment_has_a_day, open_arena, close_arena),
        cmocka_unit_test(durations_keep_months_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
