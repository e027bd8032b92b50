#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/csv.h"
#include "base/problems.h"

#include <stdlib.h>
#include <string.h>

struct reading {
    struct arena *arena;
    struct problems problems;
    struct csv csv;
    bool good;
};

static struct reading read_text(const char *text, size_t length) {
    struct reading reading = {.arena = arena_new()};
    char *exact = malloc(length == 0 ? 1 : length); /* no NUL behind it: a reader that runs on is seen */

    assert_non_null(exact);
    memcpy(exact, text, length);
    reading.good = csv_read(reading.arena, "x.csv", exact, length, &reading.csv, &reading.problems);
    free(exact);
    return reading;
}

static struct reading read_string(const char *text) {
    return read_text(text, strlen(text));
}

static void done(struct reading *reading) {
    problems_free(&reading->problems);
    arena_free(reading->arena);
}

static void reads_fields_and_lines(void **state) {
    struct reading r = read_string("\xef\xbb\xbf"
                                   "a,b,c\r\n1,\"two, \"\"2\"\"\",\n\n\"line\nbreak\",,x\nlast,\"\",y");

    (void)state;
    assert_true(r.good);
    assert_int_equal(r.csv.width, 3);
    assert_int_equal(r.csv.count, 3);
    assert_string_equal(r.csv.columns[0], "a");
    assert_string_equal(r.csv.records[0].fields[1], "two, \"2\"");
    assert_string_equal(r.csv.records[0].fields[2], "");
    assert_string_equal(r.csv.records[1].fields[0], "line\nbreak");
    assert_int_equal(r.csv.records[1].line, 4);
    assert_int_equal(r.csv.records[2].line, 6);
    assert_int_equal(csv_column(&r.csv, "c"), 2);
    assert_int_equal(csv_column(&r.csv, "d"), -1);
    assert_string_equal(csv_field(&r.csv.records[0], -1), "");
    done(&r);
}

static void expect(const char *text, unsigned line, const char *what) {
    struct reading r = read_string(text);

    assert_false(r.good);
    assert_int_equal(r.problems.count, 1);
    assert_int_equal(r.problems.items[0].line, line);
    assert_non_null(strstr(r.problems.items[0].text, what));
    done(&r);
}

static void says_what_is_wrong_and_where(void **state) {
    (void)state;
    expect("", 1, "empty");
    expect("a,b\n1\n", 2, "1 fields, the header has 2");
    expect("a,b\n1,\"open\n", 2, "never closed");
    expect("a,b\n1,x\"y\n", 2, "a quote within a field");
    expect("a,b\n1,\"x\"y\n", 2, "after a closing quote");
    expect("a\n1\n\xff\n", 3, "not UTF-8");
}

static void a_nul_is_no_text(void **state) {
    struct reading r = read_text("a\n\0x\n", 5);

    (void)state;
    assert_false(r.good);
    done(&r);
}

static void writes_what_it_reads(void **state) {
    struct buffer out = {0};

    (void)state;
    csv_write(&out, "plain");
    csv_write(&out, "a,b");
    csv_write(&out, "say \"x\"");
    assert_string_equal(out.bytes, "plain\"a,b\"\"say \"\"x\"\"\"");
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_fields_and_lines),
        cmocka_unit_test(says_what_is_wrong_and_where),
        cmocka_unit_test(a_nul_is_no_text),
        cmocka_unit_test(writes_what_it_reads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
