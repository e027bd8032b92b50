/* Ten times the items take ten times the steps, cascades included (RULES 4, "Linear"). */
#include "rules/support.h"

static const char index_file[] = "<pack xmlns='urn:tidewaiter:rules:1' id='customs'><file href='a.sch' point='2'/>"
                                 "<cascades href='c.xml'/></pack>";
static const char schema[] =
    HEAD "<phase id='release'><active pattern='T-1'/><active pattern='T-2'/></phase>"
         "<pattern id='T-1'><title>t</title><rule context='/dossier/declaration/goodsItem' tw:key='item: @n'>"
         "<assert id='T-1.hold' role='error' test=\"tw:by(/dossier/invoice/line, '@n', @n)\" subject='.'>x</assert>"
         "</rule></pattern>"
         "<pattern id='T-2'><title>t</title><rule context='/dossier/declaration/goodsItem' tw:key='item: @n'>"
         "<assert id='T-2.hold' role='error' test='grossMass &gt;= 5' subject='grossMass'>x</assert></rule></pattern>"
         "<properties><property id='T-1.source' role='source'>s</property><property id='T-1.mend' role='mend'>m"
         "</property><property id='T-2.source' role='source'>s</property><property id='T-2.mend' role='mend'>m"
         "</property></properties></schema>";

/* Every item fails both rules; the cascade silences the second for each. */
static uint64_t steps_of(unsigned items) {
    struct fixture f;
    fixture_open(&f);
    fixture_file(&f, "ours/pack.xml", index_file);
    fixture_file(&f, "ours/a.sch", schema);
    fixture_file(&f, "ours/c.xml",
                 "<cascades xmlns='urn:tidewaiter:rules:1'><silence by='T-1' rules='T-2' key='item'/></cascades>");
    fixture_load(&f, false);
    assert_non_null(f.book);
    fixture_dossier(&f);
    struct tree *tree = &f.c.dossier;
    struct fact *declaration = tree_add(tree, tree->root, "declaration", NULL);
    struct fact *invoice = tree_add(tree, tree->root, "invoice", NULL);
    for (unsigned i = 1; i <= items; i++) {
        struct fact *item = tree_add(tree, declaration, "goodsItem", NULL);
        tree_addf(tree, item, "@n", "%u", i);
        tree_add(tree, item, "grossMass", "1");
        tree_addf(tree, tree_add(tree, invoice, "line", NULL), "@n", "%u", i + items);
    }
    fixture_run(&f);
    assert_int_equal(result_of(&f, "T-1")->failed, items);
    assert_int_equal(result_of(&f, "T-2")->failed, 0);
    assert_string_equal(result_of(&f, "T-2")->silenced_by, "T-1");
    uint64_t steps = result_of(&f, "T-1")->steps + result_of(&f, "T-2")->steps;
    fixture_close(&f);
    return steps;
}

static void steps_grow_with_the_items(void **state) {
    (void)state;
    uint64_t few = steps_of(100);
    uint64_t many = steps_of(10000);
    assert_true(many <= few * 105);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(steps_grow_with_the_items)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
