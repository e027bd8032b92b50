/* A table from pairs of pointers to a pointer, for the life of one parse: its names, by local name and prefix.
 *
 * Ownership  pairs_free gives the memory back; keys and values are the caller's.
 */
#ifndef TW_XML_PAIRS_H
#define TW_XML_PAIRS_H

#include <stddef.h>

struct pair {
    const void *a, *b;
    void *value; /* NULL: the slot is free */
};

struct pairs {
    struct pair *slots;
    size_t size, count;
};

/* The slot of a key, made where there is none (value NULL: set it before the next call). */
struct pair *pairs_slot(struct pairs *pairs, const void *a, const void *b);
void pairs_free(struct pairs *pairs);

#endif
