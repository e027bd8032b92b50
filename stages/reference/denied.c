/* The lists of those with whom nobody may deal (FACTS 9: tw:denied).
 *
 * The names of the lists are folded when the register is loaded; a name that cannot be similar enough is not compared.
 */

#include "base/arena.h"
#include "base/decimal.h"
#include "base/fold.h"
#include "base/time.h"
#include "reference/inside.h"
#include "tree/fact.h"
#include "tree/names.h"

#include <string.h>

static const char other_scheme[] = "OTHER";

/* ---- at start-up ---- */

static struct denied_row fold_row(struct reference *reference, struct arena *scratch, const struct fact *row) {
    size_t count = fact_count(row, "names"), used = 0;
    const struct fold_grams **names = arena_alloc(reference->arena, (count + 1) * sizeof(struct fold_grams *));

    for (const struct fact *name = fact_at(row, "names"); name != NULL; name = name->next_same) {
        arena_reset(scratch);
        names[used++] = fold_grams_copy(reference->arena, fold_grams(scratch, name->value, &reference->legal_forms));
    }
    return (struct denied_row){.names = names, .count = used};
}

void denied_fold(struct reference *reference) {
    const struct table *table = reference_table(reference, "party.denied");
    struct arena *scratch = arena_new();

    reference->denied = arena_zero(reference->arena, (table->count + 1) * sizeof *reference->denied);
    for (size_t i = 0; i < table->count; i++) {
        reference->denied[i] = fold_row(reference, scratch, table->rows[i].fact);
    }
    arena_free(scratch);
}

/* ---- a look-up ---- */

struct denying {
    const struct reference *reference;
    struct arena *arena;
    const struct fact *party;
    const struct fold_grams **own; /* of its names and aliases */
    size_t own_count;
    bool named;
    const struct decimal *weak;
    int64_t least; /* the same in ten-thousandths, rounded down */
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
static bool similarity(const struct denying *denying, const struct denied_row *row, struct decimal *best) {
    struct decimal found;
    bool any = false;

    for (size_t i = 0; i < denying->own_count; i++) {
        for (size_t j = 0; j < row->count; j++) {
            if (fold_grams_similar(denying->own[i], row->names[j], &found)) {
                keep_greater(best, &any, &found);
            }
        }
    }
    return any;
}

/* Whether the row is in the script of one of the party's names, and whether one may be similar enough. */
static void screen(const struct denying *denying, const struct denied_row *row, bool *meet, bool *reach) {
    *meet = *reach = false;
    for (size_t i = 0; i < denying->own_count; i++) {
        for (size_t j = 0; j < row->count; j++) {
            bool one_script = fold_grams_meet(denying->own[i], row->names[j]);
            *meet = *meet || one_script;
            *reach = *reach || (one_script && fold_grams_may_reach(denying->own[i], row->names[j], denying->least));
        }
    }
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
    const char *own = address_line(denying->arena, denying->party);
    struct decimal found;
    bool any = false;

    for (const struct fact *address = fact_at(row, "addresses"); own != NULL && address != NULL;
         address = address->next_same) {
        if (fold_similar(denying->arena, own, address->value, &found)) {
            keep_greater(best, &any, &found);
        }
    }
    return any;
}

/* A decision "not the same party" in force: a row of party.cleared for the same list and entry. */
static bool is_cleared(const struct denying *denying, const struct fact *row) {
    struct answer own = reference_party_of(denying->reference, denying->arena, denying->party, denying->day);
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
static struct fact *judge(const struct denying *denying, const struct fact *row, const struct denied_row *folded,
                          size_t *not_compared) {
    struct decimal similar;
    bool meet, reach, own = by_id(denying, row);

    screen(denying, folded, &meet, &reach);
    *not_compared += denying->named && folded->count != 0 && !meet;
    if (!own && !reach) {
        return NULL;
    }
    bool compared = similarity(denying, folded, &similar);
    if (own || (compared && decimal_compare(&similar, denying->weak) >= 0)) {
        return found_row(denying, row, own, &similar, compared);
    }
    return NULL;
}

static void fold_own(struct denying *denying) {
    static const char *const columns[] = {"name", "alias"};
    size_t count = fact_count(denying->party, columns[0]) + fact_count(denying->party, columns[1]);

    denying->own = arena_alloc(denying->arena, (count + 1) * sizeof(struct fold_grams *));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        for (const struct fact *name = fact_at(denying->party, columns[i]); name != NULL; name = name->next_same) {
            if (name->value != NULL) {
                denying->own[denying->own_count++] =
                    fold_grams(denying->arena, name->value, &denying->reference->legal_forms);
            }
        }
    }
    denying->named = fact_text(denying->party, columns[0]) != NULL;
}

/* 0 where it cannot be said: then every name is compared. */
static int64_t ten_thousandths(const struct decimal *weak) {
    const struct decimal whole = decimal_from(10000);
    struct decimal many;
    int64_t least;

    bool known = decimal_multiply(weak, &whole, &many) && decimal_round(&many, 0, ROUND_DOWN, &many) &&
                 decimal_to_integer(&many, &least);
    return known ? least : 0;
}

struct answer reference_denied(const struct reference *reference, struct arena *arena, const struct fact *party,
                               const struct decimal *name_weak, int32_t day, size_t *not_compared) {
    const struct table *table = reference_table(reference, "party.denied");
    struct denying denying = {.reference = reference, .arena = arena, .party = party, .weak = name_weak, .day = day};
    struct fact **rows = NULL;
    size_t count = 0, capacity = 0, apart = 0;

    denying.least = ten_thousandths(name_weak);
    fold_own(&denying);
    for (size_t i = 0; table->state == REGISTER_AVAILABLE && i < table->count; i++) {
        if (day != ANY_DAY && (day < table->rows[i].from || table->rows[i].to < day)) {
            continue;
        }
        struct fact *found = judge(&denying, table->rows[i].fact, &reference->denied[i], &apart);
        if (found == NULL) {
            continue;
        }
        if (count == capacity) {
            rows = arena_grow(arena, rows, &capacity, sizeof(struct fact *));
        }
        rows[count++] = found;
    }
    if (not_compared != NULL) {
        *not_compared = apart;
    }
    return (struct answer){.state = table->state, .rows = rows, .count = count};
}
