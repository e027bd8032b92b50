/* CSV as RFC 4180 has it: quoted fields, doubled quotes, line breaks within quotes, CRLF or LF, a BOM.
 *
 * Purpose    Registers, code lists, parameters and vocabularies are CSV files that people edit; every message
 *            about one names its line.
 * Form       The first record is the header. A record of another number of fields, a quote out of place, a
 *            NUL, or bytes that are not UTF-8 are problems; all of them are reported. Empty lines are skipped.
 * Ownership  Fields live in the arena; the text may go when csv_read has returned.
 */
#ifndef TW_BASE_CSV_H
#define TW_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buffer;
struct problems;

struct csv_record {
    const char *const *fields; /* as many as the header has; an empty field is "" */
    unsigned line;             /* on which the record begins, 1-based */
};

struct csv {
    const char *file; /* as given, for messages */
    const char *const *columns;
    size_t width;
    const struct csv_record *records; /* without the header */
    size_t count;
};

/* False when problems were added; the records that could be read are there all the same. */
bool csv_read(struct arena *arena, const char *file, const char *text, size_t length, struct csv *out,
              struct problems *problems);

/* The place of a column, or -1. */
int csv_column(const struct csv *csv, const char *name);

/* The field of a record in that column; "" where the file has no such column (-1). */
const char *csv_field(const struct csv_record *record, int column);

/* Writes one field, quoted where it must be. The caller writes commas and ends of line. */
void csv_write(struct buffer *buffer, const char *field);

#endif
