/* The procedure: events in order, steps by event or document, documents and references, conditions, policy. */
#include "xpath/registers.h"

static void event(struct bench *b, const char *type, const char *at, const char *declaration) {
    put(b, "event+/type", type);
    if (at) {
        put(b, "event/at", at);
    }
    if (declaration) {
        put(b, "event/declaration", declaration);
    }
}

static void dossier(struct bench *b) {
    put(b, "declaration/mrn", "26DE586600006143A2");
    put(b, "declaration/office", "DE004851");
    put(b, "declaration/lodgedAt", "2026-03-01T08:00:00Z");
    put(b, "declaration/acceptedAt", "2026-03-01T09:00:00Z");
    put(b, "declaration/destinationCountry", "TR");
    put(b, "declaration/supportingDocument+/type", "N380");
    put(b, "declaration/goodsItem+/@n", "1");
    put(b, "declaration/goodsItem/commodity/code", "90132000");
    put(b, "declaration/goodsItem/preferential", "true");
    put(b, "declaration/goodsItem/supportingDocument/type", "271");
    put(b, "declaration/goodsItem/supportingDocument/number", "PL-2");
    put(b, "declaration/goodsItem+/@n", "2");
    put(b, "declaration/goodsItem/commodity/code", "84137021");
    event(b, "released", "2026-03-05T10:00:00Z", "26-DE-586600006143A2");
    event(b, "released", "2026-03-04", NULL);
    event(b, "released", "2026-03-03T10:00:00Z", "another one");
    event(b, "accepted", "2026-03-02T09:00:00Z", NULL);
    event(b, "presented", NULL, NULL);
    put(b, "inspection+/endedAt", "2026-03-03T10:00:00Z");
    put(b, "inspection/result", "conforms");
    put(b, "inspection+/endedAt", "2026-03-03T12:00:00Z");
    put(b, "inspection/result", "cancelled");
    put(b, "inspection+/endedAt", "2026-03-03T11:00:00Z");
    put(b, "taxPayment+/paidAt", "2026-03-04T11:00:00Z");
    put(b, "taxPayment/status", "reversed");
    put(b, "packingList+/number", "PL-1");
    put(b, "packingList+/number", "PL 2");
    put(b, "packingList+/number", "PL-3");
    put(b, "packingList/@superseded", "true");
    put(b, "invoice+/number", "INV-1");
    put(b, "invoice/type", "380");
    put(b, "invoice/line/item", "2");
    put(b, "invoice+/number", "INV-2");
    put(b, "invoice/type", "325");
    put(b, "licence+/number", "L-1");
    put(b, "licence/type", "dualUse");
    put(b, "licence/line/code", "9013");
    put(b, "licence+/number", "L-2");
    put(b, "licence/line/code", "9013200000");
    put(b, "supervision+/register", "ata");
    assert_non_null(bench_context(b, "/dossier/declaration"));
}

static void events_are_about_this_declaration(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"count(tw:events('released'))", "2"},
        {"string(tw:events('released')/at)", "2026-03-04"}, /* in order of time */
        {"string(tw:events('released')[last()]/at)", "2026-03-05T10:00:00Z"},
        {"boolean(tw:events('loaded'))", "false"},
        {"tw:events('loaded')/at = 'x'", "? event[type = 'loaded']/at"},
        {"tw:events(lrn)", "? declaration/lrn"},
        {"count(tw:about(/dossier/event))", "4"},
        {"count(tw:about(/dossier/creditNote))", "0"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void a_step_is_told_by_event_else_document(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"string(tw:step('released'))", "2026-03-04"},
        {"string(tw:step('released', 'last'))", "2026-03-05T10:00:00Z"},
        {"string(tw:step('accepted'))", "2026-03-02T09:00:00Z"},
        {"string(tw:step('lodged'))", "2026-03-01T08:00:00Z"},
        {"string(tw:step('inspected'))", "2026-03-03T11:00:00Z"},
        {"boolean(tw:step('paid'))", "false"},
        {"boolean(tw:step('presented'))", "false"},
        {"tw:before(tw:step('lodged'), tw:step('loaded'))", "? event[type = 'loaded']"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void documents_are_found_by_kind_type_and_item(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    b.scope = scope_new(b.program, b.scope);
    bench_let(&b, "none", "/dossier/creditNote/type");
    bench_let(&b, "commercial", "tw:code('UNCL1001', '380', '2026-03-09')/type");
    bench_let(&b, "dualUse", "/dossier/licence[1]/type");
    bench_let(&b, "ata", "/dossier/supervision/register");
    const struct saying sayings[] = {
        {"tw:documents('packingList', $none, .)", "{2 facts, 0 maybe}"},
        {"tw:documents('invoice', $commercial, .)", "{1 facts, 0 maybe}"},
        {"tw:documents('licence', $dualUse, .)", "{2 facts, 1 maybe}"},
        {"tw:documents('supervision', $ata, .)", "{1 facts, 0 maybe}"},
        {"tw:documents('mandate', $none, .)", "{0 facts, 0 maybe}"},
        {"string(tw:documents('packingList', $none, goodsItem[1])/number)", "PL 2"},
        {"tw:documents('packingList', $none, goodsItem[2])", "{0 facts, 0 maybe}"},
        {"string(tw:documents('invoice', $none, goodsItem[2])/number)", "INV-1"},
        {"tw:documents('licence', $none, goodsItem[1])", "{2 facts, 0 maybe}"},
        {"tw:documents('licence', $none, goodsItem[2])", "{0 facts, 0 maybe}"},
        {"tw:documents('licence', $none, goodsItem[3])", "? declaration/goodsItem[3]"},
        {"tw:references('invoice', $commercial, .)", "{1 facts, 0 maybe}"},
        {"tw:references('invoice', $commercial, goodsItem[2])", "{1 facts, 0 maybe}"},
        {"tw:references('packingList', $none, goodsItem[1])", "{1 facts, 0 maybe}"},
        {"tw:references('packingList', $none, .)", "{0 facts, 0 maybe}"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void conditions_hold_at_header_or_item(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    program_conditions(b.program, reference);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:holds('boolean(agent)', .)", "false"},
        {"tw:holds(\"tw:is(preferential, 'true')\", goodsItem[1])", "true"},
        {"tw:holds(\"tw:is(preferential, 'true')\", goodsItem[2])", "false"},
        {"tw:holds(\"tw:is(preferential, 'true')\", .)", "? register:requiredDocument"},
        {"tw:holds('measure:dualUse', goodsItem[1])", "true"},
        {"tw:holds('measure:dualUse', goodsItem[2])", "false"},
        {"tw:holds('measure:dualUse', .)", "? declaration/commodity/code"},
        {"tw:holds('count(goodsItem) > 99', .)", "? register:requiredDocument"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static bool has_failed(void *runner, const char *rules) {
    return strcmp(rules, runner) == 0;
}

static void policy_and_rules_are_asked(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    char failed[] = "D-255";
    dossier(&b);
    b.host.failed = has_failed;
    b.host.runner = failed;
    const struct saying sayings[] = {
        {"tw:profile()", "EU"},
        {"tw:policy('event.skew')", "PT15M"},
        {"tw:policy('time.zone')", "{0 facts, 0 maybe}"},
        {"tw:policy('time.zone') = 'UTC'", "? policy:time.zone"},
        {"tw:else(tw:policy('time.zone'), 'none')", "none"},
        {"tw:failed('D-255')", "true"},
        {"tw:failed('D-256')", "false"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void without_registers_conditions_are_open(void **state) {
    (void)state;
    struct bench b;
    struct reference *reference = house_open(&b, NULL, NULL);
    program_conditions(b.program, reference);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:holds('measure:dualUse', goodsItem[1])", "? register:measure"},
        {"tw:holds('boolean(agent)', .)", "false"}, /* ships with the program */
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

/* An index over documents is made once: ten times the items and lines, ten times the steps. */
static uint64_t steps_for(int items) {
    struct bench b;
    struct reference *reference = house_open(&b, NULL, NULL);
    put(&b, "declaration/mrn", "26DE586600006143A2");
    for (int i = 1; i <= items; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        put(&b, "declaration/goodsItem+/@n", text);
        put(&b, "certificate/line+/item", text);
    }
    assert_non_null(bench_context(&b, "/dossier/declaration/goodsItem"));
    struct expression *asked = compile(b.scope, here, "tw:documents('certificate', /dossier/creditNote/type, .)");
    assert_non_null(asked);
    bench_start(&b);
    for (struct fact *item = fact_at(b.dossier.root, "declaration/goodsItem"); item; item = item->next_same) {
        evaluation_enter(b.e, item);
        assert_int_equal(evaluate(b.e, asked).nodes.count, 1);
    }
    uint64_t steps = b.e->steps;
    house_close(&b, reference);
    return steps;
}

static void documents_per_item_are_linear(void **state) {
    (void)state;
    assert_true(steps_for(1000) <= 11 * steps_for(100));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_are_about_this_declaration),
        cmocka_unit_test(a_step_is_told_by_event_else_document),
        cmocka_unit_test(documents_are_found_by_kind_type_and_item),
        cmocka_unit_test(conditions_hold_at_header_or_item),
        cmocka_unit_test(policy_and_rules_are_asked),
        cmocka_unit_test(without_registers_conditions_are_open),
        cmocka_unit_test(documents_per_item_are_linear),
    };
    return cmocka_run_group_tests(tests, house_set_up, house_tear_down);
}
