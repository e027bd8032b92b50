/* What a bundle that takes its worker down costs: itself alone. And how claims meet, whatever the number of workers.
 *
 * The place of review_bundle is taken by a function that does what the name of the bundle says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "batch/inputs.h"
#include "batch/run.h"
#include "options.h"
#include "xml/parse.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct scene {
    char folder[64];
    struct options options;
    const char *inputs[16];
    size_t count;
};

/* ---- bundles that do what their name says ---- */

static void misbehave(const char *name) {
    if (strstr(name, "crash")) {
        abort();
    }
    while (strstr(name, "hang")) {
    }
    for (size_t size = 1 << 24; strstr(name, "memory"); size += 1 << 24) {
        char *room = malloc(size);
        if (!room) {
            _exit(4); /* as fault() does */
        }
        memset(room, 1, size);
    }
    if (strstr(name, "open")) {
        (void)open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    }
    if (strstr(name, "quit")) {
        _exit(0);
    }
    if (strstr(name, "nonsense")) {
        char words[] = "nonsense";
        struct iovec part = {words, sizeof words};
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
        (void)sendmsg(3, &message, 0);
        for (volatile int on = 1; on;) {
        }
    }
}

/* Every bundle is released, and draws 1400 of a receipt of the fixtures that holds 2300; a refused one is held. */
static void made_review(const struct knowledge *k, const struct format *format, const struct bundle_input *bundle,
                        struct review *review) {
    (void)k;
    (void)format;
    misbehave(bundle->name);
    *review = (struct review){.outcome = bundle->refused_count ? OUTCOME_HOLD : OUTCOME_RELEASE_CLOSE};
    review->arena = arena_new();
    struct claim *claim = arena_zero(review->arena, sizeof *claim);
    bool once = strstr(bundle->name, "once") != NULL;
    *claim =
        (struct claim){"T-408", once ? "declaration" : "payment", once ? "N-1" : "R-2026-4711", once ? NULL : "1400"};
    review->claims = claim;
    review->claim_count = strstr(bundle->name, "claim") || once;
    review->facts[REVIEW_MRN] = arena_string(review->arena, bundle->name);
    digest_hex(bundle->name, strlen(bundle->name), review->digest);
    buffer_printf(&review->line, "{\"bundle\":\"%s\"}", bundle->name);
    buffer_string(&review->row, "row\r\n");
    buffer_string(&review->container, bundle->name);
}

/* ---- the scene ---- */

static void put(struct scene *scene, const char *name) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s.xml", scene->folder, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    (void)fputs("<a/>", file);
    assert_int_equal(fclose(file), 0);
    scene->inputs[scene->count++] = strdup(path);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static void write_text(const char *path, const char *text) {
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    (void)fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void open_scene(struct scene *scene, char paths[2][128]) {
    *scene = (struct scene){.folder = "/tmp/tidewaiter-workers-XXXXXX"};
    assert_non_null(mkdtemp(scene->folder));
    (void)snprintf(paths[0], 128, "%s/policy", scene->folder);
    (void)snprintf(paths[1], 128, "%s/out", scene->folder);
    write_text(paths[0], "bundle.seconds = 1\nbundle.memory = 268435456\n");
    scene->options = (struct options){
        .program = "test",
        .out = paths[1],
        .policy = paths[0],
        .now = "2026-03-09T08:00:00Z",
        .format = "jsonl",
        .registers = getenv("TIDEWAITER_REGISTERS"),
        .quiet = true,
        .no_seal = true,
    };
}

static void close_scene(struct scene *scene) {
    for (size_t i = 0; i < scene->count; i++) {
        free((char *)scene->inputs[i]);
    }
    assert_int_equal(nftw(scene->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

/* stdout is the test's own: what the run prints goes nowhere. */
static int run(struct scene *scene, long workers) {
    int kept = dup(STDOUT_FILENO);
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    (void)fflush(stdout);
    assert_true(dup2(nothing, STDOUT_FILENO) >= 0);
    scene->options.workers = workers;
    scene->options.arguments = (struct texts){scene->inputs, scene->count};
    int code = run_review_with(&scene->options, made_review);
    (void)fflush(stdout);
    assert_true(dup2(kept, STDOUT_FILENO) >= 0);
    (void)close(kept);
    (void)close(nothing);
    return code;
}

/* One text of the ledger, "" where there is none. */
static void ask(const struct scene *scene, const char *question, char answer[256]) {
    char path[256];
    sqlite3 *base = NULL;
    sqlite3_stmt *statement = NULL;
    (void)snprintf(path, sizeof path, "%s/ledger.sqlite", scene->options.out);
    assert_int_equal(sqlite3_open(path, &base), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(base, question, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const char *text = (const char *)sqlite3_column_text(statement, 0);
    (void)snprintf(answer, 256, "%s", text ? text : "");
    (void)sqlite3_finalize(statement);
    (void)sqlite3_close(base);
}

static void expect(const struct scene *scene, const char *question, const char *expected) {
    char answer[256];
    ask(scene, question, answer);
    assert_string_equal(answer, expected);
}

static const char outcomes[] = "SELECT group_concat(outcome || coalesce(':' || reason, ''), ' ') FROM "
                               "(SELECT * FROM bundle WHERE run = (SELECT max(id) FROM run) ORDER BY ordinal)";

/* ---- tests ---- */

/* Under AddressSanitizer neither memory nor calls are bounded. */
#if defined(__SANITIZE_ADDRESS__)
static const char *const names[] = {"a", "crash", "b", "hang", "c", "quit", "nonsense", "e"};
static const char fates[] = "release-close quarantine:crash release-close quarantine:timeout release-close "
                            "quarantine:crash quarantine:crash release-close";
#else
static const char *const names[] = {"a", "crash", "b", "hang", "c", "quit", "nonsense", "e", "memory", "d", "open"};
static const char fates[] = "release-close quarantine:crash release-close quarantine:timeout release-close "
                            "quarantine:crash quarantine:crash release-close quarantine:memory release-close "
                            "quarantine:crash";
#endif

static void test_lost_workers(void **state) {
    (void)state;
    for (long workers = 1; workers <= 3; workers += 2) {
        struct scene scene;
        char paths[2][128];
        open_scene(&scene, paths);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            put(&scene, names[i]);
        }
        assert_int_equal(run(&scene, workers), EXIT_QUARANTINED);
        expect(&scene, outcomes, fates);
        close_scene(&scene);
    }
}

/* Ordinal, and 1 granted, 0 refused, - of a bundle that was not released. */
static const char granted[] = "SELECT group_concat(ordinal || coalesce(granted, '-'), ' ') FROM claim";

static void test_claims(void **state) {
    (void)state;
    for (long workers = 1; workers <= 4; workers += 3) {
        struct scene scene;
        char paths[2][128];
        open_scene(&scene, paths);
        put(&scene, "once-1");
        put(&scene, "plain");
        put(&scene, "once-2");
        put(&scene, "claim-1");
        put(&scene, "claim-2");
        assert_int_equal(run(&scene, workers), EXIT_HELD);
        expect(&scene, outcomes, "release-close release-close hold release-close hold");
        expect(&scene, granted, "01 20 2- 31 40 4-");
        scene.options.again = true; /* whoever drew before draws again in his own place */
        assert_int_equal(run(&scene, workers), EXIT_HELD);
        expect(&scene, outcomes, "release-close release-close hold release-close hold");
        close_scene(&scene);
    }
}

/* A second run knows all that the first found, but what a worker was lost over. */
static void test_skip(void **state) {
    struct scene scene;
    char paths[2][128];
    (void)state;
    open_scene(&scene, paths);
    put(&scene, "a");
    put(&scene, "crash");
    assert_int_equal(run(&scene, 2), EXIT_QUARANTINED);
    expect(&scene, outcomes, "release-close quarantine:crash");
    assert_int_equal(run(&scene, 2), EXIT_QUARANTINED);
    expect(&scene, outcomes, "release-close quarantine:crash");
    expect(&scene, "SELECT count(*) FROM clearance", "2");
    close_scene(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lost_workers),
        cmocka_unit_test(test_claims),
        cmocka_unit_test(test_skip),
    };
    (void)setenv("TIDEWAITER_DATA", "schemas", 0);
    xml_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
