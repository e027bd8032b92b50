#include "rules/conditions.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/problems.h"
#include "consignment.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE = 1 << 20 };

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
    for (size_t i = 0; i < csv.count; i++) {
        rows[i] = (struct condition_row){
            .id = csv_field(&csv.records[i], id),
            .rules = csv_field(&csv.records[i], rules),
            .title = csv_field(&csv.records[i], csv_column(&csv, "title")),
            .title_zh = csv_field(&csv.records[i], csv_column(&csv, "title_zh")),
        };
    }
    struct conditions *made = arena_alloc(arena, sizeof *made);
    *made = (struct conditions){.rows = rows, .count = csv.count};
    return made;
}

static bool equals(const char *id, const char *word, size_t length) {
    return strlen(id) == length && memcmp(id, word, length) == 0;
}

/* Ids of one family have one length, so that their order is the order of their bytes. */
static bool word_matches(const char *word, size_t length, const char *rule) {
    if (length && word[length - 1] == '*') {
        return strncmp(rule, word, length - 1) == 0;
    }
    const char *dots = memmem(word, length, "..", 2);
    if (!dots) {
        return equals(rule, word, length);
    }
    size_t first = (size_t)(dots - word);
    size_t last = length - first - 2;
    return strlen(rule) == first && strlen(rule) == last && strncmp(rule, word, first) >= 0 &&
           strncmp(rule, dots + 2, last) <= 0;
}

bool rule_in_list(const char *list, const char *rule) {
    while (*list) {
        list += strspn(list, " ");
        size_t length = strcspn(list, " ");
        if (length && word_matches(list, length, rule)) {
            return true;
        }
        list += length;
    }
    return false;
}
