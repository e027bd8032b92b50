/* What a reference is made of: for the files of this room alone. */
#ifndef TW_REFERENCE_INSIDE_H
#define TW_REFERENCE_INSIDE_H

#include "reference/grid.h"
#include "reference/reference.h"

struct csv;
struct registers_file;

/* The names of a row of register party.denied, folded: by the row's number in its table. */
struct denied_row {
    const struct fold_grams *const *names;
    size_t count;
};

struct named_zone {
    const char *name; /* IANA */
    const struct zone *zone;
};

struct reference {
    struct arena *arena;
    struct names *names;
    int32_t today;
    const char *file; /* of registers, or NULL */

    struct kinds *kinds, *list_kinds;
    struct table *tables; /* one for each of kinds; those of sub-tables are not used */
    struct grid *grids;   /* the same, as text */
    struct table *lists;  /* sorted by name */
    size_t list_count;
    struct policy *policy;

    struct legal_forms legal_forms;
    struct denied_row *denied;
    struct named_zone *zones;
    size_t zone_count, zone_capacity;
    char digest[DIGEST_TEXT];
};

/* Loads code lists (schemas/codes, the register file over them). */
void load_lists(struct reference *reference, const char *folder, struct registers_file *file,
                struct problems *problems);
/* Loads registers: from the register file, else from schemas/registers. */
void load_registers(struct reference *reference, const char *folder, struct registers_file *file,
                    struct problems *problems);
/* Builds the table of kind number `place` anew from reference->grids. */
void build_register(struct reference *reference, size_t place);

/* Folds the names of register party.denied, once it is loaded and the legal forms are known. */
void denied_fold(struct reference *reference);

/* Reads a whole CSV file of ours; false: problems. */
bool load_csv(struct arena *arena, const char *path, struct csv *out, struct problems *problems);

/* A look-up in one register by values in the order of its key. */
struct answer find_rows(const struct reference *reference, struct arena *arena, const char *kind, unsigned key,
                        const char *const *values, size_t count, int32_t day);
struct answer find_row(const struct reference *reference, struct arena *arena, const char *kind, unsigned key,
                       const char *value, int32_t day);

/* Keeps the rows of an answer for which keep says so. */
struct answer filter_rows(struct arena *arena, struct answer answer,
                          bool (*keep)(const struct fact *row, const void *context), const void *context);

/* Whether a day lies in [from, to] of a row (groups of sub-tables: their own from and to). */
bool row_in_force(const struct fact *row, int32_t day);

#endif
