/* How packs are loaded: what the files of the loader share.
 *
 * Sequence   pack_read for each directory (files, digests); schema_declare for every file, so that a rule may name
 *            any other; schema_compile for every file; cascades_load, examples_load; rulebook_order.
 * Errors     All to loader.problems; a part with a mistake is left out, so that each mistake is told once.
 */
#ifndef TW_RULES_LOAD_H
#define TW_RULES_LOAD_H

#include "rules/pack.h"
#include "tree/source.h"

#include "base/problems.h"

#include <stdbool.h>
#include <stddef.h>

struct xml_document;

#define SCHEMATRON "http://purl.oclc.org/dsdl/schematron"
#define TIDEWAITER "urn:tidewaiter:rules:1"

/* A limit of the loader, not of input: packs are configuration. */
enum { PACK_FILE_LIMIT = 8 * 1024 * 1024 };

enum pack_file_kind { FILE_INDEX, FILE_SCHEMA, FILE_SHARED, FILE_CASCADES, FILE_EXAMPLE };

struct pack_file {
    enum pack_file_kind kind;
    const char *name; /* within the pack */
    const char *path; /* as messages name it */
    size_t pack;      /* its index in the rulebook */
    unsigned point;   /* of pack.xml; 0: the schema says */
    const char *bytes;
    const char *const *lines; /* where each begins */
    size_t line_count;
    struct xml_document *xml;
    const struct source *root; /* NULL: it could not be read */
    struct scope *scope;       /* compiled, within outer */
    const struct scope *outer;
    struct advice *advice;
    size_t advice_count, advice_capacity;
    bool entered; /* its scope is being made: a circle of tw:use ends here */
};

/* A rule as declared: its pattern, before it is compiled. */
struct declared {
    const char *id;
    struct pack_file *file;
    const struct source *pattern;
    struct rule *rule; /* NULL until compiled, or wrong */
};

/* "This rule asks tw:failed of that one." */
struct edge {
    size_t from, to; /* indexes of declared */
};

struct loader {
    struct arena *arena;
    struct names *names;
    const struct vocabulary *vocabulary;
    const struct reference *reference;
    struct problems *problems;
    struct rulebook *book;
    struct program *program;
    struct pack_file **files;
    size_t file_count, file_capacity;
    struct declared *declared;
    size_t declared_count, declared_capacity;
    struct edge *edges;
    size_t edge_count, edge_capacity;
    bool without_examples;            /* their bytes are digested, and no more */
    bool faulty;                      /* a schema has mistakes: what cascades ask of its rules is not judged */
    bool failed_at_large;             /* tw:failed was asked outside of a rule: there it has no order */
    const struct declared *compiling; /* whose expressions are compiled; NULL: none's */
};

/* pack-load.c */
const struct declared *declared_find(const struct loader *loader, const char *id);
const char *declared_nearest(const struct loader *loader, const char *id);
struct pack_file *pack_file_named(const struct loader *loader, size_t pack, const char *name);

/* pack-read.c: a directory with pack.xml, or of *.sch; parses its files and digests them. */
void pack_read(struct loader *loader, const char *directory, bool ours);

/* schema.c */
void schema_declare(struct loader *loader, struct pack_file *file);
void schema_compile(struct loader *loader, struct pack_file *file);

/* place.c: where the text of an attribute begins. *text becomes the same with its line breaks, so that the checker of
 * expressions counts lines as the file does; a text that is no whole attribute has the place of its element. */
struct place attribute_place(struct loader *loader, const struct pack_file *file, const struct source *at,
                             const char **text);

/* ---- compiling: compile.c ---- */

/* A parameter of an abstract pattern: "$name" in its texts stands for the value. */
struct parameter_value {
    const char *name, *value;
};

/* Where expressions are compiled. */
struct bench {
    struct loader *loader;
    const struct pack_file *file; /* that messages name */
    struct scope *scope;
    const struct source *instance; /* of an abstract pattern: messages give its line; NULL: none */
    const struct parameter_value *parameters;
    size_t parameter_count;
};

const char *bench_text(const struct bench *bench, const char *text); /* with parameters put in */
void bench_complain(const struct bench *bench, const struct source *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
const struct expression *bench_compile(const struct bench *bench, const struct source *at, const char *text);
const struct expression *bench_context(const struct bench *bench, const struct source *at, const char *text);
/* The expression in an attribute; NULL: absent, or wrong. */
const struct expression *bench_attribute(const struct bench *bench, const struct source *at, const char *name);
const struct expression *bench_ours(const struct bench *bench, const struct source *at, const char *name);
/* The lets among the children; and the definitions, first declared, then, after the lets, given their values. */
void bench_let(const struct bench *bench, const struct source *let);
void bench_lets(const struct bench *bench, const struct source *parent);
void bench_scope(const struct bench *bench, const struct source *parent); /* definitions and lets together */
/* The text of an element with the values in it. */
struct message bench_message(const struct bench *bench, const struct source *at);

/* ---- diagnostics and properties: advice.c ---- */

enum advice_kind { ADVICE_ZH, ADVICE_SOURCE, ADVICE_MEND, ADVICE_MEND_ZH, ADVICE_KINDS };

struct advice {
    enum advice_kind kind;
    const char *id, *prefix; /* "I-308.a.mend.zh" and "I-308.a" */
    const char *who;
    const struct source *source;
    bool used;
};

/* The diagnostics and properties of a schema. */
void advice_declare(struct loader *loader, struct pack_file *file);
/* Those of an assertion: borrowed by id, or by the longest prefix of its id, then of its id in an abstract pattern
 * (NULL: none) of file `from`. */
struct advice *advice_find(struct loader *loader, struct pack_file *file, enum advice_kind kind, const char *assertion,
                           const char *borrowed);
void advice_orphans(struct loader *loader, struct pack_file *file);

/* Defaults that a schema gives its patterns. */
struct schema_defaults {
    struct pack_file *file;
    struct scope *scope;
    unsigned point, tier;
    const char *from, *to, *replaced_by;
    bool unsayable_na;
};

/* pattern.c: NULL where the pattern as a whole is wrong. */
struct rule *pattern_compile(struct loader *loader, const struct schema_defaults *defaults,
                             const struct declared *declared);

/* cascade-load.c, examples.c, example-dossier.c, order.c */
void cascades_load(struct loader *loader, struct pack_file *file);
void examples_load(struct loader *loader, struct pack_file *file);
const struct source *example_base(const struct loader *loader, const char *name); /* NULL: none of that name */
void rulebook_order(struct loader *loader);

/* ---- reading elements: element.c ---- */

bool is_element(const struct source *source, const char *ns, const char *name);
const struct source *first_element(const struct source *parent, const char *ns, const char *name);
const struct source *next_element(const struct source *element, const char *ns, const char *name);
/* An attribute without namespace, or of ours; NULL: absent. */
const char *attribute(const struct source *source, const char *name);
const char *tw_attribute(const struct source *source, const char *name);
/* Problems for attributes beside these (names apart by blanks; NULL: none). */
void check_attributes(struct loader *loader, const struct pack_file *file, const struct source *source,
                      const char *plain, const char *ours);
void pack_complain(struct loader *loader, const struct pack_file *file, const struct source *at, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));
/* The words of a text (apart by blanks), NULL-terminated. */
const char *const *words_of(struct arena *arena, const char *text, size_t *count);
/* A text cut at a separator outside of quotes and brackets, trimmed; NULL-terminated. */
const char *const *parts_of(struct arena *arena, const char *text, char separator, size_t *count);
/* White space collapsed and trimmed. */
const char *collapsed(struct arena *arena, const char *text);

#endif
