#include "base/file.h"

#include "base/fault.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_READ = 64 * 1024 };

/* Room for what stat says of the file, as a start; a pipe or a file that grows gets more as it is read. */
static size_t first_capacity(int descriptor, size_t limit) {
    struct stat status;
    size_t wanted = FIRST_READ;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
        wanted = (size_t)status.st_size;
    }
    return wanted < limit ? wanted : limit;
}

static ssize_t read_some(int descriptor, char *bytes, size_t size) {
    ssize_t got;
    do {
        got = read(descriptor, bytes, size);
    } while (got < 0 && errno == EINTR);
    return got;
}

char *file_read_descriptor(int descriptor, size_t limit, size_t *length) {
    if (limit > SIZE_MAX / 4) {
        limit = SIZE_MAX / 4;
    }
    /* One byte more than the limit tells a file of just that size from a larger one; one more holds the NUL. */
    size_t capacity = first_capacity(descriptor, limit) + 1;
    char *bytes = fault_malloc(capacity + 1);
    size_t held = 0;
    for (;;) {
        ssize_t got = read_some(descriptor, bytes + held, capacity - held);
        if (got < 0) {
            break;
        }
        held += (size_t)got;
        if (held > limit) {
            errno = EFBIG;
            break;
        }
        if (got == 0) {
            bytes[held] = '\0';
            *length = held;
            return bytes;
        }
        if (held == capacity) {
            capacity = capacity < limit / 2 ? capacity * 2 : limit + 1;
            bytes = fault_realloc(bytes, capacity + 1);
        }
    }
    int saved = errno;
    free(bytes);
    errno = saved;
    return NULL;
}

char *file_read(const char *path, size_t limit, size_t *length) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        return NULL;
    }
    char *bytes = file_read_descriptor(descriptor, limit, length);
    int saved = errno;
    (void)close(descriptor);
    errno = saved;
    return bytes;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *copy_name(const char *name) {
    size_t size = strlen(name) + 1;
    return memcpy(fault_malloc(size), name, size);
}

/* Adds the next name; false at the end (errno 0) or at an error. */
static bool next_name(DIR *stream, struct file_list *list, size_t *capacity) {
    errno = 0;
    const struct dirent *entry = readdir(stream);
    if (!entry) {
        return false;
    }
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
        return true;
    }
    if (list->count == FILE_LIST_LIMIT) {
        errno = EOVERFLOW;
        return false;
    }
    if (list->count == *capacity) {
        *capacity = *capacity ? *capacity * 2 : 64;
        list->names = fault_realloc(list->names, *capacity * sizeof *list->names);
    }
    list->names[list->count++] = copy_name(entry->d_name);
    return true;
}

bool file_list(const char *folder, struct file_list *out) {
    DIR *stream = opendir(folder);
    if (!stream) {
        return false;
    }
    struct file_list list = {0};
    size_t capacity = 0;
    while (next_name(stream, &list, &capacity)) {
    }
    int failed = errno;
    (void)closedir(stream);
    if (failed) {
        file_list_free(&list);
        errno = failed;
        return false;
    }
    if (list.count) {
        qsort(list.names, list.count, sizeof *list.names, compare_names);
    }
    *out = list;
    return true;
}

void file_list_free(struct file_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        free(list->names[i]);
    }
    free(list->names);
    *list = (struct file_list){0};
}

bool file_has_suffix(const char *name, const char *suffix) {
    size_t length = strlen(name);
    size_t tail = strlen(suffix);
    return length > tail && strcmp(name + length - tail, suffix) == 0;
}
