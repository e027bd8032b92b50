#include "commands/examples.h"

#include "commands/example-world.h"

#include "base/arena.h"
#include "base/time.h"
#include "consignment.h"
#include "knowledge.h"
#include "reference/reference.h"
#include "rules/run.h"

#include <string.h>

enum { DAYS_LATER = 7, SECONDS_OF_A_DAY = 86400 };

struct runner {
    struct knowledge k; /* the caller's, with clock, mode and registers of the example */
    struct example_world world;
    const struct example_listener *listener;
};

bool example_holds(const struct example_result *result) {
    return !result->mistake && strcmp(verdict_name(result->found), result->example->verdict) == 0;
}

static void set_clock(struct knowledge *k, struct arena *arena, const struct fact *dossier) {
    int32_t day = 0;
    char text[MOMENT_TEXT];
    const char *as_of = fact_text(dossier, "@asOf");
    if (as_of && day_read(as_of, &day)) {
        k->now = (struct moment){.at = (int64_t)(day + DAYS_LATER) * SECONDS_OF_A_DAY};
        (void)moment_print(&k->now, text);
        k->now_text = arena_string(arena, text);
    }
}

/* What the rule says: the message of its first finding, else what it lacked. */
static const char *message_of(const struct consignment *c, const char *rule) {
    for (size_t i = 0; i < c->findings.count; i++) {
        if (strcmp(c->findings.items[i].rule, rule) == 0) {
            return c->findings.items[i].message;
        }
    }
    const char *message = NULL;
    for (size_t i = 0; i < c->undecided.count; i++) {
        const struct undecided *u = &c->undecided.items[i];
        for (size_t j = 0; strcmp(u->rule, rule) == 0 && j < u->missing_count; j++) {
            message = message ? arena_printf(c->arena, "%s, %s", message, u->missing[j])
                              : arena_printf(c->arena, "missing: %s", u->missing[j]);
        }
    }
    return message;
}

static const struct rule_result *result_of(const struct consignment *c, const char *rule) {
    for (size_t i = 0; i < c->results.count; i++) {
        if (strcmp(c->results.items[i].rule, rule) == 0) {
            return &c->results.items[i];
        }
    }
    return NULL;
}

static void judge(struct runner *runner, struct consignment *c, struct example_result *result) {
    struct knowledge *k = &runner->k;
    k->reference = runner->world.reference;
    const struct policy *policy = reference_policy(k->reference);
    k->mode = policy_is(policy, PROFILE_GENERIC, "review.mode", "audit") ? MODE_AUDIT : MODE_LIVE;
    rules_run(c, k);
    const struct rule_result *found = result_of(c, result->rule->id);
    result->found = found ? found->verdict : VERDICT_NOT_APPLICABLE; /* a rule may not exist on that day */
    result->message = message_of(c, result->rule->id);
    if (found && found->silenced_by && !result->message) {
        result->message = arena_printf(c->arena, "silenced by %s", found->silenced_by);
    }
}

static void run_example(struct runner *runner, const struct examples *examples, struct example_result *result) {
    struct consignment c = {.arena = arena_new()};
    if (!example_dossier(runner->k.rulebook, examples, result->example, c.arena, runner->k.names, &c.dossier)) {
        result->mistake = "a change names no place of the dossier";
    } else {
        set_clock(&runner->k, c.arena, c.dossier.root);
        world_enter(&runner->world, result->example, moment_day(&runner->k.now, NULL));
        if (runner->world.problems.count) {
            result->mistake = runner->world.problems.items[0].text;
        } else {
            judge(runner, &c, result);
        }
    }
    runner->listener->tell(runner->listener->context, result);
    arena_free(c.arena);
}

void examples_run(const struct knowledge *knowledge, const char *schemas, const struct pack *pack,
                  const struct example_listener *listener) {
    struct runner runner = {
        .k = *knowledge, .world = {.schemas = schemas, .names = knowledge->names}, .listener = listener};
    for (size_t i = 0; i < rulebook_count(knowledge->rulebook); i++) {
        struct rule_summary rule = rulebook_rule(knowledge->rulebook, i);
        struct examples examples = rule_examples(knowledge->rulebook, rule.id);
        for (size_t j = 0; j < examples.count && (!pack || pack == rule.pack); j++) {
            struct example_result result = {.rule = &rule, .example = &examples.items[j], .number = j + 1};
            run_example(&runner, &examples, &result);
        }
    }
    world_close(&runner.world);
}
