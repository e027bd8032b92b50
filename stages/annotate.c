/* annotate: everything that the annotated bundle holds beside the originals, but the seal. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/fault.h"
#include "consignment.h"
#include "container/zip-known.h"
#include "knowledge.h"
#include "pages/page.h"
#include "pages/pages.h"
#include "pages/record.h"
#include "pages/svrl.h"
#include "stage.h"
#include "tree/json.h"
#include "tree/print.h"
#include "xml/transform.h"

#include <stdlib.h>
#include <string.h>

/* head: what the file begins with as others do, or NULL. */
static void add_output(struct consignment *c, const char *path, const struct buffer *bytes,
                       const struct page_head *head) {
    struct output *output = LIST_ADD(c->arena, c->outputs);
    size_t digested = head ? head->packed->length : 0;
    struct digest *digest = head ? digest_copy(head->digest) : digest_open();
    output->path = path;
    output->bytes = (const unsigned char *)arena_copy(c->arena, bytes->bytes ? bytes->bytes : "", bytes->length);
    output->length = bytes->length;
    output->head = head ? head->packed : NULL;
    digest_add(digest, output->bytes + digested, output->length - digested);
    digest_close(digest, output->sha256);
}

static void add_tree(struct consignment *c, const char *path, const struct tree *tree, const struct print_options *how,
                     struct buffer *buffer) {
    buffer_clear(buffer);
    tree_print(buffer, tree->root, how);
    add_output(c, path, buffer, NULL);
}

static const char *document_id(const struct document *document) {
    return document->id;
}

/* The user's own stylesheet. One that fails on a bundle costs its page, not the run: the page says why. */
static void add_extra(struct consignment *c, const struct knowledge *k, const struct tree *record,
                      struct buffer *buffer) {
    const char *why = NULL;
    buffer_clear(buffer);
    if (!xml_transform_run(k->stylesheet, record->root, record_namespace, buffer, c->arena, &why)) {
        buffer_clear(buffer);
        buffer_string(buffer, "The stylesheet failed: ");
        buffer_string(buffer, why ? why : "no reason is known");
    }
    add_output(c, arena_join(c->arena, "clearance/extra/", k->stylesheet_name, ".html"), buffer, NULL);
}

/* As XML, or as JSON where its name says so. */
static void add_draft(struct consignment *c, const struct draft *draft, struct buffer *buffer) {
    const char *suffix = strrchr(draft->path, '.');
    buffer_clear(buffer);
    if (suffix && strcmp(suffix, ".json") == 0) {
        tree_json(buffer, draft->tree.root);
    } else {
        tree_print(buffer, draft->tree.root, &(struct print_options){.ns = draft->ns});
    }
    add_output(c, draft->path, buffer, NULL);
}

static void add_data(struct consignment *c, const struct knowledge *k, struct buffer *buffer) {
    struct tree record = record_tree(c, k);
    add_tree(c, "clearance/record.xml", &record, &(struct print_options){.ns = record_namespace}, buffer);
    add_tree(c, "clearance/dossier.xml", &c->dossier,
             &(struct print_options){.document_id = document_id, .hidden = true}, buffer);
    buffer_clear(buffer);
    svrl_print(buffer, c);
    add_output(c, "clearance/findings.svrl", buffer, NULL);
    if (k->stylesheet) {
        add_extra(c, k, &record, buffer);
    }
    for (size_t i = 0; i < c->drafts.count; i++) {
        add_draft(c, &c->drafts.items[i], buffer);
    }
}

static void add_page(struct consignment *c, const struct knowledge *k, const struct page_language *language,
                     const char *kind, const char *path, const struct tree *tree, struct buffer *buffer) {
    const char *why = NULL;
    buffer_clear(buffer);
    if (!page_render(k->pages, language->code, kind, tree, buffer, &why)) {
        fault(why);
    }
    add_output(c, path, buffer, page_head(k->pages, language->code, kind));
}

/* The path of a draft's page: its XML file's, with another suffix. */
static const char *page_path(struct consignment *c, const char *path, const char *suffix) {
    const char *dot = strrchr(path, '.');
    size_t length = dot ? (size_t)(dot - path) : strlen(path);
    return arena_printf(c->arena, "%.*s%s.html", (int)length, path, suffix);
}

static void add_pages(struct consignment *c, const struct knowledge *k, const struct page_language *language,
                      struct buffer *buffer) {
    for (const struct page_row *row = page_rows; row->kind; row++) {
        /* What stays outside of the container is written in the first language alone. */
        if (row->wanted(c, k) && (!*language->suffix || output_is_packed(row->path))) {
            struct tree tree = row->make(c, k, language);
            add_page(c, k, language, row->kind, arena_join(c->arena, row->path, language->suffix, ".html"), &tree,
                     buffer);
        }
    }
    for (size_t i = 0; i < c->drafts.count; i++) {
        const struct draft *draft = &c->drafts.items[i];
        if (draft->page) {
            struct tree tree = page_of_draft(c, k, draft, language);
            add_page(c, k, language, draft->page, page_path(c, draft->path, language->suffix), &tree, buffer);
        }
    }
}

/* ---- digests.txt: the form of sha256sum, by path ---- */

struct line {
    const char *path, *sha256;
};

static int by_path(const void *a, const void *b) {
    return strcmp(((const struct line *)a)->path, ((const struct line *)b)->path);
}

static void add_digests(struct consignment *c, struct buffer *buffer) {
    size_t count = c->entries.count + c->outputs.count;
    struct line *lines = arena_alloc(c->arena, (count + 1) * sizeof *lines);
    size_t used = 0;
    for (size_t i = 0; i < c->entries.count; i++) {
        const struct entry *entry = &c->entries.items[i];
        lines[used++] = (struct line){arena_join(c->arena, "original/", entry->path, ""), entry->sha256};
    }
    for (size_t i = 0; i < c->outputs.count; i++) {
        if (strncmp(c->outputs.items[i].path, "clearance/", strlen("clearance/")) == 0) {
            lines[used++] = (struct line){c->outputs.items[i].path, c->outputs.items[i].sha256};
        }
    }
    qsort(lines, used, sizeof *lines, by_path);
    buffer_clear(buffer);
    for (size_t i = 0; i < used; i++) {
        buffer_printf(buffer, "%s  %s\n", lines[i].sha256, lines[i].path);
    }
    add_output(c, "clearance/digests.txt", buffer, NULL);
}

enum step annotate_whole(struct consignment *c, const struct knowledge *k) {
    struct buffer buffer = {0};
    add_data(c, k, &buffer);
    if (k->english) {
        add_pages(c, k, &(struct page_language){"en", k->chinese_first ? ".en" : ""}, &buffer);
    }
    if (k->chinese) {
        add_pages(c, k, &(struct page_language){"zh", k->english && !k->chinese_first ? ".zh" : ""}, &buffer);
    }
    add_digests(c, &buffer);
    buffer_free(&buffer);
    return STEP_ON;
}
