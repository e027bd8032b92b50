/* pack: the annotated clearance bundle, an ASiC-E container (CONTRACT "What a review writes"). */
#include "base/arena.h"
#include "consignment.h"
#include "container/container.h"
#include "container/verify.h"
#include "container/zip-write.h"
#include "knowledge.h"
#include "stage.h"

#include <stdlib.h>
#include <string.h>

/* An original keeps its compressed bytes where it came in a zip: nothing is compressed twice. */
static bool put_original(struct zip_writer *writer, const struct entry *entry, struct arena *arena) {
    const char *path = arena_printf(arena, ASIC_ORIGINAL "%s", entry->path);
    return entry->packed
               ? zip_copy(writer, path, entry->method, entry->crc32, entry->packed, entry->packed_length, entry->length)
               : zip_add(writer, path, entry->bytes, entry->length);
}

static bool put_output(struct zip_writer *writer, const struct output *output) {
    return output->head ? zip_add_known(writer, output->path, output->bytes, output->length, output->head)
                        : zip_add(writer, output->path, output->bytes, output->length);
}

static bool put_all(struct zip_writer *writer, const struct consignment *c) {
    bool fits = zip_store(writer, "mimetype", ASIC_MEDIA_TYPE, strlen(ASIC_MEDIA_TYPE));
    for (size_t i = 0; i < c->entries.count && fits; i++) {
        fits = put_original(writer, &c->entries.items[i], c->arena);
    }
    for (size_t i = 0; i < c->outputs.count && fits; i++) {
        const struct output *output = &c->outputs.items[i];
        fits = !output_is_packed(output->path) || put_output(writer, output);
    }
    return fits;
}

enum step pack_whole(struct consignment *c, const struct knowledge *k) {
    struct zip_writer *writer = zip_writer_open(k->codes);
    unsigned char *bytes = NULL;
    size_t length = 0;
    bool put = put_all(writer, c); /* a writer that is full says so again when it is closed */
    if (!zip_writer_close(writer, &bytes, &length) || !put) {
        return quarantine(c, "too-large", NULL, -1, "the annotated bundle would pass the limits of a zip (4 GiB)");
    }
    c->packed = (const unsigned char *)arena_copy(c->arena, (const char *)bytes, length);
    c->packed_length = length;
    free(bytes);
    return STEP_ON;
}
