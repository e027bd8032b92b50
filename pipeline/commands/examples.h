/* Runs the examples that rule packs carry (RULES 1, "examples"): for `rules check` and for the test of our own pack.
 *
 * World      An example knows no register file and no policy file: the rows and parameters that it needs stand in it.
 *            Its clock stands a week after the day of its dossier (@asOf), so that its verdict never changes.
 * Sequence   know(), then examples_run; it tells of every example, in the order of rules and files.
 */
#ifndef TW_COMMANDS_EXAMPLES_H
#define TW_COMMANDS_EXAMPLES_H

#include "finding.h"
#include "rules/explain.h"
#include "rules/rulebook.h"

struct knowledge;

/* Lives until the next is told. */
struct example_result {
    const struct rule_summary *rule;
    const struct example *example;
    size_t number; /* among those of the rule, from 1 */
    enum verdict found;
    const char *message; /* of a finding, or what was missing; NULL: nothing to say */
    const char *mistake; /* why the example could not be run; NULL: it was */
};

bool example_holds(const struct example_result *result);

struct example_listener {
    void (*tell)(void *context, const struct example_result *result);
    void *context;
};

/* schemas: our folder of data. pack NULL: the examples of all packs. */
void examples_run(const struct knowledge *knowledge, const char *schemas, const struct pack *pack,
                  const struct example_listener *listener);

#endif
