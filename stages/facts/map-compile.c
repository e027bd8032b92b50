/* From items to nodes: every entry bound to the definitions of the facts that it yields. */
#include "facts/map-compiler.h"

#include "base/arena.h"
#include "base/problems.h"
#include "tree/names.h"

#include <stdarg.h>
#include <string.h>

enum { DEEPEST = 64, MOST_ALTERNATIVES = 16, MOST_BLOCKS = 64 };

static void compile_children(struct compiler *compiler, const struct item *item, const struct place *place,
                             struct node *into);
static void go_on_in_block(struct compiler *compiler, const struct item *item, const struct place *inside,
                           struct node *node);

static bool same(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

void refuse(struct compiler *compiler, const struct item *item, const char *format, ...) {
    va_list values;
    va_start(values, format);
    const char *text = arena_vprintf(compiler->arena, format, values);
    va_end(values);
    for (size_t i = 0; i < compiler->problems->count; i++) {
        const struct problem *said = &compiler->problems->items[i];
        if (said->line == item->line && same(said->file, item->file) && same(said->text, text)) {
            return;
        }
    }
    problem(compiler->problems, item->file, item->line, 0, "%s", text);
}

static void grow_slots(struct compiler *compiler, struct node *node) {
    struct node bigger = *node;
    bigger.slot_count = node->slot_count ? node->slot_count * 2 : 8;
    bigger.slots = arena_zero(compiler->arena, bigger.slot_count * sizeof *bigger.slots);
    for (size_t i = 0; i < node->slot_count; i++) {
        if (node->slots[i].name) {
            bigger.slots[node_slot(&bigger, node->slots[i].ns, node->slots[i].name)] = node->slots[i];
        }
    }
    node->slots = bigger.slots;
    node->slot_count = bigger.slot_count;
}

static void add_alternative(struct compiler *compiler, struct node *node, const struct item *item, const char *ns,
                            const char *name, const struct map_entry *entry) {
    if ((node->name_count + 1) * 2 > node->slot_count) {
        grow_slots(compiler, node);
    }
    struct alternatives *slot = &node->slots[node_slot(node, ns, name)];
    if (!slot->name) {
        slot->ns = ns;
        slot->name = name;
        node->name_count++;
    }
    if (slot->count && !slot->items[slot->count - 1]->when_count) {
        refuse(compiler, item, "never reached: the entry at line %u takes every %s", slot->items[slot->count - 1]->line,
               item->name);
    }
    if (slot->count == MOST_ALTERNATIVES) {
        refuse(compiler, item, "%zu alternatives for \"%s\" (limit %d)", slot->count + 1, item->name,
               MOST_ALTERNATIVES);
        return;
    }
    if (slot->count == slot->capacity) {
        slot->items = arena_grow(compiler->arena, slot->items, &slot->capacity, sizeof(struct map_entry *));
    }
    slot->items[slot->count++] = entry;
}

/* Under its own name and its aliases, in each namespace that stands for its own. */
static void add_element(struct compiler *compiler, struct node *node, const struct item *item,
                        const struct spaces *spaces, const char *name, const struct map_entry *entry) {
    const char *names = item->words[WORD_ALIAS] ? item->words[WORD_ALIAS] : "";
    for (;;) {
        for (size_t i = 0; i < spaces->count; i++) {
            add_alternative(compiler, node, item, spaces->uris[i], name, entry);
        }
        names += strspn(names, " ");
        size_t length = strcspn(names, " ");
        if (!length) {
            return;
        }
        name = intern_element(compiler, names, length);
        names += length;
    }
}

static const struct item *find_block(const struct compiler *compiler, const char *name) {
    for (const struct item *item = compiler->map->top.first; item; item = item->next) {
        if (item->kind == ITEM_BLOCK && strcmp(item->name, name) == 0) {
            return item;
        }
    }
    return NULL;
}

static const char *nearest_block(const struct compiler *compiler, const char *name) {
    const char *candidates[MOST_BLOCKS];
    size_t count = 0;
    for (const struct item *item = compiler->map->top.first; item && count < MOST_BLOCKS; item = item->next) {
        if (item->kind == ITEM_BLOCK) {
            candidates[count++] = item->name;
        }
    }
    return problem_nearest(name, candidates, count);
}

static void use_block(struct compiler *compiler, const struct item *block) {
    if (compiler->used_count == compiler->used_capacity) {
        compiler->used_blocks =
            arena_grow(compiler->arena, compiler->used_blocks, &compiler->used_capacity, sizeof(struct item *));
    }
    compiler->used_blocks[compiler->used_count++] = block;
}

/* The block as it is met in a group; made once per group, so that a block may use itself. */
static const struct node *compile_block(struct compiler *compiler, const struct item *item, const char *name,
                                        const struct place *place) {
    const struct item *block = find_block(compiler, name);
    if (!block) {
        const char *near = nearest_block(compiler, name);
        refuse(compiler, item, "no block \"%s\"%s%s", name, near ? "; nearest: " : "", near ? near : "");
        return NULL;
    }
    for (size_t i = 0; i < compiler->instance_count; i++) {
        const struct instance *made = &compiler->instances[i];
        if (made->block == block && made->group == place->group && made->leaf == place->leaf) {
            return made->node;
        }
    }
    if (compiler->instance_count == compiler->instance_capacity) {
        compiler->instances =
            arena_grow(compiler->arena, compiler->instances, &compiler->instance_capacity, sizeof *compiler->instances);
    }
    use_block(compiler, block);
    struct node *node = arena_zero(compiler->arena, sizeof *node);
    compiler->instances[compiler->instance_count++] = (struct instance){block, place->group, place->leaf, node};
    struct place inside = *place;
    inside.outer = NULL;
    inside.depth++;
    compile_children(compiler, block, &inside, node);
    go_on_in_block(compiler, block, &inside, node);
    return node;
}

/* word use=: the block whose entries are tried after the node's own. */
static void go_on_in_block(struct compiler *compiler, const struct item *item, const struct place *inside,
                           struct node *node) {
    if (!item->words[WORD_USE]) {
        return;
    }
    node->block = compile_block(compiler, item, item->words[WORD_USE], inside);
    for (const struct node *behind = node->block; behind; behind = behind->block) {
        if (behind == node) {
            refuse(compiler, item, "use=\"%s\" comes back to block \"%s\"", item->words[WORD_USE], item->name);
            node->block = NULL;
            return;
        }
    }
    node->holds_document = node->holds_document || (node->block && node->block->holds_document);
}

static void read_form(struct compiler *compiler, const struct item *item, struct map_entry *entry) {
    const char *text = item->words[WORD_FORM];
    if (*text == '@') {
        struct path *path = arena_zero(compiler->arena, sizeof *path);
        if (parse_path(compiler, item, WORD_FORM, text, strlen(text), path)) {
            entry->form_from = path;
        }
        return;
    }
    entry->form = form_new(compiler->arena, text);
    if (!entry->form) {
        refuse(compiler, item,
               "form=\"%s\": write 102, 203, 204, 205, 304, iso, a pattern of YYYY YY MM DD M D hh mm ss ff z, comma, "
               "grouped, or the attribute that says it",
               text);
    }
}

static void read_value_words(struct compiler *compiler, const struct item *item, struct map_entry *entry) {
    const char *const *words = item->words;
    if (words[WORD_FORM]) {
        read_form(compiler, item, entry);
    }
    if (words[WORD_TIMES]) {
        struct decimal *times = arena_zero(compiler->arena, sizeof *times);
        if (!decimal_parse(words[WORD_TIMES], strlen(words[WORD_TIMES]), times)) {
            refuse(compiler, item, "times=\"%s\" is no decimal", words[WORD_TIMES]);
        }
        entry->times = times;
    }
    if (words[WORD_CODES]) {
        struct code_list *list = codes_list(compiler->dialect->codes, words[WORD_CODES]);
        if (list) {
            list->used = true;
            entry->codes = list;
        } else {
            refuse(compiler, item, "codes=\"%s\": no such list in %s", words[WORD_CODES],
                   compiler->dialect->codes->file);
        }
    }
    entry->split = words[WORD_SPLIT];
    if (entry->split && strncmp(entry->split, "\\n", 2) == 0) {
        entry->split = arena_printf(compiler->arena, "\n%s", entry->split + 2);
    }
    if (entry->split && !*entry->split) {
        refuse(compiler, item, "split=\"\": name the text to cut at");
        entry->split = NULL;
    }
    if (words[WORD_PART]) {
        entry->has_part = parse_part(words[WORD_PART], strlen(words[WORD_PART]), &entry->part);
        if (!entry->has_part) {
            refuse(compiler, item, "part=\"%s\": write 2, 1-3, 2-, 2--2 or -1", words[WORD_PART]);
        }
    }
    entry->sum = words[WORD_JOIN] && strcmp(words[WORD_JOIN], "+") == 0;
    entry->join = words[WORD_JOIN];
    if (words[WORD_ABSENT]) {
        entry->absent = parse_texts(compiler->arena, words[WORD_ABSENT], &entry->absent_count);
    }
}

static void note_paths(struct compiler *compiler, struct node *inner, struct node *outer, const struct paths *paths) {
    for (size_t i = 0; i < paths->count; i++) {
        note_known(compiler, inner, outer, &paths->items[i]);
    }
}

/* Paths of an entry are read at its element: its children are inner's, its siblings outer's. */
static void note_entry(struct compiler *compiler, struct node *inner, struct node *outer,
                       const struct map_entry *entry) {
    for (size_t i = 0; i < entry->when_count; i++) {
        note_known(compiler, inner, outer, &entry->when[i].path);
        if (entry->when[i].other) {
            note_known(compiler, inner, outer, entry->when[i].other);
        }
    }
    note_paths(compiler, inner, outer, &entry->from);
    if (!entry->from.count) {
        note_paths(compiler, inner, outer, &entry->unit);
        note_paths(compiler, inner, outer, &entry->plus);
    }
    if (entry->at) {
        note_known(compiler, inner, outer, &entry->at->path);
    }
}

static void read_key(struct compiler *compiler, const struct item *item, struct map_entry *entry,
                     const struct definition *group) {
    const char *name = names_intern(compiler->names, item->words[WORD_KEY]);
    const struct definition *key = definition_child(group, name);
    bool opens = entry->has_target && !target_value(&entry->target);
    if (!opens || !group->repeated || !key || key->type == TYPE_GROUP) {
        refuse(compiler, item, "key=\"%s\": name a fact of the repeated group that to= opens", item->words[WORD_KEY]);
        return;
    }
    entry->key = key;
}

static bool yields(const struct item *item) {
    return item->words[WORD_TO] || item->words[WORD_IGNORE] || item->words[WORD_USE] || item->first ||
           item->words[WORD_SET];
}

static void check_sense(struct compiler *compiler, const struct item *item, const struct place *place) {
    if (!yields(item)) {
        refuse(compiler, item, "%s/%s yields nothing: give it to= or ignore=", place->path, item->written);
    }
    if (item->words[WORD_TO] && item->words[WORD_IGNORE]) {
        refuse(compiler, item, "%s has both to= and ignore=", item->written);
    }
    if (item->words[WORD_SAME] && strcmp(item->words[WORD_SAME], "yes") != 0) {
        refuse(compiler, item, "same=\"%s\": write same=\"yes\"", item->words[WORD_SAME]);
    }
    const struct definition *kinds = definition_at(vocabulary_root(compiler->vocabulary), "document/kind");
    if (item->words[WORD_DOCUMENT] && kinds && !definition_allows(kinds, item->words[WORD_DOCUMENT])) {
        refuse(compiler, item, "document=\"%s\" is no kind of document", item->words[WORD_DOCUMENT]);
    }
}

static void ignore(struct compiler *compiler, const struct item *item) {
    struct dialect *dialect = compiler->dialect;
    if (dialect->ignored_count + 1 >= dialect->ignored_capacity) {
        dialect->ignored =
            arena_grow(compiler->arena, dialect->ignored, &dialect->ignored_capacity, sizeof *dialect->ignored);
    }
    dialect->ignored[dialect->ignored_count++] =
        arena_printf(compiler->arena, "%u: %s: %s", item->line, item->written, item->words[WORD_IGNORE]);
    dialect->ignored[dialect->ignored_count] = NULL;
}

/* The default unit of a map is for amounts, quantities and masses. */
static bool takes_unit(const struct definition *value) {
    return value && (value->type == TYPE_AMOUNT || value->type == TYPE_QUANTITY || value->type == TYPE_MASS);
}

static void read_words(struct compiler *compiler, const struct item *item, const struct place *place,
                       struct map_entry *entry) {
    const char *const *words = item->words;
    if (words[WORD_WHEN]) {
        parse_when(compiler, item, entry);
    }
    if (words[WORD_AT]) {
        parse_at(compiler, item, entry);
    }
    struct place base = *place;
    if (entry->at) {
        base.group = entry->at->groups[entry->at->count - 1];
    }
    if (words[WORD_TO]) {
        entry->has_target = parse_target(compiler, item, &base, entry);
    }
    if (words[WORD_SET] && (entry->has_target || !words[WORD_TO])) {
        parse_set(compiler, item, &base, entry);
    }
    if (words[WORD_FROM]) {
        parse_paths(compiler, item, WORD_FROM, &entry->from);
    }
    if (words[WORD_UNIT]) {
        parse_paths(compiler, item, WORD_UNIT, &entry->unit);
    } else if (entry->has_target && takes_unit(target_value(&entry->target))) {
        entry->unit = compiler->dialect->unit;
    }
    if (words[WORD_PLUS]) {
        parse_paths(compiler, item, WORD_PLUS, &entry->plus);
    }
    read_value_words(compiler, item, entry);
    entry->ignored = words[WORD_IGNORE] != NULL;
    entry->same = words[WORD_SAME] != NULL;
    entry->document = words[WORD_DOCUMENT];
    entry->holds_document = entry->document != NULL;
    if (words[WORD_KEY]) {
        read_key(compiler, item, entry, target_group(&entry->target, base.group));
    }
    check_words(compiler, item, entry);
}

static struct map_entry *compile_entry(struct compiler *compiler, const struct item *item, const struct place *place) {
    struct map_entry *entry = arena_zero(compiler->arena, sizeof *entry);
    entry->kind = item->kind == ITEM_FACT ? ENTRY_FACT : item->kind == ITEM_ATTRIBUTE ? ENTRY_ATTRIBUTE : ENTRY_ELEMENT;
    entry->order = item->order;
    entry->line = item->line;
    check_sense(compiler, item, place);
    read_words(compiler, item, place, entry);
    if (place->depth >= DEEPEST) {
        refuse(compiler, item, "deeper than %d levels", DEEPEST);
        return entry;
    }
    struct place inside = *place;
    inside.depth++;
    inside.path = arena_printf(compiler->arena, "%s/%s", place->path, item->written);
    if (entry->at) {
        inside.group = entry->at->groups[entry->at->count - 1];
    }
    if (entry->has_target && !entry->target.attribute) {
        inside.leaf = entry->target.leaf;
        inside.group = entry->target.leaf ? inside.group : target_group(&entry->target, inside.group);
    } else if (entry->kind == ENTRY_ELEMENT) {
        inside.leaf = NULL;
    }
    if (entry->same) {
        say_all(compiler, inside.group);
    }
    /* An m:fact shares the children of its element; an element has children of its own. */
    bool is_element = entry->kind == ENTRY_ELEMENT;
    struct node *node = arena_zero(compiler->arena, sizeof *node);
    if (is_element) {
        note_entry(compiler, node, place->node, entry);
        inside.outer = place->node;
    } else {
        note_entry(compiler, place->node, place->outer, entry);
    }
    struct node *shared = place->node;
    inside.node = is_element ? node : shared;
    compile_children(compiler, item, &inside, node);
    go_on_in_block(compiler, item, &inside, node);
    entry->node = node;
    entry->holds_document = entry->holds_document || node->holds_document;
    if (entry->ignored) {
        ignore(compiler, item);
    }
    return entry;
}

static void add_fact(struct compiler *compiler, struct node *node, const struct map_entry *entry) {
    if (node->fact_count == node->fact_capacity) {
        node->facts = arena_grow(compiler->arena, node->facts, &node->fact_capacity, sizeof(struct map_entry *));
    }
    node->facts[node->fact_count++] = entry;
}

/* The name of an element, its prefix resolved where m:ignore lists it. */
static const char *element_name(struct compiler *compiler, const struct item *item, const struct spaces **spaces) {
    const char *name = item->name;
    const char *uri = item->ns;
    if (same(uri, "?")) {
        const char *colon = strchr(name, ':');
        size_t prefix = colon ? (size_t)(colon - name) : 0;
        if (!prefix_find(item, name, prefix, &uri)) {
            refuse(compiler, item, "prefix \"%.*s\" is not declared", (int)prefix, name);
        }
        name += colon ? prefix + 1 : 0;
    }
    *spaces = spaces_of(compiler, uri);
    return intern_element(compiler, name, strlen(name));
}

static void compile_children(struct compiler *compiler, const struct item *item, const struct place *place,
                             struct node *into) {
    struct place here = *place;
    here.node = item->kind == ITEM_FACT || item->kind == ITEM_ATTRIBUTE ? place->node : into;
    check_parts(compiler, item);
    for (const struct item *child = item->first; child; child = child->next) {
        struct map_entry *entry = compile_entry(compiler, child, &here);
        if (child->kind == ITEM_ELEMENT) {
            const struct spaces *spaces;
            const char *name = element_name(compiler, child, &spaces);
            add_element(compiler, into, child, spaces, name, entry);
            into->holds_document = into->holds_document || entry->holds_document;
        } else {
            if (child->kind == ITEM_ATTRIBUTE) {
                entry->attribute_name = names_intern(compiler->names, child->name);
                entry->attribute_spaces = spaces_of(compiler, NULL);
            }
            add_fact(compiler, into, entry);
        }
    }
}

static void add_root(struct compiler *compiler, const char *ns, const char *name, const struct map_entry *entry) {
    struct dialect *dialect = compiler->dialect;
    if (dialect->root_count == dialect->root_capacity) {
        dialect->roots = arena_grow(compiler->arena, dialect->roots, &dialect->root_capacity, sizeof *dialect->roots);
    }
    dialect->roots[dialect->root_count++] = (struct root){ns, name, dialect, entry};
}

/* Whether a declaration, or a message about one, begins at an item or below it. */
static bool declares(const struct item *item) {
    static const char *const kinds[] = {"declaration", "event", "amendment", "request"};
    for (size_t i = 0; item->words[WORD_DOCUMENT] && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(item->words[WORD_DOCUMENT], kinds[i]) == 0) {
            return true;
        }
    }
    for (const struct item *child = item->first; child; child = child->next) {
        if (declares(child)) {
            return true;
        }
    }
    return false;
}

/* A node of all roots checks alternatives as any other does. */
static void compile_roots(struct compiler *compiler) {
    struct node *all = arena_zero(compiler->arena, sizeof *all);
    struct place place = {.group = vocabulary_root(compiler->vocabulary), .node = all, .path = ""};
    for (const struct item *item = compiler->map->top.first; item; item = item->next) {
        if (item->kind != ITEM_ELEMENT) {
            continue;
        }
        compiler->declaring = declares(item);
        struct map_entry *entry = compile_entry(compiler, item, &place);
        const struct spaces *spaces;
        const char *name = element_name(compiler, item, &spaces);
        add_element(compiler, all, item, spaces, name, entry);
    }
    for (const struct item *item = compiler->map->top.first; item; item = item->next) {
        for (size_t i = 0; i < all->slot_count && item->kind == ITEM_ELEMENT; i++) {
            for (size_t k = 0; k < all->slots[i].count; k++) {
                if (all->slots[i].items[k]->order == item->order) {
                    add_root(compiler, all->slots[i].ns, all->slots[i].name, all->slots[i].items[k]);
                }
            }
        }
    }
}

static void number(struct item *parent, uint32_t *next) {
    for (struct item *item = parent->first; item; item = item->next) {
        item->order = (*next)++;
        number(item, next);
    }
}

static void read_head(struct compiler *compiler) {
    const struct map_head *head = &compiler->map->head;
    struct dialect *dialect = compiler->dialect;
    struct item here = {.file = compiler->map->file, .line = compiler->map->line, .source = compiler->map->source};
    dialect->nocase = same(head->names, "nocase");
    if (head->names && !dialect->nocase) {
        refuse(compiler, &here, "names=\"%s\": write nocase", head->names);
    }
    bool mt = same(head->reader, "mt");
    if (head->reader && !mt && strcmp(head->reader, "xml") != 0) {
        refuse(compiler, &here, "no reader \"%s\"; readers: xml mt", head->reader);
    }
    dialect->reader = mt ? READER_MT : READER_XML;
    dialect->null = head->null ? intern_element(compiler, head->null, strlen(head->null)) : NULL;
    if (head->absent) {
        dialect->absent = parse_texts(compiler->arena, head->absent, &dialect->absent_count);
    }
    dialect->zone_assumed = !head->zone || strcmp(head->zone, "office") == 0;
    dialect->zone = dialect->zone_assumed ? NULL : head->zone;
    if (dialect->zone && strcmp(dialect->zone, "Z") != 0 &&
        (strlen(dialect->zone) != 6 || !strchr("+-", *dialect->zone) || dialect->zone[3] != ':')) {
        refuse(compiler, &here, "zone=\"%s\": write +hh:mm, Z or office", dialect->zone);
    }
    if (head->unit) {
        here.words[WORD_UNIT] = head->unit;
        parse_paths(compiler, &here, WORD_UNIT, &dialect->unit);
    }
}

struct dialect *map_compile(struct arena *arena, struct names *names, const struct vocabulary *vocabulary,
                            struct map_file *map, struct codes *codes, const struct masses *masses,
                            struct problems *problems) {
    struct dialect *dialect = arena_zero(arena, sizeof *dialect);
    struct compiler compiler = {
        .arena = arena, .names = names, .vocabulary = vocabulary, .map = map, .dialect = dialect, .problems = problems};
    dialect->name = names_intern(names, map->head.dialect);
    dialect->base = map->head.base;
    dialect->file = map->file;
    dialect->codes = codes;
    dialect->units = codes_list(codes, "Rec20");
    dialect->currencies = codes_list(codes, "ISO4217");
    dialect->masses = masses;
    dialect->vocabulary = vocabulary;
    dialect->entries = map->entries;
    dialect->says = arena_zero(arena, (vocabulary_size(vocabulary) / 64 + 1) * sizeof *dialect->says);
    dialect->declares = arena_zero(arena, (vocabulary_size(vocabulary) / 64 + 1) * sizeof *dialect->declares);
    read_head(&compiler);
    dialect->same_entry = arena_zero(arena, sizeof *dialect->same_entry);
    dialect->same_entry->unit = dialect->unit;
    dialect->same_entry->same = true;
    uint32_t next = 1;
    number(&map->top, &next);
    compile_roots(&compiler);
    check_whole(&compiler);
    return dialect;
}
