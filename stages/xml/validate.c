/* A document held against a schema, and what libxml2 says of it in plain words. */
#include "base/arena.h"
#include "xml/document.h"
#include "xml/schema-inside.h"

#include <string.h>

enum { MESSAGE_BYTES = 400, VALUE_BYTES = 240 };

struct judging {
    struct xml_document *xml;
    struct xml_violations *out;
    size_t limit, capacity;
    const xmlNode *last; /* the node of the last fault, where a second fault says the same again */
    bool uncovered;
};

/* At most bytes of a text, cut before a character rather than in it. */
static char *cut(struct arena *arena, const char *text, size_t bytes) {
    size_t length = strnlen(text, bytes + 1);
    if (length <= bytes) {
        return arena_string(arena, text);
    }
    length = bytes;
    while (length && ((unsigned char)text[length] & 0xC0) == 0x80) {
        length--;
    }
    return arena_printf(arena, "%.*s\xE2\x80\xA6", (int)length, text);
}

/* Takes "{namespace}" out of a text in place: names are plain as people say them. */
static void drop_namespaces(char *text) {
    char *to = text;
    for (const char *from = text; *from;) {
        const char *close = *from == '{' ? strchr(from, '}') : NULL;
        if (close) {
            from = close + 1;
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
}

/* Behind what comes before the first occurrence of mark; NULL: it is not there. */
static const char *after(const char *text, const char *mark) {
    const char *found = strstr(text, mark);
    return found ? found + strlen(mark) : NULL;
}

/* libxml2 begins with "Element 'x', attribute 'y': [facet 'z'] ": the place is known, the rest is the message. */
static const char *sentence(const char *text) {
    const char *rest = strncmp(text, "Element '", 9) == 0 ? after(text, "': ") : NULL;
    rest = rest ? rest : text;
    const char *behind_facet = *rest == '[' ? after(rest, "] ") : NULL;
    return behind_facet ? behind_facet : rest;
}

/* The name between the quotes behind a mark, in the arena. */
static const char *quoted(struct arena *arena, const char *text, const char *mark) {
    const char *from = after(text, mark);
    const char *close = from ? strchr(from, '\'') : NULL;
    if (!close) {
        return NULL;
    }
    char *name = arena_copy(arena, from, (size_t)(close - from));
    drop_namespaces(name);
    return name;
}

static const char *expected_of(struct arena *arena, const char *text) {
    static const char *const marks[] = {"Expected is one of ",
                                        "Expected is ",
                                        "not a valid value of the ",
                                        "not accepted by the ",
                                        "not an element of the set ",
                                        "the allowed maximum length of ",
                                        "the allowed minimum length of ",
                                        "the maximum value allowed "};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const char *from = after(text, marks[i]);
        if (from) {
            char *expected = arena_string(arena, from);
            size_t length = strlen(expected);
            if (length && expected[length - 1] == '.') {
                expected[length - 1] = '\0';
            }
            return expected;
        }
    }
    return NULL;
}

static const xmlNode *element_of(const xmlNode *node) {
    while (node && node->type != XML_ELEMENT_NODE) {
        node = node->parent;
    }
    return node;
}

static const char *value_of(struct arena *arena, const xmlNode *element, const char *attribute) {
    const xmlNode *pieces = element->children;
    for (const xmlAttr *a = element->properties; attribute && a; a = a->next) {
        if (strcmp((const char *)a->name, attribute) == 0) {
            pieces = a->children;
        }
    }
    bool only_text = pieces && !pieces->next && pieces->content && pieces->type != XML_COMMENT_NODE;
    return only_text ? cut(arena, (const char *)pieces->content, VALUE_BYTES) : NULL;
}

static const char *observed_of(struct arena *arena, const xmlNode *element, const char *attribute, int code) {
    const struct element *row = element->_private;
    bool misplaced = code == XML_SCHEMAV_ELEMENT_CONTENT || code == XML_SCHEMAV_CVC_ELT_1;
    const char *value =
        misplaced || code == XML_SCHEMAV_CVC_COMPLEX_TYPE_4 ? NULL : value_of(arena, element, attribute);
    return value || !misplaced ? value : row->name;
}

static struct xml_violation *new_violation(struct judging *j) {
    struct xml_violations *out = j->out;
    if (out->count == j->capacity) {
        out->items = arena_grow(j->xml->bundle, out->items, &j->capacity, sizeof *out->items);
    }
    return &out->items[out->count++];
}

/* A facet that is not kept is told twice: by the facet, and as "not a valid value" of the type. Once will do. */
static bool told_before(const struct judging *j, const xmlError *fault) {
    return fault->node && fault->node == j->last && fault->code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1;
}

/* xsi:type names a type of the official schema, which a profile need not have: the declared type is judged all the
 * same. */
static bool is_foreign_type(const xmlError *fault) {
    return fault->code == XML_SCHEMAV_CVC_ELT_4_2;
}

static void on_fault(void *context, xmlError *fault) {
    struct judging *j = context;
    struct arena *arena = j->xml->bundle;
    if (fault->level == XML_ERR_WARNING || is_foreign_type(fault) || told_before(j, fault)) {
        return;
    }
    j->last = fault->node;
    j->uncovered |= fault->code == XML_SCHEMAV_CVC_ELT_1;
    j->out->all++;
    if (j->out->count >= j->limit) {
        return;
    }
    const xmlNode *element = element_of(fault->node);
    const char *attribute = quoted(arena, fault->message, "', attribute '");
    char *text = cut(arena, sentence(fault->message), MESSAGE_BYTES);
    text[strcspn(text, "\r\n")] = '\0';
    drop_namespaces(text);
    *new_violation(j) = (struct xml_violation){
        .element = element ? element->_private : NULL,
        .attribute = attribute,
        .message = text,
        .observed = element ? observed_of(arena, element, attribute, fault->code) : NULL,
        .expected = expected_of(arena, text),
    };
}

/* The node of a row; it is the root, or near below it. */
static xmlNode *node_of(xmlNode *root, const struct element *row) {
    xmlNode *node = root;
    while (node && node->_private != row) {
        xmlNode *next = xmlFirstElementChild(node);
        while (!next && node && node != root) {
            next = xmlNextElementSibling(node);
            node = next ? node : node->parent;
        }
        node = next;
    }
    return node;
}

static enum xml_validity judge(xmlSchema *compiled, struct xml_document *xml, const struct element *from, size_t limit,
                               struct xml_violations *out) {
    *out = (struct xml_violations){0};
    struct judging j = {.xml = xml, .out = out, .limit = limit};
    xmlNode *root = xmlDocGetRootElement(xml->dom);
    xmlNode *node = from ? node_of(root, from) : root;
    xmlSchemaValidCtxt *context = xmlSchemaNewValidCtxt(compiled);
    xmlSchemaSetValidStructuredErrors(context, on_fault, &j);
    int result = xmlSchemaValidateOneElement(context, node ? node : root);
    xmlSchemaFreeValidCtxt(context);
    if (j.uncovered && out->all == 1) {
        return XML_NOT_COVERED;
    }
    return result >= 0 && out->all == 0 ? XML_VALID : XML_INVALID;
}

enum xml_validity xml_validate(const struct xml_schema *schema, struct xml_document *xml, const struct element *from,
                               size_t limit, struct xml_violations *out) {
    enum xml_validity validity;
    do {
        validity = judge(schema->compiled, xml, from, limit, out);
        schema = schema->behind;
    } while (validity == XML_NOT_COVERED && schema);
    return validity;
}
