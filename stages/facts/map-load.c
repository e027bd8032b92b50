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
    [WORD_TO] = "to",       [WORD_WHEN] = "when",   [WORD_FROM] = "from",         [WORD_UNIT] = "unit",
    [WORD_FORM] = "form",   [WORD_TIMES] = "times", [WORD_CODES] = "codes",       [WORD_SET] = "set",
    [WORD_SPLIT] = "split", [WORD_PART] = "part",   [WORD_JOIN] = "join",         [WORD_ABSENT] = "absent",
    [WORD_ALIAS] = "alias", [WORD_USE] = "use",     [WORD_SAME] = "same",         [WORD_IGNORE] = "ignore",
    [WORD_AT] = "at",       [WORD_KEY] = "key",     [WORD_DOCUMENT] = "document",
};

struct reader {
    struct arena *arena;
    struct map_file *map;
    const struct scope **scopes;
    size_t element; /* next in document order */
    struct problems *problems;
};

static bool same(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void refuse_word(const struct reader *reader, const struct source *source, const char *word) {
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
    problem(reader->problems, reader->map->file, source->element->line, 0, "\"%s\" is not a word of maps; words:%s",
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
static void check_attributes(const struct reader *reader, const struct source *source, const char *const *known,
                             size_t count) {
    for (const struct source_attribute *a = source->attributes; a; a = a->next) {
        bool found = false;
        for (size_t i = 0; i < count; i++) {
            found = found || same(a->written, known[i]);
        }
        if (!found) {
            problem(reader->problems, reader->map->file, source->element->line, 0, "%s has no word \"%s\"",
                    source->element->name, a->written);
        }
    }
}

static struct item *add_item(struct reader *reader, struct item *parent, const struct source *source,
                             enum item_kind kind, const char *name) {
    struct item *item = arena_zero(reader->arena, sizeof *item);
    item->kind = kind;
    item->name = name;
    item->written = arena_string(reader->arena, source->element->name);
    item->file = reader->map->file;
    item->line = source->element->line;
    item->scope = reader->scopes[reader->element - 1];
    if (parent->last) {
        parent->last->next = item;
    } else {
        parent->first = item;
    }
    parent->last = item;
    if (kind != ITEM_BLOCK) {
        reader->map->entries++;
    }
    return item;
}

static void read_words(struct reader *reader, struct item *item, const struct source *source) {
    for (const struct source_attribute *a = source->attributes; a; a = a->next) {
        size_t word = 0;
        while (word < WORD_COUNT && strcmp(word_names[word], a->written) != 0) {
            word++;
        }
        if (word < WORD_COUNT) {
            item->words[word] = arena_string(reader->arena, a->value);
        } else if (item->kind != ITEM_ATTRIBUTE || strcmp(a->written, "name") != 0) {
            refuse_word(reader, source, a->written);
        }
    }
}

static void read_children(struct reader *reader, struct item *parent, const struct source *source);

/* m:ignore names="a b c" why="tax": one ignored entry per name. */
static void read_ignore(struct reader *reader, struct item *parent, const struct source *source) {
    static const char *const known[] = {"names", "why"};
    check_attributes(reader, source, known, 2);
    const char *names = attribute(source, "names");
    const char *why = attribute(source, "why");
    if (!names || !why || !*why) {
        problem(reader->problems, reader->map->file, source->element->line, 0, "m:ignore needs names= and why=");
        return;
    }
    while (*names) {
        size_t length = strcspn(names, " \n\t");
        if (length) {
            struct item *item =
                add_item(reader, parent, source, ITEM_ELEMENT, arena_copy(reader->arena, names, length));
            item->written = item->name;
            item->words[WORD_IGNORE] = arena_string(reader->arena, why);
            item->ns = "?"; /* the prefix is resolved with those of the words */
        }
        names += length + (names[length] != 0);
    }
}

static void read_helper(struct reader *reader, struct item *parent, const struct source *source) {
    static const char *const name_only[] = {"name"};
    bool at_top = parent == &reader->map->top;
    const char *name = attribute(source, "name");
    struct item *item = NULL;
    if (same(source->name, "block") && at_top) {
        check_attributes(reader, source, name_only, 1);
        item = add_item(reader, parent, source, ITEM_BLOCK, name ? arena_string(reader->arena, name) : "");
        if (!name || !*name) {
            problem(reader->problems, item->file, item->line, 0, "m:block needs name=");
        }
    } else if (same(source->name, "fact") && !at_top) {
        item = add_item(reader, parent, source, ITEM_FACT, "m:fact");
        read_words(reader, item, source);
    } else if (same(source->name, "attr") && !at_top) {
        item = add_item(reader, parent, source, ITEM_ATTRIBUTE, name ? arena_string(reader->arena, name) : "");
        read_words(reader, item, source);
        if (!name || !*name) {
            problem(reader->problems, item->file, item->line, 0, "m:attr needs name=");
        }
    } else if (same(source->name, "ignore")) {
        read_ignore(reader, parent, source);
    } else if (same(source->name, "namespace") && at_top) {
        static const char *const known[] = {"uri", "also"};
        struct map_file *map = reader->map;
        check_attributes(reader, source, known, 2);
        const char *uri = attribute(source, "uri");
        const char *also = attribute(source, "also");
        if (!uri || !also) {
            problem(reader->problems, map->file, source->element->line, 0, "m:namespace needs uri= and also=");
        } else {
            if (map->space_count == map->space_capacity) {
                map->spaces = arena_grow(reader->arena, map->spaces, &map->space_capacity, sizeof *map->spaces);
            }
            map->spaces[map->space_count++] = (struct map_space){
                arena_string(reader->arena, uri), arena_string(reader->arena, also), source->element->line};
        }
    } else {
        problem(reader->problems, reader->map->file, source->element->line, 0,
                "no element %s here; elements: map namespace block attr fact ignore", source->element->name);
    }
    if (item) {
        read_children(reader, item, source);
    } else {
        struct item aside = {.kind = ITEM_BLOCK};
        read_children(reader, &aside, source);
    }
}

static void read_children(struct reader *reader, struct item *parent, const struct source *source) {
    for (const struct source *child = source->first; child; child = child->next) {
        reader->element++;
        if (same(child->ns, map_ns)) {
            read_helper(reader, parent, child);
            continue;
        }
        struct item *item = add_item(reader, parent, child, ITEM_ELEMENT, child->name);
        item->ns = child->ns;
        if (parent->kind == ITEM_FACT || parent->kind == ITEM_ATTRIBUTE) {
            problem(reader->problems, item->file, item->line, 0, "%s stands in %s, which holds m:fact and m:attr only",
                    item->written, parent->written);
        }
        read_words(reader, item, child);
        read_children(reader, item, child);
    }
}

static void read_head(struct reader *reader, const struct source *root) {
    static const char *const known[] = {"dialect", "base", "reader", "names", "null", "absent", "zone", "unit"};
    struct map_head *head = &reader->map->head;
    const char **const fields[] = {&head->dialect, &head->base,   &head->reader, &head->names,
                                   &head->null,    &head->absent, &head->zone,   &head->unit};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const char *value = attribute(root, known[i]);
        *fields[i] = value ? arena_string(reader->arena, value) : NULL;
    }
    check_attributes(reader, root, known, sizeof known / sizeof *known);
    if (!head->dialect || !*head->dialect) {
        problem(reader->problems, reader->map->file, root->element->line, 0, "m:map needs dialect=");
        head->dialect = "?";
    }
}

struct map_file *map_file_read(struct arena *arena, struct names *names, const char *file, const char *text,
                               size_t length, struct problems *problems) {
    struct map_file *map = arena_zero(arena, sizeof *map);
    map->file = arena_string(arena, file);
    map->top.kind = ITEM_BLOCK;
    struct xml_document *xml = xml_parse(arena, NULL, (const unsigned char *)text, length, 1, &limits);
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
    struct reader reader = {
        .arena = arena,
        .map = map,
        .scopes = scopes_read(arena, text, length, xml_element_count(xml)),
        .element = 1,
        .problems = problems,
    };
    map->line = root->element->line;
    map->scope = reader.scopes[0];
    read_head(&reader, root);
    read_children(&reader, &map->top, root);
    if (map->entries > MOST_ENTRIES) {
        problem(problems, file, 1, 0, "%zu entries (limit %d)", map->entries, MOST_ENTRIES);
    }
    xml_release(xml);
    return map;
}
