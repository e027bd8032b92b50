#include "tree/json.h"

#include "base/buffer.h"
#include "base/json.h"

#include <string.h>

enum { BLANKS = 2 };

static void put_line(struct buffer *out, unsigned depth) {
    buffer_char(out, '\n');
    buffer_blanks(out, (size_t)depth * BLANKS);
}

static void put_value(struct buffer *out, const struct fact *fact, unsigned depth);

static void put_children(struct buffer *out, const struct fact *fact, bool list, unsigned depth) {
    bool any = false;
    buffer_char(out, list ? '[' : '{');
    for (const struct fact *child = fact->first; child; child = child->next) {
        if (child->name[0] == '@') {
            continue;
        }
        buffer_string(out, any ? "," : "");
        put_line(out, depth + 1);
        if (!list) {
            json_text(out, child->name);
            buffer_string(out, ": ");
        }
        put_value(out, child, depth + 1);
        any = true;
    }
    if (any) {
        put_line(out, depth);
    }
    buffer_char(out, list ? ']' : '}');
}

/* Trees of drafts are a few levels deep: they are made by the program. */
static void put_value(struct buffer *out, const struct fact *fact, unsigned depth) {
    const char *form = fact_text(fact, "@json");
    bool list = form && strcmp(form, "list") == 0;
    if (list || (!form && !fact->value)) {
        put_children(out, fact, list, depth);
    } else if (form) {
        buffer_string(out, fact->value);
    } else {
        json_text(out, fact->value);
    }
}

void tree_json(struct buffer *out, const struct fact *root) {
    put_value(out, root, 0);
    buffer_char(out, '\n');
}
