/* A bench with policy, code lists and the registers of fixtures/registers. */
#ifndef TW_TEST_XPATH_REGISTERS_H
#define TW_TEST_XPATH_REGISTERS_H

#include "reference/desk.h"
#include "xpath/support.h"

/* Group set-up: the register file, made once. */
static inline int house_set_up(void **state) {
    char *path = calloc(1, 64);
    assert_non_null(path);
    snprintf(path, 64, "/tmp/tidewaiter-functions-%ld", (long)getpid());
    unlink(path);
    desk_import_all(path, false);
    desk_import_all(path, true);
    *state = path;
    return 0;
}

static inline int house_tear_down(void **state) {
    unlink(*state);
    free(*state);
    return 0;
}

/* registers NULL: none are configured. */
static inline struct reference *house_open(struct bench *b, const char *registers, const char *policy) {
    struct reference_paths paths = {.schemas = "schemas", .registers = registers, .policy = policy};
    bench_open(b);
    struct reference *reference = reference_open(&paths, b->names, day("2026-03-09"), &b->problems);
    problems_print(&b->problems, stderr);
    assert_non_null(reference);
    b->host.reference = reference;
    b->host.names = b->names;
    b->host.profile = "EU";
    b->host.now_text = "2026-03-09T08:00:00Z";
    assert_true(moment_read(b->host.now_text, NULL, &b->host.now));
    put(b, "@asOf", "2026-03-09");
    return reference;
}

static inline void house_close(struct bench *b, struct reference *reference) {
    bench_close(b);
    reference_close(reference);
}

/* A fact with an attribute: put_unit(b, "…/quantity", "5", "@unit", "KGM"). */
static inline struct fact *put_unit(struct bench *b, const char *path, const char *value, const char *attribute,
                                    const char *unit) {
    struct fact *fact = put(b, path, value);
    tree_add(&b->dossier, fact, attribute, unit);
    return fact;
}

#endif
