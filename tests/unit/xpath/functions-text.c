/* Texts, references, patterns, parties, vague descriptions; forms of numbers. */
#include "xpath/registers.h"

static struct fact *party(struct bench *b, const char *role, const char *scheme, const char *id, const char *name,
                          const char *country) {
    char path[96];
    snprintf(path, sizeof path, "declaration/%s", role);
    struct fact *made = put(b, path, NULL);
    if (id) {
        struct fact *number = tree_add(&b->dossier, made, "id", id);
        tree_add(&b->dossier, number, "@scheme", scheme);
    }
    if (name) {
        tree_add(&b->dossier, made, "name", name);
    }
    if (country) {
        struct fact *address = tree_add(&b->dossier, made, "address", NULL);
        tree_add(&b->dossier, address, "country", country);
    }
    return made;
}

static void dossier(struct bench *b) {
    put(b, "declaration/mrn", "26DE586600006143A2");
    party(b, "exporter", "EORI", "DE1234567", "Müller Maschinenbau GmbH", "DE");
    party(b, "declarant", "EORI", "de 1234567", "Somebody else", NULL);
    party(b, "agent", "EORI", "DE7654321", "Mueller Maschinenbau", NULL);
    party(b, "consignor", "OTHER", "4711", "MUELLER MASCHINENBAU", "DE");
    party(b, "owner", "OTHER", "4712", "Muller Maschinenbaw", "AT");
    party(b, "consignee", "OTHER", "4712", NULL, NULL);
    party(b, "carrier", NULL, NULL, "宁波机械", NULL);
    put(b, "supervision/holder/id", "X");
    assert_non_null(bench_context(b, "/dossier/declaration"));
}

static void texts_are_compared_as_people_do(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:fold('  Größe, XL ')", "grosse xl"},
        {"tw:ref('inv- 017/a')", "INV017A"},
        {"tw:same('Müller GmbH', 'MUELLER')", "true"},
        {"tw:same('Müller', 'Miller')", "false"},
        {"tw:same(lrn, 'Miller')", "? declaration/lrn"},
        {"tw:sameSet('9013.20 lasers', 'Lasers, 901320')", "false"},
        {"tw:sameSet('red, green', 'Green red')", "true"},
        {"tw:sameScript('abc', '泵')", "false"},
        {"tw:sameScript('123', '泵')", "true"},
        {"tw:similar('pump', 'pump')", "1.0000"},
        {"tw:similar('pump', '泵')", "? one script of \"pump\" and \"泵\""},
        {"tw:similarName('Hanse Pumpen GmbH', 'Pumpen Hanse')", "1.0000"},
        {"tw:matches(mrn, '^[0-9]{2}[A-Z]{2}')", "true"},
        {"tw:matches(mrn, '^[A-Z]')", "false"},
        {"tw:matches(mrn, '^[A-Z')", "? a pattern, not ^[A-Z"},
        {"tw:matches(lrn, '.')", "? declaration/lrn"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void a_pattern_is_compiled_once(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:matches('a', '^a$') and tw:matches('b', '^b$') and not(tw:matches('c', '^a$'))", "true"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void parties_are_known_by_id_then_name(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:party(exporter, declarant)", "true"}, /* one id, though the names differ */
        {"tw:party(exporter, agent)", "false"},    /* two ids, though the names agree */
        {"tw:party(exporter, consignor)", "true"}, /* by name */
        {"tw:party(consignor, owner)", "false"},   /* similar names, other countries */
        {"tw:party(owner, consignee)", "true"},    /* one number of nobody knows whose list */
        {"tw:party(consignor, consignee)", "? declaration/consignee/name"},
        {"tw:party(exporter, carrier)", "? one script of \"Müller Maschinenbau GmbH\" and \"宁波机械\""},
        {"tw:party(exporter, submitter)", "? declaration/submitter"},
        {"tw:party(/dossier/supervision/holder, consignee)", "? declaration/consignee/name, supervision/holder/name"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void vague_texts_say_nothing(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:vague('Machinery and parts')", "true"},
        {"tw:vague('12 kg of spare parts')", "true"},
        {"tw:vague('Personal effects')", "true"},
        {"tw:vague('Not elsewhere specified')", "true"},
        {"tw:vague('xxxxxxxx')", "true"},
        {"tw:vague('8413 70')", "true"},
        {"tw:vague('tv')", "true"},
        {"tw:vague('Centrifugal pumps of cast iron')", "false"},
        {"tw:vague('Steel bar')", "false"},
        {"tw:vague(lrn)", "? declaration/lrn"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void numbers_have_forms(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:mrn(mrn)", "true"},
        {"tw:mrn('21DE27364916384835')", "false"},
        {"tw:iso6346('CSQU3054383')", "true"},
        {"tw:iso6346('CSQU3054384')", "false"},
        {"tw:uscc('91350100M000100Y43')", "true"},
        {"tw:imo('9074729')", "true"},
        {"tw:imo('9074728')", "false"},
        {"tw:gln('4006381333931')", "true"},
        {"tw:lei('529900T8BM49AURSDO55')", "true"},
        {"tw:lei('529900T8BM49AURSDO56')", "false"},
        {"tw:eori('DE1234567')", "true"},
        {"tw:eori('ZY1234567')", "false"},
        {"tw:eori(lrn)", "? declaration/lrn"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void without_policy_nothing_is_vague_or_similar(void **state) {
    (void)state;
    struct bench b;
    bench_open(&b);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:vague('parts')", "? list:VagueTerm"},
        {"tw:party(consignor, owner)", "? policy:name.sameParty"},
        {"tw:eori('DE1234567')", "? list:ISO3166"},
    };
    EXPECT(&b, sayings);
    bench_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_compared_as_people_do),
        cmocka_unit_test(a_pattern_is_compiled_once),
        cmocka_unit_test(parties_are_known_by_id_then_name),
        cmocka_unit_test(vague_texts_say_nothing),
        cmocka_unit_test(numbers_have_forms),
        cmocka_unit_test(without_policy_nothing_is_vague_or_similar),
    };
    return cmocka_run_group_tests(tests, house_set_up, house_tear_down);
}
