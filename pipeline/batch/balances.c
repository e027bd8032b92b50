#include "batch/balances.h"

#include "base/arena.h"
#include "base/fault.h"
#include "reference/reference.h"
#include "tree/fact.h"

#include <stdlib.h>
#include <string.h>

/* How a register keeps a balance: which column grants, and in which rows others drew from it. */
struct shape {
    const char *reg;                /* as tw:claim names it */
    const char *table;              /* the register */
    const char *line, *line_number; /* group of lines that have balances of their own, and their number; or NULL */
    const char *granted;
    const char *left;        /* column that is granted less all drawings, where the register keeps it; or NULL */
    const char *tolerance;   /* column: percent above what is granted; or NULL */
    const char *drawings;    /* group of what was drawn */
    const char *by, *amount; /* its columns: whose drawing, how much */
    const char *types;       /* those that draw, apart by blanks; NULL: all */
};

static const char discharges[] = "exit return transferOut";

static const struct shape shapes[] = {
    {"payment", "payment", NULL, NULL, "amount", NULL, NULL, "allocated", "mrn", "amount", NULL},
    {"guarantee", "guarantee", NULL, NULL, "amount", "balance", NULL, "reservation", "mrn", "amount", NULL},
    {"licence", "licence", "line", "line", "quantity", NULL, "tolerance", "writeOff", "mrn", "quantity", NULL},
    {"entry", "handbook", "line", "item", "entered", NULL, NULL, "transaction", "declaration", "quantity", discharges},
    {"entry", "carnet", "line", "item", "entered", NULL, NULL, "transaction", "declaration", "quantity", discharges},
    {"entry", "supervision", "line", "item", "entered", NULL, NULL, "transaction", "declaration", "quantity",
     discharges},
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

/* A row that keeps balances. */
struct holding {
    const struct holding *next; /* of the same slot */
    const struct shape *shape;
    const char *number;
    const struct fact *row;
};

struct balances {
    const struct table *tables[SHAPES];
    struct arena *arena;
    const struct holding **slots;
    size_t slot_count;
    struct decimal overrun; /* policy licence.overrun: percent, where a line says nothing */
};

static const struct holding **slot_of(const struct balances *balances, const char *number) {
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (const char *at = number; *at; at++) {
        hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
    }
    return &balances->slots[hash & (balances->slot_count - 1)];
}

/* The column of the number: a payment has a receipt. */
static const char *number_of(const struct fact *row) {
    const char *number = fact_text(row, "number");
    return number ? number : fact_text(row, "receipt");
}

static void add_table(struct balances *balances, const struct shape *shape, const struct table *table) {
    for (size_t i = 0; i < table->count; i++) {
        const char *number = number_of(table->rows[i].fact);
        if (number) {
            const struct holding **slot = slot_of(balances, number);
            struct holding *made = arena_alloc(balances->arena, sizeof *made);
            *made = (struct holding){*slot, shape, number, table->rows[i].fact};
            *slot = made;
        }
    }
}

struct balances *balances_open(const struct reference *reference) {
    struct balances *balances = fault_malloc(sizeof *balances);
    *balances = (struct balances){.arena = arena_new(), .slot_count = 16, .overrun = decimal_from(0)};
    size_t rows = 0;
    for (size_t i = 0; i < SHAPES; i++) {
        balances->tables[i] = reference_table(reference, shapes[i].table);
        rows += balances->tables[i] ? balances->tables[i]->count : 0;
    }
    while (balances->slot_count < rows) {
        balances->slot_count *= 2;
    }
    balances->slots = arena_zero(balances->arena, balances->slot_count * sizeof(struct holding *));
    for (size_t i = 0; i < SHAPES; i++) {
        if (balances->tables[i]) {
            add_table(balances, &shapes[i], balances->tables[i]);
        }
    }
    const char *overrun = policy_value(reference_policy(reference), PROFILE_GENERIC, "licence.overrun", NULL).value;
    if (overrun) {
        (void)decimal_parse(overrun, strlen(overrun), &balances->overrun);
    }
    return balances;
}

void balances_close(struct balances *balances) {
    if (balances) {
        arena_free(balances->arena);
        free(balances);
    }
}

/* ---- one balance ---- */

static bool is_one_of(const char *words, const char *word) {
    size_t length = word ? strlen(word) : 0;
    for (const char *at = words; length && at; at = strchr(at, ' ') ? strchr(at, ' ') + 1 : NULL) {
        if (strncmp(at, word, length) == 0 && (at[length] == ' ' || !at[length])) {
            return true;
        }
    }
    return false;
}

static bool number_at(const struct fact *fact, const char *column, struct decimal *out) {
    const char *text = fact_text(fact, column);
    return text && decimal_parse(text, strlen(text), out);
}

static const struct fact *line_at(const struct shape *shape, const struct fact *row, const char *line) {
    for (const struct fact *at = fact_at(row, shape->line); at; at = at->next_same) {
        const char *number = fact_text(at, shape->line_number);
        if (number && strcmp(number, line) == 0) {
            return at;
        }
    }
    return NULL;
}

/* What the owner drew (own) or all others did, of that line. False: a number cannot be read. */
static bool drawn(const struct shape *shape, const struct fact *row, const char *line, const char *owner, bool own,
                  struct decimal *sum) {
    *sum = decimal_from(0);
    for (const struct fact *at = fact_at(row, shape->drawings); at; at = at->next_same) {
        const char *by = fact_text(at, shape->by);
        const char *of = fact_text(at, "line");
        struct decimal amount;
        bool here = !line || (of && strcmp(of, line) == 0);
        bool counts = !shape->types || is_one_of(shape->types, fact_text(at, "type"));
        bool is_own = by && strcmp(by, owner) == 0;
        if (!here || !counts || is_own != own || !fact_text(at, shape->amount)) {
            continue;
        }
        if (!number_at(at, shape->amount, &amount) || !decimal_add(sum, &amount, sum)) {
            return false;
        }
    }
    return true;
}

/* granted x (100 + percent) / 100 */
static bool widen(const struct balances *balances, const struct shape *shape, const struct fact *holder,
                  struct decimal *granted) {
    struct decimal percent = balances->overrun, hundred = decimal_from(100), factor;
    enum { PLACES = 6 };
    if (!shape->tolerance) {
        return true;
    }
    (void)number_at(holder, shape->tolerance, &percent);
    return decimal_add(&hundred, &percent, &factor) && decimal_multiply(granted, &factor, granted) &&
           decimal_divide(granted, &hundred, PLACES, ROUND_DOWN, granted);
}

static bool rest_of_row(const struct balances *balances, const struct holding *holding, const char *line,
                        const char *owner, struct decimal *rest) {
    const struct shape *shape = holding->shape;
    const struct fact *holder = shape->line ? line_at(shape, holding->row, line) : holding->row;
    struct decimal sum;
    if (shape->left && number_at(holder, shape->left, rest)) {
        return drawn(shape, holding->row, line, owner, true, &sum) && decimal_add(rest, &sum, rest);
    }
    return number_at(holder, shape->granted, rest) && widen(balances, shape, holder, rest) &&
           drawn(shape, holding->row, line, owner, false, &sum) && decimal_subtract(rest, &sum, rest);
}

/* line NULL: registers that keep one balance a row; else those with lines. */
static bool find(const struct balances *balances, const char *reg, const char *number, const char *line,
                 const char *owner, struct decimal *rest) {
    bool found = false;
    for (const struct holding *at = *slot_of(balances, number); at && !found; at = at->next) {
        bool fits = strcmp(at->shape->reg, reg) == 0 && strcmp(at->number, number) == 0 && !at->shape->line == !line;
        found = fits && rest_of_row(balances, at, line, owner, rest);
    }
    return found;
}

bool balances_rest(const struct balances *balances, const char *reg, const char *key, const char *owner,
                   struct decimal *rest) {
    const char *blank = strrchr(key, ' ');
    if (find(balances, reg, key, NULL, owner, rest)) {
        return true;
    }
    if (!blank) {
        return false;
    }
    size_t length = (size_t)(blank - key);
    char *number = memcpy(fault_malloc(length + 1), key, length);
    number[length] = '\0';
    bool found = find(balances, reg, number, blank + 1, owner, rest);
    free(number);
    return found;
}

bool balances_hold(const struct balances *balances, const char *reg, int32_t day) {
    bool found = false;
    for (size_t i = 0; i < SHAPES; i++) {
        const struct table *table = strcmp(shapes[i].reg, reg) == 0 ? balances->tables[i] : NULL;
        if (table && table->state != REGISTER_MISSING) {
            found = true;
            if (table->as_at == DAY_FIRST || table->as_at < day) {
                return false;
            }
        }
    }
    return found;
}
