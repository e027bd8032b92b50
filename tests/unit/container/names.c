/* Names: what bytes mean, which names are allowed, and formats found by content. */
#include "support.h"

#include "base/arena.h"
#include "container/container.h"
#include "container/detect.h"
#include "container/names.h"

static void decoded_strictly(void **state) {
    (void)state;
    static const char *const encodings[] = {"GB18030", "CP866"};
    const char *unknown = NULL;
    struct arena *arena = arena_new();
    struct name_decoder *decoder = name_decoder_open(encodings, 2, &unknown);
    assert_non_null(decoder);
    bool foreign = true;
    assert_string_equal(name_decode(decoder, arena, "报.xml", 7, &foreign), "报.xml");
    assert_false(foreign);
    assert_string_equal(name_decode(decoder, arena, "\xb1\xa8.xml", 6, &foreign), "报.xml");
    assert_true(foreign);
    /* no GB18030 (a lead byte at the end), so the next one takes it */
    assert_string_equal(name_decode(decoder, arena, "a\x8f", 2, &foreign), "aП");
    assert_null(name_decode(NULL, arena, "\xb1\xa8.xml", 6, &foreign));
    assert_null(name_decode(decoder, arena, "\xb1\xa8\0l", 4, &foreign));
    name_decoder_close(decoder);
    name_decoder_close(NULL);
    arena_free(arena);
}

static void unknown_encoding(void **state) {
    (void)state;
    static const char *const encodings[] = {"GB18030", "no-such-encoding"};
    const char *unknown = NULL;
    assert_null(name_decoder_open(encodings, 2, &unknown));
    assert_string_equal(unknown, "no-such-encoding");
}

static void allowed(void **state) {
    (void)state;
    static const char *const good[] = {"a", "a/b.xml", "..a", "a..", ".hidden", "报关单/声明.xml", "folder/", "a b"};
    static const char *const bad[] = {"",     "/a",   "..",   "a/..",  "../a",      ".",     "./a", "a//b",
                                      "c:/a", "a\\b", "a\nb", "a\x7f", "a\xc2\x85", "a/./b", "//",  "Z:"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_null(name_fault(good[i], 255));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_non_null(name_fault(bad[i], 255));
    }
    assert_null(name_fault("abc", 3));
    assert_non_null(name_fault("abcd", 3));
}

static void found_by_content(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        enum format format;
        const char *media;
    } cases[] = {
        {"<a/>", 4, FORMAT_XML, "application/xml"},
        {" \r\n\t<a/>", 8, FORMAT_XML, "application/xml"},
        {"\xef\xbb\xbf<a/>", 7, FORMAT_XML, "application/xml"},
        {"\xff\xfe<\0a\0", 6, FORMAT_XML, "application/xml"},
        {"\xfe\xff\0<\0a", 6, FORMAT_XML, "application/xml"},
        {"\0<\0a", 4, FORMAT_XML, "application/xml"},
        {"\xff\xfe\x0d\x54", 4, FORMAT_UNKNOWN, "text/plain"},
        {"%PDF-1.7", 8, FORMAT_PDF, "application/pdf"},
        {"{1:F01AAAABBCC", 14, FORMAT_FIN, "text/plain"},
        {"{\"a\":1}", 7, FORMAT_UNKNOWN, "application/json"},
        {":20:ABC", 7, FORMAT_FIN, "text/plain"},
        {"\x89PNG\r\n\x1a\n", 8, FORMAT_UNKNOWN, "image/png"},
        {"PK\3\4", 4, FORMAT_ZIP, "application/zip"},
        {"\0\1\2", 3, FORMAT_UNKNOWN, "application/octet-stream"},
        {"", 0, FORMAT_UNKNOWN, "application/octet-stream"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const unsigned char *bytes = (const unsigned char *)cases[i].bytes;
        assert_int_equal(detect_start(bytes, cases[i].length), cases[i].format);
        assert_int_equal(detect_whole(bytes, cases[i].length), cases[i].format);
        if (strcmp(detect_media(bytes, cases[i].length), cases[i].media) != 0) {
            fail_msg("case %zu: %s", i, detect_media(bytes, cases[i].length));
        }
    }
}

/* A single document is a container of one entry, under its own name. */
static void single_document(void **state) {
    (void)state;
    struct container_settings settings = container_settings_default();
    struct arena *arena = arena_new();
    struct container container;
    assert_true(container_read(&container, arena, &settings, "in/x.txt", (const unsigned char *)"<a/>", 4));
    assert_string_equal(container.format, "file");
    assert_int_equal(container.count, 1);
    assert_string_equal(container.entries[0].path, "x.txt");
    assert_false(container_read(&container, arena, &settings, "in/a\nb", (const unsigned char *)"<a/>", 4));
    assert_string_equal(container.fault.reason, "bad-name");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decoded_strictly), cmocka_unit_test(unknown_encoding), cmocka_unit_test(allowed),
        cmocka_unit_test(found_by_content), cmocka_unit_test(single_document),
    };
    return cmocka_run_group_tests_name("container/names", tests, NULL, NULL);
}
