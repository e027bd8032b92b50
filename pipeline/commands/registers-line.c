/* tidewaiter registers: the words of the command line, as arguments of import, export and status. */
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

/* The file to work on: --registers, else TIDEWAITER_REGISTERS. */
static const char *file_of(const struct options *options) {
    const char *named = getenv("TIDEWAITER_REGISTERS");
    return options->registers ? options->registers : named && *named ? named : NULL;
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
    return registers_import(&import, stdout, stderr);
}

int command_registers(const struct options *options) {
    const struct texts *words = &options->arguments;
    const char *verb = words->count ? words->items[0] : "";
    const char *file = file_of(options);
    int32_t today;
    int code = EXIT_USAGE;
    if (!today_of(options, &today)) {
        return usage("--now takes an instant: 2026-03-09T08:00:00Z");
    }
    if (!file) {
        return usage("name the register file: --registers FILE, or TIDEWAITER_REGISTERS");
    }
    char *schemas = know_data(options);
    if (!schemas) {
        return EXIT_USAGE;
    }
    if (strcmp(verb, "import") == 0 && words->count == 3) {
        code = import_words(options, file, schemas, today);
    } else if (strcmp(verb, "export") == 0 && words->count == 2) {
        code = registers_export(words->items[1], file, schemas, stdout, stderr);
    } else if (strcmp(verb, "status") == 0 && words->count == 1) {
        code = registers_status(file, schemas, options->policy, today, stdout, stderr);
    } else {
        code = usage("say import KIND FILE.csv, status, or export KIND");
    }
    free(schemas);
    return code;
}
