#include "know.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/problems.h"
#include "commands/commands.h"
#include "container/container.h"
#include "container/names.h"
#include "container/zip-codes.h"
#include "facts/derive.h"
#include "facts/dialects.h"
#include "options.h"
#include "pages/page.h"
#include "pages/pages.h"
#include "pages/record.h"
#include "reference/reference.h"
#include "rules/conditions.h"
#include "rules/rulebook.h"
#include "tree/names.h"
#include "tree/vocabulary.h"
#include "xml/schema.h"
#include "xml/transform.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST_VOCABULARY = 1 << 20, LARGEST_SAMPLE = 1 << 20 };

struct known {
    struct knowledge knowledge; /* first: know_free finds the rest behind it */
    struct arena *arena;
    struct xml_schemas *schemas;
    struct xml_transform *stylesheet; /* NULL: none */
    struct name_decoder *decoder;
    char *data;
};

/* ---- where data lies ---- */

static bool is_folder_of_data(const char *path) {
    char file[PATH_MAX];
    int length = snprintf(file, sizeof file, "%s/facts.csv", path);
    return length > 0 && (size_t)length < sizeof file && access(file, R_OK) == 0;
}

/* A path beside the folder of the program itself, or NULL. */
static char *beside_program(const char *relative) {
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length <= 0) {
        return NULL;
    }
    self[length] = '\0';
    char *slash = strrchr(self, '/');
    *(slash ? slash : self) = '\0';
    size_t size = strlen(self) + strlen(relative) + 2;
    char *path = fault_malloc(size);
    (void)snprintf(path, size, "%s/%s", self, relative);
    return path;
}

char *know_data(const struct options *options) {
    static const char *const places[] = {"../schemas", "../../schemas", "../share/tidewaiter"};
    const char *named = getenv("TIDEWAITER_DATA");
    if (named && *named) {
        if (is_folder_of_data(named)) {
            return strdup(named);
        }
        (void)fprintf(stderr, "%s: TIDEWAITER_DATA=%s holds no facts.csv: it must name our folder of schemas\n",
                      options->program, named);
        return NULL;
    }
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *path = beside_program(places[i]);
        if (path && is_folder_of_data(path)) {
            return path;
        }
        free(path);
    }
    (void)fprintf(stderr,
                  "%s: the folder of schemas is neither ../schemas nor ../share/tidewaiter beside the "
                  "program; set TIDEWAITER_DATA\n",
                  options->program);
    return NULL;
}

const char *know_registers(const struct options *options, struct arena *arena) {
    const char *named = getenv("TIDEWAITER_REGISTERS");
    if (options->registers) {
        return options->registers;
    }
    if (named && *named) {
        return named;
    }
    char *fixtures = beside_program("fixtures/registers.sqlite");
    const char *found = fixtures && access(fixtures, R_OK) == 0 ? arena_string(arena, fixtures) : NULL;
    free(fixtures);
    return found;
}

/* ---- the run's clock ---- */

static bool set_clock(struct known *known, const struct options *options, struct problems *problems) {
    struct knowledge *k = &known->knowledge;
    char text[MOMENT_TEXT];
    if (!options->now) {
        k->now = (struct moment){.at = time(NULL)};
    } else if (!moment_read(options->now, NULL, &k->now) || k->now.is_day || k->now.assumed) {
        problem(problems, "--now", 0, 0, "\"%s\" is no instant; write 2026-03-09T08:00:00Z", options->now);
        return false;
    }
    moment_print(&k->now, text);
    k->now_text = arena_string(known->arena, text);
    int32_t day;
    if (options->as_of && !day_read(options->as_of, &day)) {
        problem(problems, "--as-of", 0, 0, "\"%s\" is no day; write 2026-03-09", options->as_of);
        return false;
    }
    k->as_of = options->as_of;
    return true;
}

static void set_pages(struct knowledge *k, const struct options *options, struct problems *problems) {
    const char *lang = options->lang ? options->lang : "en";
    k->english = strcmp(lang, "en") == 0 || strcmp(lang, "en,zh") == 0 || strcmp(lang, "zh,en") == 0;
    k->chinese = strncmp(lang, "zh", 2) == 0 || strcmp(lang, "en,zh") == 0;
    k->chinese_first = strncmp(lang, "zh", 2) == 0;
    k->loose_pages = options->pages;
    if (!k->english && strcmp(lang, "zh") != 0) {
        problem(problems, "--lang", 0, 0, "\"%s\" is not en, zh or en,zh", lang);
    }
}

/* Options that are parameters of the policy win over its file. */
static const char *policy_settings(const struct options *options, struct arena *arena, struct problems *problems) {
    const char *mode = options->mode;
    const char *undecided = options->strict ? "strict" : options->lenient ? "lenient" : NULL;
    if (mode && strcmp(mode, "audit") != 0 && strcmp(mode, "live") != 0) {
        problem(problems, "--mode", 0, 0, "\"%s\" is not live or audit", mode);
        return NULL;
    }
    return arena_printf(arena, "%s%s\n%s%s\n", mode ? "review.mode = " : "", mode ? mode : "",
                        undecided ? "policy.mode = " : "", undecided ? undecided : "");
}

static enum review_mode mode_of(const struct policy *policy) {
    return policy_is(policy, PROFILE_GENERIC, "review.mode", "audit") ? MODE_AUDIT : MODE_LIVE;
}

/* ---- limits of containers (POLICY 11) ---- */

static uint64_t limit(const struct policy *policy, const char *name) {
    long value = policy_integer(policy, PROFILE_GENERIC, name);
    return value > 0 ? (uint64_t)value : 0;
}

/* Encodings of entry names, apart by blanks in the policy; their converters stay open. */
static struct name_decoder *open_decoder(struct arena *arena, const char *list, struct problems *problems) {
    enum { MOST_ENCODINGS = 16 };
    const char *encodings[MOST_ENCODINGS];
    size_t count = 0;
    const char *unknown = NULL;
    char *list_rest = NULL;
    for (char *word = strtok_r(arena_string(arena, list), " ", &list_rest); word && count < MOST_ENCODINGS;
         word = strtok_r(NULL, " ", &list_rest)) {
        encodings[count++] = word;
    }
    struct name_decoder *decoder = name_decoder_open(encodings, count, &unknown);
    if (!decoder) {
        problem(problems, "policy", 0, 0, "names.encodings: no such encoding: %s", unknown);
    }
    return decoder;
}

static void set_container(struct known *known, struct problems *problems) {
    const struct policy *policy = reference_policy(known->knowledge.reference);
    struct container_settings *settings = arena_alloc(known->arena, sizeof *settings);
    *settings = container_settings_default();
    settings->limits = (struct container_limits){
        .max_bytes = limit(policy, "bundle.maxBytes"),
        .max_entries = limit(policy, "bundle.maxEntries"),
        .max_entry_bytes = limit(policy, "bundle.maxEntryBytes"),
        .max_unpacked_bytes = limit(policy, "bundle.maxUnpackedBytes"),
        .max_ratio = limit(policy, "bundle.maxRatio"),
        .max_window = limit(policy, "bundle.maxWindow"),
        .max_name_bytes = limit(policy, "bundle.maxNameBytes"),
    };
    const char *encodings = policy_value(policy, PROFILE_GENERIC, "names.encodings", NULL).value;
    known->decoder = open_decoder(known->arena, encodings ? encodings : "", problems);
    settings->decoder = known->decoder;
    known->knowledge.container = settings;
}

/* ---- the rooms, from the lowest floor up ---- */

static struct vocabulary *load_vocabulary(struct known *known, struct problems *problems) {
    const char *path = arena_printf(known->arena, "%s/facts.csv", known->data);
    size_t length = 0;
    char *text = file_read(path, LARGEST_VOCABULARY, &length);
    if (!text) {
        problem(problems, path, 0, 0, "cannot be read");
        return NULL;
    }
    struct vocabulary *made = vocabulary_new(known->knowledge.names, path, text, length, problems);
    free(text);
    return made;
}

static void load_rules(struct known *known, const struct options *options, bool without_examples,
                       struct problems *problems) {
    struct knowledge *k = &known->knowledge;
    size_t count = options->rules.count + 1;
    const char **directories = arena_alloc(known->arena, count * sizeof *directories);
    directories[0] = arena_printf(known->arena, "%s/rules", known->data);
    for (size_t i = 1; i < count; i++) {
        directories[i] = options->rules.items[i - 1];
    }
    struct rulebook_needs needs = {
        .directories = directories,
        .directory_count = count,
        .names = k->names,
        .vocabulary = k->vocabulary,
        .reference = k->reference,
        .without_examples = without_examples,
    };
    k->rulebook = rulebook_load(&needs, problems);
}

/* NAME of clearance/extra/NAME.html: the file's, without its suffix. */
static const char *name_of_stylesheet(struct arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return arena_printf(arena, "%.*s", dot && dot > name ? (int)(dot - name) : (int)strlen(name), name);
}

static void load_stylesheet(struct known *known, const char *path, struct problems *problems) {
    known->stylesheet = xml_transform_load(path, problems);
    known->knowledge.stylesheet = known->stylesheet;
    known->knowledge.stylesheet_name = name_of_stylesheet(known->arena, path);
}

/* Our records are like their example. */
static const struct zip_codes *load_codes(struct arena *arena, const char *path, struct problems *problems) {
    size_t length = 0;
    char *sample = file_read(path, LARGEST_SAMPLE, &length);
    if (!sample) {
        problem(problems, path, 0, 0, "cannot be read: %s", strerror(errno));
        return NULL;
    }
    const struct zip_codes *codes = zip_codes_make(arena, sample, length);
    free(sample);
    return codes;
}

/* Records and pages list the registers of the run; the list is made once. */
static void list_registers(struct knowledge *k, struct arena *arena) {
    k->record_registers = record_registers(arena, k);
    if (k->pages) {
        k->page_registers[0] = page_registers(arena, k, "en");
        k->page_registers[1] = page_registers(arena, k, "zh");
    }
}

static void load_all(struct known *known, const struct options *options, bool without_examples,
                     struct problems *problems) {
    struct knowledge *k = &known->knowledge;
    struct arena *arena = known->arena;
    struct reference_paths paths = {
        .schemas = known->data,
        .registers = know_registers(options, arena),
        .policy = options->policy,
        .settings = policy_settings(options, arena, problems),
    };
    k->vocabulary = load_vocabulary(known, problems);
    k->reference = reference_open(&paths, k->names, moment_day(&k->now, NULL), problems);
    k->derivations = derivations_load(arena, k->names, arena_printf(arena, "%s/derive", known->data), problems);
    k->conditions = conditions_load(arena, arena_printf(arena, "%s/decision/conditions.csv", known->data), problems);
    k->pages = pages_load(arena_printf(arena, "%s/pages", known->data), k->names, problems);
    if (!k->vocabulary || !k->reference) {
        return;
    }
    k->mode = mode_of(reference_policy(k->reference));
    set_container(known, problems);
    k->dialects = dialects_load(k->names, k->vocabulary, arena_printf(arena, "%s/dialects", known->data),
                                arena_printf(arena, "%s/codes/Rec20.csv", known->data), problems);
    k->schemas = known->schemas =
        xml_schemas_load(arena_printf(arena, "%s/dialects", known->data), options->schemas, problems);
    load_rules(known, options, without_examples, problems);
    list_registers(k, arena);
    k->codes = load_codes(arena, arena_printf(arena, "%s/records/examples/record.xml", known->data), problems);
    if (options->stylesheet) {
        load_stylesheet(known, options->stylesheet, problems);
    }
}

static struct knowledge *learn(const struct options *options, bool without_examples, int *code) {
    struct problems problems = {0};
    struct known *known = fault_malloc(sizeof *known);
    *known = (struct known){.arena = arena_new(), .data = know_data(options)};
    known->knowledge.names = names_new();
    known->knowledge.version = TIDEWAITER_VERSION;
    *code = EXIT_USAGE;
    if (!known->data) {
        know_free(&known->knowledge);
        return NULL;
    }
    set_pages(&known->knowledge, options, &problems);
    if (set_clock(known, options, &problems)) {
        load_all(known, options, without_examples, &problems);
    }
    bool fine = problems.count == 0;
    problems_print(&problems, stderr);
    problems_free(&problems);
    if (!fine) {
        know_free(&known->knowledge);
        return NULL;
    }
    names_freeze(known->knowledge.names);
    return &known->knowledge;
}

struct knowledge *know(const struct options *options, int *code) {
    return learn(options, false, code);
}

struct knowledge *know_for_review(const struct options *options, int *code) {
    return learn(options, true, code);
}

void know_free(struct knowledge *k) {
    if (!k) {
        return;
    }
    struct known *known = (struct known *)k;
    rulebook_free(k->rulebook);
    dialects_free(k->dialects);
    name_decoder_close(known->decoder);
    xml_schemas_free(known->schemas);
    xml_transform_free(known->stylesheet);
    pages_free(k->pages);
    reference_close(k->reference);
    vocabulary_free(k->vocabulary);
    names_free(k->names);
    arena_free(known->arena);
    free(known->data);
    free(known);
}
