/* The facts that a map's words name: to=, set=, at=. */
#include "facts/map-compiler.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problems.h"
#include "tree/names.h"

#include <limits.h>
#include <string.h>

enum { DEEPEST = 32 };

void say(struct compiler *compiler, const struct definition *definition) {
    for (; definition; definition = definition->parent) {
        compiler->dialect->says[definition->id / 64] |= 1ULL << definition->id % 64;
        if (compiler->declaring) {
            compiler->dialect->declares[definition->id / 64] |= 1ULL << definition->id % 64;
        }
    }
}

void say_all(struct compiler *compiler, const struct definition *definition) {
    struct code_list *list = codes_list(compiler->dialect->codes, definition->list);
    if (list) {
        list->used = true;
    }
    say(compiler, definition);
    for (const struct definition *child = definition->first; child; child = child->next) {
        say_all(compiler, child);
    }
}

static void no_fact(struct compiler *compiler, const struct item *item, enum word word, const struct definition *parent,
                    const char *name) {
    const struct definition *near = definition_nearest(parent, name);
    refuse(compiler, item, "%s=\"%s\": %s has no fact \"%s\"%s%s", word_names[word], item->words[word],
           definition_path(compiler->arena, parent), name, near ? "; nearest: " : "", near ? near->name : "");
}

/* Steps of a path of facts below a definition, into target; false: said already. */
static bool follow(struct compiler *compiler, const struct item *item, enum word word, const char *text,
                   const struct definition *from, struct target *target) {
    const struct definition **groups = arena_alloc(compiler->arena, DEEPEST * sizeof(struct definition *));
    target->groups = groups;
    while (*text) {
        size_t length = strcspn(text, "/");
        const char *name = names_intern_part(compiler->names, text, length);
        const struct definition *child = definition_child(from, name);
        if (!child) {
            no_fact(compiler, item, word, from, name);
            return false;
        }
        if (*name == '@') {
            target->attribute = child;
        } else if (child->type != TYPE_GROUP) {
            target->leaf = child;
        } else if (target->count < DEEPEST) {
            groups[target->count++] = child;
        }
        from = child;
        text += length + (text[length] == '/');
    }
    return true;
}

bool parse_target(struct compiler *compiler, const struct item *item, const struct place *place,
                  struct map_entry *entry) {
    const char *text = item->words[WORD_TO];
    struct target *target = &entry->target;
    const struct definition *from = place->group;
    if (!*text || strcmp(text, "/") == 0) {
        refuse(compiler, item, "to=\"%s\" names no fact", text);
        return false;
    }
    if (*text == '/') {
        from = vocabulary_root(compiler->vocabulary);
        target->absolute = true;
        text++;
    } else if (*text == '@' && place->leaf && entry->kind != ENTRY_ELEMENT) {
        target->of_leaf = true;
        from = place->leaf;
    }
    if (!follow(compiler, item, WORD_TO, text, from, target)) {
        return false;
    }
    target->row = target->absolute && target->count && strcmp(target->groups[0]->name, "document") == 0;
    const struct definition *value = target_value(target);
    say(compiler, value ? value : target_group(target, place->group));
    return true;
}

static void not_allowed(struct compiler *compiler, const struct item *item, const struct definition *definition,
                        const char *text) {
    struct buffer list = {0};
    for (const char *const *value = definition->values; *value; value++) {
        buffer_printf(&list, "%s%s", value == definition->values ? "" : ", ", *value);
    }
    refuse(compiler, item, "set=\"%s\": not one of %s", text, list.bytes);
    buffer_free(&list);
}

/* The definition of one constant, and to which group it belongs. */
static const struct definition *constant_place(struct compiler *compiler, const struct target *target,
                                               const struct definition *open, const char *name, unsigned *up) {
    const struct definition *group = target_group(target, open);
    *up = 0;
    if (*name != '@') {
        return definition_child(group, name);
    }
    const struct definition *leaf = target->leaf ? definition_child(target->leaf, name) : NULL;
    if (leaf) {
        *up = UINT_MAX;
        return leaf;
    }
    for (; group && group != vocabulary_root(compiler->vocabulary); group = group->parent) {
        const struct definition *found = definition_child(group, name);
        if (found) {
            return found;
        }
        (*up)++;
    }
    return NULL;
}

void parse_set(struct compiler *compiler, const struct item *item, const struct place *place, struct map_entry *entry) {
    const char *text = item->words[WORD_SET];
    size_t count = 0;
    size_t capacity = 0;
    struct constant *set = NULL;
    while (*text) {
        size_t length = strcspn(text, ";");
        const char *one = arena_copy(compiler->arena, text, length);
        const char *equals = strchr(one, '=');
        text += length + (text[length] == ';');
        if (!equals || equals == one || !equals[1]) {
            refuse(compiler, item, "set=\"%s\": write @x=value or name=value", one);
            continue;
        }
        const char *name = names_intern_part(compiler->names, one, (size_t)(equals - one));
        struct constant constant = {.value = equals + 1};
        constant.definition = constant_place(compiler, &entry->target, place->group, name, &constant.up);
        if (!constant.definition || constant.definition->type == TYPE_GROUP) {
            const struct definition *group = target_group(&entry->target, place->group);
            no_fact(compiler, item, WORD_SET, entry->target.leaf && *name == '@' ? entry->target.leaf : group, name);
            continue;
        }
        if (!definition_allows(constant.definition, constant.value)) {
            not_allowed(compiler, item, constant.definition, one);
            continue;
        }
        say(compiler, constant.definition);
        if (count == capacity) {
            set = arena_grow(compiler->arena, set, &capacity, sizeof *set);
        }
        set[count++] = constant;
    }
    entry->set = set;
    entry->set_count = count;
}

void parse_at(struct compiler *compiler, const struct item *item, struct map_entry *entry) {
    const char *text = item->words[WORD_AT];
    size_t length = strlen(text);
    const char *open = strchr(text, '[');
    const char *equals = open ? strchr(open, '=') : NULL;
    if (!open || open == text || !equals || equals == open + 1 || text[length - 1] != ']') {
        refuse(compiler, item, "at=\"%s\": write GROUP[KEY=PATH]", text);
        return;
    }
    struct at *at = arena_zero(compiler->arena, sizeof *at);
    struct target target = {0};
    const char *path = arena_copy(compiler->arena, text, (size_t)(open - text));
    if (!follow(compiler, item, WORD_AT, path, vocabulary_root(compiler->vocabulary), &target)) {
        return;
    }
    const char *key = names_intern_part(compiler->names, open + 1, (size_t)(equals - open - 1));
    at->groups = target.groups;
    at->count = target.count;
    at->key = target.count && !target.leaf ? definition_child(target_group(&target, NULL), key) : NULL;
    if (!at->key || at->key->type == TYPE_GROUP) {
        refuse(compiler, item, "at=\"%s\": %s is no group with a fact \"%s\"", text, path, key);
        return;
    }
    if (parse_path(compiler, item, WORD_AT, equals + 1, (size_t)(text + length - 1 - equals - 1), &at->path)) {
        entry->at = at;
    }
}
