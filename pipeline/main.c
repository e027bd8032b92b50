/* tidewaiter: finds the command, reads its options, runs it. */
#include "commands/commands.h"
#include "options.h"
#include "xml/parse.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

const struct command commands[] = {
    {"review", "review INPUT... --out DIR", "Reviews bundles: files, folders, archives of bundles, @list, - for a list",
     "tidewaiter review filings/ --out out --now 2026-03-09T08:00:00Z",
     "every bundle below filings/, with a fixed clock, so that two runs give the same bytes", true, command_review},
    {"normalise", "normalise FILE...",
     "Prints the dossier of documents or bundles as XML, with the source of each fact",
     "tidewaiter normalise --unread declaration.xml", "the facts of one declaration, and what no map read", true,
     command_normalise},
    {"verify", "verify BUNDLE...",
     "Checks digests and seal of annotated bundles: who sealed what and when, and what was changed since",
     "tidewaiter verify out/x.asice --cert seal/certificate.pem",
     "whether anybody changed the bundle after the review, and whether that seal is on it", true, command_verify},
    {"keygen", "keygen --out DIR", "Makes a key and a certificate to try the seal with",
     "tidewaiter keygen --type rsa --out seal", "seal/key.pem and seal/certificate.pem, for --key and --cert", false,
     command_keygen},
    {"stages", "stages", "Lists the ten stages of the chain, and what each reads and adds", "tidewaiter stages",
     "the way of a bundle through the program", false, command_stages},
    {"dialects", "dialects", "Lists the dialects: versions, bases, and the kinds of documents they provide",
     "tidewaiter dialects", "which formats can be handed in", false, command_dialects},
    {"rules", "rules [check DIR]", "Lists the rules in force; check lints a pack and runs its examples",
     "tidewaiter rules --rules acme", "our rules and those of the pack in acme/", true, command_rules},
    {"explain", "explain ID", "Explains a rule, a quarantine reason or an outcome: meaning, source, how to mend",
     "tidewaiter explain D-255", "one rule, with an example that passes and one that fails", true, command_explain},
    {"registers", "registers import KIND FILE.csv | status | export KIND",
     "Reference data with effective dates, in one SQLite file",
     "tidewaiter registers import office offices.csv --as-at 2026-03-01 --registers data.sqlite",
     "replaces all rows of register office by those of the file, or none", true, command_registers},
    {"policy", "policy show | check FILE", "Shows the parameters, or says what is wrong in a policy and where",
     "tidewaiter policy show --effective --policy site.policy", "every value in force, and where it came from", true,
     command_policy},
    {0},
};

int main(int count, char **values) {
    (void)signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a fault to tell, not a death */
    if (count < 2 || strcmp(values[1], "--help") == 0 || strcmp(values[1], "-h") == 0) {
        help_program(count < 2 ? stderr : stdout);
        return count < 2 ? EXIT_USAGE : EXIT_RELEASED;
    }
    if (strcmp(values[1], "--version") == 0) {
        (void)printf("tidewaiter %s\n", TIDEWAITER_VERSION);
        return EXIT_RELEASED;
    }
    const struct command *command = command_find(values[1]);
    if (!command) {
        const char *nearest = nearest_command(values[1]);
        (void)fprintf(stderr, "tidewaiter: there is no command \"%s\"%s%s%s\nTry: tidewaiter --help\n", values[1],
                      nearest ? "; did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "");
        return EXIT_USAGE;
    }
    struct options options = {.program = values[0]};
    int code = EXIT_USAGE;
    if (options_read(command, count - 1, values + 1, &options)) {
        if (options.help) {
            help_command(stdout, command);
            code = EXIT_RELEASED;
        } else if (options.arguments.count && !command->takes_words) {
            (void)fprintf(stderr, "tidewaiter %s: takes no \"%s\"\nTry: tidewaiter %s --help\n", command->name,
                          options.arguments.items[0], command->name);
        } else {
            xml_start();
            code = command->run(&options);
            if (fflush(stdout) != 0 || ferror(stdout)) {
                (void)fputs("tidewaiter: stdout cannot be written: is the disk full?\n", stderr);
                code = EXIT_FAULT;
            }
        }
    }
    options_free(&options);
    return code;
}
