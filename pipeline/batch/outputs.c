#include "batch/outputs.h"

#include "base/arena.h"
#include "base/fault.h"
#include "batch/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct change {
    const char *temporary; /* NULL: the final name goes */
    const char *final;
};

struct outputs {
    const char *path;
    int folder;
    struct arena *arena; /* of one group */
    struct change *changes;
    size_t count, capacity;
};

static bool complain(const char *path, const char *what) {
    (void)fprintf(stderr, "tidewaiter: %s: %s: %s\n", path, what, strerror(errno));
    return false;
}

struct outputs *outputs_open(const char *directory) {
    if (!files_folder(directory)) {
        return NULL;
    }
    int folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        complain(directory, "cannot be opened");
        return NULL;
    }
    if (flock(folder, LOCK_EX | LOCK_NB) != 0) {
        complain(directory, "another run writes there");
        (void)close(folder);
        return NULL;
    }
    struct outputs *outputs = fault_malloc(sizeof *outputs);
    *outputs = (struct outputs){.path = directory, .folder = folder, .arena = arena_new()};
    return outputs;
}

static void forget(struct outputs *outputs) {
    arena_reset(outputs->arena);
    outputs->changes = NULL;
    outputs->count = outputs->capacity = 0;
}

static bool give_up(struct outputs *outputs) {
    for (size_t i = 0; i < outputs->count; i++) {
        if (outputs->changes[i].temporary) {
            (void)unlink(outputs->changes[i].temporary);
        }
    }
    forget(outputs);
    return false;
}

void outputs_close(struct outputs *outputs) {
    if (outputs) {
        (void)give_up(outputs);
        (void)close(outputs->folder);
        arena_free(outputs->arena);
        free(outputs);
    }
}

static void add(struct outputs *outputs, const char *temporary, const char *final) {
    if (outputs->count == outputs->capacity) {
        outputs->changes = arena_grow(outputs->arena, outputs->changes, &outputs->capacity, sizeof *outputs->changes);
    }
    outputs->changes[outputs->count++] = (struct change){temporary, final};
}

bool outputs_put(struct outputs *outputs, const char *name, const void *bytes, size_t length) {
    const char *final = arena_printf(outputs->arena, "%s/%s", outputs->path, name);
    const char *temporary = arena_printf(outputs->arena, "%s.part", final);
    if (!files_write_bytes(temporary, bytes, length)) {
        return give_up(outputs);
    }
    add(outputs, temporary, final);
    return true;
}

void outputs_drop(struct outputs *outputs, const char *name) {
    add(outputs, NULL, arena_printf(outputs->arena, "%s/%s", outputs->path, name));
}

bool outputs_has(const struct outputs *outputs, const char *name) {
    struct stat status;
    return fstatat(outputs->folder, name, &status, 0) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
}

/* ---- a group becomes what it is ---- */

static bool rename_all(const struct outputs *outputs) {
    for (size_t i = 0; i < outputs->count; i++) {
        const struct change *change = &outputs->changes[i];
        if (!change->temporary) {
            (void)unlink(change->final); /* it is rarely there */
        } else if (rename(change->temporary, change->final) != 0) {
            return complain(change->final, "cannot be renamed");
        }
    }
    return true;
}

static bool flush_folder(const char *path) {
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool fine = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0) {
        (void)close(folder);
    }
    return fine || complain(path, "cannot be flushed");
}

static const char *folder_of(struct arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    return arena_copy(arena, path, (size_t)(slash - path));
}

/* The folders in which names changed, each once; a group is small. */
static bool flush_folders(struct outputs *outputs) {
    const char **folders = arena_alloc(outputs->arena, outputs->count * sizeof *folders);
    size_t count = 0;
    for (size_t i = 0; i < outputs->count; i++) {
        const char *folder = folder_of(outputs->arena, outputs->changes[i].final);
        size_t k = 0;
        while (k < count && strcmp(folders[k], folder) != 0) {
            k++;
        }
        if (k == count && outputs->changes[i].temporary) {
            folders[count++] = folder;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!flush_folder(folders[i])) {
            return false;
        }
    }
    return true;
}

bool outputs_commit(struct outputs *outputs) {
    if (!outputs->count) {
        return true;
    }
    if (syncfs(outputs->folder) != 0) {
        complain(outputs->path, "cannot be flushed");
        return give_up(outputs);
    }
    if (!rename_all(outputs) || !flush_folders(outputs)) {
        return give_up(outputs);
    }
    forget(outputs);
    return true;
}
