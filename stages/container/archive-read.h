/* Reads tar, tar.gz, tar.zst, tar.xz and 7z from memory, through libarchive (gzip: through zlib).
 *
 * One format and at most one filter is enabled, the one that was detected. The filter runs first, alone,
 * into memory, within the limits; the tar is read from there, so that what follows its end is seen.
 */
#ifndef TW_CONTAINER_ARCHIVE_READ_H
#define TW_CONTAINER_ARCHIVE_READ_H

#include "container/container.h"
#include "container/detect.h"

bool archive_read_all(struct container *container, enum format format, const unsigned char *bytes, size_t length);

#endif
