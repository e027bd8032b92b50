/* Text strings of a PDF (ISO 32000-1, 7.9.2.2 and Annex D.2) as UTF-8. */
#include "base/arena.h"
#include "base/buffer.h"
#include "container/names.h"
#include "container/pdf-object.h"

#include <string.h>
#include <utf8proc.h>

/* PDFDocEncoding where it is not Latin-1; 0: no character. */
static const uint16_t low[] = {0x02D8, 0x02C7, 0x02C6, 0x02D9, 0x02DD, 0x02DB, 0x02DA, 0x02DC}; /* from 0x18 */
static const uint16_t high[] = {0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039,
                                0x203A, 0x2212, 0x2030, 0x201E, 0x201C, 0x201D, 0x2018, 0x2019, 0x201A,
                                0x2122, 0xFB01, 0xFB02, 0x0141, 0x0152, 0x0160, 0x0178, 0x017D, 0x0131,
                                0x0142, 0x0153, 0x0161, 0x017E, 0,      0x20AC}; /* from 0x80 */
enum { LOW = 0x18, HIGH = 0x80, DELETE = 0x7F };

static utf8proc_int32_t document_character(unsigned char c) {
    if (c >= LOW && c < LOW + sizeof low / sizeof *low) {
        return low[c - LOW];
    }
    return c >= HIGH && c < HIGH + sizeof high / sizeof *high ? high[c - HIGH] : c;
}

static void put(struct buffer *out, utf8proc_int32_t character) {
    utf8proc_uint8_t bytes[4];
    if (character < ' ' || (character >= DELETE && character <= 0x9F) || !utf8proc_codepoint_valid(character)) {
        buffer_printf(out, "%%%02X", (unsigned)character);
    } else {
        buffer_append(out, bytes, (size_t)utf8proc_encode_char(character, bytes));
    }
}

static void put_utf16(struct buffer *out, const unsigned char *bytes, size_t length, bool little) {
    for (size_t i = 0; i + 1 < length; i += 2) {
        utf8proc_int32_t unit = bytes[i + little] << 8 | bytes[i + !little];
        if ((unit & 0xFC00) == 0xD800 && i + 3 < length) {
            utf8proc_int32_t second = bytes[i + 2 + little] << 8 | bytes[i + 2 + !little];
            if ((second & 0xFC00) == 0xDC00) {
                unit = 0x10000 + ((unit & 0x3FF) << 10) + (second & 0x3FF);
                i += 2;
            }
        }
        put(out, unit);
    }
}

static void put_utf8(struct buffer *out, const unsigned char *bytes, size_t length) {
    while (length) {
        utf8proc_int32_t character;
        utf8proc_ssize_t taken = utf8proc_iterate(bytes, (utf8proc_ssize_t)length, &character);
        put(out, taken > 0 ? character : 0);
        bytes += taken > 0 ? taken : 1;
        length -= taken > 0 ? (size_t)taken : 1;
    }
}

static void put_document(struct buffer *out, const unsigned char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        put(out, document_character(bytes[i]));
    }
}

const char *pdf_text(struct arena *arena, const struct pdf_object *string) {
    struct buffer out = {0};
    const unsigned char *bytes = string->bytes;
    size_t length = string->length;
    if (length >= 2 && (memcmp(bytes, "\xFE\xFF", 2) == 0 || memcmp(bytes, "\xFF\xFE", 2) == 0)) {
        put_utf16(&out, bytes + 2, length - 2, bytes[0] == 0xFF);
    } else if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        put_utf8(&out, bytes + 3, length - 3);
    } else if (name_is_utf8((const char *)bytes, length)) {
        put_utf8(&out, bytes, length);
    } else {
        put_document(&out, bytes, length);
    }
    const char *text = arena_copy(arena, out.bytes ? out.bytes : "", out.length);
    buffer_free(&out);
    return text;
}
