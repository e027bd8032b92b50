/* Making nodes: types, levels, canonical texts, and parts that are the same for the whole bundle. Inside this
 * room only. */
#ifndef TW_XPATH_BUILD_H
#define TW_XPATH_BUILD_H

#include "xpath/parser.h"

struct node *build_node(struct parser *parser, enum node_kind kind);
/* The node depends on something of that level, or on the node of a predicate. */
void node_depends(struct node *node, enum level level, bool local);

struct node *build_text(struct parser *parser, const char *text);
struct node *build_number(struct parser *parser, const struct decimal *number);
struct node *build_variable(struct parser *parser, const struct variable *variable);
struct node *build_path(struct parser *parser, struct node *node); /* whose steps are complete */
struct node *build_list(struct parser *parser, enum node_kind kind, struct node *const *items, size_t count);
struct node *build_compare(struct parser *parser, enum operator op, struct node *left, struct node *right);
/* NULL: the arguments are not what the function takes. */
struct node *build_call(struct parser *parser, const struct function *function, struct node *const *arguments,
                        const size_t *offsets, size_t count, size_t offset);

/* The node, kept for the bundle if it is the same throughout and not trivial. */
struct node *build_constant(struct parser *parser, struct node *node);
/* From there to the end of the path just read, without blanks at its end. */
const char *build_rest(struct parser *parser, const char *from);
/* Canonical text of the steps of a path from one on. */
const char *canonical_steps(struct program *program, const struct path *path, size_t from);

/* parse.c: the path of an argument with letter K. */
struct node *parse_key(struct parser *outer, const struct type *here, const char *text, size_t offset);

#endif
