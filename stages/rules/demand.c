/* What a rule demands, as texts: for `explain` and for the catalogue as pages. */
#include "rules/pack.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "rules/load.h"

#include <string.h>

static const char *message_in(struct arena *arena, const struct message *message) {
    struct buffer out = {0};
    if (!message->count) {
        return NULL;
    }
    for (size_t i = 0; i < message->count; i++) {
        const struct piece *piece = &message->pieces[i];
        if (piece->text) {
            buffer_string(&out, piece->text);
        } else {
            buffer_printf(&out, "{%s}", expression_text(piece->value));
        }
    }
    const char *made = arena_copy(arena, out.bytes, out.length);
    buffer_free(&out);
    return made;
}

/* White space of the file collapses. */
static const char *expression_in(struct arena *arena, const struct expression *expression) {
    return expression ? collapsed(arena, expression_text(expression)) : NULL;
}

static struct demand demand_of(struct arena *arena, const struct walk *walk, const struct assertion *a) {
    return (struct demand){
        .id = a->id,
        .severity = a->severity,
        .effect = a->effect,
        .effect_policy = a->effect_policy,
        .looks_at = expression_in(arena, walk->context),
        .each = expression_in(arena, walk->each),
        .when = expression_in(arena, walk->when),
        .and_when = expression_in(arena, a->when),
        .must_hold = expression_in(arena, a->test),
        .message = message_in(arena, &a->text),
        .message_zh = message_in(arena, &a->text_zh),
        .mend = message_in(arena, &a->mend),
        .mend_zh = message_in(arena, &a->mend_zh),
        .who = a->who,
        .source = message_in(arena, &a->source),
    };
}

const struct demand *rule_demands(const struct rulebook *rulebook, struct arena *arena, const char *id, size_t *count) {
    const struct rule *rule = rulebook_rule_named(rulebook, id);
    size_t all = 0;
    *count = 0;
    for (size_t i = 0; rule && i < rule->walk_count; i++) {
        all += rule->walks[i].assertion_count;
    }
    struct demand *demands = arena_zero(arena, (all + 1) * sizeof *demands);
    for (size_t i = 0; rule && i < rule->walk_count; i++) {
        for (size_t j = 0; j < rule->walks[i].assertion_count; j++) {
            demands[(*count)++] = demand_of(arena, &rule->walks[i], &rule->walks[i].assertions[j]);
        }
    }
    return demands;
}
