/* Names, PATHs, conditions and parts of a map's words. */
#include "facts/map-compiler.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/problems.h"
#include "tree/names.h"
#include "xml/parse.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CONDITIONS = 8, MOST_STEPS = 64, LONGEST_NAME = 512 };

const char *intern_element(struct compiler *compiler, const char *name, size_t length) {
    if (!compiler->dialect->nocase || length >= LONGEST_NAME) {
        return names_intern_part(compiler->names, name, length);
    }
    char lower[LONGEST_NAME];
    for (size_t i = 0; i < length; i++) {
        lower[i] = (char)tolower((unsigned char)name[i]);
    }
    return names_intern_part(compiler->names, lower, length);
}

static const char *intern_space(struct compiler *compiler, const char *uri, size_t length) {
    bool none = length == 0 || (length == 4 && memcmp(uri, "none", 4) == 0);
    return none ? NULL : names_intern_part(compiler->names, uri, length);
}

static void add_space(struct spaces *spaces, const char *uri) {
    if (!spaces_have(spaces, uri)) {
        spaces->uris[spaces->count++] = uri;
    }
}

const struct spaces *spaces_of(struct compiler *compiler, const char *uri) {
    const char *wanted = uri ? intern_space(compiler, uri, strlen(uri)) : NULL;
    for (size_t i = 0; i < compiler->space_count; i++) {
        if (compiler->spaces[i].uri == wanted) {
            return compiler->spaces[i].spaces;
        }
    }
    size_t most = 1;
    for (size_t i = 0; i < compiler->map->space_count; i++) {
        most += strlen(compiler->map->spaces[i].also);
    }
    struct spaces *made = arena_zero(compiler->arena, sizeof *made);
    made->uris = arena_zero(compiler->arena, most * sizeof *made->uris);
    add_space(made, wanted);
    for (size_t i = 0; i < compiler->map->space_count; i++) {
        const struct map_space *space = &compiler->map->spaces[i];
        if (intern_space(compiler, space->uri, strlen(space->uri)) != wanted) {
            continue;
        }
        for (const char *also = space->also; *also;) {
            size_t length = strcspn(also, " ");
            if (length) {
                add_space(made, intern_space(compiler, also, length));
            }
            also += length + (also[length] == ' ');
        }
    }
    if (compiler->space_count == compiler->space_capacity) {
        compiler->spaces =
            arena_grow(compiler->arena, compiler->spaces, &compiler->space_capacity, sizeof *compiler->spaces);
    }
    compiler->spaces[compiler->space_count++] = (struct space_entry){wanted, made};
    return made;
}

bool prefix_find(const struct item *item, const char *prefix, size_t length, const char **uri) {
    char copy[LONGEST_NAME];
    if (length >= sizeof copy) {
        return false;
    }
    memcpy(copy, prefix, length);
    copy[length] = '\0';
    *uri = xml_prefix(item->source, copy);
    return *uri || !length;
}

/* "2", "2-", "1-3", "-1". */
bool parse_part(const char *text, size_t length, struct part *out) {
    char copy[16];
    if (length == 0 || length >= sizeof copy) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    char *end;
    long first = strtol(copy, &end, 10);
    if (end == copy || first == 0 || first > INT_MAX / 2 || first < -INT_MAX / 2 || isspace((unsigned char)*copy)) {
        return false;
    }
    *out = (struct part){(int)first, first < 0 ? 0 : (int)first};
    if (!*end) {
        return true;
    }
    if (*end++ != '-' || first < 0) {
        return false;
    }
    if (!*end) {
        out->last = 0;
        return true;
    }
    char *rest;
    long last = strtol(end, &rest, 10);
    out->last = (int)last;
    bool counted = last >= first || (last < 0 && last >= -INT_MAX / 2);
    return (isdigit((unsigned char)*end) || last < 0) && !*rest && counted && last <= INT_MAX / 2;
}

const char *const *parse_texts(struct arena *arena, const char *text, size_t *count) {
    size_t capacity = 0;
    const char **texts = NULL;
    *count = 0;
    for (;;) {
        size_t length = strcspn(text, "|");
        if (*count == capacity) {
            texts = arena_grow(arena, texts, &capacity, sizeof *texts);
        }
        texts[(*count)++] = arena_copy(arena, text, length);
        if (!text[length]) {
            return texts;
        }
        text += length + 1;
    }
}

static bool is_name(const char *text, size_t length) {
    if (!length || strchr("-.0123456789", *text)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (strchr("()[]|*='\"/ ,", text[i])) {
            return false;
        }
    }
    return true;
}

/* One step between slashes; false where it is malformed (said by the caller) or its prefix unknown (said here). */
static bool parse_step(struct compiler *compiler, const struct item *item, const char *text, size_t length,
                       struct path_step *out, bool *malformed) {
    if (length == 1 && *text == '.') {
        out->kind = STEP_SELF;
        return true;
    }
    if (length == 2 && memcmp(text, "..", 2) == 0) {
        out->kind = STEP_PARENT;
        return true;
    }
    if (length == 1 && *text == '#') {
        out->kind = STEP_POSITION;
        return true;
    }
    out->kind = *text == '@' ? STEP_ATTRIBUTE : STEP_CHILD;
    text += *text == '@';
    length -= out->kind == STEP_ATTRIBUTE;
    if (!is_name(text, length)) {
        *malformed = true;
        return false;
    }
    const char *colon = memchr(text, ':', length);
    size_t prefix = colon ? (size_t)(colon - text) : 0;
    const char *uri = "";
    if (!(out->kind == STEP_ATTRIBUTE && !prefix) && !prefix_find(item, text, prefix, &uri)) {
        refuse(compiler, item, "prefix \"%.*s\" is not declared", (int)prefix, text);
        return false;
    }
    text += colon ? prefix + 1 : 0;
    length -= colon ? prefix + 1 : 0;
    out->spaces = spaces_of(compiler, uri);
    out->name = out->kind == STEP_ATTRIBUTE ? names_intern_part(compiler->names, text, length)
                                            : intern_element(compiler, text, length);
    return true;
}

static bool parse_steps(struct compiler *compiler, const struct item *item, const char *text, size_t length,
                        struct path *out, bool *malformed) {
    struct path_step steps[MOST_STEPS];
    bool anchored = length && *text == '/';
    text += anchored;
    length -= anchored;
    for (;;) {
        const char *slash = memchr(text, '/', length);
        size_t step = slash ? (size_t)(slash - text) : length;
        if (out->count == MOST_STEPS || !step) {
            *malformed = true;
            return false;
        }
        steps[out->count] = (struct path_step){0};
        if (!parse_step(compiler, item, text, step, &steps[out->count], malformed)) {
            return false;
        }
        if (anchored && !out->count) {
            *malformed = steps[0].kind != STEP_CHILD;
            steps[0].kind = STEP_ANCHOR;
        }
        enum step_kind kind = steps[out->count++].kind;
        if ((kind == STEP_ATTRIBUTE || kind == STEP_POSITION) && slash) {
            *malformed = true;
        }
        if (*malformed || !slash) {
            break;
        }
        text += step + 1;
        length -= step + 1;
    }
    struct path_step *kept = arena_alloc(compiler->arena, out->count * sizeof *kept);
    memcpy(kept, steps, out->count * sizeof *kept);
    out->steps = kept;
    return !*malformed;
}

bool parse_path(struct compiler *compiler, const struct item *item, enum word word, const char *text, size_t length,
                struct path *out) {
    *out = (struct path){0};
    if (length >= 2 && *text == '\'' && text[length - 1] == '\'') {
        out->constant = arena_copy(compiler->arena, text + 1, length - 2);
        return true;
    }
    bool malformed = false;
    size_t steps = length;
    if (length && text[length - 1] == ']') {
        const char *open = memchr(text, '[', length);
        steps = open ? (size_t)(open - text) : 0;
        out->cut = true;
        malformed = !open || !parse_part(open + 1, length - steps - 2, &out->part);
    }
    if (!malformed && parse_steps(compiler, item, text, steps, out, &malformed)) {
        return true;
    }
    *out = (struct path){0};
    if (malformed) {
        refuse(compiler, item,
               "%s=\"%s\": \"%.*s\" is no PATH: write child/child, @attribute, ., #, ../sibling, /Name/…",
               word_names[word], item->words[word], (int)length, text);
    }
    return false;
}

/* The length of the next token: to a blank, blanks within '…' included. */
static size_t token(const char *text) {
    size_t length = 0;
    bool quoted = false;
    while (text[length] && (quoted || !isspace((unsigned char)text[length]))) {
        quoted = text[length] == '\'' ? !quoted : quoted;
        length++;
    }
    return length;
}

bool parse_paths(struct compiler *compiler, const struct item *item, enum word word, struct paths *out) {
    const char *text = item->words[word];
    size_t capacity = 0;
    struct path *paths = NULL;
    *out = (struct paths){0};
    bool good = true;
    while (*text) {
        size_t length = token(text);
        if (length) {
            if (out->count == capacity) {
                paths = arena_grow(compiler->arena, paths, &capacity, sizeof *paths);
            }
            good = parse_path(compiler, item, word, text, length, &paths[out->count]) && good;
            out->count++;
        }
        text += length + (text[length] != 0);
    }
    out->items = paths;
    if (!out->count) {
        refuse(compiler, item, "%s=\"\" names no PATH", word_names[word]);
        return false;
    }
    return good;
}

/* The word behind "~". */
static bool parse_form(struct compiler *compiler, const struct item *item, const char *name, size_t length,
                       struct map_condition *out) {
    static const struct {
        const char *name;
        bool (*holds)(const char *);
    } forms[] = {
        {"mrn", check_mrn}, {"iso6346", check_iso6346}, {"imo", check_imo},       {"eori", check_eori},
        {"gln", check_gln}, {"lei", check_lei},         {"locode", check_locode}, {"uscc", check_uscc},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (strlen(forms[i].name) == length && memcmp(forms[i].name, name, length) == 0) {
            out->form = forms[i].holds;
            return true;
        }
    }
    refuse(compiler, item, "when=\"%s\": \"%.*s\" is no form; forms: mrn iso6346 imo eori gln lei locode uscc",
           item->words[WORD_WHEN], (int)length, name);
    return false;
}

/* One condition of when=: [!]PATH, [!]PATH=a|b, [!]PATH='a b|c' or [!]PATH~FORM. */
static bool parse_condition(struct compiler *compiler, const struct item *item, const char *text, size_t length,
                            struct map_condition *out) {
    out->negated = *text == '!';
    text += out->negated;
    length -= out->negated;
    size_t path = 0;
    while (path < length && text[path] != '=' && text[path] != '~') {
        path++;
    }
    bool good = parse_path(compiler, item, WORD_WHEN, text, path, &out->path);
    if (path == length) {
        return good;
    }
    const char *value = text + path + 1;
    size_t rest = length - path - 1;
    if (text[path] == '~') {
        return parse_form(compiler, item, value, rest, out) && good;
    }
    if (rest && *value == '=') {
        struct path *other = arena_alloc(compiler->arena, sizeof *other);
        out->other = other;
        return parse_path(compiler, item, WORD_WHEN, value + 1, rest - 1, other) && good;
    }
    if (rest >= 2 && *value == '\'' && value[rest - 1] == '\'') {
        value++;
        rest -= 2;
    }
    out->values = parse_texts(compiler->arena, arena_copy(compiler->arena, value, rest), &out->count);
    return good;
}

bool parse_when(struct compiler *compiler, const struct item *item, struct map_entry *entry) {
    const char *text = item->words[WORD_WHEN];
    struct map_condition *conditions = arena_zero(compiler->arena, MOST_CONDITIONS * sizeof *conditions);
    entry->when = conditions;
    bool good = true;
    while (*text) {
        size_t length = token(text);
        if (length && entry->when_count == MOST_CONDITIONS) {
            refuse(compiler, item, "when= has more than %d conditions", MOST_CONDITIONS);
            return false;
        }
        if (length) {
            good = parse_condition(compiler, item, text, length, &conditions[entry->when_count++]) && good;
        }
        text += length + (text[length] != 0);
    }
    if (!entry->when_count) {
        refuse(compiler, item, "when=\"\" has no condition");
    }
    return good;
}

static struct known *known_child(struct compiler *compiler, struct known *parent, const struct path_step *step) {
    for (struct known *child = parent->first; child; child = child->next) {
        if (child->name == step->name && child->spaces == step->spaces) {
            return child;
        }
    }
    struct known *made = arena_zero(compiler->arena, sizeof *made);
    made->name = step->name;
    made->spaces = step->spaces;
    made->next = parent->first;
    parent->first = made;
    return made;
}

void note_known(struct compiler *compiler, struct node *inner, struct node *outer, const struct path *path) {
    size_t i = 0;
    struct node *from = inner;
    if (path->count && path->steps[0].kind == STEP_PARENT) {
        from = outer;
        i = 1;
    }
    struct known *known = from ? &from->known : NULL;
    for (; known && i < path->count && path->steps[i].kind == STEP_CHILD; i++) {
        known = known_child(compiler, known, &path->steps[i]);
    }
}
