/* seal: the signature over the files to be packed (seal/signature.h). Without a signer the container stays unsigned. */
#include "base/arena.h"
#include "base/fault.h"
#include "consignment.h"
#include "container/detect.h"
#include "container/verify.h"
#include "knowledge.h"
#include "seal/signature.h"
#include "stage.h"

#include <string.h>

static void add_file(struct seal *seal, const char *path, const unsigned char *bytes, size_t length,
                     const char *sha256) {
    struct sealed_file *file = &seal->files[seal->count++];
    *file = (struct sealed_file){.path = path, .media = detect_media(bytes, length)};
    memcpy(file->sha256, sha256, sizeof file->sha256);
}

/* Every file of the container but the media type, in the order in which they are packed. */
static void add_files(struct seal *seal, const struct consignment *c) {
    seal->files = arena_alloc(c->arena, (c->entries.count + c->outputs.count + 1) * sizeof *seal->files);
    for (size_t i = 0; i < c->entries.count; i++) {
        const struct entry *entry = &c->entries.items[i];
        add_file(seal, arena_printf(c->arena, ASIC_ORIGINAL "%s", entry->path), entry->bytes, entry->length,
                 entry->sha256);
    }
    for (size_t i = 0; i < c->outputs.count; i++) {
        const struct output *output = &c->outputs.items[i];
        if (output_is_packed(output->path)) {
            add_file(seal, output->path, output->bytes, output->length, output->sha256);
        }
    }
}

static void add_output(struct consignment *c, const char *path, struct buffer *bytes) {
    struct output *output = LIST_ADD(c->arena, c->outputs);
    output->path = path;
    output->bytes = (const unsigned char *)arena_copy(c->arena, bytes->bytes, bytes->length);
    output->length = bytes->length;
    digest_hex(output->bytes, output->length, output->sha256);
    buffer_free(bytes);
}

enum step seal_whole(struct consignment *c, const struct knowledge *k) {
    unsigned char digest[DIGEST_BYTES];
    struct buffer signature = {0};
    struct buffer manifest = {0};
    if (!k->signer.sign) {
        return STEP_ON;
    }
    struct seal seal = {.at = k->now_text, .certificates = *k->signer.certificates};
    add_files(&seal, c);
    seal_digest(&seal, digest);
    if (!k->signer.sign(k->signer.context, digest, seal.value, &seal.value_length)) {
        fault("the signer gives no signature");
    }
    seal_write(&signature, &seal);
    seal_write_manifest(&manifest, &seal);
    add_output(c, SEAL_MANIFEST, &manifest);
    add_output(c, SEAL_SIGNATURE, &signature);
    return STEP_ON;
}
