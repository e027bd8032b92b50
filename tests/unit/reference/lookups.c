#include "reference/desk.h"

static const char *only(struct answer answer, const char *path) {
    assert_int_equal(answer.state, REGISTER_AVAILABLE);
    assert_int_equal(answer.count, 1);
    return fact_text(answer.rows[0], path);
}

static void offices_are_found_on_the_day(void **state) {
    struct desk *desk = *state;
    const struct zone *zone;

    assert_string_equal(only(reference_office(desk->reference, desk->arena, "DE004851", day("2026-03-02")), "name"),
                        "Hamburg Hafen");
    assert_int_equal(reference_office(desk->reference, desk->arena, "DE009001", day("2026-03-02")).count, 0);
    assert_int_equal(reference_office(desk->reference, desk->arena, "DE009001", day("2015-03-02")).count, 1);
    assert_true(reference_office_zone(desk->reference, "3104", &zone));
    assert_int_equal(zone_offset(zone, 0), 8 * 3600);
    assert_true(reference_place_zone(desk->reference, "CNSHA", &zone));
    assert_false(reference_place_zone(desk->reference, "JPTYO", &zone));
}

static void values_of_many_are_repeated(void **state) {
    struct desk *desk = *state;
    struct answer answer = reference_officer(desk->reference, desk->arena, "o18", day("2026-03-02"));

    assert_int_equal(answer.count, 1);
    assert_int_equal(fact_count(answer.rows[0], "role"), 2);
}

static void parties_are_found_by_scheme_and_id(void **state) {
    struct desk *desk = *state;
    struct reference *r = desk->reference;

    assert_string_equal(only(reference_party(r, desk->arena, "EORI", "DE 1234567", day("2026-03-02")), "name"),
                        "Müller Maschinenbau GmbH");
    assert_string_equal(only(reference_party(r, desk->arena, "OTHER", "DE1234567", day("2026-03-02")), "name"),
                        "Müller Maschinenbau GmbH");
    assert_string_equal(only(reference_party(r, desk->arena, "VAT", "DE1234567", day("2026-03-02")), "mandate/agent"),
                        "DE7654321");
    assert_int_equal(reference_party(r, desk->arena, "EORI", "DE0000000", day("2026-03-02")).count, 0);
}

static void measures_take_the_longest_code(void **state) {
    struct desk *desk = *state;
    struct reference *r = desk->reference;

    assert_string_equal(only(reference_measures(r, desk->arena, "84137021", "RU", day("2026-03-02")), "kind"),
                        "embargo");
    assert_int_equal(reference_measures(r, desk->arena, "84137021", "CN", day("2026-03-02")).count, 0);
    assert_string_equal(only(reference_measures(r, desk->arena, "0603110010", "KE", day("2026-03-02")), "code"),
                        "060311");
}

static void duty_rates_follow_their_order(void **state) {
    struct desk *desk = *state;
    struct reference *r = desk->reference;
    int32_t now = day("2026-03-02");

    assert_string_equal(only(reference_duty_rate(r, desk->arena, "72044900", "TR", now, NULL), "adValorem"), "15");
    assert_string_equal(
        only(reference_duty_rate(r, desk->arena, "72044900", "TR", day("2025-03-02"), NULL), "adValorem"), "40");
    assert_string_equal(only(reference_duty_rate(r, desk->arena, "82041100", "SG", now, NULL), "adValorem"), "2");
    assert_string_equal(only(reference_duty_rate(r, desk->arena, "82041100", "JP", now, NULL), "adValorem"), "0");
    assert_string_equal(only(reference_duty_rate(r, desk->arena, "2805301100", "JP", now, NULL), "specific"), "1.20");
    assert_string_equal(only(reference_duty_rate(r, desk->arena, "2805301100", "JP", now, "Q1"), "kind"), "quotaIn");
}

static void papers_have_their_parts(void **state) {
    struct desk *desk = *state;
    struct reference *r = desk->reference;

    assert_string_equal(only(reference_licence(r, desk->arena, "dualUse", "BAFA-26-0815"), "line/quantity"), "12");
    assert_string_equal(only(reference_licence(r, desk->arena, NULL, "XL-2025-2210"), "writeOff/mrn"),
                        "25GB5K2XW9Z7QH1DA8");
    assert_string_equal(only(reference_entry(r, desk->arena, "E310425000123"), "register"), "bonded-handbook");
    assert_int_equal(reference_entry(r, desk->arena, "NONE").state, REGISTER_AVAILABLE);
    assert_string_equal(only(reference_case(r, desk->arena, "", "DE5550001", NULL, ""), "number"), "2026-0117");
    assert_string_equal(only(reference_case(r, desk->arena, NULL, NULL, NULL, "MSCU1234566"), "seizure/goods"),
                        "cigarettes, 400 cartons");
    assert_string_equal(only(reference_declaration(r, desk->arena, NULL, "LRN-17", "DE1234567"), "mrn"),
                        "26DE586600006143A2");
    assert_string_equal(only(reference_waiver(r, desk->arena, "D-243", "anything", day("2026-03-09")), "officer"),
                        "FX3301");
    assert_int_equal(reference_waiver(r, desk->arena, "D-243", "anything", day("2026-04-09")).count, 0);
}

static void numbers_are_decoded(void **state) {
    struct desk *desk = *state;
    struct answer answer = reference_rate(desk->reference, desk->arena, "USD", "CNY", day("2026-03-02"));

    assert_string_equal(only(answer, "rate"), "7.1021");
    assert_int_equal(fact_at(answer.rows[0], "rate")->decoded, 1);
}

static void old_registers_are_stale(void **state) {
    struct desk *desk = *state;
    struct desk later = {0};

    (void)snprintf(later.path, sizeof later.path, "%s", desk->path);
    desk_open(&later, "2026-03-16", NULL);
    assert_int_equal(reference_office(later.reference, later.arena, "DE004851", ANY_DAY).state, REGISTER_STALE);
    assert_int_equal(reference_required_document(later.reference, later.arena, "settle", ANY_DAY).state,
                     REGISTER_AVAILABLE);
    desk_close(&later);
    desk_open(&later, "2026-03-15", NULL);
    assert_int_equal(reference_office(later.reference, later.arena, "DE004851", ANY_DAY).state, REGISTER_AVAILABLE);
    assert_int_equal(reference_table(later.reference, "party.denied")->state, REGISTER_STALE);
    desk_close(&later);
}

static void denied_parties_match_by_id_or_name(void **state) {
    struct desk *desk = *state;
    struct tree tree = tree_new(desk->arena, desk->names, "dossier");
    struct decimal weak;
    struct answer answer;
    size_t apart;

    assert_true(decimal_parse("0.85", 4, &weak));
    struct fact *one = tree_add(&tree, tree.root, "exporter", NULL);
    tree_add(&tree, one, "name", "Volkov Heavy Industries");
    struct fact *address = tree_add(&tree, one, "address", NULL);
    tree_add(&tree, address, "country", "RU");
    answer = reference_denied(desk->reference, desk->arena, one, &weak, day("2026-03-09"), &apart);
    assert_string_equal(only(answer, "by"), "name");
    assert_string_equal(fact_text(answer.rows[0], "sameCountry"), "true");
    assert_string_equal(fact_text(answer.rows[0], "cleared"), "false");
    assert_int_equal(apart, 1);

    struct fact *two = tree_add(&tree, tree.root, "consignee", NULL);
    tree_add(&tree, tree_add(&tree, two, "id", "DE0000666"), "@scheme", "EORI");
    tree_add(&tree, two, "name", "Something else");
    answer = reference_denied(desk->reference, desk->arena, two, &weak, day("2026-03-09"), NULL);
    assert_string_equal(only(answer, "by"), "id");

    struct fact *three = tree_add(&tree, tree.root, "buyer", NULL);
    tree_add(&tree, three, "name", "Müller Maschinenbau GmbH");
    assert_int_equal(reference_denied(desk->reference, desk->arena, three, &weak, day("2026-03-09"), NULL).count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offices_are_found_on_the_day),
        cmocka_unit_test(values_of_many_are_repeated),
        cmocka_unit_test(parties_are_found_by_scheme_and_id),
        cmocka_unit_test(measures_take_the_longest_code),
        cmocka_unit_test(duty_rates_follow_their_order),
        cmocka_unit_test(papers_have_their_parts),
        cmocka_unit_test(numbers_are_decoded),
        cmocka_unit_test(old_registers_are_stale),
        cmocka_unit_test(denied_parties_match_by_id_or_name),
    };

    return cmocka_run_group_tests(tests, desk_set_up, desk_tear_down);
}
