/* What we write, our own reader reads: the same files, the same bytes each time, originals by raw copy. */
#include "support.h"

#include "base/arena.h"
#include "container/container.h"
#include "container/zip-codes.h"
#include "container/zip-known.h"
#include "container/zip-write.h"

#define ITEMS "<item>1</item><item>1</item><item>1</item><item>1</item><item>1</item><item>1</item><item>1</item>"
static const char text[] = "<declaration>" ITEMS ITEMS ITEMS "</declaration>";

struct made {
    unsigned char *bytes;
    size_t length;
};

static struct made make(void) {
    struct made made;
    struct zip_writer *writer = zip_writer_open(NULL);
    assert_true(zip_store(writer, "mimetype", "application/x", 13));
    assert_true(zip_add(writer, "original/报关单.xml", text, sizeof text - 1));
    assert_true(zip_add(writer, "empty", "", 0));
    assert_true(zip_add(writer, "one", "x", 1));
    assert_true(zip_add(writer, "short", "ab", 2));
    assert_true(zip_writer_close(writer, &made.bytes, &made.length));
    return made;
}

static void round_trip(void **state) {
    (void)state;
    struct container_settings settings = container_settings_default();
    struct arena *arena = arena_new();
    struct made made = make();
    struct container container;
    assert_true(container_read(&container, arena, &settings, "x.asice", made.bytes, made.length));
    assert_int_equal(container.count, 5);
    assert_string_equal(container.format, "zip");
    assert_string_equal(container.entries[0].path, "mimetype");
    assert_int_equal(container.entries[0].method, 0);
    assert_string_equal(container.entries[1].path, "original/报关单.xml");
    assert_int_equal(container.entries[1].length, sizeof text - 1);
    assert_memory_equal(container.entries[1].bytes, text, sizeof text - 1);
    assert_int_equal(container.entries[1].method, 8);
    assert_int_equal(container.entries[2].length, 0);
    assert_memory_equal(container.entries[4].bytes, "ab", 2);
    free(made.bytes);
    arena_free(arena);
}

/* A text that pages begin with is compressed once; what comes out is what went in. */
static void known_text(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct container_settings settings = container_settings_default();
    struct made made;
    char style[600], page[2000];
    for (size_t i = 0; i < sizeof style; i++) {
        style[i] = (char)('a' + i * i % 23);
    }
    const struct zip_known *known = zip_known_make(arena, style, sizeof style);
    const struct zip_known *shorter = zip_known_make(arena, style, 10);
    const struct zip_codes *codes = zip_codes_make(arena, text, sizeof text - 1);
    int length = snprintf(page, sizeof page, "%.*s</style><p>%0500d</p></html>", (int)sizeof style, style, 7);
    struct zip_writer *writer = zip_writer_open(codes);
    assert_true(zip_add_known(writer, "page", page, (size_t)length, known));
    assert_true(zip_add_known(writer, "bare", style, sizeof style, known));
    assert_true(zip_add_known(writer, "short", style, 11, shorter));
    assert_true(zip_add_known(writer, "other", page, (size_t)length, shorter));
    assert_true(zip_writer_close(writer, &made.bytes, &made.length));
    struct container container;
    assert_true(container_read(&container, arena, &settings, "x.asice", made.bytes, made.length));
    assert_int_equal(container.count, 4);
    assert_int_equal(container.entries[0].length, length);
    assert_memory_equal(container.entries[0].bytes, page, length);
    assert_int_equal(container.entries[1].length, sizeof style);
    assert_memory_equal(container.entries[1].bytes, style, sizeof style);
    assert_memory_equal(container.entries[2].bytes, style, 11);
    assert_memory_equal(container.entries[3].bytes, page, length);
    free(made.bytes);
    arena_free(arena);
}

static void same_bytes(void **state) {
    (void)state;
    struct made one = make(), other = make();
    assert_int_equal(one.length, other.length);
    assert_memory_equal(one.bytes, other.bytes, one.length);
    /* mimetype first, stored, without extra field: an ASiC reader finds it at byte 38 */
    assert_memory_equal(one.bytes + 30, "mimetypeapplication/x", 21);
    free(one.bytes);
    free(other.bytes);
}

static void raw_copy(void **state) {
    (void)state;
    struct container_settings settings = container_settings_default();
    struct arena *arena = arena_new();
    struct made made = make(), copied;
    struct container container;
    assert_true(container_read(&container, arena, &settings, "x.zip", made.bytes, made.length));
    struct zip_writer *writer = zip_writer_open(NULL);
    for (size_t i = 0; i < container.count; i++) {
        const struct container_entry *entry = &container.entries[i];
        assert_non_null(entry->packed);
        assert_true(zip_copy(writer, entry->path, entry->method, entry->crc32, entry->packed, entry->packed_length,
                             entry->length));
    }
    assert_true(zip_writer_close(writer, &copied.bytes, &copied.length));
    assert_int_equal(copied.length, made.length);
    assert_memory_equal(copied.bytes, made.bytes, made.length);
    free(made.bytes);
    free(copied.bytes);
    arena_free(arena);
}

/* A zip holds 65,535 files; the last number means zip64, which we do not write. */
static void refused_above_limits(void **state) {
    (void)state;
    struct zip_writer *writer = zip_writer_open(NULL);
    unsigned char *bytes = NULL;
    size_t length = 0;
    for (int i = 0; i < 65534; i++) {
        assert_true(zip_store(writer, "x", "", 0));
    }
    assert_false(zip_store(writer, "x", "", 0));
    assert_false(zip_store(writer, "x", "", 0));
    assert_false(zip_writer_close(writer, &bytes, &length));
    writer = zip_writer_open(NULL);
    assert_false(zip_copy(writer, "x", 8, 0, "", 0, (size_t)UINT32_MAX));
    zip_writer_drop(writer);
    zip_writer_drop(NULL);
}

/* Sums and counts exactly at a limit pass, one more does not. */
static void limits_are_inclusive(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct container container;
    struct made made = make();
    struct container_settings settings = container_settings_default();
    settings.limits.max_entries = 5;
    settings.limits.max_bytes = made.length;
    settings.limits.max_unpacked_bytes = 13 + sizeof text - 1 + 1 + 2;
    assert_true(container_read(&container, arena, &settings, "x.zip", made.bytes, made.length));
    settings.limits.max_unpacked_bytes--;
    assert_false(container_read(&container, arena, &settings, "x.zip", made.bytes, made.length));
    assert_string_equal(container.fault.reason, "too-large");
    settings.limits.max_entries = 4;
    assert_false(container_read(&container, arena, &settings, "x.zip", made.bytes, made.length));
    assert_string_equal(container.fault.reason, "too-many-entries");
    settings.limits.max_bytes--;
    assert_false(container_read(&container, arena, &settings, "x.zip", made.bytes, made.length));
    assert_string_equal(container.fault.reason, "too-large");
    free(made.bytes);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trip), cmocka_unit_test(same_bytes),           cmocka_unit_test(known_text),
        cmocka_unit_test(raw_copy),   cmocka_unit_test(refused_above_limits), cmocka_unit_test(limits_are_inclusive),
    };
    return cmocka_run_group_tests_name("container/zip", tests, NULL, NULL);
}
