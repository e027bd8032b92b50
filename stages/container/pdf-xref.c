/* The cross-reference table of a PDF (ISO 32000-1, 7.5.4 to 7.5.8): as a table, as a stream, or as both; the newest
 * first, those before it by /Prev. */
#include "container/pdf-file.h"

#include <string.h>

enum { MOST_SECTIONS = 512, TAIL = 2048, FIELDS = 3 };

/* ---- a table ---- */

static bool read_subsection(struct pdf_file *file, size_t *at, int64_t first, int64_t count) {
    const struct pdf_source *source = &file->source;
    for (int64_t i = 0; i < count; i++) {
        int64_t offset;
        int64_t generation;
        if (!pdf_whole(source, at, &offset) || !pdf_whole(source, at, &generation)) {
            return false;
        }
        if (pdf_word(source, at, "n")) {
            pdf_note(file, first + i, (uint32_t)offset, PDF_PLAIN);
        } else if (pdf_word(source, at, "f")) {
            pdf_note(file, first + i, 0, PDF_FREE);
        } else {
            return false;
        }
    }
    return true;
}

static const struct pdf_object *read_table(struct pdf_file *file, size_t at) {
    const struct pdf_source *source = &file->source;
    int64_t first;
    int64_t count;
    while (!pdf_word(source, &at, "trailer")) {
        if (!pdf_whole(source, &at, &first) || !pdf_whole(source, &at, &count) ||
            !read_subsection(file, &at, first, count)) {
            return NULL;
        }
    }
    const struct pdf_object *trailer = pdf_parse(source, &at);
    return trailer && trailer->kind == PDF_DICTIONARY ? trailer : NULL;
}

/* ---- a stream ---- */

struct fields {
    const unsigned char *bytes;
    size_t length;
    size_t width[FIELDS];
};

static bool read_widths(struct pdf_file *file, const struct pdf_object *dictionary, struct fields *fields) {
    const struct pdf_object *widths = pdf_at(file, dictionary, "W");
    const struct pdf_object *width = widths && widths->kind == PDF_ARRAY ? widths->first : NULL;
    size_t row = 0;
    for (size_t i = 0; i < FIELDS; i++, width = width->next) {
        if (!width || width->kind != PDF_INTEGER || width->number < 0 || width->number > (int64_t)sizeof(uint64_t)) {
            return false;
        }
        fields->width[i] = (size_t)width->number;
        row += fields->width[i];
    }
    return row > 0;
}

static uint64_t take_field(struct fields *fields, size_t i, uint64_t absent) {
    uint64_t value = 0;
    for (size_t k = 0; k < fields->width[i]; k++) {
        value = value << 8 | fields->bytes[k];
    }
    fields->bytes += fields->width[i];
    fields->length -= fields->width[i];
    return fields->width[i] ? value : absent;
}

static void read_rows(struct pdf_file *file, struct fields *fields, int64_t first, int64_t count) {
    enum { FREE, PLAIN, PACKED };
    size_t row = fields->width[0] + fields->width[1] + fields->width[2];
    for (int64_t i = 0; i < count && fields->length >= row && pdf_spend(&file->source, row); i++) {
        uint64_t kind = take_field(fields, 0, PLAIN);
        uint64_t second = take_field(fields, 1, 0);
        uint64_t third = take_field(fields, 2, 0);
        if (kind == FREE) {
            pdf_note(file, first + i, 0, PDF_FREE);
        } else if (kind == PLAIN && second < UINT32_MAX) {
            pdf_note(file, first + i, (uint32_t)second, PDF_PLAIN);
        } else if (kind == PACKED && second < UINT32_MAX && third < PDF_FREE) {
            pdf_note(file, first + i, (uint32_t)second, (uint32_t)third);
        }
    }
}

static const struct pdf_object *read_stream(struct pdf_file *file, size_t at) {
    const struct pdf_object *dictionary = pdf_object_at(file, at, -1);
    struct fields fields;
    const char *why;
    if (!pdf_is_name(pdf_get(dictionary, "Type"), "XRef") || !read_widths(file, dictionary, &fields)) {
        return NULL;
    }
    fields.bytes = pdf_stream(file, dictionary, file->left, &fields.length, &why);
    const struct pdf_object *size = pdf_get(dictionary, "Size");
    if (!fields.bytes || !size || size->kind != PDF_INTEGER) {
        return NULL;
    }
    const struct pdf_object *index = pdf_at(file, dictionary, "Index");
    if (!index || index->kind != PDF_ARRAY) {
        read_rows(file, &fields, 0, size->number);
        return dictionary;
    }
    for (const struct pdf_object *first = index->first; first && first->next; first = first->next->next) {
        if (first->kind == PDF_INTEGER && first->next->kind == PDF_INTEGER && first->number >= 0) {
            read_rows(file, &fields, first->number, first->next->number);
        }
    }
    return dictionary;
}

/* ---- the chain ---- */

/* One section and what stands for its trailer; NULL: none can be read there. */
static const struct pdf_object *read_section(struct pdf_file *file, int64_t offset) {
    if (offset < 0 || (uint64_t)offset >= file->source.length) {
        return NULL;
    }
    size_t at = (size_t)offset;
    return pdf_word(&file->source, &at, "xref") ? read_table(file, at) : read_stream(file, (size_t)offset);
}

static int64_t offset_in(const struct pdf_object *trailer, const char *key) {
    const struct pdf_object *offset = pdf_get(trailer, key);
    return offset && offset->kind == PDF_INTEGER ? offset->number : -1;
}

static bool read_chain(struct pdf_file *file, int64_t offset) {
    for (int i = 0; i < MOST_SECTIONS && *file->source.work; i++) {
        const struct pdf_object *trailer = read_section(file, offset);
        if (!trailer) {
            return false;
        }
        file->trailer = file->trailer ? file->trailer : trailer;
        if (pdf_get(trailer, "XRefStm")) {
            (void)read_section(file, offset_in(trailer, "XRefStm"));
        }
        if (!pdf_get(trailer, "Prev")) {
            return true;
        }
        offset = offset_in(trailer, "Prev");
    }
    return false; /* a chain without end */
}

bool pdf_open(struct pdf_file *file) {
    static const char word[] = "startxref";
    const struct pdf_source *source = &file->source;
    const unsigned char *tail = source->bytes + (source->length > TAIL ? source->length - TAIL : 0);
    const unsigned char *end = source->bytes + source->length;
    const unsigned char *last = NULL;
    for (const unsigned char *found = tail; (found = memmem(found, (size_t)(end - found), word, strlen(word)));
         found += strlen(word)) {
        last = found;
    }
    int64_t offset;
    size_t at = last ? (size_t)(last - source->bytes) + strlen(word) : 0;
    return last && pdf_whole(source, &at, &offset) && read_chain(file, offset);
}
