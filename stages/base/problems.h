/* What is wrong in our own or a user's configuration: maps, packs, policies, CSV files, stylesheets.
 *
 * Purpose   A loader reports every mistake it finds, not the first alone: FILE:LINE:COLUMN: what: help.
 *           Nothing is reviewed while a list holds a problem (exit code 3).
 * Not for   Faults of documents: those are findings (finding.h).
 * Ownership The list copies its texts into an arena of its own.
 */
#ifndef TW_BASE_PROBLEMS_H
#define TW_BASE_PROBLEMS_H

#include <stddef.h>
#include <stdio.h>

struct problem {
    const char *file;
    unsigned line, column; /* 0: not known */
    const char *text;
};

struct problems {
    struct arena *arena;
    struct problem *items;
    size_t count, capacity;
};

void problems_free(struct problems *problems);

/* Adds one; a zeroed list is ready for use. */
void problem(struct problems *problems, const char *file, unsigned line, unsigned column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* One line each: FILE:LINE:COLUMN: text. */
void problems_print(const struct problems *problems, FILE *stream);

/* The candidate nearest to word by edit distance, or NULL when none is near: for "did you mean". */
const char *problem_nearest(const char *word, const char *const *candidates, size_t count);

#endif
