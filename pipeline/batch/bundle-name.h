/* NAME: what the outputs of a bundle are called (CONTRACT).
 *
 * The path relative to its INPUT without the known suffix; control characters and bytes that are not UTF-8 as
 * %XX; parts that are too long are cut, with a digest. A second bundle of the same NAME keeps its suffix, a
 * third gets ~2, in the order of the calls.
 */
#ifndef TW_BATCH_BUNDLE_NAME_H
#define TW_BATCH_BUNDLE_NAME_H

#include <stddef.h>

struct bundle_names;

struct bundle_names *bundle_names_new(void);
void bundle_names_free(struct bundle_names *names);

/* The NAME of the next bundle, from its relative path ("sub/a.tar.gz"); lives as long as names. */
const char *bundle_names_take(struct bundle_names *names, const char *path);

/* How much of a path its known suffix (.zip, .tar.gz …) takes; 0: none. */
size_t bundle_suffix(const char *path);

#endif
