/* Which documents the entries of a bundle hold: one each, several where a file has several roots or messages. */
#include "base/arena.h"
#include "consignment.h"
#include "facts/readers.h"
#include "stage.h"
#include "xml/parse.h"

#include <string.h>

static void add_document(struct consignment *c, const struct entry *entry, const unsigned char *bytes, size_t length,
                         uint32_t first_line) {
    struct document *document = arena_zero(c->arena, sizeof *document);
    document->id = arena_printf(c->arena, "d%zu", c->documents.count + 1);
    document->path = entry->path;
    document->entry = entry;
    document->bytes = bytes;
    document->length = length;
    document->first_line = first_line;
    document->kind = "unknown";
    *LIST_ADD(c->arena, c->documents) = document;
}

/* Several documents in one file: what a gateway writes who appends its messages (MAPS 2.1). */
enum { MOST_ROOTS = 64 };

static bool is_markup(const struct entry *entry) {
    size_t at = 0;
    while (at < entry->length && strchr(" \t\r\n", entry->bytes[at]) && entry->bytes[at]) {
        at++;
    }
    return at < entry->length && (entry->bytes[at] == '<' || entry->bytes[at] == 0xEF);
}

static void add_roots(struct consignment *c, const struct entry *entry) {
    struct xml_span spans[MOST_ROOTS] = {{.length = entry->length, .first_line = 1}};
    size_t count = xml_split(entry->bytes, entry->length, spans, MOST_ROOTS);
    for (size_t k = 0; k < count; k++) {
        add_document(c, entry, entry->bytes + spans[k].offset, spans[k].length, spans[k].first_line);
    }
}

static void add_others(struct consignment *c, const struct entry *entry) {
    const struct reader *reader = reader_for(entry->bytes, entry->length);
    size_t starts[MOST_ROOTS] = {0};
    size_t count = reader ? reader->split(entry->bytes, entry->length, starts, MOST_ROOTS) : 1;
    uint32_t line = 1;
    for (size_t k = 0; k < count; k++) {
        size_t end = k + 1 < count ? starts[k + 1] : entry->length;
        add_document(c, entry, entry->bytes + starts[k], end - starts[k], line);
        for (size_t i = starts[k]; reader && i < end; i++) {
            line += entry->bytes[i] == '\n';
        }
    }
}

void documents_open(struct consignment *c) {
    for (size_t i = 0; i < c->entries.count; i++) {
        const struct entry *entry = &c->entries.items[i];
        if (is_markup(entry)) {
            add_roots(c, entry);
        } else {
            add_others(c, entry);
        }
    }
}
