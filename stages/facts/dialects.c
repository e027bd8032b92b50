#include "facts/dialects.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/problems.h"
#include "facts/map-item.h"
#include "facts/seek.h"
#include "tree/names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LARGEST_FILE = 16 << 20, DEEPEST_ENVELOPE = 16, DEEPEST_LAYER = 8 };

/* All roots of one expanded name, layers before their base. */
struct known_root {
    const char *ns, *name;
    const struct root **items;
    size_t count, capacity;
};

struct envelope {
    const char *ns, *name;
};

struct dialects {
    struct arena *arena;
    struct names *names;
    struct dialect **items; /* sorted by name */
    size_t count, capacity;
    struct known_root *roots; /* sorted by name, then namespace */
    size_t root_count, root_capacity;
    struct envelope *envelopes;
    size_t envelope_count, envelope_capacity;
};

/* A folder while it is loaded. */
struct folder {
    const char *name, *map_path, *codes_path;
    struct map_file *map;
    struct codes *codes;
    struct dialect *dialect;
    bool busy, done; /* being made whole, for cycles of base= */
};

struct loader {
    struct dialects *dialects;
    const struct vocabulary *vocabulary;
    const struct masses *masses;
    struct folder *folders;
    size_t count;
    struct problems *problems;
};

static bool same(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* A whole file in the arena; NULL: a problem, or, where it may be missing, none there. */
static char *read_file(struct loader *loader, const char *path, bool optional, size_t *length) {
    char *bytes = file_read(path, LARGEST_FILE, length);
    if (!bytes) {
        if (!optional || errno != ENOENT) {
            problem(loader->problems, path, 0, 0, "%s", strerror(errno));
        }
        return NULL;
    }
    char *copy = arena_copy(loader->dialects->arena, bytes, *length);
    free(bytes);
    return copy;
}

static void read_envelopes(struct loader *loader, const char *path) {
    struct dialects *dialects = loader->dialects;
    size_t length;
    const char *text = read_file(loader, path, true, &length);
    struct csv csv;
    if (!text || !csv_read(dialects->arena, path, text, length, &csv, loader->problems)) {
        return;
    }
    int ns = csv_column(&csv, "namespace");
    int name = csv_column(&csv, "name");
    if (ns < 0 || name < 0) {
        problem(loader->problems, path, 1, 0, "columns namespace and name are needed");
        return;
    }
    for (size_t i = 0; i < csv.count; i++) {
        const char *uri = csv_field(&csv.records[i], ns);
        if (dialects->envelope_count == dialects->envelope_capacity) {
            dialects->envelopes = arena_grow(dialects->arena, dialects->envelopes, &dialects->envelope_capacity,
                                             sizeof *dialects->envelopes);
        }
        dialects->envelopes[dialects->envelope_count++] =
            (struct envelope){*uri ? names_intern(dialects->names, uri) : NULL,
                              names_intern(dialects->names, csv_field(&csv.records[i], name))};
    }
}

static void read_folders(struct loader *loader, const char *path) {
    struct arena *arena = loader->dialects->arena;
    struct file_list list;
    if (!file_list(path, &list)) {
        problem(loader->problems, path, 0, 0, "%s", strerror(errno));
        return;
    }
    loader->folders = arena_zero(arena, (list.count + 1) * sizeof *loader->folders);
    for (size_t i = 0; i < list.count; i++) {
        const char *name = list.names[i];
        struct folder folder = {
            .name = arena_string(arena, name),
            .map_path = arena_printf(arena, "%s/%s/%s.map.xml", path, name, name),
            .codes_path = arena_printf(arena, "%s/%s/%s.codes.csv", path, name, name),
        };
        size_t length;
        char *text = file_read(folder.map_path, LARGEST_FILE, &length);
        if (!text) {
            if (errno != ENOENT && errno != ENOTDIR) {
                problem(loader->problems, folder.map_path, 0, 0, "%s", strerror(errno));
            }
            continue;
        }
        folder.map = map_file_read(arena, loader->dialects->names, folder.map_path, text, length, loader->problems);
        free(text);
        if (folder.map) {
            loader->folders[loader->count++] = folder;
        }
    }
    file_list_free(&list);
}

static struct folder *folder_of(struct loader *loader, const char *dialect) {
    for (size_t i = 0; i < loader->count; i++) {
        if (same(loader->folders[i].map->head.dialect, dialect)) {
            return &loader->folders[i];
        }
    }
    return NULL;
}

/* Bases first; a layer is laid over its base's items and inherits its codes. */
static void make_whole(struct loader *loader, struct folder *folder) {
    if (folder->done) {
        return;
    }
    struct arena *arena = loader->dialects->arena;
    const struct codes *inherited = NULL;
    const char *base = folder->map->head.base;
    folder->busy = true;
    if (base) {
        struct folder *below = folder_of(loader, base);
        if (!below || below->busy) {
            problem(loader->problems, folder->map_path, folder->map->line, 0,
                    below ? "base \"%s\" leads back to this map" : "no base \"%s\"", base);
        } else {
            make_whole(loader, below);
            map_layer(arena, folder->map, below->map);
            inherited = below->codes;
        }
    }
    size_t length = 0;
    const char *text = read_file(loader, folder->codes_path, true, &length);
    folder->codes = codes_new(arena, folder->codes_path, text, length, inherited, loader->problems);
    folder->busy = false;
    folder->done = true;
    folder->dialect = map_compile(arena, loader->dialects->names, loader->vocabulary, folder->map, folder->codes,
                                  loader->masses, loader->problems);
}

static int by_name(const void *a, const void *b) {
    return strcmp((*(struct dialect *const *)a)->name, (*(struct dialect *const *)b)->name);
}

static void collect(struct loader *loader) {
    struct dialects *dialects = loader->dialects;
    for (size_t i = 0; i < loader->count; i++) {
        const char *name = loader->folders[i].map->head.dialect;
        if (dialect_named(dialects, name)) {
            problem(loader->problems, loader->folders[i].map_path, loader->folders[i].map->line, 0,
                    "dialect \"%s\" is also that of %s", name, dialect_named(dialects, name)->file);
            continue;
        }
        if (dialects->count == dialects->capacity) {
            dialects->items =
                arena_grow(dialects->arena, dialects->items, &dialects->capacity, sizeof(struct dialect *));
        }
        dialects->items[dialects->count++] = loader->folders[i].dialect;
    }
    if (dialects->count) {
        qsort(dialects->items, dialects->count, sizeof(struct dialect *), by_name);
    }
}

/* How many bases are below a dialect. */
static unsigned layers(const struct dialects *dialects, const struct dialect *dialect) {
    unsigned depth = 0;
    while (dialect && dialect->base && depth < DEEPEST_LAYER) {
        dialect = dialect_named(dialects, dialect->base);
        depth++;
    }
    return depth;
}

static bool lies_on(const struct dialects *dialects, const struct dialect *layer, const struct dialect *base) {
    for (unsigned depth = 0; layer->base && depth < DEEPEST_LAYER; depth++) {
        layer = dialect_named(dialects, layer->base);
        if (!layer || layer == base) {
            return layer;
        }
    }
    return false;
}

static struct known_root *root_for(struct dialects *dialects, const char *ns, const char *name) {
    for (size_t i = 0; i < dialects->root_count; i++) {
        if (dialects->roots[i].ns == ns && dialects->roots[i].name == name) {
            return &dialects->roots[i];
        }
    }
    if (dialects->root_count == dialects->root_capacity) {
        dialects->roots =
            arena_grow(dialects->arena, dialects->roots, &dialects->root_capacity, sizeof *dialects->roots);
    }
    dialects->roots[dialects->root_count] = (struct known_root){.ns = ns, .name = name};
    return &dialects->roots[dialects->root_count++];
}

/* Two maps may claim one root when one is a layer of the other, or when both say when=. */
static void check_claim(struct loader *loader, const struct known_root *known, const struct root *root) {
    for (size_t i = 0; i < known->count; i++) {
        const struct root *other = known->items[i];
        bool related = other->dialect == root->dialect || lies_on(loader->dialects, other->dialect, root->dialect) ||
                       lies_on(loader->dialects, root->dialect, other->dialect);
        if (!related && (!other->entry->when_count || !root->entry->when_count)) {
            problem(loader->problems, root->dialect->file, root->entry->line, 0,
                    "{%s}%s is also a root of %s (line %u); tell them apart with when=", root->ns ? root->ns : "",
                    root->name, other->dialect->name, other->entry->line);
            return;
        }
    }
}

static void add_roots(struct loader *loader, const struct dialect *dialect) {
    struct dialects *dialects = loader->dialects;
    for (size_t i = 0; i < dialect->root_count; i++) {
        const struct root *root = &dialect->roots[i];
        struct known_root *known = root_for(dialects, root->ns, root->name);
        check_claim(loader, known, root);
        if (known->count == known->capacity) {
            known->items = arena_grow(dialects->arena, known->items, &known->capacity, sizeof(struct root *));
        }
        known->items[known->count++] = root;
    }
}

static void collect_roots(struct loader *loader) {
    for (unsigned depth = DEEPEST_LAYER + 1; depth-- > 0;) {
        for (size_t i = 0; i < loader->dialects->count; i++) {
            if (layers(loader->dialects, loader->dialects->items[i]) == depth) {
                add_roots(loader, loader->dialects->items[i]);
            }
        }
    }
}

struct dialects *dialects_load(struct names *names, const struct vocabulary *vocabulary, const char *folder,
                               const char *units, struct problems *problems) {
    size_t before = problems->count;
    struct dialects *dialects = fault_malloc(sizeof *dialects);
    *dialects = (struct dialects){.arena = arena_new(), .names = names};
    struct loader loader = {.dialects = dialects, .vocabulary = vocabulary, .problems = problems};
    size_t length = 0;
    const char *text = read_file(&loader, units, false, &length);
    loader.masses = text ? masses_new(dialects->arena, units, text, length, problems) : NULL;
    read_envelopes(&loader, arena_printf(dialects->arena, "%s/envelopes.csv", folder));
    read_folders(&loader, folder);
    for (size_t i = 0; i < loader.count; i++) {
        make_whole(&loader, &loader.folders[i]);
    }
    collect(&loader);
    collect_roots(&loader);
    for (size_t i = 0; i < loader.count; i++) {
        map_file_release(loader.folders[i].map);
    }
    if (problems->count > before) {
        dialects_free(dialects);
        return NULL;
    }
    return dialects;
}

void dialects_free(struct dialects *dialects) {
    if (dialects) {
        arena_free(dialects->arena);
        free(dialects);
    }
}

static const struct known_root *find_root(const struct dialects *dialects, const char *ns, const char *name) {
    for (size_t i = 0; name && i < dialects->root_count; i++) {
        if (dialects->roots[i].name == name && dialects->roots[i].ns == ns) {
            return &dialects->roots[i];
        }
    }
    return NULL;
}

/* Of the entries of a node that hold a document, the first in the map that is under no condition. */
static const struct map_entry *likeliest(const struct node *node) {
    const struct map_entry *first = NULL;
    for (; node; node = node->block) {
        for (size_t i = 0; i < node->slot_count; i++) {
            for (size_t k = 0; k < node->slots[i].count; k++) {
                const struct map_entry *entry = node->slots[i].items[k];
                bool fits = entry->holds_document && !entry->when_count;
                first = fits && (!first || entry->order < first->order) ? entry : first;
            }
        }
    }
    return first;
}

/* The kind of the first document that an entry begins at an element or below: by the map's own alternatives. Of a
 * root alone (the rest could not be read) the likeliest. */
static const char *first_kind(struct seeker *seeker, const struct map_entry *entry, const struct source *source) {
    while (entry && !entry->document && entry->holds_document) {
        const struct map_entry *next = source && source->first ? NULL : likeliest(entry->node);
        const struct source *child = source ? source->first : NULL;
        for (; child && !next; child = next ? child : child->next) {
            const char *name = source_name(seeker, child);
            for (const struct node *node = entry->node; node && !next; node = node->block) {
                const struct alternatives *found = node_find(node, child->ns, name);
                for (size_t i = 0; found && i < found->count && !next; i++) {
                    bool fits = found->items[i]->holds_document && seek_conditions(seeker, child, found->items[i]);
                    next = fits ? found->items[i] : NULL;
                }
            }
        }
        entry = next;
        source = child;
    }
    return entry && entry->document ? entry->document : "unknown";
}

static const struct dialect_match *try_root(const struct dialects *dialects, struct arena *arena,
                                            const struct source *source) {
    struct arena *scratch = arena_new();
    struct dialect_match *match = NULL;
    for (int folded = 0; folded < 2 && !match; folded++) {
        struct dialect nocase = {.nocase = folded == 1};
        struct seeker by_name_only = {.names = dialects->names, .dialect = &nocase};
        const struct known_root *known = find_root(dialects, source->ns, source_name(&by_name_only, source));
        for (size_t i = 0; known && i < known->count && !match; i++) {
            const struct root *root = known->items[i];
            struct seeker seeker = {
                .scratch = scratch, .arena = scratch, .names = dialects->names, .dialect = root->dialect};
            if (root->dialect->nocase == (folded == 1) && seek_conditions(&seeker, source, root->entry)) {
                match = arena_zero(arena, sizeof *match);
                *match = (struct dialect_match){root->dialect, root->entry, source, NULL};
                match->kind = first_kind(&seeker, root->entry, source);
            }
        }
    }
    arena_free(scratch);
    return match;
}

static bool is_envelope(const struct dialects *dialects, const struct source *source) {
    for (size_t i = 0; i < dialects->envelope_count; i++) {
        if (dialects->envelopes[i].name == source->name && dialects->envelopes[i].ns == source->ns) {
            return source->name != NULL;
        }
    }
    return false;
}

const struct dialect_match *dialect_match(const struct dialects *dialects, struct arena *arena,
                                          const struct source *root) {
    const struct source *source = root;
    for (int depth = 0; source && depth < DEEPEST_ENVELOPE; depth++) {
        const struct dialect_match *match = try_root(dialects, arena, source);
        if (match) {
            return match;
        }
        if (!is_envelope(dialects, source)) {
            return NULL;
        }
        const struct source *envelope = NULL;
        for (const struct source *child = source->first; child; child = child->next) {
            match = try_root(dialects, arena, child);
            if (match) {
                return match;
            }
            envelope = envelope || !is_envelope(dialects, child) ? envelope : child;
        }
        source = envelope;
    }
    return NULL;
}

const struct dialect *match_dialect(const struct dialect_match *match) {
    return match->dialect;
}

const char *match_kind(const struct dialect_match *match) {
    return match->kind;
}

const struct source *match_root(const struct dialect_match *match) {
    return match->root;
}

bool dialects_know(const struct dialects *dialects, const char *ns, const char *name) {
    const struct source envelope = {.ns = ns && *ns ? names_find(dialects->names, ns) : NULL,
                                    .name = names_find(dialects->names, name)};
    if (ns && *ns && !envelope.ns) {
        return false;
    }
    if (is_envelope(dialects, &envelope)) {
        return true;
    }
    for (size_t i = 0; i < dialects->root_count; i++) {
        const struct known_root *root = &dialects->roots[i];
        bool nocase = root->items[0]->dialect->nocase;
        if (root->ns == envelope.ns && (nocase ? strcasecmp(root->name, name) == 0 : root->name == envelope.name)) {
            return true;
        }
    }
    return false;
}

const char *dialects_nearest(const struct dialects *dialects, struct arena *arena, const char *name) {
    const char *local = strchr(name, ':') ? strchr(name, ':') + 1 : name;
    for (size_t i = 0; i < dialects->root_count; i++) {
        if (strcmp(dialects->roots[i].name, local) == 0) {
            return arena_printf(arena, "{%s}%s", dialects->roots[i].ns ? dialects->roots[i].ns : "", local);
        }
    }
    return NULL;
}

size_t dialects_count(const struct dialects *dialects) {
    return dialects->count;
}

const struct dialect *dialects_at(const struct dialects *dialects, size_t index) {
    return dialects->items[index];
}

const struct dialect *dialect_named(const struct dialects *dialects, const char *name) {
    for (size_t i = 0; name && i < dialects->count; i++) {
        if (strcmp(dialects->items[i]->name, name) == 0) {
            return dialects->items[i];
        }
    }
    return NULL;
}

const char *dialect_name(const struct dialect *dialect) {
    return dialect->name;
}

const char *dialect_base(const struct dialect *dialect) {
    return dialect->base;
}

const char *dialect_reader(const struct dialect *dialect) {
    return dialect->reader == READER_MT ? "mt" : "xml";
}

size_t dialect_entries(const struct dialect *dialect) {
    return dialect->entries;
}

bool dialect_can_declare(const struct dialect *dialect, const struct definition *definition) {
    return dialect->declares[definition->id / 64] >> definition->id % 64 & 1;
}

bool dialect_can_say(const struct dialect *dialect, const struct definition *definition) {
    return dialect->says[definition->id / 64] >> definition->id % 64 & 1;
}

const char *const *dialect_ignored(const struct dialect *dialect) {
    return dialect->ignored;
}
