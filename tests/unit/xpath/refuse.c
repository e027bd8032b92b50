/* What the subset refuses, where, and in which words (RULES 4). */
#include "xpath/support.h"

/* The first problem of an expression at the goods item, after "rules.sch:7:". */
static const char *refusal(const char *text) {
    static char said[512];
    struct bench b;
    bench_open(&b);
    bench_let(&b, "D", "/dossier/declaration");
    assert_non_null(bench_context(&b, "/dossier/declaration/goodsItem"));
    bench_let(&b, "n", "@n");
    struct expression *expression = compile(b.scope, here, text);
    snprintf(said, sizeof said, "accepted");
    if (!expression) {
        assert_int_equal(b.problems.items[0].line, 7);
        snprintf(said, sizeof said, "%u: %s", b.problems.items[0].column, b.problems.items[0].text);
    }
    bench_close(&b);
    return said;
}

struct row {
    const char *expression, *says;
};

static void expect(const struct row *rows, size_t count) {
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        const char *said = refusal(rows[i].expression);
        if (!strstr(said, rows[i].says)) {
            fprintf(stderr, "%s\n  says     %s\n  expected %s\n", rows[i].expression, said, rows[i].says);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void what_is_outside_says_what_to_write(void **state) {
    (void)state;
    const struct row rows[] = {
        {"//goodsItem", "20: // is not part of the language: write the path"},
        {"commodity//code", "29: // is not"},
        {"descendant::code", "20: descendant:: is not part of the language: write the path"},
        {"count(*) = 1", "26: * is not part of the language"},
        {"preceding-sibling::goodsItem", "tw:repeated(set, 'path'); joins: write tw:by"},
        {"following::goodsItem", "tw:by"},
        {"/dossier/invoice/line[@n = $n]", "tw:by(/dossier/invoice/line, 'number', $n), an index, not a scan"},
        {"$D/goodsItem[@n = $n]", "an index, not a scan"},
        {"../goodsItem[price]", "tw:define it on the parent"},
        {"count(../goodsItem)", "tw:define it on the parent"},
        {"tw:sum(../goodsItem/price)", "tw:define it on the parent"},
        {"sum(price)", "20: sum() counts in doubles: write tw:sum"},
        {"netMass + 1", "28: + is no operator here: write tw:add"},
        {"netMass div 2", "write tw:add"},
        {"netMass mod 2", "write tw:add"},
        {"netMass * 2", "write tw:add"},
        {"-1", "there is no minus sign"},
        {"round(netMass)", "tw:round(x, places, mode): money never goes through a double"},
        {"floor(netMass)", "tw:round"},
        {"position() = 1", "write @n"},
        {"last() = 1", "[last()]; elsewhere write @n"},
        {"id('a')", "tw:by"},
        {"key('a', 'b')", "tw:by"},
        {"name() = 'a'", "write the path"},
        {"translate(@n, 'a', 'b')", "tw:fold(text) or tw:ref(text)"},
        {"text() = 'a'", "write the path"},
        {"/invoice", "a path begins with /dossier"},
        {"netMass = grossMass", "tw:cmp(a, b) = 0 or tw:within"},
        {"$D/acceptedAt < $D/issuedAt", "tw:before(a, b) or tw:days(a, b)"},
        {"consignee/name = $D/consignee/name", "tw:same(a, b) or tw:party(p, q)"},
        {"netMas", "20: no fact netMas below goodsItem; did you mean netMass?"},
        {"packages/count", "no fact packages below goodsItem; did you mean packaging?"},
        {"/dossier/declaration/goodsItems", "no fact goodsItems below declaration; did you mean goodsItem?"},
        {"../../../x", "nothing is above /dossier"},
        {"tw:bye($D/goodsItem, '@n', @n)", "no function tw:bye; did you mean tw:by?"},
        {"tw:by($D/goodsItem, '@m', @n)", "no fact @m below goodsItem"},
        {"tw:by($D/goodsItem, @n, @n)", "argument 2 of tw:by is a text in quotes"},
        {"tw:by($D/goodsItem, '@n')", "tw:by takes 3 arguments or more, in pairs, not 2"},
        {"tw:of('duties', .)", "no definition duties is known here"},
        {"not(a, b)", "no fact a below goodsItem"},
        {"not()", "not takes 1 argument, not 0"},
        {"substring(@n)", "substring takes 2 to 3 arguments, not 1"},
        {"count('a')", "argument 1 of count is a set of facts"},
        {"$m", "no let $m is known here"},
        {"commodity[count(code)]", "a predicate is a condition or a whole number"},
        {"commodity[0]", "a position is a whole number from 1"},
        {"'abc", "a text without its closing '"},
        {"@n = 1 = 2", "two values are compared at a time"},
        {"commodity/", "the expression ends too early"},
        {"(@n", "the expression ends too early"},
        {"@n #", "# is not expected here"},
        {"'a' | @n", "| joins sets of facts"},
        {"concat('a', 'b')/code", "only facts have predicates and steps"},
    };
    expect(rows, sizeof rows / sizeof *rows);
}

static void what_is_inside_is_accepted(void **state) {
    (void)state;
    const struct row rows[] = {
        {"commodity[code]/description", "accepted"},
        {"../office", "accepted"},
        {"tw:by(../goodsItem, '@n', @n)/price", "accepted"},
        {"/dossier/invoice[currency != /dossier/settlement/credit/amount/@currency]", "accepted"},
        {"tw:else(supplementaryQuantity, quantity)/@unit = 'C62'", "accepted"},
        {"$D/goodsItem[price]/@n", "accepted"},
        {"supplementaryQuantity[2] >= 1", "accepted"},
        {"tw:by($D/goodsItem, '@n', $n)[price]/netMass < 5", "accepted"},
        {"(. = 'true' and ../equipment) or (. = 'false' and not(../equipment))", "accepted"},
    };
    expect(rows, sizeof rows / sizeof *rows);
}

static void depth_and_length_are_bounded(void **state) {
    (void)state;
    char text[20000];
    memset(text, '(', 5000);
    text[5000] = '\0';
    assert_non_null(strstr(refusal(text), "nested more than"));
    memset(text, ' ', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_non_null(strstr(refusal(text), "an expression of more than"));
}

static void contexts_are_paths(void **state) {
    (void)state;
    const struct row rows[] = {
        {"declaration", "a context begins with /dossier"},
        {"/dossier/inspection[result != 'cancelled']/equipment", ""},
        {"/dossier/invoice[/dossier/amendment]", "a context's predicates read only"},
        {"/dossier/invoice/line[../currency]", "its predicates read only what is below"},
        {"/dossier/invoice[number = $D]", "a context reads no variables"},
        {"/dossier/declaration/exporter | /dossier/invoice/buyer", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench b;
        bench_open(&b);
        bench_let(&b, "D", "/dossier/declaration");
        bool accepted = bench_context(&b, rows[i].expression) != NULL;
        assert_int_equal(accepted, !*rows[i].says);
        assert_true(accepted || strstr(b.problems.items[0].text, rows[i].says));
        bench_close(&b);
    }
}

static void definitions_have_no_cycles(void **state) {
    (void)state;
    struct bench b;
    bench_open(&b);
    struct expression *context = compile_context(b.scope, here, "/dossier/declaration");
    scope_declare(b.scope, here, "a", context);
    scope_declare(b.scope, here, "b", context);
    scope_declare(b.scope, here, "c", context);
    scope_define(b.scope, here, "a", "tw:of('b', .)");
    scope_define(b.scope, here, "b", "tw:else(tw:of('a', .), '0')");
    bench_let(&b, "each", "/dossier/declaration");
    program_finish(b.program);
    assert_int_equal(b.problems.count, 3);
    assert_non_null(strstr(b.problems.items[0].text, "the name each is taken"));
    assert_non_null(strstr(b.problems.items[1].text, "definition c has no value"));
    assert_non_null(strstr(b.problems.items[2].text, "definitions have no cycles"));
    bench_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_outside_says_what_to_write), cmocka_unit_test(what_is_inside_is_accepted),
        cmocka_unit_test(depth_and_length_are_bounded),       cmocka_unit_test(contexts_are_paths),
        cmocka_unit_test(definitions_have_no_cycles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
