/* Results of rules: guards, each, levels, abstract patterns, tables, definitions, keys, claims (RULES 1, 2). */
#include "rules/support.h"

#define ITEM "context='/dossier/declaration/goodsItem'"
#define ITEM_FACTS "+declaration/+goodsItem/@n=1"

static void four_verdicts(void **state) {
    (void)state;
    const char *pack = ONE("T-1", ITEM " tw:when='grossMass'", "test='netMass &lt;= grossMass' subject='netMass'");
    assert_outcome(pack, FACTS(ITEM_FACTS, "declaration/goodsItem/netMass=9", "declaration/goodsItem/grossMass=10"),
                   "T-1", VERDICT_PASS);
    assert_outcome(pack, FACTS(ITEM_FACTS, "declaration/goodsItem/netMass=11", "declaration/goodsItem/grossMass=10"),
                   "T-1", VERDICT_FAIL);
    assert_outcome(pack, FACTS(ITEM_FACTS, "declaration/goodsItem/grossMass=10"), "T-1", VERDICT_UNDECIDABLE);
    assert_outcome(pack, FACTS(ITEM_FACTS, "declaration/goodsItem/netMass=11"), "T-1", VERDICT_NOT_APPLICABLE);
    assert_outcome(pack, FACTS("declaration/office=DE004851"), "T-1", VERDICT_NOT_APPLICABLE);
}

static void guard_that_cannot_be_decided(void **state) {
    (void)state;
    const char *pack = ONE("T-1", ITEM " tw:when=\"regime = 'export'\"", "test='netMass'");
    assert_outcome(pack, FACTS(ITEM_FACTS, "declaration/goodsItem/netMass=1"), "T-1", VERDICT_PASS);
    assert_outcome(pack, FACTS(ITEM_FACTS), "T-1", VERDICT_UNDECIDABLE);
}

static void missing_is_named(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_pack(&f, ONE("T-1", ITEM, "test='netMass &lt;= grossMass' subject='netMass'"));
    fixture_dossier(&f);
    fixture_set(&f, "declaration/+goodsItem/netMass=1");
    fixture_set(&f, "declaration/+goodsItem/netMass=1");
    fixture_run(&f);
    assert_int_equal(f.c.undecided.count, 2);
    assert_int_equal(f.c.undecided.items[1].missing_count, 1);
    assert_string_equal(f.c.undecided.items[1].missing[0], "declaration/goodsItem[2]/grossMass");
    assert_string_equal(f.c.undecided.items[1].subject.path, "declaration/goodsItem[2]/netMass");
    fixture_close(&f);
}

static void finding_is_told_in_full(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_pack(
        &f, HEAD RELEASE("T-1") "<pattern id='T-1' tw:zh='重量'><title>Mass</title><rule " ITEM ">"
                                "<assert id='T-1.hold' role='error' test='netMass &lt;= grossMass' subject='netMass' "
                                "tw:against='grossMass'>Item <value-of select='@n'/>: net\n   <value-of "
                                "select='netMass'/> kg, currency <value-of select='price/@currency'/>.</assert>"
                                "</rule></pattern>"
                                "<diagnostics><diagnostic id='T-1.zh'>净重 <value-of select='netMass'/></diagnostic>"
                                "</diagnostics>" TEXTS("T-1") "</schema>");
    fixture_dossier(&f);
    fixture_set(&f, ITEM_FACTS);
    fixture_set(&f, "declaration/goodsItem/netMass=11");
    fixture_set(&f, "declaration/goodsItem/grossMass=10");
    fixture_run(&f);
    assert_int_equal(f.c.findings.count, 1);
    const struct finding *finding = &f.c.findings.items[0];
    assert_string_equal(finding->message, "Item 1: net 11 kg, currency –.");
    assert_string_equal(finding->message_zh, "净重 11");
    assert_string_equal(finding->title_zh, "重量");
    assert_string_equal(finding->observed, "11");
    assert_string_equal(finding->expected, "10");
    assert_string_equal(finding->subject.path, "declaration/goodsItem/netMass");
    assert_int_equal(finding->against_count, 1);
    assert_string_equal(finding->against[0].path, "declaration/goodsItem/grossMass");
    assert_string_equal(finding->mend, "Mend it.");
    assert_string_equal(finding->who, "declarant");
    assert_int_equal(finding->effect, EFFECT_HOLD);
    fixture_close(&f);
}

#define LEVELS                                                                                                         \
    HEAD RELEASE("T-1") "<pattern id='T-1'><title>t</title><rule " ITEM ">"                                            \
                        "<assert id='T-1.remark' role='warning' test='netMass &lt;= 10' subject='netMass'>more "       \
                        "than ten</assert>"                                                                            \
                        "<assert id='T-1.hold' role='error' test='netMass &lt;= 20 and not(grossMass &lt; 5)' "        \
                        "subject='netMass'>more than twenty</assert></rule></pattern>" TEXTS("T-1") "</schema>"

static void strongest_level_stands(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_pack(&f, LEVELS);
    fixture_dossier(&f);
    fixture_set(&f, "declaration/+goodsItem/netMass=30");
    fixture_run(&f);
    assert_int_equal(f.c.findings.count, 1);
    assert_string_equal(f.c.findings.items[0].assertion, "T-1.hold");
    assert_int_equal(result_of(&f, "T-1")->failed, 1);
    assert_int_equal(f.c.undecided.count, 0);
    fixture_close(&f);
}

static void stronger_level_undecided_is_listed(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_pack(&f, LEVELS);
    fixture_dossier(&f);
    fixture_set(&f, "declaration/+goodsItem/netMass=15");
    fixture_run(&f);
    assert_int_equal(f.c.findings.count, 1);
    assert_string_equal(f.c.findings.items[0].assertion, "T-1.remark");
    assert_int_equal(f.c.undecided.count, 1);
    assert_string_equal(f.c.undecided.items[0].assertion, "T-1.hold");
    fixture_close(&f);
}

static void each_member_is_judged(void **state) {
    (void)state;
    const char *pack = ONE("T-1", "context='/dossier/declaration' tw:each='goodsItem'", "test='$each/netMass'");
    assert_outcome(pack, FACTS("declaration/office=X"), "T-1", VERDICT_NOT_APPLICABLE);
    struct fixture f;
    fixture_open(&f);
    fixture_pack(&f, pack);
    fixture_dossier(&f);
    fixture_set(&f, "declaration/+goodsItem/netMass=1");
    fixture_set(&f, "declaration/+goodsItem/grossMass=1");
    fixture_set(&f, "declaration/+goodsItem/grossMass=1");
    fixture_run(&f);
    assert_int_equal(result_of(&f, "T-1")->failed, 2);
    assert_int_equal(result_of(&f, "T-1")->passed, 1);
    assert_string_equal(f.c.findings.items[0].subject.path, "declaration/goodsItem[2]");
    fixture_close(&f);
}

static void empty_each_may_pass(void **state) {
    (void)state;
    assert_outcome(
        ONE("T-1", "context='/dossier/declaration' tw:each='goodsItem' tw:none='pass'", "test='$each/netMass'"),
        FACTS("declaration/office=X"), "T-1", VERDICT_PASS);
}

static void member_that_is_perhaps_none_does_not_fail(void **state) {
    (void)state;
    const char *pack =
        ONE("T-1", "context='/dossier/declaration' tw:each=\"goodsItem[netMass = '1']\"", "test='$each/grossMass'");
    assert_outcome(pack, FACTS("declaration/+goodsItem/netMass=1"), "T-1", VERDICT_FAIL);
    assert_outcome(pack, FACTS("declaration/+goodsItem/quota=x"), "T-1", VERDICT_UNDECIDABLE);
}

static void tables_and_abstract_patterns(void **state) {
    (void)state;
    const char *pack = HEAD RELEASE(
        "T-1") "<pattern id='coded' abstract='true'><let name='known'><tw:row code='SG'/><tw:row "
               "code='MY'/></let><rule context='$where'><assert id='coded.hold' role='error' "
               "test='$known/row/@code = $code' subject='$code'>No code <value-of select='$code'/>."
               "</assert></rule></pattern>"
               "<pattern id='T-1' is-a='coded'><title>t</title><param name='where' "
               "value='/dossier/declaration'/><param name='code' value='destinationCountry'/></pattern>" TEXTS(
                   "T-1") "</schema>";
    assert_outcome(pack, FACTS("declaration/destinationCountry=MY"), "T-1", VERDICT_PASS);
    assert_outcome(pack, FACTS("declaration/destinationCountry=XX"), "T-1", VERDICT_FAIL);
    assert_outcome(pack, FACTS("declaration/office=X"), "T-1", VERDICT_UNDECIDABLE);
}

static void abstract_rules_are_extended(void **state) {
    (void)state;
    const char *pack =
        HEAD RELEASE("T-1") "<pattern id='T-1'><title>t</title>"
                            "<rule abstract='true' id='massed'><assert id='T-1.mass.hold' role='error' "
                            "test='netMass'>x</assert></rule>"
                            "<rule " ITEM "><extends rule='massed'/><assert id='T-1.gross.hold' role='error' "
                            "test='grossMass'>y</assert></rule></pattern>" TEXTS("T-1") "</schema>";
    assert_outcome(pack, FACTS("declaration/+goodsItem/netMass=1", "declaration/goodsItem/grossMass=1"), "T-1",
                   VERDICT_PASS);
    assert_outcome(pack, FACTS("declaration/+goodsItem/grossMass=1"), "T-1", VERDICT_FAIL);
}

static void rules_outside_their_dates_do_not_exist(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_pack(
        &f, HEAD RELEASE("T-1") "<pattern id='T-1' tw:from='2027-01-01'><title>t</title><rule " ITEM
                                "><assert id='T-1.hold' role='error' test='netMass'>x</assert></rule></pattern>" TEXTS(
                                    "T-1") "</schema>");
    fixture_dossier(&f);
    fixture_set(&f, "declaration/+goodsItem/grossMass=1");
    fixture_run(&f);
    assert_null(result_of(&f, "T-1"));
    assert_int_equal(f.c.findings.count, 0);
    fixture_close(&f);
}

static void modes_choose_rules(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_pack(&f, HEAD RELEASE("T-1") "<phase id='audit'><active pattern='T-1'/></phase><pattern id='T-1'>"
                                         "<title>t</title><rule " ITEM "><assert id='T-1.hold' role='error' "
                                         "test='netMass'>x</assert></rule></pattern>" TEXTS("T-1") "</schema>");
    fixture_dossier(&f);
    fixture_set(&f, "declaration/+goodsItem/grossMass=1");
    fixture_run(&f); /* live */
    assert_null(result_of(&f, "T-1"));
    f.k.mode = MODE_AUDIT;
    rules_run(&f.c, &f.k);
    assert_verdict(&f, "T-1", VERDICT_FAIL);
    fixture_close(&f);
}

static void claims_are_made_on_pass_and_fail_when_refused(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_pack(&f,
                 ONE("T-1", "context='/dossier/declaration'", "test='mrn' tw:claim='declaration: mrn' subject='mrn'"));
    fixture_dossier(&f);
    fixture_set(&f, "declaration/mrn=26DE1");
    fixture_run(&f);
    assert_int_equal(f.c.claims.count, 1);
    assert_string_equal(f.c.claims.items[0].reg, "declaration");
    assert_string_equal(f.c.claims.items[0].key, "26DE1");
    assert_null(f.c.claims.items[0].amount);
    assert_verdict(&f, "T-1", VERDICT_PASS);

    struct claim refused = f.c.claims.items[0];
    f.c.refused = &refused;
    f.c.refused_count = 1;
    rules_run_again(&f.c, &f.k, FACTS("T-1"), 1);
    assert_int_equal(f.c.results.count, 1);
    assert_verdict(&f, "T-1", VERDICT_FAIL);
    fixture_close(&f);
}

static void failed_asks_of_rules_before(void **state) {
    (void)state;
    const char *pack = HEAD "<phase id='release'><active pattern='T-1'/><active pattern='T-2'/></phase>"
                            "<pattern id='T-1'><title>t</title><rule " ITEM "><assert id='T-1.remark' role='warning' "
                            "test=\"not(tw:failed('T-2'))\">x</assert></rule></pattern>"
                            "<pattern id='T-2'><title>t</title><rule " ITEM "><assert id='T-2.remark' role='warning' "
                            "test='netMass'>x</assert></rule></pattern></schema>";
    assert_outcome(pack, FACTS("declaration/+goodsItem/netMass=1"), "T-1", VERDICT_PASS);
    assert_outcome(pack, FACTS("declaration/+goodsItem/grossMass=1"), "T-1", VERDICT_FAIL);
}

static void absence_fails_where_the_rule_is_about_it(void **state) {
    (void)state;
    const char *pack =
        ONE("T-1", "context='/dossier/declaration'", "test=\"mrn or tw:needs(., 'mrn')\" tw:absent='fail'");
    assert_outcome(pack, FACTS("declaration/mrn=1"), "T-1", VERDICT_PASS);
    assert_outcome(pack, FACTS("declaration/lrn=1"), "T-1", VERDICT_FAIL);
    pack = ONE("T-1", "context='/dossier/declaration'", "test='tw:office(office, /dossier/@asOf)' tw:absent='fail'");
    assert_outcome(pack, FACTS("declaration/office=DE1"), "T-1", VERDICT_UNDECIDABLE);
    assert_refused(ONE("T-1", "context='/dossier/declaration'", "test='mrn' tw:absent='pass'"), "tw:absent is");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_verdicts),
        cmocka_unit_test(guard_that_cannot_be_decided),
        cmocka_unit_test(missing_is_named),
        cmocka_unit_test(finding_is_told_in_full),
        cmocka_unit_test(strongest_level_stands),
        cmocka_unit_test(stronger_level_undecided_is_listed),
        cmocka_unit_test(each_member_is_judged),
        cmocka_unit_test(empty_each_may_pass),
        cmocka_unit_test(member_that_is_perhaps_none_does_not_fail),
        cmocka_unit_test(tables_and_abstract_patterns),
        cmocka_unit_test(abstract_rules_are_extended),
        cmocka_unit_test(rules_outside_their_dates_do_not_exist),
        cmocka_unit_test(modes_choose_rules),
        cmocka_unit_test(claims_are_made_on_pass_and_fail_when_refused),
        cmocka_unit_test(failed_asks_of_rules_before),
        cmocka_unit_test(absence_fails_where_the_rule_is_about_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
