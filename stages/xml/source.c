/* The document as a map walks it: one pass over the DOM, without recursion. */
#include "xml/parse.h"

#include "base/arena.h"
#include "tree/names.h"
#include "xml/document.h"

#include <stddef.h>
#include <string.h>

enum { REMEMBERED = 256 };

/* A source of xml_source_loading: it knows the namespaces declared at it. */
struct binding {
    const char *prefix, *ns; /* prefix "": the default; ns NULL: taken back */
    const struct binding *next;
};

struct loaded {
    struct source source; /* first: a source of a loader is one of these */
    const struct binding *bindings;
};

struct walk {
    struct arena *arena;
    const struct names *names; /* looked up in, or */
    struct names *interning;   /* added to, at start-up */
    struct {
        const xmlChar *key; /* the parser interns names: one pointer, one name */
        const char *name;
    } remembered[REMEMBERED];
};

static const char *interned(struct walk *w, const xmlChar *name) {
    if (!name) {
        return NULL;
    }
    size_t slot = ((uintptr_t)name ^ ((uintptr_t)name >> 9)) % REMEMBERED;
    if (w->remembered[slot].key != name) {
        w->remembered[slot].key = name;
        w->remembered[slot].name =
            w->interning ? names_intern(w->interning, (const char *)name) : names_find(w->names, (const char *)name);
    }
    return w->remembered[slot].name;
}

/* A namespace that no map knows must not look like none. */
static const char *namespace_of(struct walk *w, const xmlNs *ns) {
    const char *known = ns ? interned(w, ns->href) : NULL;
    return ns && !known ? (const char *)ns->href : known;
}

static bool is_text(const xmlNode *node) {
    return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

static bool is_blank(const char *text) {
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* The pieces from there on, up to the next element or (whole) to the last sibling: one piece stays where it is, in the
 * DOM, if that stays; several are joined. NULL: there is none. */
static const char *joined(struct walk *w, const xmlNode *from, bool whole) {
    const xmlNode *only = NULL;
    size_t length = 0, pieces = 0;
    for (const xmlNode *node = from; node && (whole || node->type != XML_ELEMENT_NODE); node = node->next) {
        if (is_text(node)) {
            only = node;
            pieces++;
            length += strlen((const char *)node->content);
        }
    }
    if (pieces == 0 || (pieces == 1 && !w->interning)) {
        return only ? (const char *)only->content : NULL;
    }
    char *text = arena_alloc(w->arena, length + 1);
    char *end = text;
    for (const xmlNode *node = from; node && (whole || node->type != XML_ELEMENT_NODE); node = node->next) {
        if (is_text(node)) {
            end = stpcpy(end, (const char *)node->content);
        }
    }
    return text;
}

/* White space between child elements is no text, and is not copied together. */
static const char *text_of(struct walk *w, const xmlNode *node) {
    bool children = false;
    bool blank = true;
    for (const xmlNode *child = node->children; child; child = child->next) {
        children |= child->type == XML_ELEMENT_NODE;
        blank = blank && (!is_text(child) || is_blank((const char *)child->content));
    }
    return children && blank && !w->interning ? NULL : joined(w, node->children, true);
}

/* An attribute's name with its prefix; without one it is the parser's own, if the DOM stays. */
static const char *written_name(struct walk *w, const xmlAttr *attribute) {
    const xmlChar *prefix = attribute->ns ? attribute->ns->prefix : NULL;
    return prefix || w->interning ? qualified_name(w->arena, prefix, attribute->name) : (const char *)attribute->name;
}

static const struct source_attribute *attributes_of(struct walk *w, const xmlNode *node) {
    const struct source_attribute *first = NULL;
    const struct source_attribute **link = &first;
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
        const char *value = joined(w, attribute->children, true);
        struct source_attribute *made = arena_alloc(w->arena, sizeof *made);
        *made = (struct source_attribute){
            .ns = namespace_of(w, attribute->ns),
            .name = interned(w, attribute->name),
            .written = written_name(w, attribute),
            .value = value ? value : "",
        };
        *link = made;
        link = &made->next;
    }
    return first;
}

static const struct binding *bindings_of(struct walk *w, const xmlNode *node) {
    const struct binding *first = NULL;
    for (const xmlNs *ns = node->nsDef; ns; ns = ns->next) {
        struct binding *made = arena_alloc(w->arena, sizeof *made);
        *made = (struct binding){
            .prefix = ns->prefix ? arena_string(w->arena, (const char *)ns->prefix) : "",
            .ns = ns->href && *ns->href ? interned(w, ns->href) : NULL,
            .next = first,
        };
        first = made;
    }
    return first;
}

static struct source *new_source(struct walk *w, const xmlNode *node) {
    if (!w->interning) {
        return arena_zero(w->arena, sizeof(struct source));
    }
    struct loaded *loaded = arena_zero(w->arena, sizeof *loaded);
    loaded->bindings = bindings_of(w, node);
    return &loaded->source;
}

static struct source *source_of(struct walk *w, const xmlNode *node, struct source *parent) {
    struct source *made = new_source(w, node);
    made->element = node->_private;
    made->ns = namespace_of(w, node->ns);
    made->name = interned(w, node->name);
    made->text = text_of(w, node);
    made->tail = w->interning && parent ? joined(w, node->next, false) : NULL;
    made->attributes = attributes_of(w, node);
    made->parent = parent;
    if (parent) {
        *(parent->last ? &parent->last->next : &parent->first) = made;
        parent->last = made;
    }
    return made;
}

static const xmlNode *element_from(const xmlNode *node) {
    while (node && node->type != XML_ELEMENT_NODE) {
        node = node->next;
    }
    return node;
}

static struct source *walk(struct walk *w, const xmlNode *root) {
    struct source *top = source_of(w, root, NULL);
    struct source *here = top;
    for (const xmlNode *node = root;;) {
        const xmlNode *child = element_from(node->children);
        if (child) {
            node = child;
            here = source_of(w, node, here);
            continue;
        }
        const xmlNode *next = NULL;
        while (here && here != top && !(next = element_from(node->next))) {
            node = node->parent;
            here = here->parent;
        }
        if (!next) {
            return top;
        }
        node = next;
        here = source_of(w, node, here->parent);
    }
}

static struct source *made_once(struct xml_document *xml, const struct names *names, struct names *interning) {
    const xmlNode *root = xml->dom ? xmlDocGetRootElement(xml->dom) : NULL;
    if (!xml->source && root) {
        xml->tree = arena_new();
        struct walk w = {.arena = xml->tree, .names = names, .interning = interning};
        xml->source = walk(&w, root);
    }
    return xml->source;
}

struct source *xml_source(struct xml_document *xml, const struct names *names) {
    return xml->state == XML_WELL_FORMED ? made_once(xml, names, NULL) : NULL;
}

const struct source *xml_source_before_fault(struct xml_document *xml, const struct names *names) {
    return made_once(xml, names, NULL);
}

struct source *xml_source_loading(struct xml_document *xml, struct names *names) {
    struct source *source = xml->state == XML_WELL_FORMED ? made_once(xml, names, names) : NULL;
    xml_release_dom(xml);
    return source;
}

const char *xml_prefix(const struct source *at, const char *prefix) {
    for (; at; at = at->parent) {
        for (const struct binding *b = ((const struct loaded *)at)->bindings; b; b = b->next) {
            if (strcmp(b->prefix, prefix) == 0) {
                return b->ns;
            }
        }
    }
    return NULL;
}
