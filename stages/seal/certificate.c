#include "seal/certificate.h"

#include "base/arena.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <string.h>

enum {
    LEAST_RSA_BITS = 2048,
    MOST_RSA_BITS = SIGNATURE_MOST * 8,
    POINT_BYTES = 32,
    PAIR_BYTES = 2 * POINT_BYTES,
    SECONDS_PER_DAY = 86400
};

static X509 *parse(const struct certificate *certificate) {
    const unsigned char *at = certificate->der;
    return d2i_X509(NULL, &at, (long)certificate->length);
}

/* ---- reading ---- */

static const char *name_text(struct arena *arena, const X509_NAME *name) {
    BIO *out = BIO_new(BIO_s_mem());
    char *text = NULL;
    long length = 0;
    if (out && X509_NAME_print_ex(out, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) >= 0) {
        length = BIO_get_mem_data(out, &text);
    }
    const char *made = arena_copy(arena, text ? text : "", length > 0 ? (size_t)length : 0);
    (void)BIO_free(out);
    return made;
}

static const char *serial_text(struct arena *arena, const X509 *x509) {
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(x509), NULL);
    char *hex = number ? BN_bn2hex(number) : NULL;
    const char *made = arena_string(arena, hex ? hex : "");
    OPENSSL_free(hex);
    BN_free(number);
    return made;
}

static bool is_p256(const EVP_PKEY *key) {
    char group[32] = "";
    return EVP_PKEY_get_group_name(key, group, sizeof group, NULL) == 1 && strcmp(group, "prime256v1") == 0;
}

static const char *key_algorithm(const X509 *x509, enum seal_algorithm *algorithm) {
    const EVP_PKEY *key = X509_get0_pubkey(x509);
    if (!key) {
        return "the certificate's key cannot be read";
    }
    int kind = EVP_PKEY_get_base_id(key);
    int bits = EVP_PKEY_get_bits(key);
    *algorithm = kind == EVP_PKEY_RSA ? SEAL_RSA : SEAL_ECDSA;
    if (kind == EVP_PKEY_RSA) {
        return bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS ? "an RSA key of a seal has 2048 to 8192 bits" : NULL;
    }
    return kind == EVP_PKEY_EC && is_p256(key) ? NULL : "a seal takes an RSA key, or one on the curve P-256";
}

const char *certificate_read(struct arena *arena, const unsigned char *der, size_t length, struct certificate *made) {
    *made = (struct certificate){.der = der, .length = length};
    X509 *x509 = parse(made);
    if (!x509 || (size_t)i2d_X509(x509, NULL) != length) {
        X509_free(x509);
        return "this is no certificate";
    }
    made->subject = name_text(arena, X509_get_subject_name(x509));
    made->issuer = name_text(arena, X509_get_issuer_name(x509));
    made->serial = serial_text(arena, x509);
    digest_hex(der, length, made->sha256);
    const char *why = key_algorithm(x509, &made->algorithm);
    X509_free(x509);
    return why;
}

/* The next certificate of a PEM text, as DER in the arena; NULL: no more. */
static unsigned char *next_pem(struct arena *arena, BIO *in, int *length) {
    X509 *x509 = in ? PEM_read_bio_X509(in, NULL, NULL, NULL) : NULL;
    unsigned char *der = NULL;
    *length = x509 ? i2d_X509(x509, NULL) : 0;
    if (*length > 0) {
        der = arena_alloc(arena, (size_t)*length);
        unsigned char *end = der;
        (void)i2d_X509(x509, &end);
    }
    X509_free(x509);
    return der;
}

const char *certificates_read(struct arena *arena, const unsigned char *bytes, size_t length,
                              struct certificates *made) {
    *made = (struct certificates){.items = arena_zero(arena, CERTIFICATES_MOST * sizeof *made->items)};
    BIO *in = length <= INT_MAX ? BIO_new_mem_buf(bytes, (int)length) : NULL;
    const char *why = NULL;
    int size = 0;
    for (unsigned char *der = next_pem(arena, in, &size); der && !why; der = next_pem(arena, in, &size)) {
        why = made->count == CERTIFICATES_MOST ? "more than eight certificates in one file"
                                               : certificate_read(arena, der, (size_t)size, &made->items[made->count]);
        made->count += !why;
    }
    (void)BIO_free(in);
    if (!why && made->count == 0) {
        unsigned char *der = (unsigned char *)arena_copy(arena, (const char *)bytes, length);
        why = certificate_read(arena, der, length, &made->items[0]);
        made->count = !why;
    }
    return why;
}

/* ---- may it seal? ---- */

static time_t seconds_of(const struct moment *at) {
    return (time_t)(at->is_day ? at->at * SECONDS_PER_DAY : at->at);
}

static const char *time_text(struct arena *arena, const ASN1_TIME *time) {
    struct tm parts;
    if (ASN1_TIME_to_tm(time, &parts) != 1) {
        return "a time that cannot be read";
    }
    return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                        parts.tm_hour, parts.tm_min, parts.tm_sec);
}

/* Uses beyond those that OpenSSL knows by a flag: RFC 9336, and the older one of Microsoft. */
static bool seals_documents(X509 *x509) {
    static const char *const uses[] = {"1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.311.10.3.12"};
    EXTENDED_KEY_USAGE *found = X509_get_ext_d2i(x509, NID_ext_key_usage, NULL, NULL);
    bool seals = false;
    for (int i = 0; i < sk_ASN1_OBJECT_num(found); i++) {
        char text[64] = "";
        (void)OBJ_obj2txt(text, sizeof text, sk_ASN1_OBJECT_value(found, i), 1);
        seals = seals || strcmp(text, uses[0]) == 0 || strcmp(text, uses[1]) == 0;
    }
    EXTENDED_KEY_USAGE_free(found);
    return seals;
}

/* A certificate that does not narrow its use (UINT32_MAX) may do anything. */
static const char *wrong_purpose(X509 *x509) {
    uint32_t usage = X509_get_key_usage(x509);
    uint32_t extended = X509_get_extended_key_usage(x509);
    if (X509_check_ca(x509) == 1) {
        return "the certificate is an authority's: it signs certificates, not documents";
    }
    if (!(usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION))) {
        return "the certificate's key usage allows no signature";
    }
    bool narrowed = extended != UINT32_MAX && !(extended & (XKU_ANYEKU | XKU_SMIME));
    return narrowed && !seals_documents(x509)
               ? "the certificate is made for another purpose (its extended key usage names no signing of documents)"
               : NULL;
}

const char *certificate_unfit(struct arena *arena, const struct certificate *certificate, const struct moment *at) {
    X509 *x509 = parse(certificate);
    time_t seconds = seconds_of(at);
    const char *why = "this is no certificate";
    if (x509) {
        const ASN1_TIME *from = X509_get0_notBefore(x509);
        const ASN1_TIME *until = X509_get0_notAfter(x509);
        if (ASN1_TIME_cmp_time_t(from, seconds) > 0) {
            why = arena_printf(arena, "the certificate is not valid before %s", time_text(arena, from));
        } else if (ASN1_TIME_cmp_time_t(until, seconds) < 0) {
            why = arena_printf(arena, "the certificate expired on %s", time_text(arena, until));
        } else {
            why = wrong_purpose(x509);
        }
    }
    X509_free(x509);
    return why;
}

/* ---- revoked? ---- */

static X509_CRL *read_list(const unsigned char *bytes, size_t length) {
    BIO *in = length <= INT_MAX ? BIO_new_mem_buf(bytes, (int)length) : NULL;
    X509_CRL *list = in ? PEM_read_bio_X509_CRL(in, NULL, NULL, NULL) : NULL;
    (void)BIO_free(in);
    return list ? list : d2i_X509_CRL(NULL, &bytes, (long)length);
}

/* The issuer's certificate, where it came with the signer's; a self-signed one is its own. */
static bool signed_by_issuer(X509_CRL *list, const struct certificates *certificates) {
    bool known = false;
    bool good = false;
    for (size_t i = 0; i < certificates->count && !good; i++) {
        X509 *x509 = parse(&certificates->items[i]);
        if (x509 && X509_NAME_cmp(X509_get_subject_name(x509), X509_CRL_get_issuer(list)) == 0) {
            known = true;
            good = X509_CRL_verify(list, X509_get0_pubkey(x509)) == 1;
        }
        X509_free(x509);
    }
    return good || !known;
}

static const char *on_list(struct arena *arena, X509_CRL *list, X509 *x509, const struct certificates *certificates,
                           const struct moment *at) {
    X509_REVOKED *row = NULL;
    const ASN1_TIME *renewal = X509_CRL_get0_nextUpdate(list);
    if (X509_NAME_cmp(X509_get_issuer_name(x509), X509_CRL_get_issuer(list)) != 0) {
        return "the list of revoked certificates is another issuer's";
    }
    if (!signed_by_issuer(list, certificates)) {
        return "the list of revoked certificates is not signed by the issuer";
    }
    if (X509_CRL_get0_by_serial(list, &row, X509_get_serialNumber(x509)) == 1 && row) {
        return arena_printf(arena, "the certificate was revoked on %s",
                            time_text(arena, X509_REVOKED_get0_revocationDate(row)));
    }
    if (renewal && ASN1_TIME_cmp_time_t(renewal, seconds_of(at)) < 0) {
        return arena_printf(arena, "the list of revoked certificates is out of date since %s",
                            time_text(arena, renewal));
    }
    return NULL;
}

const char *certificate_revoked(struct arena *arena, const struct certificates *certificates, const unsigned char *list,
                                size_t length, const struct moment *at) {
    X509_CRL *revoked = read_list(list, length);
    X509 *x509 = parse(&certificates->items[0]);
    const char *why = revoked && x509 ? on_list(arena, revoked, x509, certificates, at)
                                      : "this is no list of revoked certificates (CRL)";
    X509_free(x509);
    X509_CRL_free(revoked);
    return why;
}

/* ---- whose is it? ---- */

bool certificate_trusted(const struct certificate *certificate, const struct certificates *trusted) {
    X509 *x509 = parse(certificate);
    bool found = false;
    for (size_t i = 0; x509 && i < trusted->count && !found; i++) {
        X509 *issuer = parse(&trusted->items[i]);
        found = strcmp(trusted->items[i].sha256, certificate->sha256) == 0 ||
                (issuer && X509_check_ca(issuer) == 1 && X509_check_issued(issuer, x509) == X509_V_OK &&
                 X509_verify(x509, X509_get0_pubkey(issuer)) == 1);
        X509_free(issuer);
    }
    X509_free(x509);
    return found;
}

/* r and s side by side become the DER form that OpenSSL takes; its length, or 0. */
static size_t der_of(const unsigned char *signature, size_t length, unsigned char *der, size_t capacity) {
    ECDSA_SIG *parts = length == PAIR_BYTES ? ECDSA_SIG_new() : NULL;
    BIGNUM *r = parts ? BN_bin2bn(signature, POINT_BYTES, NULL) : NULL;
    BIGNUM *s = parts ? BN_bin2bn(signature + POINT_BYTES, POINT_BYTES, NULL) : NULL;
    int size = 0;
    if (r && s && ECDSA_SIG_set0(parts, r, s) == 1 && i2d_ECDSA_SIG(parts, NULL) <= (int)capacity) {
        size = i2d_ECDSA_SIG(parts, &der);
    }
    ECDSA_SIG_free(parts);
    return size > 0 ? (size_t)size : 0;
}

bool certificate_verifies(const struct certificate *certificate, const unsigned char digest[DIGEST_BYTES],
                          const unsigned char *signature, size_t length) {
    unsigned char der[2 * POINT_BYTES + 16];
    X509 *x509 = parse(certificate);
    EVP_PKEY_CTX *context = x509 ? EVP_PKEY_CTX_new(X509_get0_pubkey(x509), NULL) : NULL;
    bool ready = context && EVP_PKEY_verify_init(context) == 1;
    if (certificate->algorithm == SEAL_RSA) {
        ready = ready && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
    } else {
        length = der_of(signature, length, der, sizeof der);
        signature = der;
        ready = ready && length;
    }
    bool good = ready && EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1 &&
                EVP_PKEY_verify(context, signature, length, digest, DIGEST_BYTES) == 1;
    EVP_PKEY_CTX_free(context);
    X509_free(x509);
    return good;
}
