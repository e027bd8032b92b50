/* The seal as XML: canonical by construction (libxml2 is the judge), read back, and refused when a byte differs. */
#include "seal/signature.h"
#include "base/arena.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;

/* A certificate of a fresh key on P-256, signed by itself. */
static void make_certificate(struct certificate *made) {
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x509 = X509_new();
    X509_NAME *name = X509_get_subject_name(x509);
    assert_true(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"test", -1, -1, 0));
    assert_true(X509_set_issuer_name(x509, name) && X509_set_pubkey(x509, key));
    assert_true(ASN1_INTEGER_set(X509_get_serialNumber(x509), 7));
    assert_true(ASN1_TIME_set(X509_getm_notBefore(x509), 1) && ASN1_TIME_set(X509_getm_notAfter(x509), 2000000000));
    assert_true(X509_sign(x509, key, EVP_sha256()));
    unsigned char *der = NULL;
    int length = i2d_X509(x509, &der);
    unsigned char *kept = (unsigned char *)arena_copy(arena, (const char *)der, (size_t)length);
    assert_null(certificate_read(arena, kept, (size_t)length, made));
    OPENSSL_free(der);
    X509_free(x509);
    EVP_PKEY_free(key);
}

static struct seal make_seal(void) {
    static const char *const paths[] = {"original/a b&<ü>.xml", "original/报关单.xml", "clearance/record.html"};
    struct seal seal = {.at = "2026-03-09T08:00:00Z", .count = 3, .value_length = 64};
    seal.certificates.items = arena_zero(arena, sizeof *seal.certificates.items);
    seal.certificates.count = 1;
    seal.files = arena_zero(arena, seal.count * sizeof *seal.files);
    make_certificate(&seal.certificates.items[0]);
    for (size_t i = 0; i < seal.count; i++) {
        seal.files[i] = (struct sealed_file){.path = paths[i], .media = i == 2 ? "text/html" : "application/xml"};
        digest_hex(paths[i], strlen(paths[i]), seal.files[i].sha256);
    }
    memset(seal.value, 0x5a, seal.value_length);
    return seal;
}

/* The exclusive canonical form of the one element of that name. */
static char *canonical(xmlDoc *document, const char *name) {
    struct buffer path = {0};
    buffer_printf(&path, "(//. | //@* | //namespace::*)[ancestor-or-self::*[local-name() = '%s']]", name);
    xmlXPathContext *context = xmlXPathNewContext(document);
    xmlXPathObject *found = xmlXPathEvalExpression((const xmlChar *)path.bytes, context);
    xmlChar *bytes = NULL;
    assert_true(xmlC14NDocDumpMemory(document, found->nodesetval, XML_C14N_EXCLUSIVE_1_0, NULL, 0, &bytes) > 0);
    xmlXPathFreeObject(found);
    xmlXPathFreeContext(context);
    buffer_free(&path);
    return (char *)bytes;
}

static void what_is_signed_is_canonical(void **state) {
    (void)state;
    struct seal seal = make_seal();
    struct buffer whole = {0};
    struct buffer info = {0};
    struct buffer properties = {0};
    seal_write(&whole, &seal);
    seal_write_info(&info, &seal);
    seal_write_properties(&properties, &seal);
    xmlDoc *document = xmlReadMemory(whole.bytes, (int)whole.length, NULL, NULL, XML_PARSE_NONET);
    assert_non_null(document);
    char *found = canonical(document, "SignedInfo");
    assert_string_equal(found, info.bytes);
    xmlFree(found);
    found = canonical(document, "SignedProperties");
    assert_string_equal(found, properties.bytes);
    xmlFree(found);
    xmlFreeDoc(document);
    buffer_free(&whole);
    buffer_free(&info);
    buffer_free(&properties);
}

static void it_is_read_back(void **state) {
    (void)state;
    struct seal seal = make_seal();
    struct seal again;
    struct buffer out = {0};
    seal_write(&out, &seal);
    assert_null(seal_read(arena, out.bytes, out.length, &again));
    assert_string_equal(again.at, seal.at);
    assert_int_equal(again.count, 3);
    for (size_t i = 0; i < again.count; i++) {
        assert_string_equal(again.files[i].path, seal.files[i].path);
        assert_string_equal(again.files[i].sha256, seal.files[i].sha256);
        assert_string_equal(again.files[i].media, seal.files[i].media);
    }
    assert_int_equal(again.value_length, 64);
    assert_string_equal(again.certificates.items[0].sha256, seal.certificates.items[0].sha256);
    buffer_free(&out);
}

/* Says the same of the same files, under the same signature and certificate? */
static bool same_seal(const struct seal *a, const struct seal *b) {
    unsigned char of_a[DIGEST_BYTES];
    unsigned char of_b[DIGEST_BYTES];
    seal_digest(a, of_a);
    seal_digest(b, of_b);
    return memcmp(of_a, of_b, sizeof of_a) == 0 && a->value_length == b->value_length &&
           memcmp(a->value, b->value, a->value_length) == 0 &&
           strcmp(a->certificates.items[0].sha256, b->certificates.items[0].sha256) == 0;
}

/* A byte that is changed or missing makes another seal, or none. */
static void another_form_is_refused(void **state) {
    (void)state;
    struct seal seal = make_seal();
    struct seal again;
    struct buffer out = {0};
    seal_write(&out, &seal);
    char *changed = malloc(out.length);
    for (size_t i = 0; i < out.length; i++) {
        struct arena *scratch = arena_new();
        memcpy(changed, out.bytes, out.length);
        changed[i] = (char)(changed[i] ^ 1);
        assert_false(!seal_read(scratch, changed, out.length, &again) && same_seal(&seal, &again));
        memmove(changed + i, out.bytes + i + 1, out.length - i - 1);
        assert_false(!seal_read(scratch, changed, out.length - 1, &again) && same_seal(&seal, &again));
        arena_free(scratch);
    }
    free(changed);
    buffer_free(&out);
}

static int open_arena(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_signed_is_canonical, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(it_is_read_back, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(another_form_is_refused, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
