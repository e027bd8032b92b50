/* Which encoding a document is written in, and its text in UTF-8.
 *
 * Purpose    libxml2 is given UTF-8 only. So places are exact in every encoding, bytes that are not of their encoding
 *            are found before the parse, and libxml2 never opens a converter.
 * Read       UTF-8, UTF-16, ISO-8859-1, ISO-8859-15, Windows-1252, GB18030, GB2312, GBK, US-ASCII; nothing else.
 * Sequence   encodings_open once per process: converters stay open, since glibc would look for its modules on disk
 *            again, which a sandboxed worker cannot (ENGINEERING 3.2).
 */
#ifndef TW_XML_ENCODING_H
#define TW_XML_ENCODING_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

enum { ENCODING_NAME = 40 };

struct encoding {
    int number;               /* of the converter; -1: not read */
    char name[ENCODING_NAME]; /* "UTF-8", "UTF-16LE" …; of one that is not read: as it is declared */
    bool ascii;               /* markup is in single ASCII bytes */
    size_t mark;              /* bytes of the byte order mark */
    const char *conflict;     /* what the declaration says against the bytes; NULL: nothing */
};

void encodings_open(void);

/* From the byte order mark, the first bytes, and the declaration. */
struct encoding encoding_detect(const unsigned char *bytes, size_t length);

/* Appends the text in UTF-8, without its mark. False: some bytes are not of the encoding; what comes before them was
 * appended. With cut, a character that the end cuts off is no fault. */
bool encoding_convert(const struct encoding *encoding, const unsigned char *bytes, size_t length, bool cut,
                      struct buffer *out);

#endif
