/* Which namespaces are declared where, read from the text of a document that is known to be well-formed.
 *
 * The source tree knows expanded names only; the paths in a map's words need the prefixes.
 */
#include "facts/map-item.h"

#include "base/arena.h"

#include <string.h>

enum { DEEPEST = 256 };

struct scanner {
    struct arena *arena;
    const char *at, *end;
};

static bool looks_at(const struct scanner *scanner, const char *text) {
    size_t length = strlen(text);
    return (size_t)(scanner->end - scanner->at) >= length && memcmp(scanner->at, text, length) == 0;
}

/* Behind the next occurrence of a text, or to the end. */
static void skip_past(struct scanner *scanner, const char *text) {
    while (scanner->at < scanner->end && !looks_at(scanner, text)) {
        scanner->at++;
    }
    scanner->at += scanner->at < scanner->end ? strlen(text) : 0;
}

static size_t name_length(const struct scanner *scanner) {
    size_t length = 0;
    while (scanner->at + length < scanner->end && !strchr(" \t\r\n=/>", scanner->at[length])) {
        length++;
    }
    return length;
}

/* One attribute, from its name to behind its closing quote; a declaration becomes an inner scope. */
static const struct scope *read_attribute(struct scanner *scanner, const struct scope *scope) {
    const char *name = scanner->at;
    size_t length = name_length(scanner);
    scanner->at += length;
    while (scanner->at < scanner->end && *scanner->at != '"' && *scanner->at != '\'') {
        scanner->at++;
    }
    if (scanner->at >= scanner->end) {
        return scope;
    }
    char quote = *scanner->at++;
    const char *value = scanner->at;
    while (scanner->at < scanner->end && *scanner->at != quote) {
        scanner->at++;
    }
    size_t value_length = (size_t)(scanner->at - value);
    scanner->at += scanner->at < scanner->end;
    bool is_default = length == 5 && memcmp(name, "xmlns", 5) == 0;
    if (!is_default && (length < 7 || memcmp(name, "xmlns:", 6) != 0)) {
        return scope;
    }
    struct scope *made = arena_zero(scanner->arena, sizeof *made);
    made->prefix = is_default ? "" : arena_copy(scanner->arena, name + 6, length - 6);
    made->uri = arena_copy(scanner->arena, value, value_length);
    made->outer = scope;
    return made;
}

/* A start tag from behind its '<'; *empty where it ends with "/>". */
static const struct scope *read_start(struct scanner *scanner, const struct scope *scope, bool *empty) {
    scanner->at += name_length(scanner);
    *empty = false;
    while (scanner->at < scanner->end && *scanner->at != '>') {
        if (*scanner->at == '/') {
            *empty = true;
            scanner->at++;
        } else if (strchr(" \t\r\n", *scanner->at)) {
            scanner->at++;
        } else {
            scope = read_attribute(scanner, scope);
        }
    }
    return scope;
}

const struct scope **scopes_read(struct arena *arena, const char *text, size_t length, size_t elements) {
    struct scanner scanner = {.arena = arena, .at = text, .end = text + length};
    const struct scope **scopes = arena_zero(arena, (elements + 1) * sizeof *scopes);
    const struct scope *open[DEEPEST + 1] = {NULL};
    size_t depth = 0;
    size_t count = 0;
    while (scanner.at < scanner.end && count <= elements) {
        if (*scanner.at != '<') {
            scanner.at++;
        } else if (looks_at(&scanner, "<!--")) {
            skip_past(&scanner, "-->");
        } else if (looks_at(&scanner, "<![CDATA[")) {
            skip_past(&scanner, "]]>");
        } else if (looks_at(&scanner, "<?")) {
            skip_past(&scanner, "?>");
        } else if (looks_at(&scanner, "</")) {
            depth -= depth > 0;
            skip_past(&scanner, ">");
        } else {
            bool empty;
            scanner.at++;
            const struct scope *scope = read_start(&scanner, open[depth], &empty);
            scopes[count++] = scope;
            if (!empty && depth < DEEPEST) {
                open[++depth] = scope;
            }
        }
    }
    return scopes;
}
