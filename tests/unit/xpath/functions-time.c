/* Days and instants: zones of offices, order, periods, working days. */
#include "xpath/registers.h"

static void dossier(struct bench *b) {
    put(b, "declaration/mrn", "26DE586600006143A2");
    put(b, "declaration/office", "DE004851");
    put(b, "declaration/acceptedAt", "2026-03-09T23:30:00Z");
    put(b, "declaration/issuedAt", "2026-03-09");
    put(b, "declaration/finalisedAt", "soon");
    put(b, "event+/type", "released");
    put(b, "event/at", "2026-03-09T23:30:00Z");
    put(b, "event/office", "GB000041");
    put(b, "event+/type", "loaded");
    put(b, "event/at", "2026-03-10");
    put(b, "event+/type", "exited");
    put(b, "event/at", "2026-03-08T10:00:00+01:00");
    put(b, "loadingRecord/terminal/locode", "DEHAM");
    assert_non_null(bench_context(b, "/dossier/declaration"));
}

static void a_day_is_that_of_the_office(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:now()", "2026-03-09T08:00:00Z"},
        {"tw:date(tw:now())", "2026-03-09"},
        {"tw:date(acceptedAt)", "2026-03-10"},
        {"tw:date(/dossier/event[1]/at)", "2026-03-09"},
        {"tw:date(/dossier/event[1]/at, office)", "2026-03-10"},
        {"tw:date(/dossier/event[1]/at, /dossier/loadingRecord/terminal/locode)", "2026-03-10"},
        {"tw:date(/dossier/event[1]/at, lrn)", "2026-03-09"},
        {"tw:date(/dossier/event[1]/at, 'NOWHERE')", "? register:office"},
        {"tw:date(issuedAt)", "2026-03-09"},
        {"tw:date(presentedAt)", "? declaration/presentedAt"},
        {"tw:date(finalisedAt)", "? declaration/finalisedAt"},
        {"tw:days(/dossier/event[1]/at, acceptedAt)", "1"},
        {"tw:days('2026-03-10', '2026-03-09')", "-1"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void order_is_by_instants_or_days(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:before('2026-03-09T10:00:00Z', '2026-03-09T10:00:01Z')", "true"},
        {"tw:before('2026-03-09T10:00:00Z', '2026-03-09T10:14:00Z', 'PT15M')", "false"},
        {"tw:before('2026-03-09T10:00:00Z', '2026-03-09T10:15:01Z', 'PT15M')", "true"},
        {"tw:before('2026-03-09T10:00:00Z', '2026-04-09T10:00:00Z', 'P1M')", "false"},
        {"tw:before('2026-03-09T11:00:00+01:00', '2026-03-09T10:00:00Z')", "false"},
        {"tw:before(issuedAt, acceptedAt)", "true"},
        {"tw:before(acceptedAt, '2026-03-10')", "false"},
        {"tw:before(acceptedAt, presentedAt)", "? declaration/presentedAt"},
        {"tw:before('2026-03-09T10:00:00Z', '2026-03-09T10:14:00Z', '15 minutes')", "? a duration, not 15 minutes"},
        {"string(tw:earliest(/dossier/event/at))", "2026-03-08T10:00:00+01:00"},
        {"string(tw:latest(/dossier/event/at))", "2026-03-09T23:30:00Z"},
        {"tw:latest(/dossier/amendment/grantedAt)", "{0 facts, 0 maybe}"},
        {"tw:latest(finalisedAt | acceptedAt)", "? declaration/finalisedAt"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void a_period_holds_both_its_ends(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:valid('2026-03-09', '2026-03-09', '2026-03-09')", "true"},
        {"tw:valid(lrn, '2026-03-09', issuedAt)", "true"},
        {"tw:valid('2026-03-10', '2026-04-09', issuedAt)", "false"},
        {"tw:valid('2026-03-01', '2026-03-08', issuedAt)", "false"},
        {"tw:valid('2026-03-01', presentedAt, issuedAt)", "? declaration/presentedAt"},
        {"tw:valid('2026-03-10', presentedAt, issuedAt)", "false"},
        {"tw:valid(finalisedAt, '2026-03-08', issuedAt)", "false"},
        {"tw:valid(finalisedAt, '2026-03-09', issuedAt)", "? declaration/finalisedAt"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void periods_end_on_working_days(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:addDays('2026-02-27', '2')", "2026-03-01"},
        {"tw:addDays(acceptedAt, '-10')", "2026-02-28"},
        {"tw:addDays(acceptedAt, '1.5')", "? a whole number of days or months"},
        {"tw:addMonths('2026-01-31', '1')", "2026-02-28"},
        {"tw:addMonths('2026-01-31', '9999999')", "? a whole number of days or months"},
        {"tw:due('2026-03-09', '5', office)", "2026-03-16"}, /* a Saturday */
        {"tw:due('2026-03-09', '4', office)", "2026-03-13"},
        {"tw:due('2026-03-30', '3')", "2026-04-02"},
        {"tw:due('2026-03-30', '4')", "2026-04-07"}, /* Good Friday to Easter Monday */
        {"tw:due(presentedAt, '4')", "? declaration/presentedAt"},
        {"tw:workdays('2026-03-06', '2026-03-09', office)", "1"},
        {"tw:workdays('2026-04-02', '2026-04-07', office)", "1"},
        {"tw:bankDay('2026-03-14', 'DEHAM')", "2026-03-16"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void without_registers_no_calendar_is_known(void **state) {
    (void)state;
    struct bench b;
    struct reference *reference = house_open(&b, NULL, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:due('2026-03-09', '5', office)", "? register:holiday"},
        {"tw:workdays('2026-03-09', '2026-03-10', office)", "? register:holiday"},
        {"tw:bankDay('2026-03-14', 'DEHAM')", "? register:holiday"},
        {"tw:date(acceptedAt)", "? register:office"},
        {"tw:date(issuedAt)", "2026-03-09"},
        {"tw:before(acceptedAt, '2026-03-09T23:31:00Z')", "true"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

/* An instant without zone has two readings: its office's time, and UTC. */
static void an_assumed_zone_is_read_both_ways(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    static const char paper; /* only its address is used */
    struct element element = {.document = (const struct document *)(const void *)&paper};
    const struct origin origin = {.element = &element};
    dossier(&b);
    put(&b, "declaration/presentedAt", "2026-03-09T23:30:00")->origin = &origin;
    struct expression *day = compile(b.scope, here, "tw:date(presentedAt)");
    struct expression *order = compile(b.scope, here, "tw:before(presentedAt, '2026-03-09T23:00:00Z')");
    assert_true(day && order);
    bench_start(&b);
    uint64_t documents;
    evaluation_watch(b.e);
    assert_string_equal(evaluate(b.e, day).text, "2026-03-09");
    assert_int_equal(evaluation_assumed(b.e, &documents), 1);
    assert_true(evaluate(b.e, order).truth);
    evaluation_read(b.e, documents);
    assert_string_equal(evaluate(b.e, day).text, "2026-03-10");
    assert_false(evaluate(b.e, order).truth);
    house_close(&b, reference);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_that_of_the_office),
        cmocka_unit_test(order_is_by_instants_or_days),
        cmocka_unit_test(a_period_holds_both_its_ends),
        cmocka_unit_test(periods_end_on_working_days),
        cmocka_unit_test(without_registers_no_calendar_is_known),
        cmocka_unit_test(an_assumed_zone_is_read_both_ways),
    };
    return cmocka_run_group_tests(tests, house_set_up, house_tear_down);
}
