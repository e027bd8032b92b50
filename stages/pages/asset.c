#include "pages/asset.h"

#include "base/arena.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/problems.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_LIMIT = 1 << 18, BASE64_TEXT = 45 };

/* The SHA-256 of a text in base64, as a Content-Security-Policy names it. */
static void digest_base64(const char *text, size_t length, char out[BASE64_TEXT]) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char hex[DIGEST_TEXT];
    unsigned long bits = 0;
    unsigned held = 0;
    size_t used = 0;
    digest_hex(text, length, hex);
    for (size_t i = 0; hex[i]; i++) {
        bits = bits << 4 | (unsigned long)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
        held += 4;
        if (held >= 6) {
            held -= 6;
            out[used++] = digits[bits >> held & 63];
            bits &= (1UL << held) - 1;
        }
    }
    if (held) {
        out[used++] = digits[bits << (6 - held) & 63];
    }
    while (used % 4) {
        out[used++] = '=';
    }
    out[used] = '\0';
}

/* The text, to be freed; NULL: problems were added. */
static char *read_text(const char *path, size_t *length, struct problems *problems) {
    char *text = file_read(path, TEXT_LIMIT, length);
    if (!text) {
        problem(problems, path, 0, 0, "cannot be read: %s", strerror(errno));
        return NULL;
    }
    for (size_t i = 0, line = 1; i < *length; i++) {
        line += text[i] == '\n';
        if ((unsigned char)text[i] >= 0x80 || text[i] == '\r' || (text[i] == '<' && text[i + 1] == '/')) {
            problem(problems, path, (unsigned)line, 0, "a page carries this text as it is: ASCII, no CR and no \"</\"");
            break;
        }
    }
    return text;
}

static struct asset finish(struct arena *arena, char *text, size_t length) {
    char base64[BASE64_TEXT];
    digest_base64(text, length, base64);
    struct asset made = {arena_copy(arena, text, length), arena_join(arena, "'sha256-", base64, "'")};
    free(text);
    return made;
}

/* ---- style ---- */

static bool is_one_of(char c, const char *list) {
    return c && strchr(list, c);
}

/* Behind a text in quotes that begins at `at`. */
static const char *behind_quotes(const char *at, const char *end) {
    char quote = *at++;
    while (at < end && *at != quote) {
        at += *at == '\\' && at + 1 < end ? 2 : 1;
    }
    return at < end ? at + 1 : end;
}

static const char *behind_comment(const char *at, const char *end) {
    const char *close = memmem(at, (size_t)(end - at), "*/", 2);
    return close ? close + 2 : end;
}

/* Takes comments and needless blanks out, in place. Returns the new length. */
static size_t compact(char *text, size_t length) {
    const char *end = text + length;
    char *out = text;
    bool blank = false;
    for (const char *at = text; at < end;) {
        if (is_one_of(*at, " \n\t")) {
            blank = true;
            at++;
        } else if (*at == '/' && at + 1 < end && at[1] == '*') {
            blank = true;
            at = behind_comment(at + 2, end);
        } else {
            if (blank && out > text && !is_one_of(out[-1], "{};,:>") && !is_one_of(*at, "{};,>")) {
                *out++ = ' ';
            }
            blank = false;
            const char *next = *at == '"' || *at == '\'' ? behind_quotes(at, end) : at + 1;
            memmove(out, at, (size_t)(next - at));
            out += next - at;
            at = next;
        }
    }
    *out = '\0';
    return (size_t)(out - text);
}

struct asset asset_load_style(struct arena *arena, const char *path, struct problems *problems) {
    size_t length = 0;
    char *text = read_text(path, &length, problems);
    return text ? finish(arena, text, compact(text, length)) : (struct asset){0};
}

struct asset asset_load_script(struct arena *arena, const char *path, struct problems *problems) {
    size_t length = 0;
    char *text = read_text(path, &length, problems);
    return text ? finish(arena, text, length) : (struct asset){0};
}
