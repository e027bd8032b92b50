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

/* Writes DIR/name, with the folders that name has in it. */
bool files_write(const char *directory, const char *name, const void *bytes, size_t length);

/* A file that grows during the run and gets its name at the end. */
struct growing {
    FILE *stream;
    char *temporary, *final;
};
bool growing_open(struct growing *file, const char *directory, const char *name);
bool growing_close(struct growing *file); /* false: it could not be written whole; the old file, if any, stays */

#endif
