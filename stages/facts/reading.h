/* What is left of the reading of one document beside its facts: what no map read, and what was outranked. */
#ifndef TW_FACTS_READING_H
#define TW_FACTS_READING_H

#include <stddef.h>
#include <stdint.h>

struct unread {
    const char *path;     /* names from the root, without positions: "Invoice/cac:Delivery/cbc:ID" */
    const char *why;      /* "no entry", "no alternative fits", "second value of invoice/number" */
    uint32_t line, count; /* of the first; how many */
};

struct outranked {
    const char *fact; /* path of the fact below /dossier, without positions */
    const char *value;
    const char *xpath;
    uint32_t line;
};

struct reading {
    const struct unread *unread; /* in order of first line */
    size_t unread_count;
    const struct outranked *outranked;
    size_t outranked_count;
    uint64_t steps; /* visits of elements, and of children while an index was built: at most 2 per element */
};

#endif
