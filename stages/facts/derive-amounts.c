/* What amounts and quantities leave unsaid: the currency of the office, the unit of the item, and whether a rate is a
 * percentage. */
#include "base/arena.h"
#include "base/time.h"
#include "facts/derive-parts.h"
#include "facts/structural.h"
#include "reference/reference.h"

#include <string.h>

static bool is_of_dialect(struct deriving *d, const char *prefix) {
    const struct document *document = document_of(d, d->declaration);
    return document && document->dialect && strncmp(document->dialect, prefix, strlen(prefix)) == 0;
}

/* ---- the currency of the office (MAPS 7) ---- */

/* Adds the attribute at the end of the path to every fact that the path reaches; as deep as the path is long. */
static void add_attribute(struct deriving *d, struct fact *parent, const char *path, const char *value,
                          const struct fact *from) {
    const char *slash = strchr(path, '/');
    if (!slash) {
        derived_once(d, parent, path, value, from);
        return;
    }
    const char *name = arena_copy(d->arena, path, (size_t)(slash - path));
    for (struct fact *child = fact_at(parent, name); child; child = child->next_same) {
        if (!child->hidden && child->state == FACT_READABLE) {
            add_attribute(d, child, slash + 1, value, from);
        }
    }
}

void derive_currency(struct deriving *d) {
    const struct fact *office = fact_at(d->declaration, "office");
    int32_t day = 0;
    (void)day_read(fact_text(d->dossier, "@asOf"), &day);
    struct answer answer = {0};
    if (office && office->value) {
        answer = reference_office(d->k->reference, d->arena, office->value, day);
    }
    const char *currency = answer.count ? fact_text(answer.rows[0], "currency") : NULL;
    for (size_t i = 0; currency && i < d->k->derivations->national_count; i++) {
        const struct dialect_fact *national = &d->k->derivations->national[i];
        if (is_of_dialect(d, national->dialect)) {
            add_attribute(d, d->dossier, national->fact, currency, office);
        }
    }
}

/* ---- the unit of the item ---- */

/* What an item takes of an earlier line, and what that line had, count as the item does where no unit is said. */
void derive_units(struct deriving *d) {
    static const char *const quantities[] = {"quantity", "earlierQuantity"};
    for (struct fact *item = fact_at(d->declaration, "goodsItem"); item; item = item->next_same) {
        const struct fact *unit = fact_at(item, "supplementaryQuantity/@unit");
        struct fact *earlier = unit ? fact_at(item, "previousDocument") : NULL;
        for (; earlier; earlier = earlier->next_same) {
            for (size_t i = 0; i < sizeof quantities / sizeof *quantities; i++) {
                struct fact *quantity = fact_at(earlier, quantities[i]);
                if (quantity && quantity->state == FACT_READABLE) {
                    derived_once(d, quantity, "@unit", NULL, unit);
                }
            }
        }
    }
}

/* ---- rates of unknown kind (dialects/asycuda-sad.md 5) ---- */

static const char *const measures[] = {"supplementaryQuantity", "netMass", "grossMass"};

/* A specific rate stands on a quantity of the item, an ad valorem one on a value. */
static bool is_quantity(struct deriving *d, const struct fact *item, const struct decimal *base) {
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
        for (struct fact *measure = fact_at(item, measures[i]); measure; measure = measure->next_same) {
            const struct decimal *number = fact_number(d->arena, measure);
            if (number && decimal_compare(number, base) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Administrations round a tax to two places or to whole units. */
static bool comes_to(const struct decimal *base, const struct decimal *rate, const struct decimal *factor,
                     const struct decimal *amount) {
    static const unsigned practices[] = {2, 0};
    struct decimal product;
    if (!decimal_multiply(base, rate, &product) || !decimal_multiply(&product, factor, &product)) {
        return false;
    }
    for (size_t i = 0; i < sizeof practices / sizeof *practices; i++) {
        struct decimal rounded;
        if (decimal_round(&product, practices[i], ROUND_HALF_UP, &rounded) && decimal_compare(&rounded, amount) == 0) {
            return true;
        }
    }
    return false;
}

static void make_percent(struct deriving *d, struct fact *rate, const struct decimal *fraction) {
    struct decimal percent;
    struct decimal hundred = decimal_from(100);
    char text[DECIMAL_TEXT];
    if (decimal_multiply(fraction, &hundred, &percent)) {
        percent = decimal_trim(&percent);
        decimal_print(&percent, text);
        rate->value = arena_string(d->arena, text);
        rate->decoded = 0;
    }
}

static void report_rate(struct deriving *d, const struct fact *rate) {
    const struct element *element = fact_element(rate);
    struct location place = {
        .document = element ? element->document : NULL,
        .line = fact_line(rate),
        .column = element ? element->column : 0,
        .xpath = fact_xpath(d->arena, rate),
        .path = fact_path(d->arena, rate),
    };
    structural_finding(d->c, STRUCTURE_UNREADABLE, &place, rate->value,
                       "a rate by which base and amount of the tax agree: a fraction, a percentage, or per unit");
}

/* tax: of an item, or the line of an assessment on it. */
static void decide_rate(struct deriving *d, const struct fact *item, struct fact *tax, bool report) {
    struct fact *rate = fact_at(tax, "rate");
    struct fact *base = fact_at(tax, "base");
    struct fact *amount = fact_at(tax, "amount");
    const struct decimal *r = rate ? fact_number(d->arena, rate) : NULL;
    const struct decimal *b = base ? fact_number(d->arena, base) : NULL;
    const struct decimal *a = amount ? fact_number(d->arena, amount) : NULL;
    bool tells = r && b && a && !decimal_is_zero(r) && !decimal_is_zero(b) && !decimal_is_zero(a);
    if (!tells || fact_at(tax, "rateType")) {
        return;
    }
    struct decimal one = decimal_from(1);
    struct decimal hundredth;
    (void)decimal_parse("0.01", strlen("0.01"), &hundredth);
    if (comes_to(b, r, &one, a)) {
        bool specific = is_quantity(d, item, b);
        if (!specific) {
            make_percent(d, rate, r);
        } else {
            tree_copy(d->tree, tax, base, "baseQuantity");
            tree_remove(base);
        }
        derived(d, tax, "rateType", specific ? "specific" : "adValorem", rate);
    } else if (comes_to(b, r, &hundredth, a)) {
        derived(d, tax, "rateType", "adValorem", rate);
    } else if (report) {
        report_rate(d, rate);
    }
}

/* The assessment that the declaration itself brings: its lines follow the items. */
static void decide_lines(struct deriving *d) {
    const char *ours = fact_text(d->declaration, "@doc");
    for (struct fact *paper = fact_at(d->dossier, "assessment"); paper; paper = paper->next_same) {
        const struct fact *item = fact_at(d->declaration, "goodsItem");
        struct fact *line = ours && fact_is(paper, "@doc", ours) ? fact_at(paper, "line") : NULL;
        for (; line; line = line->next_same) {
            const char *number = fact_text(line, "item");
            while (item && number && !fact_is(item, "@n", number)) {
                item = item->next_same;
            }
            if (item && number) {
                decide_rate(d, item, line, false);
            }
        }
    }
}

void derive_rates(struct deriving *d) {
    bool asked = false;
    for (size_t i = 0; i < d->k->derivations->unsure_count; i++) {
        asked = asked || is_of_dialect(d, d->k->derivations->unsure[i]);
    }
    for (struct fact *item = asked ? fact_at(d->declaration, "goodsItem") : NULL; item; item = item->next_same) {
        for (struct fact *tax = fact_at(item, "tax"); tax; tax = tax->next_same) {
            decide_rate(d, item, tax, true);
        }
    }
    if (asked) {
        decide_lines(d);
    }
}
