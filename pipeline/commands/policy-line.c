/* tidewaiter policy: the words of the command line. */
#include "commands/commands.h"
#include "commands/policy.h"
#include "know.h"
#include "options.h"

#include <stdlib.h>
#include <string.h>

int command_policy(const struct options *options) {
    const struct texts *words = &options->arguments;
    const char *verb = words->count ? words->items[0] : "";
    int code = EXIT_USAGE;
    char *schemas = know_data(options);
    if (!schemas) {
        return EXIT_USAGE;
    }
    if (strcmp(verb, "show") == 0 && words->count == 1) {
        code = policy_show(options->policy, schemas, options->effective, stdout, stderr);
    } else if (strcmp(verb, "check") == 0 && words->count == 2) {
        code = policy_check(words->items[1], schemas, stdout, stderr);
    } else {
        (void)fputs("tidewaiter policy: say show, or check FILE\nTry: tidewaiter policy --help\n", stderr);
    }
    free(schemas);
    return code;
}
