/* Schemas: compiled from a folder and from nothing else, violations with places and in plain words. */
#include "xml/schema.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problems.h"
#include "xml/memory.h"
#include "xml/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/tidewaiter-schema-XXXXXX";
static struct xml_schema *schema;
static const struct xml_limits limits = {.max_bytes = 1 << 25, .max_text = 10000000, .max_depth = 256};

static void write_file(const char *name, const char *text) {
    char path[200];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static struct xml_schema *load(const char *name, struct problems *problems) {
    char path[200];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return xml_schema_load(path, problems);
}

static const char main_schema[] =
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:t' targetNamespace='urn:t'"
    " elementFormDefault='qualified'>\n"
    "<xs:include schemaLocation='types.xsd'/>\n"
    "<xs:element name='order'><xs:complexType><xs:sequence>"
    "<xs:element name='id' type='short'/><xs:element name='line' type='line' maxOccurs='unbounded'/>"
    "</xs:sequence></xs:complexType></xs:element></xs:schema>\n";
static const char types_schema[] =
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:t' targetNamespace='urn:t'"
    " elementFormDefault='qualified'>\n"
    "<xs:simpleType name='short'><xs:restriction base='xs:string'><xs:maxLength value='5'/></xs:restriction>"
    "</xs:simpleType>"
    "<xs:complexType name='line'><xs:sequence><xs:element name='mass' type='xs:decimal'/></xs:sequence>"
    "<xs:attribute name='n' type='xs:integer' use='required'/></xs:complexType></xs:schema>\n";

static enum xml_validity judge(struct arena *arena, const char *text, size_t limit, struct xml_violations *found) {
    struct xml_document *xml = xml_parse_scratch(arena, NULL, (const unsigned char *)text, strlen(text), 1, &limits);
    assert_int_equal(xml_state(xml), XML_WELL_FORMED);
    enum xml_validity validity = xml_validate(schema, xml, NULL, limit, found);
    xml_release(xml);
    return validity;
}

static void valid_documents_are_valid(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct xml_violations found;
    assert_int_equal(
        judge(arena, "<order xmlns='urn:t'><id>1</id><line n='1'><mass>1.5</mass></line></order>", 10, &found),
        XML_VALID);
    assert_int_equal(found.all, 0);
    assert_int_equal(judge(arena, "<other/>", 10, &found), XML_NOT_COVERED);
    /* hints of the document are not followed */
    assert_int_equal(
        judge(arena,
              "<order xmlns='urn:t' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'"
              " i:schemaLocation='urn:t file:///etc/passwd'><id>1</id><line n='1'><mass>1</mass></line></order>",
              10, &found),
        XML_VALID);
    arena_free(arena);
}

static void expect(const char *text, uint32_t line, uint32_t column, const char *attribute, const char *observed,
                   const char *expected) {
    struct arena *arena = arena_new();
    struct xml_violations found;
    assert_int_equal(judge(arena, text, 10, &found), XML_INVALID);
    const struct xml_violation *first = found.items;
    if (found.all != 1 || first->element->line != line || first->element->column != column) {
        print_error("%zu: %u:%u %s\n", found.all, first->element->line, first->element->column, first->message);
    }
    assert_int_equal(found.all, 1);
    assert_int_equal(first->element->line, line);
    assert_int_equal(first->element->column, column);
    assert_null(strchr(first->message, '{'));
    assert_null(strchr(first->message, '\n'));
    if (attribute) {
        assert_string_equal(first->attribute, attribute);
    } else {
        assert_null(first->attribute);
    }
    if (observed) {
        assert_string_equal(first->observed, observed);
    } else {
        assert_null(first->observed);
    }
    if (expected) {
        assert_non_null(first->expected);
        assert_string_equal(first->expected, expected);
    }
    arena_free(arena);
}

static void violations_have_places(void **state) {
    (void)state;
    expect("<order xmlns='urn:t'>\n<id>123456</id><line n='1'><mass>1</mass></line></order>", 2, 1, NULL, "123456",
           "'5'");
    expect("<order xmlns='urn:t'><id>1</id>\n<line n='1'><mass>1,5</mass></line></order>", 2, 13, NULL, "1,5",
           "atomic type 'xs:decimal'");
    expect("<order xmlns='urn:t'><id>1</id>\n <line n='x'><mass>1</mass></line></order>", 2, 2, "n", "x",
           "atomic type 'xs:integer'");
    expect("<order xmlns='urn:t'><id>1</id>\n <line><mass>1</mass></line></order>", 2, 2, NULL, NULL, NULL);
    expect("<order xmlns='urn:t'><id>1</id>\n <lime/></order>", 2, 2, NULL, "lime", "( line )");
    expect("<order xmlns='urn:t'><id>1</id></order>", 1, 1, NULL, "order", "( line )");
}

static void lists_are_bounded(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct buffer text = {0};
    buffer_string(&text, "<order xmlns='urn:t'><id>1</id>");
    for (int i = 0; i < 1000; i++) {
        buffer_printf(&text, "<line n='%d'><mass>none</mass></line>", i);
    }
    buffer_string(&text, "</order>");
    struct xml_violations found;
    assert_int_equal(judge(arena, text.bytes, 20, &found), XML_INVALID);
    assert_int_equal(found.count, 20);
    assert_int_equal(found.all, 1000);
    buffer_free(&text);
    arena_free(arena);
}

/* A type of the official schema is no fault; one of ours that is not derived from the declared type is. */
static void foreign_types_are_passed_over(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct xml_violations found;
#define TYPED(type, n)                                                                                                 \
    "<order xmlns='urn:t' xmlns:t='urn:t' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>"                      \
    "<id>A</id><line xsi:type='" type "' n='" n "'><mass>1</mass></line></order>"
    assert_int_equal(judge(arena, TYPED("t:LineType05", "1"), 9, &found), XML_VALID);
    assert_int_equal(judge(arena, TYPED("t:LineType05", "one"), 9, &found), XML_INVALID);
    assert_int_equal(found.all, 1);
    assert_int_equal(judge(arena, TYPED("t:short", "1"), 9, &found), XML_INVALID);
#undef TYPED
    arena_free(arena);
}

static void nothing_outside_of_the_folder_is_read(void **state) {
    (void)state;
    static const char *const places[] = {"/etc/hostname", "../outside.xsd", "http://localhost/x.xsd", "missing.xsd"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct problems problems = {0};
        char text[400];
        (void)snprintf(text, sizeof text,
                       "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include schemaLocation='%s'/>"
                       "<xs:element name='a'/></xs:schema>",
                       places[i]);
        write_file("bad.xsd", text);
        assert_null(load("bad.xsd", &problems));
        assert_true(problems.count > 0);
        problems_free(&problems);
    }
}

static void mistakes_are_problems(void **state) {
    (void)state;
    struct problems problems = {0};
    assert_null(load("none.xsd", &problems));
    assert_true(problems.count > 0);
    write_file("bad.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n<xs:element name='a' type='b'/>\n"
                          "<xs:element name='c' type='d'/></xs:schema>");
    problems_free(&problems);
    problems = (struct problems){0};
    assert_null(load("bad.xsd", &problems));
    assert_int_equal(problems.count, 2);
    assert_int_equal(problems.items[0].line, 2);
    problems_free(&problems);
}

/* What a phase gives back is overwritten: a schema that kept something of it would fall. */
static void a_schema_outlives_its_documents(void **state) {
    (void)state;
    static const char *const texts[] = {
        "<order xmlns='urn:t'><id>1</id><line n='1'><mass>1.5</mass></line></order>",
        "<order xmlns='urn:t'><id>1234567</id><line n='1'><mass>x</mass></line><y/></order>",
        "<?xml version='1.0' encoding='GB18030'?><order xmlns='urn:t'><id>\xBA\xA3</id><x/></order>",
        "<other/>",
    };
    static const enum xml_validity wanted[] = {XML_VALID, XML_INVALID, XML_INVALID, XML_NOT_COVERED};
    xml_memory_poison(true);
    for (int i = 0; i < 2000; i++) {
        struct arena *arena = arena_new();
        struct xml_violations found;
        assert_int_equal(judge(arena, texts[i % 4], 5, &found), wanted[i % 4]);
        arena_free(arena);
    }
    xml_memory_poison(false);
}

static void the_shipped_schemas_compile(void **state) {
    (void)state;
    struct problems problems = {0};
    struct xml_schemas *schemas = xml_schemas_load("schemas/dialects", NULL, &problems);
    problems_print(&problems, stderr);
    assert_non_null(schemas);
    assert_non_null(xml_schemas_find(schemas, "wco-dec"));
    assert_null(xml_schemas_find(schemas, "nothing"));
    xml_schemas_free(schemas);
    problems_free(&problems);
}

static int start(void **state) {
    (void)state;
    xml_start();
    struct problems problems = {0};
    assert_non_null(mkdtemp(folder));
    write_file("main.xsd", main_schema);
    write_file("types.xsd", types_schema);
    schema = load("main.xsd", &problems);
    problems_print(&problems, stderr);
    problems_free(&problems);
    return schema ? 0 : -1;
}

static int end(void **state) {
    (void)state;
    static const char *const names[] = {"main.xsd", "types.xsd", "bad.xsd"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[200];
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    xml_schema_free(schema);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_documents_are_valid),
        cmocka_unit_test(violations_have_places),
        cmocka_unit_test(lists_are_bounded),
        cmocka_unit_test(foreign_types_are_passed_over),
        cmocka_unit_test(nothing_outside_of_the_folder_is_read),
        cmocka_unit_test(mistakes_are_problems),
        cmocka_unit_test(a_schema_outlives_its_documents),
        cmocka_unit_test(the_shipped_schemas_compile),
    };
    return cmocka_run_group_tests(tests, start, end);
}
