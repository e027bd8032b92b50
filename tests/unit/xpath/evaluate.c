/* Three values: Kleene's tables, maybe members, absent and unreadable facts, the names of what is missing. */
#include "xpath/support.h"

static void dossier(struct bench *b) {
    bench_open(b);
    put(b, "declaration/mrn", "25DE123456789012J6");
    put(b, "declaration/office", "DE003302");
    put(b, "declaration/grossMass", "640.50");
    put(b, "declaration/grossMass/@unit", "KGM");
    put(b, "declaration/goodsItem+/@n", "1");
    put(b, "declaration/goodsItem/netMass", "100");
    put(b, "declaration/goodsItem/netMass/@unit", "KGM");
    put(b, "declaration/goodsItem/price", "10.00");
    put(b, "declaration/goodsItem/price/@currency", "EUR");
    put(b, "declaration/goodsItem+/@n", "2");
    put(b, "declaration/goodsItem/price", "7.50");
    put(b, "declaration/goodsItem/price/@currency", "EUR");
    put(b, "declaration/goodsItem+/@n", "3");
    put(b, "declaration/goodsItem/netMass", "0.5 t")->state = FACT_UNREADABLE;
    put(b, "event+/type", "accepted");
    put(b, "event/office", "DE003302");
    put(b, "event+/type", "released");
    put(b, "event+/office", "FR000001");
    put(b, "event+/type", "exited");
    fact_at(b->dossier.root, "event")->next_same->next_same->next_same->hidden = 1;
    assert_non_null(bench_context(b, "/dossier/declaration"));
}

/* true: mrn, false: lrn, ⊥: type = 'EX' */
static void truth_is_kleenes(void **state) {
    (void)state;
    struct bench b;
    dossier(&b);
    const struct saying sayings[] = {
        {"mrn and mrn", "true"},
        {"mrn and lrn", "false"},
        {"mrn and type = 'EX'", "? declaration/type"},
        {"lrn and type = 'EX'", "false"},
        {"type = 'EX' and lrn", "false"},
        {"type = 'EX' and dataSet = 'B1'", "? declaration/dataSet, declaration/type"},
        {"mrn or type = 'EX'", "true"},
        {"type = 'EX' or mrn", "true"},
        {"lrn or type = 'EX'", "? declaration/type"},
        {"lrn or lrn", "false"},
        {"not(type = 'EX')", "? declaration/type"},
        {"not(lrn)", "true"},
        {"not(mrn)", "false"},
        {"true() and not(false())", "true"},
        {"(mrn = 'x') = false()", "true"},
        {"boolean(mrn | lrn)", "true"},
        {"boolean(lrn | ucr)", "false"},
    };
    EXPECT(&b, sayings);
    bench_close(&b);
}

static void absence_stops_comparisons_only(void **state) {
    (void)state;
    struct bench b;
    dossier(&b);
    const struct saying sayings[] = {
        {"grossMass", "{1 facts, 0 maybe}"},
        {"boolean(netMass)", "false"},
        {"count(goodsItem)", "3"},
        {"count(goodsItem[not(netMass)])", "? declaration/goodsItem[3]/netMass"},
        {"grossMass > 640.5", "false"},
        {"grossMass >= 640.5", "true"},
        {"grossMass = 640.5", "true"},
        {"grossMass != 640.500", "false"},
        {"netMass > 1", "? declaration/netMass"},
        {"1 < netMass", "? declaration/netMass"},
        {"goodsItem/price < 8", "true"},
        {"goodsItem/price < 7", "false"},
        {"goodsItem/price < grossMass", "? factor EUR to KGM"},
        {"concat(mrn, ' ', lrn)", "? declaration/lrn"},
        {"/dossier/event[2]/officer/id = 'x'", "? event[2]/officer/id"},
        {"/dossier/event[type = 'released']/officer/id = 'x'", "? event[2]/officer/id, event[3]/type"},
        {"/dossier/invoice/line/amount = 3", "? invoice/line/amount"},
        {"office = /dossier/event/office", "true"},
        {"office != /dossier/event/office", "true"},
    };
    EXPECT(&b, sayings);
    bench_close(&b);
}

static void what_is_unreadable_may_be_there(void **state) {
    (void)state;
    struct bench b;
    dossier(&b);
    const struct saying sayings[] = {
        {"boolean(goodsItem[3]/netMass)", "? declaration/goodsItem[3]/netMass"},
        {"boolean(goodsItem/netMass)", "true"},
        {"tw:sum(goodsItem/netMass)", "? declaration/goodsItem[3]/netMass"},
        {"tw:sum(goodsItem/price)", "17.50"},
        {"tw:is(goodsItem[3]/netMass, '0.5 t')", "? declaration/goodsItem[3]/netMass"},
        {"goodsItem[3]/netMass = 5", "? declaration/goodsItem[3]/netMass"},
        {"goodsItem[netMass]", "{2 facts, 1 maybe}"},
        {"goodsItem[netMass][1]/@n", "{1 facts, 0 maybe}"},
        {"goodsItem[netMass][2]/@n", "? declaration/goodsItem[3]/netMass"},
        {"goodsItem[netMass][last()]/@n", "? declaration/goodsItem[3]/netMass"},
        {"goodsItem[netMass][3]/@n", "{0 facts, 0 maybe}"},
        {"goodsItem[netMass]/@n = '1'", "true"},
        {"goodsItem[netMass]/@n = '3'", "? declaration/goodsItem[3]/netMass"},
        {"goodsItem[netMass]/@n = '2'", "false"},
        {"count(/dossier/event)", "3"}, /* the hidden one does not count */
        {"boolean(/dossier/event[type = 'exited'])", "? event[3]/type"},
    };
    EXPECT(&b, sayings);
    bench_close(&b);
}

static void choice_and_sums(void **state) {
    (void)state;
    struct bench b;
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:is(type, 'EX', 'CO')", "false"},
        {"tw:is(office, 'x', 'DE003302')", "true"},
        {"tw:is(office, /dossier/event/office)", "true"},
        {"tw:if(lrn, 'a', mrn)", "{1 facts, 0 maybe}"},
        {"tw:if(type = 'EX', 'a', 'b')", "? declaration/type"},
        {"tw:else(lrn, ucr, 'none')", "none"},
        {"tw:else(lrn, ucr) = 'x'", "? declaration/lrn, declaration/ucr"},
        {"tw:else(goodsItem[3]/netMass, '0')", "? declaration/goodsItem[3]/netMass"},
        {"tw:among('EU, UK CN', 'CN')", "true"},
        {"tw:among('EU UK', 'E')", "false"},
        {"tw:needs(goodsItem[@n = '2'], 'netMass')", "? declaration/goodsItem[2]/netMass"},
        {"tw:min(goodsItem/price)", "7.50"},
        {"tw:max(goodsItem/price)", "10.00"},
        {"tw:max(goodsItem/customsValue)", "? declaration/goodsItem[1]/customsValue"},
        {"tw:sum(goodsItem/customsValue)", "0"},
        {"substring(mrn, 3, 2)", "DE"},
        {"substring(mrn, 18, 1) != 'F'", "true"},
        {"substring('日本語', 2)", "本語"},
        {"string-length('日本語')", "3"},
        {"normalize-space('  a  b ')", "a b"},
        {"starts-with(mrn, '25')", "true"},
        {"contains(mrn, 'DE')", "true"},
        {"string(grossMass)", "640.50"},
    };
    EXPECT(&b, sayings);
    bench_close(&b);
}

static void too_many_steps_are_undecided(void **state) {
    (void)state;
    struct bench b;
    dossier(&b);
    b.host.step_limit = 3;
    const struct saying sayings[] = {
        {"goodsItem/netMass = 7000", "? policy:xpath.opLimit"},
        {"boolean(mrn)", "true"},
    };
    EXPECT(&b, sayings);
    bench_close(&b);
}

static void readings_are_per_document(void **state) {
    (void)state;
    struct bench b;
    dossier(&b);
    static const char papers[2]; /* only their addresses are used */
    struct element elements[2] = {{.document = (const struct document *)(const void *)&papers[0]},
                                  {.document = (const struct document *)(const void *)&papers[1]}};
    const struct origin origins[2] = {{.element = &elements[0]}, {.element = &elements[1]}};
    struct fact *first = put(&b, "declaration/acceptedAt", "2026-01-05T10:00:00");
    struct fact *second = put(&b, "inspection/endedAt", "2026-01-05T12:00:00");
    struct fact *own = put(&b, "declaration/issuedAt", "2026-01-05T09:00:00");
    first->origin = own->origin = &origins[0];
    second->origin = &origins[1];
    bench_start(&b);
    uint64_t documents;
    evaluation_watch(b.e);
    assert_false(reads_utc(b.e, first) || reads_utc(b.e, second) || reads_utc(b.e, own));
    assert_int_equal(evaluation_assumed(b.e, &documents), 2);
    evaluation_read(b.e, 2);
    assert_true(reads_utc(b.e, second));
    assert_false(reads_utc(b.e, own));
    size_t count;
    const char *const *names = missing_names(b.bundle, evaluation_zones(b.e, documents), &count);
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "@zone of declaration/acceptedAt");
    assert_string_equal(names[1], "@zone of inspection/endedAt");
    bench_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(truth_is_kleenes),
        cmocka_unit_test(absence_stops_comparisons_only),
        cmocka_unit_test(what_is_unreadable_may_be_there),
        cmocka_unit_test(choice_and_sums),
        cmocka_unit_test(too_many_steps_are_undecided),
        cmocka_unit_test(readings_are_per_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
