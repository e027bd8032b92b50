/* What the loader refuses, and with which words (RULES 1, 4, 7). */
#include "rules/support.h"

#define CONTEXT "context='/dossier/declaration/goodsItem'"

static void right_pack_loads(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_pack(&f, ONE("T-1", CONTEXT, "test='netMass' subject='netMass'"));
    assert_int_equal(rulebook_count(f.book), 1);
    struct rule_summary rule;
    assert_true(rulebook_find(f.book, "T-1.hold", &rule));
    assert_string_equal(rule.id, "T-1");
    assert_int_equal(rule.point, 2);
    assert_int_equal(rule.effect, EFFECT_HOLD);
    assert_string_equal(rule.source, "a law");
    assert_string_equal(rule.who, "declarant");
    assert_true(rule.live && rule.audit);
    assert_int_equal(rulebook_pack(f.book, 0)->untranslated, 1);
    assert_int_equal(strlen(rulebook_pack(f.book, 0)->digest), 64);
    fixture_close(&f);
}

static void expressions_are_checked(void **state) {
    (void)state;
    assert_refused(ONE("T-1", CONTEXT, "test='netWeight'"), "no fact netWeight below goodsItem");
    assert_refused(ONE("T-1", CONTEXT, "test='//invoice'"), "write the path");
    assert_refused(ONE("T-1", CONTEXT, "test='tw:nothing(netMass)'"), "tw:nothing");
    assert_refused(ONE("T-1", "context='/dossier/declaratoin'", "test='true()'"), "declaratoin");
}

static void structure_is_checked(void **state) {
    (void)state;
    assert_refused(ONE("T-1", CONTEXT, "tests='netMass'"), "no attribute tests on assert; did you mean test?");
    assert_refused(ONE("T-1", CONTEXT " tw:evry='invoice'", "test='netMass'"), "no attribute tw:evry on rule");
    assert_refused(HEAD RELEASE("T-1") "<pattern id='T-2'><title>t</title></pattern></schema>",
                   "no pattern T-1 in this file; did you mean T-2?");
    assert_refused(HEAD "<pattern id='T-1'><title>t</title></pattern></schema>", "T-1 stands in none of the phases");
    assert_refused(HEAD RELEASE("T-1") "<phase id='load'><active pattern='T-1'/></phase><pattern id='T-1'>"
                                       "<title>t</title></pattern></schema>",
                   "T-1 stands in several of the phases");
    assert_refused(HEAD "<phase id='realease'/></schema>", "no phase realease");
    assert_refused("<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt'/>",
                   "queryBinding must be tidewaiter");
    assert_refused(ONE("T-1", CONTEXT, "test='netMass' tw:effect='stop'"), "no effect stop");
    assert_refused(ONE("T-1", CONTEXT, "test='netMass' tw:effect='refer'"), "T-1.hold says hold");
}

static void names_and_texts_are_checked(void **state) {
    (void)state;
    assert_refused(HEAD RELEASE("T-1") "<pattern id='T-1'><title>t</title><rule " CONTEXT
                                       "><let name='each' value='.'/>"
                                       "<assert id='T-1.hold' role='error' test='true()'>x</assert></rule></pattern>"
                                       "</schema>",
                   "a let cannot be named each");
    assert_refused(HEAD RELEASE("T-1") "<pattern id='T-1'><title>t</title><rule " CONTEXT
                                       "><assert id='T-1.hold' role='error' test='true()'>x</assert></rule></pattern>"
                                       "</schema>",
                   "T-1.hold has no source");
    assert_refused(
        HEAD RELEASE("T-1") "<pattern id='T-1'><title>t</title><rule " CONTEXT
                            "><assert id='T-1.hold' role='error' test='true()'><value-of select='@n'/> and "
                            "<value-of select='netMass'/></assert></rule></pattern>" TEXTS("T-1") "</schema>",
        "T-1.hold: say where it points");
    assert_refused(HEAD "<diagnostics><diagnostic id='T-1.zh'>x</diagnostic></diagnostics></schema>",
                   "T-1.zh belongs to no assertion");
    assert_refused(HEAD RELEASE("T-1") "<pattern id='T-1'><title>t</title><rule " CONTEXT
                                       "><assert id='T-2.hold' role='error' test='true()'>x</assert></rule></pattern>"
                                       "</schema>",
                   "the id of an assertion of T-1 is T-1[.part].LEVEL");
    assert_refused(HEAD RELEASE("T-1") "<pattern id='T-1'><title>t</title><rule " CONTEXT "><report test='true()'>x"
                                       "</report></rule></pattern></schema>",
                   "write an assert that says what must hold");
}

static void overlapping_rules_are_refused(void **state) {
    (void)state;
    assert_refused(HEAD RELEASE("T-1") "<pattern id='T-1'><title>t</title>"
                                       "<rule " CONTEXT "><assert id='T-1.a.hold' role='error' test='true()'>x</assert>"
                                       "</rule><rule context='/dossier/declaration/goodsItem[netMass]'><assert "
                                       "id='T-1.b.hold' role='error' test='true()'>x</assert></rule></pattern>" TEXTS(
                                           "T-1") "</schema>",
                   "two rules of T-1 can select the same /dossier/declaration/goodsItem");
}

static void all_mistakes_are_told(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_file(&f, "ours/a.sch", ONE("T-1", CONTEXT, "test='netWeight' subject='grossWeight'"));
    fixture_file(&f, "ours/b.sch", "<schema>");
    fixture_load(&f, false);
    assert_null(f.book);
    assert_true(f.problems.count >= 3);
    fixture_close(&f);
}

static void cycles_of_failed_are_refused(void **state) {
    (void)state;
    assert_refused(HEAD "<phase id='release'><active pattern='T-1'/><active pattern='T-2'/></phase>"
                        "<pattern id='T-1'><title>t</title><rule " CONTEXT "><assert id='T-1.remark' role='warning' "
                        "test=\"tw:failed('T-2')\">x</assert></rule></pattern>"
                        "<pattern id='T-2'><title>t</title><rule " CONTEXT "><assert id='T-2.remark' role='warning' "
                        "test=\"tw:failed('T-1')\">x</assert></rule></pattern></schema>",
                   "a cycle");
}

static void packs_beside_ours_keep_their_place(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_file(&f, "ours/a.sch", ONE("T-1", CONTEXT, "test='netMass'"));
    fixture_file(&f, "acme/a.sch", ONE("T-1", CONTEXT, "test='netMass'"));
    fixture_load(&f, true);
    assert_null(f.book);
    assert_non_null(strstr(f.problems.items[0].text, "rule T-1 is there already"));
    fixture_close(&f);

    fixture_open(&f);
    fixture_file(&f, "ours/a.sch", ONE("T-1", CONTEXT, "test='netMass'"));
    fixture_file(&f, "acme/a.sch",
                 HEAD RELEASE("A-1") "<pattern id='A-1'><title>t</title><rule " CONTEXT
                                     "><assert id='A-1.refer' role='error' tw:effect='refer' test='netMass'>x</assert>"
                                     "</rule></pattern></schema>");
    fixture_load(&f, true);
    assert_null(f.book);
    assert_non_null(strstr(f.problems.items[0].text, "only customs refers"));
    fixture_close(&f);

    fixture_open(&f);
    fixture_file(&f, "ours/a.sch", ONE("T-1", CONTEXT, "test='netMass'"));
    fixture_file(&f, "acme/pack.xml",
                 "<pack xmlns='urn:tidewaiter:rules:1' id='acme'><file href='a.sch' point='2'/>"
                 "<cascades href='c.xml'/></pack>");
    fixture_file(&f, "acme/a.sch", ONE("A-1", CONTEXT, "test='netMass'"));
    fixture_file(&f, "acme/c.xml",
                 "<cascades xmlns='urn:tidewaiter:rules:1'><silence by='A-1' rules='T-1'/></cascades>");
    fixture_load(&f, true);
    assert_null(f.book);
    assert_non_null(strstr(f.problems.items[0].text, "T-1 is not a rule of this pack"));
    fixture_close(&f);
}

static void digest_is_of_all_files(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_pack(&f, ONE("T-1", CONTEXT, "test='netMass'"));
    char *before = strdup(rulebook_pack(f.book, 0)->digest);
    fixture_close(&f);
    fixture_open(&f);
    fixture_pack(&f, ONE("T-1", CONTEXT, "test='grossMass'"));
    assert_string_not_equal(before, rulebook_pack(f.book, 0)->digest);
    free(before);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_pack_loads),
        cmocka_unit_test(expressions_are_checked),
        cmocka_unit_test(structure_is_checked),
        cmocka_unit_test(names_and_texts_are_checked),
        cmocka_unit_test(overlapping_rules_are_refused),
        cmocka_unit_test(all_mistakes_are_told),
        cmocka_unit_test(cycles_of_failed_are_refused),
        cmocka_unit_test(packs_beside_ours_keep_their_place),
        cmocka_unit_test(digest_is_of_all_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
