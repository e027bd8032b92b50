/* The vocabulary: schemas/facts.csv as it ships, and what a bad one is told. */
#include "tree/vocabulary.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/problems.h"
#include "tree/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct vocabulary *shipped(struct names *names) {
    size_t length;
    char *text = file_read("schemas/facts.csv", 1 << 20, &length);
    assert_non_null(text);
    struct problems problems = {0};
    struct vocabulary *vocabulary = vocabulary_new(names, "facts.csv", text, length, &problems);
    problems_print(&problems, stderr);
    assert_int_equal(problems.count, 0);
    assert_non_null(vocabulary);
    problems_free(&problems);
    free(text);
    return vocabulary;
}

static void the_shipped_file_is_sound(void **state) {
    (void)state;
    struct names *names = names_new();
    struct vocabulary *vocabulary = shipped(names);
    const struct definition *root = vocabulary_root(vocabulary);
    const struct {
        const char *path;
        enum fact_type type;
        bool repeated;
    } expected[] = {
        {"declaration", TYPE_GROUP, false},
        {"declaration/goodsItem/netMass", TYPE_MASS, false},
        {"declaration/goodsItem/netMass/@unit", TYPE_CODE, false},
        {"declaration/goodsItem/supplementaryQuantity", TYPE_QUANTITY, true},
        {"declaration/goodsItem/supportingDocument/item", TYPE_INTEGER, true},
        {"declaration/agent/status", TYPE_CODE, false},
        {"declaration/agent/address/line", TYPE_TEXT, true},
        {"declaration/equipment/seal/number", TYPE_IDENTIFIER, false},
        {"declaration/equipment/@n", TYPE_INTEGER, false},
        {"invoice/seller/id/@scheme", TYPE_CODE, false},
        {"invoice/message/sender", TYPE_IDENTIFIER, false},
        {"event/at", TYPE_DATETIME, false},
        {"event/declaration/@scheme", TYPE_CODE, false},
        {"settlement/credit/tolerancePlus", TYPE_DECIMAL, false},
        {"settlement/credit/amendment/text", TYPE_TEXT, false},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const struct definition *definition = definition_at(root, expected[i].path);
        if (!definition) {
            fail_msg("no fact %s", expected[i].path);
        }
        assert_int_equal(definition->type, expected[i].type);
        assert_int_equal(definition->repeated, expected[i].repeated);
    }
    const struct definition *invoice = definition_at(root, "invoice");
    assert_null(definition_at(invoice, "nummer"));
    assert_string_equal(definition_nearest(invoice, "nummer")->name, "number");
    const struct definition *method = definition_at(root, "settlement/method");
    assert_true(definition_allows(method, "dp"));
    assert_false(definition_allows(method, "cash"));
    struct arena *arena = arena_new();
    assert_string_equal(definition_path(arena, method), "settlement/method");
    arena_free(arena);
    vocabulary_free(vocabulary);
    names_free(names);
}

static void mistakes_are_named(void **state) {
    (void)state;
    static const char text[] = "path,type,many,list,values,note\n"
                               "a,txt,,,,\n"
                               "a,text,,,,\n"
                               "b,block:Q,,,,\n"
                               "c,text,many,,,\n"
                               "block:P/name,text,?,,,\n";
    static const char *const expected[] = {
        "no type \"txt\"; nearest: text",
        "a stands twice; first in line 2",
        "many=\"many\": write nothing, ?, * or +",
        "no block:Q",
        "block:P is never used",
    };
    struct names *names = names_new();
    struct problems problems = {0};
    assert_null(vocabulary_new(names, "f.csv", text, sizeof text - 1, &problems));
    assert_int_equal(problems.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < problems.count; i++) {
        assert_string_equal(problems.items[i].text, expected[i]);
    }
    problems_free(&problems);
    names_free(names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_file_is_sound),
        cmocka_unit_test(mistakes_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
