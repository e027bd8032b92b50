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

/* A line of the list: 64 hex digits, two blanks (or a blank and '*'), the path. */
struct line {
    const char *digest, *path;
};

static bool is_digest(const char *text) {
    return strspn(text, "0123456789abcdef") >= DIGEST_TEXT - 1;
}

static bool read_line(char *text, struct line *line) {
    if (!is_digest(text) || text[DIGEST_TEXT - 1] != ' ' || (text[DIGEST_TEXT] != ' ' && text[DIGEST_TEXT] != '*') ||
        text[DIGEST_TEXT + 1] == '\0') {
        return false;
    }
    text[DIGEST_TEXT - 1] = '\0';
    *line = (struct line){.digest = text, .path = text + DIGEST_TEXT + 1};
    return true;
}

/* A file of the container, and whether the list has a line for it. */
struct placed {
    const struct container_entry *entry;
    bool listed;
};

static int compare_placed(const void *a, const void *b) {
    return strcmp(((const struct placed *)a)->entry->path, ((const struct placed *)b)->entry->path);
}

static int compare_path(const void *path, const void *placed) {
    return strcmp(path, ((const struct placed *)placed)->entry->path);
}

struct check {
    const struct container *container;
    struct placed *sorted; /* by path */
    struct verification result;
};

static void add_file(struct check *check, const char *path, enum verified state) {
    struct verification *result = &check->result;
    if (result->count == result->capacity) {
        result->files = arena_grow(check->container->arena, result->files, &result->capacity, sizeof *result->files);
    }
    result->files[result->count++] = (struct verified_file){path, state};
    result->wrong += state != VERIFIED_SAME;
}

static struct placed *find(const struct check *check, const char *path) {
    return bsearch(path, check->sorted, check->container->count, sizeof *check->sorted, compare_path);
}

static void check_line(struct check *check, const struct line *line) {
    struct placed *placed = find(check, line->path);
    if (!placed) {
        add_file(check, line->path, VERIFIED_MISSING);
        return;
    }
    char digest[DIGEST_TEXT];
    digest_hex(placed->entry->bytes, placed->entry->length, digest);
    placed->listed = true;
    add_file(check, line->path, strcmp(digest, line->digest) == 0 ? VERIFIED_SAME : VERIFIED_DIFFERS);
}

static void check_list(struct check *check, const struct container_entry *list) {
    char *text = arena_copy(check->container->arena, (const char *)list->bytes, list->length);
    if (strlen(text) != list->length) {
        check->result.fault = ASIC_DIGESTS " is no list of digests";
        return;
    }
    while (*text) {
        char *end = strchr(text, '\n');
        struct line line;
        if (end) {
            *end = '\0';
        }
        if (!end || !read_line(text, &line)) {
            check->result.fault = ASIC_DIGESTS " is no list of digests";
            return;
        }
        check_line(check, &line);
        text = end + 1;
    }
}

/* What the list does not speak of: itself, the media type, and the seal, which covers the list. */
static bool needs_no_line(const char *path) {
    return strcmp(path, ASIC_DIGESTS) == 0 || strcmp(path, "mimetype") == 0 || begins(path, "META-INF/");
}

struct verification asic_verify(const struct container *container) {
    size_t count = container->count;
    struct check check = {
        .container = container,
        .sorted = arena_zero(container->arena, count * sizeof *check.sorted),
    };
    for (size_t i = 0; i < count; i++) {
        check.sorted[i].entry = &container->entries[i];
    }
    qsort(check.sorted, count, sizeof *check.sorted, compare_placed);
    const struct placed *list = find(&check, ASIC_DIGESTS);
    if (!list) {
        check.result.fault = ASIC_DIGESTS " is missing";
        return check.result;
    }
    check_list(&check, list->entry);
    for (size_t i = 0; i < count && !check.result.fault; i++) {
        const char *path = check.sorted[i].entry->path;
        if (!check.sorted[i].listed && !needs_no_line(path)) {
            add_file(&check, path, VERIFIED_ADDED);
        }
    }
    return check.result;
}
