/* What makes two runs the same: their options, and the digest of all that can change a bundle's bytes (CONTRACT
 * "skip", "resume").
 *
 * Knowledge  The program, the folder of schemas, packs, official schemas, stylesheet, key and certificate as files;
 *            codes, registers and policy as they were read; the options that change bytes. The run's clock is not
 *            part of it.
 */
#ifndef TW_BATCH_IDENTITY_H
#define TW_BATCH_IDENTITY_H

#include "base/digest.h"

#include <stdbool.h>

struct buffer;
struct knowledge;
struct options;

/* Inputs and options as JSON. */
void identity_options(struct buffer *out, const struct options *options);

/* False: a file cannot be read, which was printed. */
bool identity_knowledge(const struct options *options, const struct knowledge *k, char digest[DIGEST_TEXT]);

#endif
