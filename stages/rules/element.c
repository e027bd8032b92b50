/* Reading the elements of pack files. */
#include "rules/load.h"

#include "base/arena.h"

#include <stdarg.h>
#include <string.h>

static bool same(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool is_element(const struct source *source, const char *ns, const char *name) {
    return same(source->ns, ns) && same(source->name, name);
}

static const struct source *from_here(const struct source *source, const char *ns, const char *name) {
    while (source && !is_element(source, ns, name)) {
        source = source->next;
    }
    return source;
}

const struct source *first_element(const struct source *parent, const char *ns, const char *name) {
    return from_here(parent->first, ns, name);
}

const struct source *next_element(const struct source *element, const char *ns, const char *name) {
    return from_here(element->next, ns, name);
}

static const char *attribute_in(const struct source *source, const char *ns, const char *name) {
    for (const struct source_attribute *a = source->attributes; a; a = a->next) {
        if (same(a->ns, ns) && same(a->name, name)) {
            return a->value;
        }
    }
    return NULL;
}

const char *attribute(const struct source *source, const char *name) {
    return attribute_in(source, NULL, name);
}

const char *tw_attribute(const struct source *source, const char *name) {
    return attribute_in(source, TIDEWAITER, name);
}

void pack_complain(struct loader *loader, const struct pack_file *file, const struct source *at, const char *format,
                   ...) {
    va_list values;
    va_start(values, format);
    const char *text = arena_vprintf(loader->arena, format, values);
    va_end(values);
    problem(loader->problems, file->path, at ? at->element->line : 0, at ? at->element->column : 0, "%s", text);
}

static void check_attribute(struct loader *loader, const struct pack_file *file, const struct source *source,
                            const struct source_attribute *a, const char *allowed) {
    size_t count = 0;
    const char *const *words = words_of(loader->arena, allowed ? allowed : "", &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], a->name ? a->name : "") == 0) {
            return;
        }
    }
    const char *local = strchr(a->written, ':');
    const char *nearest = problem_nearest(local ? local + 1 : a->written, words, count);
    pack_complain(loader, file, source, nearest ? "no attribute %s on %s; did you mean %s?" : "no attribute %s on %s",
                  a->written, source->element->name, nearest);
}

void check_attributes(struct loader *loader, const struct pack_file *file, const struct source *source,
                      const char *plain, const char *ours) {
    for (const struct source_attribute *a = source->attributes; a; a = a->next) {
        if (!a->ns) {
            check_attribute(loader, file, source, a, plain);
        } else if (same(a->ns, TIDEWAITER)) {
            check_attribute(loader, file, source, a, ours);
        } /* attributes of other namespaces are foreign, as the standard allows */
    }
}

static bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const char *collapsed(struct arena *arena, const char *text) {
    char *out = arena_alloc(arena, strlen(text) + 1);
    size_t length = 0;
    for (const char *c = text; *c; c++) {
        if (!blank(*c)) {
            out[length++] = *c;
        } else if (length && out[length - 1] != ' ') {
            out[length++] = ' ';
        }
    }
    while (length && out[length - 1] == ' ') {
        length--;
    }
    out[length] = '\0';
    return out;
}

struct list {
    const char **items;
    size_t count, capacity;
};

static void add(struct arena *arena, struct list *list, const char *item) {
    if (list->count + 1 >= list->capacity) {
        list->items = arena_grow(arena, list->items, &list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = item;
    list->items[list->count] = NULL;
}

const char *const *words_of(struct arena *arena, const char *text, size_t *count) {
    struct list list = {0};
    while (*text) {
        size_t length = strcspn(text, " \t\r\n");
        if (length) {
            add(arena, &list, arena_copy(arena, text, length));
        }
        text += length + (text[length] != '\0');
    }
    *count = list.count;
    return list.items;
}

/* Where a part ends: at the separator, but not within quotes or brackets. */
static size_t part_length(const char *text, char separator) {
    size_t i = 0;
    unsigned depth = 0;
    char quote = '\0';
    for (; text[i]; i++) {
        char c = text[i];
        if (quote && c == quote) {
            quote = '\0';
        } else if (quote) {
            continue;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '(' || c == '[') {
            depth++;
        } else if ((c == ')' || c == ']') && depth) {
            depth--;
        } else if (c == separator && !depth) {
            break;
        }
    }
    return i;
}

static const char *trimmed(struct arena *arena, const char *text, size_t length) {
    while (length && blank(*text)) {
        text++;
        length--;
    }
    while (length && blank(text[length - 1])) {
        length--;
    }
    return arena_copy(arena, text, length);
}

const char *const *parts_of(struct arena *arena, const char *text, char separator, size_t *count) {
    struct list list = {0};
    while (*text) {
        size_t length = part_length(text, separator);
        const char *part = trimmed(arena, text, length);
        if (*part) {
            add(arena, &list, part);
        }
        text += length + (text[length] != '\0');
    }
    *count = list.count;
    return list.items;
}
