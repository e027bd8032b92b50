/* The seal as XML: META-INF/signatures001.xml and META-INF/manifest.xml of an ASiC-E container.
 *
 * Form       XAdES baseline B (ETSI EN 319 132-1): one reference per file, by the SHA-256 of its octets, and one to the
 *            signed properties. SignedInfo and SignedProperties are written as exclusive canonical XML, so that what is
 *            digested is what stands in the file; the tests hold them against libxml2's own canonical form.
 * Reading    One form alone is accepted, ours: the values are picked out, the file is written again from them, and
 *            both must be the same to the byte. A signature that wraps, moves, doubles or hides anything is not.
 * Ownership  Texts and bytes in the arena that is given; seal_read points into what it reads.
 */
#ifndef TW_SEAL_SIGNATURE_H
#define TW_SEAL_SIGNATURE_H

#include "base/buffer.h"
#include "seal/certificate.h"

#define SEAL_SIGNATURE "META-INF/signatures001.xml"
#define SEAL_MANIFEST "META-INF/manifest.xml"
#define SEAL_FOLDER "META-INF/"

struct sealed_file {
    const char *path, *media;
    char sha256[DIGEST_TEXT];
};

struct seal {
    const char *at; /* time of sealing, as the run's clock has it */
    struct certificates certificates;
    struct sealed_file *files;
    size_t count;
    unsigned char value[SIGNATURE_MOST]; /* the signature over seal_digest */
    size_t value_length;
};

/* SHA-256 of SignedInfo: what the key signs. */
void seal_digest(const struct seal *seal, unsigned char digest[DIGEST_BYTES]);
void seal_write(struct buffer *out, const struct seal *seal);
void seal_write_manifest(struct buffer *out, const struct seal *seal);

/* NULL: read; else why it is no seal of ours. */
const char *seal_read(struct arena *arena, const char *bytes, size_t length, struct seal *seal);

/* Parts of the above, for the tests. */
void seal_write_info(struct buffer *out, const struct seal *seal);
void seal_write_properties(struct buffer *out, const struct seal *seal);

#endif
