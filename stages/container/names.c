#include "container/names.h"

#include "base/arena.h"
#include "base/fault.h"
#include "container/container.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct name_decoder {
    locale_t utf8;
    size_t count;
    iconv_t converters[];
};

struct name_decoder *name_decoder_open(const char *const *encodings, size_t count, const char **unknown) {
    struct name_decoder *decoder = fault_malloc(sizeof *decoder + count * sizeof *decoder->converters);
    decoder->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    decoder->count = 0;
    for (size_t i = 0; i < count; i++) {
        iconv_t converter = iconv_open("UTF-8", encodings[i]);
        if (converter == (iconv_t)-1) { /* NOLINT(performance-no-int-to-ptr): the value that POSIX names */
            *unknown = encodings[i];
            name_decoder_close(decoder);
            return NULL;
        }
        decoder->converters[decoder->count++] = converter;
    }
    return decoder;
}

void name_decoder_close(struct name_decoder *decoder) {
    if (!decoder) {
        return;
    }
    for (size_t i = 0; i < decoder->count; i++) {
        iconv_close(decoder->converters[i]);
    }
    if (decoder->utf8) {
        freelocale(decoder->utf8);
    }
    free(decoder);
}

locale_t name_locale(const struct name_decoder *decoder) {
    return decoder->utf8;
}

bool name_is_utf8(const char *bytes, size_t length) {
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)bytes;
    while (length) {
        utf8proc_int32_t character;
        utf8proc_ssize_t taken = utf8proc_iterate(at, (utf8proc_ssize_t)length, &character);
        if (taken <= 0 || character == 0) {
            return false;
        }
        at += taken;
        length -= (size_t)taken;
    }
    return true;
}

static const char *convert(iconv_t converter, struct arena *arena, const char *bytes, size_t length) {
    enum { GROWTH = 4 }; /* no charset takes fewer bytes for a character than a quarter of UTF-8's */
    if (length > SIZE_MAX / GROWTH - 1) {
        return NULL;
    }
    size_t room = length * GROWTH, left = length;
    char *made = arena_alloc(arena, room + 1);
    char *in = arena_copy(arena, bytes, length), *out = made;
    (void)iconv(converter, NULL, NULL, NULL, NULL);
    size_t replaced = iconv(converter, &in, &left, &out, &room);
    if (replaced != 0 || left != 0 || iconv(converter, NULL, NULL, &out, &room) == (size_t)-1) {
        return NULL;
    }
    *out = '\0';
    return name_is_utf8(made, (size_t)(out - made)) ? made : NULL;
}

const char *name_decode(const struct name_decoder *decoder, struct arena *arena, const char *bytes, size_t length,
                        bool *foreign) {
    *foreign = false;
    if (name_is_utf8(bytes, length)) {
        return arena_copy(arena, bytes, length);
    }
    if (!decoder || memchr(bytes, '\0', length)) {
        return NULL;
    }
    *foreign = true;
    for (size_t i = 0; i < decoder->count; i++) {
        const char *path = convert(decoder->converters[i], arena, bytes, length);
        if (path) {
            return path;
        }
    }
    return NULL;
}

static const char *character_fault(const char *path) {
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)path;
    while (*at) {
        utf8proc_int32_t character;
        utf8proc_ssize_t taken = utf8proc_iterate(at, -1, &character);
        if (taken <= 0) {
            return "is not valid UTF-8";
        }
        if (utf8proc_category(character) == UTF8PROC_CATEGORY_CC) {
            return "has a control character";
        }
        if (character == '\\') {
            return "has a backslash";
        }
        at += taken;
    }
    return NULL;
}

static const char *component_fault(const char *component, size_t length, bool last) {
    if (length == 0) {
        return last ? NULL : "has an empty part";
    }
    if (length == 1 && component[0] == '.') {
        return "has the part \".\"";
    }
    if (length == 2 && component[0] == '.' && component[1] == '.') {
        return "has the part \"..\"";
    }
    return NULL;
}

static bool has_drive(const char *path) {
    char letter = (char)(path[0] | 0x20);
    return letter >= 'a' && letter <= 'z' && path[1] == ':';
}

const char *name_fault(const char *path, size_t max_bytes) {
    if (!*path) {
        return "is empty";
    }
    if (strlen(path) > max_bytes) {
        return "is longer than bundle.maxNameBytes";
    }
    if (*path == '/' || has_drive(path)) {
        return "is absolute";
    }
    const char *wrong = character_fault(path);
    for (const char *part = path; part && !wrong;) {
        const char *slash = strchr(part, '/');
        wrong = component_fault(part, slash ? (size_t)(slash - part) : strlen(part), !slash);
        part = slash ? slash + 1 : NULL;
    }
    return wrong;
}

struct folded {
    const char *key;
    const char *path;
};

static int compare_folded(const void *a, const void *b) {
    return strcmp(((const struct folded *)a)->key, ((const struct folded *)b)->key);
}

/* NFC, case folding, NFC again: folding may take a name out of NFC. */
static const char *fold(struct arena *arena, const char *path) {
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)path, 0, &made,
                                           UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    if (length < 0) {
        return path;
    }
    const char *key = arena_copy(arena, (const char *)made, (size_t)length);
    free(made);
    return key;
}

/* The folder that holds a path, or NULL; keys of the folders of files are looked up among the files. */
static const struct folded *file_as_folder(struct arena *arena, const struct folded *names, size_t count,
                                           const char *key) {
    char *folder = arena_string(arena, key);
    for (char *slash = strrchr(folder, '/'); slash; slash = strrchr(folder, '/')) {
        *slash = '\0';
        struct folded wanted = {.key = folder};
        const struct folded *found = bsearch(&wanted, names, count, sizeof *names, compare_folded);
        if (found) {
            return found;
        }
    }
    return NULL;
}

bool names_distinct(struct container *container) {
    size_t count = container->count;
    struct folded *names = arena_alloc(container->arena, count * sizeof *names);
    for (size_t i = 0; i < count; i++) {
        const char *path = container->entries[i].path;
        names[i] = (struct folded){.key = fold(container->arena, path), .path = path};
    }
    qsort(names, count, sizeof *names, compare_folded);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(names[i - 1].key, names[i].key) == 0) {
            return container_refuse(container, "duplicate-name", names[i].path, -1, "the same name as %s",
                                    names[i - 1].path);
        }
    }
    for (size_t i = 0; i < count; i++) {
        const struct folded *file = file_as_folder(container->arena, names, count, names[i].key);
        if (file) {
            return container_refuse(container, "duplicate-name", names[i].path, -1,
                                    "lies in a folder that is a file, %s", file->path);
        }
    }
    return true;
}
