/* Whole files within their limit, folders in byte order, pipes. */
#include "base/support.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
    char folder[64], file[96];
};

static void write_file(const struct place *place, const char *name, const char *bytes) {
    char path[96];
    (void)snprintf(path, sizeof path, "%s/%s", place->folder, name);
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, bytes, strlen(bytes)), strlen(bytes));
    (void)close(descriptor);
}

static const char *const names[] = {"B", "a", "a.csv", "b", "\xC3\xA4"}; /* in byte order */

static int make_place(void **state) {
    struct place *place = malloc(sizeof *place);
    (void)snprintf(place->folder, sizeof place->folder, "/tmp/tidewaiter-file-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    for (size_t i = sizeof names / sizeof *names; i-- > 0;) {
        write_file(place, names[i], "0123456789");
    }
    (void)snprintf(place->file, sizeof place->file, "%s/a", place->folder);
    *state = place;
    return 0;
}

static int remove_place(void **state) {
    struct place *place = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)snprintf(place->file, sizeof place->file, "%s/%s", place->folder, names[i]);
        (void)unlink(place->file);
    }
    (void)rmdir(place->folder);
    free(place);
    return 0;
}

static void reads_up_to_its_limit(void **state) {
    const struct place *place = *state;
    static const size_t limits[] = {10, 11, 1000000, SIZE_MAX};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        size_t length = 0;
        char *bytes = file_read(place->file, limits[i], &length);
        assert_non_null(bytes);
        assert_int_equal(length, 10);
        assert_string_equal(bytes, "0123456789");
        free(bytes);
    }
}

static void says_why_it_cannot(void **state) {
    const struct place *place = *state;
    size_t length;
    assert_null(file_read(place->file, 9, &length));
    assert_int_equal(errno, EFBIG);
    assert_null(file_read(place->file, 0, &length));
    assert_int_equal(errno, EFBIG);
    assert_null(file_read(place->folder, 100, &length));
    assert_int_equal(errno, EISDIR);
    assert_null(file_read("/nowhere/at/all", 100, &length));
    assert_int_equal(errno, ENOENT);
}

static void reads_a_pipe_to_its_end(void **state) {
    (void)state;
    enum { BYTES = 60000 };
    int ends[2];
    static char sent[BYTES];
    memset(sent, 'x', BYTES);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], sent, BYTES), BYTES);
    (void)close(ends[1]);
    size_t length;
    char *bytes = file_read_descriptor(ends[0], BYTES, &length);
    assert_non_null(bytes);
    assert_int_equal(length, BYTES);
    assert_memory_equal(bytes, sent, BYTES);
    free(bytes);
    (void)close(ends[0]);
}

static void reads_an_empty_file(void **state) {
    (void)state;
    size_t length = 1;
    char *bytes = file_read("/dev/null", 0, &length);
    assert_non_null(bytes);
    assert_int_equal(length, 0);
    assert_string_equal(bytes, "");
    free(bytes);
}

static void lists_in_byte_order(void **state) {
    const struct place *place = *state;
    struct file_list list;
    assert_true(file_list(place->folder, &list));
    assert_int_equal(list.count, sizeof names / sizeof *names);
    for (size_t i = 0; i < list.count; i++) {
        assert_string_equal(list.names[i], names[i]);
    }
    file_list_free(&list);
    assert_false(file_list(place->file, &list));
    assert_int_equal(errno, ENOTDIR);
}

static void knows_suffixes(void **state) {
    (void)state;
    assert_true(file_has_suffix("a.csv", ".csv"));
    assert_false(file_has_suffix(".csv", ".csv"));
    assert_false(file_has_suffix("a.csvx", ".csv"));
    assert_false(file_has_suffix("", ".csv"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_up_to_its_limit),   cmocka_unit_test(says_why_it_cannot),
        cmocka_unit_test(reads_a_pipe_to_its_end), cmocka_unit_test(reads_an_empty_file),
        cmocka_unit_test(lists_in_byte_order),     cmocka_unit_test(knows_suffixes),
    };
    return cmocka_run_group_tests(tests, make_place, remove_place);
}
