/* Reads the files of a pack, parses and digests them. */
#include "rules/load.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "xml/parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct xml_limits limits = {.max_bytes = PACK_FILE_LIMIT, .max_text = PACK_FILE_LIMIT, .max_depth = 64};

struct reading {
    struct loader *loader;
    struct pack *pack;
    size_t pack_index;
    const char *directory;
    struct digest_line {
        const char *name;
        char sha256[DIGEST_TEXT];
    } * lines;
    size_t count, capacity;
};

static void note_digest(struct reading *r, const char *name, const char *bytes, size_t length) {
    if (r->count == r->capacity) {
        r->lines = arena_grow(r->loader->arena, r->lines, &r->capacity, sizeof *r->lines);
    }
    struct digest_line *line = &r->lines[r->count++];
    line->name = name;
    digest_hex(bytes, length, line->sha256);
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const struct digest_line *)a)->name, ((const struct digest_line *)b)->name);
}

static void finish_digest(struct reading *r) {
    if (r->count) {
        qsort(r->lines, r->count, sizeof *r->lines, by_name);
    }
    struct buffer text = {0};
    buffer_string(&text, "");
    for (size_t i = 0; i < r->count; i++) {
        buffer_printf(&text, "%s %s\n", r->lines[i].sha256, r->lines[i].name);
    }
    digest_hex(text.bytes, text.length, r->pack->digest);
    buffer_free(&text);
}

/* Attribute values and texts lie in the source tree, which lives as long as the rulebook. */
static void parse(struct loader *loader, struct pack_file *file, size_t length) {
    file->xml = xml_parse_scratch(loader->arena, NULL, (const unsigned char *)file->bytes, length, 1, &limits);
    if (xml_state(file->xml) == XML_WELL_FORMED) {
        file->root = xml_source_loading(file->xml, loader->names);
    } else {
        uint32_t line = 0;
        uint32_t column = 0;
        const char *message = xml_message(file->xml, &line, &column);
        problem(loader->problems, file->path, line, column, "%s", message ? message : "not well-formed");
    }
}

static void find_lines(struct arena *arena, struct pack_file *file) {
    size_t capacity = 0;
    const char **lines = NULL;
    for (const char *at = file->bytes; at; at = strchr(at, '\n')) {
        at += file->line_count > 0;
        if (file->line_count == capacity) {
            lines = arena_grow(arena, lines, &capacity, sizeof *lines);
        }
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): grown above */
        lines[file->line_count++] = at;
    }
    file->lines = lines;
}

/* Adds a file to the loader; its root stays NULL where it could not be read. */
static struct pack_file *read_one(struct reading *r, enum pack_file_kind kind, const char *name) {
    struct loader *loader = r->loader;
    struct pack_file *file = arena_zero(loader->arena, sizeof *file);
    file->kind = kind;
    file->name = arena_string(loader->arena, name);
    file->path = arena_printf(loader->arena, "%s/%s", r->directory, name);
    file->pack = r->pack_index;
    size_t length = 0;
    char *bytes = file_read(file->path, PACK_FILE_LIMIT, &length);
    if (!bytes) {
        problem(loader->problems, file->path, 0, 0, "cannot be read: %s", strerror(errno));
        return file;
    }
    note_digest(r, file->name, bytes, length);
    if (kind == FILE_EXAMPLE && loader->without_examples) {
        free(bytes);
        return file;
    }
    file->bytes = arena_copy(loader->arena, bytes, length);
    free(bytes);
    find_lines(loader->arena, file);
    parse(loader, file, length);
    if (loader->file_count == loader->file_capacity) {
        loader->files = arena_grow(loader->arena, loader->files, &loader->file_capacity, sizeof *loader->files);
    }
    loader->files[loader->file_count++] = file;
    return file;
}

static void read_examples(struct reading *r, const char *folder) {
    char *path = arena_printf(r->loader->arena, "%s/%s", r->directory, folder);
    struct file_list list = {0};
    if (!file_list(path, &list)) {
        return; /* a pack may have none yet */
    }
    for (size_t i = 0; i < list.count; i++) {
        if (file_has_suffix(list.names[i], ".xml")) {
            read_one(r, FILE_EXAMPLE, arena_printf(r->loader->arena, "%s/%s", folder, list.names[i]));
        }
    }
    file_list_free(&list);
}

static unsigned read_point(struct reading *r, const struct pack_file *index, const struct source *at) {
    const char *point = attribute(at, "point");
    if (!point || point[0] < '1' || point[0] > '7' || point[1]) {
        pack_complain(r->loader, index, at, "a file says its point: 1 to 6, or 7 for loading and settlement");
        return 0;
    }
    return (unsigned)(point[0] - '0');
}

static void read_entry(struct reading *r, const struct pack_file *index, const struct source *at) {
    const char *href = attribute(at, "href");
    if (!href || strstr(href, "..") || href[0] == '/') {
        pack_complain(r->loader, index, at, "href must name a file of this pack");
    } else if (is_element(at, TIDEWAITER, "shared")) {
        read_one(r, FILE_SHARED, href);
    } else if (is_element(at, TIDEWAITER, "file")) {
        read_one(r, FILE_SCHEMA, href)->point = read_point(r, index, at);
    } else if (is_element(at, TIDEWAITER, "cascades")) {
        read_one(r, FILE_CASCADES, href);
    } else if (is_element(at, TIDEWAITER, "examples")) {
        read_examples(r, href);
    } else {
        pack_complain(r->loader, index, at, "no element %s in pack.xml: shared, file, cascades, examples",
                      at->element->name);
    }
}

static void read_indexed(struct reading *r) {
    struct loader *loader = r->loader;
    const struct pack_file *index = read_one(r, FILE_INDEX, "pack.xml");
    const struct source *root = index->root;
    if (!root) {
        return;
    }
    if (!is_element(root, TIDEWAITER, "pack")) {
        pack_complain(loader, index, root, "not a pack: the root is pack in namespace " TIDEWAITER);
        return;
    }
    check_attributes(loader, index, root, "id version from", NULL);
    r->pack->id = attribute(root, "id");
    r->pack->version = attribute(root, "version");
    r->pack->from = attribute(root, "from");
    if (!r->pack->id) {
        pack_complain(loader, index, root, "a pack has an id");
        r->pack->id = r->directory;
    }
    for (const struct source *at = root->first; at; at = at->next) {
        read_entry(r, index, at);
    }
}

static void read_plain(struct reading *r, const struct file_list *list) {
    size_t found = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (file_has_suffix(list->names[i], ".sch")) {
            read_one(r, FILE_SCHEMA, list->names[i]);
            found++;
        }
    }
    if (!found) {
        problem(r->loader->problems, r->directory, 0, 0, "no pack.xml and no *.sch in this folder");
    }
}

/* "house/acme/" is called "acme". */
static const char *last_part(struct arena *arena, const char *directory) {
    size_t end = strlen(directory);
    while (end > 1 && directory[end - 1] == '/') {
        end--;
    }
    size_t begin = end;
    while (begin && directory[begin - 1] != '/') {
        begin--;
    }
    return arena_copy(arena, directory + begin, end - begin);
}

void pack_read(struct loader *loader, const char *directory, bool ours) {
    struct rulebook *book = loader->book;
    struct reading r = {.loader = loader, .directory = arena_string(loader->arena, directory)};
    r.pack_index = book->pack_count++;
    r.pack = &book->packs[r.pack_index];
    r.pack->directory = r.directory;
    r.pack->id = last_part(loader->arena, directory);
    r.pack->ours = ours;
    struct file_list list = {0};
    if (!file_list(directory, &list)) {
        problem(loader->problems, r.directory, 0, 0, "the folder cannot be read: %s", strerror(errno));
        return;
    }
    bool indexed = false;
    for (size_t i = 0; i < list.count; i++) {
        indexed = indexed || strcmp(list.names[i], "pack.xml") == 0;
    }
    if (indexed) {
        read_indexed(&r);
    } else {
        read_plain(&r, &list);
    }
    file_list_free(&list);
    finish_digest(&r);
}
