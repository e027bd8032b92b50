/* tidewaiter registers: the words of the command line, as arguments of import, export and status. */
#include "base/arena.h"
#include "base/time.h"
#include "commands/commands.h"
#include "commands/registers.h"
#include "know.h"
#include "options.h"
#include "reference/import.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static int usage(const char *what) {
    (void)fprintf(stderr, "tidewaiter registers: %s\nTry: tidewaiter registers --help\n", what);
    return EXIT_USAGE;
}

/* --now, else the time of start, as a day in UTC. */
static bool today_of(const struct options *options, int32_t *today) {
    struct moment now = {.at = time(NULL)};
    if (options->now && (!moment_read(options->now, NULL, &now) || now.assumed)) {
        return false;
    }
    *today = moment_day(&now, NULL);
    return true;
}

static int import_words(const struct options *options, const char *file, const char *schemas, int32_t today) {
    struct import import = {
        .kind = options->arguments.items[1],
        .csv = options->arguments.items[2],
        .registers = file,
        .schemas = schemas,
        .as_at = today,
        .today = today,
        .merge = options->merge,
        .complete = options->complete.items,
        .complete_count = options->complete.count,
    };
    if (options->as_at && !day_read(options->as_at, &import.as_at)) {
        return usage("--as-at takes a day: 2026-03-01");
    }
    if (import.as_at > today) {
        return usage("--as-at lies ahead of the run's clock: data cannot be published later than it is imported");
    }
    return registers_import(&import, stdout, stderr);
}

/* An import names the file that it writes to; what only reads takes the one that a review would. */
static const char *file_of(const struct options *options, struct arena *arena, bool writes) {
    const char *named = getenv("TIDEWAITER_REGISTERS");
    const char *given = options->registers ? options->registers : named && *named ? named : NULL;
    return given || writes ? given : know_registers(options, arena);
}

static int act(const struct options *options, const char *file, const char *schemas, int32_t today) {
    const struct texts *words = &options->arguments;
    const char *verb = words->items[0];
    if (strcmp(verb, "import") == 0 && words->count == 3) {
        return import_words(options, file, schemas, today);
    }
    if (options->as_at || options->complete.count || options->merge) {
        return usage("--as-at, --complete and --merge go with import");
    }
    if (strcmp(verb, "export") == 0 && words->count == 2) {
        return registers_export(words->items[1], file, schemas, stdout, stderr);
    }
    if (strcmp(verb, "status") == 0 && words->count == 1) {
        return registers_status(file, schemas, options->policy, today, stdout, stderr);
    }
    return usage("say import KIND FILE.csv, status, or export KIND");
}

int command_registers(const struct options *options) {
    int32_t today;
    if (!options->arguments.count) {
        return usage("say import KIND FILE.csv, status, or export KIND");
    }
    if (!today_of(options, &today)) {
        return usage("--now takes an instant: 2026-03-09T08:00:00Z");
    }
    struct arena *arena = arena_new();
    const char *file = file_of(options, arena, strcmp(options->arguments.items[0], "import") == 0);
    char *schemas = know_data(options);
    int code = EXIT_USAGE;
    if (!file) {
        code = usage("name the register file: --registers FILE, or TIDEWAITER_REGISTERS");
    } else if (schemas) {
        code = act(options, file, schemas, today);
    }
    free(schemas);
    arena_free(arena);
    return code;
}
