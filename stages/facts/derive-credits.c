/* One documentary credit out of its messages: what continues it (MT701) or amends it (MT707) joins the one that opened
 * it, by the number of the credit. What none opened stays as it is. */
#include "base/arena.h"
#include "facts/derive-parts.h"

#include <string.h>

/* A message has neither form nor method where it does not open a credit. */
static bool is_part(const struct fact *settlement) {
    return fact_at(settlement, "credit") && !fact_at(settlement, "credit/form") && !fact_at(settlement, "method");
}

static struct fact *opening(struct deriving *d, const struct fact *part) {
    for (struct fact *other = next_visible(d, "settlement", NULL); other;
         other = next_visible(d, "settlement", other)) {
        if (fact_at(other, "credit/form") &&
            same_reference(d, fact_text(other, "credit/number"), fact_text(part, "credit/number"))) {
            return other;
        }
    }
    return NULL;
}

/* A text goes on: its place is where it begins, the rest stands behind it. */
static void append(struct deriving *d, struct fact *text, const struct fact *more) {
    struct origin *begun = arena_zero(d->arena, sizeof *begun);
    struct origin *rest = arena_zero(d->arena, sizeof *rest);
    *begun = text->origin ? *text->origin : (struct origin){0};
    *rest = more->origin ? *more->origin : (struct origin){0};
    rest->more = begun->more;
    begun->more = rest;
    text->origin = begun;
    text->value = arena_printf(d->arena, "%s %s", text->value, more->value);
}

static void join_credit(struct deriving *d, struct fact *credit, const struct fact *part) {
    for (const struct fact *fact = part->first; fact; fact = fact->next) {
        struct fact *there = fact_at(credit, fact->name);
        if (!there || strcmp(fact->name, "amendment") == 0) {
            tree_copy(d->tree, credit, fact, NULL);
        } else if (strcmp(fact->name, "goods") == 0 || strcmp(fact->name, "conditions") == 0) {
            append(d, there, fact);
        }
    }
}

void derive_credits(struct deriving *d) {
    for (struct fact *part = next_visible(d, "settlement", NULL); part;) {
        struct fact *next = next_visible(d, "settlement", part);
        struct fact *opened = is_part(part) ? opening(d, part) : NULL;
        if (opened) {
            join_credit(d, fact_at(opened, "credit"), fact_at(part, "credit"));
            for (const struct fact *asked = fact_at(part, "document"); asked; asked = asked->next_same) {
                tree_copy(d->tree, opened, asked, NULL);
            }
            tree_remove(part);
        }
        part = next;
    }
}
