/* unpack: the files of the bundle, their digests, and the first facts of the dossier (FACTS 3, bundle/...). */
#include "base/arena.h"
#include "consignment.h"
#include "container/container.h"
#include "container/detect.h"
#include "container/verify.h"
#include "knowledge.h"
#include "seal/check.h"
#include "stage.h"
#include "tree/fact.h"

#include <stdlib.h>
#include <string.h>

static struct container_settings settings_of(const struct knowledge *k) {
    return k->container ? *k->container : container_settings_default();
}

static enum step refuse(struct consignment *c, const struct container_fault *fault) {
    quarantine(c, fault->reason, fault->entry, fault->offset, "%s", fault->detail);
    return STEP_STOP;
}

static void take_entry(struct consignment *c, const struct container_entry *from, const char *path) {
    struct entry *entry = LIST_ADD(c->arena, c->entries);
    entry->path = path;
    entry->raw_name = from->raw_name;
    entry->raw_name_length = from->raw_name_length;
    entry->bytes = from->bytes;
    entry->length = from->length;
    entry->packed = from->packed;
    entry->packed_length = from->packed_length;
    entry->method = from->method;
    entry->crc32 = from->crc32;
    digest_hex(entry->bytes, entry->length, entry->sha256);
}

/* Our own output comes back: what we added must be whole, and what was filed is reviewed again. */
static enum step take_original(struct consignment *c, const struct container *container) {
    const size_t prefix = strlen(ASIC_ORIGINAL);
    struct verification verification = asic_verify(container);
    if (verification.fault) {
        return quarantine(c, "seal-broken", NULL, -1, "%s", verification.fault);
    }
    for (size_t i = 0; i < verification.count && verification.wrong; i++) {
        const struct verified_file *file = &verification.files[i];
        if (file->state != VERIFIED_SAME) {
            return quarantine(c, "seal-broken", file->path, -1, "%s: held against " ASIC_DIGESTS,
                              verified_name(file->state));
        }
    }
    struct seal_check seal = seal_check(container);
    if (seal.state == SEAL_BROKEN) {
        const char *file = NULL;
        const char *fault = seal_fault(&seal, &file);
        return quarantine(c, "seal-broken", file, -1, "%s%s", fault, file ? ": held against the seal" : "");
    }
    for (size_t i = 0; i < container->count; i++) {
        const struct container_entry *entry = &container->entries[i];
        if (strncmp(entry->path, ASIC_ORIGINAL, prefix) == 0) {
            take_entry(c, entry, entry->path + prefix);
        }
    }
    return STEP_ON;
}

static int compare_lines(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* SHA-256 over the lines `sha256 size path` of a folder's files, sorted (CONTRACT). */
static void digest_folder(struct consignment *c) {
    const char **lines = arena_alloc(c->arena, c->entries.count * sizeof *lines);
    for (size_t i = 0; i < c->entries.count; i++) {
        const struct entry *entry = &c->entries.items[i];
        lines[i] = arena_printf(c->arena, "%s %zu %s\n", entry->sha256, entry->length, entry->path);
    }
    qsort(lines, c->entries.count, sizeof *lines, compare_lines);
    struct digest *digest = digest_open();
    for (size_t i = 0; i < c->entries.count; i++) {
        digest_add(digest, lines[i], strlen(lines[i]));
    }
    digest_close(digest, c->digest);
}

static const char *hex(struct arena *arena, const unsigned char *bytes, size_t length) {
    static const char digits[] = "0123456789abcdef";
    char *text = arena_alloc(arena, length * 2 + 1);
    for (size_t i = 0; i < length; i++) {
        text[i * 2] = digits[bytes[i] >> 4];
        text[i * 2 + 1] = digits[bytes[i] & 15];
    }
    text[length * 2] = '\0';
    return text;
}

static void add_facts(struct consignment *c, const struct knowledge *k) {
    c->dossier = tree_new(c->arena, k->names, "dossier");
    struct tree *tree = &c->dossier;
    tree_add(tree, tree->root, "@id", c->digest);
    struct fact *bundle = tree_add(tree, tree->root, "bundle", NULL);
    tree_add(tree, bundle, "name", c->input.name);
    tree_add(tree, bundle, "digest", c->digest);
    tree_add(tree, bundle, "format", c->format);
    for (size_t i = 0; i < c->entries.count; i++) {
        const struct entry *entry = &c->entries.items[i];
        struct fact *row = tree_add(tree, bundle, "entry", NULL);
        tree_add(tree, row, "@path", entry->path);
        if (entry->raw_name) {
            tree_add(tree, row, "@raw", hex(c->arena, entry->raw_name, entry->raw_name_length));
        }
        tree_addf(tree, row, "@size", "%zu", entry->length);
        tree_add(tree, row, "@sha256", entry->sha256);
        tree_add(tree, row, "@media", detect_media(entry->bytes, entry->length));
    }
}

/* A folder comes as a tar that the pipeline packed: its limits count what lies in it, and nothing unpacks. */
static struct container_settings settings_for_folder(struct container_settings settings) {
    enum { TAR_PER_ENTRY = 4096 }; /* headers, extended headers and padding of one file */
    settings.limits.max_bytes += settings.limits.max_entries * TAR_PER_ENTRY;
    return settings;
}

enum step unpack_whole(struct consignment *c, const struct knowledge *k) {
    struct container_settings settings = settings_of(k);
    bool folder = c->input.kind == INPUT_FOLDER;
    if (folder) {
        settings = settings_for_folder(settings);
    }
    struct container container;
    bool read = container_read(&container, c->arena, &settings, c->input.name, c->input.bytes, c->input.length);
    c->format = folder ? "dir" : container.format;
    digest_hex(c->input.bytes, c->input.length, c->digest);
    if (!read) {
        return refuse(c, &container.fault);
    }
    if (asic_is_ours(&container)) {
        if (take_original(c, &container) == STEP_STOP) {
            return STEP_STOP;
        }
    } else {
        for (size_t i = 0; i < container.count; i++) {
            take_entry(c, &container.entries[i], container.entries[i].path);
        }
    }
    if (folder) {
        digest_folder(c);
    }
    add_facts(c, k);
    return STEP_ON;
}
