/* What the parts of the map compiler share; for map-*.c alone. */
#ifndef TW_FACTS_MAP_COMPILER_H
#define TW_FACTS_MAP_COMPILER_H

#include "facts/map-item.h"

/* A block as compiled for one group and one fact around it. */
struct instance {
    const struct item *block;
    const struct definition *group, *leaf;
    struct node *node;
};

struct space_entry {
    const char *uri;
    const struct spaces *spaces;
};

struct compiler {
    struct arena *arena;
    struct names *names;
    const struct vocabulary *vocabulary;
    struct map_file *map;
    struct dialect *dialect;
    struct problems *problems;
    struct instance *instances;
    size_t instance_count, instance_capacity;
    struct space_entry *spaces;
    size_t space_count, space_capacity;
    const struct item **used_blocks;
    size_t used_count, used_capacity;
    bool declaring; /* within a root of declarations, or of messages about them */
};

/* Where an item is compiled. */
struct place {
    const struct definition *group, *leaf; /* the open group; the leaf around an m:fact or m:attr, or NULL */
    struct node *node;                     /* its element's children, or the children it is one of */
    struct node *outer;                    /* the node that holds the element around; NULL: of a block, not known */
    const char *path;                      /* "/r/a", for messages */
    unsigned depth;
};

/* Adds a problem once, however often a block is compiled. */
void refuse(struct compiler *compiler, const struct item *item, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* map-path.c: PATH, conditions, parts, names */
const char *intern_element(struct compiler *compiler, const char *name, size_t length);
const struct spaces *spaces_of(struct compiler *compiler, const char *uri); /* NULL or "": none */
/* The namespace of a prefix at an item ("": the default); false: not declared. */
bool prefix_find(const struct item *item, const char *prefix, size_t length, const char **uri);
bool parse_paths(struct compiler *compiler, const struct item *item, enum word word, struct paths *out);
bool parse_path(struct compiler *compiler, const struct item *item, enum word word, const char *text, size_t length,
                struct path *out);
bool parse_when(struct compiler *compiler, const struct item *item, struct map_entry *entry);
bool parse_part(const char *text, size_t length, struct part *out);
const char *const *parse_texts(struct arena *arena, const char *text, size_t *count); /* "a|b" */
/* Notes what a path reaches: children of the element in inner, siblings in outer (either may be NULL). */
void note_known(struct compiler *compiler, struct node *inner, struct node *outer, const struct path *path);

/* map-target.c: facts */
bool parse_target(struct compiler *compiler, const struct item *item, const struct place *place,
                  struct map_entry *entry);
void parse_set(struct compiler *compiler, const struct item *item, const struct place *place, struct map_entry *entry);
void parse_at(struct compiler *compiler, const struct item *item, struct map_entry *entry);
void say(struct compiler *compiler, const struct definition *definition);
void say_all(struct compiler *compiler, const struct definition *definition);

/* map-check.c: what is refused once the words are understood */
void check_words(struct compiler *compiler, const struct item *item, struct map_entry *entry);
void check_codes(struct compiler *compiler, const struct item *item, const struct code_list *list,
                 const struct definition *definition);
void check_parts(struct compiler *compiler, const struct item *parent);
void check_whole(struct compiler *compiler);

#endif
