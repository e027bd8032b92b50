/* The command line: one table of commands and one of options feed parser and help (CONTRACT, "Command line").
 *
 * Ownership  Texts point into argv; the lists are freed by options_free.
 */
#ifndef TW_PIPELINE_OPTIONS_H
#define TW_PIPELINE_OPTIONS_H

#include "tidewaiter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct texts {
    const char **items;
    size_t count;
};

struct options {
    const char *program; /* argv[0] */
    struct texts arguments;
    struct texts rules, complete;
    const char *out, *format, *as_of, *now, *registers, *policy, *schemas, *key, *cert, *pass_file, *crl, *stylesheet,
        *mode, *until, *lang, *log, *ledger, *as_at, *html, *as, *type;
    long workers;
    bool no_seal, null_separated, strict, lenient, again, pages, profile, quiet, unread, effective, merge, missing,
        help;
};

struct command {
    const char *name, *synopsis, *summary;
    const char *example, *shows; /* a command line, and what it does */
    bool takes_words;            /* arguments beside options */
    int (*run)(const struct options *options);
};

extern const struct command commands[]; /* ends with a row without a name */

/* The command of that name, or NULL. */
const struct command *command_find(const char *name);

/* Reads argv from behind the command's name. False: a message was printed, and where --help tells more. */
bool options_read(const struct command *command, int count, char **values, struct options *options);
void options_free(struct options *options);

void help_program(FILE *stream);
void help_command(FILE *stream, const struct command *command);

/* The word of the list nearest to a misspelt one, or NULL. */
const char *nearest_command(const char *word);

#endif
