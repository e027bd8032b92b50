#include "xml/write.h"

#include "base/buffer.h"
#include "xml/utf8.h"

#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD";

/* What is written for a byte; NULL: the byte itself, or it begins a longer character. */
static const char *reference(unsigned char c, bool in_attribute) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return in_attribute ? "&quot;" : NULL;
    case '\t':
        return in_attribute ? "&#9;" : NULL;
    case '\n':
        return in_attribute ? "&#10;" : NULL;
    case '\r':
        return "&#13;";
    default:
        return c < 0x20 || c == 0x7F ? replacement : NULL;
    }
}

/* U+FFFE and U+FFFF are UTF-8, but no characters of XML. */
static bool is_noncharacter(const unsigned char *at, size_t length) {
    return length == 3 && at[0] == 0xEF && at[1] == 0xBF && at[2] >= 0xBE;
}

/* Plain bytes go out in spans; what interrupts them is written apart. */
static void write(struct buffer *out, const char *text, size_t length, bool in_attribute) {
    const unsigned char *at = (const unsigned char *)text;
    const unsigned char *end = at + length;
    const unsigned char *plain = at;
    while (at < end) {
        const char *instead = reference(*at, in_attribute);
        size_t step = 1;
        if (*at >= 0x80) {
            bool partial = false;
            step = utf8_character(at, (size_t)(end - at), &partial);
            instead = step && !is_noncharacter(at, step) ? NULL : replacement;
            step = step ? step : 1;
        }
        if (instead) {
            buffer_append(out, plain, (size_t)(at - plain));
            buffer_string(out, instead);
            plain = at + step;
        }
        at += step;
    }
    buffer_append(out, plain, (size_t)(at - plain));
}

void xml_write_text(struct buffer *out, const char *text) {
    if (text) {
        write(out, text, strlen(text), false);
    }
}

void xml_write_text_part(struct buffer *out, const char *text, size_t length) {
    write(out, text, length, false);
}

void xml_write_attribute(struct buffer *out, const char *value) {
    if (value) {
        write(out, value, strlen(value), true);
    }
}
