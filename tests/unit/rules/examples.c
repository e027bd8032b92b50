/* Examples of a pack: told by explain, made into dossiers, run. */
#include "rules/support.h"

#include "rules/explain.h"

static const char base[] = "<dossier asOf='2026-05-04'><declaration><office>DE004851</office><goodsItem n='1'>"
                           "<netMass unit='KGM'>9</netMass></goodsItem></declaration></dossier>";
static const char examples[] =
    "<examples xmlns='urn:tidewaiter:rules:1' rule='T-1' base='base.xml'>"
    "<example verdict='pass'/>"
    "<example verdict='fail' says='no net mass'><remove path='declaration/goodsItem[1]/netMass'/></example>"
    "<example verdict='fail' says='the second has none'><add path='declaration/goodsItem' n='2'/></example>"
    "<example verdict='n/a'><remove path='/dossier/declaration'/></example>"
    "<example verdict='pass'><set path='declaration/goodsItem[1]/netMass'>3</set></example></examples>";

static void open_with(struct fixture *f, const char *told) {
    fixture_open(f);
    fixture_file(f, "ours/a.sch", ONE("T-1", "context='/dossier/declaration/goodsItem'", "test='netMass'"));
    fixture_file(f, "ours/pack.xml",
                 "<pack xmlns='urn:tidewaiter:rules:1' id='customs'>"
                 "<file href='a.sch' point='2'/><examples href='examples'/></pack>");
    char folder[128];
    snprintf(folder, sizeof folder, "%s/ours/examples", f->folder);
    mkdir(folder, 0700);
    fixture_file(f, "ours/examples/base.xml", base);
    fixture_file(f, "ours/examples/T-1.xml", told);
    fixture_load(f, false);
}

static void close_with(struct fixture *f) {
    fixture_remove(f, "ours/examples");
    fixture_close(f);
}

static enum verdict verdict_named(const char *word) {
    static const char *const words[] = {"n/a", "pass", "undecidable", "fail"};
    for (unsigned i = 0; i < 4; i++) {
        if (strcmp(words[i], word) == 0) {
            return (enum verdict)i;
        }
    }
    fail();
    return VERDICT_PASS;
}

static void examples_come_out_as_they_say(void **state) {
    (void)state;
    struct fixture f;
    open_with(&f, examples);
    problems_print(&f.problems, stderr);
    assert_non_null(f.book);
    struct examples all = rule_examples(f.book, "T-1");
    assert_int_equal(all.count, 5);
    for (size_t i = 0; i < all.count; i++) {
        arena_free(f.c.arena);
        memset(&f.c, 0, sizeof f.c);
        f.c.arena = arena_new();
        assert_true(example_dossier(f.book, &all, &all.items[i], f.c.arena, f.names, &f.c.dossier));
        fixture_run(&f);
        assert_verdict(&f, "T-1", verdict_named(all.items[i].verdict));
    }
    close_with(&f);
}

static void explain_tells_all(void **state) {
    (void)state;
    struct fixture f;
    open_with(&f, examples);
    assert_non_null(f.book);
    f.c.arena = arena_new();
    const char *text = rule_explain(f.book, f.c.arena, "T-1", false);
    assert_non_null(strstr(text, "must hold netMass"));
    assert_non_null(strstr(text, "mend      Mend it."));
    assert_non_null(strstr(
        text,
        "An example that fails: no net mass\n  the dossier base.xml, with\n  remove declaration/goodsItem[1]/netMass"));
    assert_null(rule_explain(f.book, f.c.arena, "T-9", false));
    close_with(&f);
}

static void wrong_examples_are_refused(void **state) {
    (void)state;
    struct fixture f;
    open_with(&f, "<examples xmlns='urn:tidewaiter:rules:1' rule='T-2' base='none.xml'/>");
    assert_null(f.book);
    assert_string_equal(f.problems.items[0].text, "examples of no rule: T-2; did you mean T-1?");
    close_with(&f);
    open_with(&f, "<examples xmlns='urn:tidewaiter:rules:1' rule='T-1' base='none.xml'><example verdict='maybe'/>"
                  "</examples>");
    assert_null(f.book);
    assert_int_equal(f.problems.count, 2);
    close_with(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_come_out_as_they_say),
        cmocka_unit_test(explain_tells_all),
        cmocka_unit_test(wrong_examples_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
