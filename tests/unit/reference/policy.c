#include "reference/desk.h"

#include "base/csv.h"

struct site {
    struct arena *arena;
    struct problems problems;
    struct policy *policy;
};

static void read_site(struct site *site, const char *text) {
    struct csv parameters;
    size_t length;
    char *table = file_read("schemas/policy/parameters.csv", 1 << 20, &length);

    *site = (struct site){.arena = arena_new()};
    assert_non_null(table);
    assert_true(csv_read(site->arena, "parameters.csv", table, length, &parameters, &site->problems));
    site->policy =
        policy_read(site->arena, &parameters, "site.policy", text, text == NULL ? 0 : strlen(text), &site->problems);
    free(table);
    assert_non_null(site->policy);
}

static void close_site(struct site *site) {
    problems_free(&site->problems);
    arena_free(site->arena);
}

static const char *value(const struct site *site, enum policy_profile profile, const char *name) {
    return policy_value(site->policy, profile, name, NULL).value;
}

static void defaults_differ_by_profile(void **state) {
    struct site site;

    (void)state;
    read_site(&site, NULL);
    assert_int_equal(site.problems.count, 0);
    assert_string_equal(value(&site, PROFILE_GENERIC, "office.smallValue"), "0");
    assert_string_equal(value(&site, PROFILE_EU, "office.smallValue"), "3000");
    assert_string_equal(value(&site, PROFILE_UK, "office.smallValue"), "3000");
    assert_string_equal(value(&site, PROFILE_CN, "inspect.minOfficers"), "2");
    assert_null(value(&site, PROFILE_EU, "lodge.cn"));
    assert_string_equal(value(&site, PROFILE_CN, "lodge.cn"), "PT24H");
    assert_string_equal(value(&site, PROFILE_EU, "tariff.exportDigits.low"), "8");
    assert_string_equal(value(&site, PROFILE_GENERIC, "stat.bandEF.high"), "1.15");
    assert_string_equal(value(&site, PROFILE_GENERIC, "tax.rounding.mode"), "half-up");
    assert_string_equal(value(&site, PROFILE_GENERIC, "inspect.minMinutes.physical"), "15");
    assert_null(value(&site, PROFILE_GENERIC, "inspect.minMinutes.unheardOf"));
    assert_string_equal(value(&site, PROFILE_GENERIC, "register.maxAge.office"), "P7D");
    assert_string_equal(value(&site, PROFILE_GENERIC, "names.encodings"), "");
    assert_null(value(&site, PROFILE_GENERIC, "undecided.P-101"));
    assert_null(policy_parameter(site.policy, "no.such", NULL));
    close_site(&site);
}

static void a_site_sets_what_it_wants(void **state) {
    struct site site;

    (void)state;
    read_site(&site, "# our office\n"
                     "policy.mode = lenient   # for now\n"
                     "register.maxAge.office = P30D\n"
                     "undecided.P-101 = remark\n"
                     "\n[EU]\noffice.smallValue = 1000\nlodge.air = -\n"
                     "[UK]\nstat.bandEF = 0.9-1.2\n");
    problems_print(&site.problems, stderr);
    assert_int_equal(site.problems.count, 0);
    assert_string_equal(value(&site, PROFILE_CN, "policy.mode"), "lenient");
    assert_string_equal(policy_value(site.policy, PROFILE_CN, "policy.mode", NULL).origin, "site.policy:2");
    assert_string_equal(value(&site, PROFILE_CN, "register.maxAge.office"), "P30D");
    assert_string_equal(value(&site, PROFILE_CN, "register.maxAge.party"), "P7D");
    assert_string_equal(policy_value(site.policy, PROFILE_EU, "undecided", "P-101").value, "remark");
    assert_string_equal(value(&site, PROFILE_UK, "office.smallValue"), "1000");
    assert_string_equal(value(&site, PROFILE_GENERIC, "office.smallValue"), "0");
    assert_null(value(&site, PROFILE_EU, "lodge.air"));
    assert_string_equal(value(&site, PROFILE_UK, "stat.bandEF.low"), "0.9");
    assert_string_equal(value(&site, PROFILE_EU, "stat.bandEF.low"), "0.98");
    close_site(&site);
}

static void every_fault_is_reported(void **state) {
    static const char *const expected[] = {
        "no such parameter: policy.mod; did you mean policy.mode?",
        "policy.mode: \"lax\" is none of strict, lenient",
        "event.skew: \"15 minutes\" is not a duration",
        "name.denied: 1.5 is outside 0..1",
        "neither `name = value` nor a heading: nonsense",
        "no such profile (all, EU, CN, UK, generic): US",
        "hold.days: no value",
        "stat.bandC: \"1.2-0.5\" ends before it begins",
    };
    struct site site;

    (void)state;
    read_site(&site, "policy.mod = strict\npolicy.mode = lax\nevent.skew = 15 minutes\nname.denied = 1.5\nnonsense\n"
                     "[US]\nhold.days =\nstat.bandC = 1.2-0.5\n");
    assert_int_equal(site.problems.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < site.problems.count; i++) {
        assert_int_equal(site.problems.items[i].line, i + 1);
        if (strstr(site.problems.items[i].text, expected[i]) == NULL) {
            fail_msg("\"%s\" instead of \"%s\"", site.problems.items[i].text, expected[i]);
        }
    }
    close_site(&site);
}

static void working_days_follow_the_calendar(void **state) {
    struct desk *desk = *state;
    struct reference *r = desk->reference;
    int32_t out;
    bool rest;

    assert_int_equal(reference_rest_day(r, PROFILE_EU, "DE004851", day("2026-04-03"), &rest), REGISTER_AVAILABLE);
    assert_true(rest); /* Good Friday, by country */
    reference_rest_day(r, PROFILE_EU, "DE004851", day("2026-04-02"), &rest);
    assert_false(rest);
    reference_rest_day(r, PROFILE_CN, "3104", day("2026-02-28"), &rest);
    assert_false(rest); /* a Saturday that is worked */
    reference_working_day(r, PROFILE_EU, "DE004851", day("2026-04-03"), &out);
    assert_int_equal(out, day("2026-04-07"));
    reference_working_day(r, PROFILE_UK, "bank:GBFXT", day("2026-05-02"), &out);
    assert_int_equal(out, day("2026-05-05"));
    reference_working_days(r, PROFILE_EU, "DE004851", day("2026-04-01"), day("2026-04-08"), &out);
    assert_int_equal(out, 3);
    reference_working_days(r, PROFILE_EU, "DE004851", day("2026-04-08"), day("2026-04-01"), &out);
    assert_int_equal(out, -3);
    assert_int_equal(reference_working_days(r, PROFILE_EU, "DE", day("0001-01-01"), day("9999-01-01"), &out),
                     REGISTER_MISSING);
}

static void a_site_has_its_own_weekend(void **state) {
    struct desk *desk = *state;
    struct desk other = {0};
    char *policy = desk_file("calendar.weekend.AE = 7\ncalendar.weekend.DE004851 = 5 6\n");
    bool rest;

    (void)snprintf(other.path, sizeof other.path, "%s", desk->path);
    desk_open(&other, "2026-03-09", policy);
    reference_rest_day(other.reference, PROFILE_GENERIC, "bank:AEJEA", day("2026-03-07"), &rest);
    assert_true(rest);
    reference_rest_day(other.reference, PROFILE_GENERIC, "AE", day("2026-03-07"), &rest);
    assert_false(rest);
    reference_rest_day(other.reference, PROFILE_EU, "DE004851", day("2026-03-06"), &rest);
    assert_true(rest);
    desk_close(&other);
    unlink(policy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_differ_by_profile), cmocka_unit_test(a_site_sets_what_it_wants),
        cmocka_unit_test(every_fault_is_reported),    cmocka_unit_test(working_days_follow_the_calendar),
        cmocka_unit_test(a_site_has_its_own_weekend),
    };

    return cmocka_run_group_tests(tests, desk_set_up, desk_tear_down);
}
