/* A rule in words, from its pack: what `explain ID` prints. */
#include "rules/explain.h"

#include "rules/load.h"

#include "base/arena.h"
#include "base/buffer.h"

#include <string.h>

static const char *const severity_words[] = {"info", "warning", "error", "fatal"};

static void message_line(struct buffer *out, const char *label, const struct message *message) {
    if (!message->count) {
        return;
    }
    buffer_printf(out, "  %-9s ", label);
    for (size_t i = 0; i < message->count; i++) {
        const struct piece *piece = &message->pieces[i];
        if (piece->text) {
            buffer_string(out, piece->text);
        } else {
            buffer_printf(out, "{%s}", expression_text(piece->value));
        }
    }
    buffer_char(out, '\n');
}

static void expression_line(struct buffer *out, struct arena *arena, const char *label,
                            const struct expression *expression) {
    if (expression) {
        buffer_printf(out, "  %-9s ", label);
        size_t count = 0; /* words apart by one blank: white space of the file collapses */
        const char *const *words = words_of(arena, expression_text(expression), &count);
        for (size_t i = 0; i < count; i++) {
            buffer_printf(out, "%s%s", i ? " " : "", words[i]);
        }
        buffer_char(out, '\n');
    }
}

static void explain_assertion(struct buffer *out, struct arena *arena, const struct walk *walk,
                              const struct assertion *a, bool chinese) {
    buffer_printf(out, "\n%s  (%s)\n", a->id, severity_words[a->severity]);
    expression_line(out, arena, "looks at", walk->context);
    expression_line(out, arena, "each", walk->each);
    expression_line(out, arena, "when", walk->when);
    expression_line(out, arena, "and when", a->when);
    expression_line(out, arena, "must hold", a->test);
    message_line(out, "else", chinese && a->text_zh.count ? &a->text_zh : &a->text);
    message_line(out, "mend", chinese && a->mend_zh.count ? &a->mend_zh : &a->mend);
    message_line(out, "source", &a->source);
}

static void explain_example(struct buffer *out, const struct examples *examples, const char *verdict) {
    for (size_t i = 0; i < examples->count; i++) {
        const struct example *example = &examples->items[i];
        if (strcmp(example->verdict, verdict) != 0) {
            continue;
        }
        buffer_printf(out, "\nExample: %s%s%s\n", verdict, example->says ? ", " : "",
                      example->says ? example->says : "");
        for (size_t j = 0; j < example->change_count; j++) {
            const struct example_change *change = &example->changes[j];
            buffer_printf(out, "  %s %s", change->what, change->at);
            for (const char *const *field = change->fields; field && *field; field += 2) {
                buffer_printf(out, " %s=%s", field[0], field[1]);
            }
            buffer_printf(out, "%s%s\n", change->value ? " " : "", change->value ? change->value : "");
        }
        return;
    }
}

const char *rule_explain(const struct rulebook *rulebook, struct arena *arena, const char *id, bool chinese) {
    const struct rule *rule = rulebook_rule_named(rulebook, id);
    if (!rule) {
        return NULL;
    }
    const struct rule_summary *s = &rule->summary;
    struct buffer out = {0};
    buffer_printf(&out, "%s  %s\n", s->id, chinese && s->title_zh ? s->title_zh : s->title);
    buffer_printf(&out, "point %u, phase %s, pack %s, %s:%u\n", s->point, rule_stage_name(s->stage), s->pack->id,
                  s->file, s->line);
    if (s->from || s->to) {
        buffer_printf(&out, "in force %s to %s\n", s->from ? s->from : "ever", s->to ? s->to : "now");
    }
    for (size_t i = 0; i < rule->walk_count; i++) {
        for (size_t j = 0; j < rule->walks[i].assertion_count; j++) {
            explain_assertion(&out, arena, &rule->walks[i], &rule->walks[i].assertions[j], chinese);
        }
    }
    struct examples examples = rule_examples(rulebook, s->id);
    explain_example(&out, &examples, "pass");
    explain_example(&out, &examples, "fail");
    const char *made = arena_copy(arena, out.bytes, out.length);
    buffer_free(&out);
    return made;
}
