/* The parse: exact places in every encoding, DTDs of every kind, encodings, limits, and what a source holds. */
#include "xml/parse.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "tree/names.h"

#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct xml_limits usual = {.max_bytes = 1 << 25, .max_text = 10000000, .max_depth = 256};

static struct xml_document *parse_bytes(struct arena *arena, const void *bytes, size_t length) {
    return xml_parse(arena, NULL, bytes, length, 1, &usual);
}

static struct xml_document *parse_text(struct arena *arena, const char *text) {
    return parse_bytes(arena, text, strlen(text));
}

static void convert(const char *encoding, const struct buffer *text, struct buffer *out) {
    iconv_t converter = iconv_open(encoding, "UTF-8");
    buffer_reserve(out, text->length * 4);
    char *in = text->bytes;
    char *to = out->bytes + out->length;
    size_t left = text->length;
    size_t room = out->capacity - out->length - 1;
    assert_int_equal(iconv(converter, &in, &left, &to, &room), 0);
    out->length = (size_t)(to - out->bytes);
    iconv_close(converter);
}

/* Every element says in its attribute where it stands. */
static void check_places(const struct source *root, size_t *checked) {
    for (const struct source *at = root->first; at; at = at->next) {
        char *end;
        assert_non_null(at->attributes);
        unsigned long line = strtoul(at->attributes->value, &end, 10);
        unsigned long column = strtoul(end + 1, NULL, 10);
        assert_int_equal(at->element->line, line);
        assert_int_equal(at->element->column, column);
        (*checked)++;
        check_places(at, checked);
    }
}

enum { PLACED_LINES = 75000 };

static void write_places(struct buffer *text) {
    buffer_string(text, "<root>\n");
    for (unsigned line = 3; line < PLACED_LINES; line += 5) {
        int digits = snprintf(NULL, 0, "%u", line);
        buffer_printf(text, "<empty at='%u:1'/>\xE6\xB5\xB7\xE5\x85\xB3<empty at='%u:%d'\n/>\n", line, line,
                      digits + 19);
        digits = snprintf(NULL, 0, "%u", line + 2);
        buffer_printf(text, "  <nested\n at='%u:3'><inner at='%u:%d'>text</inner></nested>\n", line + 2, line + 3,
                      digits + 10);
        buffer_string(text, "<!-- < <a> -->\n");
    }
    buffer_string(text, "</root>\n");
}

static void places_are_exact(const char *encoding, const char *mark, size_t mark_length) {
    struct arena *arena = arena_new();
    struct names *names = names_new();
    struct buffer text = {0};
    struct buffer bytes = {0};
    buffer_printf(&text, "<?xml version='1.0' encoding='%s'?>\n", mark_length ? "UTF-16" : encoding);
    write_places(&text);
    buffer_append(&bytes, mark, mark_length);
    convert(encoding, &text, &bytes);
    struct xml_document *xml = parse_bytes(arena, bytes.bytes, bytes.length);
    assert_int_equal(xml_state(xml), XML_WELL_FORMED);
    assert_string_equal(xml_encoding(xml), encoding);
    size_t checked = 0;
    check_places(xml_source(xml, names), &checked);
    assert_int_equal(checked, (PLACED_LINES - 3 + 4) / 5 * 4);
    assert_int_equal(xml_element_count(xml), checked + 1);
    xml_release(xml);
    buffer_free(&text);
    buffer_free(&bytes);
    names_free(names);
    arena_free(arena);
}

static void places_in_utf_8(void **state) {
    (void)state;
    places_are_exact("UTF-8", "", 0);
}

static void places_in_utf_16(void **state) {
    (void)state;
    places_are_exact("UTF-16LE", "\xFF\xFE", 2);
    places_are_exact("UTF-16BE", "\xFE\xFF", 2);
}

static void places_in_gb18030(void **state) {
    (void)state;
    places_are_exact("GB18030", "", 0);
}

static void later_documents_count_on(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct names *names = names_new();
    struct xml_document *xml = xml_parse(arena, NULL, (const unsigned char *)"<a>\n <b/>\n</a>", 14, 100, &usual);
    const struct source *root = xml_source(xml, names);
    assert_int_equal(root->element->line, 100);
    assert_int_equal(root->first->element->line, 101);
    assert_int_equal(root->first->element->column, 2);
    xml_release(xml);
    names_free(names);
    arena_free(arena);
}

static void expect(const char *text, enum xml_state wanted, uint32_t line, uint32_t column, const char *message) {
    struct arena *arena = arena_new();
    struct xml_document *xml = parse_text(arena, text);
    uint32_t seen_line = 0, seen_column = 0;
    const char *seen = xml_message(xml, &seen_line, &seen_column);
    if (xml_state(xml) != wanted || (line && (seen_line != line || seen_column != column))) {
        print_error("%s: state %d, %u:%u %s\n", text, xml_state(xml), seen_line, seen_column, seen ? seen : "-");
    }
    assert_int_equal(xml_state(xml), wanted);
    if (line) {
        assert_int_equal(seen_line, line);
        assert_int_equal(seen_column, column);
    }
    if (message) {
        assert_non_null(strstr(seen, message));
    }
    xml_release(xml);
    arena_free(arena);
}

static void dtds_are_refused(void **state) {
    (void)state;
    static const char *const active[] = {
        "<!DOCTYPE a SYSTEM 'x.dtd'><a/>",
        "<!DOCTYPE a PUBLIC '-//A//B' 'http://example.org/x.dtd'><a/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        "<!DOCTYPE a [<!ENTITY % p 'c'>]><a/>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://example.org/p'> %p;]><a/>",
        "<!DOCTYPE a [<!ELEMENT a ANY><!ENTITY b PUBLIC 'x' 'y'>]><a/>",
        "<!DOCTYPE a [<!NOTATION n SYSTEM 'n'><!ENTITY b SYSTEM 'c' NDATA n>]><a/>",
        "<!DOCTYPE a [<!ENTITY b 'b'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><a>&c;</a>",
    };
    for (size_t i = 0; i < sizeof active / sizeof active[0]; i++) {
        expect(active[i], XML_ACTIVE_CONTENT, 0, 0, "DTD");
    }
    static const char *const plain[] = {
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a []><a/>",
        "<!DOCTYPE a [<!ELEMENT a ANY><!ATTLIST a b CDATA 'c'>]><a/>",
        "<!DOCTYPE a [<!-- <!ENTITY b 'c'> -->]><a/>",
    };
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        expect(plain[i], XML_DTD_REFUSED, 0, 0, "DTD not accepted");
    }
    expect("<!DOCTYPE a [<!ELEMENT a (b><a/>", XML_NOT_WELL_FORMED, 0, 0, NULL);
}

static void faults_have_a_place(void **state) {
    (void)state;
    expect("<a>\n  <b></c>\n</a>", XML_NOT_WELL_FORMED, 2, 10, "mismatch");
    expect("<a/><b/>", XML_NOT_WELL_FORMED, 1, 5, "Extra content");
    expect("<a>\n&nbsp;</a>", XML_NOT_WELL_FORMED, 0, 0, "nbsp");
    expect("<a>\n <p:b/></a>", XML_NOT_WELL_FORMED, 2, 6, "prefix p");
    expect("<a b='1' b='2'/>", XML_NOT_WELL_FORMED, 0, 0, "redefined");
    expect("", XML_NOT_WELL_FORMED, 1, 1, NULL);
    expect("text", XML_NOT_WELL_FORMED, 1, 1, NULL);
    expect("<a>\n", XML_NOT_WELL_FORMED, 2, 1, NULL);
    expect("<a>\xE9</a>", XML_NOT_WELL_FORMED, 1, 4, "not UTF-8");
    expect("<a>\n\xC3\xA9\xC3</a>", XML_NOT_WELL_FORMED, 2, 2, "not UTF-8");
    expect("<a>\x01</a>", XML_NOT_WELL_FORMED, 0, 0, NULL);
    expect("<a>\xED\xA0\x80</a>", XML_NOT_WELL_FORMED, 1, 4, NULL);
    expect("<a>\xC0\x80</a>", XML_NOT_WELL_FORMED, 1, 4, NULL);
}

static void encodings_are_closed(void **state) {
    (void)state;
    expect("<?xml version='1.0' encoding='UTF-7'?><a/>", XML_NOT_WELL_FORMED, 1, 1, "UTF-7");
    expect("<?xml version='1.0' encoding='Big5'?><a/>", XML_NOT_WELL_FORMED, 1, 1, "Big5");
    expect("<?xml version='1.0' encoding='UTF-16'?><a/>", XML_NOT_WELL_FORMED, 1, 1, "UTF-16");
    expect("<?xml version='1.0' encoding='US-ASCII'?><a>\xC3\xA9</a>", XML_NOT_WELL_FORMED, 1, 45, "US-ASCII");
    expect("<?xml version='1.0' encoding='GB2312'?>\n<a>\xFF\xFF</a>", XML_NOT_WELL_FORMED, 2, 4, "GB2312");
    expect("<?xml version='1.0' encoding='windows-1252'?>\n<a>\x81</a>", XML_NOT_WELL_FORMED, 2, 4, "Windows-1252");
    expect("\xEF\xBB\xBF<?xml version='1.0' encoding='GBK'?><a/>", XML_NOT_WELL_FORMED, 1, 1, "mark");
    expect("\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?><a/>", XML_WELL_FORMED, 0, 0, NULL);
    expect("<?xml version='1.0' encoding='ISO-8859-15'?><a>\xA4</a>", XML_WELL_FORMED, 0, 0, NULL);
    expect("<?xml version='1.0' encoding='GBK'?><a>\x81\x40</a>", XML_WELL_FORMED, 0, 0, NULL);
}

static void text_of(const char *document, const char *wanted) {
    struct arena *arena = arena_new();
    struct names *names = names_new();
    struct xml_document *xml = parse_text(arena, document);
    assert_int_equal(xml_state(xml), XML_WELL_FORMED);
    const char *text = xml_source(xml, names)->text;
    if (wanted) {
        assert_string_equal(text, wanted);
    } else {
        assert_null(text);
    }
    xml_release(xml);
    names_free(names);
    arena_free(arena);
}

static void text_is_joined(void **state) {
    (void)state;
    text_of("<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>", "\xE2\x82\xAC");
    text_of("<?xml version='1.0' encoding='GB2312'?><a>\xBA\xA3\xB9\xD8</a>", "\xE6\xB5\xB7\xE5\x85\xB3");
    text_of("<a>12<!-- 3 -->4<![CDATA[<5>]]>6<?pi?>7&amp;&#x38;</a>", "124<5>67&8");
    text_of("<a> 1 </a>", " 1 ");
    text_of("<a>  </a>", "  ");
    text_of("<a>\n <b/>\n</a>", NULL);
    text_of("<a>\n x<b/>\ny</a>", "\n x\ny");
    text_of("<a/>", NULL);
}

static void limits_hold(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct xml_limits small = {.max_bytes = 1000, .max_text = 20, .max_depth = 3};
    static const char *const over[] = {
        "<a><b><c><d/></c></b></a>",
        "<a>123456789012345678901</a>",
        "<a>1234567890<![CDATA[12345678901]]></a>",
        "<a b='123456789012345678901'/>",
    };
    for (size_t i = 0; i < sizeof over / sizeof over[0]; i++) {
        struct xml_document *xml = xml_parse(arena, NULL, (const unsigned char *)over[i], strlen(over[i]), 1, &small);
        assert_int_equal(xml_state(xml), XML_OVER_LIMIT);
        xml_release(xml);
    }
    const char *within = "<a><b><c/>12345678901234567890<c/>12345678901234567890</b></a>";
    struct xml_document *xml = xml_parse(arena, NULL, (const unsigned char *)within, strlen(within), 1, &small);
    assert_int_equal(xml_state(xml), XML_WELL_FORMED);
    xml_release(xml);
    char large[1001];
    memset(large, ' ', sizeof large);
    xml = xml_parse(arena, NULL, (const unsigned char *)large, sizeof large, 1, &small);
    assert_int_equal(xml_state(xml), XML_OVER_LIMIT);
    xml_release(xml);
    arena_free(arena);
}

static void depth_has_libxml2s_limit_too(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct buffer text = {0};
    for (int i = 0; i < 5000; i++) {
        buffer_string(&text, "<a>");
    }
    const struct xml_limits generous = {.max_bytes = 1 << 25, .max_text = 100, .max_depth = 100000};
    struct xml_document *xml = xml_parse(arena, NULL, (const unsigned char *)text.bytes, text.length, 1, &generous);
    assert_int_equal(xml_state(xml), XML_OVER_LIMIT);
    xml_release(xml);
    buffer_free(&text);
    arena_free(arena);
}

static void what_is_passed_over_is_reported(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct xml_document *xml = parse_text(arena, "<?xml-stylesheet href='<x>.xsl'?>\n"
                                                 "<a xmlns:xi='http://www.w3.org/2001/XInclude'>\n"
                                                 "  <xi:include href='/etc/passwd'/></a>");
    assert_int_equal(xml_state(xml), XML_WELL_FORMED);
    const struct xml_notice *notice = xml_notices(xml);
    assert_string_equal(notice->what, "stylesheet instruction");
    assert_int_equal(notice->line, 1);
    assert_int_equal(notice->column, 1);
    assert_string_equal(notice->next->what, "XInclude element");
    assert_int_equal(notice->next->line, 3);
    assert_int_equal(notice->next->column, 3);
    assert_null(notice->next->next);
    xml_release(xml);
    arena_free(arena);
}

static void rows_have_names_and_positions(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct names *names = names_new();
    struct xml_document *xml =
        parse_text(arena, "<a xmlns:p='urn:p'><p:b/><c/><p:b/><b/><c><p:b/></c><p:b p:x='1' x='2'/></a>");
    const struct source *root = xml_source(xml, names);
    static const struct {
        const char *name;
        uint32_t position;
    } wanted[] = {{"p:b", 1}, {"c", 1}, {"p:b", 2}, {"b", 1}, {"c", 2}, {"p:b", 3}};
    const struct source *at = root->first;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++, at = at->next) {
        assert_string_equal(at->element->name, wanted[i].name);
        assert_int_equal(at->element->position, wanted[i].position);
        assert_ptr_equal(at->element->parent, root->element);
    }
    assert_null(at);
    assert_string_equal(root->last->attributes->written, "p:x");
    assert_null(root->last->name); /* nothing is interned */
    assert_string_equal(root->last->ns, "urn:p");
    assert_int_equal(root->first->next->next->next->next->first->element->position, 1);
    xml_release(xml);
    names_free(names);
    arena_free(arena);
}

static void loaders_see_prefixes_and_tails(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct names *names = names_new();
    struct xml_document *xml = parse_text(
        arena, "<a xmlns='urn:a' xmlns:p='urn:p'>one<b xmlns='' xmlns:p='urn:q'><c/></b> two <!-- -->three<d/></a>");
    const struct source *root = xml_source_loading(xml, names);
    assert_ptr_equal(root->name, names_find(names, "a"));
    assert_ptr_equal(root->ns, names_find(names, "urn:a"));
    assert_string_equal(root->text, "one two three");
    assert_string_equal(root->first->tail, " two three");
    assert_null(root->last->tail);
    assert_string_equal(xml_prefix(root, "p"), "urn:p");
    assert_string_equal(xml_prefix(root, ""), "urn:a");
    assert_string_equal(xml_prefix(root->first->first, "p"), "urn:q");
    assert_null(xml_prefix(root->first->first, ""));
    assert_null(xml_prefix(root, "z"));
    xml_release(xml);
    names_free(names);
    arena_free(arena);
}

static int start(void **state) {
    (void)state;
    xml_start();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_in_utf_8),
        cmocka_unit_test(places_in_utf_16),
        cmocka_unit_test(places_in_gb18030),
        cmocka_unit_test(later_documents_count_on),
        cmocka_unit_test(dtds_are_refused),
        cmocka_unit_test(faults_have_a_place),
        cmocka_unit_test(encodings_are_closed),
        cmocka_unit_test(text_is_joined),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(depth_has_libxml2s_limit_too),
        cmocka_unit_test(what_is_passed_over_is_reported),
        cmocka_unit_test(rows_have_names_and_positions),
        cmocka_unit_test(loaders_see_prefixes_and_tails),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
