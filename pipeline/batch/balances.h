/* What is left of a balance, as the registers have it: what a row grants, less what it says that others drew.
 *
 * Names      A balance is named as tw:claim names it: a register ("payment", "entry", "licence", "guarantee") and a
 *            key, "NUMBER" or "NUMBER LINE". "entry" is tw:entry's: handbook, carnet and supervision together.
 * Sequence   balances_open once: it finds rows by number from then on. Read-only.
 */
#ifndef TW_BATCH_BALANCES_H
#define TW_BATCH_BALANCES_H

#include "base/decimal.h"

#include <stdbool.h>
#include <stdint.h>

struct balances;
struct reference;

struct balances *balances_open(const struct reference *reference);
void balances_close(struct balances *balances); /* NULL is allowed */

/* What that owner (an MRN) may draw; its own drawings do not count against it. False: no register knows the balance. */
bool balances_rest(const struct balances *balances, const char *reg, const char *key, const char *owner,
                   struct decimal *rest);

/* Whether the registers behind that name were published on that day or later: they hold what was drawn by then. */
bool balances_hold(const struct balances *balances, const char *reg, int32_t day);

#endif
