#include "container/pdf-file.h"

#include "base/arena.h"

#include <string.h>

enum { MOST_OBJECTS = 1 << 20, MOST_DEPTH = 16, MOST_PACKED = 1 << 16 };

/* An object stream (7.5.7): pairs of number and offset, then the objects. */
struct pdf_packed {
    int64_t number;
    struct pdf_source source; /* of its objects */
    const int64_t *pairs;
    size_t count;
    struct pdf_packed *next;
};

void pdf_note(struct pdf_file *file, int64_t number, uint32_t where, uint32_t index) {
    if (number < 0 || number >= MOST_OBJECTS) {
        return;
    }
    while ((size_t)number >= file->capacity) {
        size_t before = file->capacity;
        file->entries = arena_grow(file->source.arena, file->entries, &file->capacity, sizeof *file->entries);
        memset(file->entries + before, 0, (file->capacity - before) * sizeof *file->entries);
    }
    struct pdf_entry *entry = &file->entries[number];
    if (!entry->where && !entry->index) {
        *entry = (struct pdf_entry){where, index};
    }
    if ((size_t)number >= file->count) {
        file->count = (size_t)number + 1;
    }
}

struct pdf_object *pdf_object_at(const struct pdf_file *file, size_t offset, int64_t number) {
    const struct pdf_source *source = &file->source;
    size_t at = offset;
    int64_t stated;
    int64_t generation;
    if (offset >= source->length || !pdf_whole(source, &at, &stated) || !pdf_whole(source, &at, &generation) ||
        !pdf_word(source, &at, "obj") || (number >= 0 && stated != number)) {
        return NULL;
    }
    struct pdf_object *object = pdf_parse(source, &at);
    if (object && object->kind == PDF_DICTIONARY && pdf_word(source, &at, "stream")) {
        at += at < source->length && source->bytes[at] == '\r';
        at += at < source->length && source->bytes[at] == '\n';
        object->stream = at;
    }
    return object;
}

/* ---- object streams ---- */

static int64_t integer_at(struct pdf_file *file, const struct pdf_object *dictionary, const char *key) {
    const struct pdf_object *value = pdf_at(file, dictionary, key);
    return value && value->kind == PDF_INTEGER ? value->number : -1;
}

static const struct pdf_object *plain_object(struct pdf_file *file, int64_t number) {
    if (number < 0 || (size_t)number >= file->count || file->entries[number].index != PDF_PLAIN) {
        return NULL;
    }
    return pdf_object_at(file, file->entries[number].where, number);
}

static bool read_pairs(struct pdf_packed *packed, const struct pdf_source *header, size_t count) {
    int64_t *pairs = arena_alloc(header->arena, (count * 2 + 1) * sizeof *pairs);
    size_t at = 0;
    for (size_t i = 0; i < count * 2; i++) {
        if (!pdf_whole(header, &at, &pairs[i])) {
            return false;
        }
    }
    packed->pairs = pairs;
    packed->count = count;
    return true;
}

/* The object stream of that number, unpacked once; one that cannot be read stays without objects. */
static const struct pdf_packed *packed_stream(struct pdf_file *file, int64_t number) {
    for (const struct pdf_packed *known = file->packed; known; known = known->next) {
        if (known->number == number) {
            return known;
        }
    }
    struct pdf_packed *packed = arena_zero(file->source.arena, sizeof *packed);
    packed->number = number;
    packed->next = file->packed;
    file->packed = packed;
    const struct pdf_object *dictionary = plain_object(file, number);
    int64_t count = integer_at(file, dictionary, "N");
    int64_t first = integer_at(file, dictionary, "First");
    size_t length;
    const char *why;
    const unsigned char *bytes = dictionary ? pdf_stream(file, dictionary, file->left, &length, &why) : NULL;
    if (!bytes || count < 0 || count > MOST_PACKED || first < 0 || (size_t)first > length) {
        file->damaged = true;
        return packed;
    }
    struct pdf_source header = file->source;
    header.bytes = bytes;
    header.length = (size_t)first;
    packed->source = header;
    packed->source.bytes += first;
    packed->source.length = length - (size_t)first;
    file->damaged = !read_pairs(packed, &header, (size_t)count) || file->damaged;
    return packed;
}

static struct pdf_object *packed_object(struct pdf_file *file, const struct pdf_entry *entry, int64_t number) {
    const struct pdf_packed *packed = packed_stream(file, entry->where);
    size_t index = entry->index;
    if (index >= packed->count || packed->pairs[index * 2] != number) {
        for (index = 0; index < packed->count && packed->pairs[index * 2] != number; index++) {
        }
    }
    if (index >= packed->count || !pdf_spend(&file->source, index)) {
        return NULL;
    }
    int64_t offset = packed->pairs[index * 2 + 1];
    size_t at = (size_t)offset;
    return (uint64_t)offset < packed->source.length ? pdf_parse(&packed->source, &at) : NULL;
}

void pdf_note_packed(struct pdf_file *file, int64_t stream) {
    const struct pdf_packed *packed = packed_stream(file, stream);
    for (size_t i = 0; i < packed->count; i++) {
        pdf_note(file, packed->pairs[i * 2], (uint32_t)stream, (uint32_t)i);
    }
}

/* ---- references ---- */

static const struct pdf_object *object_of(struct pdf_file *file, int64_t number) {
    if (number < 0 || (size_t)number >= file->count) {
        return NULL;
    }
    const struct pdf_entry entry = file->entries[number];
    if (entry.index == PDF_FREE || (!entry.where && !entry.index)) {
        return NULL;
    }
    const struct pdf_object *object =
        entry.index == PDF_PLAIN ? pdf_object_at(file, entry.where, number) : packed_object(file, &entry, number);
    file->damaged = file->damaged || !object;
    return object;
}

const struct pdf_object *pdf_resolve(struct pdf_file *file, const struct pdf_object *object) {
    if (file->depth >= MOST_DEPTH) {
        return NULL;
    }
    file->depth++;
    for (int i = 0; object && object->kind == PDF_REFERENCE; i++) {
        object = i < MOST_DEPTH ? object_of(file, object->number) : NULL;
    }
    file->depth--;
    file->exhausted = file->exhausted || !*file->source.work;
    return object && object->kind != PDF_NULL ? object : NULL;
}

const struct pdf_object *pdf_at(struct pdf_file *file, const struct pdf_object *dictionary, const char *key) {
    return pdf_resolve(file, pdf_get(dictionary, key));
}
