/* Interned names: two names are the same exactly when their pointers are.
 *
 * Sequence   names_new at start-up; names_intern while knowledge is compiled; names_freeze before work
 *            starts; then only names_find. Attribute names begin with '@'.
 * Threads    Read-only once frozen.
 */
#ifndef TW_TREE_NAMES_H
#define TW_TREE_NAMES_H

#include <stddef.h>

struct names;

struct names *names_new(void);
void names_free(struct names *names);
const char *names_intern(struct names *names, const char *name); /* after names_freeze: a fault of ours */
const char *names_intern_part(struct names *names, const char *name, size_t length);
void names_freeze(struct names *names);

/* The interned name, or NULL: nothing that we know has that name. */
const char *names_find(const struct names *names, const char *name);
const char *names_find_part(const struct names *names, const char *name, size_t length);

#endif
