#include "batch/claims.h"

#include "base/arena.h"
#include "base/fault.h"
#include "batch/balances.h"
#include "reference/registers.h"

#include <stdlib.h>
#include <string.h>

/* One claim that was granted. */
struct drawing {
    struct drawing *next; /* of the same slot */
    const char *reg, *key, *owner;
    uint64_t bundle;
    struct decimal amount;
    bool once;
    bool replaced; /* its owner came again */
};

enum { FIRST_SLOTS = 1024 };

struct account {
    struct balances *balances;
    struct arena *arena;
    struct drawing **slots; /* by register and key */
    size_t slot_count, count;
};

struct account *account_open(const struct reference *reference) {
    struct account *account = fault_malloc(sizeof *account);
    *account = (struct account){.balances = balances_open(reference), .arena = arena_new(), .slot_count = FIRST_SLOTS};
    account->slots = arena_zero(account->arena, FIRST_SLOTS * sizeof(struct drawing *));
    return account;
}

void account_close(struct account *account) {
    if (account) {
        balances_close(account->balances);
        arena_free(account->arena);
        free(account);
    }
}

/* ---- drawings by register and key ---- */

static uint64_t hash_of(const char *reg, const char *key) {
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (const char *at = reg; *at; at++) {
        hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
    }
    for (const char *at = key; *at; at++) {
        hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
    }
    return hash;
}

static struct drawing **slot_of(const struct account *account, const char *reg, const char *key) {
    return &account->slots[hash_of(reg, key) & (account->slot_count - 1)];
}

static bool same_place(const struct drawing *drawing, const struct claim *claim) {
    return strcmp(drawing->reg, claim->reg) == 0 && strcmp(drawing->key, claim->key) == 0;
}

static void grow(struct account *account) {
    struct drawing **old = account->slots;
    size_t count = account->slot_count;
    account->slot_count *= 2;
    account->slots = arena_zero(account->arena, account->slot_count * sizeof(struct drawing *));
    for (size_t i = 0; i < count; i++) {
        for (struct drawing *at = old[i], *next; at; at = next) {
            struct drawing **slot = slot_of(account, at->reg, at->key);
            next = at->next;
            at->next = *slot;
            *slot = at;
        }
    }
}

static const char *owner_of(const struct claimant *who, const struct claim *claim) {
    return claim->amount && who->mrn ? who->mrn : who->digest;
}

static bool read_amount(const struct claim *claim, struct decimal *amount) {
    *amount = decimal_from(0);
    return !claim->amount || decimal_parse(claim->amount, strlen(claim->amount), amount);
}

static void raise(struct decimal *amount, const struct decimal *other) {
    if (decimal_compare(amount, other) < 0) {
        *amount = *other;
    }
}

/* What the same owner drew by an earlier bundle is replaced. What one bundle claims twice of one balance counts once:
 * each claim is of all that the bundle needs (T-408, S-517). */
static void draw(struct account *account, const struct claimant *who, const struct claim *claim) {
    const char *owner = owner_of(who, claim);
    struct decimal amount;
    if (!read_amount(claim, &amount)) {
        return;
    }
    for (struct drawing *at = *slot_of(account, claim->reg, claim->key); at; at = at->next) {
        bool own = same_place(at, claim) && strcmp(at->owner, owner) == 0;
        if (own && at->bundle == who->bundle) {
            raise(&at->amount, &amount);
            return;
        }
        at->replaced = at->replaced || own;
    }
    if (account->count == account->slot_count) {
        grow(account);
    }
    struct drawing **slot = slot_of(account, claim->reg, claim->key);
    struct drawing *made = arena_alloc(account->arena, sizeof *made);
    *made = (struct drawing){
        .next = *slot,
        .reg = arena_string(account->arena, claim->reg),
        .key = arena_string(account->arena, claim->key),
        .owner = arena_string(account->arena, owner),
        .bundle = who->bundle,
        .amount = amount,
        .once = !claim->amount,
    };
    *slot = made;
    account->count++;
}

/* ---- settling ---- */

/* The largest amount that the bundle claims there. False: one cannot be read. */
static bool needed(const struct claim *claims, size_t count, const struct claim *claim, struct decimal *most) {
    *most = decimal_from(0);
    for (size_t i = 0; i < count; i++) {
        struct decimal amount;
        if (strcmp(claims[i].reg, claim->reg) != 0 || strcmp(claims[i].key, claim->key) != 0) {
            continue;
        }
        if (!read_amount(&claims[i], &amount)) {
            return false;
        }
        raise(most, &amount);
    }
    return true;
}

static bool may_use(const struct account *account, const struct claim *claim, const char *owner) {
    for (const struct drawing *at = *slot_of(account, claim->reg, claim->key); at; at = at->next) {
        if (at->once && !at->replaced && same_place(at, claim) && strcmp(at->owner, owner) != 0) {
            return false;
        }
    }
    return true;
}

static bool may_draw(const struct account *account, const struct claim *claim, const char *owner,
                     const struct decimal *most) {
    struct decimal rest;
    if (!balances_rest(account->balances, claim->reg, claim->key, owner, &rest)) {
        return true;
    }
    for (const struct drawing *at = *slot_of(account, claim->reg, claim->key); at; at = at->next) {
        bool others = !at->replaced && same_place(at, claim) && strcmp(at->owner, owner) != 0;
        if (others && !decimal_subtract(&rest, &at->amount, &rest)) {
            return false;
        }
    }
    return decimal_compare(&rest, most) >= 0;
}

bool account_settle(struct account *account, const struct claimant *who, const struct claim *claims, size_t count,
                    bool *granted) {
    bool all = true;
    for (size_t i = 0; i < count; i++) {
        const char *owner = owner_of(who, &claims[i]);
        struct decimal most;
        granted[i] = !claims[i].amount
                         ? may_use(account, &claims[i], owner)
                         : needed(claims, count, &claims[i], &most) && may_draw(account, &claims[i], owner, &most);
        all = all && granted[i];
    }
    for (size_t i = 0; all && i < count; i++) {
        draw(account, who, &claims[i]);
    }
    return all;
}

void account_recall(struct account *account, const struct claimant *who, const struct claim *claim, int32_t day) {
    if (day == ANY_DAY || !balances_hold(account->balances, claim->reg, day)) {
        draw(account, who, claim);
    }
}
