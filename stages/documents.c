/* Which documents the entries of a bundle hold: one each, several where a file has several roots or messages; and what
 * a PDF carries in itself. */
#include "documents.h"
#include "base/arena.h"
#include "consignment.h"
#include "facts/readers.h"
#include "stage.h"
#include "xml/parse.h"

#include <string.h>

static void add_document(struct consignment *c, const struct file *file, const struct xml_span *span) {
    struct document *document = arena_zero(c->arena, sizeof *document);
    document->id = arena_printf(c->arena, "d%zu", c->documents.count + 1);
    document->path = file->path;
    document->entry = file->entry;
    document->bytes = file->bytes + span->offset;
    document->length = span->length;
    document->sha256 = file->sha256;
    document->embedded = file->embedded;
    document->first_line = span->first_line;
    document->kind = "unknown";
    *LIST_ADD(c->arena, c->documents) = document;
}

/* Several documents in one file: what a gateway writes who appends its messages (MAPS 2.1). */
enum { MOST_ROOTS = 64 };

/* It begins as XML does, or with the mark of UTF-8 or of GB18030. */
static bool is_markup(const struct file *file) {
    size_t at = 0;
    while (at < file->length && strchr(" \t\r\n", file->bytes[at]) && file->bytes[at]) {
        at++;
    }
    return at < file->length && (file->bytes[at] == '<' || file->bytes[at] == 0xEF || file->bytes[at] == 0x84);
}

static void add_roots(struct consignment *c, const struct file *file) {
    struct xml_span spans[MOST_ROOTS] = {{.length = file->length, .first_line = 1}};
    size_t count = xml_split(file->bytes, file->length, spans, MOST_ROOTS);
    for (size_t k = 0; k < count; k++) {
        add_document(c, file, &spans[k]);
    }
}

static void add_others(struct consignment *c, const struct file *file) {
    const struct reader *reader = reader_for(file->bytes, file->length);
    size_t starts[MOST_ROOTS] = {0};
    size_t count = reader ? reader->split(file->bytes, file->length, starts, MOST_ROOTS) : 1;
    uint32_t line = 1;
    for (size_t k = 0; k < count; k++) {
        size_t end = k + 1 < count ? starts[k + 1] : file->length;
        add_document(c, file, &(struct xml_span){.offset = starts[k], .length = end - starts[k], .first_line = line});
        for (size_t i = starts[k]; reader && i < end; i++) {
            line += file->bytes[i] == '\n';
        }
    }
}

struct document *documents_add(struct consignment *c, const struct file *file) {
    size_t first = c->documents.count;
    if (is_markup(file)) {
        add_roots(c, file);
    } else {
        add_others(c, file);
    }
    return c->documents.items[first];
}

void documents_open(struct consignment *c, const struct knowledge *k) {
    struct left left = embedded_left(c, k);
    for (size_t i = 0; i < c->entries.count; i++) {
        const struct entry *entry = &c->entries.items[i];
        const struct document *first = documents_add(c, &(struct file){.entry = entry,
                                                                       .path = entry->path,
                                                                       .sha256 = entry->sha256,
                                                                       .bytes = entry->bytes,
                                                                       .length = entry->length});
        embedded_add(c, k, first, &left);
    }
}
