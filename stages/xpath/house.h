/* What functions ask beside their arguments: policy, code lists, clocks and zones. Inside this room only.
 *
 * Errors     A false or NULL answer comes with a value that is ⊥ and names what is missing.
 */
#ifndef TW_XPATH_HOUSE_H
#define TW_XPATH_HOUSE_H

#include "base/fold.h"
#include "base/time.h"
#include "reference/reference.h"
#include "xpath/evaluate.h"

enum policy_profile house_profile(const struct evaluation *e);
/* The value of a parameter, or NULL: not set, unknown, or no policy at all. */
const char *house_policy(const struct evaluation *e, const char *name);
bool house_decimal(struct evaluation *e, const char *name, struct decimal *out, struct value *unknown);
/* Legal forms that names are compared without; none where there is no reference. */
const struct legal_forms *house_legal_forms(const struct evaluation *e);
/* The list, or NULL: unavailable. */
const struct table *house_list(struct evaluation *e, const char *name, struct value *unknown);
/* /dossier/declaration, and the day whose law applies (ANY_DAY: none is known). */
struct fact *house_declaration(const struct evaluation *e);
int32_t house_as_of(const struct evaluation *e);

/* The zone of the office that acted: named beside the fact, or by what it is part of, else the declaration's office,
 * else policy time.zone (FACTS 1, 9). fact NULL: the declaration's. */
bool acting_zone(struct evaluation *e, const struct fact *fact, const struct zone **zone, struct value *unknown);
/* The zone of a place: an office, or a UN/LOCODE by register terminal; else policy time.zone. */
bool place_zone(struct evaluation *e, const char *place, const struct zone **zone, struct value *unknown);

/* The moment that an argument of letter V is. Without a zone it is read as the bundle's reading says. */
bool argument_moment(struct evaluation *e, const struct value *argument, struct moment *out, struct value *unknown);
/* Its day, in the zone of the office that acted. */
bool argument_day(struct evaluation *e, const struct value *argument, int32_t *day, struct value *unknown);
/* The same of a fact. */
bool fact_moment(struct evaluation *e, struct fact *fact, struct moment *out, struct value *unknown);
/* Where it stands among instants: a day counts as its start. */
bool fact_instant(struct evaluation *e, struct fact *fact, int64_t *instant, struct value *unknown);
/* The first or last fact in time of those; NULL with none. False: one of them is no instant. */
bool facts_extreme(struct evaluation *e, struct fact *const *facts, size_t count, bool last, struct fact **out,
                   struct value *unknown);

/* A set of one fact, as an argument. */
struct house_one {
    struct member member;
    struct value value;
};
const struct value *house_value(struct house_one *one, struct fact *fact);

/* The visible children of a fact that have a name; begin with NULL. name need not be interned. */
struct fact *next_child(const struct evaluation *e, const struct fact *parent, const char *name, struct fact *before);

/* A record that a later one replaces stays, marked; rules read the later one (FACTS 1). */
bool is_superseded(const struct evaluation *e, const struct fact *document);

#endif
