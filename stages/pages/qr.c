#include "pages/qr.h"

#include "base/arena.h"
#include "base/buffer.h"

#include <qrencode.h>
#include <stddef.h>

enum { QUIET = 4, DARK = 1 };

/* Along the middle of a row: over light modules by a move, over dark ones by a line. */
static void add_row(struct buffer *out, const unsigned char *row, unsigned width, unsigned y) {
    unsigned drawn = 0;
    for (unsigned x = 0; x < width; x++) {
        unsigned from = x;
        while (x < width && row[x] & DARK) {
            x++;
        }
        if (x == from) {
            continue;
        }
        if (drawn) {
            buffer_char(out, 'm');
            buffer_number(out, from - drawn);
            buffer_string(out, " 0h");
        } else {
            buffer_char(out, 'M');
            buffer_number(out, from + QUIET);
            buffer_char(out, ' ');
            buffer_number(out, y + QUIET);
            buffer_string(out, ".5h");
        }
        buffer_number(out, x - from);
        drawn = x;
    }
}

const char *qr_path(struct arena *arena, const char *text, unsigned *side) {
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code) {
        return NULL;
    }
    struct buffer out = {0};
    unsigned width = (unsigned)code->width;
    for (unsigned y = 0; y < width; y++) {
        add_row(&out, code->data + (size_t)y * width, width, y);
    }
    *side = width + 2 * QUIET;
    const char *made = arena_copy(arena, out.bytes, out.length);
    buffer_free(&out);
    QRcode_free(code);
    return made;
}
