#include "base/problems.h"

#include "base/arena.h"

#include <stdarg.h>
#include <string.h>

void problems_free(struct problems *problems) {
    arena_free(problems->arena);
    *problems = (struct problems){0};
}

void problem(struct problems *problems, const char *file, unsigned line, unsigned column, const char *format, ...) {
    if (!problems->arena) {
        problems->arena = arena_new();
    }
    if (problems->count == problems->capacity) {
        problems->items = arena_grow(problems->arena, problems->items, &problems->capacity, sizeof *problems->items);
    }
    va_list values;
    va_start(values, format);
    const char *text = arena_vprintf(problems->arena, format, values);
    va_end(values);
    problems->items[problems->count++] = (struct problem){
        .file = file ? arena_string(problems->arena, file) : NULL,
        .line = line,
        .column = column,
        .text = text,
    };
}

void problems_print(const struct problems *problems, FILE *stream) {
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *item = &problems->items[i];
        if (item->file) {
            (void)fprintf(stream, "%s:", item->file);
        }
        if (item->line) {
            (void)fprintf(stream, "%u:", item->line);
        }
        if (item->column) {
            (void)fprintf(stream, "%u:", item->column);
        }
        (void)fprintf(stream, "%s%s\n", item->file ? " " : "", item->text);
    }
}

enum { LONGEST_WORD = 64 };

static unsigned smaller(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* Levenshtein distance of two short words; a large number for longer ones. */
static unsigned distance(const char *a, const char *b) {
    size_t columns = strlen(b);
    if (strlen(a) > LONGEST_WORD || columns > LONGEST_WORD) {
        return LONGEST_WORD;
    }
    unsigned row[LONGEST_WORD + 1];
    for (size_t j = 0; j <= columns; j++) {
        row[j] = (unsigned)j;
    }
    for (size_t i = 0; a[i]; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i + 1;
        for (size_t j = 0; j < columns; j++) {
            unsigned above = row[j + 1];
            unsigned replaced = diagonal + (a[i] != b[j]);
            row[j + 1] = smaller(replaced, smaller(above, row[j]) + 1);
            diagonal = above;
        }
    }
    return row[columns];
}

const char *problem_nearest(const char *word, const char *const *candidates, size_t count) {
    const char *nearest = NULL;
    unsigned least = (unsigned)strlen(word) / 2 + 1;
    for (size_t i = 0; i < count; i++) {
        unsigned d = distance(word, candidates[i]);
        if (d < least) {
            least = d;
            nearest = candidates[i];
        }
    }
    return nearest;
}
