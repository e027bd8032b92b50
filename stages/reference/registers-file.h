/* The SQLite file that holds registers between runs: a file format, not a database at work.
 *
 * Purpose    One table per KIND (code lists: "code.LIST"), its columns as in the CSV, all text, so that anyone can
 *            look into it; "_register" says as of when each was published, "_complete" of which issuers it holds
 *            every row.
 * Sequence   Reading: registers_file_open, registers_file_read…, registers_file_close. Writing: registers_file_create
 *            begins one transaction, registers_file_write… , registers_file_close(file, true) commits it.
 * Safety     Read-only files are opened immutable, defensive, with an untrusted schema. A file of another
 *            application is refused.
 * Errors     Problems that name the file; false or NULL.
 */
#ifndef TW_REFERENCE_REGISTERS_FILE_H
#define TW_REFERENCE_REGISTERS_FILE_H

#include "reference/grid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct registers_file;

/* What a table says of itself beside its rows. */
struct register_about {
    bool there;    /* the file has this table */
    int32_t as_at; /* day of publication */
    int32_t imported;
    const char **complete; /* sorted */
    size_t complete_count;
};

struct registers_file *registers_file_open(const char *path, struct problems *problems);
/* Opens for writing; makes the file where it is not there. Nothing is kept unless it is closed with commit. */
struct registers_file *registers_file_create(const char *path, struct problems *problems);
bool registers_file_close(struct registers_file *file, bool commit); /* NULL is allowed */

/* Rows in their order; a column that the file does not have is empty. False: problems. A table that is not there
 * has about->there false, and no rows. */
bool registers_file_read(struct registers_file *file, struct arena *arena, const struct kind *kind, bool list,
                         struct grid *out, struct register_about *about, struct problems *problems);
/* Names of the code lists in the file, sorted. */
bool registers_file_lists(struct registers_file *file, struct arena *arena, const char *const **names, size_t *count,
                          struct problems *problems);

/* Replaces a table. */
bool registers_file_write(struct registers_file *file, const struct grid *grid, bool list,
                          const struct register_about *about, struct problems *problems);

#endif
