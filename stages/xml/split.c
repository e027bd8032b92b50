/* Several documents in one file: where each begins. */
#include "xml/markup.h"
#include "xml/parse.h"

#include <string.h>

enum { LONGEST_NAME = 128 /* of a root that is looked for; a longer one takes the long way */ };

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_wide(const unsigned char *bytes, size_t length) {
    return length >= 2 &&
           (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0 || !bytes[0] || !bytes[1]);
}

static uint32_t lines_between(const char *from, const char *to) {
    uint32_t lines = 0;
    for (const char *feed; (feed = memchr(from, '\n', (size_t)(to - from))); from = feed + 1) {
        lines++;
    }
    return lines;
}

/* Behind the end of the root that begins somewhere from here on; NULL: it has no end, or there is none. */
static const char *behind_root(const char *at, const char *end) {
    const char *begin;
    for (unsigned depth = 0;;) {
        switch (markup_next(&at, end, &begin)) {
        case MARKUP_END:
        case MARKUP_BROKEN:
            return NULL;
        case MARKUP_OPEN:
            depth++;
            break;
        case MARKUP_CLOSE:
            if (depth <= 1) {
                return depth ? at : NULL;
            }
            depth--;
            break;
        case MARKUP_EMPTY:
            if (depth == 0) {
                return at;
            }
            break;
        case MARKUP_OTHER:
        case MARKUP_INSTRUCTION:
            break;
        }
    }
}

/* Whether another root follows, with nothing but white space, comments and instructions before it. */
static bool another_root(const char *at, const char *end) {
    for (;;) {
        while (at < end && is_space(*at)) {
            at++;
        }
        const char *here = at;
        const char *begin;
        enum markup kind = markup_next(&at, end, &begin);
        if (begin != here || kind == MARKUP_END || kind == MARKUP_BROKEN || kind == MARKUP_CLOSE) {
            return false;
        }
        if (kind == MARKUP_OPEN || kind == MARKUP_EMPTY) {
            return true;
        }
    }
}

/* Sees that nothing but text follows the first end tag that could be the root's, so that no other root can: most
 * files need no closer look. */
static bool has_one_root(const char *text, const char *end) {
    const char *at = text;
    const char *begin;
    enum markup kind;
    do {
        kind = markup_next(&at, end, &begin);
    } while (kind == MARKUP_OTHER || kind == MARKUP_INSTRUCTION);
    size_t length = kind == MARKUP_OPEN ? strcspn(begin + 1, " \t\r\n/>") : 0;
    char closing[2 + LONGEST_NAME] = "</";
    if (!length || length > LONGEST_NAME) {
        return false;
    }
    memcpy(closing + 2, begin + 1, length);
    const char *close = memmem(at, (size_t)(end - at), closing, length + 2);
    return close && !memchr(close + 1, '<', (size_t)(end - close - 1));
}

size_t xml_split(const unsigned char *bytes, size_t length, struct xml_span *spans, size_t capacity) {
    const char *text = (const char *)bytes;
    const char *end = text + length;
    const char *begin = text;
    size_t count = 1;
    spans[0] = (struct xml_span){.length = length, .first_line = 1};
    if (is_wide(bytes, length) || has_one_root(text, end)) {
        return count;
    }
    while (count < capacity) {
        const char *next = behind_root(begin, end);
        if (!next || !another_root(next, end)) {
            break;
        }
        while (is_space(*next)) {
            next++;
        }
        struct xml_span *last = &spans[count - 1];
        last->length = (size_t)(next - begin);
        spans[count++] = (struct xml_span){
            .offset = (size_t)(next - text),
            .length = (size_t)(end - next),
            .first_line = last->first_line + lines_between(begin, next),
        };
        begin = next;
    }
    return count;
}
