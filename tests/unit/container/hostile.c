/* Every hostile container is refused for the reason that its manifest states; every sound one is read. */
#include "support.h"

#include "base/arena.h"
#include "container/container.h"

struct tally {
    unsigned right, wrong;
};

static void judge(const char *folder, const char *name, const char *expected, struct tally *tally) {
    struct container_settings settings = container_settings_default();
    struct arena *arena = arena_new();
    struct container container;
    size_t length = 0;
    unsigned char *bytes = read_whole(folder, name, &length);
    bool read = container_read(&container, arena, &settings, name, bytes, length);
    const char *reason = read ? "-" : container.fault.reason;
    assert_int_equal(read, container.fault.reason == NULL);
    if (strcmp(reason, expected) != 0) {
        print_error("%s: %s, not %s (%s)\n", name, reason, expected, read ? "read" : container.fault.detail);
        tally->wrong++;
    } else {
        tally->right++;
    }
    free(bytes);
    arena_free(arena);
}

static void hostile_containers(void **state) {
    (void)state;
    char folder[64];
    make_hostile(folder);
    size_t length = 0;
    char *manifest = (char *)read_whole(folder, "manifest.tsv", &length);
    struct tally tally = {0};
    for (char *line = manifest, *end; (end = memchr(line, '\n', length - (size_t)(line - manifest))); line = end + 1) {
        char *tab = memchr(line, '\t', (size_t)(end - line));
        assert_non_null(tab);
        *tab = *end = '\0';
        judge(folder, line, tab + 1, &tally);
        if (end + 1 == manifest + length) {
            break;
        }
    }
    free(manifest);
    remove_folder(folder);
    assert_int_equal(tally.wrong, 0);
    assert_true(tally.right >= 100);
}

/* No cut and no changed byte of a sound container makes a reader crash, or read beyond its end. */
static void cut_and_bent(void **state) {
    (void)state;
    static const char *const names[] = {"plain.zip",    "zip64-end.zip", "descriptor.zip", "plain.tar",
                                        "plain.tar.xz", "plain.tar.zst", "plain.tar.gz",   "dot.tar"};
    char folder[64];
    make_hostile(folder);
    struct container_settings settings = container_settings_default();
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t length = 0;
        unsigned char *bytes = read_whole(folder, names[i], &length);
        for (size_t at = 0; at < length && at < 1200; at++) {
            struct container container;
            unsigned char *copy = malloc(at + 1);
            memcpy(copy, bytes, at);
            (void)container_read(&container, arena, &settings, names[i], copy, at);
            free(copy);
            bytes[at] ^= 0xff;
            (void)container_read(&container, arena, &settings, names[i], bytes, length);
            bytes[at] ^= 0xff;
            arena_reset(arena);
        }
        free(bytes);
    }
    remove_folder(folder);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_containers),
        cmocka_unit_test(cut_and_bent),
    };
    return cmocka_run_group_tests_name("container/hostile", tests, NULL, NULL);
}
