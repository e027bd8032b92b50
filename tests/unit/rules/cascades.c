/* Cascades: one defect, one finding (RULES 3). */
#include "rules/support.h"

#define PACK                                                                                                           \
    "<pack xmlns='urn:tidewaiter:rules:1' id='customs'><file href='a.sch' point='2'/><cascades href='c.xml'/></pack>"
#define ROWS(rows) "<cascades xmlns='urn:tidewaiter:rules:1'>" rows "</cascades>"

/* T-1 wants a net mass, T-2 a gross mass of at least 5, T-3 refers where there is no quota. */
static const char schema[] =
    HEAD "<phase id='release'><active pattern='T-1'/><active pattern='T-2'/><active pattern='T-3'/></phase>"
         "<pattern id='T-1'><title>t</title><rule context='/dossier/declaration/goodsItem' tw:key='item: @n'>"
         "<assert id='T-1.hold' role='error' test='netMass' subject='.'>x</assert></rule></pattern>"
         "<pattern id='T-2'><title>t</title><rule context='/dossier/declaration/goodsItem' tw:key='item: @n'>"
         "<assert id='T-2.hold' role='error' test='grossMass &gt;= 5' subject='grossMass'>x</assert></rule></pattern>"
         "<pattern id='T-3'><title>t</title><rule context='/dossier/declaration/goodsItem' tw:key='item: @n'>"
         "<assert id='T-3.refer' role='error' tw:effect='refer' test='quota' subject='.'>x</assert></rule></pattern>"
         "<properties><property id='T-1.source' role='source'>s</property><property id='T-1.mend' role='mend'>m"
         "</property><property id='T-2.source' role='source'>s</property><property id='T-2.mend' role='mend'>m"
         "</property><property id='T-3.source' role='source'>s</property><property id='T-3.mend' role='mend'>m"
         "</property></properties></schema>";

static void open_with(struct fixture *f, const char *rows) {
    fixture_open(f);
    fixture_file(f, "ours/pack.xml", PACK);
    fixture_file(f, "ours/a.sch", schema);
    fixture_file(f, "ours/c.xml", rows);
    fixture_load(f, false);
}

static void load_with(struct fixture *f, const char *rows) {
    open_with(f, rows);
    if (!f->book) {
        problems_print(&f->problems, stderr);
    }
    assert_non_null(f->book);
    fixture_dossier(f);
    fixture_set(f, "declaration/+goodsItem/@n=1");
    fixture_set(f, "declaration/goodsItem/grossMass=1");
    fixture_set(f, "declaration/+goodsItem/@n=2");
    fixture_set(f, "declaration/goodsItem/netMass=1");
    fixture_set(f, "declaration/goodsItem/grossMass=1");
}

static void same_key_is_silenced(void **state) {
    (void)state;
    struct fixture f;
    load_with(&f, ROWS("<silence by='T-1' rules='T-2' key='item'/>"));
    fixture_run(&f);
    assert_int_equal(result_of(&f, "T-1")->failed, 1);
    assert_int_equal(result_of(&f, "T-2")->failed, 1); /* of item 2, where T-1 passed */
    assert_string_equal(result_of(&f, "T-2")->silenced_by, "T-1");
    fixture_close(&f);
}

static void refer_is_silenced_by_refer_alone(void **state) {
    (void)state;
    struct fixture f;
    load_with(&f, ROWS("<silence by='T-1' rules='T-2 T-3' key='item'/>"));
    fixture_run(&f);
    assert_int_equal(result_of(&f, "T-3")->failed, 2);
    assert_null(result_of(&f, "T-3")->silenced_by);
    fixture_close(&f);
}

static void silenced_rules_silence_nobody(void **state) {
    (void)state;
    struct fixture f;
    load_with(&f, ROWS("<silence by='T-3' rules='T-1' key='item'/><silence by='T-1' rules='T-2' key='item'/>"));
    fixture_run(&f);
    assert_verdict(&f, "T-1", VERDICT_PASS); /* of item 2 */
    assert_int_equal(result_of(&f, "T-2")->failed, 2);
    fixture_close(&f);
}

static void values_and_conditions_narrow(void **state) {
    (void)state;
    struct fixture f;
    load_with(&f, ROWS("<silence by='T-3' rules='T-2' key='item' in='2|7'/>"));
    fixture_run(&f);
    assert_int_equal(result_of(&f, "T-2")->failed, 1);
    fixture_close(&f);
    load_with(&f, ROWS("<silence by='T-3' rules='T-2' key='item' when=\"$it/observed = '1' and $by/item = '1'\"/>"));
    fixture_run(&f);
    assert_int_equal(result_of(&f, "T-2")->failed, 1);
    fixture_close(&f);
}

static void missing_facts_silence_what_needs_them(void **state) {
    (void)state;
    struct fixture f;
    load_with(&f, ROWS("<silence by='X-004' rules='*' key='path' cause='missing'/>"));
    fixture_set(&f, "declaration/+goodsItem/netMass=1"); /* no gross mass: T-2 is undecidable */
    struct finding *unreadable = LIST_ADD(f.c.arena, f.c.findings);
    *unreadable = (struct finding){.rule = "X-004",
                                   .assertion = "X-004",
                                   .point = 2,
                                   .severity = SEVERITY_WARNING,
                                   .effect = EFFECT_REMARK,
                                   .message = "unreadable"};
    unreadable->subject.path = "declaration/goodsItem[3]/grossMass";
    fixture_run(&f);
    assert_int_equal(result_of(&f, "T-2")->undecided, 0);
    assert_int_equal(result_of(&f, "T-2")->failed, 2);
    assert_string_equal(result_of(&f, "T-2")->silenced_by, "X-004");
    assert_string_equal(f.c.findings.items[f.c.findings.count - 1].rule, "X-004");
    fixture_close(&f);
}

static void wrong_rows_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *rows, *message;
    } wrong[] = {
        {ROWS("<silence by='T-9' rules='T-1'/>"), "no rule T-9; did you mean T-1?"},
        {ROWS("<silence by='T-1' rules='T-2' key='party'/>"), "T-1 gives no key party"},
        {ROWS("<silence by='T-1' rules='U-1..U-9'/>"), "no rule in U-1..U-9"},
        {ROWS("<silence by='T-1' rules='T-2' cause='missing'/>"), "cause is \"missing\", with key=\"path\""},
        {ROWS("<silent by='T-1'/>"), "no element silent in cascades"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct fixture f;
        open_with(&f, wrong[i].rows);
        assert_null(f.book);
        assert_non_null(strstr(f.problems.items[0].text, wrong[i].message));
        assert_true(f.problems.items[0].line > 0);
        fixture_close(&f);
    }
}

static void ranges_name_what_exists(void **state) {
    (void)state;
    struct fixture f;
    load_with(&f, ROWS("<silence by='T-3' rules='T-1..T-2' key='item'/>"));
    fixture_run(&f);
    assert_int_equal(result_of(&f, "T-1")->failed + result_of(&f, "T-2")->failed, 0);
    assert_int_equal(f.c.findings.count, 2);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_key_is_silenced),
        cmocka_unit_test(refer_is_silenced_by_refer_alone),
        cmocka_unit_test(silenced_rules_silence_nobody),
        cmocka_unit_test(values_and_conditions_narrow),
        cmocka_unit_test(missing_facts_silence_what_needs_them),
        cmocka_unit_test(wrong_rows_are_refused),
        cmocka_unit_test(ranges_name_what_exists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
