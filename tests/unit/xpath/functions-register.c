/* Look-ups in registers and lists: rows, none, unavailable. */
#include "xpath/registers.h"

static void dossier(struct bench *b) {
    put(b, "declaration/mrn", "26DE586600006143A2");
    put(b, "declaration/office", "DE004851");
    put(b, "declaration/destinationCountry", "RU");
    put(b, "declaration/exporter/id", "DE1234567");
    tree_add(&b->dossier, put(b, "declaration/exporter/id", NULL), "@scheme", "EORI");
    put(b, "declaration/consignee/name", "Volkov Heavy Industries");
    put(b, "declaration/consignee/address/country", "RU");
    put(b, "declaration/owner/name", "Peaceful Gardens Ltd");
    put(b, "declaration/goodsItem/@n", "1");
    put(b, "declaration/goodsItem/commodity/code", "8413702100");
    put(b, "licence+/holder/id", "DE1234567");
    assert_non_null(bench_context(b, "/dossier/declaration"));
}

static void rows_are_found(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"string(tw:office(office, /dossier/@asOf)/currency)", "EUR"},
        {"string(tw:officer('O17', '2026-03-09')/status)", "active"},
        {"tw:officer('O17', '2019-03-09')", "{0 facts, 0 maybe}"},
        {"tw:officer('O17', '2019-03-09')/status = 'active'", "? tw:officer('O17', '2019-03-09')"},
        {"count(tw:measures('84137021', destinationCountry, /dossier/@asOf))", "1"},
        {"count(tw:measures('84137021', 'TR', /dossier/@asOf))", "0"},
        {"string(tw:tariff('84137021', /dossier/@asOf)/suppUnit)", "NAR"},
        {"string(tw:dutyRate('7204490000', 'TR', '2026-03-09')/adValorem)", "15"},
        {"string(tw:dutyRate('7204490000', 'TR', '2026-03-09', goodsItem/quota)/adValorem)", "15"},
        {"string(tw:rate('USD', 'EUR', '2026-03-09')/rate)", "0.9210"},
        {"string(tw:price('84137021', 'DE', 'TR', 'KGM', '2026-03-09')/median)", "18.20"},
        {"string(tw:licence('dualUse', 'BAFA-26-0815')/status)", "valid"},
        {"tw:licence('dualUse', 'none')", "{0 facts, 0 maybe}"},
        {"string(tw:payment('R-2026-4711')/payer)", "DE1234567"},
        {"string(tw:guarantee('25DE0000010000777')/type)", "comprehensive"},
        {"string(tw:handbook('E310425000123')/status)", "open"},
        {"string(tw:carnet('DE/HH/26/0031')/issuer)", "IHK Hamburg"},
        {"string(tw:supervision('DEIPO-26-0007')/register)", "inward-processing"},
        {"string(tw:entry('DEIPO-26-0007')/office)", "DE004851"},
        {"string(tw:entry('E310425000123')/office)", "3104"},
        {"tw:entry('none')", "{0 facts, 0 maybe}"},
        {"string(tw:declarationSeen(mrn)/lrn)", "LRN-17"},
        {"string(tw:declarationSeen('LRN-17', 'DE1234567')/mrn)", "26DE586600006143A2"},
        {"tw:supplementary(mrn)", "{0 facts, 0 maybe}"},
        {"string(tw:case('', 'DE5550001', '')/number)", "2026-0117"},
        {"string(tw:case('', '', 'MSCU1234566')/number)", "2026-0117"},
        {"string(tw:case('', '', '26DE4851H6PNTY13A9')/number)", "2026-4851-0012"},
        {"tw:case('', owner/id, '')", "? declaration/owner/id"},
        {"count(tw:requiredDocument('settle', /dossier/@asOf)) > 0", "true"},
        {"count(tw:requiredFact(tw:profile(), /dossier/@asOf)) > 0", "true"},
        {"string(tw:carrier('EGLV')/name)", "Evergreen"},
        {"string(tw:terminal('CTA')/office)", "DE004851"},
        {"string(tw:waiver('D-243', 'anything')/officer)", "FX3301"},
        {"string(tw:code('ISO4217', 'JPY', /dossier/@asOf)/minorUnit)", "0"},
        {"tw:code('ISO4217', 'QQQ', /dossier/@asOf)", "{0 facts, 0 maybe}"},
        {"tw:code('ISO4217', lrn, /dossier/@asOf)", "? declaration/lrn"},
        {"tw:office(office, presentedAt)", "? declaration/presentedAt"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void a_row_is_one_for_the_bundle(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"count(tw:office(office, /dossier/@asOf) | tw:office('DE004851', '2026-03-09'))", "1"},
        {"count(tw:denied(consignee, /dossier/@asOf) | tw:denied(consignee, '2026-03-09'))", "1"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void parties_are_looked_up(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"string(tw:registeredParty(exporter, /dossier/@asOf)/country)", "DE"},
        {"string(tw:registeredParty(exporter/id, /dossier/@asOf)/country)", "DE"},
        {"string(tw:registeredParty('DE1234567', /dossier/@asOf)/country)", "DE"},
        {"tw:registeredParty('none', /dossier/@asOf)", "{0 facts, 0 maybe}"},
        {"tw:registeredParty(consignee, /dossier/@asOf)", "? declaration/consignee/id"},
        {"string(tw:denied(consignee, /dossier/@asOf)/entry)", "SDN-0001"},
        {"string(tw:denied(consignee, /dossier/@asOf)/by)", "name"},
        {"string(tw:denied(consignee, /dossier/@asOf)/sameCountry)", "true"},
        {"tw:denied(owner, /dossier/@asOf)", "{0 facts, 0 maybe}"},
        {"tw:denied(carrier, /dossier/@asOf)", "? declaration/carrier"},
        {"tw:denied(/dossier/licence, /dossier/@asOf)", "? licence/name"},
        {"tw:notCompared(owner, /dossier/@asOf) > 0", "true"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void another_script_can_be_undecidable(void **state) {
    struct bench b;
    char policy[64];
    snprintf(policy, sizeof policy, "%s", desk_file("denied.otherScript = undecidable\n"));
    struct reference *reference = house_open(&b, *state, policy);
    unlink(policy);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:denied(owner, /dossier/@asOf)", "? register:party.denied in the script of declaration/owner"},
        {"string(tw:denied(consignee, /dossier/@asOf)/entry)", "SDN-0001"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void what_is_not_there_is_named(void **state) {
    (void)state;
    struct bench b;
    struct reference *reference = house_open(&b, NULL, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:office(office, /dossier/@asOf)", "? register:office"},
        {"tw:officer('O17', '2026-03-09')/status = 'active'", "? register:officer"},
        {"tw:is(tw:officer('O17', '2026-03-09')/status, 'active')", "? register:officer"},
        {"tw:rate('USD', 'EUR', '2026-03-09')", "? register:exchangeRate"},
        {"tw:registeredParty(exporter, /dossier/@asOf)", "? register:party"},
        {"tw:denied(consignee, /dossier/@asOf)", "? register:party.denied"},
        {"tw:entry('none')", "? register:carnet, register:handbook, register:supervision"},
        {"tw:drawn('LC-1')", "? register:ledger"},
        {"tw:stampCode(exporter)", "? register:ledger"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void without_reference_all_is_unavailable(void **state) {
    (void)state;
    struct bench b;
    bench_open(&b);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:office('DE004851', '2026-03-09')", "? register:office"},
        {"tw:code('ISO4217', 'JPY', '2026-03-09')", "? list:ISO4217"},
        {"tw:denied(consignee, '2026-03-09')", "? register:party.denied"},
        {"tw:registeredParty(exporter, '2026-03-09')", "? register:party"},
    };
    EXPECT(&b, sayings);
    bench_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_found),
        cmocka_unit_test(a_row_is_one_for_the_bundle),
        cmocka_unit_test(parties_are_looked_up),
        cmocka_unit_test(another_script_can_be_undecidable),
        cmocka_unit_test(what_is_not_there_is_named),
        cmocka_unit_test(without_reference_all_is_unavailable),
    };
    return cmocka_run_group_tests(tests, house_set_up, house_tear_down);
}
