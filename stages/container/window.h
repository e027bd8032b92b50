/* The memory that a decoder will ask for, read from the headers of a compressed stream before it is decoded.
 *
 * Source  RFC 8878 3.1 (zstd frames); the .xz file format 1.1.0; 7zFormat.txt of the LZMA SDK.
 */
#ifndef TW_CONTAINER_WINDOW_H
#define TW_CONTAINER_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct window {
    uint64_t largest; /* bytes of window or dictionary that some frame or block asks for */
    uint64_t end;     /* where the compressed stream ends */
};

/* Walk all frames of a zstd file, all blocks of an xz file. False: not well-formed, or cut off. */
bool window_zstd(const unsigned char *bytes, size_t length, struct window *window);
bool window_xz(const unsigned char *bytes, size_t length, struct window *window);

#endif
