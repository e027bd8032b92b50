#include "batch/outer.h"

#include "base/arena.h"
#include "base/fault.h"
#include "container/container.h"
#include "container/detect.h"
#include "container/names.h"
#include "container/zip-peek.h"

#include <archive.h>
#include <archive_entry.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { READ_BLOCK = 64 * 1024, HEAD_BYTES = 1024 /* an archive shows within a block of tar */ };

struct outer {
    const struct container_settings *settings;
    struct archive *archive;
    struct arena *arena; /* of one member */
    struct buffer bytes; /* of one member */
    locale_t utf8, own;  /* names come out as UTF-8 whatever the locale of the process is */
    int descriptor;
    bool ended;
};

bool outer_can_be_one(const unsigned char *bytes, size_t length) {
    enum format format = detect_start(bytes, length);
    return format == FORMAT_ZIP || format == FORMAT_TAR;
}

/* The first bytes of the first file of a tar; how many. */
static size_t tar_peek(const unsigned char *bytes, size_t length, unsigned char *head, size_t size) {
    struct archive *archive = archive_read_new();
    struct archive_entry *entry = NULL;
    la_ssize_t got = 0;
    if (!archive) {
        fault("out of memory");
    }
    archive_read_support_format_tar(archive);
    if (archive_read_open_memory(archive, bytes, length) == ARCHIVE_OK) {
        int result;
        do {
            result = archive_read_next_header(archive, &entry);
        } while (result >= ARCHIVE_WARN && result != ARCHIVE_EOF && archive_entry_filetype(entry) == AE_IFDIR);
        if (result >= ARCHIVE_WARN && result != ARCHIVE_EOF) {
            got = archive_read_data(archive, head, size);
        }
    }
    archive_read_free(archive);
    return got > 0 ? (size_t)got : 0;
}

bool outer_is_one(const unsigned char *bytes, size_t length) {
    unsigned char head[HEAD_BYTES];
    enum format format = detect_start(bytes, length);
    size_t got = format == FORMAT_ZIP   ? zip_peek(bytes, length, head, sizeof head)
                 : format == FORMAT_TAR ? tar_peek(bytes, length, head, sizeof head)
                                        : 0;
    return got > 0 && detect_is_bundle_archive(head, got);
}

struct outer *outer_open(int descriptor, const struct container_settings *settings) {
    struct outer *outer = fault_malloc(sizeof *outer);
    *outer = (struct outer){
        .settings = settings, .archive = archive_read_new(), .arena = arena_new(), .descriptor = descriptor};
    if (!outer->archive) {
        fault("out of memory");
    }
    if (settings->decoder) {
        outer->utf8 = name_locale(settings->decoder);
    } else {
        outer->utf8 = outer->own = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    }
    archive_read_support_format_tar(outer->archive);
    archive_read_support_format_zip_seekable(outer->archive);
    /* A descriptor that cannot be opened shows at the first header. */
    (void)archive_read_open_fd(outer->archive, descriptor, READ_BLOCK);
    return outer;
}

void outer_close(struct outer *outer) {
    if (!outer) {
        return;
    }
    archive_read_free(outer->archive);
    (void)close(outer->descriptor);
    if (outer->own) {
        freelocale(outer->own);
    }
    arena_free(outer->arena);
    buffer_free(&outer->bytes);
    free(outer);
}

static void refuse(struct outer_member *member, const char *reason, const char *detail) {
    member->reason = reason;
    member->detail = detail;
}

/* The member's path; one that may not be used is shown as well as it can be. */
static void read_path(struct outer *outer, struct archive_entry *entry, struct outer_member *member) {
    const char *raw = archive_entry_pathname(entry);
    bool foreign = false;
    raw = raw ? raw : "";
    if (strncmp(raw, "./", 2) == 0) {
        raw += 2;
    }
    const char *path = name_decode(outer->settings->decoder, outer->arena, raw, strlen(raw), &foreign);
    const char *wrong = path ? name_fault(path, outer->settings->limits.max_name_bytes) : "is in no known encoding";
    member->path = path ? path : arena_string(outer->arena, raw);
    if (wrong) {
        refuse(member, "bad-name", arena_printf(outer->arena, "the name of the member %s", wrong));
    }
}

static void read_bytes(struct outer *outer, struct outer_member *member) {
    const void *block = NULL;
    size_t size = 0;
    la_int64_t offset = 0;
    int result = 0;
    buffer_clear(&outer->bytes);
    while ((result = archive_read_data_block(outer->archive, &block, &size, &offset)) == ARCHIVE_OK) {
        if (size > outer->settings->limits.max_bytes - outer->bytes.length) {
            refuse(member, "too-large", "more than bundle.maxBytes");
            return;
        }
        if (offset < 0 || (uint64_t)offset != outer->bytes.length) {
            refuse(member, "unreadable", "a sparse file");
            return;
        }
        buffer_append(&outer->bytes, block, size);
    }
    if (result != ARCHIVE_EOF) {
        bool encrypted = archive_read_has_encrypted_entries(outer->archive) == 1;
        const char *why = archive_error_string(outer->archive);
        refuse(member, encrypted ? "encrypted" : "unreadable",
               arena_string(outer->arena, why ? why : "the member cannot be read"));
        outer->ended = result == ARCHIVE_FATAL;
        return;
    }
    member->bytes = (const unsigned char *)(outer->bytes.bytes ? outer->bytes.bytes : "");
    member->length = outer->bytes.length;
    if (outer_is_one(member->bytes, member->length)) {
        refuse(member, "nesting", "an archive of archives inside an archive");
    }
}

/* What in an archive of bundles is a bundle: archives, XML and PDF files. */
static bool is_bundle(const struct outer_member *member) {
    return member->reason || detect_start(member->bytes, member->length) != FORMAT_UNKNOWN;
}

/* False: a folder, or a file that is no bundle. */
static bool take(struct outer *outer, struct archive_entry *entry, struct outer_member *member) {
    *member = (struct outer_member){0};
    arena_reset(outer->arena);
    bool folder = archive_entry_filetype(entry) == AE_IFDIR;
    if (folder) {
        return false;
    }
    read_path(outer, entry, member);
    if (!member->reason && (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry))) {
        refuse(member, "link", "a link, device, socket or FIFO");
    }
    if (!member->reason && archive_entry_is_encrypted(entry)) {
        refuse(member, "encrypted", "the member is encrypted");
    }
    if (!member->reason) {
        read_bytes(outer, member);
    }
    return is_bundle(member);
}

bool outer_next(struct outer *outer, struct outer_member *member) {
    struct archive_entry *entry = NULL;
    locale_t before = outer->utf8 ? uselocale(outer->utf8) : (locale_t)0;
    bool found = false;
    while (!outer->ended && !found) {
        int result = archive_read_next_header(outer->archive, &entry);
        if (result == ARCHIVE_OK || result == ARCHIVE_WARN) {
            found = take(outer, entry, member);
            continue;
        }
        outer->ended = true;
        if (result != ARCHIVE_EOF) {
            const char *why = archive_error_string(outer->archive);
            *member = (struct outer_member){
                .reason = "unreadable",
                .detail = arena_string(outer->arena, why ? why : "the archive of bundles cannot be read on")};
            found = true;
        }
    }
    if (before) {
        uselocale(before);
    }
    return found;
}
