/* Reads a zip from memory: every entry inflated, its CRC-32 checked, its compressed span kept.
 *
 * The entries must tile the file: the first begins at its first byte, each begins where the one before
 * ended, the last ends where the central directory begins. So nothing overlaps, nothing hides between, and
 * a reader that walks the local headers sees what a reader of the central directory sees.
 */
#ifndef TW_CONTAINER_ZIP_READ_H
#define TW_CONTAINER_ZIP_READ_H

#include "container/container.h"

bool zip_read(struct container *container, const unsigned char *bytes, size_t length);

#endif
