/* The parser's state, and what its three files share: parse.c reads the grammar, type.c knows what facts and
 * values can be, refuse.c says what is not part of the language and what to write instead. Inside this room. */
#ifndef TW_XPATH_PARSER_H
#define TW_XPATH_PARSER_H

#include "xpath/function.h"
#include "xpath/lex.h"
#include "xpath/node.h"

struct parser {
    struct program *program;
    struct scope *scope;
    struct place place; /* of the first character of the text */
    struct lexer lexer;
    const struct type *here; /* what relative paths start from; NULL: there is no context */
    unsigned inside;         /* predicates (or key paths) around this place */
    unsigned depth;
    bool context; /* a rule's context: a smaller grammar */
    bool failed;
};

/* A problem at an offset of the text: line and column are counted from there. */
void complain(struct parser *parser, size_t offset, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* type.c */
struct type type_of_shape(enum shape shape);
struct type type_of_definition(struct arena *arena, const struct definition *definition);
struct type type_of_table(struct arena *arena, const struct fact *table);
struct type type_of_rows(struct arena *arena, const char *rows);
struct type type_free(void);
struct type type_union(struct arena *arena, const struct type *a, const struct type *b);
/* Steps from facts of a type; what is not there is a problem at offset, and the result free. */
struct type type_child(struct parser *parser, const struct type *from, const char *name, size_t offset);
struct type type_parent(struct parser *parser, const struct type *from, size_t offset);
bool type_has_nodes(const struct type *type);
bool type_is_repeated(const struct type *type); /* may a fact have several of these children? */
bool type_in_dossier(const struct type *type);  /* facts of the dossier, as far as known */
/* Refuses comparisons that would answer something else than what is meant. */
void type_compare(struct parser *parser, const struct node *left, enum operator op, const struct node *right,
                  size_t offset);

/* refuse.c: the words for what the subset leaves out. Each adds a problem. */
void refuse_token(struct parser *parser); /* the current token does not belong here */
void refuse_axis(struct parser *parser);  /* NAME:: */
void refuse_function(struct parser *parser, const char *name, size_t offset);
void refuse_scan(struct parser *parser, size_t offset); /* a predicate that would walk all for each item */
void refuse_scan_of_parent(struct parser *parser, size_t offset, const char *what);

#endif
