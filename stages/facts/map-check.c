/* What a map is refused for, once its words are understood (MAPS 4). */
#include "facts/map-compiler.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problems.h"

#include <string.h>

enum { MOST_PARTS = 64 }; /* an amendment of a credit has one for each tag */

static bool is_number(enum fact_type type) {
    return type == TYPE_DECIMAL || type == TYPE_INTEGER || type == TYPE_AMOUNT || type == TYPE_QUANTITY ||
           type == TYPE_MASS;
}

static bool is_time(enum fact_type type) {
    return type == TYPE_DATE || type == TYPE_DATETIME;
}

static void misfit(struct compiler *compiler, const struct item *item, enum word word, const char *type) {
    refuse(compiler, item, "%s=\"%s\" on %s %s", word_names[word], item->words[word],
           strchr("aeiou", *type) ? "an" : "a", type);
}

/* On a group only words that say where it is and what opens it. */
static void check_group(struct compiler *compiler, const struct item *item) {
    static const enum word values[] = {WORD_FROM,  WORD_UNIT,  WORD_FORM, WORD_TIMES, WORD_PLUS,
                                       WORD_CODES, WORD_SPLIT, WORD_PART, WORD_JOIN,  WORD_ABSENT};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (item->words[values[i]]) {
            misfit(compiler, item, values[i], "group");
        }
    }
}

static void check_form(struct compiler *compiler, const struct item *item, const struct map_entry *entry,
                       enum fact_type type) {
    bool for_time = entry->form_from || (entry->form && entry->form->kind == FORM_DATE);
    bool for_number = entry->form && entry->form->kind != FORM_DATE;
    if ((for_time && !is_time(type)) || (for_number && !is_number(type))) {
        misfit(compiler, item, WORD_FORM, fact_type_name(type));
    }
}

void check_codes(struct compiler *compiler, const struct item *item, const struct code_list *list,
                 const struct definition *definition) {
    for (size_t i = 0; i < list->count; i++) {
        const struct code_row *row = &list->rows[i];
        if (!*row->code || definition_allows(definition, row->code)) {
            continue;
        }
        struct buffer values = {0};
        for (const char *const *value = definition->values; *value; value++) {
            buffer_printf(&values, "%s%s", value == definition->values ? "" : ", ", *value);
        }
        refuse(compiler, item, "codes=\"%s\": %s of %s:%u is not one of %s", list->name, row->code,
               compiler->dialect->codes->file, row->line, values.bytes);
        buffer_free(&values);
    }
}

/* The rows of the list that a code belongs to hold for it unasked. */
static void use_own_list(struct compiler *compiler, const struct item *item, struct map_entry *entry,
                         const struct definition *value) {
    struct code_list *list = codes_list(compiler->dialect->codes, value->list);
    if (list && !entry->codes) {
        list->used = true;
        entry->codes = list;
        check_codes(compiler, item, list, value);
    }
    const char *unit = value->type == TYPE_AMOUNT ? "ISO4217" : is_number(value->type) ? "Rec20" : NULL;
    struct code_list *units = codes_list(compiler->dialect->codes, unit);
    if (units) {
        units->used = true;
    }
}

void check_words(struct compiler *compiler, const struct item *item, struct map_entry *entry) {
    static const enum word of_elements[] = {WORD_ALIAS, WORD_USE, WORD_SAME, WORD_DOCUMENT, WORD_IGNORE};
    for (size_t i = 0; i < sizeof of_elements / sizeof *of_elements && entry->kind != ENTRY_ELEMENT; i++) {
        if (item->words[of_elements[i]]) {
            misfit(compiler, item, of_elements[i], entry->kind == ENTRY_FACT ? "m:fact" : "m:attr");
        }
    }
    if (!entry->has_target) {
        return;
    }
    const struct definition *value = target_value(&entry->target);
    if (!value) {
        check_group(compiler, item);
        return;
    }
    enum fact_type type = value->type;
    check_form(compiler, item, entry, type);
    if (item->words[WORD_UNIT] && type != TYPE_AMOUNT && type != TYPE_QUANTITY && type != TYPE_MASS) {
        misfit(compiler, item, WORD_UNIT, fact_type_name(type));
    }
    if (item->words[WORD_TIMES] && !is_number(type)) {
        misfit(compiler, item, WORD_TIMES, fact_type_name(type));
    }
    if (item->words[WORD_PLUS] && !is_time(type)) {
        misfit(compiler, item, WORD_PLUS, fact_type_name(type));
    }
    if (entry->sum && !is_number(type)) {
        misfit(compiler, item, WORD_JOIN, fact_type_name(type));
    }
    if (item->words[WORD_CODES] && (is_time(type) || (is_number(type) && type != TYPE_INTEGER))) {
        misfit(compiler, item, WORD_CODES, fact_type_name(type));
    }
    if (item->words[WORD_SAME]) {
        misfit(compiler, item, WORD_SAME, fact_type_name(type));
    }
    if (entry->codes) {
        check_codes(compiler, item, entry->codes, value);
    }
    use_own_list(compiler, item, entry, value);
}

void check_parts(struct compiler *compiler, const struct item *parent) {
    for (const struct item *item = parent->first; item; item = item->next) {
        size_t parts = 0;
        for (const struct item *other = parent->first; other && item->words[WORD_JOIN]; other = other->next) {
            parts += other->words[WORD_JOIN] && other->words[WORD_TO] && item->words[WORD_TO] &&
                     strcmp(other->words[WORD_TO], item->words[WORD_TO]) == 0;
        }
        if (parts > MOST_PARTS && strcmp(item->words[WORD_JOIN], "+") != 0) {
            refuse(compiler, parent, "%zu parts for \"%s\" (limit %d)", parts, item->words[WORD_TO], MOST_PARTS);
            return;
        }
    }
}

static void check_blocks(struct compiler *compiler) {
    for (const struct item *item = compiler->map->top.first; item; item = item->next) {
        bool used = item->kind != ITEM_BLOCK;
        for (size_t i = 0; i < compiler->used_count && !used; i++) {
            used = compiler->used_blocks[i] == item;
        }
        if (!used) {
            refuse(compiler, item, "block \"%s\" is never used", item->name);
        }
        for (const struct item *other = item->next; other && item->kind == ITEM_BLOCK; other = other->next) {
            if (other->kind == ITEM_BLOCK && strcmp(other->name, item->name) == 0) {
                refuse(compiler, other, "block \"%s\" stands twice; first at line %u", item->name, item->line);
            }
        }
    }
}

static void check_lists(struct compiler *compiler) {
    const struct codes *codes = compiler->dialect->codes;
    for (size_t i = 0; i < codes->count; i++) {
        if (!codes->lists[i].used) {
            problem(compiler->problems, codes->file, codes->lists[i].line, 0, "list \"%s\" is never used",
                    codes->lists[i].name);
        }
    }
}

static bool says_one(const struct compiler *compiler, const char *const *paths) {
    for (; *paths; paths++) {
        const struct definition *found = definition_at(vocabulary_root(compiler->vocabulary), *paths);
        if (found && compiler->dialect->says[found->id / 64] >> found->id % 64 & 1) {
            return true;
        }
    }
    return false;
}

static const struct item *declares(const struct item *parent) {
    for (const struct item *item = parent->first; item; item = item->next) {
        const char *kind = item->words[WORD_DOCUMENT];
        if (kind && strcmp(kind, "declaration") == 0 && !item->words[WORD_IGNORE]) {
            return item;
        }
        const struct item *below = declares(item);
        if (below) {
            return below;
        }
    }
    return NULL;
}

/* Gate G-5 asks three facts of every declaration; the office may be derived (FACTS 6). */
static void check_reach(struct compiler *compiler) {
    static const struct {
        const char *name;
        const char *paths[4];
    } needed[] = {
        {"declaration/office",
         {"declaration/office", "declaration/presentationOffice", "declaration/exitOffice", NULL}},
        {"declaration/declarant", {"declaration/declarant", "declaration/exporter", NULL}},
        {"declaration/goodsItem/commodity/code", {"declaration/goodsItem/commodity/code", NULL}},
    };
    const struct item *item = declares(&compiler->map->top);
    for (size_t i = 0; item && i < sizeof needed / sizeof *needed; i++) {
        if (!says_one(compiler, needed[i].paths)) {
            refuse(compiler, item, "no entry yields %s", needed[i].name);
        }
    }
}

void check_whole(struct compiler *compiler) {
    check_blocks(compiler);
    check_lists(compiler);
    check_reach(compiler);
}
