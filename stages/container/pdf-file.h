/* A PDF file as a table of objects (ISO 32000-1, 7.5): where each stands, and what its streams hold.
 *
 * Purpose    Only what a reader of attachments needs. Nothing is decrypted, drawn or run.
 * Sequence   pdf_open, then pdf_at and pdf_stream. Where file->damaged is set afterwards, pdf_repair finds the objects
 *            by searching for them, and all that was read is to be read again.
 * Bounds     Work and unpacked bytes of a whole file are given by its opener; what would go beyond is as if absent,
 *            and file->exhausted says so.
 * Ownership  All of it lives in the arena; the bytes are borrowed.
 */
#ifndef TW_CONTAINER_PDF_FILE_H
#define TW_CONTAINER_PDF_FILE_H

#include "container/pdf-object.h"

/* Where an object stands. */
struct pdf_entry {
    uint32_t where; /* offset in the file, or number of the object stream */
    uint32_t index; /* in the object stream, or one of the marks of pdf-file.c */
};

struct pdf_packed; /* an object stream, unpacked */

struct pdf_file {
    struct pdf_source source; /* from the bytes %PDF- on: offsets count from there */
    struct pdf_entry *entries;
    size_t count, capacity;
    const struct pdf_object *trailer; /* the newest; NULL: none was found */
    struct pdf_packed *packed;
    uint64_t left; /* bytes that may still be unpacked */
    unsigned depth;
    bool damaged;   /* something was not where the file says */
    bool exhausted; /* a bound was met */
    bool repaired;
};

/* bytes: from %PDF- on. False: no cross-reference table can be read. */
bool pdf_open(struct pdf_file *file);
/* Makes the table anew by searching; a trailer that is found names the catalogue. */
void pdf_repair(struct pdf_file *file);

/* An object, where it is a reference the one that it means; NULL: absent. */
const struct pdf_object *pdf_resolve(struct pdf_file *file, const struct pdf_object *object);
/* The value of a key, resolved. */
const struct pdf_object *pdf_at(struct pdf_file *file, const struct pdf_object *dictionary, const char *key);

/* The content of a stream, its filters undone. NULL: *why says in words why not. */
const unsigned char *pdf_stream(struct pdf_file *file, const struct pdf_object *dictionary, uint64_t most,
                                size_t *length, const char **why);

/* For pdf-xref.c and pdf-repair.c: notes where an object stands; the first note of a number counts. */
void pdf_note(struct pdf_file *file, int64_t number, uint32_t where, uint32_t index);
#define PDF_PLAIN UINT32_MAX      /* index: where is an offset */
#define PDF_FREE (UINT32_MAX - 1) /* index: there is no object of that number */
/* The object that stands at an offset, its stream noted; NULL: none of that number (below 0: any) is there. */
struct pdf_object *pdf_object_at(const struct pdf_file *file, size_t offset, int64_t number);
/* The numbers of the objects in an object stream, noted. */
void pdf_note_packed(struct pdf_file *file, int64_t stream);

#endif
