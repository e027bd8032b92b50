/* Invoice lines and the items in which they are declared (CATALOGUE-B 2.6). */
#include "xpath/registers.h"

static void item(struct bench *b, const char *n, const char *code, const char *origin, const char *description) {
    put(b, "declaration/goodsItem+/@n", n);
    if (code) {
        put(b, "declaration/goodsItem/commodity/code", code);
    }
    if (origin) {
        put(b, "declaration/goodsItem/origin", origin);
    }
    if (description) {
        put(b, "declaration/goodsItem/commodity/description", description);
    }
}

static void line(struct bench *b, const char *n, const char *name, const char *value, const char *description,
                 const char *origin) {
    char path[64];
    put(b, "invoice/line+/@n", n);
    if (name) {
        snprintf(path, sizeof path, "invoice/line/%s", name);
        put(b, path, value);
    }
    if (description) {
        put(b, "invoice/line/description", description);
    }
    if (origin) {
        put(b, "invoice/line/origin", origin);
    }
}

static void dossier(struct bench *b) {
    item(b, "1", "8413702100", "DE", "Centrifugal pumps, single-stage");
    item(b, "2", "8413702100", "CN", "Centrifugal pumps, multi-stage");
    item(b, "3", "8413702900", "DE", "Spare rotors of steel");
    item(b, "4", "72283041", NULL, "Steel bars");
    line(b, "1", "item", "3", NULL, NULL);
    line(b, "2", "code", "72283041", NULL, NULL);
    line(b, "3", "code", "8413702100", "anything", "CN");
    line(b, "4", "code", "84137021", "pumps centrifugal multi stage", NULL);
    line(b, "5", "code", "841370", "rotors of steel, spare", NULL);
    line(b, "6", NULL, NULL, "steel bars, rolled", NULL);
    line(b, "7", NULL, NULL, "garden furniture", NULL);
    line(b, "8", "code", "940360", "steel bars", NULL);
    line(b, "9", "item", "77", "steel bars", NULL);
    line(b, "10", NULL, NULL, NULL, NULL);
    line(b, "11", NULL, NULL, "水泵", NULL);
    assert_non_null(bench_context(b, "/dossier/declaration"));
    b->scope = scope_new(b->program, b->scope);
    bench_let(b, "m", "tw:matchLines(/dossier/invoice/line, /dossier/declaration/goodsItem)");
}

static void lines_are_matched(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"count($m)", "11"},
        {"string(tw:by($m, '@line', '1')/@item)", "3"},
        {"string(tw:by($m, '@line', '2')/@item)", "4"},
        {"string(tw:by($m, '@line', '3')/@item)", "2"},
        {"string(tw:by($m, '@line', '4')/@item)", "2"},
        {"string(tw:by($m, '@line', '5')/@item)", "3"},
        {"string(tw:by($m, '@line', '6')/@item)", "4"},
        {"boolean(tw:by($m, '@line', '8')/@item)", "false"},
        {"boolean(tw:by($m, '@line', '9')/@item)", "false"},
        {"boolean(tw:by($m, '@line', '7')/@item)", "false"},
        {"boolean(tw:by($m, '@line', '10')/@item)", "? match[10]/@item"},
        {"boolean(tw:by($m, '@line', '11')/@item)", "? match[11]/@item"},
        {"boolean(tw:by($m, '@item', '4'))", "true"},
        {"boolean(tw:by($m, '@item', '1'))", "? match[10], match[11]"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void no_lines_no_matches(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    item(&b, "1", "8413702100", "DE", "Centrifugal pumps, single-stage");
    const struct saying sayings[] = {
        {"tw:matchLines(/dossier/invoice/line, /dossier/declaration/goodsItem)", "{0 facts, 0 maybe}"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void without_policy_nothing_is_matched(void **state) {
    (void)state;
    struct bench b;
    bench_open(&b);
    dossier(&b);
    const struct saying sayings[] = {
        {"$m", "? policy:match.similar"},
    };
    EXPECT(&b, sayings);
    bench_close(&b);
}

/* With codes, ten times the lines and items are ten times the work. */
static uint64_t steps_for(int count) {
    struct bench b;
    struct reference *reference = house_open(&b, NULL, NULL);
    for (int i = 1; i <= count; i++) {
        char n[16], code[16];
        snprintf(n, sizeof n, "%d", i);
        snprintf(code, sizeof code, "%08d", 10000000 + 100 * i);
        item(&b, n, code, NULL, NULL);
        line(&b, n, "code", code, NULL, NULL);
    }
    struct expression *asked =
        compile(b.scope, here, "tw:matchLines(/dossier/invoice/line, /dossier/declaration/goodsItem)");
    assert_non_null(asked);
    bench_start(&b);
    assert_int_equal(evaluate(b.e, asked).nodes.count, (size_t)count);
    uint64_t steps = b.e->steps;
    house_close(&b, reference);
    return steps;
}

static void matching_by_code_is_linear(void **state) {
    (void)state;
    assert_true(steps_for(1000) <= 11 * steps_for(100));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_matched),
        cmocka_unit_test(no_lines_no_matches),
        cmocka_unit_test(without_policy_nothing_is_matched),
        cmocka_unit_test(matching_by_code_is_linear),
    };
    return cmocka_run_group_tests(tests, house_set_up, house_tear_down);
}
