/* What workers and supervisor say to each other comes through whole, and is refused when anything in it is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "batch/message.h"
#include "batch/review-message.h"
#include "batch/review.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char *own(const char *text) {
    char *made = strdup(text);
    assert_non_null(made);
    return made;
}

static struct review sample(void) {
    struct review review = {.outcome = OUTCOME_HOLD, .undecided = 3, .arena = arena_new(), .reason = "none"};
    static const struct claim claims[] = {{"T-408", "payment", "R-1", "12.50"}, {"P-136", "certificate", "C-1", NULL}};
    static const struct review_finding judged[] = {{"D-255", "error", "open"}, {"S-506", "fatal", "undecided"}};
    memset(review.digest, 'a', DIGEST_TEXT - 1);
    review.findings[2] = 7;
    review.facts[REVIEW_MRN] = "26DE0001";
    review.claims = claims;
    review.claim_count = 2;
    review.judged = judged;
    review.judged_count = 2;
    review.note = (struct note){.exporter = own("Müller"), .offset = -1};
    review.note.rules = malloc(sizeof *review.note.rules);
    review.note.rules[0] = (struct note_rule){.rule = own("D-255"), .point = 2, .findings = 1};
    review.note.rule_count = 1;
    buffer_string(&review.line, "{\"bundle\":\"x\"}");
    buffer_string(&review.row, "x,y\r\n");
    buffer_append(&review.container, "PK\0\1", 4);
    return review;
}

static void test_review(void **state) {
    struct review sent = sample(), came;
    struct buffer bytes = {0};
    (void)state;
    review_write(&bytes, &sent);
    assert_true(review_read(bytes.bytes, bytes.length, &came));
    assert_int_equal(came.outcome, OUTCOME_HOLD);
    assert_string_equal(came.digest, sent.digest);
    assert_int_equal(came.findings[2], 7);
    assert_string_equal(came.facts[REVIEW_MRN], "26DE0001");
    assert_null(came.facts[REVIEW_MRN + 1]);
    assert_string_equal(came.claims[0].amount, "12.50");
    assert_null(came.claims[1].amount);
    assert_string_equal(came.judged[1].state, "undecided");
    assert_string_equal(came.note.exporter, "Müller");
    assert_int_equal(came.note.offset, -1);
    assert_int_equal(came.container.length, 4);
    assert_memory_equal(came.container.bytes, "PK\0\1", 4);
    review_free(&came);
    review_free(&sent);
    buffer_free(&bytes);
}

/* Cut anywhere it is refused; with any byte changed it is read or refused, and nothing is touched that is not there. */
static void test_broken_review(void **state) {
    struct review sent = sample(), came;
    struct buffer bytes = {0};
    (void)state;
    review_write(&bytes, &sent);
    for (size_t length = 0; length < bytes.length; length++) {
        char *cut = malloc(length ? length : 1); /* exact, so that a checker sees a read beyond it */
        memcpy(cut, bytes.bytes, length);
        assert_false(review_read(cut, length, &came));
        free(cut);
    }
    for (size_t at = 0; at < bytes.length; at++) {
        static const unsigned char values[] = {0, 1, 0x7f, 0x80, 0xff};
        unsigned char kept = (unsigned char)bytes.bytes[at];
        for (size_t i = 0; i < sizeof values; i++) {
            bytes.bytes[at] = (char)values[i];
            if (review_read(bytes.bytes, bytes.length, &came)) {
                review_free(&came);
            }
        }
        bytes.bytes[at] = (char)kept;
    }
    review_free(&sent);
    buffer_free(&bytes);
}

/* The line is printed as one line: none may bring a second. */
static void test_two_lines(void **state) {
    struct review sent = sample(), came;
    struct buffer bytes = {0};
    (void)state;
    buffer_string(&sent.line, "\n{\"bundle\":\"forged\"}");
    review_write(&bytes, &sent);
    assert_false(review_read(bytes.bytes, bytes.length, &came));
    review_free(&sent);
    buffer_free(&bytes);
}

static void test_take(void **state) {
    int ends[2];
    struct arena *arena = arena_new();
    static const struct claim refused[] = {{"T-408", "payment", "R-1", NULL}};
    struct take sent = {.ordinal = 9, .kind = INPUT_FOLDER, .name = "n", .label = "l", .input_name = "i", .length = 5};
    struct take came;
    (void)state;
    sent.refused = refused;
    sent.refused_count = 1;
    sent.input = open("/dev/null", O_RDONLY | O_CLOEXEC);
    sent.output = open("/dev/null", O_WRONLY | O_CLOEXEC);
    assert_true(message_pair(ends));
    assert_true(message_send_take(ends[0], &sent));
    assert_true(message_receive_take(ends[1], arena, &came));
    assert_int_equal(came.ordinal, 9);
    assert_int_equal(came.kind, INPUT_FOLDER);
    assert_string_equal(came.label, "l");
    assert_string_equal(came.refused[0].key, "R-1");
    assert_null(came.refused[0].amount);
    assert_int_equal(write(came.output, "x", 1), 1);
    (void)close(came.input);
    (void)close(came.output);
    (void)close(ends[0]);
    assert_false(message_receive_take(ends[1], arena, &came)); /* the other side is gone */
    (void)close(ends[1]);
    (void)close(sent.input);
    (void)close(sent.output);
    arena_free(arena);
}

/* An answer that is none, too long, of another kind, or comes with a descriptor. */
static void test_broken_answer(void **state) {
    int ends[2];
    struct arena *arena = arena_new();
    struct answer_message answer = {.ordinal = 1, .length = 2}, came;
    struct take take = {.name = "n", .label = "l", .input_name = "i"};
    char *long_text = calloc(1, MESSAGE_BYTES + 1);
    (void)state;
    assert_true(message_pair(ends));
    assert_true(message_send_answer(ends[1], &answer));
    assert_true(message_receive_answer(ends[0], arena, &came));
    assert_int_equal(came.length, 2);
    assert_int_equal(send(ends[1], "nonsense", 8, 0), 8);
    assert_false(message_receive_answer(ends[0], arena, &came));
    assert_true(send(ends[1], long_text, MESSAGE_BYTES + 1, 0) > 0);
    assert_false(message_receive_answer(ends[0], arena, &came));
    take.input = take.output = ends[1];
    assert_true(message_send_take(ends[1], &take));
    assert_false(message_receive_answer(ends[0], arena, &came));
    memset(long_text, 'x', MESSAGE_BYTES);
    take.label = long_text;
    assert_false(message_send_take(ends[1], &take));
    (void)close(ends[0]);
    (void)close(ends[1]);
    free(long_text);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_review), cmocka_unit_test(test_broken_review), cmocka_unit_test(test_two_lines),
        cmocka_unit_test(test_take),   cmocka_unit_test(test_broken_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
