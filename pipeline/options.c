#include "options.h"

#include "base/fault.h"
#include "base/problems.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum kind { FLAG, TEXT, LIST, NUMBER };

struct option_row {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* its name in the help; NULL: a flag */
    enum kind kind;
    size_t at;            /* offset in struct options */
    const char *commands; /* that take it, apart by blanks; "*": all */
    const char *help;
};

#define AT(field) offsetof(struct options, field)

static const struct option_row rows[] = {
    {"out", 'o', "DIR", TEXT, AT(out), "review keygen", "where the files go that are written"},
    {"format", 0, "FORMAT", TEXT, AT(format), "review",
     "what goes to stdout: table (on a terminal), jsonl (else), csv, svrl, xvrl, junit"},
    {"workers", 'j', "N", NUMBER, AT(workers), "review", "worker processes; 0: one per core (default)"},
    {"as-of", 0, "DATE", TEXT, AT(as_of), "review normalise rules explain",
     "law and data of that day, instead of the acceptance date"},
    {"now", 0, "DATETIME", TEXT, AT(now), "review normalise registers keygen",
     "the run's clock; default: the time of start"},
    {"registers", 0, "FILE", TEXT, AT(registers), "review normalise registers rules",
     "register file (SQLite); default: $TIDEWAITER_REGISTERS, else the fixtures' in a build tree"},
    {"policy", 0, "FILE", TEXT, AT(policy), "review normalise policy rules", "policy file; default: the defaults"},
    {"rules", 0, "DIR", LIST, AT(rules), "review rules explain", "a rule pack of yours, beside ours; repeatable"},
    {"schemas", 0, "DIR", TEXT, AT(schemas), "review normalise", "official XSDs instead of our profiles"},
    {"key", 0, "FILE", TEXT, AT(key), "review", "private key of the seal (PEM, or PKCS#12 with its certificate)"},
    {"cert", 0, "FILE", TEXT, AT(cert), "review verify",
     "certificate of the seal; verify: the one to be trusted, or its issuer's"},
    {"type", 0, "TYPE", TEXT, AT(type), "keygen", "rsa (default; repeats byte for byte) or ec (cheaper)"},
    {"pass-file", 0, "FILE", TEXT, AT(pass_file), "review", "file that holds the passphrase of the key"},
    {"crl", 0, "FILE", TEXT, AT(crl), "review verify", "revoked certificates"},
    {"no-seal", 0, NULL, FLAG, AT(no_seal), "review", "write unsigned containers, without a warning"},
    {"null", '0', NULL, FLAG, AT(null_separated), "review", "lists of inputs are separated by NUL"},
    {"as", 0, "KIND", TEXT, AT(as), "review", "bundle or archive: what an input is, where it could be both"},
    {"stylesheet", 0, "FILE", TEXT, AT(stylesheet), "review", "your own XSLT 1.0 over the record"},
    {"mode", 0, "MODE", TEXT, AT(mode), "review", "live (default), or audit: verdicts on past clearances"},
    {"strict", 0, NULL, FLAG, AT(strict), "review", "what cannot be decided holds the goods (default)"},
    {"lenient", 0, NULL, FLAG, AT(lenient), "review", "what cannot be decided is remarked, where the law lets it"},
    {"until", 0, "STAGE", TEXT, AT(until), "review", "print the case after that stage; writes nothing"},
    {"again", 0, NULL, FLAG, AT(again), "review", "review bundles anew that the ledger knows"},
    {"ledger", 0, "FILE", TEXT, AT(ledger), "review", "the ledger; default: DIR/ledger.sqlite"},
    {"pages", 0, NULL, FLAG, AT(pages), "review", "pages of bundles that were not released, as DIR/pages/NAME/"},
    {"lang", 0, "LANG", TEXT, AT(lang), "review rules explain", "language of pages: en, zh, or en,zh"},
    {"log", 0, "FORM", TEXT, AT(log), "review", "messages as text (default) or json"},
    {"profile", 0, NULL, FLAG, AT(profile), "review", "time of each stage, steps of each rule, to stderr"},
    {"quiet", 'q', NULL, FLAG, AT(quiet), "review verify", "no progress, no summary"},
    {"unread", 0, NULL, FLAG, AT(unread), "normalise", "list what no map read"},
    {"effective", 0, NULL, FLAG, AT(effective), "policy", "the values in force, and where each came from"},
    {"as-at", 0, "DATE", TEXT, AT(as_at), "registers", "day on which the source was published"},
    {"complete", 0, "ISSUER", LIST, AT(complete), "registers", "the source has every row of that issuer; repeatable"},
    {"merge", 0, NULL, FLAG, AT(merge), "registers", "add rows, replace those with the same key"},
    {"missing", 0, NULL, FLAG, AT(missing), "rules", "rules that nothing can feed, with the reason"},
    {"html", 0, "DIR", TEXT, AT(html), "rules", "write the catalogue as pages"},
    {"help", 'h', NULL, FLAG, AT(help), "*", "this help"},
};

enum { ROWS = sizeof rows / sizeof *rows, COLUMN = 26 };

static bool takes(const struct option_row *row, const struct command *command) {
    if (strcmp(row->commands, "*") == 0) {
        return true;
    }
    const char *list = row->commands;
    size_t wanted = strlen(command->name);
    while (*list) {
        size_t length = strcspn(list, " ");
        if (length == wanted && strncmp(list, command->name, length) == 0) {
            return true;
        }
        list += length + strspn(list + length, " ");
    }
    return false;
}

static void add_text(struct texts *texts, const char *text) {
    texts->items = fault_realloc(texts->items, (texts->count + 1) * sizeof *texts->items);
    texts->items[texts->count++] = text;
}

static bool store(const struct command *command, const struct option_row *row, const char *value,
                  struct options *options) {
    char *field = (char *)options + row->at;
    char *end = NULL;
    switch (row->kind) {
    case FLAG:
        *(bool *)field = true;
        return true;
    case TEXT:
        *(const char **)(void *)field = value;
        return true;
    case LIST:
        add_text((struct texts *)(void *)field, value);
        return true;
    case NUMBER:
        errno = 0;
        *(long *)(void *)field = strtol(value, &end, 10);
        if (!*value || *end || errno || *(long *)(void *)field < 0 || *(long *)(void *)field > 1024) {
            (void)fprintf(stderr, "tidewaiter %s: --%s takes a number from 0 to 1024, not \"%s\"\n", command->name,
                          row->name, value);
            return false;
        }
        return true;
    }
    return false;
}

/* getopt's own message is off: it names neither the command nor the nearest option. */
static bool refuse(const struct command *command, const char *word, int problem) {
    const char *candidates[ROWS];
    size_t count = 0;
    for (size_t i = 0; i < ROWS; i++) {
        if (takes(&rows[i], command)) {
            candidates[count++] = rows[i].name;
        }
    }
    if (problem == ':') {
        (void)fprintf(stderr, "tidewaiter %s: %s needs a value", command->name, word);
    } else {
        const char *nearest = strncmp(word, "--", 2) == 0 ? problem_nearest(word + 2, candidates, count) : NULL;
        (void)fprintf(stderr, "tidewaiter %s: there is no option %s", command->name, word);
        if (nearest) {
            (void)fprintf(stderr, "; did you mean --%s?", nearest);
        }
    }
    (void)fprintf(stderr, "\nTry: tidewaiter %s --help\n", command->name);
    return false;
}

bool options_read(const struct command *command, int count, char **values, struct options *options) {
    struct option longs[ROWS + 1] = {{0}};
    char shorts[ROWS * 2 + 2] = ":";
    size_t used = 0;
    size_t letters = 1;
    for (size_t i = 0; i < ROWS; i++) {
        if (!takes(&rows[i], command)) {
            continue;
        }
        longs[used++] = (struct option){
            .name = rows[i].name,
            .has_arg = rows[i].argument ? required_argument : no_argument,
            .val = (int)i + 256,
        };
        if (rows[i].letter) {
            shorts[letters++] = rows[i].letter;
            if (rows[i].argument) {
                shorts[letters++] = ':';
            }
        }
    }
    shorts[letters] = '\0';
    optind = 1;
    for (;;) {
        int at = optind;
        int found = getopt_long(count, values, shorts, longs, NULL);
        if (found == -1) {
            break;
        }
        if (found == '?' || found == ':') {
            return refuse(command, values[at < count ? at : count - 1], found);
        }
        for (size_t i = 0; i < ROWS; i++) {
            bool is_this =
                found >= 256 ? (size_t)found == i + 256 : rows[i].letter == found && takes(&rows[i], command);
            if (is_this && !store(command, &rows[i], optarg, options)) {
                return false;
            }
        }
    }
    for (int i = optind; i < count; i++) {
        add_text(&options->arguments, values[i]);
    }
    return true;
}

void options_free(struct options *options) {
    free(options->arguments.items);
    free(options->rules.items);
    free(options->complete.items);
}

const struct command *command_find(const char *name) {
    for (const struct command *command = commands; command->name; command++) {
        if (strcmp(command->name, name) == 0) {
            return command;
        }
    }
    return NULL;
}

const char *nearest_command(const char *word) {
    const char *names[64];
    size_t count = 0;
    for (const struct command *command = commands; command->name && count < sizeof names / sizeof *names; command++) {
        names[count++] = command->name;
    }
    return problem_nearest(word, names, count);
}

void help_program(FILE *stream) {
    (void)fputs("tidewaiter reviews customs clearances: a document bundle in, an annotated clearance bundle out.\n\n"
                "  tidewaiter COMMAND [OPTIONS] [ARGUMENTS]\n\n",
                stream);
    for (const struct command *command = commands; command->name; command++) {
        (void)fprintf(stream, "  %-10s  %s\n", command->name, command->summary);
    }
    (void)fputs("\nThree to begin with:\n"
                "  tidewaiter review bundle.zip --out out     review one bundle; out/bundle.asice is the result\n"
                "  tidewaiter normalise declaration.xml       what the program reads in a document\n"
                "  tidewaiter explain D-255                   what a rule means, and how to mend what it finds\n\n"
                "Exit codes: 0 every bundle released, 1 some held, referred or rejected, 2 some quarantined,\n"
                "3 usage or configuration, 4 a fault of the program or the machine; any other: failure.\n"
                "More: tidewaiter COMMAND --help\n",
                stream);
}

void help_command(FILE *stream, const struct command *command) {
    (void)fprintf(stream, "tidewaiter %s\n\n%s.\n\n", command->synopsis, command->summary);
    for (size_t i = 0; i < ROWS; i++) {
        if (!takes(&rows[i], command)) {
            continue;
        }
        char left[64];
        (void)snprintf(left, sizeof left, "%c%c%s--%s%s%s", rows[i].letter ? '-' : ' ',
                       rows[i].letter ? rows[i].letter : ' ', rows[i].letter ? ", " : "  ", rows[i].name,
                       rows[i].argument ? " " : "", rows[i].argument ? rows[i].argument : "");
        (void)fprintf(stream, "  %-*s %s\n", COLUMN, left, rows[i].help);
    }
    (void)fprintf(stream, "\nExample: %s\n  %s\n", command->shows, command->example);
}
