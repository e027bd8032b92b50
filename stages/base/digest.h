/* SHA-256, by OpenSSL. */
#ifndef TW_BASE_DIGEST_H
#define TW_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

enum { DIGEST_BYTES = 32, DIGEST_TEXT = 65 };

/* Lower-case hex of the SHA-256 of the bytes, NUL-terminated. */
/* Of a file, read piece by piece. False: it cannot be read (errno). */
bool digest_file(const char *path, char text[DIGEST_TEXT]);

void digest_hex(const void *bytes, size_t length, char text[DIGEST_TEXT]);

/* In parts: digest_open, digest_add…, digest_close (which frees it). */
struct digest;
struct digest *digest_open(void);
void digest_add(struct digest *digest, const void *bytes, size_t length);
void digest_close(struct digest *digest, char text[DIGEST_TEXT]);
/* For many files that begin alike: what was added is not added again. */
struct digest *digest_copy(const struct digest *digest);
void digest_free(struct digest *digest); /* instead of digest_close; NULL is allowed */

#endif
