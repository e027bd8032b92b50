#include "base/digest.h"

#include "base/fault.h"

#include <openssl/evp.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { PIECE_BYTES = 64 * 1024 };

struct digest {
    EVP_MD_CTX *context;
};

static struct digest *new_digest(void) {
    struct digest *digest = fault_malloc(sizeof *digest);
    digest->context = EVP_MD_CTX_new();
    if (!digest->context) {
        fault("out of memory");
    }
    return digest;
}

struct digest *digest_open(void) {
    struct digest *digest = new_digest();
    if (EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL) != 1) {
        fault("SHA-256 cannot be computed");
    }
    return digest;
}

struct digest *digest_copy(const struct digest *digest) {
    struct digest *made = new_digest();
    if (EVP_MD_CTX_copy_ex(made->context, digest->context) != 1) {
        fault("SHA-256 cannot be computed");
    }
    return made;
}

void digest_add(struct digest *digest, const void *bytes, size_t length) {
    if (EVP_DigestUpdate(digest->context, bytes, length) != 1) {
        fault("SHA-256 cannot be computed");
    }
}

void digest_close(struct digest *digest, char text[DIGEST_TEXT]) {
    static const char hex[] = "0123456789abcdef";
    unsigned char raw[DIGEST_BYTES];
    if (EVP_DigestFinal_ex(digest->context, raw, NULL) != 1) {
        fault("SHA-256 cannot be computed");
    }
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        text[i * 2] = hex[raw[i] >> 4];
        text[i * 2 + 1] = hex[raw[i] & 15];
    }
    text[DIGEST_TEXT - 1] = '\0';
    digest_free(digest);
}

void digest_free(struct digest *digest) {
    if (digest) {
        EVP_MD_CTX_free(digest->context);
        free(digest);
    }
}

void digest_hex(const void *bytes, size_t length, char text[DIGEST_TEXT]) {
    struct digest *digest = digest_open();
    digest_add(digest, bytes, length);
    digest_close(digest, text);
}

bool digest_file(const char *path, char text[DIGEST_TEXT]) {
    char piece[PIECE_BYTES];
    ssize_t got = 0;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        return false;
    }
    struct digest *digest = digest_open();
    while ((got = read(descriptor, piece, sizeof piece)) > 0 || (got < 0 && errno == EINTR)) {
        digest_add(digest, piece, got > 0 ? (size_t)got : 0);
    }
    int saved = errno;
    digest_close(digest, text);
    (void)close(descriptor);
    errno = saved;
    return got == 0;
}
