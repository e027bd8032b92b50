/* What the tests of this room share: running the maker of hostile containers, and reading files. */
#ifndef TW_TEST_CONTAINER_SUPPORT_H
#define TW_TEST_CONTAINER_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs a maker of files in a fresh folder; skips the test where there is no python3. */
static inline void make_files(char folder[64], const char *maker) {
    strncpy(folder, "/tmp/tidewaiter-hostile-XXXXXX", 64);
    assert_non_null(mkdtemp(folder));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        execlp("python3", "python3", maker, folder, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
        skip();
    }
    assert_int_equal(status, 0);
}

static inline void make_hostile(char folder[64]) {
    make_files(folder, "tests/hostile/make.py");
}

static inline unsigned char *read_whole(const char *folder, const char *name, size_t *length) {
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *length = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(*length ? *length : 1); /* exact, so that a checker sees a read beyond it */
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *length, file), *length);
    (void)fclose(file);
    return bytes;
}

/* Removes a folder of files. */
static inline void remove_folder(const char *folder) {
    DIR *open = opendir(folder);
    assert_non_null(open);
    for (struct dirent *item; (item = readdir(open));) {
        (void)unlinkat(dirfd(open), item->d_name, 0); /* fails for . and .., as it should */
    }
    (void)closedir(open);
    assert_int_equal(rmdir(folder), 0);
}

#endif
