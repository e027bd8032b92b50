/* Reads a seal of ours: picks the values out, writes the file again from them, and compares (signature.h). */
#include "base/arena.h"
#include "seal/signature.h"

#include <openssl/evp.h>

#include <string.h>

static const char no_seal[] = "not a seal in the form that this program writes";

struct reader {
    struct arena *arena;
    const char *at, *end;
};

/* What stands between the next `before` and the next `after`, copied; the reader goes on behind it. NULL: not there. */
static const char *between(struct reader *reader, const char *before, const char *after) {
    const char *from = memmem(reader->at, (size_t)(reader->end - reader->at), before, strlen(before));
    from = from ? from + strlen(before) : NULL;
    const char *to = from ? memmem(from, (size_t)(reader->end - from), after, strlen(after)) : NULL;
    if (!to) {
        return NULL;
    }
    reader->at = to + strlen(after);
    return arena_copy(reader->arena, from, (size_t)(to - from));
}

/* The bytes of a base64 text without line ends; 0: it is none, or does not fit. */
static size_t decode(const char *text, unsigned char *bytes, size_t capacity) {
    size_t length = text ? strlen(text) : 0;
    if (length < 4 || length % 4 || length / 4 * 3 > capacity || length > INT_MAX ||
        EVP_DecodeBlock(bytes, (const unsigned char *)text, (int)length) < 0) {
        return 0;
    }
    return length / 4 * 3 - (text[length - 1] == '=') - (text[length - 2] == '=');
}

static int hex_value(char digit) {
    static const char digits[] = "0123456789ABCDEF";
    const char *found = digit ? strchr(digits, digit) : NULL;
    return found ? (int)(found - digits) : -1;
}

/* A path from its URI; NULL: it is none of ours. */
static const char *path_of(struct arena *arena, const char *uri) {
    char *path = arena_string(arena, uri);
    unsigned char *to = (unsigned char *)path;
    for (const char *from = uri; *from; from++) {
        int high = *from == '%' ? hex_value(from[1]) : -1;
        int low = high >= 0 ? hex_value(from[2]) : -1;
        if (*from == '%' && (low < 0 || (high == 0 && low == 0))) {
            return NULL;
        }
        *to++ = (unsigned char)(*from == '%' ? high * 16 + low : *from);
        from += *from == '%' ? 2 : 0;
    }
    *to = '\0';
    return path;
}

static bool read_digest(const char *text, char sha256[DIGEST_TEXT]) {
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[DIGEST_BYTES + 1];
    if (decode(text, bytes, sizeof bytes) != DIGEST_BYTES) {
        return false;
    }
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        sha256[2 * i] = digits[bytes[i] >> 4];
        sha256[2 * i + 1] = digits[bytes[i] & 15];
    }
    sha256[DIGEST_TEXT - 1] = '\0';
    return true;
}

static bool read_files(struct reader *reader, struct seal *seal) {
    size_t capacity = 0;
    for (;;) {
        const char *id = between(reader, "<ds:Reference ", "=\"");
        if (!id || strcmp(id, "Id") != 0) {
            return id; /* the reference to the signed properties is the last */
        }
        const char *uri = between(reader, " URI=\"", "\"");
        if (seal->count == capacity) {
            seal->files = arena_grow(reader->arena, seal->files, &capacity, sizeof *seal->files);
        }
        struct sealed_file *file = &seal->files[seal->count++];
        *file = (struct sealed_file){.path = uri ? path_of(reader->arena, uri) : NULL};
        if (!file->path || !read_digest(between(reader, "<ds:DigestValue>", "<"), file->sha256)) {
            return false;
        }
    }
}

static bool read_certificates(struct reader *reader, struct seal *seal) {
    struct certificates *made = &seal->certificates;
    const char *all = between(reader, "<ds:X509Data>", "</ds:X509Data>");
    struct reader inner = {reader->arena, all, all ? all + strlen(all) : NULL};
    made->items = arena_zero(reader->arena, CERTIFICATES_MOST * sizeof *made->items);
    for (const char *text = all ? between(&inner, "<ds:X509Certificate>", "<") : NULL; text;
         text = between(&inner, "<ds:X509Certificate>", "<")) {
        unsigned char *der = arena_alloc(reader->arena, strlen(text));
        size_t length = decode(text, der, strlen(text));
        if (made->count == CERTIFICATES_MOST || !length ||
            certificate_read(reader->arena, der, length, &made->items[made->count])) {
            return false;
        }
        made->count++;
    }
    return made->count;
}

static bool is_media(const char *text) {
    return text && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789/.+-") == strlen(text);
}

static bool read_properties(struct reader *reader, struct seal *seal) {
    seal->at = between(reader, "<xades:SigningTime>", "<");
    bool fine = seal->at;
    for (size_t i = 0; i < seal->count && fine; i++) {
        seal->files[i].media = between(reader, "<xades:MimeType>", "<");
        fine = is_media(seal->files[i].media);
    }
    return fine;
}

static bool same_again(const struct seal *seal, const char *bytes, size_t length) {
    struct buffer again = {0};
    seal_write(&again, seal);
    bool same = again.length == length && memcmp(again.bytes, bytes, length) == 0;
    buffer_free(&again);
    return same;
}

const char *seal_read(struct arena *arena, const char *bytes, size_t length, struct seal *seal) {
    struct reader reader = {arena, bytes, bytes + length};
    *seal = (struct seal){0};
    if (!read_files(&reader, seal)) {
        return no_seal;
    }
    seal->value_length = decode(between(&reader, "<ds:SignatureValue>", "<"), seal->value, sizeof seal->value);
    bool fine = seal->value_length && read_certificates(&reader, seal) && read_properties(&reader, seal);
    return fine && same_again(seal, bytes, length) ? NULL : no_seal;
}
