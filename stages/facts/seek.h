/* Following a PATH from an element: values and presence, each step one look into an index of names.
 *
 * The index of an element's children is built when it is first looked into, and once (MAPS 9): so the walk stays
 * linear however often an item asks the head of its document.
 */
#ifndef TW_FACTS_SEEK_H
#define TW_FACTS_SEEK_H

#include "facts/map.h"
#include "tree/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct names;

struct seeker {
    struct arena *scratch, *arena;
    const struct names *names;
    const struct dialect *dialect;
    struct child_index **indexes; /* by element; open addressing */
    size_t index_count, index_size;
    const struct source **reached; /* elements that a path came to: known, whoever takes them */
    size_t reached_count, reached_size;
    uint64_t steps;
};

struct found {
    const struct source *source; /* NULL: a constant */
    const char *attribute;       /* NULL: its text */
    const char *text;            /* trimmed, cut; never empty */
};

/* The name that maps compare: folded where the dialect says nocase; NULL: no map knows it. */
const char *source_name(const struct seeker *seeker, const struct source *source);
/* White space at both ends taken away; NULL where nothing is left. In the arena only where it must be. */
const char *trimmed(struct arena *arena, const char *text);
bool is_absent(const struct dialect *dialect, const struct map_entry *entry, const char *text);

/* The first path that has a value. */
bool seek_first(struct seeker *seeker, const struct source *from, const struct paths *paths, struct found *out);
bool seek_path(struct seeker *seeker, const struct source *from, const struct path *path, struct found *out);
bool seek_conditions(struct seeker *seeker, const struct source *from, const struct map_entry *entry);
bool was_reached(const struct seeker *seeker, const struct source *source);

/* A part of a text by characters (pieces 0) in the arena; NULL: it has none there. */
const char *cut_characters(struct arena *arena, const char *text, struct part part);

#endif
