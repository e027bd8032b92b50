/* The content of a stream (ISO 32000-1, 7.3.8 and 7.4): its span in the file, deflate and predictors undone. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/fault.h"
#include "container/pdf-file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST /* zlib does not write to its input, and says so */
#include <zlib.h>

enum { STEP = 1 << 16, PNG_FIRST = 10, MOST_ROW = 1 << 20 };

struct span {
    const unsigned char *bytes;
    size_t length;
};

static bool ends_there(const struct pdf_source *source, size_t at) {
    return pdf_word(source, &at, "endstream");
}

/* By its length; where that is wrong or missing, up to the word that ends it. */
static bool raw_span(struct pdf_file *file, const struct pdf_object *dictionary, struct span *span) {
    const struct pdf_source *source = &file->source;
    size_t at = dictionary->stream;
    if (!at || at > source->length) {
        return false;
    }
    size_t rest = source->length - at;
    const struct pdf_object *length = pdf_at(file, dictionary, "Length");
    span->bytes = source->bytes + at;
    if (length && length->kind == PDF_INTEGER && length->number >= 0 && (uint64_t)length->number <= rest &&
        ends_there(source, at + (size_t)length->number)) {
        span->length = (size_t)length->number;
        return true;
    }
    const unsigned char *end = memmem(span->bytes, rest, "endstream", strlen("endstream"));
    span->length = end ? (size_t)(end - span->bytes) : 0;
    return pdf_spend(source, end ? span->length : rest) && end;
}

/* ---- Flate ---- */

/* Into the buffer, up to most bytes; a stream that breaks off gives what came before. */
static bool inflate_span(struct span from, uint64_t most, struct buffer *out, bool *whole) {
    z_stream stream = {.next_in = from.bytes, .avail_in = from.length > UINT_MAX ? UINT_MAX : (unsigned)from.length};
    if (inflateInit(&stream) != Z_OK) {
        fault("out of memory");
    }
    int result = Z_OK;
    while (result == Z_OK && out->length <= most) {
        buffer_reserve(out, STEP);
        stream.next_out = (unsigned char *)out->bytes + out->length;
        stream.avail_out = STEP;
        result = inflate(&stream, Z_NO_FLUSH);
        out->length += STEP - stream.avail_out;
    }
    inflateEnd(&stream);
    if (result == Z_MEM_ERROR) {
        fault("out of memory");
    }
    *whole = result == Z_STREAM_END;
    return out->length <= most;
}

/* ---- predictors (7.4.4.4): each row of a PNG says how it was taken from the one above ---- */

static unsigned char paeth(int left, int above, int corner) {
    int guess = left + above - corner;
    int a = abs(guess - left), b = abs(guess - above), c = abs(guess - corner);
    return (unsigned char)(a <= b && a <= c ? left : b <= c ? above : corner);
}

static unsigned char predicted(unsigned char kind, int left, int above, int corner) {
    switch (kind) {
    case 1:
        return (unsigned char)left;
    case 2:
        return (unsigned char)above;
    case 3:
        return (unsigned char)((left + above) / 2);
    case 4:
        return paeth(left, above, corner);
    default:
        return 0;
    }
}

static size_t undo_rows(unsigned char *bytes, size_t length, size_t row, size_t pixel) {
    unsigned char *out = bytes;
    const unsigned char *above = NULL;
    for (const unsigned char *in = bytes, *end = bytes + length; (size_t)(end - in) > row; in += row + 1) {
        unsigned char kind = *in;
        for (size_t i = 0; i < row; i++) {
            int left = i >= pixel ? out[i - pixel] : 0;
            int over = above ? above[i] : 0;
            int corner = above && i >= pixel ? above[i - pixel] : 0;
            out[i] = (unsigned char)(in[1 + i] + predicted(kind, left, over, corner));
        }
        above = out;
        out += row;
    }
    return (size_t)(out - bytes);
}

static int64_t parameter(struct pdf_file *file, const struct pdf_object *parameters, const char *key, int64_t absent) {
    const struct pdf_object *value = pdf_at(file, parameters, key);
    return value && value->kind == PDF_INTEGER ? value->number : absent;
}

/* In place: a row becomes shorter by the byte that says its kind. */
static bool undo_predictor(struct pdf_file *file, const struct pdf_object *parameters, struct buffer *bytes) {
    int64_t predictor = parameter(file, parameters, "Predictor", 1);
    if (predictor < PNG_FIRST) {
        return predictor == 1;
    }
    int64_t columns = parameter(file, parameters, "Columns", 1);
    int64_t colours = parameter(file, parameters, "Colors", 1);
    int64_t bits = parameter(file, parameters, "BitsPerComponent", 8);
    if (columns < 1 || columns > MOST_ROW || colours < 1 || colours > 4 || bits < 1 || bits > 16) {
        return false;
    }
    size_t pixel = (size_t)(colours * bits + 7) / 8;
    size_t row = (size_t)(columns * colours * bits + 7) / 8;
    bytes->length = undo_rows((unsigned char *)bytes->bytes, bytes->length, row, pixel);
    return true;
}

/* ---- filters ---- */

/* The one filter and its parameters; arrays of one are usual. False: several. */
static bool only(struct pdf_file *file, const struct pdf_object **value) {
    if (*value && (*value)->kind == PDF_ARRAY) {
        const struct pdf_object *first = (*value)->first;
        if (first && first->next) {
            return false;
        }
        *value = pdf_resolve(file, first);
    }
    return true;
}

static const unsigned char *unpacked(struct pdf_file *file, struct span raw, const struct pdf_object *parameters,
                                     uint64_t most, size_t *length, const char **why) {
    struct buffer out = {0};
    bool whole;
    const unsigned char *bytes = NULL;
    if (!inflate_span(raw, most, &out, &whole)) {
        file->exhausted = true;
        file->left = 0; /* one bomb is enough: nothing else of the file is unpacked */
        *why = "it unpacks to more than the limits allow";
    } else if (!whole) {
        *why = "its compressed data is damaged";
    } else if (!undo_predictor(file, parameters, &out)) {
        *why = "its predictor is not read";
    } else {
        file->left -= out.length < file->left ? out.length : file->left;
        *length = out.length;
        bytes = (const unsigned char *)arena_copy(file->source.arena, out.bytes, out.length);
    }
    buffer_free(&out);
    return bytes;
}

const unsigned char *pdf_stream(struct pdf_file *file, const struct pdf_object *dictionary, uint64_t most,
                                size_t *length, const char **why) {
    struct span raw;
    if (!raw_span(file, dictionary, &raw)) {
        *why = "its stream is not found";
        return NULL;
    }
    const struct pdf_object *filter = pdf_at(file, dictionary, "Filter");
    const struct pdf_object *parameters = pdf_at(file, dictionary, "DecodeParms");
    if (!only(file, &filter) || !only(file, &parameters) ||
        (filter && !pdf_is_name(filter, "FlateDecode") && !pdf_is_name(filter, "Fl"))) {
        *why = "its filter is not read";
        return NULL;
    }
    most = most < file->left ? most : file->left;
    if (filter) {
        return unpacked(file, raw, parameters, most, length, why);
    }
    if (raw.length > most) {
        file->exhausted = true;
        *why = "it is larger than the limits allow";
        return NULL;
    }
    *length = raw.length;
    return raw.bytes;
}
