#include "batch/key.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/file.h"

#include <errno.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE = 1 << 20, POINT_BYTES = 32, PAIR_BYTES = 2 * POINT_BYTES, DER_BYTES = 128 };

struct key {
    EVP_PKEY *pkey;
    enum seal_algorithm algorithm;
};

struct loading {
    struct arena *arena;
    const struct key_files *files;
    const char *why; /* NULL: nothing is wrong so far */
    char *passphrase;
};

static void wrong(struct loading *loading, const char *path, const char *what) {
    if (!loading->why) {
        loading->why = arena_printf(loading->arena, "%s: %s", path, what);
    }
}

static char *read_file(struct loading *loading, const char *path, size_t *length) {
    char *bytes = file_read(path, LARGEST_FILE, length);
    if (!bytes) {
        wrong(loading, path, strerror(errno));
    }
    return bytes;
}

static void forget(char *bytes, size_t length) {
    if (bytes) {
        OPENSSL_cleanse(bytes, length);
        free(bytes);
    }
}

static void read_passphrase(struct loading *loading) {
    size_t length = 0;
    if (loading->files->passphrase) {
        loading->passphrase = read_file(loading, loading->files->passphrase, &length);
        if (loading->passphrase) {
            loading->passphrase[strcspn(loading->passphrase, "\r\n")] = '\0';
        }
    }
}

/* OpenSSL asks for the passphrase; nobody is ever asked at a terminal. */
static int give_passphrase(char *room, int size, int writing, void *context) {
    const char *passphrase = context;
    size_t length = passphrase ? strlen(passphrase) : 0;
    (void)writing;
    if (!passphrase || length > (size_t)size) {
        return -1;
    }
    memcpy(room, passphrase, length);
    return (int)length;
}

static const char *locked(const struct loading *loading, const char *what) {
    return loading->passphrase
               ? arena_printf(loading->arena, "%s, or the passphrase of --pass-file does not open it", what)
               : arena_printf(loading->arena, "%s, or it is under a passphrase: --pass-file FILE holds it", what);
}

/* ---- PKCS#12 ---- */

static void take_x509(struct loading *loading, X509 *x509, struct certificates *made) {
    int length = x509 ? i2d_X509(x509, NULL) : 0;
    if (length <= 0 || made->count == CERTIFICATES_MOST || loading->why) {
        return;
    }
    unsigned char *der = arena_alloc(loading->arena, (size_t)length);
    unsigned char *end = der;
    (void)i2d_X509(x509, &end);
    const char *why = certificate_read(loading->arena, der, (size_t)length, &made->items[made->count++]);
    if (why) {
        wrong(loading, loading->files->key, why);
    }
}

static EVP_PKEY *read_pkcs12(struct loading *loading, PKCS12 *box, struct certificates *made) {
    EVP_PKEY *pkey = NULL;
    X509 *x509 = NULL;
    STACK_OF(X509) *others = NULL;
    made->items = arena_zero(loading->arena, CERTIFICATES_MOST * sizeof *made->items);
    if (PKCS12_parse(box, loading->passphrase ? loading->passphrase : "", &pkey, &x509, &others) != 1) {
        wrong(loading, loading->files->key, locked(loading, "the PKCS#12 file cannot be read"));
    } else if (!pkey || !x509) {
        wrong(loading, loading->files->key, "the PKCS#12 file holds no key with its certificate");
    }
    take_x509(loading, x509, made);
    for (int i = 0; i < sk_X509_num(others); i++) {
        take_x509(loading, sk_X509_value(others, i), made);
    }
    X509_free(x509);
    sk_X509_pop_free(others, X509_free);
    return pkey;
}

/* ---- PEM ---- */

static EVP_PKEY *read_pem(struct loading *loading, const char *bytes, size_t length) {
    BIO *in = BIO_new_mem_buf(bytes, (int)length);
    EVP_PKEY *pkey = in ? PEM_read_bio_PrivateKey(in, NULL, give_passphrase, loading->passphrase) : NULL;
    (void)BIO_free(in);
    if (!pkey) {
        wrong(loading, loading->files->key, locked(loading, "no private key in PEM or PKCS#12"));
    }
    return pkey;
}

/* Beside the key, or from the file of --cert. */
static void read_certificates(struct loading *loading, const char *key, size_t key_length, struct certificates *made) {
    const char *path = loading->files->certificate;
    size_t length = key_length;
    char *bytes = path ? read_file(loading, path, &length) : NULL;
    if (loading->why) {
        return;
    }
    const char *from = path ? bytes : key;
    const char *why = certificates_read(loading->arena, (const unsigned char *)from, length, made);
    if (why && path) {
        wrong(loading, path, why);
    } else if (why) {
        wrong(loading, loading->files->key, "the certificate is missing: --cert FILE");
    }
    free(bytes);
}

/* ---- both ---- */

static EVP_PKEY *read_key(struct loading *loading, struct certificates *made) {
    size_t length = 0;
    char *bytes = read_file(loading, loading->files->key, &length);
    EVP_PKEY *pkey = NULL;
    if (bytes) {
        const unsigned char *at = (const unsigned char *)bytes;
        PKCS12 *box = d2i_PKCS12(NULL, &at, (long)length);
        pkey = box ? read_pkcs12(loading, box, made) : read_pem(loading, bytes, length);
        if (!box && !loading->why) {
            read_certificates(loading, bytes, length, made);
        }
        PKCS12_free(box);
    }
    forget(bytes, length);
    return pkey;
}

/* One signature, held against the certificate: it proves that both belong together, and primes what OpenSSL loads. */
static bool belongs(const struct key *key, const struct certificates *certificates) {
    static const unsigned char digest[DIGEST_BYTES] = {0};
    unsigned char signature[SIGNATURE_MOST];
    size_t length = 0;
    return key_sign(key, digest, signature, &length) &&
           certificate_verifies(&certificates->items[0], digest, signature, length);
}

struct key *key_load(struct arena *arena, const struct key_files *files, struct certificates *certificates,
                     const char **why) {
    struct loading loading = {.arena = arena, .files = files};
    struct key *key = fault_malloc(sizeof *key);
    read_passphrase(&loading);
    *key = (struct key){.pkey = loading.why ? NULL : read_key(&loading, certificates)};
    if (!loading.why) {
        key->algorithm = certificates->items[0].algorithm;
        if (!belongs(key, certificates)) {
            wrong(&loading, files->key, "the key is not that of the certificate");
        }
    }
    forget(loading.passphrase, loading.passphrase ? strlen(loading.passphrase) : 0);
    *why = loading.why;
    if (loading.why) {
        key_free(key);
        return NULL;
    }
    return key;
}

void key_free(struct key *key) {
    if (key) {
        EVP_PKEY_free(key->pkey);
        free(key);
    }
}

/* OpenSSL's DER form of an ECDSA signature becomes r and s, 32 bytes each. */
static bool split(const unsigned char *der, size_t length, unsigned char *signature) {
    ECDSA_SIG *parts = d2i_ECDSA_SIG(NULL, &der, (long)length);
    bool fine = parts && BN_bn2binpad(ECDSA_SIG_get0_r(parts), signature, POINT_BYTES) == POINT_BYTES &&
                BN_bn2binpad(ECDSA_SIG_get0_s(parts), signature + POINT_BYTES, POINT_BYTES) == POINT_BYTES;
    ECDSA_SIG_free(parts);
    return fine;
}

bool key_sign(const struct key *key, const unsigned char digest[DIGEST_BYTES], unsigned char signature[SIGNATURE_MOST],
              size_t *length) {
    unsigned char der[DER_BYTES];
    bool rsa = key->algorithm == SEAL_RSA;
    size_t size = rsa ? SIGNATURE_MOST : sizeof der;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key->pkey, NULL);
    bool fine = context && EVP_PKEY_sign_init(context) == 1 &&
                (!rsa || EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1) &&
                EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1 &&
                EVP_PKEY_sign(context, rsa ? signature : der, &size, digest, DIGEST_BYTES) == 1;
    EVP_PKEY_CTX_free(context);
    *length = rsa ? size : PAIR_BYTES;
    return fine && (rsa || split(der, size, signature));
}
