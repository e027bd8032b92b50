/* How entries become documents: shared by documents.c (any file) and embedded.c (what a PDF carries). */
#ifndef TW_DOCUMENTS_H
#define TW_DOCUMENTS_H

#include <stddef.h>
#include <stdint.h>

struct consignment;
struct document;
struct embedding;
struct entry;
struct knowledge;

/* A file in which documents stand: an entry, or what is embedded in one. */
struct file {
    const struct entry *entry;
    const char *path, *sha256;
    const unsigned char *bytes;
    size_t length;
    const struct embedding *embedded; /* NULL: the file is the entry */
};

/* Adds the documents of a file; returns the first. */
struct document *documents_add(struct consignment *c, const struct file *file);

/* What is left of the bundle's limits (POLICY 11) when its entries are counted: for what is embedded in them. */
struct left {
    size_t entries;
    uint64_t unpacked;
};
struct left embedded_left(const struct consignment *c, const struct knowledge *k);

/* Adds the files that a document carries, each as documents of its own behind it, where it is a PDF. */
void embedded_add(struct consignment *c, const struct knowledge *k, const struct document *carrier, struct left *left);

#endif
