/* tidewaiter keygen: a key and a certificate of its own for trials. A real seal takes a certificate that others trust.
 */
#include "base/arena.h"
#include "base/time.h"
#include "commands/commands.h"
#include "options.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { RSA_BITS = 3072, SERIAL_BYTES = 16, VALID_DAYS = 730, SECONDS_PER_DAY = 86400 };

static int complain(const char *what, const char *why) {
    (void)fprintf(stderr, "tidewaiter keygen: %s%s%s\nTry: tidewaiter keygen --help\n", what, why ? ": " : "",
                  why ? why : "");
    return EXIT_USAGE;
}

static EVP_PKEY *make_key(const char *type) {
    return strcmp(type, "rsa") == 0 ? EVP_RSA_gen(RSA_BITS) : EVP_EC_gen("P-256");
}

static bool add_extension(X509 *x509, int kind, const char *value) {
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, kind, value);
    bool added = extension && X509_add_ext(x509, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return added;
}

static bool set_serial(X509 *x509) {
    unsigned char bytes[SERIAL_BYTES];
    BIGNUM *number = RAND_bytes(bytes, sizeof bytes) == 1 ? BN_bin2bn(bytes, sizeof bytes, NULL) : NULL;
    ASN1_INTEGER *set = number ? BN_to_ASN1_INTEGER(number, X509_get_serialNumber(x509)) : NULL;
    BN_free(number);
    return set;
}

static bool name(X509 *x509) {
    X509_NAME *subject = X509_get_subject_name(x509);
    return X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_ASC, (const unsigned char *)"tidewaiter", -1, -1, 0) &&
           X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                      (const unsigned char *)"trial seal without authority", -1, -1, 0) &&
           X509_set_issuer_name(x509, subject);
}

/* Signed by its own key, for signing documents alone, for two years from the day before. */
static X509 *make_certificate(EVP_PKEY *key, time_t now) {
    X509 *x509 = X509_new();
    bool fine = x509 && X509_set_version(x509, X509_VERSION_3) && set_serial(x509) && name(x509) &&
                ASN1_TIME_set(X509_getm_notBefore(x509), now - SECONDS_PER_DAY) &&
                ASN1_TIME_set(X509_getm_notAfter(x509), now + (time_t)VALID_DAYS * SECONDS_PER_DAY) &&
                X509_set_pubkey(x509, key) && add_extension(x509, NID_basic_constraints, "critical,CA:FALSE") &&
                add_extension(x509, NID_key_usage, "critical,digitalSignature,nonRepudiation") &&
                X509_sign(x509, key, EVP_sha256());
    if (!fine) {
        X509_free(x509);
        return NULL;
    }
    return x509;
}

/* A new file: one that is there is never touched. */
static FILE *create(const char *path, mode_t mode) {
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    FILE *stream = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (!stream) {
        (void)complain(path, strerror(errno));
    }
    return stream;
}

static bool write_pair(struct arena *arena, const char *folder, EVP_PKEY *key, X509 *x509) {
    const char *key_path = arena_printf(arena, "%s/key.pem", folder);
    const char *certificate_path = arena_printf(arena, "%s/certificate.pem", folder);
    FILE *key_file = create(key_path, S_IRUSR | S_IWUSR);
    FILE *certificate_file = key_file ? create(certificate_path, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH) : NULL;
    bool fine = key_file && certificate_file &&
                PEM_write_PKCS8PrivateKey(key_file, key, NULL, NULL, 0, NULL, NULL) == 1 &&
                PEM_write_X509(certificate_file, x509) == 1;
    fine = (!key_file || fclose(key_file) == 0) && fine;
    fine = (!certificate_file || fclose(certificate_file) == 0) && fine;
    if (fine) {
        (void)printf("%s\n%s\n", key_path, certificate_path);
        (void)fprintf(stderr,
                      "A trial seal: nobody vouches for it. Use it with: tidewaiter review … --key %s --cert %s\n",
                      key_path, certificate_path);
    }
    return fine;
}

static bool clock_of(const struct options *options, time_t *now) {
    struct moment at = {.at = time(NULL)};
    if (options->now && !moment_read(options->now, NULL, &at)) {
        return false;
    }
    *now = (time_t)(at.is_day ? at.at * SECONDS_PER_DAY : at.at);
    return true;
}

int command_keygen(const struct options *options) {
    const char *type = options->type ? options->type : "rsa";
    time_t now;
    if (!options->out) {
        return complain("--out DIR is missing: where key.pem and certificate.pem go", NULL);
    }
    if (strcmp(type, "rsa") != 0 && strcmp(type, "ec") != 0) {
        return complain("--type takes rsa (the same bytes every time) or ec (ten times cheaper)", NULL);
    }
    if (!clock_of(options, &now)) {
        return complain("--now takes a time as 2026-03-09T08:00:00Z", NULL);
    }
    if (mkdir(options->out, S_IRWXU) != 0 && errno != EEXIST) {
        return complain(options->out, strerror(errno));
    }
    struct arena *arena = arena_new();
    EVP_PKEY *key = make_key(type);
    X509 *x509 = key ? make_certificate(key, now) : NULL;
    int code = x509 && write_pair(arena, options->out, key, x509) ? EXIT_RELEASED : EXIT_USAGE;
    if (!x509) {
        (void)fputs("tidewaiter keygen: OpenSSL makes no key on this machine\n", stderr);
        code = EXIT_FAULT;
    }
    X509_free(x509);
    EVP_PKEY_free(key);
    arena_free(arena);
    return code;
}
