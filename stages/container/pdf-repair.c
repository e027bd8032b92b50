/* A PDF whose cross-reference table is damaged: its objects are found by the words "12 0 obj" before them. */
#include "base/arena.h"
#include "container/pdf-file.h"

#include <string.h>

enum { PEEKED = 512, MOST_STREAMS = 4096 };

struct searching {
    struct pdf_file *file;
    int64_t streams[MOST_STREAMS]; /* object streams, in the order of the file */
    size_t stream_count;
    int64_t catalogue; /* number of the last object that is one; -1: none */
};

static bool is_digit(unsigned char c) {
    return c >= '0' && c <= '9';
}

/* Backwards over blanks, then over digits: where the number begins; 0: there is none. */
static size_t number_before(const unsigned char *bytes, size_t at) {
    size_t end = at;
    while (end && (bytes[end - 1] == ' ' || bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
        end--;
    }
    size_t start = end;
    while (start && is_digit(bytes[start - 1])) {
        start--;
    }
    return start < end && end < at ? start : 0;
}

static bool mentions(const struct pdf_source *source, size_t at, const char *word) {
    size_t length = source->length - at < PEEKED ? source->length - at : PEEKED;
    return memmem(source->bytes + at, length, word, strlen(word)) != NULL;
}

/* What the dictionary of an object says of the file: the last word counts, as with updates. */
static void look_into(struct searching *s, size_t start, int64_t number) {
    const struct pdf_source *source = &s->file->source;
    if (!mentions(source, start, "/ObjStm") && !mentions(source, start, "/XRef") &&
        !mentions(source, start, "/Catalog")) {
        return;
    }
    const struct pdf_object *object = pdf_object_at(s->file, start, number);
    const struct pdf_object *type = pdf_get(object, "Type");
    if (pdf_is_name(type, "ObjStm") && s->stream_count < MOST_STREAMS) {
        s->streams[s->stream_count++] = number;
    } else if (pdf_is_name(type, "Catalog")) {
        s->catalogue = number;
    } else if (pdf_is_name(type, "XRef") && pdf_get(object, "Root")) {
        s->file->trailer = object;
    }
}

static void take_object(struct searching *s, size_t at) {
    struct pdf_file *file = s->file;
    const unsigned char *bytes = file->source.bytes;
    size_t generation = number_before(bytes, at);
    size_t start = generation ? number_before(bytes, generation) : 0;
    size_t behind = start;
    int64_t number;
    if (!start || !pdf_whole(&file->source, &behind, &number)) {
        return;
    }
    if ((size_t)number < file->count) {
        file->entries[number] = (struct pdf_entry){0}; /* a later one of the same number takes its place */
    }
    pdf_note(file, number, (uint32_t)start, PDF_PLAIN);
    look_into(s, start, number);
}

static void take_trailer(struct searching *s, size_t at) {
    const struct pdf_object *trailer = pdf_parse(&s->file->source, &at);
    if (pdf_get(trailer, "Root")) {
        s->file->trailer = trailer;
    }
}

/* From one place of a word to the next; NULL: there is no more. */
static const unsigned char *next_word(const struct pdf_source *source, const unsigned char *from, const char *word) {
    return memmem(from, (size_t)(source->bytes + source->length - from), word, strlen(word));
}

static void search(struct searching *s) {
    const struct pdf_source *source = &s->file->source;
    for (const unsigned char *at = source->bytes; *source->work && (at = next_word(source, at, "obj")); at += 3) {
        take_object(s, (size_t)(at - source->bytes));
    }
    for (const unsigned char *at = source->bytes; *source->work && (at = next_word(source, at, "trailer")); at++) {
        take_trailer(s, (size_t)(at - source->bytes) + strlen("trailer"));
    }
}

/* A trailer that names the catalogue. */
static const struct pdf_object *trailer_for(struct pdf_file *file, int64_t catalogue) {
    struct pdf_object *objects = arena_zero(file->source.arena, 3 * sizeof *objects);
    objects[0] = (struct pdf_object){.kind = PDF_DICTIONARY, .first = &objects[1]};
    objects[1] =
        (struct pdf_object){.kind = PDF_NAME, .bytes = (const unsigned char *)"Root", .length = 4, .next = &objects[2]};
    objects[2] = (struct pdf_object){.kind = PDF_REFERENCE, .number = catalogue};
    return objects;
}

void pdf_repair(struct pdf_file *file) {
    struct searching s = {.file = file, .catalogue = -1};
    if (file->entries) {
        memset(file->entries, 0, file->capacity * sizeof *file->entries);
    }
    file->count = 0;
    file->trailer = NULL;
    file->packed = NULL;
    file->damaged = false;
    file->repaired = true;
    search(&s);
    for (size_t i = s.stream_count; i-- > 0;) { /* of two objects of one number, the later stream's */
        pdf_note_packed(file, s.streams[i]);
    }
    if (!file->trailer && s.catalogue >= 0) {
        file->trailer = trailer_for(file, s.catalogue);
    }
}
