/* The signer: a process of its own that holds the private key, and that no byte of a bundle ever reaches (HOUSE).
 *
 * Purpose    The key file is read in that process alone, after which it is closed as a worker is: what it can do is
 *            take 32 bytes and give back a signature. The supervisor passes them on, one for each bundle in hand.
 * Sequence   signer_open before anything else; signer_sign; signer_close.
 * Errors     signer_open: what is wrong was printed. A signer that ended is a fault of the run (signer_sign: false).
 */
#ifndef TW_BATCH_SIGNER_H
#define TW_BATCH_SIGNER_H

#include "batch/key.h"

struct signer_process;

struct signer_process *signer_open(const struct key_files *files);
void signer_close(struct signer_process *signer); /* NULL is allowed */

const struct certificates *signer_certificates(const struct signer_process *signer);

bool signer_sign(const struct signer_process *signer, const unsigned char digest[DIGEST_BYTES],
                 unsigned char signature[SIGNATURE_MOST], size_t *length);

#endif
