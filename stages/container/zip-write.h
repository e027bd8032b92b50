/* Writes a zip: the annotated clearance bundle (ASiC-E, ETSI EN 319 162-1) and nothing cleverer.
 *
 * Sequence   zip_writer_open, zip_add or zip_copy for each file in order, zip_writer_close.
 * Bytes      The same files give the same bytes: UTF-8 names, a fixed time, no extra fields, no zip64.
 * Ownership  The writer owns its memory until closed; the result is the caller's buffer.
 * Errors     False: the container would pass what a zip without zip64 can hold (4 GiB, 65,535 files).
 */
#ifndef TW_CONTAINER_ZIP_WRITE_H
#define TW_CONTAINER_ZIP_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zip_codes;
struct zip_known;
struct zip_writer;

struct zip_writer *zip_writer_open(const struct zip_codes *codes); /* NULL: such as fit any text */

/* A file from its bytes: stored as is, or deflated where that makes it smaller. */
bool zip_store(struct zip_writer *writer, const char *path, const void *bytes, size_t length);
bool zip_add(struct zip_writer *writer, const char *path, const void *bytes, size_t length);

/* The same for a file that begins with a known text (container/zip-known.h), which is not compressed again. */
bool zip_add_known(struct zip_writer *writer, const char *path, const void *bytes, size_t length,
                   const struct zip_known *known);

/* A file from the compressed span of another zip, whose CRC-32 was checked when it was read. */
bool zip_copy(struct zip_writer *writer, const char *path, uint16_t method, uint32_t crc32, const void *packed,
              size_t packed_length, size_t length);

/* Ends the zip; *bytes is to be freed with free(). False: too large; nothing to free. */
bool zip_writer_close(struct zip_writer *writer, unsigned char **bytes, size_t *length);
void zip_writer_drop(struct zip_writer *writer); /* gives up; NULL is allowed */

#endif
