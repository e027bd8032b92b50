/* `tidewaiter registers`: import, status, export. Results go to out, messages to err; each returns the exit code
 * (design of the command line: 0 done, 2 the register file cannot be read, 3 usage or a bad CSV). */
#ifndef TW_COMMANDS_REGISTERS_H
#define TW_COMMANDS_REGISTERS_H

#include <stdint.h>
#include <stdio.h>

struct import; /* reference/import.h */

int registers_import(const struct import *import, FILE *out, FILE *err);
int registers_export(const char *kind, const char *registers, const char *schemas, FILE *out, FILE *err);
/* Every register: rows, rows in force today, day of publication, age, state. policy NULL: defaults. */
int registers_status(const char *registers, const char *schemas, const char *policy, int32_t today, FILE *out,
                     FILE *err);

#endif
