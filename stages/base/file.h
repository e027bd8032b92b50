/* Whole files and folders, for loaders at start-up and for the pipeline. Never for a stage.
 *
 * Ownership  What is returned is malloc'ed; free bytes with free(), a list with file_list_free.
 * Errors     false or NULL with errno set: as the system says, EFBIG for a file above its limit, EISDIR for a folder,
 *            EOVERFLOW for a folder of too many names. Nothing is returned by halves.
 */
#ifndef TW_BASE_FILE_H
#define TW_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

enum { FILE_LIST_LIMIT = 1000000 };

/* All bytes of a file, followed by a NUL that *length does not count; also of a pipe. */
char *file_read(const char *path, size_t limit, size_t *length);
/* The same from an open descriptor, from where it stands to the end; the descriptor stays open. */
char *file_read_descriptor(int descriptor, size_t limit, size_t *length);

/* Names in a folder, without "." and "..", sorted by their bytes. */
struct file_list {
    char **names;
    size_t count;
};
bool file_list(const char *folder, struct file_list *out);
void file_list_free(struct file_list *list);

/* Whether a name ends with suffix (".csv") and is longer than it. */
bool file_has_suffix(const char *name, const char *suffix);

#endif
