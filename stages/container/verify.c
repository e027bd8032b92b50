#include "container/verify.h"

#include "base/arena.h"
#include "base/digest.h"

#include <stdlib.h>
#include <string.h>

const char *verified_name(enum verified state) {
    static const char *const names[] = {"same", "differs", "missing", "added"};
    return names[state];
}

static bool begins(const char *path, const char *prefix) {
    return strncmp(path, prefix, strlen(prefix)) == 0;
}

bool asic_is_ours(const struct container *container) {
    const size_t media_length = strlen(ASIC_MEDIA_TYPE);
    if (container->count == 0 || strcmp(container->format, "zip") != 0) {
        return false;
    }
    const struct container_entry *first = &container->entries[0];
    if (strcmp(first->path, "mimetype") != 0 || first->length != media_length ||
        memcmp(first->bytes, ASIC_MEDIA_TYPE, media_length) != 0) {
        return false;
    }
    for (size_t i = 1; i < container->count; i++) {
        const char *path = container->entries[i].path;
        if (begins(path, "clearance/") || begins(path, ASIC_ORIGINAL)) {
            return true;
        }
    }
    return false;
}

/* A file of the container, and whether something is stated of it. */
struct placed {
    const struct container_entry *entry;
    bool stated;
};

static int compare_placed(const void *a, const void *b) {
    return strcmp(((const struct placed *)a)->entry->path, ((const struct placed *)b)->entry->path);
}

static int compare_path(const void *path, const void *placed) {
    return strcmp(path, ((const struct placed *)placed)->entry->path);
}

static void add_file(struct arena *arena, struct verification *result, const char *path, enum verified state) {
    if (result->count == result->capacity) {
        result->files = arena_grow(arena, result->files, &result->capacity, sizeof *result->files);
    }
    result->files[result->count++] = (struct verified_file){path, state};
    result->wrong += state != VERIFIED_SAME;
}

static enum verified state_of(struct placed *placed, const char *sha256) {
    char digest[DIGEST_TEXT];
    if (!placed) {
        return VERIFIED_MISSING;
    }
    digest_hex(placed->entry->bytes, placed->entry->length, digest);
    placed->stated = true;
    return strcmp(digest, sha256) == 0 ? VERIFIED_SAME : VERIFIED_DIFFERS;
}

struct verification container_compare(const struct container *container, const struct stated_file *stated, size_t count,
                                      bool (*needs_none)(const char *path)) {
    struct verification result = {0};
    struct placed *sorted = arena_zero(container->arena, container->count * sizeof *sorted);
    for (size_t i = 0; i < container->count; i++) {
        sorted[i].entry = &container->entries[i];
    }
    qsort(sorted, container->count, sizeof *sorted, compare_placed);
    for (size_t i = 0; i < count; i++) {
        struct placed *placed = bsearch(stated[i].path, sorted, container->count, sizeof *sorted, compare_path);
        add_file(container->arena, &result, stated[i].path, state_of(placed, stated[i].sha256));
    }
    for (size_t i = 0; i < container->count; i++) {
        if (!sorted[i].stated && !needs_none(sorted[i].entry->path)) {
            add_file(container->arena, &result, sorted[i].entry->path, VERIFIED_ADDED);
        }
    }
    return result;
}

/* ---- clearance/digests.txt ---- */

static bool is_digest(const char *text) {
    return strspn(text, "0123456789abcdef") >= DIGEST_TEXT - 1;
}

/* A line of the list: 64 hex digits, two blanks (or a blank and '*'), the path. */
static bool read_line(char *text, struct stated_file *line) {
    if (!is_digest(text) || text[DIGEST_TEXT - 1] != ' ' || (text[DIGEST_TEXT] != ' ' && text[DIGEST_TEXT] != '*') ||
        text[DIGEST_TEXT + 1] == '\0') {
        return false;
    }
    text[DIGEST_TEXT - 1] = '\0';
    *line = (struct stated_file){.path = text + DIGEST_TEXT + 1, .sha256 = text};
    return true;
}

/* The lines of the list; NULL: it is no such list. */
static struct stated_file *read_list(const struct container *container, const struct container_entry *list,
                                     size_t *count) {
    struct stated_file *lines = arena_alloc(container->arena, sizeof *lines);
    size_t capacity = 1;
    char *text = arena_copy(container->arena, (const char *)list->bytes, list->length);
    bool fine = strlen(text) == list->length;
    for (*count = 0; fine && *text;) {
        char *end = strchr(text, '\n');
        if (*count == capacity) {
            lines = arena_grow(container->arena, lines, &capacity, sizeof *lines);
        }
        fine = end;
        if (end) {
            *end = '\0';
            fine = read_line(text, &lines[(*count)++]);
            text = end + 1;
        }
    }
    return fine ? lines : NULL;
}

/* What the list does not speak of: itself, the media type, and the seal, which covers the list. */
static bool needs_no_line(const char *path) {
    return strcmp(path, ASIC_DIGESTS) == 0 || strcmp(path, "mimetype") == 0 || begins(path, "META-INF/");
}

struct verification asic_verify(const struct container *container) {
    size_t count = 0;
    const struct container_entry *list = container_find(container, ASIC_DIGESTS);
    const struct stated_file *lines = list ? read_list(container, list, &count) : NULL;
    if (!lines) {
        return (struct verification){.fault =
                                         list ? ASIC_DIGESTS " is no list of digests" : ASIC_DIGESTS " is missing"};
    }
    return container_compare(container, lines, count, needs_no_line);
}
