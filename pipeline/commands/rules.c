/* tidewaiter rules: the rules in force, by point; the packs they come from. */
#include "rules/rulebook.h"

#include "commands/commands.h"
#include "know.h"
#include "options.h"

#include <stdio.h>
#include <string.h>

enum { LOADING = 7 };

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
        return check ? EXIT_QUARANTINED : code;
    }
    if (check) {
        (void)printf("%s: no mistake found\n", options->arguments.items[1]);
    } else {
        print_packs(k->rulebook);
        print_rules(k->rulebook);
    }
    know_free(k);
    return EXIT_RELEASED;
}
