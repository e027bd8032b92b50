/* Escaping: whatever goes in, what comes out is well-formed and says the same. */
#include "xml/write.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "tree/names.h"
#include "xml/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void text(const char *in, const char *wanted) {
    struct buffer out = {0};
    xml_write_text(&out, in);
    assert_string_equal(out.bytes, wanted);
    buffer_free(&out);
}

static void attribute(const char *in, const char *wanted) {
    struct buffer out = {0};
    xml_write_attribute(&out, in);
    assert_string_equal(out.bytes, wanted);
    buffer_free(&out);
}

static void text_is_escaped(void **state) {
    (void)state;
    text("", "");
    text("plain \xE6\xB5\xB7", "plain \xE6\xB5\xB7");
    text("a<b>&\"c'", "a&lt;b&gt;&amp;\"c'");
    text("]]>", "]]&gt;");
    text("1\t2\n3\r4", "1\t2\n3&#13;4");
    text("\x01"
         "a\x1F",
         "\xEF\xBF\xBD"
         "a\xEF\xBF\xBD");
    text("\xE6\xB5", "\xEF\xBF\xBD\xEF\xBF\xBD");
    text("\xC0\x80z\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    text("\xEF\xBF\xBF", "\xEF\xBF\xBD");
    text("\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80");
}

static void attributes_are_escaped(void **state) {
    (void)state;
    attribute("a\"<b>&'", "a&quot;&lt;b&gt;&amp;'");
    attribute("1\t2\n3\r4", "1&#9;2&#10;3&#13;4");
}

static void a_part_ends_where_it_ends(void **state) {
    (void)state;
    struct buffer out = {0};
    xml_write_text_part(&out, "a<\xE6\xB5\xB7", 4);
    assert_string_equal(out.bytes, "a&lt;\xEF\xBF\xBD\xEF\xBF\xBD");
    buffer_free(&out);
}

static void nothing_writes_nothing(void **state) {
    (void)state;
    struct buffer out = {0};
    xml_write_text(&out, NULL);
    xml_write_attribute(&out, NULL);
    assert_int_equal(out.length, 0);
    buffer_free(&out);
}

static void every_pair_of_bytes_can_be_parsed(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct xml_limits limits = {.max_bytes = 1 << 25, .max_text = 10000000, .max_depth = 10};
    struct buffer out = {0};
    buffer_string(&out, "<a b=\"");
    for (int i = 1; i < 256; i++) {
        for (int k = 1; k < 256; k++) {
            const char pair[] = {(char)i, (char)k, 0};
            xml_write_attribute(&out, pair);
        }
    }
    buffer_string(&out, "\">");
    for (int i = 1; i < 256; i++) {
        for (int k = 1; k < 256; k++) {
            const char pair[] = {(char)i, (char)k, 0};
            xml_write_text(&out, pair);
        }
    }
    buffer_string(&out, "</a>");
    struct xml_document *xml = xml_parse(arena, NULL, (const unsigned char *)out.bytes, out.length, 1, &limits);
    assert_int_equal(xml_state(xml), XML_WELL_FORMED);
    xml_release(xml);
    buffer_free(&out);
    arena_free(arena);
}

static void what_is_clean_stays(void **state) {
    (void)state;
    assert_true(xml_is_clean("a<&>\t\n\xE6\xB5\xB7"));
    assert_false(xml_is_clean("\x02"));
    assert_false(xml_is_clean("\xFF"));
    struct buffer out = {0};
    xml_write_clean(&out, "<\x02&");
    assert_string_equal(out.bytes, "<\xEF\xBF\xBD&");
    buffer_free(&out);
}

int main(void) {
    xml_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(attributes_are_escaped),
        cmocka_unit_test(a_part_ends_where_it_ends),
        cmocka_unit_test(nothing_writes_nothing),
        cmocka_unit_test(every_pair_of_bytes_can_be_parsed),
        cmocka_unit_test(what_is_clean_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
