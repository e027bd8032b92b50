#include "facts/seek.h"

#include "base/arena.h"
#include "tree/names.h"

#include <ctype.h>
#include <string.h>

/* Of many siblings of one name a path looks at the first: else M items that ask N siblings cost M times N. */
enum { LONGEST_NAME = 512, MOST_SIBLINGS = 256 };

/* Children of one element by name; those of one name are linked in order. */
struct child {
    const char *name;
    const struct source *source;
    struct child *next_same;
};
struct child_index {
    const struct source *source;
    struct child **slots; /* first of its name */
    size_t size;
};

static const char white[] = " \t\r\n";

const char *source_name(const struct seeker *seeker, const struct source *source) {
    if (!seeker->dialect->nocase) {
        return source->name;
    }
    const char *written = source->element->name;
    const char *colon = strchr(written, ':');
    const char *name = colon ? colon + 1 : written;
    char lower[LONGEST_NAME];
    size_t length = 0;
    for (; length < sizeof lower - 1 && name[length]; length++) {
        lower[length] = (char)tolower((unsigned char)name[length]);
    }
    lower[length] = '\0';
    return name[length] ? NULL : names_find(seeker->names, lower);
}

const char *trimmed(struct arena *arena, const char *text) {
    if (!text) {
        return NULL;
    }
    text += strspn(text, white);
    size_t length = strlen(text);
    size_t kept = length;
    while (kept && strchr(white, text[kept - 1])) {
        kept--;
    }
    if (!kept) {
        return NULL;
    }
    return kept == length ? text : arena_copy(arena, text, kept);
}

static bool among(const char *const *texts, size_t count, const char *text) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(texts[i], text) == 0) {
            return true;
        }
    }
    return false;
}

bool is_absent(const struct dialect *dialect, const struct map_entry *entry, const char *text) {
    return !text || among(dialect->absent, dialect->absent_count, text) ||
           (entry && among(entry->absent, entry->absent_count, text));
}

static size_t hash(const void *pointer, size_t size) {
    uintptr_t value = (uintptr_t)pointer;
    return (size_t)((value >> 4) * 0x9E3779B97F4A7C15ULL >> 20) & (size - 1);
}

bool was_reached(const struct seeker *seeker, const struct source *source) {
    if (!seeker->reached_size) {
        return false;
    }
    size_t i = hash(source, seeker->reached_size);
    while (seeker->reached[i] && seeker->reached[i] != source) {
        i = (i + 1) & (seeker->reached_size - 1);
    }
    return seeker->reached[i] != NULL;
}

static void put_reached(const struct source **table, size_t size, const struct source *source) {
    size_t i = hash(source, size);
    while (table[i] && table[i] != source) {
        i = (i + 1) & (size - 1);
    }
    table[i] = source;
}

static void reach(struct seeker *seeker, const struct source *source) {
    if (was_reached(seeker, source)) {
        return;
    }
    if ((seeker->reached_count + 1) * 2 > seeker->reached_size) {
        size_t size = seeker->reached_size ? seeker->reached_size * 2 : 64;
        const struct source **bigger = arena_zero(seeker->scratch, size * sizeof(struct source *));
        for (size_t i = 0; i < seeker->reached_size; i++) {
            if (seeker->reached[i]) {
                put_reached(bigger, size, seeker->reached[i]);
            }
        }
        seeker->reached = bigger;
        seeker->reached_size = size;
    }
    put_reached(seeker->reached, seeker->reached_size, source);
    seeker->reached_count++;
}

static void add_child(struct child_index *index, struct child *child, struct child **last) {
    size_t i = hash(child->name, index->size);
    while (index->slots[i] && index->slots[i]->name != child->name) {
        i = (i + 1) & (index->size - 1);
    }
    if (index->slots[i]) {
        last[i]->next_same = child;
    } else {
        index->slots[i] = child;
    }
    last[i] = child;
}

static struct child_index *build_index(struct seeker *seeker, const struct source *source) {
    struct child_index *index = arena_zero(seeker->scratch, sizeof *index);
    size_t count = 0;
    for (const struct source *child = source->first; child; child = child->next) {
        count++;
    }
    seeker->steps += count;
    index->source = source;
    for (index->size = 2; index->size < count * 2;) {
        index->size *= 2;
    }
    index->slots = arena_zero(seeker->scratch, index->size * sizeof(struct child *));
    struct child **last = arena_zero(seeker->scratch, index->size * sizeof(struct child *));
    struct child *children = arena_zero(seeker->scratch, (count + 1) * sizeof *children);
    for (const struct source *child = source->first; child; child = child->next) {
        children->name = source_name(seeker, child);
        children->source = child;
        if (children->name) {
            add_child(index, children, last);
        }
        children++;
    }
    return index;
}

static void put_index(struct child_index **table, size_t size, struct child_index *index) {
    size_t i = hash(index->source, size);
    while (table[i]) {
        i = (i + 1) & (size - 1);
    }
    table[i] = index;
}

static const struct child_index *index_of(struct seeker *seeker, const struct source *source) {
    if ((seeker->index_count + 1) * 2 > seeker->index_size) {
        size_t size = seeker->index_size ? seeker->index_size * 2 : 64;
        struct child_index **bigger = arena_zero(seeker->scratch, size * sizeof(struct child_index *));
        for (size_t i = 0; i < seeker->index_size; i++) {
            if (seeker->indexes[i]) {
                put_index(bigger, size, seeker->indexes[i]);
            }
        }
        seeker->indexes = bigger;
        seeker->index_size = size;
    }
    size_t i = hash(source, seeker->index_size);
    while (seeker->indexes[i] && seeker->indexes[i]->source != source) {
        i = (i + 1) & (seeker->index_size - 1);
    }
    if (!seeker->indexes[i]) {
        seeker->indexes[i] = build_index(seeker, source);
        seeker->index_count++;
    }
    return seeker->indexes[i];
}

static const struct child *children_named(struct seeker *seeker, const struct source *source, const char *name) {
    if (!source->first) {
        return NULL;
    }
    const struct child_index *index = index_of(seeker, source);
    size_t i = hash(name, index->size);
    while (index->slots[i] && index->slots[i]->name != name) {
        i = (i + 1) & (index->size - 1);
    }
    return index->slots[i];
}

/* What a visit of the elements that a path reaches wants: true ends it. */
typedef bool visitor(struct seeker *seeker, const struct source *source, const char *attribute, const char *text,
                     const void *data);

static bool visit_attribute(struct seeker *seeker, const struct source *source, const struct path_step *step,
                            visitor *visit, const void *data) {
    for (const struct source_attribute *a = source->attributes; a; a = a->next) {
        if (a->name == step->name && spaces_have(step->spaces, a->ns)) {
            return visit(seeker, source, a->written, a->value, data);
        }
    }
    return false;
}

/* The path from step i on; recursion goes no deeper than the path is long (64). */
static bool visit_steps(struct seeker *seeker, const struct source *source, const struct path *path, size_t i,
                        visitor *visit, const void *data) {
    if (i > 0 && path->steps[i - 1].kind != STEP_SELF) {
        reach(seeker, source);
    }
    if (i == path->count) {
        return visit(seeker, source, NULL, source->text, data);
    }
    const struct path_step *step = &path->steps[i];
    switch (step->kind) {
    case STEP_SELF:
        return visit_steps(seeker, source, path, i + 1, visit, data);
    case STEP_PARENT:
        return source->parent && visit_steps(seeker, source->parent, path, i + 1, visit, data);
    case STEP_ATTRIBUTE:
        return visit_attribute(seeker, source, step, visit, data);
    case STEP_POSITION: /* among the siblings of its name */
        return visit(seeker, source, NULL, arena_number(seeker->arena, source->element->position), data);
    case STEP_ANCHOR:
        while (source && (source_name(seeker, source) != step->name || !spaces_have(step->spaces, source->ns))) {
            source = source->parent;
        }
        return source && visit_steps(seeker, source, path, i + 1, visit, data);
    default: {
        const struct child *child = children_named(seeker, source, step->name);
        for (int looked = 0; child && looked < MOST_SIBLINGS; child = child->next_same, looked++) {
            if (spaces_have(step->spaces, child->source->ns) &&
                visit_steps(seeker, child->source, path, i + 1, visit, data)) {
                return true;
            }
        }
        return false;
    }
    }
}

static size_t character_length(const char *text) {
    size_t length = 1;
    while (((unsigned char)text[length] & 0xC0) == 0x80) {
        length++;
    }
    return length;
}

static size_t count_characters(const char *text) {
    size_t count = 0;
    for (; *text; text += character_length(text)) {
        count++;
    }
    return count;
}

const char *cut_characters(struct arena *arena, const char *text, struct part part) {
    size_t count = count_characters(text);
    size_t skip = (size_t)part.first - 1;
    if (part.first < 0) {
        size_t wanted = (size_t)-part.first;
        skip = count > wanted ? count - wanted : 0;
    }
    size_t last = part.last > 0 ? (size_t)part.last : count;
    if (part.last < 0) {
        size_t left = (size_t)-part.last - 1;
        last = count > left ? count - left : 0;
    }
    if (skip >= count || skip >= last) {
        return NULL;
    }
    for (size_t i = 0; i < skip; i++) {
        text += character_length(text);
    }
    const char *end = text;
    for (size_t i = skip; *end && i < last; i++) {
        end += character_length(end);
    }
    return arena_copy(arena, text, (size_t)(end - text));
}

struct first_value {
    const struct path *path;
    struct found *out;
};

static bool take_first(struct seeker *seeker, const struct source *source, const char *attribute, const char *text,
                       const void *data) {
    const struct first_value *wanted = data;
    text = trimmed(seeker->arena, text);
    if (is_absent(seeker->dialect, NULL, text)) {
        return false;
    }
    if (wanted->path->cut) {
        text = trimmed(seeker->arena, cut_characters(seeker->arena, text, wanted->path->part));
    }
    *wanted->out = (struct found){source, attribute, text};
    return text != NULL;
}

bool seek_path(struct seeker *seeker, const struct source *from, const struct path *path, struct found *out) {
    if (path->constant) {
        *out = (struct found){.text = path->constant};
        return true;
    }
    struct first_value wanted = {path, out};
    return visit_steps(seeker, from, path, 0, take_first, &wanted);
}

bool seek_first(struct seeker *seeker, const struct source *from, const struct paths *paths, struct found *out) {
    for (size_t i = 0; i < paths->count; i++) {
        if (seek_path(seeker, from, &paths->items[i], out)) {
            return true;
        }
    }
    return false;
}

static bool matches(const char *pattern, const char *text) {
    size_t length = strlen(pattern);
    if (length && pattern[length - 1] == '*') {
        return strncmp(pattern, text, length - 1) == 0;
    }
    return strcmp(pattern, text) == 0;
}

/* Present: a text that is not absent, or child elements other than the one that means absent. */
static bool has_children(struct seeker *seeker, const struct source *source) {
    for (const struct source *child = source->first; child; child = child->next) {
        if (!seeker->dialect->null || source_name(seeker, child) != seeker->dialect->null) {
            return true;
        }
    }
    return false;
}

static bool holds(struct seeker *seeker, const struct source *source, const char *attribute, const char *text,
                  const void *data) {
    const struct map_condition *condition = data;
    text = trimmed(seeker->arena, text);
    if (condition->form) {
        return condition->form(text);
    }
    if (!condition->count) {
        return !is_absent(seeker->dialect, NULL, text) || (!attribute && has_children(seeker, source));
    }
    if (text && condition->path.cut) {
        text = cut_characters(seeker->arena, text, condition->path.part);
    }
    for (size_t i = 0; text && i < condition->count; i++) {
        if (matches(condition->values[i], text)) {
            return true;
        }
    }
    return false;
}

static bool are_equal(struct seeker *seeker, const struct source *from, const struct map_condition *condition) {
    struct found first;
    struct found second;
    return seek_path(seeker, from, &condition->path, &first) && seek_path(seeker, from, condition->other, &second) &&
           strcmp(first.text, second.text) == 0;
}

bool seek_conditions(struct seeker *seeker, const struct source *from, const struct map_entry *entry) {
    for (size_t i = 0; i < entry->when_count; i++) {
        const struct map_condition *condition = &entry->when[i];
        bool true_here = condition->other ? are_equal(seeker, from, condition)
                                          : visit_steps(seeker, from, &condition->path, 0, holds, condition);
        if (true_here == condition->negated) {
            return false;
        }
    }
    return true;
}
