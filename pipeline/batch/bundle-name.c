#include "batch/bundle-name.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/digest.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

enum {
    PART_BYTES = 180,  /* of one part: leaves room for suffixes and temporary names within 255 */
    NAME_BYTES = 1024, /* of all */
    CUT_DIGITS = 16,   /* of the digest that stands for what was cut */
    FIRST_SLOTS = 256,
};

struct slot {
    const char *name; /* NULL: free */
    unsigned bundles; /* that would have this NAME, were they alone */
};

/* A set of names: open addressing, a power of two slots, at most half full. */
struct bundle_names {
    struct arena *arena;
    struct slot *slots;
    size_t size, count;
};

struct bundle_names *bundle_names_new(void) {
    struct bundle_names *names = fault_malloc(sizeof *names);
    *names = (struct bundle_names){.arena = arena_new(), .size = FIRST_SLOTS};
    names->slots = arena_zero(names->arena, names->size * sizeof *names->slots);
    return names;
}

void bundle_names_free(struct bundle_names *names) {
    if (names) {
        arena_free(names->arena);
        free(names);
    }
}

static struct slot *slot_of(const struct bundle_names *names, const char *name) {
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (const char *at = name; *at; at++) {
        hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
    }
    size_t at = hash & (names->size - 1);
    while (names->slots[at].name && strcmp(names->slots[at].name, name) != 0) {
        at = (at + 1) & (names->size - 1);
    }
    return &names->slots[at];
}

static void grow(struct bundle_names *names) {
    const struct slot *old = names->slots;
    size_t size = names->size;
    names->size = size * 2;
    names->slots = arena_zero(names->arena, names->size * sizeof *names->slots);
    for (size_t i = 0; i < size; i++) {
        if (old[i].name) {
            *slot_of(names, old[i].name) = old[i];
        }
    }
}

/* False: the name is taken. */
static bool put(struct bundle_names *names, const char *name) {
    if (slot_of(names, name)->name) {
        return false;
    }
    if ((names->count + 1) * 2 > names->size) {
        grow(names);
    }
    slot_of(names, name)->name = name;
    names->count++;
    return true;
}

size_t bundle_suffix(const char *path) {
    static const char *const known[] = {".tar.gz", ".tar.zst", ".tar.xz", ".tgz",   ".tzst", ".txz",
                                        ".zip",    ".tar",     ".7z",     ".asice", ".xml",  ".pdf"};
    const char *slash = strrchr(path, '/');
    size_t length = strlen(slash ? slash + 1 : path);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t suffix = strlen(known[i]);
        if (length > suffix && strcasecmp(path + strlen(path) - suffix, known[i]) == 0) {
            return suffix;
        }
    }
    return 0;
}

/* One part of a path, as %XX where a byte is not fit for a file name. */
static void encode(struct buffer *out, const char *part, size_t length) {
    bool dots = (length == 1 && part[0] == '.') || (length == 2 && part[0] == '.' && part[1] == '.');
    for (size_t at = 0; at < length;) {
        utf8proc_int32_t character = -1;
        utf8proc_ssize_t taken =
            utf8proc_iterate((const utf8proc_uint8_t *)part + at, (utf8proc_ssize_t)(length - at), &character);
        bool fit = taken > 0 && utf8proc_category(character) != UTF8PROC_CATEGORY_CC && !dots;
        size_t width = taken > 0 ? (size_t)taken : 1;
        if (fit) {
            buffer_append(out, part + at, width);
        }
        for (size_t i = 0; !fit && i < width; i++) {
            buffer_printf(out, "%%%02X", (unsigned char)part[at + i]);
        }
        at += width;
    }
}

/* Where a text may be cut at or before a length: never inside a character. */
static size_t cut_before(const char *text, size_t length) {
    while (length && ((unsigned char)text[length] & 0xc0) == 0x80) {
        length--;
    }
    return length;
}

/* Cuts what stands behind from, where it is longer than most, and puts the start of its digest there. */
static void cut(struct buffer *out, size_t from, size_t most) {
    size_t length = out->length - from;
    if (length <= most) {
        return;
    }
    char digest[DIGEST_TEXT];
    digest_hex(out->bytes + from, length, digest);
    out->length = from + cut_before(out->bytes + from, most - CUT_DIGITS - 1);
    buffer_printf(out, "~%.*s", CUT_DIGITS, digest);
}

/* All parts encoded and cut; empty parts fall out, so no name is absolute. */
static const char *encode_path(struct arena *arena, const char *path, size_t length) {
    struct buffer out = {0};
    for (const char *part = path, *end = path + length; part < end;) {
        const char *slash = memchr(part, '/', (size_t)(end - part));
        size_t size = slash ? (size_t)(slash - part) : (size_t)(end - part);
        if (size) {
            if (out.length) {
                buffer_char(&out, '/');
            }
            size_t from = out.length;
            encode(&out, part, size);
            cut(&out, from, PART_BYTES);
        }
        part += size + 1;
    }
    if (!out.length) {
        buffer_string(&out, "bundle");
    }
    if (out.length > NAME_BYTES) { /* the folders go: their digest stays, as the one part */
        char digest[DIGEST_TEXT];
        digest_hex(out.bytes, out.length, digest);
        buffer_clear(&out);
        buffer_string(&out, digest);
    }
    const char *made = arena_copy(arena, out.bytes, out.length);
    buffer_free(&out);
    return made;
}

const char *bundle_names_take(struct bundle_names *names, const char *path) {
    size_t length = strlen(path);
    const char *plain = encode_path(names->arena, path, length - bundle_suffix(path));
    (void)put(names, plain);
    unsigned before = slot_of(names, plain)->bundles++;
    if (before == 0) {
        return plain;
    }
    const char *whole = encode_path(names->arena, path, length);
    if (before == 1 && put(names, whole)) {
        slot_of(names, whole)->bundles = 1;
        return whole;
    }
    for (unsigned number = before;; number++) {
        const char *numbered = arena_printf(names->arena, "%s~%u", plain, number > 1 ? number : 2);
        if (put(names, numbered)) {
            slot_of(names, numbered)->bundles = 1;
            return numbered;
        }
    }
}
