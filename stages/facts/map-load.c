/* From the text of a map to its items: which elements and words there are. */
#include "facts/map-item.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problems.h"
#include "tree/names.h"
#include "xml/parse.h"

#include <string.h>

static const char map_ns[] = "urn:tidewaiter:map:1";

enum { LARGEST_MAP = 16 << 20, DEEPEST = 64, MOST_ENTRIES = 10000 };
static const struct xml_limits limits = {.max_bytes = LARGEST_MAP, .max_text = LARGEST_MAP, .max_depth = DEEPEST};

const char *const word_names[WORD_COUNT] = {
    [WORD_TO] = "to",         [WORD_WHEN] = "when",   [WORD_FROM] = "from", [WORD_UNIT] = "unit",
    [WORD_FORM] = "form",     [WORD_TIMES] = "times", [WORD_PLUS] = "plus", [WORD_CODES] = "codes",
    [WORD_SET] = "set",       [WORD_SPLIT] = "split", [WORD_PART] = "part", [WORD_JOIN] = "join",
    [WORD_ABSENT] = "absent", [WORD_ALIAS] = "alias", [WORD_USE] = "use",   [WORD_SAME] = "same",
    [WORD_IGNORE] = "ignore", [WORD_AT] = "at",       [WORD_KEY] = "key",   [WORD_DOCUMENT] = "document",
};

struct loading {
    struct arena *arena;
    struct map_file *map;
    struct problems *problems;
};

static bool same(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void refuse_word(const struct loading *loading, const struct source *source, const char *word) {
    struct buffer list = {0};
    for (const char *next = ""; next;) {
        const char *least = NULL;
        for (size_t i = 0; i < WORD_COUNT; i++) {
            if (strcmp(word_names[i], next) > 0 && (!least || strcmp(word_names[i], least) < 0)) {
                least = word_names[i];
            }
        }
        if (least) {
            buffer_printf(&list, " %s", least);
        }
        next = least;
    }
    problem(loading->problems, loading->map->file, source->element->line, 0, "\"%s\" is not a word of maps; words:%s",
            word, list.bytes);
    buffer_free(&list);
}

static const char *attribute(const struct source *source, const char *name) {
    for (const struct source_attribute *a = source->attributes; a; a = a->next) {
        if (!a->ns && same(a->written, name)) {
            return a->value;
        }
    }
    return NULL;
}

/* Attributes of a helper element that are not among its own. */
static void check_attributes(const struct loading *loading, const struct source *source, const char *const *known,
                             size_t count) {
    for (const struct source_attribute *a = source->attributes; a; a = a->next) {
        bool found = false;
        for (size_t i = 0; i < count; i++) {
            found = found || same(a->written, known[i]);
        }
        if (!found) {
            problem(loading->problems, loading->map->file, source->element->line, 0, "%s has no word \"%s\"",
                    source->element->name, a->written);
        }
    }
}

static struct item *add_item(struct loading *loading, struct item *parent, const struct source *source,
                             enum item_kind kind, const char *name) {
    struct item *item = arena_zero(loading->arena, sizeof *item);
    item->kind = kind;
    item->name = name;
    item->written = arena_string(loading->arena, source->element->name);
    item->file = loading->map->file;
    item->line = source->element->line;
    item->source = source;
    if (parent->last) {
        parent->last->next = item;
    } else {
        parent->first = item;
    }
    parent->last = item;
    if (kind != ITEM_BLOCK) {
        loading->map->entries++;
    }
    return item;
}

static void read_words(struct loading *loading, struct item *item, const struct source *source) {
    for (const struct source_attribute *a = source->attributes; a; a = a->next) {
        size_t word = 0;
        while (word < WORD_COUNT && strcmp(word_names[word], a->written) != 0) {
            word++;
        }
        if (word < WORD_COUNT) {
            item->words[word] = arena_string(loading->arena, a->value);
        } else if (item->kind != ITEM_ATTRIBUTE || strcmp(a->written, "name") != 0) {
            refuse_word(loading, source, a->written);
        }
    }
}

static void read_children(struct loading *loading, struct item *parent, const struct source *source);

/* m:ignore names="a b c" why="tax": one ignored entry per name. */
static void read_ignore(struct loading *loading, struct item *parent, const struct source *source) {
    static const char *const known[] = {"names", "why"};
    check_attributes(loading, source, known, 2);
    const char *names = attribute(source, "names");
    const char *why = attribute(source, "why");
    if (!names || !why || !*why) {
        problem(loading->problems, loading->map->file, source->element->line, 0, "m:ignore needs names= and why=");
        return;
    }
    while (*names) {
        size_t length = strcspn(names, " \n\t");
        if (length) {
            struct item *item =
                add_item(loading, parent, source, ITEM_ELEMENT, arena_copy(loading->arena, names, length));
            item->written = item->name;
            item->words[WORD_IGNORE] = arena_string(loading->arena, why);
            item->ns = "?"; /* the prefix is resolved with those of the words */
        }
        names += length + (names[length] != 0);
    }
}

static void read_helper(struct loading *loading, struct item *parent, const struct source *source) {
    static const char *const of_block[] = {"name", "use"};
    bool at_top = parent == &loading->map->top;
    const char *name = attribute(source, "name");
    struct item *item = NULL;
    if (same(source->name, "block") && at_top) {
        check_attributes(loading, source, of_block, 2);
        item = add_item(loading, parent, source, ITEM_BLOCK, name ? arena_string(loading->arena, name) : "");
        const char *use = attribute(source, "use");
        item->words[WORD_USE] = use ? arena_string(loading->arena, use) : NULL;
        if (!name || !*name) {
            problem(loading->problems, item->file, item->line, 0, "m:block needs name=");
        }
    } else if (same(source->name, "fact") && !at_top) {
        item = add_item(loading, parent, source, ITEM_FACT, "m:fact");
        read_words(loading, item, source);
    } else if (same(source->name, "attr") && !at_top) {
        item = add_item(loading, parent, source, ITEM_ATTRIBUTE, name ? arena_string(loading->arena, name) : "");
        read_words(loading, item, source);
        if (!name || !*name) {
            problem(loading->problems, item->file, item->line, 0, "m:attr needs name=");
        }
    } else if (same(source->name, "ignore")) {
        read_ignore(loading, parent, source);
    } else if (same(source->name, "namespace") && at_top) {
        static const char *const known[] = {"uri", "also"};
        struct map_file *map = loading->map;
        check_attributes(loading, source, known, 2);
        const char *uri = attribute(source, "uri");
        const char *also = attribute(source, "also");
        if (!uri || !also) {
            problem(loading->problems, map->file, source->element->line, 0, "m:namespace needs uri= and also=");
        } else {
            if (map->space_count == map->space_capacity) {
                map->spaces = arena_grow(loading->arena, map->spaces, &map->space_capacity, sizeof *map->spaces);
            }
            map->spaces[map->space_count++] = (struct map_space){
                arena_string(loading->arena, uri), arena_string(loading->arena, also), source->element->line};
        }
    } else {
        problem(loading->problems, loading->map->file, source->element->line, 0,
                "no element %s here; elements: map namespace block attr fact ignore", source->element->name);
    }
    if (item) {
        read_children(loading, item, source);
    } else {
        struct item aside = {.kind = ITEM_BLOCK};
        read_children(loading, &aside, source);
    }
}

static void read_children(struct loading *loading, struct item *parent, const struct source *source) {
    for (const struct source *child = source->first; child; child = child->next) {
        if (same(child->ns, map_ns)) {
            read_helper(loading, parent, child);
            continue;
        }
        struct item *item = add_item(loading, parent, child, ITEM_ELEMENT, child->name);
        item->ns = child->ns;
        if (parent->kind == ITEM_FACT || parent->kind == ITEM_ATTRIBUTE) {
            problem(loading->problems, item->file, item->line, 0, "%s stands in %s, which holds m:fact and m:attr only",
                    item->written, parent->written);
        }
        read_words(loading, item, child);
        read_children(loading, item, child);
    }
}

static void read_head(struct loading *loading, const struct source *root) {
    static const char *const known[] = {"dialect", "base", "reader", "names", "null", "absent", "zone", "unit"};
    struct map_head *head = &loading->map->head;
    const char **const fields[] = {&head->dialect, &head->base,   &head->reader, &head->names,
                                   &head->null,    &head->absent, &head->zone,   &head->unit};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const char *value = attribute(root, known[i]);
        *fields[i] = value ? arena_string(loading->arena, value) : NULL;
    }
    check_attributes(loading, root, known, sizeof known / sizeof *known);
    if (!head->dialect || !*head->dialect) {
        problem(loading->problems, loading->map->file, root->element->line, 0, "m:map needs dialect=");
        head->dialect = "?";
    }
}

struct map_file *map_file_read(struct arena *arena, struct names *names, const char *file, const char *text,
                               size_t length, struct problems *problems) {
    struct map_file *map = arena_zero(arena, sizeof *map);
    map->file = arena_string(arena, file);
    map->top.kind = ITEM_BLOCK;
    struct xml_document *xml = xml_parse_scratch(arena, NULL, (const unsigned char *)text, length, 1, &limits);
    if (xml_state(xml) != XML_WELL_FORMED) {
        uint32_t line;
        uint32_t column;
        const char *message = xml_message(xml, &line, &column);
        problem(problems, file, line, column, "%s", message);
        xml_release(xml);
        return NULL;
    }
    const struct source *root = xml_source_loading(xml, names);
    if (!same(root->ns, map_ns) || !same(root->name, "map")) {
        problem(problems, file, root->element->line, 0, "no map: the root is {%s}map", map_ns);
        xml_release(xml);
        return NULL;
    }
    struct loading loading = {
        .arena = arena,
        .map = map,
        .problems = problems,
    };
    map->line = root->element->line;
    map->source = root;
    read_head(&loading, root);
    read_children(&loading, &map->top, root);
    if (map->entries > MOST_ENTRIES) {
        problem(problems, file, 1, 0, "%zu entries (limit %d)", map->entries, MOST_ENTRIES);
    }
    map->xml = xml;
    return map;
}

void map_file_release(struct map_file *map) {
    if (map) {
        xml_release(map->xml);
    }
}
