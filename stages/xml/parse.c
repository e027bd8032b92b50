/* One document: limits, encoding, then libxml2's parser with our ears in between. */
#include "xml/parse.h"

#include "base/arena.h"
#include "xml/document.h"
#include "xml/encoding.h"
#include "xml/memory.h"
#include "xml/pairs.h"
#include "xml/utf8.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum { DEPTH_LIMIT = 256 /* libxml2's own */, NOTICES = 32, MESSAGE_BYTES = 300 };

static const int options = XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC;

/* The last row of one name below one parent. Only what may still get another row of the name is kept: runs of parents
 * that are open, from the innermost out. */
struct run {
    const struct element *last;
    int depth; /* of the parent, among the parser's open nodes; -1: the document */
    struct run *outer;
};

/* A name of elements as written, one per document. */
struct written {
    const char *text;
    struct run *run; /* the innermost, or NULL */
};

/* One parse under way; the parser context's _private. */
struct parse {
    struct xml_document *xml;
    const struct xml_limits *limits;
    const char *text;    /* in UTF-8, all of it; the parser reads it where it stands */
    xmlSAXHandler plain; /* libxml2's own handlers, which build the DOM */

    /* The place up to which lines are counted: each byte is passed once. */
    size_t counted;
    uint32_t line, column;

    struct pairs names;      /* local name and prefix, interned by the parser, to struct written */
    struct run *spare;       /* runs that are over */
    const xmlChar *plain_ns; /* the last namespace that is not XInclude's, interned by the parser */
    size_t run;              /* bytes of the text node that is being read */
    unsigned notices;
    const struct xml_notice **last_notice;
};

/* Line and column (in characters) of an offset that is not before the last one asked for. */
static void count_to(struct parse *p, size_t offset) {
    const char *at = p->text + p->counted;
    const char *end = p->text + offset;
    for (const char *feed; (feed = memchr(at, '\n', (size_t)(end - at))); at = feed + 1) {
        p->line++;
        p->column = 1;
    }
    p->column += (uint32_t)utf8_count(at, (size_t)(end - at));
    p->counted = offset;
}

static size_t offset_of(const xmlParserCtxt *parser) {
    return (size_t)(parser->input->cur - parser->input->base);
}

/* The first fault stands. */
static void refuse(struct parse *p, enum xml_state state, size_t offset, const char *message) {
    struct xml_document *xml = p->xml;
    if (xml->state != XML_WELL_FORMED) {
        return;
    }
    count_to(p, offset > p->counted ? offset : p->counted);
    xml->state = state;
    xml->line = p->line;
    xml->column = p->column;
    xml->message = message;
}

static void stop(xmlParserCtxt *parser, enum xml_state state, const char *message) {
    struct parse *p = parser->_private;
    refuse(p, state, offset_of(parser), message);
    xmlStopParser(parser);
}

/* ---- Text: its length is bounded ---- */

static void end_run(struct parse *p) {
    p->run = 0;
}

static bool within_text(xmlParserCtxt *parser, size_t more) {
    struct parse *p = parser->_private;
    p->run += more;
    if (p->run <= p->limits->max_text) {
        return true;
    }
    stop(parser, XML_OVER_LIMIT, arena_printf(p->xml->bundle, "a text of more than %zu bytes", p->limits->max_text));
    return false;
}

static void on_text(void *context, const xmlChar *text, int length) {
    xmlParserCtxt *parser = context;
    struct parse *p = parser->_private;
    if (within_text(parser, (size_t)length)) {
        p->plain.characters(context, text, length);
    }
}

static void on_cdata(void *context, const xmlChar *text, int length) {
    xmlParserCtxt *parser = context;
    struct parse *p = parser->_private;
    if (within_text(parser, (size_t)length)) {
        p->plain.cdataBlock(context, text, length);
    }
}

/* ---- What is passed over, and reported ---- */

static void notice(struct parse *p, const char *what, uint32_t line, uint32_t column) {
    if (p->notices == NOTICES) {
        return;
    }
    p->notices++;
    struct xml_notice *made = arena_zero(p->xml->bundle, sizeof *made);
    *made = (struct xml_notice){.what = what, .line = line, .column = column};
    *p->last_notice = made;
    p->last_notice = &made->next;
}

static void on_instruction(void *context, const xmlChar *target, const xmlChar *data) {
    (void)data; /* not kept in the DOM either: nothing reads instructions */
    static const char opening[] = "<?xml-stylesheet";
    xmlParserCtxt *parser = context;
    struct parse *p = parser->_private;
    end_run(p);
    if (strcmp((const char *)target, "xml-stylesheet") != 0) {
        return;
    }
    size_t offset = p->counted;
    const char *from = p->text + offset;
    for (const char *at; (at = memmem(from, (size_t)(p->text + offset_of(parser) - from), opening, sizeof opening - 1));
         from = at + 1) {
        offset = (size_t)(at - p->text);
    }
    count_to(p, offset);
    notice(p, "stylesheet instruction", p->line, p->column);
}

/* Comments are not kept: nothing reads them. */
static void on_comment(void *context, const xmlChar *text) {
    (void)text;
    xmlParserCtxt *parser = context;
    end_run(parser->_private);
}

/* ---- Elements: each has a row ---- */

const char *qualified_name(struct arena *arena, const xmlChar *prefix, const xmlChar *local) {
    if (!prefix) {
        return arena_string(arena, (const char *)local);
    }
    size_t before = strlen((const char *)prefix);
    size_t length = strlen((const char *)local);
    char *name = arena_alloc(arena, before + length + 2);
    memcpy(name, prefix, before);
    name[before] = ':';
    memcpy(name + before + 1, local, length + 1);
    return name;
}

static struct written *written_name(struct parse *p, const xmlChar *local, const xmlChar *prefix) {
    struct pair *slot = pairs_slot(&p->names, prefix, local);
    if (!slot->value) {
        struct written *made = arena_zero(p->xml->bundle, sizeof *made);
        made->text = qualified_name(p->xml->bundle, prefix, local);
        slot->value = made;
    }
    return slot->value;
}

/* The parser's open nodes tell whether a parent is open: a run below another holds rows of that depth no more. */
static bool is_open(const xmlParserCtxt *parser, const struct run *run) {
    return run->depth < 0 ||
           (run->depth < parser->nodeNr && parser->nodeTab[run->depth]->_private == run->last->parent);
}

/* The run of a name below a parent, which is the innermost open node at that depth. last is NULL where it begins. */
static struct run *run_of(struct parse *p, const xmlParserCtxt *parser, struct written *name,
                          const struct element *parent, int depth) {
    while (name->run && !is_open(parser, name->run)) {
        struct run *over = name->run;
        name->run = over->outer;
        over->outer = p->spare;
        p->spare = over;
    }
    if (name->run && name->run->last->parent == parent) {
        return name->run;
    }
    struct run *made = p->spare;
    p->spare = made ? made->outer : NULL;
    made = made ? made : arena_alloc(p->xml->bundle, sizeof *made);
    *made = (struct run){.depth = depth, .outer = name->run};
    name->run = made;
    return made;
}

/* Gives the node that was just opened its row. */
static void add_row(struct parse *p, xmlParserCtxt *parser, const struct element *parent, struct written *name) {
    struct run *run = run_of(p, parser, name, parent, parser->nodeNr - 2);
    struct element *row = arena_alloc(p->xml->bundle, sizeof *row);
    *row = (struct element){
        .document = p->xml->document,
        .parent = parent,
        .name = name->text,
        .line = p->line,
        .column = p->column,
        .position = run->last ? run->last->position + 1 : 1,
    };
    run->last = row;
    parser->node->_private = row;
}

/* Finds the '<' of the start tag that ends where the parser stands: in it, no other can be. */
static void find_tag(struct parse *p, const xmlParserCtxt *parser) {
    const char *from = p->text + p->counted;
    const char *tag = memrchr(from, '<', offset_of(parser) - p->counted);
    if (tag) {
        count_to(p, (size_t)(tag - p->text));
    }
}

static bool within_attributes(xmlParserCtxt *parser, int count, const xmlChar **attributes) {
    struct parse *p = parser->_private;
    for (int i = 0; i < count; i++) { /* five fields each: local name, prefix, namespace, begin and end of the value */
        end_run(p);
        if (!within_text(parser, (size_t)(attributes[5 * i + 4] - attributes[5 * i + 3]))) {
            return false;
        }
    }
    end_run(p);
    return true;
}

static bool is_xinclude(struct parse *p, const xmlChar *uri) {
    if (!uri || uri == p->plain_ns) {
        return false;
    }
    const char *ns = (const char *)uri;
    bool is = strcmp(ns, "http://www.w3.org/2001/XInclude") == 0 || strcmp(ns, "http://www.w3.org/2003/XInclude") == 0;
    p->plain_ns = is ? p->plain_ns : uri;
    return is;
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int ns_count,
                     const xmlChar **namespaces, int attribute_count, int defaulted, const xmlChar **attributes) {
    xmlParserCtxt *parser = context;
    struct parse *p = parser->_private;
    const struct element *parent = parser->node ? parser->node->_private : NULL;
    find_tag(p, parser);
    if (!within_attributes(parser, attribute_count, attributes)) {
        return;
    }
    if ((unsigned)parser->nodeNr >= p->limits->max_depth) {
        stop(parser, XML_OVER_LIMIT, arena_printf(p->xml->bundle, "elements more than %u deep", p->limits->max_depth));
        return;
    }
    p->plain.startElementNs(context, local, prefix, uri, ns_count, namespaces, attribute_count, defaulted, attributes);
    p->xml->elements++;
    p->xml->attributes += (uint32_t)attribute_count;
    if (parser->node) {
        add_row(p, parser, parent, written_name(p, local, prefix));
    }
    if (is_xinclude(p, uri)) {
        notice(p, "XInclude element", p->line, p->column);
    }
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    xmlParserCtxt *parser = context;
    struct parse *p = parser->_private;
    end_run(p);
    p->plain.endElementNs(context, local, prefix, uri);
}

/* ---- A DTD is never accepted; whether it is active content shows in its declarations ---- */

static void on_dtd(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id) {
    (void)name;
    xmlParserCtxt *parser = context;
    if (public_id || system_id) {
        stop(parser, XML_ACTIVE_CONTENT, "a DTD that refers outside of the document");
    }
}

static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id,
                      xmlChar *content) {
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    stop(context, XML_ACTIVE_CONTENT, "a DTD that declares an entity");
}

static void on_unparsed_entity(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id,
                               const xmlChar *notation) {
    (void)name, (void)public_id, (void)system_id, (void)notation;
    stop(context, XML_ACTIVE_CONTENT, "a DTD that declares an entity");
}

static void on_notation(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id) {
    (void)name, (void)public_id, (void)system_id;
    stop(context, XML_ACTIVE_CONTENT, "a DTD that refers outside of the document");
}

/* The parser asks for the external subset behind the last declaration of the internal one, even where there is none. */
static void on_dtd_end(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id) {
    (void)name, (void)public_id, (void)system_id;
    stop(context, XML_DTD_REFUSED, "DTD not accepted");
}

/* ---- Faults ---- */

static char *one_line(struct arena *arena, const char *text) {
    size_t length = strnlen(text, MESSAGE_BYTES);
    while (length && ((unsigned char)text[length] & 0xC0) == 0x80) {
        length--;
    }
    char *line = arena_copy(arena, text, length);
    for (char *c = line; *c; c++) {
        if (*c == '\n' || *c == '\r' || *c == '\t') {
            *c = ' ';
        }
    }
    while (length && line[length - 1] == ' ') {
        line[--length] = '\0';
    }
    return line;
}

static void on_fault(void *context, xmlError *fault) {
    xmlParserCtxt *parser = context;
    struct parse *p = parser->_private;
    bool of_names = fault->domain == XML_FROM_NAMESPACE && fault->level == XML_ERR_ERROR;
    if (fault->level != XML_ERR_FATAL && !of_names) {
        return;
    }
    if (parser->nameNr > DEPTH_LIMIT) {
        refuse(p, XML_OVER_LIMIT, offset_of(parser),
               arena_printf(p->xml->bundle, "elements more than %d deep", DEPTH_LIMIT));
    }
    refuse(p, XML_NOT_WELL_FORMED, offset_of(parser), one_line(p->xml->bundle, fault->message));
}

static void listen(struct parse *p, xmlSAXHandler *sax) {
    memset(&p->plain, 0, sizeof p->plain);
    xmlSAXVersion(&p->plain, 2);
    *sax = p->plain;
    sax->startElementNs = on_start;
    sax->endElementNs = on_end;
    sax->characters = on_text;
    sax->ignorableWhitespace = on_text;
    sax->cdataBlock = on_cdata;
    sax->comment = on_comment;
    sax->processingInstruction = on_instruction;
    sax->internalSubset = on_dtd;
    sax->entityDecl = on_entity;
    sax->unparsedEntityDecl = on_unparsed_entity;
    sax->notationDecl = on_notation;
    sax->elementDecl = NULL;
    sax->attributeDecl = NULL;
    sax->externalSubset = on_dtd_end;
    sax->serror = on_fault;
}

/* The parser reads the text where it stands: nothing is copied, and an offset is a place in it. */
static void run(struct parse *p) {
    xmlParserCtxt *parser = xmlNewParserCtxt();
    listen(p, parser->sax);
    parser->_private = p;
    xmlCtxtUseOptions(parser, options);
    inputPush(parser, xmlNewStringInputStream(parser, (const xmlChar *)p->text));
    xmlParseDocument(parser);
    if (!parser->wellFormed || !parser->nsWellFormed) {
        refuse(p, XML_NOT_WELL_FORMED, offset_of(parser), "not well-formed");
    }
    p->xml->dom = parser->myDoc;
    parser->myDoc = NULL;
    xmlFreeParserCtxt(parser);
}

static void parse_text(struct parse *p, const struct encoding *encoding, const unsigned char *bytes, size_t length) {
    struct buffer text = {0};
    bool converted = encoding_convert(encoding, bytes, length, false, &text);
    p->text = text.bytes;
    run(p);
    if (!converted && p->xml->state != XML_ACTIVE_CONTENT) { /* whatever else is wrong follows from it */
        p->xml->state = XML_WELL_FORMED;
        refuse(p, XML_NOT_WELL_FORMED, text.length,
               arena_printf(p->xml->bundle, "bytes that are not %s, in which the document is written", encoding->name));
    }
    buffer_free(&text);
    pairs_free(&p->names);
}

struct xml_document *xml_parse(struct arena *bundle, const struct document *document, const unsigned char *bytes,
                               size_t length, uint32_t first_line, const struct xml_limits *limits) {
    struct xml_document *xml = arena_zero(bundle, sizeof *xml);
    struct encoding encoding = encoding_detect(bytes, length);
    xml->bundle = bundle;
    xml->document = document;
    xml->encoding = arena_string(bundle, encoding.name);
    xml->in_arena = xml_memory_in_arena();
    struct parse p = {
        .xml = xml, .limits = limits, .text = "", .line = first_line, .column = 1, .last_notice = &xml->notices};
    if (length > limits->max_bytes) {
        refuse(&p, XML_OVER_LIMIT, 0, arena_printf(bundle, "a document of more than %zu bytes", limits->max_bytes));
    } else if (encoding.conflict) {
        refuse(&p, XML_NOT_WELL_FORMED, 0, encoding.conflict);
    } else if (encoding.number < 0) {
        refuse(&p, XML_NOT_WELL_FORMED, 0, arena_printf(bundle, "the encoding %s is not read", encoding.name));
    } else {
        parse_text(&p, &encoding, bytes, length);
    }
    return xml;
}

struct xml_document *xml_parse_scratch(struct arena *bundle, const struct document *document,
                                       const unsigned char *bytes, size_t length, uint32_t first_line,
                                       const struct xml_limits *limits) {
    xml_memory_begin();
    struct xml_document *xml = xml_parse(bundle, document, bytes, length, first_line, limits);
    xml->scratch = true;
    return xml;
}

enum xml_state xml_state(const struct xml_document *xml) {
    return xml->state;
}

const char *xml_message(const struct xml_document *xml, uint32_t *line, uint32_t *column) {
    *line = xml->line;
    *column = xml->column;
    return xml->message;
}

const char *xml_encoding(const struct xml_document *xml) {
    return xml->encoding;
}

uint32_t xml_element_count(const struct xml_document *xml) {
    return xml->elements;
}

const struct xml_notice *xml_notices(const struct xml_document *xml) {
    return xml->notices;
}

void xml_release_dom(struct xml_document *xml) {
    if (xml->dom && !xml->in_arena) {
        xmlFreeDoc(xml->dom);
    }
    if (xml->scratch) {
        xml_memory_end();
    }
    xml->dom = NULL;
    xml->scratch = false;
}

void xml_release(struct xml_document *xml) {
    if (!xml) {
        return;
    }
    xml_release_dom(xml);
    arena_free(xml->tree);
    xml->tree = NULL;
    xml->source = NULL;
}
