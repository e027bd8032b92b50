/* Look-ups that are one question to one register (FACTS 9). */

#include "base/arena.h"
#include "base/time.h"
#include "reference/inside.h"
#include "tree/fact.h"

#include <string.h>

/* ---- offices, officers, places ---- */

struct answer reference_office(const struct reference *reference, struct arena *arena, const char *code, int32_t day) {
    return find_row(reference, arena, "office", 0, code, day);
}

struct answer reference_officer(const struct reference *reference, struct arena *arena, const char *id, int32_t day) {
    return find_row(reference, arena, "officer", 0, id, day);
}

static bool zone_of(const struct reference *reference, const struct fact *office, const struct zone **zone) {
    const char *name = fact_text(office, "zone");

    for (size_t i = 0; name != NULL && i < reference->zone_count; i++) {
        if (strcmp(reference->zones[i].name, name) == 0) {
            *zone = reference->zones[i].zone;
            return true;
        }
    }
    return false;
}

bool reference_office_zone(const struct reference *reference, const char *office, const struct zone **zone) {
    return zone_of(reference, table_first(reference_table(reference, "office"), 0, &office, 1, ANY_DAY), zone);
}

const struct zone *reference_policy_zone(const struct reference *reference, enum policy_profile profile) {
    const char *name = policy_value(reference->policy, profile, "time.zone", NULL).value;
    for (size_t i = 0; name != NULL && i < reference->zone_count; i++) {
        if (strcmp(reference->zones[i].name, name) == 0) {
            return reference->zones[i].zone;
        }
    }
    return NULL;
}

bool reference_place_zone(const struct reference *reference, const char *place, const struct zone **zone) {
    const struct fact *terminal = table_first(reference_table(reference, "terminal"), 1, &place, 1, ANY_DAY);
    const char *office = fact_text(terminal, "office");

    if (office != NULL && reference_office_zone(reference, office, zone)) {
        return true;
    }
    return zone_of(reference, table_first(reference_table(reference, "office"), 1, &place, 1, ANY_DAY), zone);
}

struct answer reference_carrier(const struct reference *reference, struct arena *arena, const char *code) {
    return find_row(reference, arena, "carrier", 0, code, ANY_DAY);
}

struct answer reference_terminal(const struct reference *reference, struct arena *arena, const char *code) {
    return find_row(reference, arena, "terminal", 0, code, ANY_DAY);
}

/* ---- papers ---- */

struct answer reference_licence(const struct reference *reference, struct arena *arena, const char *type,
                                const char *number) {
    return find_rows(reference, arena, "licence", 0, (const char *const[]){type, number}, 2, ANY_DAY);
}

struct answer reference_certificate(const struct reference *reference, struct arena *arena, const char *type,
                                    const char *issuer, const char *number) {
    return find_rows(reference, arena, "certificate", 0, (const char *const[]){type, issuer, number}, 3, ANY_DAY);
}

struct answer reference_guarantee(const struct reference *reference, struct arena *arena, const char *number) {
    return find_row(reference, arena, "guarantee", 0, number, ANY_DAY);
}

struct answer reference_payment(const struct reference *reference, struct arena *arena, const char *receipt) {
    return find_row(reference, arena, "payment", 0, receipt, ANY_DAY);
}

/* ---- declarations seen ---- */

struct answer reference_declaration(const struct reference *reference, struct arena *arena, const char *mrn,
                                    const char *lrn, const char *declarant) {
    if (mrn != NULL) {
        return find_row(reference, arena, "declaration", 0, mrn, ANY_DAY);
    }
    return find_rows(reference, arena, "declaration", 1, (const char *const[]){lrn, declarant}, 2, ANY_DAY);
}

static bool stands(const struct fact *row, const void *context) {
    (void)context;
    return fact_text(row, "invalidatedAt") == NULL;
}

struct answer reference_supplementary(const struct reference *reference, struct arena *arena, const char *mrn) {
    return filter_rows(arena, find_row(reference, arena, "declaration", 2, mrn, ANY_DAY), stands, NULL);
}

/* ---- supervised goods ---- */

struct answer reference_supervision(const struct reference *reference, struct arena *arena, const char *kind,
                                    const char *number) {
    return find_row(reference, arena, kind, 0, number, ANY_DAY);
}

/* A row in one of the three decides. Without one, a register that is configured and stale leaves it open, as does a
 * house where none is configured. */
struct answer reference_entry(const struct reference *reference, struct arena *arena, const char *number) {
    static const char *const kinds[] = {"handbook", "carnet", "supervision"};
    enum register_state state = REGISTER_MISSING;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct answer answer = reference_supervision(reference, arena, kinds[i], number);
        if (answer.count > 0) {
            return answer;
        }
        if (answer.state == REGISTER_STALE || (answer.state == REGISTER_AVAILABLE && state == REGISTER_MISSING)) {
            state = answer.state;
        }
    }
    return (struct answer){.state = state};
}

/* ---- cases ---- */

struct asked {
    const char *number, *party, *declaration, *container;
};

static bool has_value(const struct fact *row, const char *column, const char *value) {
    struct fact *fact = fact_at(row, column);

    if (value == NULL) {
        return true;
    }
    for (; fact != NULL; fact = fact->next_same) {
        if (strcmp(fact->value, value) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_asked(const struct fact *row, const void *context) {
    const struct asked *asked = context;

    return has_value(row, "number", asked->number) && has_value(row, "party", asked->party) &&
           has_value(row, "declaration", asked->declaration) && has_value(row, "container", asked->container);
}

static const char *given(const char *text) {
    return text == NULL || *text == '\0' ? NULL : text;
}

struct answer reference_case(const struct reference *reference, struct arena *arena, const char *number,
                             const char *party, const char *declaration, const char *container) {
    struct asked asked = {given(number), given(party), given(declaration), given(container)};
    const char *const values[] = {asked.number, asked.party, asked.declaration, asked.container};
    struct answer answer = {.state = reference_table(reference, "case")->state};

    for (unsigned key = 0; key < sizeof values / sizeof *values; key++) {
        if (values[key] != NULL) {
            answer = find_row(reference, arena, "case", key, values[key], ANY_DAY);
            return filter_rows(arena, answer, is_asked, &asked);
        }
    }
    return answer;
}

/* ---- what is required, what is waived ---- */

struct answer reference_required_document(const struct reference *reference, struct arena *arena, const char *stage,
                                          int32_t day) {
    return find_row(reference, arena, "requiredDocument", 1, stage, day);
}

static bool is_of_profile(const struct fact *row, const void *profile) {
    const char *own = fact_text(row, "profile");

    return own == NULL || strcmp(own, profile) == 0;
}

struct answer reference_required_fact(const struct reference *reference, struct arena *arena, const char *profile,
                                      int32_t day) {
    return filter_rows(arena, table_all(reference_table(reference, "requiredFact"), arena, day), is_of_profile,
                       profile);
}

/* Whether text matches a pattern in which '*' stands for any text. Linear in text for each '*'. */
static bool glob(const char *pattern, const char *text) {
    const char *star = NULL, *resume = NULL;

    while (*text != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            resume = text;
        } else if (*pattern == *text) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star + 1;
            text = ++resume;
        } else {
            return false;
        }
    }
    while (*pattern == '*') {
        pattern++;
    }
    return *pattern == '\0';
}

struct waived {
    const char *subject;
    int32_t day;
};

static bool is_waived(const struct fact *row, const void *context) {
    const struct waived *waived = context;
    const char *subject = fact_text(row, "subject"), *until = fact_text(row, "until");
    int32_t last;

    if (until != NULL && day_read(until, &last) && last < waived->day) {
        return false;
    }
    return *waived->subject == '\0' || (subject != NULL && glob(subject, waived->subject));
}

struct answer reference_waiver(const struct reference *reference, struct arena *arena, const char *rule,
                               const char *subject, int32_t day) {
    struct waived waived = {subject, day};

    return filter_rows(arena, find_rows(reference, arena, "waiver", 0, (const char *const[]){rule, NULL}, 2, day),
                       is_waived, &waived);
}
