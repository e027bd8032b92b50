/* Derived facts: what follows from the facts of one bundle when all documents are read (FACTS 6, MAPS 7).
 *
 * Purpose    One declaration out of its versions; replies linked to it; office, day of the law, regimes,
 *            copies of header values; references between documents; what is superseded or struck.
 * Data       the tables under schemas/derive: which header values are copied, which office stands in, which event
 *            implies which.
 * Provenance A derived fact has the place of the fact it was made from, and names it.
 */
#ifndef TW_FACTS_DERIVE_H
#define TW_FACTS_DERIVE_H

struct arena;
struct consignment;
struct derivations;
struct knowledge;
struct names;
struct problems;

/* Reads the data from a folder at start-up. NULL when problems were added. */
struct derivations *derivations_load(struct arena *arena, struct names *names, const char *folder,
                                     struct problems *problems);

/* Adds the derived facts to the dossier of a case that has a declaration. */
void derive(struct consignment *consignment, const struct knowledge *knowledge);

#endif
