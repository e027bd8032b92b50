/* The parts of derivation, in the order in which derive.c runs them; private to stages/facts/derive*.c. */
#ifndef TW_FACTS_DERIVE_PARTS_H
#define TW_FACTS_DERIVE_PARTS_H

#include "consignment.h"
#include "knowledge.h"

#include <stdbool.h>

struct office_source {
    const char *dialect, *source;
};

struct implication {
    const char *type, *channel, *implies; /* channel "": any */
};

struct dialect_fact {
    const char *dialect, *fact; /* dialect: the beginning of its name */
};

struct credit_word {
    const char *what, *words, *value;
};

struct derivations {
    const char **copies;
    size_t copy_count;
    struct office_source *offices;
    size_t office_count;
    struct implication *implications;
    size_t implication_count;
    struct dialect_fact *national; /* paths from the dossier to what has the currency of the office */
    size_t national_count;
    const char **unsure; /* dialects that do not say whether a rate is a percentage */
    size_t unsure_count;
    struct credit_word *credit_words;
    size_t credit_word_count;
};

struct deriving {
    struct consignment *c;
    const struct knowledge *k;
    struct arena *arena;
    struct tree *tree;
    struct fact *dossier, *declaration;
};

/* A derived fact: value NULL takes the one of `from`; its place is that of `from`, which may be NULL. */
struct fact *derived(struct deriving *d, struct fact *parent, const char *name, const char *value,
                     const struct fact *from);
/* Adds it only where the parent has none of that name. */
void derived_once(struct deriving *d, struct fact *parent, const char *name, const char *value,
                  const struct fact *from);
/* The children of the dossier of one name, hidden ones left out: begin with NULL. */
struct fact *next_visible(const struct deriving *d, const char *name, const struct fact *last);
/* tw:ref: equal as references; false where one is NULL. */
bool same_reference(struct deriving *d, const char *a, const char *b);
/* Does a paper or event name this declaration (or none at all)? CATALOGUE-A 1: E(x). */
bool about_declaration(struct deriving *d, const struct fact *paper);
struct document *document_of(struct deriving *d, const struct fact *group);

void derive_struck(struct deriving *d);       /* derive-links.c */
void derive_versions(struct deriving *d);     /* derive-versions.c */
void derive_replies(struct deriving *d);      /* derive-replies.c */
void derive_events(struct deriving *d);       /* derive-replies.c */
void derive_header(struct deriving *d);       /* derive-declaration.c */
void derive_items(struct deriving *d);        /* derive-declaration.c */
void derive_currency(struct deriving *d);     /* derive-amounts.c */
void derive_units(struct deriving *d);        /* derive-amounts.c */
void derive_rates(struct deriving *d);        /* derive-amounts.c */
void derive_references(struct deriving *d);   /* derive-links.c */
void derive_credits(struct deriving *d);      /* derive-credits.c */
void derive_credit_texts(struct deriving *d); /* derive-credit-text.c */
void derive_papers(struct deriving *d);       /* derive-papers.c */

#endif
