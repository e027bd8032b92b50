#include "rules/conditions.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/problems.h"
#include "consignment.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE = 1 << 20 };

static int letter_of(const char *id) {
    return *id >= 'A' && *id <= 'Z' ? *id - 'A' : -1;
}

/* "P-106", "P-119..P-124", "D-*". */
static void add_word(struct arena *arena, struct conditions *conditions, const char *text, unsigned condition) {
    int letter = letter_of(text);
    if (letter < 0) {
        return; /* no id begins so */
    }
    struct rule_word *word = arena_zero(arena, sizeof *word);
    const char *dots = strstr(text, "..");
    word->length = dots ? (size_t)(dots - text) : strcspn(text, "*");
    word->family = !dots && text[word->length] == '*';
    word->first = text;
    word->last = dots ? dots + 2 : text;
    word->conditions = condition;
    if (strlen(word->last) < word->length) {
        return; /* the ends of a range are alike, or it holds nothing */
    }
    word->next = conditions->words[letter];
    conditions->words[letter] = word;
}

static void read_list(struct arena *arena, struct conditions *conditions, const char *list, unsigned condition) {
    for (list += strspn(list, " "); *list; list += strspn(list, " ")) {
        size_t length = strcspn(list, " ");
        add_word(arena, conditions, arena_copy(arena, list, length), condition);
        list += length;
    }
}

struct conditions *conditions_load(struct arena *arena, const char *file, struct problems *problems) {
    struct csv csv;
    size_t length = 0;
    char *text = file_read(file, LARGEST_FILE, &length);
    if (!text) {
        problem(problems, file, 0, 0, "cannot be read");
        return NULL;
    }
    bool fine = csv_read(arena, file, text, length, &csv, problems);
    free(text);
    int id = csv_column(&csv, "id");
    int rules = csv_column(&csv, "rules");
    if (!fine || id < 0 || rules < 0) {
        problem(problems, file, 1, 0, "the columns are id, rules, title, title_zh");
        return NULL;
    }
    if (csv.count > CONDITIONS) {
        problem(problems, file, csv.records[CONDITIONS].line, 0, "more than %d conditions", CONDITIONS);
        return NULL;
    }
    struct condition_row *rows = arena_alloc(arena, csv.count * sizeof *rows);
    struct conditions *made = arena_zero(arena, sizeof *made);
    for (size_t i = 0; i < csv.count; i++) {
        rows[i] = (struct condition_row){
            .id = csv_field(&csv.records[i], id),
            .title = csv_field(&csv.records[i], csv_column(&csv, "title")),
            .title_zh = csv_field(&csv.records[i], csv_column(&csv, "title_zh")),
        };
        read_list(arena, made, csv_field(&csv.records[i], rules), 1U << i);
    }
    made->rows = rows;
    made->count = csv.count;
    return made;
}

/* Ids of one family have one length, so that their order is the order of their bytes. */
static bool is_meant(const struct rule_word *word, const char *rule, size_t length) {
    if (word->family) {
        return length >= word->length && memcmp(rule, word->first, word->length) == 0;
    }
    return length == word->length && memcmp(rule, word->first, length) >= 0 && memcmp(rule, word->last, length) <= 0;
}

unsigned conditions_of(const struct conditions *conditions, const char *rule) {
    unsigned found = 0;
    size_t length = strlen(rule);
    int letter = letter_of(rule);
    for (const struct rule_word *word = letter < 0 ? NULL : conditions->words[letter]; word; word = word->next) {
        found |= is_meant(word, rule, length) ? word->conditions : 0;
    }
    return found;
}
