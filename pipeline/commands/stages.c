/* tidewaiter stages: the chain, as its table says it. */
#include "chain.h"
#include "commands/commands.h"
#include "options.h"

#include <stdio.h>

int command_stages(const struct options *options) {
    (void)options;
    for (const struct stage *stage = chain; stage->name; stage++) {
        (void)printf("%-10s %s\n%-10s reads  %s\n%-10s adds   %s\n", stage->name,
                     stage->each && stage->whole ? "each document, then the whole case"
                     : stage->each               ? "each document"
                                                 : "the whole case",
                     "", stage->reads, "", stage->adds);
    }
    return EXIT_RELEASED;
}
