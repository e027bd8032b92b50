#include "xml/markup.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool begins(const char *at, const char *end, const char *with) {
    size_t length = strlen(with);
    return (size_t)(end - at) >= length && memcmp(at, with, length) == 0;
}

/* Behind the next occurrence of what closes; NULL: it never closes. */
static const char *behind(const char *at, const char *end, const char *closing) {
    size_t length = strlen(closing);
    const char *found = memmem(at, (size_t)(end - at), closing, length);
    return found ? found + length : NULL;
}

/* Behind the '>' of a tag; one in a quoted value does not count. */
static const char *behind_tag(const char *at, const char *end) {
    for (; at < end; at++) {
        if (*at == '>') {
            return at + 1;
        }
        if (*at == '<') {
            return NULL;
        }
        if (*at == '"' || *at == '\'') {
            at = memchr(at + 1, *at, (size_t)(end - at - 1));
            if (!at) {
                return NULL;
            }
        }
    }
    return NULL;
}

/* Behind a DTD: its internal subset holds quotes, comments and instructions. */
static const char *behind_dtd(const char *at, const char *end) {
    bool inside = false;
    while (at && at < end) {
        if (begins(at, end, "<!--")) {
            at = behind(at + 4, end, "-->");
        } else if (begins(at, end, "<?")) {
            at = behind(at + 2, end, "?>");
        } else if (*at == '"' || *at == '\'') {
            at = memchr(at + 1, *at, (size_t)(end - at - 1));
            at = at ? at + 1 : NULL;
        } else if (*at == '>' && !inside) {
            return at + 1;
        } else {
            inside = *at == '[' || (inside && *at != ']');
            at++;
        }
    }
    return NULL;
}

enum markup markup_next(const char **at, const char *end, const char **begin) {
    const char *from = memchr(*at, '<', (size_t)(end - *at));
    *begin = from ? from : end;
    *at = end;
    if (!from) {
        return MARKUP_END;
    }
    enum markup kind = MARKUP_OTHER;
    const char *next;
    if (begins(from, end, "<!--")) {
        next = behind(from + 4, end, "-->");
    } else if (begins(from, end, "<![CDATA[")) {
        next = behind(from + 9, end, "]]>");
    } else if (begins(from, end, "<!")) {
        next = behind_dtd(from + 2, end);
    } else if (begins(from, end, "<?")) {
        kind = MARKUP_INSTRUCTION;
        next = behind(from + 2, end, "?>");
    } else {
        next = behind_tag(from + 1, end);
        kind = begins(from, end, "</") ? MARKUP_CLOSE : next && next[-2] == '/' ? MARKUP_EMPTY : MARKUP_OPEN;
    }
    if (!next) {
        return MARKUP_BROKEN;
    }
    *at = next;
    return kind;
}
