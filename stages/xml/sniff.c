/* The root's expanded name, before and without a parse. */
#include "base/arena.h"
#include "xml/encoding.h"
#include "xml/markup.h"
#include "xml/parse.h"

#include <string.h>

enum { CONVERTED = 1 << 20 /* bytes that are looked at where they must be converted first */ };

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool ends_name(char c) {
    return is_space(c) || c == '/' || c == '>' || c == '=' || c == '<' || c == '\0';
}

static const char *name_end(const char *at, const char *end) {
    while (at < end && !ends_name(*at)) {
        at++;
    }
    return at;
}

/* The value of the namespace declaration of a prefix ("" for the default) in a start tag; NULL: none. */
static const char *declaration(struct arena *arena, const char *at, const char *end, const char *prefix,
                               size_t prefix_length) {
    while (at < end && *at != '>') {
        while (at < end && (is_space(*at) || *at == '/')) {
            at++;
        }
        const char *name = at;
        at = name_end(at, end);
        size_t length = (size_t)(at - name);
        while (at < end && (is_space(*at) || *at == '=')) {
            at++;
        }
        if (at == end || (*at != '"' && *at != '\'')) {
            return NULL; /* not well-formed from here on */
        }
        const char *value = at + 1;
        const char *close = memchr(value, *at, (size_t)(end - value));
        if (!close) {
            return NULL;
        }
        bool wanted = prefix_length ? length == 6 + prefix_length && memcmp(name, "xmlns:", 6) == 0 &&
                                          memcmp(name + 6, prefix, prefix_length) == 0
                                    : length == 5 && memcmp(name, "xmlns", 5) == 0;
        if (wanted) {
            return close > value ? arena_copy(arena, value, (size_t)(close - value)) : NULL;
        }
        at = close + 1;
    }
    return NULL;
}

/* The start tag at '<'; what follows it may be broken. */
static bool read_root(struct arena *arena, const char *tag, const char *end, const char **ns, const char **name) {
    const char *qname = tag + 1;
    const char *after = name_end(qname, end);
    const char *colon = memchr(qname, ':', (size_t)(after - qname));
    const char *local = colon ? colon + 1 : qname;
    if (local == after) {
        return false;
    }
    *name = arena_copy(arena, local, (size_t)(after - local));
    *ns = declaration(arena, after, end, qname, colon ? (size_t)(colon - qname) : 0);
    return true;
}

static bool find_root(struct arena *arena, const char *at, const char *end, const char **ns, const char **name) {
    while (at < end && is_space(*at)) {
        at++;
    }
    if (at == end || *at != '<') {
        return false;
    }
    for (;;) {
        const char *begin;
        switch (markup_next(&at, end, &begin)) {
        case MARKUP_OTHER:
        case MARKUP_INSTRUCTION:
            break;
        case MARKUP_OPEN:
        case MARKUP_EMPTY:
            return read_root(arena, begin, end, ns, name);
        case MARKUP_BROKEN:
            return end - begin > 1 && !strchr("!?/", begin[1]) && read_root(arena, begin, end, ns, name);
        case MARKUP_CLOSE:
        case MARKUP_END:
            return false;
        }
    }
}

bool xml_sniff(struct arena *arena, const unsigned char *bytes, size_t length, const char **ns, const char **name) {
    struct encoding encoding = encoding_detect(bytes, length);
    *ns = *name = NULL;
    if (encoding.ascii) { /* also of an encoding that is not read: its parse will say so */
        const char *text = (const char *)bytes;
        return find_root(arena, text + encoding.mark, text + length, ns, name);
    }
    struct buffer text = {0};
    bool cut = length > CONVERTED;
    encoding_convert(&encoding, bytes, cut ? CONVERTED : length, cut, &text);
    bool found = find_root(arena, text.bytes, text.bytes + text.length, ns, name);
    buffer_free(&text);
    return found;
}
