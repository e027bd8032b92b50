#include "batch/wire.h"

#include <string.h>

void wire_put_number(struct buffer *out, uint64_t number) {
    buffer_append(out, &number, sizeof number); /* both ends are the same program on the same machine */
}

void wire_put_bytes(struct buffer *out, const void *bytes, size_t length) {
    wire_put_number(out, length);
    buffer_append(out, bytes, length);
}

/* Its length with the NUL; 0 stands for NULL. */
void wire_put_text(struct buffer *out, const char *text) {
    wire_put_bytes(out, text, text ? strlen(text) + 1 : 0);
}

struct wire wire_open(const void *bytes, size_t length) {
    return (struct wire){.at = bytes, .left = length};
}

static const char *take(struct wire *wire, uint64_t length) {
    if (wire->broken || length > wire->left) {
        wire->broken = true;
        return NULL;
    }
    const char *taken = wire->at;
    wire->at += length;
    wire->left -= (size_t)length;
    return taken;
}

uint64_t wire_number(struct wire *wire, uint64_t most) {
    uint64_t number = 0;
    const char *taken = take(wire, sizeof number);
    if (!taken) {
        return 0;
    }
    memcpy(&number, taken, sizeof number);
    if (number > most) {
        wire->broken = true;
        return 0;
    }
    return number;
}

const char *wire_bytes(struct wire *wire, size_t *length) {
    *length = (size_t)wire_number(wire, wire->left);
    const char *taken = take(wire, *length);
    *length = taken ? *length : 0;
    return taken;
}

const char *wire_text(struct wire *wire) {
    size_t length;
    const char *taken = wire_bytes(wire, &length);
    if (!length) {
        return NULL;
    }
    if (memchr(taken, '\0', length) != taken + length - 1) {
        wire->broken = true;
        return NULL;
    }
    return taken;
}

const char *wire_needed(struct wire *wire) {
    const char *text = wire_text(wire);
    wire->broken = wire->broken || !text;
    return text;
}

size_t wire_count(struct wire *wire, size_t least_bytes) {
    return (size_t)wire_number(wire, wire->left / least_bytes);
}

bool wire_whole(const struct wire *wire) {
    return !wire->broken && !wire->left;
}
