/* Importing a CSV into the register file: all lines or none (REGISTERS: Import).
 *
 * Purpose   The rows are checked line by line against their columns, code lists and keys; every fault is a problem
 *           FILE:LINE: column: what. Only a file without a fault is written, in one transaction.
 */
#ifndef TW_REFERENCE_IMPORT_H
#define TW_REFERENCE_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct problems;

struct import {
    const char *kind;      /* a register, a sub-table, or "code" */
    const char *csv;       /* path */
    const char *registers; /* path of the register file; made where it is not there */
    const char *schemas;   /* folder */
    int32_t as_at;         /* day of publication */
    int32_t today;
    bool merge;
    const char *const *complete; /* issuers of which the source holds every row */
    size_t complete_count;
};

/* How many rows were imported, in *rows. False: problems, and nothing was written. */
bool import_csv(const struct import *import, size_t *rows, struct problems *problems);

/* A register (or "code": all imported lists) as CSV, as it went in. False: problems. */
bool export_csv(const char *kind, const char *registers, const char *schemas, struct buffer *out,
                struct problems *problems);

#endif
