/* identify and validate: what a document is, what is wrong with it, and what ends the bundle. */
#include "base/arena.h"
#include "base/file.h"
#include "base/problems.h"
#include "consignment.h"
#include "facts/dialects.h"
#include "knowledge.h"
#include "reference/reference.h"
#include "stage.h"
#include "tree/names.h"
#include "tree/vocabulary.h"
#include "xml/parse.h"
#include "xml/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct knowledge k;

struct room {
    struct consignment c;
    struct document document;
};

static enum step look_at(struct room *room, const char *text, size_t length) {
    *room = (struct room){.c = {.arena = arena_new(), .quarantine = {.offset = -1}}};
    room->document = (struct document){
        .id = "d1", .path = "x.xml", .bytes = (const unsigned char *)text, .length = length, .first_line = 1};
    enum step step = identify_each(&room->c, &room->document, &k);
    return step == STEP_ON ? validate_each(&room->c, &room->document, &k) : step;
}

static void leave(struct room *room) {
    xml_release(room->document.xml);
    arena_free(room->c.arena);
}

static void expect(const char *text, const char *kind, const char *rule, bool struck) {
    struct room room;
    assert_int_equal(look_at(&room, text, strlen(text)), STEP_ON);
    assert_string_equal(room.document.kind, kind);
    assert_int_equal(room.document.struck, struck);
    assert_int_equal(room.c.findings.count > 0, rule != NULL);
    if (rule) {
        const struct finding *finding = &room.c.findings.items[0];
        assert_string_equal(finding->rule, rule);
        assert_ptr_equal(finding->subject.document, &room.document);
        assert_true(finding->subject.line > 0);
    }
    leave(&room);
}

static const char head[] = "<MetaData xmlns='urn:wco:datamodel:WCO:DocumentMetaData-DMS:2'>";

static void attachments_are_left_alone(void **state) {
    (void)state;
    expect("plain text", "attachment", NULL, false);
    expect("%PDF-1.4 nothing", "attachment", NULL, false);
    expect("{\"a\":1}", "attachment", NULL, false);
    expect("", "attachment", NULL, false);
    expect("<what xmlns='urn:nobody'/>", "unknown", "X-003", false);
    expect("<!DOCTYPE what SYSTEM 'http://localhost/x' [<!ENTITY a 'b'>]><what/>", "unknown", "X-003", false);
    expect("<what", "unknown", "X-003", false);
}

static void the_nearest_root_is_named(void **state) {
    (void)state;
    struct room room;
    const char *text = "<MetaData xmlns='urn:wco:elsewhere'/>";
    assert_int_equal(look_at(&room, text, strlen(text)), STEP_ON);
    assert_int_equal(room.c.findings.count, 1);
    const struct finding *finding = &room.c.findings.items[0];
    assert_string_equal(finding->observed, "{urn:wco:elsewhere}MetaData");
    assert_non_null(finding->expected);
    assert_non_null(strstr(finding->expected, "}MetaData"));
    leave(&room);
}

static void broken_documents_are_struck(void **state) {
    (void)state;
    char text[400];
    (void)snprintf(text, sizeof text, "%s<Declaration xmlns='urn:wco:datamodel:WCO:DEC-DMS:2'><ID></Declaration>",
                   head);
    expect(text, "declaration", "X-001", true); /* what comes before the fault tells what it was meant to be */
    (void)snprintf(text, sizeof text, "<!DOCTYPE MetaData>%s</MetaData>", head);
    expect(text, "declaration", "X-001", true);
    (void)snprintf(text, sizeof text, "<?xml version='1.0' encoding='UTF-7'?>%s</MetaData>", head);
    expect(text, "declaration", "X-001", true);
}

static void active_content_ends_the_bundle(void **state) {
    (void)state;
    static const char *const dtds[] = {"SYSTEM 'x.dtd'", "PUBLIC 'x' 'y'", "[<!ENTITY a 'b'>]", "[<!ENTITY % a 'b'>]"};
    for (size_t i = 0; i < sizeof dtds / sizeof dtds[0]; i++) {
        char text[400];
        struct room room;
        (void)snprintf(text, sizeof text, "<!DOCTYPE MetaData %s>%s</MetaData>", dtds[i], head);
        assert_int_equal(look_at(&room, text, strlen(text)), STEP_STOP);
        assert_string_equal(room.c.quarantine.reason, "active-content");
        leave(&room);
    }
}

static void schemas_are_kept(void **state) {
    (void)state;
    struct room room;
    char text[4000];
    (void)snprintf(text, sizeof text,
                   "%s\n<Declaration xmlns='urn:wco:datamodel:WCO:DEC-DMS:2'>\n<Nonsense/></Declaration></MetaData>",
                   head);
    assert_int_equal(look_at(&room, text, strlen(text)), STEP_ON);
    assert_int_equal(room.document.validity, SCHEMA_INVALID);
    assert_true(room.document.struck);
    assert_true(room.document.well_formed);
    assert_string_equal(room.document.kind, "declaration");
    assert_string_equal(room.document.dialect, "wco-dec");
    assert_true(room.c.findings.count > 0);
    const struct finding *finding = &room.c.findings.items[room.c.findings.count - 1];
    assert_string_equal(finding->rule, "X-002");
    assert_non_null(finding->subject.xpath);
    leave(&room);
}

static void shipped_samples_are_valid(void **state) {
    (void)state;
    struct file_list list;
    assert_true(file_list("schemas/dialects/own-records/tests", &list));
    for (size_t i = 0; i < list.count; i++) {
        char path[300];
        size_t length;
        (void)snprintf(path, sizeof path, "schemas/dialects/own-records/tests/%s", list.names[i]);
        bool document = file_has_suffix(path, ".xml") && !file_has_suffix(path, ".facts.xml");
        char *text = document ? file_read(path, 1 << 20, &length) : NULL;
        struct room room;
        if (text && look_at(&room, text, length) == STEP_ON) {
            for (size_t f = 0; f < room.c.findings.count; f++) {
                const struct finding *finding = &room.c.findings.items[f];
                print_message("%s:%u: %s %s\n", path, finding->subject.line, finding->rule, finding->message);
            }
            assert_int_equal(room.document.validity, SCHEMA_VALID);
            leave(&room);
        }
        free(text);
    }
    file_list_free(&list);
}

static int start(void **state) {
    (void)state;
    struct problems problems = {0};
    size_t length = 0;
    xml_start();
    k.names = names_new();
    char *facts = file_read("schemas/facts.csv", 1 << 22, &length);
    k.vocabulary = facts ? vocabulary_new(k.names, "facts.csv", facts, length, &problems) : NULL;
    free(facts);
    k.reference = reference_open(&(struct reference_paths){.schemas = "schemas"}, k.names, 20000, &problems);
    k.dialects = dialects_load(k.names, k.vocabulary, "schemas/dialects", "schemas/codes/Rec20.csv", &problems);
    k.schemas = xml_schemas_load("schemas/dialects", NULL, &problems);
    problems_print(&problems, stderr);
    problems_free(&problems);
    names_freeze(k.names);
    return k.reference && k.dialects && k.schemas ? 0 : -1;
}

static int end(void **state) {
    (void)state;
    dialects_free(k.dialects);
    xml_schemas_free((struct xml_schemas *)k.schemas);
    reference_close(k.reference);
    vocabulary_free(k.vocabulary);
    names_free(k.names);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attachments_are_left_alone),
        cmocka_unit_test(the_nearest_root_is_named),
        cmocka_unit_test(broken_documents_are_struck),
        cmocka_unit_test(active_content_ends_the_bundle),
        cmocka_unit_test(schemas_are_kept),
        cmocka_unit_test(shipped_samples_are_valid),
    };
    return cmocka_run_group_tests(tests, start, end);
}
