#include "seal/check.h"

#include "base/arena.h"

#include <string.h>

static bool begins(const char *path, const char *prefix) {
    return strncmp(path, prefix, strlen(prefix)) == 0;
}

static bool needs_no_reference(const char *path) {
    return strcmp(path, "mimetype") == 0 || begins(path, SEAL_FOLDER);
}

/* What lies in META-INF beside our two files: a second signature, or something that no seal covers. */
static const char *stranger(const struct container *container) {
    for (size_t i = 0; i < container->count; i++) {
        const char *path = container->entries[i].path;
        if (begins(path, SEAL_FOLDER) && strcmp(path, SEAL_SIGNATURE) != 0 && strcmp(path, SEAL_MANIFEST) != 0) {
            return path;
        }
    }
    return NULL;
}

static bool same_manifest(const struct seal *seal, const struct container_entry *manifest) {
    struct buffer again = {0};
    seal_write_manifest(&again, seal);
    bool same = manifest && again.length == manifest->length && memcmp(again.bytes, manifest->bytes, again.length) == 0;
    buffer_free(&again);
    return same;
}

static bool verifies(const struct seal *seal) {
    unsigned char digest[DIGEST_BYTES];
    seal_digest(seal, digest);
    return certificate_verifies(&seal->certificates.items[0], digest, seal->value, seal->value_length);
}

static struct verification compare(const struct container *container, const struct seal *seal) {
    struct stated_file *stated = arena_alloc(container->arena, (seal->count + 1) * sizeof *stated);
    for (size_t i = 0; i < seal->count; i++) {
        stated[i] = (struct stated_file){seal->files[i].path, seal->files[i].sha256};
    }
    return container_compare(container, stated, seal->count, needs_no_reference);
}

/* NULL: the seal itself is sound; the files are told apart. */
static const char *judge(const struct container *container, struct seal_check *check) {
    const struct container_entry *signature = container_find(container, SEAL_SIGNATURE);
    const struct container_entry *manifest = container_find(container, SEAL_MANIFEST);
    const char *strange = stranger(container);
    if (strange) {
        return arena_printf(container->arena, "%s: another signature, or a file that no seal covers", strange);
    }
    if (!signature) {
        return manifest ? SEAL_SIGNATURE " is missing, its manifest is there" : NULL;
    }
    const char *why = seal_read(container->arena, (const char *)signature->bytes, signature->length, &check->seal);
    if (why) {
        return arena_printf(container->arena, SEAL_SIGNATURE ": %s", why);
    }
    if (!verifies(&check->seal)) {
        return SEAL_SIGNATURE ": the signature is not that of the certificate's key over these digests";
    }
    return same_manifest(&check->seal, manifest) ? NULL : SEAL_MANIFEST " is missing, or lists other files";
}

struct seal_check seal_check(const struct container *container) {
    struct seal_check check = {.state = SEAL_BROKEN};
    check.fault = judge(container, &check);
    if (!check.fault && !check.seal.value_length) {
        check.state = SEAL_ABSENT;
    } else if (!check.fault) {
        check.files = compare(container, &check.seal);
        check.state = check.files.wrong ? SEAL_BROKEN : SEAL_SOUND;
    }
    return check;
}

const char *seal_fault(const struct seal_check *check, const char **file) {
    *file = NULL;
    for (size_t i = 0; i < check->files.count && !check->fault; i++) {
        if (check->files.files[i].state != VERIFIED_SAME) {
            *file = check->files.files[i].path;
            return verified_name(check->files.files[i].state);
        }
    }
    return check->fault;
}
