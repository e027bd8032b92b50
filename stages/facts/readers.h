/* Readers of documents that are no XML: each makes of a file the elements that a map walks (MAPS 2.1).
 *
 * XML itself comes from xml/parse.h; a reader here is one row of a table: how it knows its files, where several of its
 * documents in one file begin, and how it reads one.
 */
#ifndef TW_FACTS_READERS_H
#define TW_FACTS_READERS_H

#include "tree/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct document;
struct names;

/* What is wrong with a document that a reader takes for one of its own; message NULL: nothing. */
struct reader_fault {
    const char *message; /* "it has no field" */
    uint32_t line, column;
};

struct reader {
    const char *name; /* head word reader= */
    bool (*sniff)(const unsigned char *bytes, size_t length);
    /* Where each document begins, the first at 0: how many, at most capacity; the last holds all the rest. */
    size_t (*split)(const unsigned char *bytes, size_t length, size_t *starts, size_t capacity);
    /* From the document's bytes; all of it lives in the arena. With a fault: as far as it was read. NULL: not of this
     * form after all. */
    struct source *(*read)(struct arena *arena, const struct document *document, const struct names *names,
                           struct reader_fault *fault);
};

/* The reader for a file that is no XML; NULL: none, an attachment. */
const struct reader *reader_for(const unsigned char *bytes, size_t length);

/* SWIFT FIN text (reader-mt.c). */
bool mt_sniff(const unsigned char *bytes, size_t length);
size_t mt_split(const unsigned char *bytes, size_t length, size_t *starts, size_t capacity);
struct source *mt_read(struct arena *arena, const struct document *document, const struct names *names,
                       struct reader_fault *fault);

#endif
