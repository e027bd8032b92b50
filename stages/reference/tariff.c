/* Tariff, measures, duty rates, exchange rates, prices. */

#include "base/arena.h"
#include "reference/inside.h"
#include "tree/fact.h"

#include <stdlib.h>
#include <string.h>

enum { BY_CODE = 1, LONGEST_CODE = 24 };

struct answer reference_tariff(const struct reference *reference, struct arena *arena, const char *code, int32_t day) {
    return find_row(reference, arena, "tariff", 0, code, day);
}

struct answer reference_rate(const struct reference *reference, struct arena *arena, const char *from, const char *to,
                             int32_t day) {
    return find_rows(reference, arena, "exchangeRate", 0, (const char *const[]){from, to}, 2, day);
}

struct answer reference_price(const struct reference *reference, struct arena *arena, const char *code,
                              const char *origin, const char *destination, const char *unit, int32_t day) {
    return find_rows(reference, arena, "price", 0, (const char *const[]){code, origin, destination, unit}, 4, day);
}

/* ---- rows by prefix ---- */

struct rows {
    struct arena *arena;
    struct fact **items;
    size_t count, capacity;
};

static void add_row(struct rows *rows, struct fact *row) {
    if (rows->count == rows->capacity) {
        rows->items = arena_grow(rows->arena, rows->items, &rows->capacity, sizeof(struct fact *));
    }
    rows->items[rows->count++] = row;
}

/* Calls take for each row of the register whose code is a prefix of code, the longest first. */
static enum register_state each_prefix(const struct reference *reference, struct arena *arena, const char *kind,
                                       const char *code, int32_t day, void (*take)(struct fact *row, void *context),
                                       void *context) {
    const struct table *table = reference_table(reference, kind);
    char prefix[LONGEST_CODE + 1] = {0};
    size_t length = strlen(code);

    length = length > LONGEST_CODE ? LONGEST_CODE : length;
    memcpy(prefix, code, length);
    for (; table->state == REGISTER_AVAILABLE && length > 0; length--) {
        const char *value = prefix;
        struct answer answer;
        prefix[length] = '\0';
        answer = table_find(table, arena, BY_CODE, &value, 1, day);
        for (size_t i = 0; i < answer.count; i++) {
            take(answer.rows[i], context);
        }
    }
    return table->state;
}

static bool concerns(const struct reference *reference, const struct fact *row, const char *country, int32_t day) {
    const char *area = fact_text(row, "area");

    return area == NULL || (country != NULL && reference_in_area(reference, country, area, day));
}

static bool same_text(const struct fact *a, const struct fact *b, const char *column) {
    const char *left = fact_text(a, column), *right = fact_text(b, column);

    return left != NULL && right != NULL && strcmp(left, right) == 0;
}

/* ---- measures ---- */

struct measuring {
    const struct reference *reference;
    const char *country;
    int32_t day;
    struct rows rows;
};

/* A row whose kind was found under a longer code is shadowed by it. */
static void take_measure(struct fact *row, void *context) {
    struct measuring *measuring = context;
    size_t length = strlen(fact_text(row, "code"));

    if (!concerns(measuring->reference, row, measuring->country, measuring->day)) {
        return;
    }
    for (size_t i = 0; i < measuring->rows.count; i++) {
        if (same_text(measuring->rows.items[i], row, "kind") &&
            strlen(fact_text(measuring->rows.items[i], "code")) > length) {
            return;
        }
    }
    add_row(&measuring->rows, row);
}

struct answer reference_measures(const struct reference *reference, struct arena *arena, const char *code,
                                 const char *country, int32_t day) {
    struct measuring measuring = {.reference = reference, .country = country, .day = day, .rows = {.arena = arena}};
    enum register_state state = each_prefix(reference, arena, "measure", code, day, take_measure, &measuring);

    return (struct answer){.state = state, .rows = measuring.rows.items, .count = measuring.rows.count};
}

/* ---- duty rates ---- */

struct rating {
    const struct reference *reference;
    const char *country;
    bool quota;
    int32_t day;
    struct rows rows; /* the best row so far of each tax type */
};

/* FACTS 9: quotaIn before quotaOut before provisional before normal. */
static int kind_rank(const struct fact *row) {
    static const char *const ranks[] = {"normal", "provisional", "quotaOut", "quotaIn"};
    const char *kind = fact_text(row, "kind");

    for (int i = 0; i < 4; i++) {
        if (kind != NULL && strcmp(kind, ranks[i]) == 0) {
            return i;
        }
    }
    return 0;
}

static int sign(long difference) {
    return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

static int text_order(const char *a, const char *b) {
    return sign(strcmp(a == NULL ? "" : a, b == NULL ? "" : b));
}

/* Longest code, then a row of the country, then kind, then the latest from. */
static bool goes_before(const struct fact *row, const struct fact *other) {
    int order = sign((long)strlen(fact_text(row, "code")) - (long)strlen(fact_text(other, "code")));

    if (order == 0) {
        order = (fact_text(row, "area") != NULL) - (fact_text(other, "area") != NULL);
    }
    if (order == 0) {
        order = kind_rank(row) - kind_rank(other);
    }
    if (order == 0) {
        order = text_order(fact_text(row, "from"), fact_text(other, "from"));
    }
    return order > 0;
}

static void take_rate(struct fact *row, void *context) {
    struct rating *rating = context;

    if (!concerns(rating->reference, row, rating->country, rating->day) || (kind_rank(row) >= 2 && !rating->quota)) {
        return;
    }
    for (size_t i = 0; i < rating->rows.count; i++) {
        if (same_text(rating->rows.items[i], row, "type")) {
            if (goes_before(row, rating->rows.items[i])) {
                rating->rows.items[i] = row;
            }
            return;
        }
    }
    add_row(&rating->rows, row);
}

struct answer reference_duty_rate(const struct reference *reference, struct arena *arena, const char *code,
                                  const char *country, int32_t day, const char *quota) {
    struct rating rating = {
        .reference = reference, .country = country, .day = day, .quota = quota != NULL, .rows = {.arena = arena}};
    enum register_state state = each_prefix(reference, arena, "dutyRate", code, day, take_rate, &rating);

    return (struct answer){.state = state, .rows = rating.rows.items, .count = rating.rows.count};
}
