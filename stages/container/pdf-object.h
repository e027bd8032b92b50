/* The objects of a PDF (ISO 32000-1, 7.2 and 7.3) as a reader of attachments needs them: one at a time, unresolved.
 *
 * Bounds     The depth of nesting, and the work that all sources of a file share: what hostile bytes can cost is
 *            known before they are read.
 * Ownership  Objects live in the arena of the source.
 */
#ifndef TW_CONTAINER_PDF_OBJECT_H
#define TW_CONTAINER_PDF_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct pdf_source {
    struct arena *arena;
    const unsigned char *bytes;
    size_t length;
    size_t *work; /* what may still be spent: one for a byte looked at, some for an object made */
};

enum pdf_kind {
    PDF_NULL,
    PDF_INTEGER,
    PDF_NAME,
    PDF_STRING,
    PDF_ARRAY,
    PDF_DICTIONARY,
    PDF_REFERENCE,
    PDF_OTHER, /* a real number, true, false: nothing that a reader of attachments asks for */
};

struct pdf_object {
    enum pdf_kind kind;
    int64_t number;                 /* PDF_INTEGER: its value; PDF_REFERENCE: of the object */
    const unsigned char *bytes;     /* PDF_NAME (without its slash), PDF_STRING: decoded */
    size_t length;                  /* of bytes */
    const struct pdf_object *first; /* PDF_ARRAY: the members; PDF_DICTIONARY: key, value, key, value … */
    const struct pdf_object *next;  /* in the array or dictionary around it */
    size_t stream;                  /* PDF_DICTIONARY: where its stream begins in the file; 0: it has none */
};

/* Takes that much from the work; false: there is not so much left. */
bool pdf_spend(const struct pdf_source *source, size_t work);

/* The object at *at, which then stands behind it. NULL: there is none, or it is beyond the bounds. */
struct pdf_object *pdf_parse(const struct pdf_source *source, size_t *at);

/* Moves *at behind white space and comments, then behind a word or an unsigned whole number; false: it is not there. */
bool pdf_word(const struct pdf_source *source, size_t *at, const char *word);
bool pdf_whole(const struct pdf_source *source, size_t *at, int64_t *out);

/* The value of a key, unresolved; NULL: no dictionary, or none of that key. */
const struct pdf_object *pdf_get(const struct pdf_object *dictionary, const char *key);
bool pdf_is_name(const struct pdf_object *object, const char *name); /* NULL is none */

/* A text string (7.9.2.2) as UTF-8: UTF-16 and UTF-8 by their marks, UTF-8 without one, else PDFDocEncoding.
 * Control characters and bytes that mean nothing become %XX. */
const char *pdf_text(struct arena *arena, const struct pdf_object *string);

#endif
