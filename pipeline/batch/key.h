/* The private key of the seal, with its certificate. For the signer process alone: no other one reads the file.
 *
 * Files      PEM (key and certificate in two files or in one), or PKCS#12 (both in one). A key under a passphrase needs
 *            the file that holds it; only its first line counts.
 * Errors     A sentence that names the file and never the key.
 */
#ifndef TW_BATCH_KEY_H
#define TW_BATCH_KEY_H

#include "seal/certificate.h"

struct key_files {
    const char *key, *certificate, *passphrase; /* paths; all but the key may be NULL */
};

struct key;

/* NULL: *why says what is wrong. Texts and certificates in the arena. */
struct key *key_load(struct arena *arena, const struct key_files *files, struct certificates *certificates,
                     const char **why);
void key_free(struct key *key); /* NULL is allowed */

/* Signs a SHA-256, as XML Signature wants it (ECDSA: r and s). False: OpenSSL refuses. */
bool key_sign(const struct key *key, const unsigned char digest[DIGEST_BYTES], unsigned char signature[SIGNATURE_MOST],
              size_t *length);

#endif
