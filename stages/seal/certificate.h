/* Certificates of a seal: what they say, and whether one may seal.
 *
 * Ownership  Everything lives in the arena that the caller gives; texts too.
 * Keys       RSA of 2048 bits and more (PKCS#1 v1.5), and ECDSA over P-256; both with SHA-256.
 * Errors     A reason in words, or NULL where nothing is wrong.
 */
#ifndef TW_SEAL_CERTIFICATE_H
#define TW_SEAL_CERTIFICATE_H

#include "base/digest.h"
#include "base/time.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum seal_algorithm { SEAL_RSA, SEAL_ECDSA };

struct certificate {
    const unsigned char *der;
    size_t length;
    char sha256[DIGEST_TEXT]; /* of the DER form */
    enum seal_algorithm algorithm;
    const char *subject, *issuer; /* RFC 2253: "CN=Customs office GB000060,C=GB" */
    const char *serial;           /* hex */
};

/* The signer's own, then those of its issuers, if they came with it. */
struct certificates {
    struct certificate *items;
    size_t count;
};

enum { CERTIFICATES_MOST = 8, SIGNATURE_MOST = 1024 }; /* of one seal; bytes of a signature (RSA of 8192 bits) */

const char *certificate_read(struct arena *arena, const unsigned char *der, size_t length, struct certificate *made);
/* All of a PEM file, or one in DER. */
const char *certificates_read(struct arena *arena, const unsigned char *bytes, size_t length,
                              struct certificates *made);

/* Not yet valid or expired on that day, or made for something else than sealing documents. */
const char *certificate_unfit(struct arena *arena, const struct certificate *certificate, const struct moment *at);

/* Held against a list of revoked certificates (PEM or DER). A list of another issuer, one that its issuer did not
 * sign, or one that was to be renewed before that day, says nothing of the certificate: that too is a reason. */
const char *certificate_revoked(struct arena *arena, const struct certificates *certificates, const unsigned char *list,
                                size_t length, const struct moment *at);

/* Is it one of the trusted, or did one of them issue it? */
bool certificate_trusted(const struct certificate *certificate, const struct certificates *trusted);

/* Does the signature over a SHA-256 belong to the certificate's key? ECDSA: r and s, 32 bytes each (XML Signature). */
bool certificate_verifies(const struct certificate *certificate, const unsigned char digest[DIGEST_BYTES],
                          const unsigned char *signature, size_t length);

#endif
