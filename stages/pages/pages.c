#include "pages/pages.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/digest.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/problems.h"
#include "pages/clean.h"
#include "pages/inside.h"
#include "pages/sheet.h"
#include "tree/fact.h"
#include "tree/names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_LIMIT = 1 << 18, BASE64_TEXT = 45 };

/* Every kind of page that there is; an optional one has a stylesheet where somebody wrote it. */
static const struct kind_row {
    const char *kind;
    bool optional;
} kind_rows[] = {
    {"record", false},         {"declaration", false},        {"declarant", false}, {"release", false},
    {"bill-of-lading", false}, {"loading-certificate", true}, {"run", false},       {"catalogue", false},
};
enum { KINDS = sizeof kind_rows / sizeof *kind_rows };

struct pages {
    struct arena *arena;
    struct messages *messages;
    const struct form *form;
    const struct sheet *sheets[KINDS];
    struct page_asset style, script;
    const char *ours[3]; /* interned names of the elements that hold our own texts, and NULL */
};

/* ---- style and script: their text, and their digest for the policy ---- */

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

static void load_asset(struct pages *pages, struct page_asset *asset, const char *folder, const char *name,
                       struct problems *problems) {
    const char *path = arena_printf(pages->arena, "%s/%s", folder, name);
    size_t length = 0;
    char *text = file_read(path, TEXT_LIMIT, &length);
    if (!text) {
        problem(problems, path, 0, 0, "cannot be read: %s", strerror(errno));
        return;
    }
    for (size_t i = 0, line = 1; i < length; i++) {
        line += text[i] == '\n';
        if ((unsigned char)text[i] >= 0x80 || text[i] == '\r' || (text[i] == '<' && text[i + 1] == '/')) {
            problem(problems, path, (unsigned)line, 0, "a page carries this text as it is: ASCII, no CR and no \"</\"");
            break;
        }
    }
    char base64[BASE64_TEXT];
    digest_base64(text, length, base64);
    asset->text = arena_copy(pages->arena, text, length);
    asset->source = arena_printf(pages->arena, "'sha256-%s'", base64);
    free(text);
}

/* ---- loading ---- */

static void load_sheets(struct pages *pages, const char *folder, struct names *names, struct problems *problems) {
    for (size_t i = 0; i < KINDS; i++) {
        const char *path = arena_printf(pages->arena, "%s/%s.xsl", folder, kind_rows[i].kind);
        if (!kind_rows[i].optional || access(path, R_OK) == 0) {
            pages->sheets[i] = sheet_load(pages->arena, path, names, problems);
        }
    }
}

struct pages *pages_load(const char *folder, struct names *names, struct problems *problems) {
    struct arena *arena = arena_new();
    struct pages *pages = arena_zero(arena, sizeof *pages);
    size_t before = problems->count;
    pages->arena = arena;
    pages->ours[0] = pages->style.name = names_intern(names, "style");
    pages->ours[1] = pages->script.name = names_intern(names, "script");
    load_asset(pages, &pages->style, folder, "tidewaiter.css", problems);
    load_asset(pages, &pages->script, folder, "run.js", problems);
    pages->messages = messages_load(arena, folder, names, problems);
    pages->form = form_load(arena, arena_printf(arena, "%s/form.csv", folder), problems);
    load_sheets(pages, folder, names, problems);
    if (problems->count != before) {
        pages_free(pages);
        return NULL;
    }
    return pages;
}

void pages_free(struct pages *pages) {
    if (pages) {
        arena_free(pages->arena);
    }
}

/* ---- rendering ---- */

bool page_render(const struct pages *pages, const char *kind, const struct tree *tree, struct buffer *out,
                 const char **why) {
    for (size_t i = 0; i < KINDS; i++) {
        if (pages->sheets[i] && strcmp(kind_rows[i].kind, kind) == 0) {
            clean_tree(tree->arena, tree->root, pages->ours);
            return sheet_run(pages->sheets[i], tree, out, why);
        }
    }
    *why = arena_printf(tree->arena, "no stylesheet for pages of the kind \"%s\"", kind);
    return false;
}

const char *page_message(const struct pages *pages, const char *language, const char *id) {
    bool translated;
    return messages_find(pages->messages, language, id, &translated);
}

const struct messages *pages_messages(const struct pages *pages) {
    return pages->messages;
}

const struct form *pages_form(const struct pages *pages) {
    return pages->form;
}

const struct page_asset *pages_style(const struct pages *pages) {
    return &pages->style;
}

const struct page_asset *pages_script(const struct pages *pages) {
    return &pages->script;
}

const char *pages_style_text(const struct pages *pages) {
    return pages->style.text;
}
