#include "xml/write.h"

#include "base/buffer.h"
#include "base/plain.h"
#include "xml/utf8.h"

#include <stdint.h>
#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD";

enum place { IN_TEXT, IN_ATTRIBUTE, NOWHERE };

/* What is written instead of a byte below 0x80; NULL: the byte itself. */
static const char *reference(unsigned char c, enum place place) {
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
        return replacement;
    }
    if (place == NOWHERE) {
        return NULL;
    }
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return place == IN_ATTRIBUTE ? "&quot;" : NULL;
    case '\t':
        return place == IN_ATTRIBUTE ? "&#9;" : NULL;
    case '\n':
        return place == IN_ATTRIBUTE ? "&#10;" : NULL;
    case '\r':
        return "&#13;";
    default:
        return NULL;
    }
}

/* U+FFFE and U+FFFF are UTF-8, but no characters of XML. */
static bool is_noncharacter(const unsigned char *at, size_t length) {
    return length == 3 && at[0] == 0xEF && at[1] == 0xBF && at[2] >= 0xBE;
}

/* How many bytes at *at belong together, and what is written instead of them; NULL: themselves. */
static size_t next(const unsigned char *at, const unsigned char *end, enum place place, const char **instead) {
    if (*at < 0x80) {
        *instead = reference(*at, place);
        return 1;
    }
    bool partial = false;
    size_t length = utf8_character(at, (size_t)(end - at), &partial);
    *instead = length && !is_noncharacter(at, length) ? NULL : replacement;
    return length ? length : 1;
}

/* Plain bytes go out in spans; what interrupts them is written apart. */
static void write(struct buffer *out, const char *text, size_t length, enum place place) {
    const unsigned char *at = (const unsigned char *)text;
    const unsigned char *end = at + length;
    const unsigned char *span = at;
    while (at < end) {
        at = (const unsigned char *)plain_end((const char *)at, (const char *)end);
        if (at == end) {
            break;
        }
        const char *instead;
        size_t step = next(at, end, place, &instead);
        if (instead) {
            buffer_append(out, span, (size_t)(at - span));
            buffer_string(out, instead);
            span = at + step;
        }
        at += step;
    }
    buffer_append(out, span, (size_t)(at - span));
}

void xml_write_text(struct buffer *out, const char *text) {
    if (text) {
        write(out, text, strlen(text), IN_TEXT);
    }
}

void xml_write_text_part(struct buffer *out, const char *text, size_t length) {
    write(out, text, length, IN_TEXT);
}

void xml_write_attribute(struct buffer *out, const char *value) {
    if (value) {
        write(out, value, strlen(value), IN_ATTRIBUTE);
    }
}

void xml_write_clean(struct buffer *out, const char *text) {
    if (text) {
        write(out, text, strlen(text), NOWHERE);
    }
}

bool xml_is_clean(const char *text) {
    const unsigned char *at = (const unsigned char *)text;
    const unsigned char *end = at + strlen(text);
    while (at < end) {
        const char *instead = NULL;
        at += next(at, end, NOWHERE, &instead);
        if (instead) {
            return false;
        }
    }
    return true;
}
