/* tidewaiter dialects: what can be read, and what each map knows and does not want. */
#include "facts/dialects.h"

#include "commands/commands.h"
#include "know.h"
#include "options.h"
#include "tree/vocabulary.h"

#include <stdio.h>

/* The kinds of documents whose facts a dialect can yield: children of the dossier that its map reaches. */
static void print_provided(const struct knowledge *k, const struct dialect *dialect) {
    const char *comma = "";
    for (const struct definition *group = vocabulary_root(k->vocabulary)->first; group; group = group->next) {
        if (group->first && dialect_can_say(dialect, group)) {
            (void)printf("%s%s", comma, group->name);
            comma = ", ";
        }
    }
}

static size_t count_ignored(const struct dialect *dialect) {
    size_t count = 0;
    for (const char *const *line = dialect_ignored(dialect); line && *line; line++) {
        count++;
    }
    return count;
}

int command_dialects(const struct options *options) {
    int code;
    struct knowledge *k = know(options, &code);
    if (!k) {
        return code;
    }
    for (size_t i = 0; i < dialects_count(k->dialects); i++) {
        const struct dialect *dialect = dialects_at(k->dialects, i);
        const char *base = dialect_base(dialect);
        (void)printf("%-16s reader %-4s %4zu entries%s%s\n%-16s provides ", dialect_name(dialect),
                     dialect_reader(dialect), dialect_entries(dialect), base ? ", layer over " : "", base ? base : "",
                     "");
        print_provided(k, dialect);
        (void)printf("\n%-16s leaves %zu known elements unread, each with a reason in its map\n", "",
                     count_ignored(dialect));
    }
    know_free(k);
    return EXIT_RELEASED;
}
