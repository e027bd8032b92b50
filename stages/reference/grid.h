/* The rows of one register as text: what stands in a CSV file, or in the SQLite file, before it is compiled.
 *
 * Purpose    Import, export, digests and the loaders meet here: one row is one text per column of its kind, in
 *            the order of the kind; an empty field is "".
 * Ownership  Everything lives in the arena.
 */
#ifndef TW_REFERENCE_GRID_H
#define TW_REFERENCE_GRID_H

#include "reference/registers.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buffer;
struct csv;
struct hash;
struct problems;

struct grid_row {
    const char **values;
    unsigned line; /* of the CSV, 0: from elsewhere */
};

struct grid {
    const struct kind *kind;
    struct grid_row *rows;
    size_t count, capacity;
};

void grid_add(struct arena *arena, struct grid *grid, const char **values, unsigned line);

/* Tells whether a code list has a code on some day; asked by grid_check. */
struct code_check {
    bool (*known)(const void *codes, const char *list, const char *code);
    const void *codes;
};

/* The records of a CSV by their columns. Unknown columns, and key columns that are not there, are problems. */
bool grid_from_csv(struct arena *arena, const struct kind *kind, const struct csv *csv, struct grid *out,
                   struct problems *problems);

/* Every value against its type, closed or code list; from <= to; keys filled and unique (with from). check NULL: code
 * lists are not asked. False when problems were added; file is for their text. */
bool grid_check(struct arena *arena, const struct grid *grid, const char *file, const struct code_check *check,
                struct problems *problems);

/* Adds the rows of `more`; one with the same key and from takes the place of the old one. */
void grid_merge(struct arena *arena, struct grid *grid, const struct grid *more);

/* As CSV, header first. The same rows give the same bytes, so the digest of a register is taken over them. */
void grid_print(const struct grid *grid, struct buffer *out);

/* Whether two rows agree in the key K. */
bool grid_same_key(const struct kind *kind, const char *const *a, const char *const *b);

/* The hash of a row's key K, and the row of the grid (added to hash so) that has that key and from; HASH_NONE: none. */
uint64_t grid_hash(const struct kind *kind, const char *const *values);
size_t grid_find(const struct grid *grid, const struct hash *hash, const char *const *values);

/* Sub-tables: whether the outer columns of a row are the key of a row of the register; their hash, equal to that
 * row's grid_hash; and their values as text. */
bool grid_belongs(const struct kind *kind, const char *const *row, const struct kind *part, const char *const *below);
uint64_t grid_outer_hash(const struct kind *part, const char *const *values);
const char *grid_outer_text(struct arena *arena, const struct kind *part, const char *const *values);

/* The value of a row in a column by name; NULL: the kind has no such column. */
const char *grid_value(const struct kind *kind, const struct grid_row *row, const char *column);
int kind_place(const struct kind *kind, const char *column); /* -1: no such column */

/* The days of validity; a day that cannot be read counts as open (grid_check reports it). */
int32_t grid_from(const struct kind *kind, const char *const *values);
int32_t grid_to(const struct kind *kind, const char *const *values);

#endif
