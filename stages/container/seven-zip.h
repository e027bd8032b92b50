/* What a 7z states of itself before anything is decoded: where it ends, and the dictionaries it asks for.
 *
 * Source  7zFormat.txt of the LZMA SDK.
 */
#ifndef TW_CONTAINER_SEVEN_ZIP_H
#define TW_CONTAINER_SEVEN_ZIP_H

#include "container/window.h"

/* False: not well-formed, or cut off. A packed header is unpacked (by libarchive's LZMA filter) to look into
 * it; a header that is packed in another way, or encrypted, is left to the reader: *window is what was seen. */
bool window_7z(const unsigned char *bytes, size_t length, struct window *window);

#endif
