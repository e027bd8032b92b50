/* A reference with the registers of fixtures/registers, as the tests of this room use it. The tests run in the root
 * of the project. */
#ifndef TW_TESTS_REFERENCE_DESK_H
#define TW_TESTS_REFERENCE_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/problems.h"
#include "base/time.h"
#include "reference/import.h"
#include "reference/reference.h"
#include "tree/fact.h"
#include "tree/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct desk {
    char path[64];
    struct names *names;
    struct arena *arena;
    struct reference *reference;
};

static inline int32_t day(const char *text) {
    int32_t out = 0;

    assert_true(day_read(text, &out));
    return out;
}

static inline bool desk_import(const char *path, const char *kind, const char *csv, bool merge,
                               struct problems *problems) {
    const char *complete[] = {"*"};
    struct import import = {.kind = kind,
                            .csv = csv,
                            .registers = path,
                            .schemas = "schemas",
                            .as_at = day(strcmp(kind, "party.denied") == 0 ? "2026-03-09" : "2026-03-08"),
                            .today = day("2026-03-09"),
                            .merge = merge,
                            .complete = complete,
                            .complete_count = 1};
    size_t rows;

    return import_csv(&import, &rows, problems);
}

/* Writes text to a new file whose name is the result. */
static inline char *desk_file(const char *text) {
    static char name[64];
    int file;

    (void)snprintf(name, sizeof name, "/tmp/tidewaiter-test-XXXXXX");
    file = mkstemp(name);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    return name;
}

static inline void desk_import_all(const char *path, bool parts) {
    struct problems problems = {0};
    struct file_list files;

    assert_true(file_list("fixtures/registers", &files));
    for (size_t i = 0; i < files.count; i++) {
        char kind[64] = {0}, csv[256];
        if (!file_has_suffix(files.names[i], ".csv")) {
            continue;
        }
        memcpy(kind, files.names[i], strlen(files.names[i]) - 4);
        (void)snprintf(csv, sizeof csv, "fixtures/registers/%s", files.names[i]);
        if ((strchr(kind, '.') != NULL) == parts) {
            if (!desk_import(path, kind, csv, false, &problems)) {
                problems_print(&problems, stderr);
                fail_msg("%s", kind);
            }
        }
    }
    file_list_free(&files);
}

static inline void desk_open(struct desk *desk, const char *today, const char *policy) {
    struct problems problems = {0};
    struct reference_paths paths = {.schemas = "schemas", .registers = desk->path, .policy = policy};

    desk->names = names_new();
    desk->arena = arena_new();
    desk->reference = reference_open(&paths, desk->names, day(today), &problems);
    problems_print(&problems, stderr);
    assert_non_null(desk->reference);
    names_freeze(desk->names);
}

static inline void desk_close(struct desk *desk) {
    reference_close(desk->reference);
    arena_free(desk->arena);
    names_free(desk->names);
}

/* Group set-up: the register file, then a reference over it. */
static inline int desk_set_up(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);

    (void)snprintf(desk->path, sizeof desk->path, "/tmp/tidewaiter-registers-%ld", (long)getpid());
    unlink(desk->path);
    desk_import_all(desk->path, false);
    desk_import_all(desk->path, true);
    desk_open(desk, "2026-03-09", NULL);
    *state = desk;
    return 0;
}

static inline int desk_tear_down(void **state) {
    struct desk *desk = *state;

    desk_close(desk);
    unlink(desk->path);
    free(desk);
    return 0;
}

#endif
