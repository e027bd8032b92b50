#include "seal/signature.h"

#include "base/arena.h"
#include "container/verify.h"

#include <openssl/evp.h>

#include <string.h>

#define DS "http://www.w3.org/2000/09/xmldsig#"
#define XADES "http://uri.etsi.org/01903/v1.3.2#"
#define CANONICAL "http://www.w3.org/2001/10/xml-exc-c14n#"
#define SHA256 "http://www.w3.org/2001/04/xmlenc#sha256"

/* ---- values ---- */

/* Base64 without line ends, in place of a copy. */
static void put_base64(struct buffer *out, const unsigned char *bytes, size_t length) {
    size_t size = (length + 2) / 3 * 4;
    buffer_reserve(out, size + 1);
    (void)EVP_EncodeBlock((unsigned char *)out->bytes + out->length, bytes, (int)length);
    out->length += size;
}

static unsigned nibble(char digit) {
    return (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

static void digest_bytes(const char sha256[DIGEST_TEXT], unsigned char bytes[DIGEST_BYTES]) {
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        bytes[i] = (unsigned char)(nibble(sha256[2 * i]) << 4 | nibble(sha256[2 * i + 1]));
    }
}

static void put_digest(struct buffer *out, const char sha256[DIGEST_TEXT]) {
    unsigned char bytes[DIGEST_BYTES];
    digest_bytes(sha256, bytes);
    put_base64(out, bytes, sizeof bytes);
}

/* A path as a relative URI (RFC 3986): what is not unreserved is encoded, but for the slash. */
static void put_uri(struct buffer *out, const char *path) {
    static const char digits[] = "0123456789ABCDEF";
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    while (*path) {
        size_t span = strspn(path, plain);
        buffer_append(out, path, span);
        path += span;
        if (*path) {
            unsigned char byte = (unsigned char)*path++;
            buffer_char(out, '%');
            buffer_char(out, digits[byte >> 4]);
            buffer_char(out, digits[byte & 15]);
        }
    }
}

/* ---- what is signed, in canonical form ---- */

static const char *method_of(const struct seal *seal) {
    return seal->certificates.items[0].algorithm == SEAL_RSA ? "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
                                                             : "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
}

void seal_write_properties(struct buffer *out, const struct seal *seal) {
    buffer_printf(out,
                  "<xades:SignedProperties xmlns:xades=\"" XADES "\" Id=\"properties\">\n"
                  "<xades:SignedSignatureProperties>\n<xades:SigningTime>%s</xades:SigningTime>\n"
                  "<xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod xmlns:ds=\"" DS
                  "\" Algorithm=\"" SHA256 "\"></ds:DigestMethod><ds:DigestValue xmlns:ds=\"" DS "\">",
                  seal->at);
    put_digest(out, seal->certificates.items[0].sha256);
    buffer_string(out, "</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>\n"
                       "</xades:SignedSignatureProperties>\n<xades:SignedDataObjectProperties>\n");
    for (size_t i = 0; i < seal->count; i++) {
        buffer_printf(out,
                      "<xades:DataObjectFormat ObjectReference=\"#f%zu\"><xades:MimeType>%s</xades:MimeType>"
                      "</xades:DataObjectFormat>\n",
                      i + 1, seal->files[i].media);
    }
    buffer_string(out, "</xades:SignedDataObjectProperties>\n</xades:SignedProperties>");
}

static void put_reference(struct buffer *out, const char *transform, const char sha256[DIGEST_TEXT]) {
    buffer_printf(out, "%s<ds:DigestMethod Algorithm=\"" SHA256 "\"></ds:DigestMethod><ds:DigestValue>", transform);
    put_digest(out, sha256);
    buffer_string(out, "</ds:DigestValue></ds:Reference>\n");
}

void seal_write_info(struct buffer *out, const struct seal *seal) {
    struct buffer properties = {0};
    char sha256[DIGEST_TEXT];
    seal_write_properties(&properties, seal);
    digest_hex(properties.bytes, properties.length, sha256);
    buffer_free(&properties);
    buffer_printf(out,
                  "<ds:SignedInfo xmlns:ds=\"" DS "\">\n<ds:CanonicalizationMethod Algorithm=\"" CANONICAL
                  "\"></ds:CanonicalizationMethod>\n<ds:SignatureMethod Algorithm=\"%s\"></ds:SignatureMethod>\n",
                  method_of(seal));
    for (size_t i = 0; i < seal->count; i++) {
        buffer_printf(out, "<ds:Reference Id=\"f%zu\" URI=\"", i + 1);
        put_uri(out, seal->files[i].path);
        put_reference(out, "\">", seal->files[i].sha256);
    }
    buffer_string(out, "<ds:Reference Type=\"http://uri.etsi.org/01903#SignedProperties\" URI=\"#properties\">");
    put_reference(out, "<ds:Transforms><ds:Transform Algorithm=\"" CANONICAL "\"></ds:Transform></ds:Transforms>",
                  sha256);
    buffer_string(out, "</ds:SignedInfo>");
}

void seal_digest(const struct seal *seal, unsigned char digest[DIGEST_BYTES]) {
    struct buffer info = {0};
    char sha256[DIGEST_TEXT];
    seal_write_info(&info, seal);
    digest_hex(info.bytes, info.length, sha256);
    buffer_free(&info);
    digest_bytes(sha256, digest);
}

/* ---- the files ---- */

void seal_write(struct buffer *out, const struct seal *seal) {
    buffer_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<asic:XAdESSignatures xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\">\n"
                       "<ds:Signature xmlns:ds=\"" DS "\" Id=\"seal\">\n");
    seal_write_info(out, seal);
    buffer_string(out, "\n<ds:SignatureValue>");
    put_base64(out, seal->value, seal->value_length);
    buffer_string(out, "</ds:SignatureValue>\n<ds:KeyInfo><ds:X509Data>\n");
    for (size_t i = 0; i < seal->certificates.count; i++) {
        buffer_string(out, "<ds:X509Certificate>");
        put_base64(out, seal->certificates.items[i].der, seal->certificates.items[i].length);
        buffer_string(out, "</ds:X509Certificate>\n");
    }
    buffer_string(out, "</ds:X509Data></ds:KeyInfo>\n<ds:Object>\n<xades:QualifyingProperties xmlns:xades=\"" XADES
                       "\" Target=\"#seal\">\n");
    seal_write_properties(out, seal);
    buffer_string(out, "\n</xades:QualifyingProperties>\n</ds:Object>\n</ds:Signature>\n</asic:XAdESSignatures>\n");
}

static void put_escaped(struct buffer *out, const char *text) {
    for (; *text; text++) {
        switch (*text) {
        case '&':
            buffer_string(out, "&amp;");
            break;
        case '<':
            buffer_string(out, "&lt;");
            break;
        case '"':
            buffer_string(out, "&quot;");
            break;
        default:
            buffer_char(out, *text);
        }
    }
}

void seal_write_manifest(struct buffer *out, const struct seal *seal) {
    buffer_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest "
                       "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
                       "manifest:version=\"1.2\">\n<manifest:file-entry manifest:full-path=\"/\" "
                       "manifest:media-type=\"" ASIC_MEDIA_TYPE "\"/>\n");
    for (size_t i = 0; i < seal->count; i++) {
        buffer_string(out, "<manifest:file-entry manifest:full-path=\"");
        put_escaped(out, seal->files[i].path);
        buffer_printf(out, "\" manifest:media-type=\"%s\"/>\n", seal->files[i].media);
    }
    buffer_string(out, "</manifest:manifest>\n");
}
