/* Registered parties, and the lists of those with whom nobody may deal (FACTS 9: tw:registeredParty, tw:denied). */

#include "base/arena.h"
#include "base/decimal.h"
#include "base/fold.h"
#include "base/time.h"
#include "reference/inside.h"
#include "tree/fact.h"
#include "tree/names.h"

#include <string.h>

static const char other_scheme[] = "OTHER";

enum { BY_ID = 1 };

/* ---- registered parties ---- */

/* Rows of one id under any scheme, if all of them are one party; else none. */
static struct answer under_any_scheme(const struct reference *reference, struct arena *arena, const char *id,
                                      int32_t day) {
    struct answer answer = find_row(reference, arena, "party", BY_ID, id, day);

    for (size_t i = 1; i < answer.count; i++) {
        const char *first = fact_text(answer.rows[0], "name"), *name = fact_text(answer.rows[i], "name");
        if (first == NULL || name == NULL || !fold_same(arena, first, name, &reference->legal_forms)) {
            answer.count = 0;
        }
    }
    return answer;
}

struct answer reference_party(const struct reference *reference, struct arena *arena, const char *scheme,
                              const char *id, int32_t day) {
    struct answer answer;

    if (scheme != NULL && strcmp(scheme, other_scheme) != 0) {
        answer = find_rows(reference, arena, "party", 0, (const char *const[]){scheme, id}, 2, day);
        if (answer.count != 0) {
            return answer;
        }
    }
    return under_any_scheme(reference, arena, id, day);
}

struct answer reference_party_of(const struct reference *reference, struct arena *arena, const struct fact *party,
                                 int32_t day) {
    struct answer answer = {.state = reference_table(reference, "party")->state};

    for (const struct fact *id = fact_at(party, "id"); id != NULL && answer.count == 0; id = id->next_same) {
        if (id->value != NULL) {
            answer = reference_party(reference, arena, fact_text(id, "@scheme"), id->value, day);
        }
    }
    return answer;
}

/* ---- denied parties ---- */

struct denying {
    const struct reference *reference;
    struct arena *arena;   /* of the answer */
    struct arena *scratch; /* for one row: lists are long, and few of their rows match */
    const struct fact *party;
    const struct decimal *weak;
    int32_t day;
};

static bool same_text(const char *a, size_t length, const char *b) {
    return strlen(b) == length && strncmp(a, b, length) == 0;
}

/* "EORI:DE123" asks for the scheme too; a bare id matches under any, and so does every id of scheme OTHER. */
static bool matches_id(const struct fact *id, const char *entry) {
    const char *colon = strchr(entry, ':'), *scheme = fact_text(id, "@scheme");

    if (colon == NULL) {
        return strcmp(entry, id->value) == 0;
    }
    return strcmp(colon + 1, id->value) == 0 &&
           (scheme == NULL || strcmp(scheme, other_scheme) == 0 || same_text(entry, (size_t)(colon - entry), scheme));
}

static bool by_id(const struct denying *denying, const struct fact *row) {
    for (const struct fact *id = fact_at(denying->party, "id"); id != NULL; id = id->next_same) {
        for (const struct fact *entry = fact_at(row, "ids"); id->value != NULL && entry != NULL;
             entry = entry->next_same) {
            if (matches_id(id, entry->value)) {
                return true;
            }
        }
    }
    return false;
}

static void keep_greater(struct decimal *best, bool *any, const struct decimal *found) {
    if (!*any || decimal_compare(found, best) > 0) {
        *best = *found;
        *any = true;
    }
}

/* The greatest similarity of a name or alias of the party with a name of the row; false: none is in one script. */
static bool similarity(const struct denying *denying, const struct fact *row, struct decimal *best) {
    static const char *const columns[] = {"name", "alias"};
    struct decimal found;
    bool any = false;

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        for (const struct fact *own = fact_at(denying->party, columns[i]); own != NULL; own = own->next_same) {
            for (const struct fact *name = fact_at(row, "names"); own->value != NULL && name != NULL;
                 name = name->next_same) {
                if (fold_similar_name(denying->scratch, own->value, name->value, &denying->reference->legal_forms,
                                      &found)) {
                    keep_greater(best, &any, &found);
                }
            }
        }
    }
    return any;
}

/* The party's address on one line; NULL: none. */
static const char *address_line(struct arena *arena, const struct fact *party) {
    static const char *const parts[] = {"postcode", "city"};
    const struct fact *address = fact_at(party, "address");
    const char *text = "";

    if (address == NULL) {
        return NULL;
    }
    for (const struct fact *line = fact_at(address, "line"); line != NULL; line = line->next_same) {
        if (line->value != NULL) {
            text = arena_printf(arena, "%s %s", text, line->value);
        }
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *part = fact_text(address, parts[i]);
        if (part != NULL) {
            text = arena_printf(arena, "%s %s", text, part);
        }
    }
    return *text == '\0' ? NULL : text;
}

static bool address_similarity(const struct denying *denying, const struct fact *row, struct decimal *best) {
    const char *own = address_line(denying->scratch, denying->party);
    struct decimal found;
    bool any = false;

    for (const struct fact *address = fact_at(row, "addresses"); own != NULL && address != NULL;
         address = address->next_same) {
        if (fold_similar(denying->scratch, own, address->value, &found)) {
            keep_greater(best, &any, &found);
        }
    }
    return any;
}

/* A decision "not the same party" in force: a row of party.cleared for the same list and entry. */
static bool is_cleared(const struct denying *denying, const struct fact *row) {
    struct answer own = reference_party_of(denying->reference, denying->scratch, denying->party, denying->day);
    const char *list = fact_text(row, "list"), *entry = fact_text(row, "entry");

    for (size_t i = 0; i < own.count; i++) {
        for (const struct fact *cleared = fact_at(own.rows[i], "cleared"); cleared != NULL;
             cleared = cleared->next_same) {
            const char *until = fact_text(cleared, "until");
            int32_t last;
            bool running = until == NULL || !day_read(until, &last) || denying->day <= last;
            if (running && row_in_force(cleared, denying->day) && fact_is(cleared, "list", list) &&
                fact_is(cleared, "entry", entry)) {
                return true;
            }
        }
    }
    return false;
}

static void add_number(struct tree *tree, const char *name, const struct decimal *value) {
    char text[DECIMAL_TEXT];

    decimal_print(value, text);
    tree_add(tree, tree->root, name, text);
}

/* A copy of the row with what was found about it. */
static struct fact *found_row(const struct denying *denying, const struct fact *row, bool id,
                              const struct decimal *similar, bool have_similar) {
    struct tree tree = tree_new(denying->arena, denying->reference->names, "denied");
    const char *country = fact_text(denying->party, "address/country"), *own = fact_text(row, "country");
    struct decimal address;

    for (const struct fact *child = row->first; child != NULL; child = child->next) {
        tree_copy(&tree, tree.root, child, child->name);
    }
    tree_add(&tree, tree.root, "by", id ? "id" : "name");
    if (have_similar) {
        add_number(&tree, "similarity", similar);
    }
    if (address_similarity(denying, row, &address)) {
        add_number(&tree, "addressSimilarity", &address);
    }
    if (country != NULL && own != NULL) {
        tree_add(&tree, tree.root, "sameCountry", strcmp(country, own) == 0 ? "true" : "false");
    }
    tree_add(&tree, tree.root, "cleared", is_cleared(denying, row) ? "true" : "false");
    tree_number(&tree, 1);
    return tree.root;
}

/* NULL: the row is not about this party. */
static struct fact *judge(const struct denying *denying, const struct fact *row, size_t *not_compared) {
    struct decimal similar;
    bool named = fact_text(denying->party, "name") != NULL && fact_at(row, "names") != NULL;
    bool compared = similarity(denying, row, &similar);

    *not_compared += named && !compared;
    if (by_id(denying, row)) {
        return found_row(denying, row, true, &similar, compared);
    }
    if (compared && decimal_compare(&similar, denying->weak) >= 0) {
        return found_row(denying, row, false, &similar, true);
    }
    return NULL;
}

struct answer reference_denied(const struct reference *reference, struct arena *arena, const struct fact *party,
                               const struct decimal *name_weak, int32_t day, size_t *not_compared) {
    const struct table *table = reference_table(reference, "party.denied");
    struct denying denying = {
        .reference = reference, .arena = arena, .scratch = arena_new(), .party = party, .weak = name_weak, .day = day};
    struct fact **rows = NULL;
    size_t count = 0, capacity = 0, apart = 0;

    for (size_t i = 0; table->state == REGISTER_AVAILABLE && i < table->count; i++) {
        struct fact *found;
        if (day != ANY_DAY && (day < table->rows[i].from || table->rows[i].to < day)) {
            continue;
        }
        arena_reset(denying.scratch);
        found = judge(&denying, table->rows[i].fact, &apart);
        if (found == NULL) {
            continue;
        }
        if (count == capacity) {
            rows = arena_grow(arena, rows, &capacity, sizeof(struct fact *));
        }
        rows[count++] = found;
    }
    arena_free(denying.scratch);
    if (not_compared != NULL) {
        *not_compared = apart;
    }
    return (struct answer){.state = table->state, .rows = rows, .count = count};
}
