/* A stylesheet while it is compiled. Inside of this room only: sheet-load.c reads the files, sheet-compile.c their
 * templates, sheet-literal.c literal elements, sheet-expression.c what stands in select, test and braces. */
#ifndef TW_PAGES_SHEET_BUILD_H
#define TW_PAGES_SHEET_BUILD_H

#include "base/buffer.h"
#include "pages/sheet-parts.h"
#include "tree/source.h"

struct names;
struct problems;

struct sheet_file {
    const char *path;
    struct xml_document *xml;
    const struct source *root;
    struct sheet_file *next;
};

/* A name that expressions may use from where it is declared. */
struct sheet_variable {
    const char *name;
    size_t slot;
    bool global;
    enum sheet_type type; /* SHEET_NONE: whatever the caller gives */
    const struct sheet_variable *outer;
};

enum draft_state { DRAFT_NEW, DRAFT_ENTERED, DRAFT_DONE };

/* A template with what only its compilation asks. */
struct sheet_draft {
    struct sheet_template template;
    const char *name; /* NULL: the one with match */
    const struct sheet_file *file;
    const struct source *at;
    const struct sheet_variable *params; /* the last first */
    enum draft_state state;
    struct sheet_draft *next;
};

/* A path that has one value in a run, and where that is kept. */
struct sheet_kept {
    const struct sheet_path *path;
    const struct sheet_kept *next;
};

struct sheet_build {
    struct arena *arena;
    struct names *names;
    struct problems *problems;
    struct sheet *sheet;
    struct fact known; /* above the known tree */
    struct sheet_file *files;
    size_t file_count;
    struct sheet_draft *drafts;
    const struct sheet_variable *globals;
    const struct sheet_kept *kept;
    bool has_output;
};

/* What is compiled in hand: the body of a template, or a part of it. */
struct sheet_writer {
    struct sheet_build *build;
    const struct sheet_file *file;
    struct sheet_draft *draft;
    const struct sheet_variable *scope;
    bool text_only; /* in a variable's content, in style and script: no elements, no escapes */
    const struct sheet_instruction *first;
    struct sheet_instruction **link;
    struct buffer bytes; /* ready HTML that no instruction holds yet */
};

void sheet_complain(const struct sheet_writer *w, const struct source *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
const char *sheet_attribute(const struct source *at, const char *name); /* without a namespace; NULL: there is none */

/* sheet-compile.c */
void sheet_compile_draft(struct sheet_build *build, struct sheet_draft *draft);
const struct sheet_variable *sheet_declare(struct sheet_writer *w, const struct source *at, const char *name,
                                           enum sheet_type type);
void sheet_content(struct sheet_writer *w, const struct source *parent); /* its texts and elements */
/* Adds an instruction; the bytes before it come first. */
struct sheet_instruction *sheet_add(struct sheet_writer *w, enum sheet_action action);

/* sheet-literal.c */
void sheet_literal(struct sheet_writer *w, const struct source *at);

/* sheet-expression.c. NULL: problems were added. what: the attribute that has the text. */
const struct sheet_expression *sheet_expression(const struct sheet_writer *w, const struct source *at, const char *what,
                                                const char *text);
/* The string of an expression, where it is the same in every run; NULL: it is not, or NULL was given. */
const char *sheet_constant(const struct sheet_expression *e);

#endif
