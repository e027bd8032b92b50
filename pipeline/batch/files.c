#include "batch/files.h"

#include "base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GROWING_BUFFER = 64 * 1024 };

static bool complain(const char *path, const char *what) {
    (void)fprintf(stderr, "tidewaiter: %s: %s: %s\n", path, what, strerror(errno));
    return false;
}

static char *join(const char *directory, const char *name, const char *suffix) {
    size_t size = strlen(directory) + strlen(name) + strlen(suffix) + 2;
    char *path = fault_malloc(size);
    (void)snprintf(path, size, "%s/%s%s", directory, name, suffix);
    return path;
}

bool files_folder(const char *path) {
    char part[PATH_MAX];
    size_t length = strlen(path);
    if (length >= sizeof part) {
        errno = ENAMETOOLONG;
        return complain(path, "cannot be made");
    }
    for (size_t i = 1; i <= length; i++) {
        if (path[i] == '/' || i == length) {
            memcpy(part, path, i);
            part[i] = '\0';
            if (mkdir(part, 0777) != 0 && errno != EEXIST) {
                return complain(part, "cannot be made");
            }
        }
    }
    return true;
}

static bool folder_of(const char *path) {
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path) {
        return true;
    }
    size_t length = (size_t)(slash - path);
    if (length >= sizeof folder) {
        errno = ENAMETOOLONG;
        return complain(path, "cannot be made");
    }
    memcpy(folder, path, length);
    folder[length] = '\0';
    return files_folder(folder);
}

static bool write_all(int descriptor, const char *bytes, size_t length) {
    while (length) {
        ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return true;
}

static int create(const char *path) {
    return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
}

bool files_write_bytes(const char *path, const void *bytes, size_t length) {
    int descriptor = create(path);
    if (descriptor < 0 && errno == ENOENT) { /* the first file of its folder */
        if (!folder_of(path)) {
            return false;
        }
        descriptor = create(path);
    }
    bool fine = descriptor >= 0 && write_all(descriptor, bytes, length);
    fine = descriptor >= 0 && close(descriptor) == 0 && fine;
    if (!fine) {
        complain(path, "cannot be written");
        (void)unlink(path);
    }
    return fine;
}

bool files_write(const char *directory, const char *name, const void *bytes, size_t length) {
    char *final = join(directory, name, "");
    char *temporary = join(directory, name, ".part");
    bool fine = files_write_bytes(temporary, bytes, length);
    if (fine && rename(temporary, final) != 0) {
        fine = complain(final, "cannot be written");
        (void)unlink(temporary);
    }
    free(final);
    free(temporary);
    return fine;
}

bool growing_open(struct growing *file, const char *directory, const char *name) {
    file->final = join(directory, name, "");
    file->temporary = join(directory, name, ".part");
    file->stream = fopen(file->temporary, "we");
    if (file->stream) {
        (void)setvbuf(file->stream, NULL, _IOFBF, GROWING_BUFFER);
    }
    return file->stream || complain(file->temporary, "cannot be written");
}

bool growing_close(struct growing *file) {
    bool fine = true;
    if (file->stream) {
        fine = !ferror(file->stream);
        fine = fclose(file->stream) == 0 && fine;
        fine = fine && rename(file->temporary, file->final) == 0;
        if (!fine) {
            complain(file->final, "cannot be written");
            (void)unlink(file->temporary);
        }
    }
    free(file->temporary);
    free(file->final);
    *file = (struct growing){0};
    return fine;
}

void growing_drop(struct growing *file) {
    if (file->stream) {
        (void)fclose(file->stream);
        (void)unlink(file->temporary);
    }
    free(file->temporary);
    free(file->final);
    *file = (struct growing){0};
}
