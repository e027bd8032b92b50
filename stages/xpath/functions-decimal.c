/* Numbers, amounts and quantities: exact, with their units (FACTS 9). */
#include "base/arena.h"
#include "base/unicode.h"
#include "base/words.h"
#include "xpath/house.h"

#include <string.h>

/* ---- Results that can be too large ------------------------------------------------------------------ */

static struct value too_large(struct evaluation *e) {
    return value_unknown(missing_named(e, "a number of no more digits than are held"));
}

static struct value counted(struct evaluation *e, bool done, const struct decimal *out) {
    return done ? value_decimal(*out) : too_large(e);
}

static struct value add_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct decimal out;
    (void)count;
    return counted(e, decimal_add(&arguments[0].decimal, &arguments[1].decimal, &out), &out);
}

static struct value sub_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct decimal out;
    (void)count;
    return counted(e, decimal_subtract(&arguments[0].decimal, &arguments[1].decimal, &out), &out);
}

static struct value mul_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct decimal out;
    (void)count;
    return counted(e, decimal_multiply(&arguments[0].decimal, &arguments[1].decimal, &out), &out);
}

static struct value abs_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)count;
    return value_decimal(decimal_absolute(&arguments[0].decimal));
}

/* ---- Rounding --------------------------------------------------------------------------------------- */

enum { MAX_PLACES = 38 };

struct rounding_rule {
    unsigned places;
    enum rounding mode;
};

/* The arguments from `first` on: places, and the mode where it is given. */
static bool read_rounding(struct evaluation *e, const struct value *arguments, size_t first, size_t count,
                          struct rounding_rule *rule, struct value *unknown) {
    static const struct {
        const char *name;
        enum rounding mode;
    } modes[] = {{"half-up", ROUND_HALF_UP}, {"half-even", ROUND_HALF_EVEN}, {"down", ROUND_DOWN}, {"up", ROUND_UP}};
    int64_t places;
    if (!decimal_to_integer(&arguments[first].decimal, &places) || places < 0 || places > MAX_PLACES) {
        *unknown = value_unknown(missing_named(e, "a number of decimals from 0 to %d", MAX_PLACES));
        return false;
    }
    *rule = (struct rounding_rule){.places = (unsigned)places, .mode = ROUND_HALF_UP};
    if (count <= first + 1) {
        return true;
    }
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (strcmp(arguments[first + 1].text, modes[i].name) == 0) {
            rule->mode = modes[i].mode;
            return true;
        }
    }
    *unknown = value_unknown(missing_named(e, "a way of rounding, not %s", arguments[first + 1].text));
    return false;
}

static struct value div_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct rounding_rule rule;
    struct value unknown;
    struct decimal out;
    if (decimal_is_zero(&arguments[1].decimal)) {
        return value_unknown(missing_named(e, "division by zero"));
    }
    if (!read_rounding(e, arguments, 2, count, &rule, &unknown)) {
        return unknown;
    }
    return counted(e, decimal_divide(&arguments[0].decimal, &arguments[1].decimal, rule.places, rule.mode, &out), &out);
}

static struct value round_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct rounding_rule rule;
    struct value unknown;
    struct decimal out;
    if (!read_rounding(e, arguments, 1, count, &rule, &unknown)) {
        return unknown;
    }
    return counted(e, decimal_round(&arguments[0].decimal, rule.places, rule.mode, &out), &out);
}

/* ---- Comparing -------------------------------------------------------------------------------------- */

/* Two numbers that can be compared: of one unit, or one of them of none. */
static bool read_pair(struct evaluation *e, const struct value *arguments, struct decimal pair[2],
                      struct value *unknown) {
    if (!argument_decimal(e, &arguments[0], &pair[0], unknown) ||
        !argument_decimal(e, &arguments[1], &pair[1], unknown)) {
        return false;
    }
    const char *a = argument_unit(e, &arguments[0]), *b = argument_unit(e, &arguments[1]);
    if (a && b && strcmp(a, b) != 0) {
        *unknown = value_unknown(missing_named(e, "factor %s to %s", a, b));
        return false;
    }
    return true;
}

static struct value cmp_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct decimal pair[2];
    struct value unknown;
    (void)count;
    return read_pair(e, arguments, pair, &unknown) ? value_integer(decimal_compare(&pair[0], &pair[1])) : unknown;
}

static struct value within_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct decimal pair[2];
    struct value unknown;
    bool within;
    (void)count;
    if (!read_pair(e, arguments, pair, &unknown)) {
        return unknown;
    }
    bool done = decimal_within(&pair[0], &pair[1], &arguments[2].decimal, &arguments[3].decimal, &within);
    return done ? value_boolean(within) : too_large(e);
}

/* ---- Apportioning ----------------------------------------------------------------------------------- */

struct parts {
    struct decimal *items; /* NULL: there are none */
    const struct missing *missing;
};

static const char parts_memo[] = "tw:share";

/* All parts at once, in the arena of the evaluation. */
static struct parts *make_parts(struct evaluation *e, const struct value *amount, const struct nodes *weights,
                                const struct decimal *places) {
    struct parts *parts = arena_zero(e->arena, sizeof *parts);
    struct decimal *numbers = arena_alloc(e->arena, weights->count * sizeof *numbers);
    struct rounding_rule rule;
    struct value unknown, rounding = value_decimal(*places);
    if (!read_rounding(e, &rounding, 0, 1, &rule, &unknown)) {
        parts->missing = unknown.missing;
        return parts;
    }
    spend(e, weights->count);
    for (size_t i = 0; i < weights->count; i++) {
        if (!number_of(e, weights->items[i].fact, &numbers[i])) {
            parts->missing = missing_both(e, parts->missing, missing_below(e, weights->items[i].fact, NULL));
        }
    }
    if (parts->missing) {
        return parts;
    }
    struct decimal *items = arena_alloc(e->arena, weights->count * sizeof *items);
    if (decimal_share(&amount->decimal, numbers, weights->count, rule.places, items)) {
        parts->items = items;
    } else {
        parts->missing = missing_named(e, "division by zero");
    }
    return parts;
}

/* Weights that are the same for the whole bundle are apportioned once: their set stays where it is. */
static const struct parts *find_parts(struct evaluation *e, const struct value *amount, const struct value *weights,
                                      const struct decimal *places, bool constant) {
    char text[2 * DECIMAL_TEXT + 1];
    if (!constant) {
        return make_parts(e, amount, &weights->nodes, places);
    }
    size_t length = decimal_print(&amount->decimal, text);
    text[length] = ' ';
    decimal_print(places, text + length + 1);
    struct map_key key = {.a = parts_memo, .b = weights->nodes.items, .text = text};
    struct parts *parts = map_find(&e->memory->kept, &key);
    if (!parts) {
        struct arena *arena = e->arena;
        e->arena = e->bundle;
        parts = make_parts(e, amount, &weights->nodes, places);
        e->arena = arena;
        key.text = arena_string(e->bundle, text);
        map_put(&e->memory->kept, &key, parts);
    }
    return parts;
}

/* Does the weight belong to number i: of an item by @n, else by its place? */
static bool is_number(struct evaluation *e, const struct nodes *weights, size_t place, const struct decimal *number) {
    const struct fact *parent = weights->items[place].fact->parent;
    struct fact *n = next_child(e, parent, "@n", NULL);
    struct decimal own = decimal_from((int64_t)place + 1);
    if (n && !number_of(e, n, &own)) {
        return false;
    }
    return decimal_compare(&own, number) == 0;
}

static bool find_part(struct evaluation *e, const struct nodes *weights, const struct decimal *number, size_t *place) {
    int64_t guess;
    if (decimal_to_integer(number, &guess) && guess >= 1 && (uint64_t)guess <= weights->count &&
        is_number(e, weights, (size_t)guess - 1, number)) {
        *place = (size_t)guess - 1;
        return true;
    }
    for (*place = 0; *place < weights->count && !e->exhausted; ++*place) {
        spend(e, 1);
        if (is_number(e, weights, *place, number)) {
            return true;
        }
    }
    return false;
}

/* Is the value kept in a slot of the bundle? */
static bool stays(const struct node *node) {
    return node->kind == NODE_CONSTANT ||
           (node->kind == NODE_VARIABLE && node->level == LEVEL_BUNDLE && node->variable->value);
}

static struct value share_of(struct evaluation *e, const struct call *call, struct fact *at) {
    struct value arguments[MAX_ARGUMENTS], unknown;
    if (!call_arguments(e, call, at, arguments, &unknown)) {
        return unknown;
    }
    const struct parts *parts =
        find_parts(e, &arguments[0], &arguments[1], &arguments[3].decimal, stays(call->arguments[1]));
    size_t place;
    if (!parts->items) {
        return value_unknown(parts->missing);
    }
    if (!find_part(e, &arguments[1].nodes, &arguments[2].decimal, &place)) {
        char text[DECIMAL_TEXT];
        decimal_print(&arguments[2].decimal, text);
        return value_unknown(missing_named(e, "weight of part %s", text));
    }
    return value_decimal(parts->items[place]);
}

/* ---- Units ------------------------------------------------------------------------------------------ */

enum { FACTOR_PLACES = 18 };

struct units {
    const char *from, *to;
    const struct fact *row_from, *row_to; /* of list Rec20 */
};

static bool read_units(struct evaluation *e, const struct value *arguments, struct units *units,
                       struct value *unknown) {
    units->from = argument_unit(e, &arguments[0]);
    units->to = arguments[1].text;
    if (!units->from) {
        const struct fact *fact = argument_fact(&arguments[0]);
        *unknown = value_unknown(fact ? missing_below(e, fact, "@unit") : missing_named(e, "a quantity, not a number"));
        return false;
    }
    if (!house_list(e, "Rec20", unknown)) {
        return false;
    }
    units->row_from = reference_code_row(e->host->reference, "Rec20", units->from, ANY_DAY);
    units->row_to = reference_code_row(e->host->reference, "Rec20", units->to, ANY_DAY);
    return true;
}

static struct value no_factor(struct evaluation *e, const struct units *units) {
    return value_unknown(missing_named(e, "factor %s to %s", units->from, units->to));
}

static bool same_base(const struct units *units) {
    const char *from = fact_text(units->row_from, "base"), *to = fact_text(units->row_to, "base");
    return from && to && strcmp(from, to) == 0;
}

static bool factor_of(const struct fact *row, struct decimal *out) {
    const char *text = fact_text(row, "factor");
    return text && decimal_parse(text, strlen(text), out) && !decimal_is_zero(out);
}

static struct value convert_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct units units;
    struct value unknown;
    struct decimal number, from, to;
    const char *unit = argument_unit(e, &arguments[0]);
    (void)count;
    if (!argument_decimal(e, &arguments[0], &number, &unknown)) {
        return unknown;
    }
    if (unit && strcmp(unit, arguments[1].text) == 0) {
        return value_decimal(number);
    }
    if (!read_units(e, arguments, &units, &unknown)) {
        return unknown;
    }
    if (!same_base(&units) || !factor_of(units.row_from, &from) || !factor_of(units.row_to, &to)) {
        return no_factor(e, &units);
    }
    struct decimal base, out;
    bool done =
        decimal_multiply(&number, &from, &base) && decimal_divide(&base, &to, FACTOR_PLACES, ROUND_HALF_UP, &out);
    if (done) {
        out = decimal_trim(&out);
    }
    return counted(e, done, &out);
}

static struct value convertible_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct units units;
    struct value unknown;
    const char *unit = argument_unit(e, &arguments[0]);
    (void)count;
    if (unit && strcmp(unit, arguments[1].text) == 0) {
        return value_boolean(true);
    }
    if (!read_units(e, arguments, &units, &unknown)) {
        return unknown;
    }
    return units.row_from && units.row_to ? value_boolean(same_base(&units)) : no_factor(e, &units);
}

/* ---- Currencies ------------------------------------------------------------------------------------- */

static bool currency_row(struct evaluation *e, const char *currency, int32_t day, const struct fact **row,
                         unsigned *decimals, struct value *unknown) {
    struct decimal number;
    int64_t whole;
    if (!house_list(e, "ISO4217", unknown)) {
        return false;
    }
    *row = reference_code_row(e->host->reference, "ISO4217", currency, day);
    const char *text = fact_text(*row, "minorUnit");
    if (!text || !decimal_parse(text, strlen(text), &number) || !decimal_to_integer(&number, &whole) || whole < 0 ||
        whole > MAX_PLACES) {
        *unknown = value_unknown(missing_named(e, "minor unit of %s", currency));
        return false;
    }
    *decimals = (unsigned)whole;
    return true;
}

static bool read_minor(struct evaluation *e, const struct value *arguments, unsigned *decimals, struct value *unknown) {
    const struct fact *row;
    int32_t day;
    return argument_day(e, &arguments[1], &day, unknown) &&
           currency_row(e, arguments[0].text, day, &row, decimals, unknown);
}

static struct value minor_unit_of(struct evaluation *e, const struct value *arguments, size_t count) {
    unsigned decimals;
    struct value unknown;
    (void)count;
    return read_minor(e, arguments, &decimals, &unknown) ? value_integer(decimals) : unknown;
}

static struct value minor_of(struct evaluation *e, const struct value *arguments, size_t count) {
    unsigned decimals;
    struct value unknown;
    (void)count;
    if (!read_minor(e, arguments, &decimals, &unknown)) {
        return unknown;
    }
    return value_decimal((struct decimal){.coefficient = 1, .scale = (uint16_t)decimals});
}

/* Names of money stand in capitals, as the words do; NULL stays NULL. */
static const char *in_capitals(struct evaluation *e, const char *text) {
    size_t count;
    if (!text) {
        return NULL;
    }
    int32_t *points = unicode_decompose(e->arena, text, UNICODE_CANONICAL, &count);
    for (size_t i = 0; i < count; i++) {
        points[i] = unicode_upper(points[i]);
    }
    return unicode_compose(points, count);
}

static struct value words_of(struct evaluation *e, const struct value *arguments, size_t count) {
    struct decimal amount;
    struct value unknown;
    const struct fact *row;
    unsigned decimals;
    const char *currency = argument_unit(e, &arguments[0]);
    (void)count;
    if (!argument_decimal(e, &arguments[0], &amount, &unknown)) {
        return unknown;
    }
    if (!currency) {
        const struct fact *fact = argument_fact(&arguments[0]);
        return value_unknown(fact ? missing_below(e, fact, "@currency") : missing_named(e, "an amount, not a number"));
    }
    if (!currency_row(e, currency, house_as_of(e), &row, &decimals, &unknown)) {
        return unknown;
    }
    const char *unit = in_capitals(e, fact_text(row, "plural"));
    const char *minor = in_capitals(e, fact_text(row, "minorPlural"));
    const char *text = unit ? words_amount(e->arena, &amount, unit, minor, decimals) : NULL;
    return text ? value_string(text) : value_unknown(missing_named(e, "words for %s", currency));
}

static struct value cardinal_of(struct evaluation *e, const struct value *arguments, size_t count) {
    const char *text = words_cardinal(e->arena, &arguments[0].decimal);
    (void)count;
    return text ? value_string(text) : value_unknown(missing_named(e, "a whole number"));
}

const struct function functions_decimal[] = {
    {.name = "tw:add", .takes = "DD", .min = 2, .returns = RETURNS_DECIMAL, .body = add_of},
    {.name = "tw:sub", .takes = "DD", .min = 2, .returns = RETURNS_DECIMAL, .body = sub_of},
    {.name = "tw:mul", .takes = "DD", .min = 2, .returns = RETURNS_DECIMAL, .body = mul_of},
    {.name = "tw:div", .takes = "DDDT", .min = 3, .returns = RETURNS_DECIMAL, .body = div_of},
    {.name = "tw:round", .takes = "DDT", .min = 2, .returns = RETURNS_DECIMAL, .body = round_of},
    {.name = "tw:abs", .takes = "D", .min = 1, .returns = RETURNS_DECIMAL, .body = abs_of},
    {.name = "tw:cmp", .takes = "VV", .min = 2, .returns = RETURNS_INTEGER, .body = cmp_of},
    {.name = "tw:within", .takes = "VVDD", .min = 4, .returns = RETURNS_BOOLEAN, .body = within_of},
    {.name = "tw:share", .takes = "DNDD", .min = 4, .returns = RETURNS_DECIMAL, .lazy = share_of},
    {.name = "tw:convert", .takes = "VT", .min = 2, .returns = RETURNS_DECIMAL, .body = convert_of},
    {.name = "tw:convertible", .takes = "VT", .min = 2, .returns = RETURNS_BOOLEAN, .body = convertible_of},
    {.name = "tw:minorUnit", .takes = "TV", .min = 2, .returns = RETURNS_INTEGER, .body = minor_unit_of},
    {.name = "tw:minor", .takes = "TV", .min = 2, .returns = RETURNS_DECIMAL, .body = minor_of},
    {.name = "tw:words", .takes = "V", .min = 1, .returns = RETURNS_TEXT, .body = words_of},
    {.name = "tw:cardinal", .takes = "D", .min = 1, .returns = RETURNS_TEXT, .body = cardinal_of},
    {0},
};
