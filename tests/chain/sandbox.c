/* A closed worker tries each thing that it must not do, and does not live to tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "batch/message.h"
#include "batch/sandbox.h"

#include "base/arena.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
enum { CLOSES = 0 };
#else
enum { CLOSES = 1 };
#endif

enum { SOCKET = 0, OTHER = 1 }; /* of the pair; OTHER is not the worker's own */

static void open_file(const int *ends) {
    (void)ends;
    (void)open("/etc/passwd", O_RDONLY | O_CLOEXEC);
}

static void open_by_name(const int *ends) {
    (void)ends;
    (void)syscall(SYS_open, "/etc/passwd", O_RDONLY);
}

static void make_file(const int *ends) {
    (void)ends;
    (void)open("/tmp/tidewaiter-escaped", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}

static void remove_file(const int *ends) {
    (void)ends;
    (void)unlink("/tmp/tidewaiter-escaped");
}

static void look_at_path(const int *ends) {
    struct stat status;
    (void)ends;
    (void)stat("/etc/passwd", &status);
}

static void open_socket(const int *ends) {
    (void)ends;
    (void)socket(AF_INET, SOCK_STREAM, 0);
}

static void open_unix_socket(const int *ends) {
    (void)ends;
    (void)socket(AF_UNIX, SOCK_STREAM, 0);
}

static void use_other_socket(const int *ends) {
    char letter = 'x';
    struct iovec part = {&letter, 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    (void)sendmsg(ends[OTHER], &message, MSG_NOSIGNAL);
}

static void run_program(const int *ends) {
    char program[] = "/bin/true";
    char *const words[] = {program, NULL};
    (void)ends;
    (void)execve(program, words, NULL);
}

static void have_child(const int *ends) {
    (void)ends;
    if (fork() == 0) {
        _exit(0);
    }
}

static void kill_other(const int *ends) {
    (void)ends;
    (void)kill(getppid(), 0);
}

static void watch_other(const int *ends) {
    (void)ends;
    (void)ptrace(PTRACE_ATTACH, 1, NULL, NULL);
}

static void make_code(const int *ends) {
    (void)ends;
    (void)mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void turn_into_code(const int *ends) {
    (void)ends;
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    (void)mprotect(page, 4096, PROT_READ | PROT_EXEC);
}

static void raise_limit(const int *ends) {
    struct rlimit bound = {RLIM_INFINITY, RLIM_INFINITY};
    (void)ends;
    (void)setrlimit(RLIMIT_AS, &bound);
}

static void open_again(const int *ends) {
    (void)ends;
    (void)syscall(SYS_prctl, 0, 0, 0, 0, 0);
}

static void work_as_always(const int *ends) {
    char *room = malloc(16 << 20);
    struct arena *arena = arena_new();
    struct answer_message answer = {.ordinal = 7, .length = 1};
    memset(room, 1, 16 << 20);
    bool sent = message_send_answer(ends[SOCKET], &answer);
    arena_free(arena);
    free(room);
    _exit(sent ? 0 : 1);
}

/* What becomes of a process that is closed and then does that. */
static int fate(void (*deed)(const int *ends)) {
    int ends[2];
    assert_true(message_pair(ends));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        sandbox_enter(ends[SOCKET]);
        deed(ends);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    (void)close(ends[0]);
    (void)close(ends[1]);
    return status;
}

static void test_forbidden(void **state) {
    static void (*const deeds[])(const int *ends) = {
        open_file,        open_by_name,     make_file,   remove_file, look_at_path, open_socket,
        open_unix_socket, use_other_socket, run_program, have_child,  kill_other,   watch_other,
        make_code,        turn_into_code,   raise_limit, open_again,
    };
    (void)state;
    if (!CLOSES) {
        skip();
    }
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        int status = fate(deeds[i]);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), SIGSYS);
    }
    assert_int_not_equal(access("/tmp/tidewaiter-escaped", F_OK), 0);
}

static void test_allowed(void **state) {
    (void)state;
    int status = fate(work_as_always);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forbidden),
        cmocka_unit_test(test_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
