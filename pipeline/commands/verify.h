/* tidewaiter verify: annotated bundles against their own digests. */
#ifndef TW_COMMANDS_VERIFY_H
#define TW_COMMANDS_VERIFY_H

#include <stdio.h>

/* Prints a line per file that is not as its digest says, and one per bundle. Returns the exit code of CONTRACT:
 * 0 all the same, 1 something differs, 2 a container cannot be read, 3 no such file; the highest wins. */
int verify_files(int count, const char *const *paths, FILE *out);

#endif
