/* The files that a PDF carries in itself (ISO 32000-1, 7.11.4): its tree of embedded files and its associated files.
 *
 * Purpose    An invoice of Factur-X or ZUGFeRD is XML in such a file. The reader is our own, since what it may cost is
 *            to be known: it opens nothing, decrypts nothing, runs nothing, and stops at the limits.
 * Ownership  All in the arena, or in the bytes read, which must live as long.
 * Errors     A PDF that is damaged or encrypted has a fault in words and is a paper like any other.
 */
#ifndef TW_CONTAINER_PDF_ATTACHMENTS_H
#define TW_CONTAINER_PDF_ATTACHMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct pdf_attachment {
    const char *name;         /* UTF-8, without control characters; never empty */
    const char *title;        /* its description, or NULL */
    const char *relationship; /* "Alternative", "Source" …; NULL: not stated */
    const unsigned char *bytes;
    size_t length;
};

struct pdf_limits {
    size_t attachments;  /* of one PDF */
    size_t name_bytes;   /* what is beyond is cut off */
    uint64_t attachment; /* unpacked bytes of one */
    uint64_t unpacked;   /* unpacked bytes of all, and of what has to be unpacked to find them */
};

struct pdf_attachments {
    struct pdf_attachment *items;
    size_t count, capacity;
    const char *fault; /* why none, or not all, could be read; NULL */
    bool repaired;     /* the cross-reference table was damaged: found by searching */
};

struct pdf_attachments pdf_attachments(struct arena *arena, const unsigned char *bytes, size_t length,
                                       const struct pdf_limits *limits);

#endif
