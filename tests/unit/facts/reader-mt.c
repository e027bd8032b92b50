/* SWIFT text: what is one, where each message begins, what becomes of damaged ones. */
#include "facts/harness.h"

static void known_by_content(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool known;
    } cases[] = {
        {"{1:F01ESXBGB2LAXXX0000000000}", true},
        {"\xEF\xBB\xBF\r\n{1:F01", true},
        {":27:1/1\n:40A:IRREVOCABLE\n:20:LC1\n", true},
        {":20:LC1\r\n:21:NONREF\r\n", true},
        {":27:1/1\n:40A:IRREVOCABLE\n", false}, /* every message has a field 20 */
        {"Please find below :20:LC1\n:27:1/1\n", false},
        {"{\"1:\":2}", false},
        {":ABC:20:", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (mt_sniff((const unsigned char *)cases[i].text, strlen(cases[i].text)) != cases[i].known) {
            fail_msg("case %zu: %s", i, cases[i].text);
        }
    }
    static const char wide[] = "\xFF\xFE:\0002\0000\000:\000L\000\n\000";
    assert_true(mt_sniff((const unsigned char *)wide, sizeof wide - 1));
}

static void several_in_one_file(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t starts[3], count;
    } cases[] = {
        {"{1:F}{2:O700}{4:\n:20:A\n-}{1:F}{2:O701}", {0, 25}, 2},
        {"{1:F}{4:\n:20:A\n-}$\r\n{1:F}", {0, 20}, 2},
        {"{1:F}{4:\n:20:{1:\n:27:1\n-}", {0}, 1}, /* text of a field, and a field */
        {"\n:27:1/2\n:20:A\n:27:2/2\n:20:A\n:27:1/1\n", {0, 15, 29}, 3},
        {":20:A\n", {0}, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t starts[8];
        size_t count = mt_split((const unsigned char *)cases[i].text, strlen(cases[i].text), starts, 8);
        assert_int_equal(count, cases[i].count);
        for (size_t k = 0; k < count; k++) {
            assert_int_equal(starts[k], cases[i].starts[k]);
        }
        assert_int_equal(mt_split((const unsigned char *)cases[i].text, strlen(cases[i].text), starts, 1), 1);
    }
}

struct reading_mt {
    struct arena *arena;
    struct names *names;
    struct reader_fault fault;
};

static struct source *read_mt(struct reading_mt *r, const char *text, size_t length) {
    r->fault = (struct reader_fault){0};
    struct document *document = arena_zero(r->arena, sizeof *document);
    document->bytes = (const unsigned char *)text;
    document->length = length;
    document->first_line = 10;
    return mt_read(r->arena, document, r->names, &r->fault);
}

static void damaged(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t length; /* 0: of the string */
        const char *message;
        uint32_t line, column;
    } cases[] = {
        {"{1:F}{2:O7000930}{4:\n:20:A\n", 0, "block 4 is not closed: the message is cut off", 12, 1},
        {"{1:F}{2:O7000930}{4:\n:20:A\n-\n", 0, "block 4 is not closed: the message is cut off", 12, 1},
        {"{1:F}{2:O7000930", 0, "a block is not closed: the message is cut off", 10, 6},
        {"{1:F}{2:O7000930}{4::20:A:32B:USD1,-}", 0, "its fields are not in lines", 10, 18},
        {"{1:F}{2:O7000930}{4:\nNO FIELD\n-}", 0, "it has no field", 11, 1},
        {"{1:F}{2:O7000930}", 0, "it has no field", 10, 18},
        {":20:A\n:32B:US\x01\n", 0, "a byte that is no text", 11, 8},
        {":20:A\n:50:\xC4RGER\n", 0, "a byte that is no text", 11, 5},
        {":20:A\n\0\n", 8, "a byte that is no text", 11, 1},
        {":20:A\n:50:\xEF\xBF\xBF\n", 0, "a byte that is no text", 11, 5},
    };
    struct reading_mt r = {.arena = arena_new(), .names = names_new()};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct source *root =
            read_mt(&r, cases[i].text, cases[i].length ? cases[i].length : strlen(cases[i].text));
        assert_non_null(root);
        if (!r.fault.message || strcmp(r.fault.message, cases[i].message) != 0 || r.fault.line != cases[i].line ||
            r.fault.column != cases[i].column) {
            fail_msg("case %zu: %u:%u: %s", i, r.fault.line, r.fault.column, r.fault.message);
        }
    }
    arena_free(r.arena);
    names_free(r.names);
}

static void nothing_is_lost(void **state) {
    (void)state;
    struct reading_mt r = {.arena = arena_new(), .names = names_new()};
    const char text[] =
        " {1:F01A}{2:I700B}{3:{108:X}{119:Y}}{4:Z\r\nBEFORE\r\n:20:LC\r\n:45A:ONE\r\n TWO\r\n:NO:TAG\r\n"
        ":45A:THREE\r\n-}{5:{CHK:1}}$\r\nAFTER\r\n";
    const struct source *root = read_mt(&r, text, sizeof text - 1);
    assert_null(r.fault.message);
    assert_string_equal(root->element->name, "mt:MT700");
    static const struct {
        const char *name, *text;
        uint32_t line, column;
        unsigned position;
    } expected[] = {
        {"mt:block1", "F01A", 10, 5, 1},
        {"mt:block2", "I700B", 10, 13, 1},
        {"mt:block3", "{108:X}{119:Y}", 10, 22, 1},
        {"mt:text", "Z\n", 10, 41, 1},
        {"mt:text", "BEFORE\n", 11, 1, 2},
        {"mt:_20", "LC\n", 12, 5, 1},
        {"mt:_45A", "ONE\n TWO\n:NO:TAG\n", 13, 6, 1},
        {"mt:_45A", "THREE\n", 16, 6, 2},
        {"mt:block5", "{CHK:1}", 17, 6, 1},
        {"mt:text", "\nAFTER\n", 18, 1, 3},
    };
    const struct source *child = root->first;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++, child = child->next) {
        assert_non_null(child);
        assert_string_equal(child->element->name, expected[i].name);
        if (i + 1 < sizeof expected / sizeof *expected) {
            assert_string_equal(child->text, expected[i].text);
        }
        assert_int_equal(child->element->line, expected[i].line);
        assert_int_equal(child->element->position, expected[i].position);
    }
    assert_null(child);
    arena_free(r.arena);
    names_free(r.names);
}

/* Megabytes end at once; a thousand fields are read, one more is refused. */
static void bounded(void **state) {
    (void)state;
    struct reading_mt r = {.arena = arena_new(), .names = names_new()};
    struct buffer text = {0};
    buffer_string(&text, ":20:");
    for (size_t i = 0; i < (4 << 20) / 8; i++) {
        buffer_string(&text, "ABCDEFGH");
    }
    (void)read_mt(&r, text.bytes, text.length);
    assert_string_equal(r.fault.message, "longer than any message");
    buffer_clear(&text);
    for (size_t i = 0; i < 1000; i++) {
        buffer_string(&text, ":20:A\n");
    }
    (void)read_mt(&r, text.bytes, text.length);
    assert_null(r.fault.message);
    buffer_string(&text, ":20:A\n");
    (void)read_mt(&r, text.bytes, text.length);
    assert_string_equal(r.fault.message, "more than 1000 fields");
    assert_int_equal(r.fault.line, 1010);
    buffer_free(&text);
    arena_free(r.arena);
    names_free(r.names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_by_content), cmocka_unit_test(several_in_one_file),
        cmocka_unit_test(damaged),          cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(bounded),
    };
    xml_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
