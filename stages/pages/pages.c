#include "pages/pages.h"

#include "base/arena.h"
#include "base/digest.h"
#include "base/problems.h"
#include "container/zip-known.h"
#include "pages/asset.h"
#include "pages/inside.h"
#include "pages/sheet.h"
#include "tree/fact.h"
#include "tree/names.h"

#include <string.h>

/* Every kind of page that there is. */
static const struct kind_row {
    const char *kind;
    bool script;
} kind_rows[] = {
    {"record", false},
    {"declaration", false},
    {"declarant", false},
    {"release", false},
    {"loading-certificate", false},
    {"certificate-copy", false},
    {"bill-of-lading", false},
    {"run", true},
    {"catalogue", false},
};
enum { KINDS = sizeof kind_rows / sizeof *kind_rows };

static const char *const languages[] = {"en", "zh"};
enum { LANGUAGES = sizeof languages / sizeof *languages };

struct page_sheet {
    const struct sheet *sheet; /* NULL: it has mistakes */
    const struct fact *known;
    struct page_head head;
};

struct pages {
    struct arena *arena;
    struct messages *messages;
    const struct form *form;
    struct page_sheet sheets[LANGUAGES][KINDS];
    struct asset style, script;
};

/* ---- what all pages of a kind show alike ---- */

struct known_tree {
    struct tree tree;
    struct names *names;
};

static struct fact *add(struct known_tree *known, struct fact *parent, const char *name, const char *value) {
    return tree_attach(&known->tree, parent, names_intern(known->names, name), value);
}

static const struct fact *known_of(const struct pages *pages, const char *language, const struct kind_row *row,
                                   struct names *names) {
    (void)names_intern(names, "page");
    struct known_tree known = {tree_new(pages->arena, names, "page"), names};
    struct fact *root = known.tree.root;
    const struct message_word *word;
    add(&known, root, "@lang", strcmp(language, "zh") == 0 ? "zh-Hans" : language);
    add(&known, root, "style", pages->style.text);
    if (row->script) {
        add(&known, root, "script", pages->script.text);
    }
    add(&known, root, "policy",
        arena_printf(pages->arena,
                     "default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'",
                     pages->style.source, row->script ? pages->script.source : "'none'"));
    struct fact *words = add(&known, root, "words", NULL);
    for (size_t i = 0; (word = messages_next_word(pages->messages, language, row->kind, &i));) {
        tree_attach(&known.tree, words, word->name, word->text);
    }
    return root;
}

/* ---- loading ---- */

static void load_sheet(struct pages *pages, struct page_sheet *made, const char *path, struct names *names,
                       struct problems *problems) {
    size_t length = 0;
    made->sheet = sheet_load(pages->arena, path, names, made->known, problems);
    if (made->sheet) {
        const char *head = sheet_head(made->sheet, &length);
        made->head.packed = zip_known_make(pages->arena, head, length);
        made->head.digest = digest_open();
        digest_add(made->head.digest, head, length);
    }
}

static void load_sheets(struct pages *pages, size_t language, const char *folder, struct names *names,
                        struct problems *problems) {
    for (size_t i = 0; i < KINDS; i++) {
        const char *path = arena_printf(pages->arena, "%s/%s.xsl", folder, kind_rows[i].kind);
        struct page_sheet *made = &pages->sheets[language][i];
        made->known = known_of(pages, languages[language], &kind_rows[i], names);
        load_sheet(pages, made, path, names, problems);
    }
}

struct pages *pages_load(const char *folder, struct names *names, struct problems *problems) {
    struct arena *arena = arena_new();
    struct pages *pages = arena_zero(arena, sizeof *pages);
    size_t before = problems->count;
    pages->arena = arena;
    pages->style = asset_load_style(arena, arena_join(arena, folder, "/tidewaiter.css", ""), problems);
    pages->script = asset_load_script(arena, arena_join(arena, folder, "/run.js", ""), problems);
    pages->messages = messages_load(arena, folder, names, problems);
    pages->form = form_load(arena, arena_join(arena, folder, "/form.csv", ""), problems);
    for (size_t i = 0; i < LANGUAGES && problems->count == before; i++) {
        load_sheets(pages, i, folder, names, problems);
    }
    if (problems->count != before) {
        pages_free(pages);
        return NULL;
    }
    return pages;
}

void pages_free(struct pages *pages) {
    if (!pages) {
        return;
    }
    for (size_t i = 0; i < LANGUAGES; i++) {
        for (size_t k = 0; k < KINDS; k++) {
            digest_free(pages->sheets[i][k].head.digest);
        }
    }
    arena_free(pages->arena);
}

/* ---- rendering ---- */

/* NULL: no such kind. */
static const struct page_sheet *find(const struct pages *pages, const char *language, const char *kind) {
    size_t k = 0;
    while (k < KINDS && strcmp(kind_rows[k].kind, kind) != 0) {
        k++;
    }
    return k < KINDS ? &pages->sheets[strcmp(language, languages[0]) != 0][k] : NULL;
}

bool page_render(const struct pages *pages, const char *language, const char *kind, const struct tree *tree,
                 struct buffer *out, const char **why) {
    const struct page_sheet *found = find(pages, language, kind);
    if (!found || !found->sheet) {
        *why = arena_printf(tree->arena, "no stylesheet for pages of the kind \"%s\"", kind);
        return false;
    }
    return sheet_run(found->sheet, tree, out, why);
}

const struct fact *page_known(const struct pages *pages, const char *language, const char *kind) {
    const struct page_sheet *found = find(pages, language, kind);
    return found ? found->known : NULL;
}

const struct page_head *page_head(const struct pages *pages, const char *language, const char *kind) {
    const struct page_sheet *found = find(pages, language, kind);
    return found ? &found->head : NULL;
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
