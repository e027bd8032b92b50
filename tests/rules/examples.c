/* Every example of our pack has the verdict that stands in it; tier-1 rules without examples are named, no more. */
#include "commands/examples.h"
#include "base/problems.h"
#include "know.h"
#include "options.h"
#include "xml/parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tap {
    unsigned count, failed;
};

static void tell(void *context, const struct example_result *result) {
    struct tap *tap = context;
    const struct example *example = result->example;
    bool holds = example_holds(result);
    tap->failed += !holds;
    printf("%s %u - %s example %zu: %s%s%s\n", holds ? "ok" : "not ok", ++tap->count, result->rule->id, result->number,
           example->verdict, example->says ? ", " : "", example->says ? example->says : "");
    if (result->mistake) {
        printf("# %s\n", result->mistake);
    } else if (!holds) {
        printf("# found %s%s%s\n", verdict_name(result->found), result->message ? ": " : "",
               result->message ? result->message : "");
    }
}

static bool has(const struct knowledge *k, const char *rule, const char *verdict) {
    struct examples examples = rule_examples(k->rulebook, rule);
    for (size_t i = 0; i < examples.count; i++) {
        if (strcmp(examples.items[i].verdict, verdict) == 0) {
            return true;
        }
    }
    return false;
}

static void name_rules_without(const struct knowledge *k, const char *verdict) {
    unsigned count = 0;
    printf("# tier-1 rules without an example that is %s:", verdict);
    for (size_t i = 0; i < rulebook_count(k->rulebook); i++) {
        struct rule_summary rule = rulebook_rule(k->rulebook, i);
        if (rule.tier == 1 && !has(k, rule.id, verdict)) {
            printf(" %s", rule.id);
            count++;
        }
    }
    printf(" (%u)\n", count);
}

int main(void) {
    int code = EXIT_FAULT;
    struct tap tap = {0};
    const struct options options = {.program = "examples"};
    setenv("TIDEWAITER_DATA", "schemas", 0);
    xml_start();
    char *schemas = know_data(&options);
    struct knowledge *k = know(&options, &code);
    if (k) {
        const struct example_listener listener = {.tell = tell, .context = &tap};
        examples_run(k, schemas, NULL, &listener);
        name_rules_without(k, "pass");
        name_rules_without(k, "fail");
        printf("1..%u\n", tap.count);
        code = tap.failed ? EXIT_FAILURE : EXIT_SUCCESS;
    }
    know_free(k);
    free(schemas);
    return code;
}
