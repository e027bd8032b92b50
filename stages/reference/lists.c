/* Code lists, and what follows from them alone: regimes, closure, areas, the profile of a declaration. */

#include "reference/inside.h"
#include "tree/fact.h"
#include "tree/names.h"

#include <string.h>

enum { LIST_CODE = 1 }; /* the key of a list that is its code alone; key 0 has the list's own key columns too */

struct answer reference_code(const struct reference *reference, struct arena *arena, const char *list, const char *code,
                             int32_t day) {
    const struct table *table = reference_list(reference, list);

    if (table == NULL) {
        return (struct answer){.state = REGISTER_MISSING};
    }
    return table_find(table, arena, LIST_CODE, &code, 1, day);
}

struct fact *reference_code_row(const struct reference *reference, const char *list, const char *code, int32_t day) {
    const struct table *table = reference_list(reference, list);

    return table == NULL ? NULL : table_first(table, LIST_CODE, &code, 1, day);
}

struct answer reference_code_all(const struct reference *reference, struct arena *arena, const char *list,
                                 int32_t day) {
    const struct table *table = reference_list(reference, list);

    if (table == NULL) {
        return (struct answer){.state = REGISTER_MISSING};
    }
    return table_all(table, arena, day);
}

/* ---- rows that match by some of their columns ---- */

struct wanted {
    const char *column, *value;
};

enum { NO_MATCH = -1, MOST_COLUMNS = 5 };

/* How many columns of the row agree; a column that the row leaves open agrees with anything, but counts nothing.
 * names: of the columns, interned. */
static int agreement(const struct fact *row, const struct wanted *wanted, const char *const *names, size_t count) {
    int agreed = 0;

    for (size_t i = 0; i < count; i++) {
        const struct fact *own = fact_child(row, names[i]);
        if (own == NULL || own->value == NULL) {
            continue;
        }
        if (wanted[i].value == NULL || strcmp(own->value, wanted[i].value) != 0) {
            return NO_MATCH;
        }
        agreed++;
    }
    return agreed;
}

/* The row valid on the day that agrees in most columns; of equals the first. */
static struct fact *best_row(const struct reference *reference, const char *list, const struct wanted *wanted,
                             size_t count, int32_t day) {
    const struct table *table = reference_list(reference, list);
    struct fact *best = NULL;
    const char *names[MOST_COLUMNS];
    int most = NO_MATCH;

    for (size_t i = 0; i < count; i++) {
        names[i] = names_find(reference->names, wanted[i].column);
    }
    for (size_t i = 0; table != NULL && i < table->count; i++) {
        const struct row *row = &table->rows[i];
        int agreed = agreement(row->fact, wanted, names, count);
        if (agreed > most && row->from <= day && day <= row->to) {
            most = agreed;
            best = row->fact;
        }
    }
    return best;
}

const char *reference_regime(const struct reference *reference, const char *dialect, const char *requested,
                             const char *previous, const char *additional, const char *trade_mode, int32_t day) {
    const struct wanted wanted[] = {{"dialect", dialect},
                                    {"requested", requested},
                                    {"previous", previous},
                                    {"additional", additional},
                                    {"tradeMode", trade_mode}};
    const struct fact *row = best_row(reference, "RegimeMap", wanted, sizeof wanted / sizeof *wanted, day);

    return row == NULL ? NULL : fact_text(row, "regime");
}

struct fact *reference_closure(const struct reference *reference, enum policy_profile profile, const char *requested,
                               const char *previous, const char *trade_mode, int32_t day) {
    const struct wanted wanted[] = {{"profile", policy_profile_name(profile)},
                                    {"requested", requested},
                                    {"previous", previous},
                                    {"tradeMode", trade_mode}};

    return best_row(reference, "Closure", wanted, sizeof wanted / sizeof *wanted, day);
}

/* ---- areas and profiles ---- */

bool reference_in_area(const struct reference *reference, const char *country, const char *area, int32_t day) {
    const struct fact *row;

    if (strcmp(country, area) == 0) {
        return true;
    }
    row = reference_code_row(reference, "Area", area, day);
    for (struct fact *member = row == NULL ? NULL : fact_at(row, "country"); member != NULL;
         member = member->next_same) {
        if (strcmp(member->value, country) == 0) {
            return true;
        }
    }
    return false;
}

static size_t leading_digits(const char *text) {
    return strspn(text, "0123456789");
}

/* By the first two letters of an office or MRN, or digits that say China. False: the text says nothing. */
static bool profile_by_country(const struct reference *reference, const char *country, int32_t day,
                               enum policy_profile *profile) {
    if (strcmp(country, "GB") == 0) {
        *profile = PROFILE_UK;
    } else if (strcmp(country, "CN") == 0) {
        *profile = PROFILE_CN;
    } else if (strcmp(country, "XI") == 0 || reference_in_area(reference, country, "EU", day)) {
        *profile = PROFILE_EU;
    } else {
        return false;
    }
    return true;
}

static bool profile_by_office(const struct reference *reference, const char *office, int32_t day,
                              enum policy_profile *profile) {
    char country[3] = {0};

    if (office == NULL || strlen(office) < 4) {
        return false;
    }
    if (leading_digits(office) == 4 && office[4] == '\0') {
        *profile = PROFILE_CN;
        return true;
    }
    memcpy(country, office, 2);
    return strlen(office) == 8 && profile_by_country(reference, country, day, profile);
}

static bool profile_by_mrn(const struct reference *reference, const char *mrn, int32_t day,
                           enum policy_profile *profile) {
    char country[3] = {0};

    if (mrn == NULL || strlen(mrn) < 18) {
        return false;
    }
    if (leading_digits(mrn) == 18) {
        *profile = PROFILE_CN;
        return true;
    }
    memcpy(country, mrn + 2, 2);
    return profile_by_country(reference, country, day, profile);
}

enum policy_profile reference_profile(const struct reference *reference, const char *office, const char *exit_office,
                                      const char *mrn, const char *export_country, int32_t day) {
    struct setting jurisdiction = policy_value(reference->policy, PROFILE_GENERIC, "jurisdiction", NULL);
    enum policy_profile profile = PROFILE_GENERIC;

    if (jurisdiction.value != NULL && strcmp(jurisdiction.value, "auto") != 0) {
        return policy_profile(jurisdiction.value);
    }
    if (profile_by_office(reference, office, day, &profile) ||
        profile_by_office(reference, exit_office, day, &profile) || profile_by_mrn(reference, mrn, day, &profile)) {
        return profile;
    }
    if (export_country != NULL && strcmp(export_country, "CN") == 0) {
        return PROFILE_CN;
    }
    return PROFILE_GENERIC;
}
