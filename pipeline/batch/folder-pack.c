#include "batch/folder-pack.h"

#include "base/arena.h"
#include "base/file.h"
#include "container/container.h"

#include <archive.h>
#include <archive_entry.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 64 }; /* folders in folders */

struct packer {
    const char *folder;
    const struct container_limits *limits;
    struct arena *arena;
    struct folder_fault *fault;
    const char **paths; /* relative, of files */
    const char **lines; /* of the digest: as many */
    size_t count, capacity;
    uint64_t bytes;
};

static bool refuse(struct packer *packer, const char *reason, const char *path, const char *why) {
    *packer->fault = (struct folder_fault){reason, arena_printf(packer->arena, "%s: %s", path, why)};
    return false;
}

static const char *join(struct arena *arena, const char *folder, const char *name) {
    return *folder ? arena_printf(arena, "%s/%s", folder, name) : name;
}

static bool add_file(struct packer *packer, const char *path, const struct stat *status) {
    packer->bytes += (uint64_t)status->st_size;
    if (packer->bytes > packer->limits->max_bytes) {
        return refuse(packer, "too-large", path, "the folder holds more than bundle.maxBytes");
    }
    if (packer->count == packer->limits->max_entries) {
        return refuse(packer, "too-many-entries", path, "the folder holds more files than bundle.maxEntries");
    }
    if (packer->count == packer->capacity) {
        packer->paths = arena_grow(packer->arena, packer->paths, &packer->capacity, sizeof *packer->paths);
    }
    packer->paths[packer->count++] = path;
    return true;
}

/* Collects the files below a relative folder ("" : the top). */
static bool collect(struct packer *packer, const char *relative, unsigned depth) {
    const char *folder = *relative ? join(packer->arena, packer->folder, relative) : packer->folder;
    struct file_list list;
    if (depth > DEEPEST) {
        return refuse(packer, "nesting", relative, "folders lie too deep");
    }
    if (!file_list(folder, &list)) {
        return refuse(packer, "unreadable", folder, strerror(errno));
    }
    bool good = true;
    for (size_t i = 0; i < list.count && good; i++) {
        const char *path = join(packer->arena, relative, arena_string(packer->arena, list.names[i]));
        struct stat status;
        if (lstat(join(packer->arena, packer->folder, path), &status) != 0) {
            good = refuse(packer, "unreadable", path, strerror(errno));
        } else if (S_ISDIR(status.st_mode)) {
            good = collect(packer, path, depth + 1);
        } else if (S_ISREG(status.st_mode)) {
            good = add_file(packer, path, &status);
        } else {
            good = refuse(packer, "link", path, S_ISLNK(status.st_mode) ? "a symbolic link" : "no file");
        }
    }
    file_list_free(&list);
    return good;
}

static int compare_paths(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static la_ssize_t append(struct archive *archive, void *data, const void *bytes, size_t length) {
    (void)archive;
    buffer_append(data, bytes, length);
    return (la_ssize_t)length;
}

static const char *digest_line(struct packer *packer, const char *path, const char *bytes, size_t length) {
    char digest[DIGEST_TEXT];
    digest_hex(bytes, length, digest);
    return arena_printf(packer->arena, "%s %zu %s\n", digest, length, path);
}

static bool put_file(struct packer *packer, struct archive *archive, size_t index) {
    const char *path = packer->paths[index];
    int descriptor = open(join(packer->arena, packer->folder, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    size_t length = 0;
    char *bytes = descriptor < 0 ? NULL : file_read_descriptor(descriptor, packer->limits->max_bytes, &length);
    int why = errno;
    if (descriptor >= 0) {
        (void)close(descriptor);
    }
    if (!bytes) {
        return refuse(packer, why == EFBIG ? "too-large" : "unreadable", path, strerror(why));
    }
    packer->lines[index] = digest_line(packer, path, bytes, length);
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, path);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)length);
    bool put = archive_write_header(archive, entry) >= ARCHIVE_WARN &&
               archive_write_data(archive, bytes, length) == (la_ssize_t)length;
    archive_entry_free(entry);
    free(bytes);
    return put || refuse(packer, "unreadable", path, "it cannot be packed");
}

/* GNU tar's form, since it keeps the bytes of a name as they are, of any length. */
static bool write_tar(struct packer *packer, struct buffer *tar) {
    struct archive *archive = archive_write_new();
    archive_write_set_format_gnutar(archive);
    archive_write_set_bytes_in_last_block(archive, 1);
    bool good = archive_write_open(archive, tar, NULL, append, NULL) == ARCHIVE_OK;
    for (size_t i = 0; i < packer->count && good; i++) {
        good = put_file(packer, archive, i);
    }
    if (archive_write_close(archive) != ARCHIVE_OK && good) {
        good = refuse(packer, "unreadable", packer->folder, "it cannot be packed");
    }
    archive_write_free(archive);
    return good;
}

static void digest_lines(const struct packer *packer, char text[DIGEST_TEXT]) {
    struct digest *digest = digest_open();
    if (packer->count) {
        qsort(packer->lines, packer->count, sizeof *packer->lines, compare_paths);
    }
    for (size_t i = 0; i < packer->count; i++) {
        digest_add(digest, packer->lines[i], strlen(packer->lines[i]));
    }
    digest_close(digest, text);
}

bool folder_pack(const char *folder, const struct container_limits *limits, struct arena *arena, struct buffer *tar,
                 char digest[DIGEST_TEXT], struct folder_fault *fault) {
    struct packer packer = {.folder = folder, .limits = limits, .arena = arena, .fault = fault};
    if (!collect(&packer, "", 0)) {
        return false;
    }
    if (packer.count) {
        qsort(packer.paths, packer.count, sizeof *packer.paths, compare_paths);
    }
    packer.lines = arena_zero(arena, packer.count * sizeof *packer.lines);
    if (!write_tar(&packer, tar)) {
        return false;
    }
    digest_lines(&packer, digest);
    return true;
}
