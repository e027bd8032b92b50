/* What is known beside the bundle: code lists, registers and policy, in one place (REGISTERS, POLICY, FACTS 9).
 *
 * Purpose    The look-ups behind the functions tw:code, tw:office … tw:denied, and the working days behind tw:due.
 *            They say what was found and in which state the register is; that a missing or stale register makes
 *            an assertion undecidable is the caller's business ("register:officer" in tw:needs).
 * Sequence   reference_open at start-up (it interns all names), then look-ups, reference_close.
 * Ownership  A reference owns its memory. Rows are shared and read-only: numbers are decoded, nothing may be added
 *            to them. Answers, and rows that a look-up makes (tw:denied), live in the arena of the call.
 * Files      Read at start-up alone; the SQLite file is closed again before reference_open returns.
 * Days       Days since 1970 (base/time.h); ANY_DAY asks for no validity.
 */
#ifndef TW_REFERENCE_REFERENCE_H
#define TW_REFERENCE_REFERENCE_H

#include "reference/policy.h"
#include "reference/registers.h"

#include "base/fold.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct fact;
struct names;
struct problems;
struct reference;
struct zone;

struct reference_paths {
    const char *schemas;   /* folder: registers.csv, lists.csv, codes/, registers/, policy/parameters.csv */
    const char *registers; /* the SQLite file; NULL: none configured */
    const char *policy;    /* the policy file; NULL: defaults */
    const char *settings;  /* lines of a policy over that file, from options; NULL: none */
};

/* Opens everything; `today` is the day of the run's clock in UTC, by which registers are stale. NULL when problems
 * were added. */
struct reference *reference_open(const struct reference_paths *paths, struct names *names, int32_t today,
                                 struct problems *problems);
void reference_close(struct reference *reference); /* NULL is allowed */

const struct policy *reference_policy(const struct reference *reference);
const struct kinds *reference_kinds(const struct reference *reference); /* of registers */
const struct kinds *reference_lists(const struct reference *reference); /* of code lists */
const struct legal_forms *reference_legal_forms(const struct reference *reference);
const char *reference_file(const struct reference *reference); /* which register file was used, or NULL */

/* A register; never NULL for a kind that there is: one without rows has state MISSING. Unknown kind: NULL. */
const struct table *reference_table(const struct reference *reference, const char *kind);
const struct table *reference_list(const struct reference *reference, const char *list);

/* Adds rows to a register that there is, before work starts: declarations that the ledger has seen. The register is
 * available from then on; zones of offices are compiled. value gives a row's text by column name (NULL: none), while
 * reference_add runs. */
struct register_line {
    const char *(*value)(const void *context, const char *column);
    const void *context;
};
void reference_add(struct reference *reference, const char *kind, const struct register_line *lines, size_t count);

/* SHA-256 over everything above: code lists, registers, policy. Part of what can change a bundle's bytes. */
const char *reference_digest(const struct reference *reference);

/* ---- code lists ---- */

/* tw:code. Several rows where a list has more than one per code. An unknown list is MISSING. */
struct answer reference_code(const struct reference *reference, struct arena *arena, const char *list, const char *code,
                             int32_t day);
/* The same for one row: its fact, or NULL. */
struct fact *reference_code_row(const struct reference *reference, const char *list, const char *code, int32_t day);
/* All rows of a list valid on the day. */
struct answer reference_code_all(const struct reference *reference, struct arena *arena, const char *list, int32_t day);
/* FACTS 7: the regime by procedure or trade mode; absent arguments are NULL. NULL: cannot be derived. The row with
 * the most columns in common decides; an empty column of a row stands for any value. */
const char *reference_regime(const struct reference *reference, const char *dialect, const char *requested,
                             const char *previous, const char *additional, const char *trade_mode, int32_t day);
/* CATALOGUE-A 8.4, in the same manner: the row (outcome, closedBy), or NULL. */
struct fact *reference_closure(const struct reference *reference, enum policy_profile profile, const char *requested,
                               const char *previous, const char *trade_mode, int32_t day);
/* Whether a country belongs to an area of list Area (or is that area's own code). */
bool reference_in_area(const struct reference *reference, const char *country, const char *area, int32_t day);
/* CATALOGUE-A 1: policy jurisdiction, else by office, exit office, MRN, country of export; any may be NULL. */
enum policy_profile reference_profile(const struct reference *reference, const char *office, const char *exit_office,
                                      const char *mrn, const char *export_country, int32_t day);

/* ---- registers ---- */

struct answer reference_office(const struct reference *reference, struct arena *arena, const char *code, int32_t day);
/* The zone of an office, or of a place by register terminal and then office (the office whose locode it is). NULL
 * is UTC: found tells whether one is known. */
bool reference_office_zone(const struct reference *reference, const char *office, const struct zone **zone);
bool reference_place_zone(const struct reference *reference, const char *place, const struct zone **zone);
/* That of policy time.zone; NULL is UTC. */
const struct zone *reference_policy_zone(const struct reference *reference, enum policy_profile profile);
struct answer reference_officer(const struct reference *reference, struct arena *arena, const char *id, int32_t day);

/* tw:registeredParty: by scheme and id, with the rules of FACTS 9 for OTHER and unknown schemes. */
struct answer reference_party(const struct reference *reference, struct arena *arena, const char *scheme,
                              const char *id, int32_t day);
/* The same for a party fact of the dossier: its ids in order, the first that is registered. */
struct answer reference_party_of(const struct reference *reference, struct arena *arena, const struct fact *party,
                                 int32_t day);

/* tw:declarationSeen: by MRN, or by LRN and declarant (then mrn is NULL); tw:supplementary. */
struct answer reference_declaration(const struct reference *reference, struct arena *arena, const char *mrn,
                                    const char *lrn, const char *declarant);
struct answer reference_supplementary(const struct reference *reference, struct arena *arena, const char *mrn);

/* tw:tariff: the row of that code, all digits. */
struct answer reference_tariff(const struct reference *reference, struct arena *arena, const char *code, int32_t day);
/* tw:measures: per kind the rows of the longest prefix of the code that concern the country. */
struct answer reference_measures(const struct reference *reference, struct arena *arena, const char *code,
                                 const char *country, int32_t day);
/* tw:dutyRate: per tax type the one row that applies; quota NULL: the item has none. */
struct answer reference_duty_rate(const struct reference *reference, struct arena *arena, const char *code,
                                  const char *country, int32_t day, const char *quota);
struct answer reference_rate(const struct reference *reference, struct arena *arena, const char *from, const char *to,
                             int32_t day);
struct answer reference_price(const struct reference *reference, struct arena *arena, const char *code,
                              const char *origin, const char *destination, const char *unit, int32_t day);

struct answer reference_licence(const struct reference *reference, struct arena *arena, const char *type,
                                const char *number);
struct answer reference_certificate(const struct reference *reference, struct arena *arena, const char *type,
                                    const char *issuer, const char *number);
struct answer reference_guarantee(const struct reference *reference, struct arena *arena, const char *number);
struct answer reference_payment(const struct reference *reference, struct arena *arena, const char *receipt);
/* kind: "handbook", "carnet" or "supervision". */
struct answer reference_supervision(const struct reference *reference, struct arena *arena, const char *kind,
                                    const char *number);
/* tw:entry: the three together. Not AVAILABLE as FACTS 9 says. */
struct answer reference_entry(const struct reference *reference, struct arena *arena, const char *number);
/* tw:case: rows that match every argument that is given; NULL or "" is not asked. */
struct answer reference_case(const struct reference *reference, struct arena *arena, const char *number,
                             const char *party, const char *declaration, const char *container);

/* tw:denied: copies of the rows in force that match by id, or by a name or alias (party/name, party/alias) with a
 * similarity of at least name_weak; with the columns by, similarity, addressSimilarity, sameCountry, cleared.
 * *not_compared (may be NULL) counts the rows whose names are all in another script, compared by id only. */
struct answer reference_denied(const struct reference *reference, struct arena *arena, const struct fact *party,
                               const struct decimal *name_weak, int32_t day, size_t *not_compared);

struct answer reference_required_document(const struct reference *reference, struct arena *arena, const char *stage,
                                          int32_t day);
struct answer reference_required_fact(const struct reference *reference, struct arena *arena, const char *profile,
                                      int32_t day);
struct answer reference_carrier(const struct reference *reference, struct arena *arena, const char *code);
struct answer reference_terminal(const struct reference *reference, struct arena *arena, const char *code);
/* tw:waiver: an empty subject asks for all of the rule; '*' in a row's subject stands for any text. Of rows whose
 * until has passed by `day` none is returned. */
struct answer reference_waiver(const struct reference *reference, struct arena *arena, const char *rule,
                               const char *subject, int32_t day);

/* ---- working days (register holiday, policy calendar.weekend) ---- */

/* calendar: an office, a country, or "bank:" and a place or country. The state is that of register holiday: where it
 * is not AVAILABLE, the result is not set. */
enum register_state reference_rest_day(const struct reference *reference, enum policy_profile profile,
                                       const char *calendar, int32_t day, bool *rest);
/* day, or the next working day (tw:bankDay; the second half of tw:due). */
enum register_state reference_working_day(const struct reference *reference, enum policy_profile profile,
                                          const char *calendar, int32_t day, int32_t *out);
/* Working days after `after` up to and with `until` (tw:workdays); negative when until is earlier. No register reaches
 * over a century: a longer span is MISSING. */
enum register_state reference_working_days(const struct reference *reference, enum policy_profile profile,
                                           const char *calendar, int32_t after, int32_t until, int32_t *out);

#endif
