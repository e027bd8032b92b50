/* Code maps of a dialect: NAME.codes.csv (MAPS 2.3), and the factors that make kilograms of any mass.
 *
 * A list maps what a dialect writes to the code of the facts; "*" stands for every other value; an empty code
 * means: known, but no fact. Of several rows of one value for different periods the last begun is taken.
 */
#ifndef TW_FACTS_CODES_H
#define TW_FACTS_CODES_H

#include "base/decimal.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct csv;
struct problems;

struct code_row {
    const char *orig, *code, *from, *to;
    unsigned line; /* in its file */
};
struct code_list {
    const char *name;
    struct code_row *rows; /* sorted by orig, then from */
    size_t count, capacity;
    bool used; /* while loading: some entry or fact refers to it */
    unsigned line;
};
struct codes {
    struct code_list *lists;
    size_t count, capacity;
    const char *file;
};

/* From the text of a CSV (columns list,orig,code,from,to,note); rows of base (NULL: none) that it does not have
 * are taken over. */
struct codes *codes_new(struct arena *arena, const char *file, const char *text, size_t length,
                        const struct codes *base, struct problems *problems);
struct code_list *codes_list(const struct codes *codes, const char *name); /* NULL: none */

/* The code for a value; NULL: no row and no "*". "": known, but absent. */
const char *code_for(const struct code_list *list, const char *orig);

/* Masses: code of Rec 20 to kilograms. */
struct mass {
    const char *code;
    struct decimal factor;
};
struct masses {
    struct mass *items; /* sorted by code */
    size_t count, capacity;
};
const struct masses *masses_new(struct arena *arena, const char *file, const char *text, size_t length,
                                struct problems *problems);
const struct decimal *mass_factor(const struct masses *masses, const char *code); /* NULL: no mass */

#endif
