/* Holds an annotated clearance bundle against its seal.
 *
 * Sound      One signature of our form, by the key of the certificate that it names; the manifest says the same; every
 *            file but the media type is covered, and is as it was when it was sealed.
 * Not for    Whether that certificate is to be trusted: certificate_unfit, certificate_revoked, certificate_trusted.
 */
#ifndef TW_SEAL_CHECK_H
#define TW_SEAL_CHECK_H

#include "container/verify.h"
#include "seal/signature.h"

enum seal_state { SEAL_ABSENT, SEAL_SOUND, SEAL_BROKEN };

struct seal_check {
    enum seal_state state;
    const char *fault;         /* broken: what is wrong with the seal itself; NULL: with the files */
    struct seal seal;          /* where it could be read */
    struct verification files; /* where the signature is good */
};

/* Everything in the arena of the container. */
struct seal_check seal_check(const struct container *container);

/* The first thing wrong with a broken seal, in words; the file that it speaks of, or NULL. */
const char *seal_fault(const struct seal_check *check, const char **file);

#endif
