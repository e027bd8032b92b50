/* A page's tree in work, and how values are shown on pages (PAGES 6, 9): in the page's language, numbers and dates
 * printed, so that the stylesheet prints and looks nothing up.
 *
 * Shape      The root is `page`; what all pages of a kind show alike is not in it (page_known). A text with marks is a
 *            list of `part`: @form code, name (of a party), moment (with @at), strong, soft; none: plain.
 * Lang       An element has @lang where its text is not in the page's language.
 * Ownership  Everything lives in the arena of the tree.
 */
#ifndef TW_PAGES_SHOW_H
#define TW_PAGES_SHOW_H

#include "base/decimal.h"
#include "pages/page.h"
#include "tree/build.h"

#include <stdint.h>

struct location;
struct pages;
struct policy;

struct page {
    struct tree tree;
    struct arena *arena;
    const struct pages *pages;
    bool chinese;
    /* Of a bundle's page; NULL on the page of a run. */
    struct consignment *c;
    const struct knowledge *k;
    const struct page_language *language;
    const struct fact *dossier, *declaration;
    const struct policy *policy;
    int32_t day; /* @asOf */
};

/* Opens the page of a bundle. */
struct page page_open(struct consignment *c, const struct knowledge *k, const struct page_language *language);
/* The same without a bundle. */
struct page page_begin(struct arena *arena, const struct knowledge *k, const char *lang);

/* ---- sentences ---- */

/* Ends the values of a sentence: a bare NULL has no type in a call with any number of arguments. */
#define PAGE_END ((const char *)NULL)

/* A message with its values: pairs of name and text, then PAGE_END. A message that there is not shows its id. */
const char *page_say(const struct page *page, const char *id, ...) __attribute__((sentinel));
/* {n} in a message; "ID.one" where n is 1, "ID.none" where it is 0, if there is such a message. */
const char *page_say_count(const struct page *page, const char *id, unsigned long n);
/* A message as a list of parts: what stands between ` is code. */
void page_sentence(struct page *page, struct fact *parent, const char *name, const char *id, ...)
    __attribute__((sentinel));
/* A message of the catalogue, or NULL where there is none. */
const char *page_text(const struct page *page, const char *id);
/* Text of a rule or a document in two languages: the page's, else English marked as such. */
struct fact *page_words(struct page *page, struct fact *parent, const char *name, const char *en, const char *zh);

/* ---- parts ---- */

void page_part(struct page *page, struct fact *parent, const char *form, const char *text); /* NULL text: nothing */
void page_moment_part(struct page *page, struct fact *parent, const char *moment);
/* "name, id" of a party; nothing where it has neither. */
void page_party(struct page *page, struct fact *parent, const struct fact *party);
/* A code and its name in a list (column label): "SG Singapore". */
void page_code(struct page *page, struct fact *parent, const char *list, const char *code);
void page_office(struct page *page, struct fact *parent, const char *code);

/* A rule of a list (rule, apart by commas): a link where href is not NULL. */
void page_rule(struct page *page, struct fact *parent, const char *rule, const char *href);

/* ---- values ---- */

const char *page_moment(const struct page *page, const char *text); /* "2024-11-08 12:30Z" */
const char *page_number(const struct page *page, const char *text); /* "18,450.5" */
const char *page_count(const struct page *page, unsigned long number);
const char *page_mass(const struct page *page, const char *text); /* "18,450.500" */
/* An amount with the decimals of its currency, without its code. */
const char *page_money(const struct page *page, const struct fact *amount);
const char *page_span(const struct page *page, int64_t seconds); /* "5 h 30 min", "1 d 15 h" */
/* "declaration.xml : 42", with blanks that do not break; the document alone where no line is known. */
const char *page_place(const struct page *page, const struct location *place);
const char *page_source(const struct page *page, const struct fact *fact); /* the same of a fact; NULL: none */

/* ---- looking things up ---- */

/* The fact at a path with positions ("declaration/goodsItem[3]/netMass"), or NULL. */
const struct fact *page_fact(const struct page *page, const char *path);
const struct fact *page_visible(const struct page *page, const char *name); /* the first that is not hidden */
const struct fact *page_next(const struct fact *fact);                      /* the next of its name */
/* Who mends: the party's name for a role of RULES (declarant, exporter, holder, carrier, office …). */
const char *page_who(const struct page *page, const char *role);
bool page_released(const struct page *page);
/* The file of a page of this bundle in the page's language: "record" -> "record.zh.html". */
const char *page_file(const struct page *page, const char *name);
bool page_has_declaration(const struct consignment *c); /* whether declaration.html is written */

#endif
