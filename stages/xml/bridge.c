#include "xml/bridge.h"

#include "base/buffer.h"
#include "xml/write.h"

#include <string.h>

struct bridge {
    xmlDoc *made;
    xmlNs *ns;
    struct buffer clean; /* of the value in hand, where it must be cleaned */
};

static const xmlChar *value_of(struct bridge *b, const char *value) {
    if (xml_is_clean(value)) {
        return (const xmlChar *)value;
    }
    buffer_clear(&b->clean);
    xml_write_clean(&b->clean, value);
    return (const xmlChar *)b->clean.bytes;
}

static xmlNode *element_of(struct bridge *b, const struct fact *fact, xmlNode *parent) {
    xmlNode *node = xmlNewDocNode(b->made, b->ns, (const xmlChar *)fact->name, NULL);
    if (parent) {
        xmlAddChild(parent, node);
    }
    if (fact->value && *fact->value) {
        xmlAddChild(node, xmlNewDocText(b->made, value_of(b, fact->value)));
    }
    for (const struct fact *child = fact->first; child; child = child->next) {
        if (child->name[0] == '@') {
            xmlNewProp(node, (const xmlChar *)child->name + 1, value_of(b, child->value ? child->value : ""));
        }
    }
    return node;
}

static const struct fact *element_from(const struct fact *fact) {
    while (fact && fact->name[0] == '@') {
        fact = fact->next;
    }
    return fact;
}

xmlDoc *bridge_document(const struct fact *root, const char *ns) {
    struct bridge b = {.made = xmlNewDoc((const xmlChar *)"1.0")};
    xmlNode *node = element_of(&b, root, NULL);
    xmlDocSetRootElement(b.made, node);
    if (ns) {
        b.ns = xmlNewNs(node, (const xmlChar *)ns, NULL);
        xmlSetNs(node, b.ns);
    }
    for (const struct fact *fact = root;;) {
        const struct fact *child = element_from(fact->first);
        if (child) {
            fact = child;
            node = element_of(&b, fact, node);
            continue;
        }
        const struct fact *next = NULL;
        while (fact != root && !(next = element_from(fact->next))) {
            fact = fact->parent;
            node = node->parent;
        }
        if (fact == root) {
            break;
        }
        fact = next;
        node = element_of(&b, fact, node->parent);
    }
    buffer_free(&b.clean);
    return b.made;
}
