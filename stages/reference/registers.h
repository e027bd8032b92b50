/* Registers and code lists in memory: what REGISTERS.md describes, compiled before work starts.
 *
 * Purpose    Which registers there are, and their columns, is data (schemas/registers.csv, schemas/lists.csv):
 *            a new column needs no C. A row is a tree of facts: the columns are its children, a column with
 *            several values is repeated, "a/b" is a fact b in a group a, rows of sub-tables (party.mandate)
 *            are child groups (mandate) in the order of their file. Empty fields are absent.
 * Sequence   kinds_read, then a table per kind (reference/registers-file.h, reference/codes.h), then only
 *            look-ups. `names` is frozen after that.
 * Ownership  Everything lives in the arena given at start-up; answers live in the caller's.
 * Threads    Read-only after start-up: all numbers are decoded while loading.
 */
#ifndef TW_REFERENCE_REGISTERS_H
#define TW_REFERENCE_REGISTERS_H

#include "base/digest.h"
#include "tree/vocabulary.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct csv;
struct fact;
struct names;
struct problems;

/* ---- what there is ---- */

struct column {
    const char *name; /* as in the header of the CSV, "discharge/at" included */
    enum fact_type type;
    bool many; /* values joined by | in the CSV */
    bool optional;
    bool derived;              /* made by a look-up, never in a file: "similarity" of party.denied */
    bool outer;                /* of a sub-table: key column of the register, in the file but no fact of the row */
    uint8_t keys;              /* bit 0: part of the key K; bits 1 …: of the further look-up keys K2 … */
    const char *list;          /* code list of a code, or NULL */
    const char *const *values; /* closed list of a code, NULL-terminated, or NULL */
};

struct kind {
    const char *name;          /* "office", "party.mandate"; of a code list its name: "Rec20" */
    const char *group;         /* interned name of a row: "office", "mandate"; of a code list "code" */
    const struct kind *parent; /* the register whose sub-table this is, or NULL */
    bool own_rows;             /* party.denied: a sub-table with a table of its own */
    struct column *columns;    /* from, to, source are among them, and a code list's code and label */
    size_t count;
};

struct kinds;

/* From schemas/registers.csv or lists.csv (columns register,column,type,key,many,list,note). NULL when problems
 * were added. Interns all names. */
struct kinds *kinds_read(struct arena *arena, struct names *names, const struct csv *csv, bool lists,
                         struct problems *problems);
size_t kinds_count(const struct kinds *kinds);
const struct kind *kinds_item(const struct kinds *kinds, size_t index); /* in the order of the file */
const struct kind *kinds_find(const struct kinds *kinds, const char *name);
const struct kind *kinds_nearest(const struct kinds *kinds, const char *name); /* for "did you mean"; may be NULL */
const struct column *kind_column(const struct kind *kind, const char *name);
const char *kind_nearest_column(const struct kind *kind, const char *name); /* may be NULL */
/* A list that lists.csv does not name, with code, label and validity alone: a user's own. */
struct kind *kind_plain_list(struct arena *arena, struct names *names, const char *name);
/* The sub-tables of a register, one after the other; begin with NULL. Kinds with own rows are not among them. */
const struct kind *kinds_next_part(const struct kinds *kinds, const struct kind *kind, const struct kind *last);

/* Whether rows of that register can have a fact at that path ("line/quantity", "from"), for the expression
 * checker; where not, *nearest is the name that was probably meant, or NULL. */
bool register_has_column(const struct kinds *kinds, const char *kind, const char *path, const char **nearest);

/* ---- what it holds ---- */

enum register_state {
    REGISTER_AVAILABLE = 0,
    REGISTER_MISSING, /* not configured, or unreadable */
    REGISTER_STALE,   /* older than policy register.maxAge */
};

enum { DAY_FIRST = INT32_MIN, DAY_LAST = INT32_MAX }; /* from, to of a row that is open on that side */

struct row {
    struct fact *fact;
    int32_t from, to; /* both inclusive */
};

struct table {
    const struct kind *kind;
    enum register_state state;
    int32_t as_at;               /* day of publication; DAY_FIRST: shipped with the program */
    const char *const *complete; /* issuers or countries of which every row is here; "*": all */
    size_t complete_count;
    char digest[DIGEST_TEXT]; /* SHA-256 of the rows as `registers export` prints them */
    const struct row *rows;
    size_t count;
    const struct index *indexes; /* one per key: K, K2 … */
    size_t index_count;
};

/* The rows that a look-up found. state is not AVAILABLE: undecidable, there are no rows. Rows come in the order
 * of the register. */
struct answer {
    enum register_state state;
    struct fact *const *rows;
    size_t count;
};

/* Builds the indexes over rows; table->kind, rows and count are set. */
void table_index(struct arena *arena, struct table *table);

/* Rows whose key number `key` (0 = K, 1 = K2 …) equals values, in the order of the columns of that key, valid on
 * that day; ANY_DAY asks for no validity. values beyond the first may be NULL: not asked. */
enum { ANY_DAY = INT32_MIN };
struct answer table_find(const struct table *table, struct arena *arena, unsigned key, const char *const *values,
                         size_t count, int32_t day);
/* The first of them, for the house's own questions: nothing is allocated. NULL: none, or not available. */
struct fact *table_first(const struct table *table, unsigned key, const char *const *values, size_t count, int32_t day);
struct answer table_all(const struct table *table, struct arena *arena, int32_t day);

/* Whether the table states that it holds every row of that issuer or country. */
bool table_complete(const struct table *table, const char *issuer);

#endif
