#include "tree/fact.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "tree/names.h"

#include <stdarg.h>
#include <string.h>

static struct fact *fact_new(struct tree *tree, const char *name, const char *value) {
    struct fact *made = arena_zero(tree->arena, sizeof *made);
    made->name = name;
    made->value = value;
    return made;
}

static const char *name_of(const struct tree *tree, const char *name) {
    const char *interned = tree->names ? names_find(tree->names, name) : NULL;
    return interned ? interned : name;
}

struct tree tree_new(struct arena *arena, const struct names *names, const char *root) {
    struct tree tree = {.arena = arena, .names = names};
    tree.root = fact_new(&tree, name_of(&tree, root), NULL);
    return tree;
}

struct fact fact_above(const struct fact *root) {
    struct fact above = {.name = ""};
    if (root) {
        above.first = above.last = (struct fact *)(uintptr_t)root;
        above.names = UINT32_C(1) << fact_name_bit(root->name);
    }
    return above;
}

/* The first child whose name is the same pointer, or, for names that are not interned, the same text. */
static struct fact *first_named(const struct fact *parent, const char *name) {
    struct fact *child = parent->first;
    while (child && child->name != name) {
        child = child->next_name;
    }
    return child;
}

struct fact *tree_attach(struct tree *tree, struct fact *parent, const char *interned, const char *value) {
    struct fact *made = fact_new(tree, interned, value);
    made->parent = parent;
    parent->names |= UINT32_C(1) << fact_name_bit(interned);
    parent->index = NULL;
    if (!parent->first) {
        parent->first = parent->last = made->last_same = made;
        return made;
    }
    struct fact *same = parent->first;
    struct fact *last_name = NULL;
    while (same && same->name != interned) {
        last_name = same;
        same = same->next_name;
    }
    if (same) {
        same->last_same->next_same = made;
        same->last_same = made;
    } else {
        last_name->next_name = made;
        made->last_same = made;
    }
    parent->last->next = made;
    parent->last = made;
    return made;
}

/* A name that is not interned must still be one pointer among its siblings. */
static const char *child_name(const struct tree *tree, const struct fact *parent, const char *name) {
    const char *interned = tree->names ? names_find(tree->names, name) : NULL;
    if (interned) {
        return interned;
    }
    for (const struct fact *child = parent->first; child; child = child->next_name) {
        if (child->name == name || strcmp(child->name, name) == 0) {
            return child->name;
        }
    }
    return name;
}

struct fact *tree_link(struct tree *tree, struct fact *parent, const char *name, const char *value) {
    return tree_attach(tree, parent, child_name(tree, parent, name), value);
}

struct fact *tree_add(struct tree *tree, struct fact *parent, const char *name, const char *value) {
    return tree_link(tree, parent, name, value ? arena_string(tree->arena, value) : NULL);
}

struct fact *tree_addf(struct tree *tree, struct fact *parent, const char *name, const char *format, ...) {
    va_list values;
    va_start(values, format);
    const char *value = arena_vprintf(tree->arena, format, values);
    va_end(values);
    return tree_link(tree, parent, name, value);
}

struct fact *tree_group(struct tree *tree, struct fact *parent, const char *name) {
    struct fact *there = fact_at(parent, name);
    return there ? there : tree_add(tree, parent, name, NULL);
}

struct fact *tree_copy(struct tree *tree, struct fact *parent, const struct fact *from, const char *name) {
    struct fact *made = tree_attach(tree, parent, name ? name_of(tree, name) : from->name, from->value);
    made->origin = from->origin;
    made->state = from->state;
    for (const struct fact *child = from->first; child; child = child->next) {
        tree_copy(tree, made, child, NULL);
    }
    return made;
}

/* Rebuilds the links of a parent's children; used where one is taken out. */
static void relink(struct fact *parent) {
    struct fact *children = parent->first;
    parent->first = parent->last = NULL;
    parent->index = NULL;
    while (children) {
        struct fact *child = children;
        children = child->next;
        child->next = child->next_name = child->next_same = child->last_same = NULL;
        if (!parent->first) {
            parent->first = parent->last = child->last_same = child;
            continue;
        }
        struct fact *same = first_named(parent, child->name);
        if (same) {
            same->last_same->next_same = child;
            same->last_same = child;
        } else {
            struct fact *last_name = parent->first;
            while (last_name->next_name) {
                last_name = last_name->next_name;
            }
            last_name->next_name = child;
            child->last_same = child;
        }
        parent->last->next = child;
        parent->last = child;
    }
}

void tree_remove(struct fact *fact) {
    struct fact *parent = fact->parent;
    struct fact **link = &parent->first;
    while (*link != fact) {
        link = &(*link)->next;
    }
    *link = fact->next;
    fact->next = NULL;
    fact->parent = NULL;
    relink(parent);
}

uint32_t tree_number(struct tree *tree, uint32_t first) {
    struct fact *fact = tree->root;
    uint32_t order = first;
    while (fact) {
        fact->order = order++;
        if (fact->first) {
            fact = fact->first;
            continue;
        }
        while (fact && fact != tree->root && !fact->next) {
            fact = fact->parent;
        }
        fact = !fact || fact == tree->root ? NULL : fact->next;
    }
    return order - first;
}

/* Does a name begin a path, as a whole step of it? Where the next step begins (or the path ends), or NULL. */
static const char *behind_step(const char *name, const char *path) {
    while (*name && *name == *path) {
        name++;
        path++;
    }
    return *name == '\0' && (*path == '/' || *path == '\0') ? path : NULL;
}

struct fact *fact_at(const struct fact *fact, const char *path) {
    const struct fact *here = fact;
    while (here) {
        const struct fact *child = here->first;
        const char *rest = NULL;
        while (child && !(rest = behind_step(child->name, path))) {
            child = child->next_name;
        }
        if (!child || !*rest) {
            return (struct fact *)(uintptr_t)child;
        }
        here = child;
        path = rest + 1;
    }
    return NULL;
}

const char *fact_text(const struct fact *fact, const char *path) {
    const struct fact *found = fact_at(fact, path);
    return found ? found->value : NULL;
}

bool fact_is(const struct fact *fact, const char *path, const char *value) {
    const char *text = fact_text(fact, path);
    return text && strcmp(text, value) == 0;
}

size_t fact_count(const struct fact *fact, const char *name) {
    size_t count = 0;
    for (const struct fact *child = fact_at(fact, name); child; child = child->next_same) {
        count++;
    }
    return count;
}

const struct decimal *fact_number(struct arena *arena, struct fact *fact) {
    if (!fact->decoded) {
        struct decimal number;
        fact->decoded = 1;
        if (fact->value && fact->state == FACT_READABLE && decimal_parse(fact->value, strlen(fact->value), &number)) {
            struct decimal *kept = arena_alloc(arena, sizeof *kept);
            *kept = number;
            fact->number = kept;
        }
    }
    return fact->number;
}

static void append_path(struct buffer *buffer, const struct fact *fact) {
    if (!fact->parent) {
        return;
    }
    append_path(buffer, fact->parent);
    if (buffer->length) {
        buffer_char(buffer, '/');
    }
    buffer_string(buffer, fact->name);
    const struct fact *same = first_named(fact->parent, fact->name);
    if (same && same->next_same) {
        unsigned position = 1;
        while (same != fact) {
            same = same->next_same;
            position++;
        }
        buffer_printf(buffer, "[%u]", position);
    }
}

const char *fact_path(struct arena *arena, const struct fact *fact) {
    struct buffer buffer = {0};
    append_path(&buffer, fact);
    const char *path = arena_copy(arena, buffer.bytes ? buffer.bytes : "", buffer.length);
    buffer_free(&buffer);
    return path;
}

/* The nearest origin that names an element: of the fact, of what it holds first, of what holds it. */
static const struct origin *origin_of(const struct fact *fact) {
    for (const struct fact *here = fact; here; here = here->first) {
        if (here->origin && here->origin->element) {
            return here->origin;
        }
    }
    for (const struct fact *here = fact ? fact->parent : NULL; here; here = here->parent) {
        if (here->origin && here->origin->element) {
            return here->origin;
        }
    }
    return NULL;
}

const struct element *fact_element(const struct fact *fact) {
    const struct origin *origin = origin_of(fact);
    return origin ? origin->element : NULL;
}

uint32_t fact_line(const struct fact *fact) {
    const struct origin *origin = origin_of(fact);
    if (!origin) {
        return 0;
    }
    return origin->line ? origin->line : origin->element->line;
}

const char *fact_xpath(struct arena *arena, const struct fact *fact) {
    const struct origin *origin = origin_of(fact);
    return origin ? element_xpath(arena, origin->element, origin->attribute) : NULL;
}

static void append_element(struct buffer *buffer, const struct element *element) {
    if (element->parent) {
        append_element(buffer, element->parent);
        buffer_printf(buffer, "/%s[%u]", element->name, element->position);
    } else {
        buffer_printf(buffer, "/%s", element->name);
    }
}

const char *element_xpath(struct arena *arena, const struct element *element, const char *attribute) {
    struct buffer buffer = {0};
    append_element(&buffer, element);
    if (attribute) {
        buffer_printf(&buffer, "/@%s", attribute);
    }
    const char *xpath = arena_copy(arena, buffer.bytes, buffer.length);
    buffer_free(&buffer);
    return xpath;
}
