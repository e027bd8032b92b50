/* The table of parameters, and the policy file of a site over it. */

#include "base/arena.h"
#include "base/csv.h"
#include "base/problems.h"
#include "reference/policy-inside.h"

#include <string.h>

static const char unset[] = "-";

/* ---- the table: parameters.csv ---- */

static bool read_type(const char *text, enum policy_type *type) {
    static const struct {
        const char *word;
        enum policy_type type;
    } types[] = {{"table dur", POLICY_TABLE_DURATION},
                 {"table #", POLICY_TABLE_INTEGER},
                 {"table amt", POLICY_TABLE_AMOUNT},
                 {"table c", POLICY_TABLE_CODE},
                 {"table date", POLICY_TABLE_DATE},
                 {"table list", POLICY_TABLE_LIST},
                 {"dur", POLICY_DURATION},
                 {"#-#", POLICY_INTEGER_RANGE},
                 {"#", POLICY_INTEGER},
                 {"n-n", POLICY_DECIMAL_RANGE},
                 {"n", POLICY_DECIMAL},
                 {"%", POLICY_PERCENT},
                 {"b", POLICY_BOOLEAN},
                 {"c", POLICY_CODE},
                 {"amt", POLICY_AMOUNT},
                 {"list", POLICY_LIST},
                 {"rounding", POLICY_ROUNDING}};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t length = strlen(types[i].word);
        if (strncmp(text, types[i].word, length) == 0 && (text[length] == '\0' || text[length] == ' ')) {
            *type = types[i].type;
            return true;
        }
    }
    return false;
}

static const char *trimmed(struct arena *arena, const char *text, size_t length) {
    while (length > 0 && (*text == ' ' || *text == '\t')) {
        text++;
        length--;
    }
    while (length > 0 && strchr(" \t\r", text[length - 1]) != NULL) {
        length--;
    }
    return arena_copy(arena, text, length);
}

/* A value for one column: the value itself, and those of its parts. */
static void add_value(struct policy *policy, struct rule_parameter *parameter, enum policy_profile profile,
                      const char *key, const char *value, const char *origin) {
    static const char *const parts[] = {"low", "high", "places", "mode"};
    bool set = strcmp(value, unset) != 0;

    policy_add(policy, parameter, profile, key, set ? value : NULL, origin);
    for (size_t i = 0; key == NULL && policy_has_parts(parameter->shown.type) && i < 4; i++) {
        const char *part = policy_part(policy->arena, parameter->shown.type, set ? value : unset, parts[i]);
        if (part != NULL) {
            policy_add(policy, parameter, profile, parts[i], set ? part : NULL, origin);
        }
    }
}

/* A default: "P7D", or for tables "6 7; CNSHA=7": what has no key is the value of all other keys. */
static void add_default(struct policy *policy, struct rule_parameter *parameter, enum policy_profile profile,
                        const char *cell, struct problems *problems, const char *file, unsigned line) {
    const char *origin = profile == PROFILE_GENERIC
                             ? "default"
                             : arena_printf(policy->arena, "default %s", policy_profile_name(profile));

    if (*cell == '\0' && profile == PROFILE_GENERIC && parameter->shown.type == POLICY_LIST) {
        policy_add(policy, parameter, profile, NULL, cell, origin); /* a list of nothing is set */
    }
    while (*cell != '\0') {
        size_t length = parameter->shown.type < POLICY_TABLE_FIRST ? strlen(cell) : strcspn(cell, ";");
        const char *value = trimmed(policy->arena, cell, length), *key = NULL;
        const char *equals = parameter->shown.type < POLICY_TABLE_FIRST ? NULL : strchr(value, '=');
        const char *wrong;
        if (equals != NULL) {
            key = arena_copy(policy->arena, value, (size_t)(equals - value));
            value = equals + 1;
        }
        wrong = policy_wrong(policy->arena, &parameter->shown, key, value);
        if (wrong != NULL) {
            problem(problems, file, line, 0, "%s: %s", parameter->shown.name, wrong);
        }
        add_value(policy, parameter, profile, key, value, origin);
        cell += length + (cell[length] == ';');
    }
}

static void add_parameter(struct policy *policy, const struct csv *csv, const struct csv_record *record,
                          const int *places, struct problems *problems) {
    struct rule_parameter *parameter;
    const char *const *fields = record->fields;

    if (policy->count == policy->capacity) {
        policy->items = arena_grow(policy->arena, policy->items, &policy->capacity, sizeof *policy->items);
    }
    parameter = &policy->items[policy->count++];
    *parameter = (struct rule_parameter){.shown = {.name = fields[places[0]],
                                                   .type_text = fields[places[1]],
                                                   .unit = fields[places[6]],
                                                   .read_by = fields[places[7]],
                                                   .source = fields[places[8]],
                                                   .range = fields[places[9]],
                                                   .note = fields[places[10]]}};
    if (!read_type(parameter->shown.type_text, &parameter->shown.type)) {
        problem(problems, csv->file, record->line, 0, "type: no such type: %s", parameter->shown.type_text);
        return;
    }
    for (int profile = 0; profile < PROFILES; profile++) {
        const char *cell = fields[places[2 + profile]];
        parameter->shown.defaults[profile] = *cell == '\0' ? NULL : cell;
        add_default(policy, parameter, (enum policy_profile)profile, cell, problems, csv->file, record->line);
    }
}

bool policy_parameters(struct policy *policy, const struct csv *csv, struct problems *problems) {
    static const char *const columns[] = {"name", "type",    "generic", "EU",    "CN",  "UK",
                                          "unit", "read by", "source",  "range", "note"};
    int places[sizeof columns / sizeof *columns];
    size_t before = problems->count;

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        places[i] = csv_column(csv, columns[i]);
        if (places[i] < 0) {
            problem(problems, csv->file, 1, 0, "no column %s", columns[i]);
        }
    }
    for (size_t i = 0; problems->count == before && i < csv->count; i++) {
        add_parameter(policy, csv, &csv->records[i], places, problems);
    }
    return problems->count == before;
}

/* ---- the file of a site ---- */

struct lines {
    struct policy *policy;
    const char *file;
    struct problems *problems;
    unsigned line;
    int profile; /* of the part that the line stands in; PROFILES: all */
};

static void complain(struct lines *lines, unsigned column, const char *what, const char *word, const char *near) {
    problem(lines->problems, lines->file, lines->line, column, "%s: %s%s%s%s", what, word,
            near == NULL ? "" : "; did you mean ", near == NULL ? "" : near, near == NULL ? "" : "?");
}

static void heading(struct lines *lines, const char *text, unsigned column) {
    size_t length = strcspn(text, "]");
    const char *name = trimmed(lines->policy->arena, text + 1, length == 0 ? 0 : length - 1);

    if (text[length] != ']' || *trimmed(lines->policy->arena, text + length + 1, strlen(text + length + 1)) != '\0') {
        complain(lines, column, "a heading is a profile in brackets, [EU]", text, NULL);
        return;
    }
    if (strcmp(name, "all") == 0) {
        lines->profile = PROFILES;
    } else if (strcmp(name, policy_profile_name(policy_profile(name))) == 0) {
        lines->profile = (int)policy_profile(name);
    } else {
        complain(lines, column, "no such profile (all, EU, CN, UK, generic)", name, NULL);
    }
}

static void set(struct lines *lines, const char *name, const char *value, unsigned column, unsigned value_column) {
    struct policy *policy = lines->policy;
    const char *key, *wrong, *origin;
    const struct parameter *shown = policy_parameter(policy, name, &key);

    if (shown == NULL) {
        complain(lines, column, "no such parameter", name, policy_nearest(policy, name));
        return;
    }
    wrong = policy_wrong(policy->arena, shown, key, value);
    if (wrong != NULL) {
        complain(lines, value_column, name, wrong, NULL);
        return;
    }
    origin = arena_printf(policy->arena, "%s:%u", lines->file, lines->line);
    for (int profile = 0; profile < PROFILES; profile++) {
        if (lines->profile == PROFILES || lines->profile == profile) {
            add_value(policy, policy_find(policy, shown->name, strlen(shown->name)), (enum policy_profile)profile, key,
                      value, origin);
        }
    }
}

static void assignment(struct lines *lines, const char *text, unsigned column) {
    const char *equals = strchr(text, '=');
    const char *name, *value;
    unsigned value_column;

    if (equals == NULL) {
        complain(lines, column, "neither `name = value` nor a heading", text, NULL);
        return;
    }
    name = trimmed(lines->policy->arena, text, (size_t)(equals - text));
    value = trimmed(lines->policy->arena, equals + 1, strlen(equals + 1));
    value_column = column + (unsigned)(equals - text) + 1 + (unsigned)strspn(equals + 1, " \t");
    if (*value == '\0') {
        complain(lines, value_column, name, "no value; `-` sets a parameter to \"not set\"", NULL);
        return;
    }
    set(lines, name, value, column, value_column);
}

static void read_line(struct lines *lines, const char *line, size_t length) {
    const char *text;
    unsigned column = 1;

    for (; length > 0 && (*line == ' ' || *line == '\t'); line++, length--) {
        column++;
    }
    text = arena_copy(lines->policy->arena, line, length);
    text = trimmed(lines->policy->arena, text, strcspn(text, "#"));
    if (*text == '[') {
        heading(lines, text, column);
    } else if (*text != '\0') {
        assignment(lines, text, column);
    }
}

void policy_file(struct policy *policy, const char *file, const char *text, size_t length, struct problems *problems) {
    struct lines lines = {.policy = policy,
                          .file = arena_string(policy->arena, file),
                          .problems = problems,
                          .line = 1,
                          .profile = PROFILES};
    const char *end = text + length;

    if (memchr(text, '\0', length) != NULL) {
        problem(problems, file, 0, 0, "not a text file");
        return;
    }
    while (text < end) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t width = newline == NULL ? (size_t)(end - text) : (size_t)(newline - text);
        read_line(&lines, text, width);
        text += width + (newline != NULL);
        lines.line++;
    }
}
