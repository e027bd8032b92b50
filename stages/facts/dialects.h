/* Dialects: the folders under schemas/dialects, each a map from documents of one kind to facts (design: MAPS).
 *
 * Sequence   dialects_load once at start-up, before the names are frozen; then, per document, dialect_match for
 *            its root and facts/walk.h to read it. Read-only once loaded.
 * Ownership  All belongs to struct dialects; dialects_free ends it.
 * Errors     Every mistake of every map and CSV goes to the problems, as FILE:LINE: what: help.
 */
#ifndef TW_FACTS_DIALECTS_H
#define TW_FACTS_DIALECTS_H

#include "tree/source.h"
#include "tree/vocabulary.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct names;
struct problems;

struct dialects;
struct dialect;
struct dialect_match; /* a root entry of a map, and where in the document it stands */

/* Reads FOLDER/NAME/NAME.map.xml, FOLDER/NAME/NAME.codes.csv and FOLDER/envelopes.csv, and the factors of masses
 * from the file units (columns code, base, factor: the list Rec20). Names of files in messages are the paths as
 * opened. Folders without a map are passed over. NULL when problems were added. xml_start must have been called. */
struct dialects *dialects_load(struct names *names, const struct vocabulary *vocabulary, const char *folder,
                               const char *units, struct problems *problems);
void dialects_free(struct dialects *dialects);

/* The map that reads a document with this root; known envelopes are stepped through. Layers are tried before their
 * base. NULL: no dialect fits. */
const struct dialect_match *dialect_match(const struct dialects *dialects, struct arena *arena,
                                          const struct source *root);
const struct dialect *match_dialect(const struct dialect_match *match);
/* Kind of the first document that begins there ("declaration"), "unknown" where the map begins none. */
const char *match_kind(const struct dialect_match *match);
const struct source *match_root(const struct dialect_match *match); /* the element, behind all envelopes */

/* Whether any dialect has a root of that name: asked before a parse (xml_sniff). ns "" or NULL: none. */
bool dialects_know(const struct dialects *dialects, const char *ns, const char *name);
/* The known root of the same name in another namespace, as "{namespace}name"; NULL: none. For X-003. */
const char *dialects_nearest(const struct dialects *dialects, struct arena *arena, const char *name);

/* In order of name. */
size_t dialects_count(const struct dialects *dialects);
const struct dialect *dialects_at(const struct dialects *dialects, size_t index);
const struct dialect *dialect_named(const struct dialects *dialects, const char *name); /* NULL: none */

const char *dialect_name(const struct dialect *dialect);
const char *dialect_base(const struct dialect *dialect); /* NULL: no layer */
const char *dialect_reader(const struct dialect *dialect);
size_t dialect_entries(const struct dialect *dialect);
/* Whether some entry of the map can yield the fact (REGISTERS 4: else it "cannot be said"). */
bool dialect_can_say(const struct dialect *dialect, const struct definition *definition);
/* The same, of its declarations and the messages about them alone: papers of the dialect do not speak for those. */
bool dialect_can_declare(const struct dialect *dialect, const struct definition *definition);
/* What the map knows and does not want: "line: name: why", one text per entry, NULL-terminated; NULL: nothing. */
const char *const *dialect_ignored(const struct dialect *dialect);

#endif
