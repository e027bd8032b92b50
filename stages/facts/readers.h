/* Readers of documents that are no XML: each makes of a file the elements that a map walks (MAPS 2.1).
 *
 * XML itself comes from xml/parse.h; a reader here is one row of a table: how it knows its files, and how it reads.
 */
#ifndef TW_FACTS_READERS_H
#define TW_FACTS_READERS_H

#include "tree/source.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct document;
struct names;

struct reader {
    const char *name; /* head word reader= */
    bool (*sniff)(const unsigned char *bytes, size_t length);
    /* All of it lives in the arena; NULL: not of this form after all. */
    struct source *(*read)(struct arena *arena, const struct document *document, const unsigned char *bytes,
                           size_t length, uint32_t first_line, const struct names *names);
};

/* The reader for a file that is no XML; NULL: none, an attachment. */
const struct reader *reader_for(const unsigned char *bytes, size_t length);

/* SWIFT MT700 to MT709 (reader-mt.c). */
bool mt_sniff(const unsigned char *bytes, size_t length);
struct source *mt_read(struct arena *arena, const struct document *document, const unsigned char *bytes, size_t length,
                       uint32_t first_line, const struct names *names);

#endif
