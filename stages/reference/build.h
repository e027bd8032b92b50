/* Compiling rows of text into tables of facts: used by what loads registers and code lists.
 *
 * Sequence   table_build with the rows of the register, table_part for each of its sub-tables, table_close.
 */
#ifndef TW_REFERENCE_BUILD_H
#define TW_REFERENCE_BUILD_H

#include "reference/grid.h"
#include "reference/registers.h"

struct builder {
    struct arena *arena;
    const struct names *names;
    struct table *table;
    const struct grid *grid;
    struct digest *digest;
};

struct builder table_build(struct arena *arena, const struct names *names, struct table *table,
                           const struct grid *grid);
/* Rows of a sub-table become groups below the rows that have their key; rows without such a row are left out. */
void table_part(struct builder *builder, const struct grid *part);
/* Decodes numbers, numbers the facts, builds the indexes, closes the digest. */
void table_close(struct builder *builder);

#endif
