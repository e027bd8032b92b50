/* Joins, sets, lets and definitions: what they find, how often they are computed, and that their steps grow as
 * the dossier does. */
#include "xpath/support.h"

static void dossier(struct bench *b) {
    bench_open(b);
    put(b, "declaration/mrn", "25DE1");
    put(b, "declaration/equipment+/id", "CSQU3054383");
    put(b, "declaration/equipment+/id", "MSKU0000007");
    for (int i = 1; i <= 12; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        put(b, "declaration/goodsItem+/@n", text);
        put(b, "declaration/goodsItem/netMass", text);
        put(b, "declaration/goodsItem/previousDocument+/number", i % 2 ? "A-1" : "a 2");
        put(b, "declaration/goodsItem/previousDocument/line", text);
    }
    put(b, "packingList/line+/container", "CSQU 305438-3");
    put(b, "licence+/number", "L1");
    put(b, "licence/line+/code", "8471");
    put(b, "licence/line+/code", "847130");
    put(b, "licence/line+/code", "9");
    assert_non_null(bench_context(b, "/dossier/declaration"));
}

static void joins_find_by_value(void **state) {
    (void)state;
    struct bench b;
    dossier(&b);
    const struct saying sayings[] = {
        {"string(tw:by(goodsItem, '@n', '7')/netMass)", "7"},
        {"tw:by(goodsItem, '@n', goodsItem/@n)", "{12 facts, 0 maybe}"},
        {"tw:by(goodsItem, '@n', '99')/netMass = 5", "? declaration/goodsItem[@n = '99']/netMass"},
        {"tw:by(goodsItem, '@n', lrn)", "? declaration/lrn"},
        {"tw:byRef(/dossier/declaration/goodsItem/previousDocument, 'number', 'A1')", "{6 facts, 0 maybe}"},
        {"tw:by(/dossier/declaration/goodsItem/previousDocument, 'number', 'A1')", "{0 facts, 0 maybe}"},
        {"tw:byRef(goodsItem/previousDocument, 'number', 'A2', 'line', '4')", "{1 facts, 0 maybe}"},
        {"tw:byRef(goodsItem/previousDocument, 'number', 'A2', 'line', '5')", "{0 facts, 0 maybe}"},
        {"tw:by(goodsItem, '@n | netMass', '3')", "{1 facts, 0 maybe}"},
        {"boolean(tw:byRef($D/equipment, 'id', /dossier/packingList/line/container))", "true"},
        {"count(tw:byPrefix(/dossier/licence/line, 'code', '84713000'))", "2"},
        {"count(tw:distinct(goodsItem/previousDocument, 'number'))", "2"},
        {"count(tw:distinct(goodsItem/previousDocument, 'number', 'line'))", "12"},
        {"count(tw:repeated(goodsItem/previousDocument, 'number'))", "10"},
        {"string(tw:without($D/equipment/id, /dossier/packingList/line/container))", "MSKU0000007"},
        {"tw:sameRefs($D/equipment/id, /dossier/packingList/line/container)", "false"},
        {"tw:sameRefs($D/equipment[1]/id, /dossier/packingList/line/container)", "true"},
        {"tw:sameRefs($D/equipment/id, /dossier/creditNote/number)", "false"},
    };
    b.scope = scope_new(b.program, b.scope);
    bench_let(&b, "D", "/dossier/declaration");
    EXPECT(&b, sayings);
    bench_close(&b);
}

static void an_unreadable_key_is_maybe(void **state) {
    (void)state;
    struct bench b;
    dossier(&b);
    fact_at(b.dossier.root, "declaration/goodsItem/@n")->state = FACT_UNREADABLE;
    const struct saying sayings[] = {
        {"tw:by(goodsItem, '@n', '7')", "{2 facts, 1 maybe}"},
        {"boolean(tw:by(goodsItem, '@n', '7'))", "true"},
        {"boolean(tw:by(goodsItem, '@n', '99'))", "? declaration/goodsItem[1]"},
        {"tw:by(goodsItem, '@n', '7', 'netMass', '7')", "{1 facts, 0 maybe}"},
    };
    EXPECT(&b, sayings);
    bench_close(&b);
}

static uint64_t steps_of(struct bench *b, struct expression *expression) {
    uint64_t before = b->e->steps;
    evaluate(b->e, expression);
    return b->e->steps - before;
}

static void lets_are_computed_once(void **state) {
    (void)state;
    struct bench b;
    dossier(&b);
    b.scope = scope_new(b.program, NULL);
    bench_let(&b, "D", "/dossier/declaration");
    bench_let(&b, "all", "count($D/goodsItem)");
    assert_non_null(bench_context(&b, "/dossier/declaration/goodsItem"));
    bench_let(&b, "mass", "tw:sum(netMass)");
    struct expression *all = compile(b.scope, here, "$all = 12");
    struct expression *mass = compile(b.scope, here, "$mass = 3");
    struct expression *same = compile(b.scope, here, "count(/dossier/declaration/goodsItem) = netMass");
    struct expression *again = compile(b.scope, here, "count(/dossier/declaration/goodsItem) = 12 and netMass");
    bench_start(&b);
    struct fact *item = fact_at(b.dossier.root, "declaration/goodsItem");
    evaluation_enter(b.e, item);
    assert_true(steps_of(&b, all) >= 12);
    assert_int_equal(steps_of(&b, all), 0);
    assert_true(steps_of(&b, mass) > 0);
    assert_int_equal(steps_of(&b, mass), 0);
    assert_true(steps_of(&b, same) >= 12);
    assert_true(steps_of(&b, again) < 3); /* the same part of another rule */
    evaluation_leave(b.e);
    evaluation_enter(b.e, item->next_same);
    assert_int_equal(steps_of(&b, all), 0);
    assert_true(steps_of(&b, mass) > 0);
    bench_close(&b);
}

static void each_binds_and_definitions_are_kept(void **state) {
    (void)state;
    struct bench b;
    dossier(&b);
    b.scope = scope_new(b.program, NULL);
    struct expression *items = compile_context(b.scope, here, "/dossier/declaration/goodsItem");
    scope_declare(b.scope, here, "twice", items);
    scope_define(b.scope, here, "twice", "concat(netMass, netMass)");
    scope_declare(b.scope, here, "mass", items);
    scope_define(b.scope, here, "mass", "netMass");
    bench_context(&b, "/dossier/declaration");
    struct expression *members = compile(b.scope, here, "goodsItem");
    struct variable *each = scope_each(b.scope, members);
    bench_let(&b, "mine", "$each/netMass");
    struct expression *mine = compile(b.scope, here, "concat($mine, ' ', tw:of('twice', $each))");
    struct expression *sum = compile(b.scope, here, "tw:sumOf('mass', goodsItem) = 78");
    assert_true(expression_uses_each(mine) && !expression_uses_each(sum) && expression_uses_context(sum));
    bench_start(&b);
    struct value set = evaluate(b.e, members);
    assert_int_equal(set.nodes.count, 12);
    evaluation_each(b.e, each, set.nodes.items[1].fact);
    struct value value = evaluate(b.e, mine);
    assert_string_equal(value_text(b.e, &value), "2 22");
    evaluation_each(b.e, each, set.nodes.items[2].fact);
    value = evaluate(b.e, mine);
    assert_string_equal(value_text(b.e, &value), "3 33");
    assert_true(evaluate(b.e, sum).truth);
    bench_close(&b);
}

static void tables_are_facts(void **state) {
    (void)state;
    struct bench b;
    dossier(&b);
    names_intern(b.names, "edge");
    names_intern(b.names, "@a");
    names_intern(b.names, "@b");
    names_intern(b.names, "@in");
    struct tree table = tree_new(b.compiled, b.names, "edges");
    struct fact *edge = tree_add(&table, table.root, "edge", NULL);
    tree_add(&table, edge, "@a", "lodged");
    tree_add(&table, edge, "@b", "accepted");
    edge = tree_add(&table, table.root, "edge", NULL);
    tree_add(&table, edge, "@a", "accepted");
    tree_add(&table, edge, "@in", "EU");
    scope_table(b.scope, here, "edges", table.root);
    const struct saying sayings[] = {
        {"count($edges/edge)", "2"},
        {"string(tw:by($edges/edge, '@a', 'lodged')/@b)", "accepted"},
        {"boolean($edges/edge[2]/@in)", "true"},
    };
    EXPECT(&b, sayings);
    assert_null(compile(b.scope, here, "$edges/edge/@c"));
    assert_non_null(strstr(b.problems.items[0].text, "no fact @c below edge"));
    bench_close(&b);
}

/* The steps of a rule over all items of a dossier of n items, each with a document and an invoice line. */
static uint64_t steps_for(size_t n, const char *text) {
    struct bench b;
    bench_open(&b);
    struct fact *declaration = put(&b, "declaration", NULL);
    struct fact *invoice = put(&b, "invoice", NULL);
    for (size_t i = 1; i <= n; i++) {
        struct fact *item = tree_add(&b.dossier, declaration, "goodsItem", NULL);
        tree_addf(&b.dossier, item, "@n", "%zu", i);
        tree_addf(&b.dossier, item, "netMass", "%zu", i);
        struct fact *paper = tree_add(&b.dossier, item, "previousDocument", NULL);
        tree_addf(&b.dossier, paper, "number", "X-%zu", i % 3);
        tree_addf(&b.dossier, paper, "line", "%zu", i);
        struct fact *line = tree_add(&b.dossier, invoice, "line", NULL);
        tree_addf(&b.dossier, line, "@n", "%zu", i);
    }
    bench_let(&b, "D", "/dossier/declaration");
    struct expression *context = bench_context(&b, "/dossier/declaration/goodsItem");
    struct expression *expression = compile(b.scope, here, text);
    assert_non_null(expression);
    bench_start(&b);
    struct nodes nodes = evaluate_context(b.e, context);
    assert_int_equal(nodes.count, n);
    for (size_t i = 0; i < nodes.count; i++) {
        evaluation_enter(b.e, nodes.items[i].fact);
        assert_true(evaluate(b.e, expression).kind != VALUE_UNKNOWN);
        evaluation_leave(b.e);
    }
    uint64_t steps = b.e->steps;
    bench_close(&b);
    return steps;
}

static void steps_are_linear(void **state) {
    (void)state;
    const char *const rules[] = {
        "boolean(tw:by(/dossier/invoice/line, '@n', @n))",
        "boolean(tw:by(../goodsItem, '@n', @n))",
        "boolean(tw:by($D/goodsItem, '@n', @n)/netMass)",
        "tw:sum(tw:byRef($D/goodsItem/previousDocument, 'number', previousDocument/number, 'line', "
        "previousDocument/line)/line) = 1",
        "count(/dossier/invoice/line) = @n",
        "tw:sum($D/goodsItem/netMass) >= netMass",
        "boolean(tw:by(tw:distinct($D/goodsItem/previousDocument, 'number'), 'number', 'X-1'))",
        "not(/dossier/event[type = 'released'])",
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        uint64_t few = steps_for(100, rules[i]), many = steps_for(10000, rules[i]);
        if (many > few * 105) {
            fail_msg("%s: %llu steps for 100 items, %llu for 10,000", rules[i], (unsigned long long)few,
                     (unsigned long long)many);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_find_by_value),    cmocka_unit_test(an_unreadable_key_is_maybe),
        cmocka_unit_test(lets_are_computed_once), cmocka_unit_test(each_binds_and_definitions_are_kept),
        cmocka_unit_test(tables_are_facts),       cmocka_unit_test(steps_are_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
