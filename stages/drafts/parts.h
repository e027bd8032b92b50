/* What all papers are made of: fields with their source, open fields, parties, the basis; and how papers print
 * dates and masses (CATALOGUE-B 6.0). */
#ifndef TW_DRAFTS_PARTS_H
#define TW_DRAFTS_PARTS_H

#include "consignment.h"
#include "knowledge.h"
#include "tree/build.h"

#include <stdint.h>

struct drafting {
    struct consignment *c;
    const struct knowledge *k;
    struct arena *arena;
    struct tree *tree; /* of the paper in work */
    const struct fact *dossier, *declaration;
    int32_t day; /* @asOf */
};

/* Opens a paper: root name and path; the tree is in *tree until draft_close. */
struct drafting draft_open(struct consignment *c, const struct knowledge *k, struct tree *tree, const char *root);
void draft_close(struct drafting *d, const char *path, const char *page);

/* A field with the value and the place of a fact; no fact: nothing. Units and currencies come with it. */
struct fact *put_field(struct drafting *d, struct fact *parent, const char *name, const struct fact *from);
/* A computed value that takes its place from a fact (which may be NULL). */
struct fact *put_value(struct drafting *d, struct fact *parent, const char *name, const char *value,
                       const struct fact *from);
struct fact *put_open(struct drafting *d, struct fact *parent, const char *name, const char *who);
void put_party(struct drafting *d, struct fact *parent, const char *name, const struct fact *party);
void put_office(struct drafting *d, struct fact *parent, const char *name, const struct fact *office);
void put_declaration(struct drafting *d);
void put_basis(struct drafting *d);

/* One element per item that stays under supervision: entry, quantity, due date, what discharges it. */
void add_supervised_goods(struct drafting *d, struct fact *parent, const char *name);

const struct fact *first_visible(const struct drafting *d, const char *name);
const struct fact *next_paper(const struct fact *paper); /* of its name, hidden ones left out */
/* The exact sum of a child over facts of one name; NULL: one is missing or none is there. */
const char *sum_of(struct drafting *d, const struct fact *first, const char *path);
/* The number that customs gave to the release, or NULL. */
const struct fact *stamp_number(const struct drafting *d);

/* "08 NOV 2024 14:20 Z", "31 JAN 2025"; text as it is where it is no moment. */
const char *paper_moment(struct arena *arena, const char *text);
/* "18,450.500". */
const char *paper_mass(struct arena *arena, const char *text);
/* Groups of thousands by commas, decimals as they are. */
const char *paper_number(struct arena *arena, const char *text);
/* "USD 104,000.00", with the currency's decimals. */
const char *paper_money(const struct drafting *d, const char *amount, const char *currency);
/* "US DOLLARS ONE HUNDRED FOUR THOUSAND ONLY"; NULL: the currency has no name here. */
const char *paper_amount_words(const struct drafting *d, const char *amount, const char *currency);
const char *paper_upper(struct arena *arena, const char *text); /* ASCII letters; NULL stays NULL */

#endif
