/* Texts of findings: made only for what failed. */
#include "rules/result.h"

#include "base/arena.h"
#include "base/buffer.h"

#include <string.h>

/* A message names the first members of a long set; the places of all are in the finding. */
enum { SHOWN_MEMBERS = 8 };

static const char *shown_members(struct run *run, const struct nodes *nodes) {
    struct buffer out = {0};
    size_t shown = 0;
    for (size_t i = 0; i < nodes->count && shown <= SHOWN_MEMBERS; i++) {
        const char *value = nodes->items[i].fact->value;
        if (!value || nodes->items[i].fact->hidden) {
            continue;
        }
        buffer_string(&out, shown ? ", " : "");
        buffer_string(&out, shown == SHOWN_MEMBERS ? "…" : value);
        shown++;
    }
    const char *text = shown ? arena_copy(run->arena, out.bytes, out.length) : NULL;
    buffer_free(&out);
    return text;
}

const char *shown_value(struct run *run, const struct expression *expression) {
    struct value value = evaluate(run->e, expression);
    if (value.kind == VALUE_NODES) {
        return shown_members(run, &value.nodes);
    }
    const char *text = value_text(run->e, &value);
    return text && *text ? arena_string(run->arena, text) : NULL;
}

const char *message_text(struct run *run, const struct message *message) {
    if (!message->count) {
        return NULL;
    }
    struct buffer out = {0};
    for (size_t i = 0; i < message->count; i++) {
        const struct piece *piece = &message->pieces[i];
        const char *value = piece->value ? shown_value(run, piece->value) : piece->text;
        buffer_string(&out, value ? value : "–");
    }
    const char *text = arena_copy(run->arena, out.bytes, out.length);
    buffer_free(&out);
    return text;
}
