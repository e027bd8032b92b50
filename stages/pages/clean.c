#include "pages/clean.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/plain.h"
#include "base/unicode.h"

#include <stdbool.h>
#include <string.h>

static bool is_hostile(int32_t point) {
    return (point < 0x20 && point != '\t' && point != '\n') || (point >= 0x7F && point <= 0x9F) || point == 0x061C ||
           point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E) || point == 0x2028 ||
           point == 0x2029 || (point >= 0x2066 && point <= 0x206F) || point == 0xFEFF;
}

/* Most text is plain ASCII: it is looked at once, eight bytes at a time, and byte by byte from where that fails. */
static bool is_plain(const char *text) {
    const char *end = text + strlen(text);
    for (uint64_t word; end - text >= (ptrdiff_t)sizeof word; text += sizeof word) {
        memcpy(&word, text, sizeof word);
        if (plain_control(word)) {
            break;
        }
    }
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at >= 0x7F || (*at < 0x20 && *at != '\t' && *at != '\n')) {
            return false;
        }
    }
    return true;
}

const char *clean_text(struct arena *arena, const char *text) {
    if (!text || is_plain(text)) {
        return text;
    }
    struct buffer out = {0};
    const char *from = text;
    bool changed = false;
    for (const char *at = text; *at;) {
        const char *start = at;
        int32_t point = unicode_next(&at);
        if (is_hostile(point)) {
            buffer_append(&out, from, (size_t)(start - from));
            buffer_printf(&out, "[U+%04X]", (unsigned)point);
            from = at;
            changed = true;
        }
    }
    buffer_string(&out, from);
    const char *made = changed ? arena_copy(arena, out.bytes, out.length) : text;
    buffer_free(&out);
    return made;
}
