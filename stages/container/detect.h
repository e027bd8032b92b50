/* What a file is, by its content, never by its name. */
#ifndef TW_CONTAINER_DETECT_H
#define TW_CONTAINER_DETECT_H

#include <stdbool.h>
#include <stddef.h>

enum format {
    FORMAT_UNKNOWN,
    FORMAT_ZIP,
    FORMAT_TAR,
    FORMAT_GZIP,
    FORMAT_ZSTD,
    FORMAT_XZ,
    FORMAT_7Z,
    FORMAT_XML,
    FORMAT_PDF,
    FORMAT_FIN, /* a message of SWIFT in text */
};

enum {
    DETECT_BYTES = 4096, /* what detect_start likes to see */
    DETECT_PDF = 1024,   /* within them a PDF says that it is one (cii.md 3) */
};

/* By the first bytes alone. */
enum format detect_start(const unsigned char *bytes, size_t length);

/* By all bytes: what also ends as a zip is a zip, whatever it begins with, so that its reader refuses it. */
enum format detect_whole(const unsigned char *bytes, size_t length);

bool format_is_archive(enum format format);

/* An archive, and no office document (which is a zip too): by the first bytes of a file. */
bool detect_is_bundle_archive(const unsigned char *bytes, size_t length);

/* The media type of an entry: "application/xml", "image/png" … "application/octet-stream". */
const char *detect_media(const unsigned char *bytes, size_t length);

/* A tar header block whose checksum is right. */
bool detect_is_tar_header(const unsigned char *block, size_t length);

#endif
