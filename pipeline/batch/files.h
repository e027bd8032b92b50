/* Writing outputs whole or not at all: a temporary name, then a rename.
 *
 * Errors     false with a message on stderr; nothing half-written is left under the final name.
 */
#ifndef TW_BATCH_FILES_H
#define TW_BATCH_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Makes a folder and those above it; it may be there already. */
bool files_folder(const char *path);

/* Writes a file under just that name, with the folders above it. */
bool files_write_bytes(const char *path, const void *bytes, size_t length);

/* Writes DIR/name, whole or not at all, with the folders that name has in it. */
bool files_write(const char *directory, const char *name, const void *bytes, size_t length);

/* A file that grows during the run and gets its name at the end. */
struct growing {
    FILE *stream;
    char *temporary, *final;
};
bool growing_open(struct growing *file, const char *directory, const char *name);
bool growing_close(struct growing *file); /* false: it could not be written whole; the old file, if any, stays */
void growing_drop(struct growing *file);  /* it gets no name; one that was closed may be dropped */

#endif
