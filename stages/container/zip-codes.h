/* Huffman codes for what we write. The fastest way to deflate takes codes that were made beforehand: made from a
 * sample, they fit what is like it nearly as well as codes of its own would, and cost nothing per file.
 *
 * Ownership  In the arena.
 * Threads    Read-only once made.
 */
#ifndef TW_CONTAINER_ZIP_CODES_H
#define TW_CONTAINER_ZIP_CODES_H

#include <stddef.h>

struct arena;
struct isal_hufftables;
struct zip_codes;

const struct zip_codes *zip_codes_make(struct arena *arena, const void *sample, size_t length);

/* As ISA-L takes them; it does not write to them. */
struct isal_hufftables *zip_codes_tables(const struct zip_codes *codes);

#endif
