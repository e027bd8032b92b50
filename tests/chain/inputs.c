/* Which bundles the arguments name, in which order, and what their outputs are called. */
#include "../unit/container/support.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "batch/bundle-name.h"
#include "batch/inputs.h"
#include "container/zip-write.h"
#include "knowledge.h"
#include "options.h"
#include "stage.h"
#include "tree/names.h"

#include <ftw.h>
#include <sys/stat.h>

struct made {
    unsigned char *bytes;
    size_t length;
};

static struct made make_zip(const char *name, const void *bytes, size_t length) {
    struct made made;
    struct zip_writer *writer = zip_writer_open(NULL);
    assert_true(zip_add(writer, name, bytes, length));
    assert_true(zip_writer_close(writer, &made.bytes, &made.length));
    return made;
}

static void put(const char *path, const void *bytes, size_t length) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* A scene of every kind of input, in the working folder of the test. */
static int set_scene(void **state) {
    static char folder[] = "/tmp/tidewaiter-inputs-XXXXXX";
    *state = folder;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    static const char *const folders[] = {"in", "in/bundle", "in/bundle/docs", "in/deep", "in/linked"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        assert_int_equal(mkdir(folders[i], 0700), 0);
    }
    struct made inner = make_zip("declaration.xml", "<a/>", 4);
    struct made outer = make_zip("dir/a.zip", inner.bytes, inner.length);
    struct made nested = make_zip("x.zip", outer.bytes, outer.length);
    put("in/a.zip", inner.bytes, inner.length);
    put("in/a.tar", inner.bytes, inner.length); /* what it is, its content says */
    put("in/a.7z", inner.bytes, inner.length);
    put("in/bundle/declaration.xml", "<a/>", 4);
    put("in/bundle/docs/b.txt", "text", 4);
    put("in/deep/b.zip", inner.bytes, inner.length);
    put("in/linked/declaration.xml", "<a/>", 4);
    put("in/notes.txt", "no bundle", 9);
    put("in/outer.zip", outer.bytes, outer.length);
    put("in/outer-nested.zip", nested.bytes, nested.length);
    put("list", "in/a.zip\n\nmissing.zip\n", 22);
    assert_int_equal(symlink("../a.zip", "in/linked/link"), 0);
    free(inner.bytes);
    free(outer.bytes);
    free(nested.bytes);
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static int clear_scene(void **state) {
    return chdir("/") != 0 || nftw(*state, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0;
}

/* "NAME|label|reason" of every bundle, a line each. */
static char *walk(const char **items, size_t count, const char *as) {
    struct options options = {.as = as};
    struct texts arguments = {items, count};
    struct knowledge k = {0};
    struct buffer out = {0};
    struct bundle_input bundle;
    int code = 0;
    struct inputs *inputs = inputs_open(&arguments, &options, &k, &code);
    assert_non_null(inputs);
    while (inputs_next(inputs, &bundle)) {
        assert_true(bundle.reason || bundle.input.length > 0);
        buffer_printf(&out, "%s|%s|%s\n", bundle.name, bundle.label, bundle.reason ? bundle.reason : "-");
    }
    inputs_close(inputs);
    return out.bytes;
}

static void folder_of_bundles(void **state) {
    (void)state;
    const char *items[] = {"in"};
    char *found = walk(items, 1, NULL);
    assert_string_equal(found, "a|in/a.7z|-\n"
                               "a.tar|in/a.tar|-\n"
                               "a~2|in/a.zip|-\n"
                               "bundle|in/bundle|-\n"
                               "deep/b|in/deep/b.zip|-\n"
                               "linked|in/linked|link\n"
                               "outer-nested/x|in/outer-nested.zip!x.zip|nesting\n"
                               "outer/dir/a|in/outer.zip!dir/a.zip|-\n");
    free(found);
}

static void as_bundle(void **state) {
    (void)state;
    const char *items[] = {"in/outer.zip", "in/bundle"};
    char *found = walk(items, 2, "bundle");
    assert_string_equal(found, "outer|in/outer.zip|-\nbundle|in/bundle|-\n");
    free(found);
}

static void lists(void **state) {
    (void)state;
    const char *items[] = {"@list", "in/bundle/declaration.xml"};
    char *found = walk(items, 2, NULL);
    assert_string_equal(found, "a|in/a.zip|-\nmissing|missing.zip|unreadable\n"
                               "declaration|in/bundle/declaration.xml|-\n");
    free(found);
}

/* The digest of a folder is that of its sorted lines, whatever packs it on the way. */
static void folder_digest(void **state) {
    (void)state;
    const char *items[] = {"in/bundle"};
    struct options options = {0};
    struct texts arguments = {items, 1};
    struct knowledge k = {.names = names_new()};
    struct bundle_input bundle;
    int code = 0;
    struct inputs *inputs = inputs_open(&arguments, &options, &k, &code);
    assert_non_null(inputs);
    assert_true(inputs_next(inputs, &bundle));
    struct consignment c = {.arena = arena_new(), .input = bundle.input, .quarantine = {.offset = -1}};
    assert_int_equal(unpack_whole(&c, &k), STEP_ON);
    assert_string_equal(c.format, "dir");
    assert_int_equal(c.entries.count, 2);
    assert_string_equal(c.entries.items[1].path, "docs/b.txt");
    char one[DIGEST_TEXT], other[DIGEST_TEXT], digest[DIGEST_TEXT];
    digest_hex("<a/>", 4, one);
    digest_hex("text", 4, other);
    bool sorted = strcmp(one, other) < 0;
    const char *first = arena_printf(c.arena, "%s 4 declaration.xml\n", one);
    const char *second = arena_printf(c.arena, "%s 4 docs/b.txt\n", other);
    const char *lines = arena_printf(c.arena, "%s%s", sorted ? first : second, sorted ? second : first);
    digest_hex(lines, strlen(lines), digest);
    assert_string_equal(c.digest, digest);
    arena_free(c.arena);
    inputs_close(inputs);
    names_free(k.names);
}

static void missing_arguments(void **state) {
    (void)state;
    const char *items[] = {"in", "nowhere.zip"};
    struct options options = {0};
    struct texts arguments = {items, 2};
    struct knowledge k = {0};
    int code = 0;
    assert_null(inputs_open(&arguments, &options, &k, &code));
    assert_int_equal(code, EXIT_USAGE);
}

static void names(void **state) {
    (void)state;
    struct bundle_names *names = bundle_names_new();
    char long_part[400];
    memset(long_part, 'x', sizeof long_part);
    memcpy(long_part + sizeof long_part - 5, ".zip", 5);
    assert_string_equal(bundle_names_take(names, "a.tar.gz"), "a");
    assert_string_equal(bundle_names_take(names, "a.TAR.GZ"), "a.TAR.GZ");
    assert_string_equal(bundle_names_take(names, "a.zip"), "a~2");
    assert_string_equal(bundle_names_take(names, "a.zip"), "a~3");
    /* a folder has no suffix to keep */
    assert_string_equal(bundle_names_take(names, "b"), "b");
    assert_string_equal(bundle_names_take(names, "b"), "b~2");
    assert_string_equal(bundle_names_take(names, "b"), "b~3");
    /* a name that was given away already is not given again */
    assert_string_equal(bundle_names_take(names, "b~2"), "b~2~2");
    assert_string_equal(bundle_names_take(names, "x\ny\xff.zip"), "x%0Ay%FF");
    assert_string_equal(bundle_names_take(names, "../..//c.zip"), "%2E%2E/%2E%2E/c");
    assert_string_equal(bundle_names_take(names, ".zip"), ".zip");
    const char *cut = bundle_names_take(names, long_part);
    assert_int_equal(strlen(cut), 180);
    long_part[390] = 'y'; /* behind the cut: the digest tells the two apart */
    assert_string_not_equal(bundle_names_take(names, long_part), cut);
    bundle_names_free(names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folder_of_bundles), cmocka_unit_test(as_bundle),         cmocka_unit_test(lists),
        cmocka_unit_test(folder_digest),     cmocka_unit_test(missing_arguments), cmocka_unit_test(names),
    };
    return cmocka_run_group_tests_name("chain/inputs", tests, set_scene, clear_scene);
}
