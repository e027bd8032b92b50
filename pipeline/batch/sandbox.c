#include "batch/sandbox.h"

#include "base/fault.h"

#include <linux/landlock.h>
#include <seccomp.h>

#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
enum { CLOSES = 0 };
#else
enum { CLOSES = 1 };
#endif

/* ---- landlock: no path ---- */

/* As newer kernels read it; the headers at hand may be older. */
struct landlock_rules {
    uint64_t files, network, scope;
};

enum { ABI_REFER = 2, ABI_TRUNCATE = 3, ABI_NETWORK = 4, ABI_DEVICES = 5, ABI_SCOPE = 6 };
enum { RIGHTS_1 = 13 }; /* rights on files that the first ABI knows */

/* Each ABI knows some rights more; a kernel refuses those that it does not know. */
static struct landlock_rules all_rights(long abi) {
    struct landlock_rules rules = {.files = (UINT64_C(1) << RIGHTS_1) - 1};
    rules.files |= abi >= ABI_REFER ? UINT64_C(1) << 13 : 0;
    rules.files |= abi >= ABI_TRUNCATE ? UINT64_C(1) << 14 : 0;
    rules.files |= abi >= ABI_DEVICES ? UINT64_C(1) << 15 : 0;
    rules.network = abi >= ABI_NETWORK ? 3 : 0; /* bind and connect by TCP */
    rules.scope = abi >= ABI_SCOPE ? 3 : 0;     /* abstract sockets, signals */
    return rules;
}

/* All rights are handled and none is given. A kernel without landlock has seccomp alone. */
static void close_paths(void) {
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1) {
        return;
    }
    struct landlock_rules rules = all_rights(abi);
    size_t size = abi >= ABI_SCOPE ? sizeof rules : abi >= ABI_NETWORK ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
    long ruleset = syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (ruleset < 0 || syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) {
        fault("landlock is there but does not close the worker");
    }
    (void)close((int)ruleset);
}

/* ---- seccomp: few calls ---- */

static const int plain_calls[] = {
    SCMP_SYS(pread64),      SCMP_SYS(pwrite64),       SCMP_SYS(write),
    SCMP_SYS(ftruncate),    SCMP_SYS(close),          SCMP_SYS(brk),
    SCMP_SYS(munmap),       SCMP_SYS(mremap),         SCMP_SYS(madvise),
    SCMP_SYS(futex),        SCMP_SYS(clock_gettime),  SCMP_SYS(gettimeofday),
    SCMP_SYS(time),         SCMP_SYS(getrandom),      SCMP_SYS(sysinfo),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(restart_syscall),
    SCMP_SYS(getpid),       SCMP_SYS(gettid),         SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

static int add_calls(scmp_filter_ctx filter, int socket) {
    const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    const struct scmp_arg_cmp our_socket = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)socket);
    const struct scmp_arg_cmp ourselves = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid());
    int wrong = 0;
    for (size_t i = 0; i < sizeof plain_calls / sizeof *plain_calls; i++) {
        wrong |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, plain_calls[i], 0);
    }
    wrong |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_code);
    wrong |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code);
    wrong |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(recvmsg), 1, our_socket);
    wrong |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendmsg), 1, our_socket);
    wrong |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, ourselves); /* abort() */
    return wrong;
}

static void close_calls(int socket) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter || add_calls(filter, socket) != 0 || seccomp_load(filter) != 0) {
        fault("seccomp does not close the worker");
    }
    seccomp_release(filter);
}

void sandbox_enter(int socket) {
    if (!CLOSES) {
        return;
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        fault("the worker cannot give up its rights");
    }
    close_paths();
    close_calls(socket);
}
