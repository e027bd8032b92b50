/* Unpacks a gzip file (RFC 1952), all members, checksums checked: libarchive's filter does not check them. */
#ifndef TW_CONTAINER_GZIP_READ_H
#define TW_CONTAINER_GZIP_READ_H

#include <stddef.h>

struct buffer;

enum gunzip {
    GUNZIP_DONE,
    GUNZIP_DAMAGED, /* cut off, or a wrong checksum */
    GUNZIP_LARGE,   /* more than most bytes */
};

/* *end: behind the last member; what follows is no gzip. */
enum gunzip gunzip(const unsigned char *bytes, size_t length, size_t most, struct buffer *out, size_t *end);

#endif
