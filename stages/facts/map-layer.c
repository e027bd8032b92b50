/* A layer over its base: entries at the same path and with the same when= change the words they name, others are
 * put in front; blocks are matched by name, roots by name alone, and carry the layer's when= beside their own. */
#include "facts/map-item.h"

#include "base/arena.h"

#include <string.h>
#include <strings.h>

static bool same(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

struct layering {
    struct arena *arena;
    bool nocase;
};

static struct item *copy_item(struct arena *arena, const struct item *from) {
    struct item *made = arena_alloc(arena, sizeof *made);
    *made = *from;
    made->first = made->last = made->next = NULL;
    for (const struct item *child = from->first; child; child = child->next) {
        struct item *copy = copy_item(arena, child);
        if (made->last) {
            made->last->next = copy;
        } else {
            made->first = copy;
        }
        made->last = copy;
    }
    return made;
}

static bool same_place(const struct layering *layering, const struct item *a, const struct item *b) {
    if (a->kind != b->kind || a->kind == ITEM_FACT) {
        return false;
    }
    bool name = layering->nocase ? strcasecmp(a->name, b->name) == 0 : strcmp(a->name, b->name) == 0;
    return name && same(a->ns, b->ns);
}

static void merge(const struct layering *layering, struct item *base, const struct item *layer);

static void change(const struct layering *layering, struct item *base, const struct item *layer) {
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (layer->words[i] && i != WORD_WHEN) {
            base->words[i] = layer->words[i];
        }
    }
    merge(layering, base, layer);
}

/* Children of layer into those of base. */
static void merge(const struct layering *layering, struct item *base, const struct item *layer) {
    struct item front = {0};
    for (const struct item *child = layer->first; child; child = child->next) {
        struct item *match = base->first;
        while (match &&
               !(same_place(layering, match, child) && same(match->words[WORD_WHEN], child->words[WORD_WHEN]))) {
            match = match->next;
        }
        if (match) {
            change(layering, match, child);
            continue;
        }
        struct item *copy = copy_item(layering->arena, child);
        if (front.last) {
            front.last->next = copy;
        } else {
            front.first = copy;
        }
        front.last = copy;
    }
    if (front.last) {
        front.last->next = base->first;
        base->first = front.first;
        base->last = base->last ? base->last : front.last;
    }
}

static const char *both(struct arena *arena, const char *a, const char *b) {
    return a && b ? arena_printf(arena, "%s %s", a, b) : a ? a : b;
}

static void append(struct item *parent, struct item *child) {
    child->next = NULL;
    if (parent->last) {
        parent->last->next = child;
    } else {
        parent->first = child;
    }
    parent->last = child;
}

/* The base's roots of the layer's names, once per root of the layer; roots that only the layer has. */
static void layer_root(const struct layering *layering, struct item *out, const struct item *root,
                       const struct map_file *base) {
    bool found = false;
    for (const struct item *from = base->top.first; from; from = from->next) {
        if (from->kind == ITEM_ELEMENT && same_place(layering, from, root)) {
            struct item *copy = copy_item(layering->arena, from);
            change(layering, copy, root);
            copy->words[WORD_WHEN] = both(layering->arena, root->words[WORD_WHEN], from->words[WORD_WHEN]);
            append(out, copy);
            found = true;
        }
    }
    if (!found) {
        append(out, copy_item(layering->arena, root));
    }
}

static void inherit_head(struct map_head *head, const struct map_head *base) {
    head->reader = head->reader ? head->reader : base->reader;
    head->names = head->names ? head->names : base->names;
    head->null = head->null ? head->null : base->null;
    head->absent = head->absent ? head->absent : base->absent;
    head->zone = head->zone ? head->zone : base->zone;
    head->unit = head->unit ? head->unit : base->unit;
}

void map_layer(struct arena *arena, struct map_file *layer, const struct map_file *base) {
    inherit_head(&layer->head, &base->head);
    struct layering layering = {arena, same(layer->head.names, "nocase")};
    struct item out = {.kind = ITEM_BLOCK};
    struct item blocks = {.kind = ITEM_BLOCK};
    struct item own_blocks = {.kind = ITEM_BLOCK};
    for (const struct item *item = layer->top.first; item; item = item->next) {
        if (item->kind == ITEM_ELEMENT) {
            layer_root(&layering, &out, item, base);
        } else {
            append(&own_blocks, copy_item(arena, item));
        }
    }
    for (const struct item *item = base->top.first; item; item = item->next) {
        if (item->kind == ITEM_BLOCK) {
            append(&blocks, copy_item(arena, item));
        }
    }
    merge(&layering, &blocks, &own_blocks);
    if (blocks.first) {
        if (out.last) {
            out.last->next = blocks.first;
        } else {
            out.first = blocks.first;
        }
        out.last = blocks.last;
    }
    layer->top = out;
    struct map_space *spaces = arena_alloc(arena, (layer->space_count + base->space_count + 1) * sizeof *spaces);
    size_t count = 0;
    for (size_t i = 0; i < base->space_count; i++) {
        spaces[count++] = base->spaces[i];
    }
    for (size_t i = 0; i < layer->space_count; i++) {
        spaces[count++] = layer->spaces[i];
    }
    layer->spaces = spaces;
    layer->space_count = layer->space_capacity = count;
    layer->entries += base->entries;
}
