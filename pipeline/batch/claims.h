/* Claims: who has drawn what from balances of registers, and who has used a number that may be used once (HOUSE,
 * "Claims").
 *
 * Purpose    Workers finish each bundle as if every claim were granted. Here claims are settled, in input order; only
 *            released bundles draw. A refusal makes the bundle run again.
 * Balance    What the register grants, less what it says that others drew, less what the ledger and this run granted
 *            to others since. A balance that no register knows binds nothing.
 * Owner      Of a balance the MRN: a refiling of the same MRN draws in place of the earlier one. Of a number used once
 *            the digest of the bundle: the same bundle again is no second use.
 */
#ifndef TW_BATCH_CLAIMS_H
#define TW_BATCH_CLAIMS_H

#include "consignment.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct account;
struct reference;

/* Who claims: bundle is a number of its own for each bundle that was ever settled. */
struct claimant {
    uint64_t bundle;
    const char *mrn;    /* NULL: none */
    const char *digest; /* "": not known */
};

struct account *account_open(const struct reference *reference);
void account_close(struct account *account); /* NULL is allowed */

/* Claims that were granted before: of an earlier run, whose clock was on `day` (days since 1970; ANY_DAY: this run).
 * What a register took in by its day of publication does not count again. */
void account_recall(struct account *account, const struct claimant *who, const struct claim *claim, int32_t day);

/* Settles all claims of a released bundle: granted[i] tells of each. True: all are granted, and now drawn; false:
 * nothing is drawn. */
bool account_settle(struct account *account, const struct claimant *who, const struct claim *claims, size_t count,
                    bool *granted);

#endif
