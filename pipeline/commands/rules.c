/* tidewaiter rules: the rules in force, by point; the packs they come from. */
#include "rules/rulebook.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/problems.h"
#include "commands/commands.h"
#include "commands/examples.h"
#include "commands/rules-pages.h"
#include "know.h"
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOADING = 7, LARGEST_CATALOGUE = 1 << 20 };

static void print_packs(const struct rulebook *rulebook) {
    for (size_t i = 0; i < rulebook_packs(rulebook); i++) {
        const struct pack *pack = rulebook_pack(rulebook, i);
        (void)printf("pack %s %s%s  sha256:%s\n", pack->id, pack->version ? pack->version : "-",
                     pack->ours ? "" : " (yours)", pack->digest);
        if (pack->untranslated) {
            (void)printf("  %u assertions have no Chinese text\n", pack->untranslated);
        }
    }
}

static void print_rules(const struct rulebook *rulebook) {
    size_t count = rulebook_count(rulebook);
    unsigned point = 0;
    for (size_t i = 0; i < count; i++) {
        struct rule_summary rule = rulebook_rule(rulebook, i);
        if (rule.point != point) {
            point = rule.point;
            (void)printf(point == LOADING ? "\nLoading and settlement\n" : "\nPoint %u\n", point);
        }
        (void)printf("  %-8s tier %u  %-7s %-10s  %s\n", rule.id, rule.tier, severity_name(rule.severity),
                     effect_name(rule.effect), rule.title);
    }
    (void)printf("\n%zu rules\n", count);
}

/* Rules of the catalogue that no pack in force has, with the reason (schemas/rules/catalogue.csv). */
static bool print_missing(const struct rulebook *rulebook, const struct options *options) {
    struct problems problems = {0};
    struct arena *arena = arena_new();
    struct csv csv = {0};
    size_t length = 0;
    unsigned missing = 0;
    char *data = know_data(options);
    const char *path = arena_printf(arena, "%s/rules/catalogue.csv", data ? data : ".");
    char *text = file_read(path, LARGEST_CATALOGUE, &length);
    bool fine = text && csv_read(arena, path, text, length, &csv, &problems);
    for (size_t i = 0; i < csv.count && fine; i++) {
        struct rule_summary rule;
        const char *id = csv_field(&csv.records[i], csv_column(&csv, "id"));
        if (!rulebook_find(rulebook, id, &rule)) {
            const char *reason = csv_field(&csv.records[i], csv_column(&csv, "reason"));
            (void)printf("%-8s tier %s  %s: %s\n", id, csv_field(&csv.records[i], csv_column(&csv, "tier")),
                         csv_field(&csv.records[i], csv_column(&csv, "title")), *reason ? reason : "not written yet");
            missing++;
        }
    }
    if (fine) {
        (void)printf("%u of %zu rules of the catalogue\n", missing, csv.count);
    } else {
        (void)fprintf(stderr, "tidewaiter rules: %s cannot be read\n", path);
        problems_print(&problems, stderr);
    }
    problems_free(&problems);
    free(text);
    free(data);
    arena_free(arena);
    return fine;
}

static void tell_example(void *context, const struct example_result *result) {
    bool *fine = context;
    if (result->mistake) {
        (void)printf("%s: example %zu: %s\n", result->rule->id, result->number, result->mistake);
    } else if (!example_holds(result)) {
        (void)printf("%s: example %zu: %s, not %s%s%s\n", result->rule->id, result->number, verdict_name(result->found),
                     result->example->verdict, result->message ? ": " : "", result->message ? result->message : "");
    }
    *fine = *fine && example_holds(result);
}

/* Runs the examples of the pack that is checked: the last, behind ours. */
static int check_examples(const struct knowledge *k, const struct options *options) {
    bool fine = true;
    char *schemas = know_data(options);
    const struct example_listener listener = {.tell = tell_example, .context = &fine};
    examples_run(k, schemas, rulebook_pack(k->rulebook, rulebook_packs(k->rulebook) - 1), &listener);
    free(schemas);
    if (fine) {
        (void)printf("%s: no mistake found\n", options->arguments.items[1]);
    }
    return fine ? EXIT_RELEASED : EXIT_HELD;
}

int command_rules(const struct options *options) {
    int code;
    struct options with = *options;
    bool check = options->arguments.count > 0 && strcmp(options->arguments.items[0], "check") == 0;
    if (options->arguments.count > (check ? 2 : 0) || (check && options->arguments.count != 2)) {
        (void)fputs("tidewaiter rules: takes no argument, or: check DIR\n", stderr);
        return EXIT_USAGE;
    }
    if (check) {
        with.rules = (struct texts){.items = &options->arguments.items[1], .count = 1};
    }
    struct knowledge *k = know(&with, &code);
    if (!k) {
        return code;
    }
    code = EXIT_RELEASED;
    if (check) {
        code = check_examples(k, options);
    } else if (options->missing) {
        code = print_missing(k->rulebook, options) ? EXIT_RELEASED : EXIT_USAGE;
    } else if (options->html) {
        code = rules_pages(k, options->html) ? EXIT_RELEASED : EXIT_FAULT;
    } else {
        print_packs(k->rulebook);
        print_rules(k->rulebook);
    }
    know_free(k);
    return code;
}
