#include "base/json.h"

#include "base/buffer.h"

#include <utf8proc.h>

static void escaped(struct buffer *out, unsigned char character) {
    static const char short_forms[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (const char *form = short_forms; *form; form += 2) {
        if ((unsigned char)form[0] == character) {
            buffer_char(out, '\\');
            buffer_char(out, form[1]);
            return;
        }
    }
    buffer_printf(out, "\\u%04x", character);
}

void json_text(struct buffer *out, const char *text) {
    if (!text) {
        buffer_string(out, "null");
        return;
    }
    buffer_char(out, '"');
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        size_t plain = 0;
        while (at[plain] >= 0x20 && at[plain] < 0x80 && at[plain] != '"' && at[plain] != '\\') {
            plain++;
        }
        if (plain) {
            buffer_append(out, at, plain);
            at += plain;
        } else if (*at < 0x80) {
            escaped(out, *at++);
        } else {
            utf8proc_int32_t character;
            utf8proc_ssize_t length = utf8proc_iterate(at, -1, &character);
            buffer_append(out, length > 0 ? (const char *)at : "\xEF\xBF\xBD", length > 0 ? (size_t)length : 3);
            at += length > 0 ? length : 1;
        }
    }
    buffer_char(out, '"');
}
