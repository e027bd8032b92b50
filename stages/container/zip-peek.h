/* The first bytes of the first file of a zip, by its local headers, as a stream shows them: enough to tell what the
 * file is before the whole is read and checked. */
#ifndef TW_CONTAINER_ZIP_PEEK_H
#define TW_CONTAINER_ZIP_PEEK_H

#include <stddef.h>

/* length may be less than the zip has. How many bytes of head were filled; 0: there is no such file, or it is
 * encrypted or packed by a method that zip_read does not take. */
size_t zip_peek(const unsigned char *bytes, size_t length, unsigned char *head, size_t size);

#endif
