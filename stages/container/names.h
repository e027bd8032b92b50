/* Names of entries: what their bytes mean, which are allowed, and which are the same.
 *
 * Source  CONTRACT "entry names": the Unicode extra field, else valid UTF-8, else the first encoding of
 *         policy names.encodings that decodes strictly, else bad-name.
 */
#ifndef TW_CONTAINER_NAMES_H
#define TW_CONTAINER_NAMES_H

#include <locale.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;
struct container;
struct name_decoder;

/* Opens a converter per encoding (there may be none) and keeps it open: a sandbox may forbid to load one later
 * (ENGINEERING 3.2).
 * NULL: *unknown names the first encoding that iconv does not know. */
struct name_decoder *name_decoder_open(const char *const *encodings, size_t count, const char **unknown);
void name_decoder_close(struct name_decoder *decoder); /* NULL is allowed */

/* The UTF-8 locale that libarchive needs for the names of a 7z; opened with the decoder, for the same reason.
 * (locale_t)0: the machine has none. */
locale_t name_locale(const struct name_decoder *decoder);

bool name_is_utf8(const char *bytes, size_t length); /* no NUL inside */

/* The name in UTF-8, or NULL: no encoding takes it. *foreign: it was not UTF-8. */
const char *name_decode(const struct name_decoder *decoder, struct arena *arena, const char *bytes, size_t length,
                        bool *foreign);

/* What is wrong with a decoded path, in words; NULL: nothing. A directory's path may end with '/'. */
const char *name_fault(const char *path, size_t max_bytes);

/* Refuses (duplicate-name) entries whose names are equal under NFC and case folding, and a file whose name
 * is the folder of another. */
bool names_distinct(struct container *container);

#endif
