/* Before a parse: the name of the root, and the documents of one file. */
#include "xml/parse.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect_bytes(const char *bytes, size_t length, const char *wanted_ns, const char *wanted_name) {
    struct arena *arena = arena_new();
    const char *ns, *name;
    bool found = xml_sniff(arena, (const unsigned char *)bytes, length, &ns, &name);
    assert_int_equal(found, wanted_name != NULL);
    if (wanted_name) {
        assert_string_equal(name, wanted_name);
    }
    if (wanted_ns) {
        assert_non_null(ns);
        assert_string_equal(ns, wanted_ns);
    } else {
        assert_null(ns);
    }
    arena_free(arena);
}

static void expect(const char *text, const char *ns, const char *name) {
    expect_bytes(text, strlen(text), ns, name);
}

static void roots_are_named(void **state) {
    (void)state;
    expect("<a/>", NULL, "a");
    expect("<a", NULL, "a");
    expect("\n <a>", NULL, "a");
    expect("\xEF\xBB\xBF<a/>", NULL, "a");
    expect("<a xmlns='urn:a'/>", "urn:a", "a");
    expect("<a xmlns=''/>", NULL, "a");
    expect("<p:a x='>' xmlns:q=\"urn:q\"\n xmlns:p = \"urn:p\">", "urn:p", "a");
    expect("<p:a xmlns='urn:a'>", NULL, "a");
    expect("<?xml version='1.0' encoding='GB18030'?><!-- <b> --><?c <d?>\n<a xmlns='urn:a'>", "urn:a", "a");
    expect("<!DOCTYPE a [<!ENTITY b '<c>'> <!-- ]> -->]><a/>", NULL, "a");
    expect("<a xmlns='urn:a' <b", "urn:a", "a");
    expect("<?xml version='1.0' encoding='UTF-7'?><a/>", NULL, "a");
    expect_bytes("\xFF\xFE<\0a\0 \0x\0m\0l\0n\0s\0=\0'\0u\0'\0/\0>\0", 30, "u", "a");
    expect_bytes("\0<\0a\0/\0>", 8, NULL, "a");
}

static void what_is_no_xml_is_told_apart(void **state) {
    (void)state;
    expect("", NULL, NULL);
    expect("%PDF-1.7", NULL, NULL);
    expect("text <a/>", NULL, NULL);
    expect("<", NULL, NULL);
    expect("<!-- never closed <a/>", NULL, NULL);
    expect("</a>", NULL, NULL);
    expect("< a/>", NULL, NULL);
    expect_bytes("\xFF\xFE", 2, NULL, NULL);
}

static size_t split(const char *text, struct xml_span *spans, size_t capacity) {
    return xml_split((const unsigned char *)text, strlen(text), spans, capacity);
}

static void files_are_split(void **state) {
    (void)state;
    struct xml_span spans[4];
    const char *text = "<?xml version='1.0'?>\n<a b='>'><b/><!-- </a> --><![CDATA[</a>]]></a>\n\n<?xml version='1.0'?>"
                       "<!-- c -->\n<c>\n</c><d/>\n<!-- end -->\n";
    assert_int_equal(split(text, spans, 4), 3);
    assert_int_equal(spans[0].offset, 0);
    assert_int_equal(spans[0].first_line, 1);
    assert_int_equal(spans[1].first_line, 4);
    assert_memory_equal(text + spans[1].offset, "<?xml", 5);
    assert_int_equal(spans[2].first_line, 6);
    assert_memory_equal(text + spans[2].offset, "<d/>", 4);
    assert_int_equal(spans[2].offset + spans[2].length, strlen(text));
    assert_int_equal(spans[0].offset + spans[0].length, spans[1].offset);
    assert_int_equal(spans[1].offset + spans[1].length, spans[2].offset);

    assert_int_equal(split(text, spans, 2), 2);
    assert_int_equal(spans[1].offset + spans[1].length, strlen(text));
}

static void one_document_is_one_span(void **state) {
    (void)state;
    struct xml_span spans[4];
    static const char *const single[] = {
        "", "<a/>", "<a></a> <!-- b -->\n", "<a><b></a>", "<a/>text<b/>", "<a/></b>", "text", "</a><b/>", "<a/><b",
    };
    for (size_t i = 0; i < sizeof single / sizeof single[0]; i++) {
        assert_int_equal(split(single[i], spans, 4), 1);
        assert_int_equal(spans[0].length, strlen(single[i]));
    }
}

static void each_part_is_parsed_at_its_lines(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const char *text = "<a>\n</a>\n<b>\n<c></b>";
    struct xml_span spans[4];
    /* the second is not well-formed: its end is not known, so the first alone is parted off */
    assert_int_equal(split(text, spans, 4), 2);
    const struct xml_limits limits = {.max_bytes = 1000, .max_text = 1000, .max_depth = 10};
    struct xml_document *xml = xml_parse(arena, NULL, (const unsigned char *)text + spans[1].offset, spans[1].length,
                                         spans[1].first_line, &limits);
    uint32_t line, column;
    assert_int_equal(xml_state(xml), XML_NOT_WELL_FORMED);
    xml_message(xml, &line, &column);
    assert_int_equal(line, 4);
    xml_release(xml);
    arena_free(arena);
}

static int start(void **state) {
    (void)state;
    xml_start();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roots_are_named),
        cmocka_unit_test(what_is_no_xml_is_told_apart),
        cmocka_unit_test(files_are_split),
        cmocka_unit_test(one_document_is_one_span),
        cmocka_unit_test(each_part_is_parsed_at_its_lines),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
