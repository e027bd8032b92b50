/* tidewaiter explain: what a rule, a quarantine reason or an outcome means, and how to mend it. */
#include "rules/explain.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/problems.h"
#include "commands/commands.h"
#include "know.h"
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_TEXTS = 1 << 20 };

/* Reasons and outcomes stand in schemas/decision/meanings.csv: id, meaning, source, mend, passes, fails. */
static bool explain_meaning(struct arena *arena, const struct options *options, const char *id, bool *found) {
    struct problems problems = {0};
    struct csv csv;
    size_t length = 0;
    char *data = know_data(options);
    if (!data) {
        return false;
    }
    const char *path = arena_printf(arena, "%s/decision/meanings.csv", data);
    free(data);
    char *text = file_read(path, LARGEST_TEXTS, &length);
    if (!text || !csv_read(arena, path, text, length, &csv, &problems)) {
        (void)fprintf(stderr, "tidewaiter: %s cannot be read\n", path);
        problems_print(&problems, stderr);
        problems_free(&problems);
        free(text);
        return false;
    }
    free(text);
    for (size_t i = 0; i < csv.count; i++) {
        const struct csv_record *record = &csv.records[i];
        if (strcmp(csv_field(record, csv_column(&csv, "id")), id) == 0) {
            static const char *const parts[] = {"meaning", "source", "mend", "passes", "fails"};
            *found = true;
            (void)printf("%s\n", id);
            for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
                const char *part = csv_field(record, csv_column(&csv, parts[p]));
                if (*part) {
                    (void)printf("  %-8s %s\n", parts[p], part);
                }
            }
        }
    }
    return true;
}

static const char *nearest_rule(const struct knowledge *k, struct arena *arena, const char *id) {
    size_t count = rulebook_count(k->rulebook);
    const char **ids = arena_alloc(arena, (count + 1) * sizeof *ids);
    for (size_t i = 0; i < count; i++) {
        ids[i] = rulebook_rule(k->rulebook, i).id;
    }
    return problem_nearest(id, ids, count);
}

int command_explain(const struct options *options) {
    int code = EXIT_USAGE;
    if (options->arguments.count != 1) {
        (void)fputs("tidewaiter explain: name one rule, quarantine reason or outcome: tidewaiter explain D-255\n",
                    stderr);
        return EXIT_USAGE;
    }
    const char *id = options->arguments.items[0];
    struct arena *arena = arena_new();
    bool found = false;
    if (!explain_meaning(arena, options, id, &found)) {
        arena_free(arena);
        return EXIT_USAGE;
    }
    if (found) {
        arena_free(arena);
        return EXIT_RELEASED;
    }
    struct knowledge *k = know(options, &code);
    if (k) {
        const char *text = rule_explain(k->rulebook, arena, id, k->chinese_first);
        const char *nearest = text ? NULL : nearest_rule(k, arena, id);
        if (text) {
            (void)fputs(text, stdout);
            code = EXIT_RELEASED;
        } else {
            (void)fprintf(stderr, "tidewaiter explain: nothing has the id \"%s\"%s%s%s\n", id,
                          nearest ? "; did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "");
        }
    }
    know_free(k);
    arena_free(arena);
    return code;
}
