#include "reference/registers.h"

#include "base/arena.h"
#include "reference/hash.h"
#include "tree/fact.h"

#include <string.h>

enum { MOST_KEY_COLUMNS = 8 };

/* One look-up key: rows by the values of its columns. A row stands in it once for each value of a column of many. */
struct index {
    const struct column *columns[MOST_KEY_COLUMNS];
    size_t width;
    struct hash hash;
    const uint32_t *rows; /* of each entry of the hash */
};

/* ---- keys ---- */

/* Identifiers are compared without blanks and in upper case (CATALOGUE-A 1), codes as they are. */
static bool is_blank(char character) {
    return character == ' ' || character == '\t';
}

static int upper(char character) {
    return character >= 'a' && character <= 'z' ? character - 'a' + 'A' : character;
}

static bool same_value(const struct column *column, const char *a, const char *b) {
    if (column->type != TYPE_IDENTIFIER) {
        return strcmp(a, b) == 0;
    }
    for (;; a++, b++) {
        for (; is_blank(*a); a++) {
        }
        for (; is_blank(*b); b++) {
        }
        if (upper(*a) != upper(*b)) {
            return false;
        }
        if (*a == '\0') {
            return true;
        }
    }
}

static uint64_t value_hash(const struct column *column, uint64_t hash, const char *value) {
    char letter[2] = {0};

    if (column->type != TYPE_IDENTIFIER) {
        return hash_text(hash, value);
    }
    for (; *value != '\0'; value++) {
        if (!is_blank(*value)) {
            letter[0] = (char)upper(*value);
            hash = hash_text(hash, letter);
        }
    }
    return hash_text(hash, "");
}

/* The value of a row in a key column; absent is "", as a key of the register may be. */
static const char *key_value(const struct row *row, const struct column *column) {
    const char *value = fact_text(row->fact, column->name);

    return value == NULL ? "" : value;
}

/* ---- building ---- */

static size_t key_count(const struct kind *kind) {
    size_t count = 0;

    for (size_t i = 0; i < kind->count; i++) {
        while (kind->columns[i].keys >> count != 0) {
            count++;
        }
    }
    return count;
}

static void key_columns(const struct kind *kind, size_t key, struct index *index) {
    for (size_t i = 0; i < kind->count && index->width < MOST_KEY_COLUMNS; i++) {
        if ((kind->columns[i].keys >> key & 1) != 0 && !kind->columns[i].outer) {
            index->columns[index->width++] = &kind->columns[i];
        }
    }
}

struct entries {
    uint64_t *hashes;
    uint32_t *rows;
    size_t count, capacity, row_capacity;
};

static void add_entry(struct arena *arena, struct entries *entries, uint64_t hash, size_t row) {
    if (entries->count == entries->capacity) {
        entries->hashes = arena_grow(arena, entries->hashes, &entries->capacity, sizeof *entries->hashes);
    }
    if (entries->count == entries->row_capacity) {
        entries->rows = arena_grow(arena, entries->rows, &entries->row_capacity, sizeof *entries->rows);
    }
    entries->hashes[entries->count] = hash;
    entries->rows[entries->count++] = (uint32_t)row;
}

/* A key of one column of many values has an entry for each; other keys have one for each row. */
static void index_row(struct arena *arena, const struct index *index, const struct row *row, size_t number,
                      struct entries *entries) {
    uint64_t hash = HASH_START;

    if (index->width == 1 && index->columns[0]->many) {
        for (struct fact *value = fact_at(row->fact, index->columns[0]->name); value != NULL;
             value = value->next_same) {
            add_entry(arena, entries, value_hash(index->columns[0], HASH_START, value->value), number);
        }
        return;
    }
    for (size_t i = 0; i < index->width; i++) {
        hash = value_hash(index->columns[i], hash, key_value(row, index->columns[i]));
    }
    add_entry(arena, entries, hash, number);
}

void table_index(struct arena *arena, struct table *table) {
    size_t count = key_count(table->kind);
    struct index *indexes = arena_zero(arena, count * sizeof *indexes);

    for (size_t key = 0; key < count; key++) {
        struct entries entries = {0};
        key_columns(table->kind, key, &indexes[key]);
        for (size_t i = 0; i < table->count; i++) {
            index_row(arena, &indexes[key], &table->rows[i], i, &entries);
        }
        indexes[key].hash = hash_new(arena, entries.count);
        for (size_t i = 0; i < entries.count; i++) {
            hash_add(&indexes[key].hash, entries.hashes[i], i);
        }
        indexes[key].rows = entries.rows;
    }
    table->indexes = indexes;
    table->index_count = count;
}

/* ---- look-ups ---- */

static bool is_valid(const struct row *row, int32_t day) {
    return day == ANY_DAY || (row->from <= day && day <= row->to);
}

static bool column_matches(const struct column *column, const struct row *row, const char *value) {
    struct fact *fact = fact_at(row->fact, column->name);

    if (fact == NULL) {
        return *value == '\0';
    }
    for (; fact != NULL; fact = fact->next_same) {
        if (same_value(column, fact->value, value)) {
            return true;
        }
    }
    return false;
}

static bool row_matches(const struct index *index, const struct row *row, const char *const *values, size_t count) {
    for (size_t i = 0; i < index->width && i < count; i++) {
        if (values[i] != NULL && !column_matches(index->columns[i], row, values[i])) {
            return false;
        }
    }
    return true;
}

struct found {
    struct arena *arena;
    struct fact **rows;
    size_t count, capacity;
};

static void add_found(struct found *found, const struct row *row) {
    if (found->count > 0 && found->rows[found->count - 1] == row->fact) {
        return; /* a value that a row has twice */
    }
    if (found->count == found->capacity) {
        found->rows = arena_grow(found->arena, found->rows, &found->capacity, sizeof(struct fact *));
    }
    found->rows[found->count++] = row->fact;
}

static struct answer answer_of(const struct table *table, const struct found *found) {
    return (struct answer){.state = table->state, .rows = found->rows, .count = found->count};
}

static bool is_whole_key(const struct index *index, const char *const *values, size_t count) {
    for (size_t i = 0; i < index->width; i++) {
        if (i >= count || values[i] == NULL) {
            return false;
        }
    }
    return true;
}

/* A walk over the rows that match: by the hash where the key is whole, else over all rows. */
struct walk {
    const struct table *table;
    const struct index *index;
    const char *const *values;
    size_t count;
    int32_t day;
    bool hashed;
    size_t at; /* entry of the hash, or row */
};

static struct walk walk_new(const struct table *table, unsigned key, const char *const *values, size_t count,
                            int32_t day) {
    struct walk walk = {.table = table, .values = values, .count = count, .day = day, .at = HASH_NONE};
    uint64_t hash = HASH_START;

    if (table->state != REGISTER_AVAILABLE || key >= table->index_count) {
        walk.hashed = true; /* of nothing */
        return walk;
    }
    walk.index = &table->indexes[key];
    walk.hashed = is_whole_key(walk.index, values, count);
    walk.at = 0;
    if (walk.hashed) {
        for (size_t i = 0; i < walk.index->width; i++) {
            hash = value_hash(walk.index->columns[i], hash, values[i]);
        }
        walk.at = hash_first(&walk.index->hash, hash);
    }
    return walk;
}

/* The next row that matches, or NULL. */
static const struct row *walk_next(struct walk *walk) {
    while (walk->hashed ? walk->at != HASH_NONE : walk->at < walk->table->count) {
        const struct row *row = &walk->table->rows[walk->hashed ? walk->index->rows[walk->at] : walk->at];
        walk->at = walk->hashed ? hash_next(&walk->index->hash, walk->at) : walk->at + 1;
        if (is_valid(row, walk->day) && row_matches(walk->index, row, walk->values, walk->count)) {
            return row;
        }
    }
    return NULL;
}

struct answer table_find(const struct table *table, struct arena *arena, unsigned key, const char *const *values,
                         size_t count, int32_t day) {
    struct walk walk = walk_new(table, key, values, count, day);
    struct found found = {.arena = arena};

    for (const struct row *row = walk_next(&walk); row != NULL; row = walk_next(&walk)) {
        add_found(&found, row);
    }
    return answer_of(table, &found);
}

struct fact *table_first(const struct table *table, unsigned key, const char *const *values, size_t count,
                         int32_t day) {
    struct walk walk = walk_new(table, key, values, count, day);
    const struct row *row = walk_next(&walk);

    return row == NULL ? NULL : row->fact;
}

struct answer table_all(const struct table *table, struct arena *arena, int32_t day) {
    struct found found = {.arena = arena};

    for (size_t i = 0; table->state == REGISTER_AVAILABLE && i < table->count; i++) {
        if (is_valid(&table->rows[i], day)) {
            add_found(&found, &table->rows[i]);
        }
    }
    return answer_of(table, &found);
}

bool table_complete(const struct table *table, const char *issuer) {
    for (size_t i = 0; i < table->complete_count; i++) {
        if (strcmp(table->complete[i], "*") == 0 || strcmp(table->complete[i], issuer) == 0) {
            return true;
        }
    }
    return false;
}
