/* A rule in words, from its pack: what `explain ID` prints. */
#include "rules/explain.h"

#include "rules/pack.h"

#include "base/arena.h"
#include "base/buffer.h"

#include <string.h>

static void line(struct buffer *out, const char *label, const char *text) {
    if (text) {
        buffer_printf(out, "  %-9s %s\n", label, text);
    }
}

static void explain_demand(struct buffer *out, const struct demand *d, bool chinese) {
    buffer_printf(out, "\n%s  (%s, %s%s)\n", d->id, severity_word(d->severity), effect_word(d->effect),
                  d->effect_policy ? " unless the policy says otherwise" : "");
    line(out, "looks at", d->looks_at);
    line(out, "each", d->each);
    line(out, "when", d->when);
    line(out, "and when", d->and_when);
    line(out, "must hold", d->must_hold);
    line(out, "else", chinese && d->message_zh ? d->message_zh : d->message);
    line(out, "policy", d->effect_policy);
    line(out, "mend", chinese && d->mend_zh ? d->mend_zh : d->mend);
    line(out, "who", d->who);
    line(out, "source", d->source);
}

const struct example *example_first(const struct examples *examples, const char *verdict) {
    for (size_t i = 0; i < examples->count; i++) {
        if (strcmp(examples->items[i].verdict, verdict) == 0) {
            return &examples->items[i];
        }
    }
    return NULL;
}

static void explain_change(struct buffer *out, const struct example_change *change) {
    buffer_printf(out, "  %s %s", change->what, change->at);
    for (const char *const *field = change->fields; field && *field; field += 2) {
        buffer_printf(out, " %s=%s", field[0], field[1]);
    }
    buffer_printf(out, "%s%s\n", change->value ? " " : "", change->value ? change->value : "");
}

static void explain_example(struct buffer *out, const struct examples *examples, const char *verdict,
                            const char *heading) {
    const struct example *example = example_first(examples, verdict);
    if (!example) {
        return;
    }
    buffer_printf(out, "\n%s%s%s\n", heading, example->says ? ": " : "", example->says ? example->says : "");
    if (examples->base) {
        buffer_printf(out, "  the dossier %s%s\n", examples->base, example->change_count ? ", with" : " as it is");
    }
    for (size_t i = 0; i < example->change_count; i++) {
        explain_change(out, &example->changes[i]);
    }
}

const char *rule_explain(const struct rulebook *rulebook, struct arena *arena, const char *id, bool chinese) {
    const struct rule *rule = rulebook_rule_named(rulebook, id);
    if (!rule) {
        return NULL;
    }
    const struct rule_summary *s = &rule->summary;
    struct buffer out = {0};
    size_t count = 0;
    buffer_printf(&out, "%s  %s\n", s->id, chinese && s->title_zh ? s->title_zh : s->title);
    buffer_printf(&out, "point %u, tier %u, phase %s, pack %s, %s:%u\n", s->point, s->tier, rule_stage_name(s->stage),
                  s->pack->id, s->file, s->line);
    if (s->from || s->to) {
        buffer_printf(&out, "in force %s to %s\n", s->from ? s->from : "ever", s->to ? s->to : "now");
    }
    const struct demand *demands = rule_demands(rulebook, arena, s->id, &count);
    for (size_t i = 0; i < count; i++) {
        explain_demand(&out, &demands[i], chinese);
    }
    struct examples examples = rule_examples(rulebook, s->id);
    explain_example(&out, &examples, "pass", "An example that passes");
    explain_example(&out, &examples, "fail", "An example that fails");
    const char *made = arena_copy(arena, out.bytes, out.length);
    buffer_free(&out);
    return made;
}
