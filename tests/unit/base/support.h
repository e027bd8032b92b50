/* What every unit test of stages/base includes: cmocka with what it needs, and numbers written as text. */
#ifndef TW_TESTS_BASE_SUPPORT_H
#define TW_TESTS_BASE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/decimal.h"

static inline struct decimal number(const char *text) {
    struct decimal value;
    assert_true(decimal_parse(text, strlen(text), &value));
    return value;
}

static inline void assert_number(const struct decimal *value, const char *expected) {
    char text[DECIMAL_TEXT];
    assert_int_equal(decimal_print(value, text), strlen(expected));
    assert_string_equal(text, expected);
}

/* An arena for each test. */
static inline int open_arena(void **state) {
    *state = arena_new();
    return 0;
}

static inline int close_arena(void **state) {
    arena_free(*state);
    return 0;
}

#endif
