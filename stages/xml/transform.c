#include "xml/transform.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/fault.h"
#include "base/problems.h"
#include "xml/bridge.h"
#include "xml/folder.h"
#include "xml/memory.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP_LIMIT = 50000000, DEPTH_LIMIT = 1000, MESSAGE_BYTES = 2000 };

struct xml_transform {
    xsltStylesheet *style;
};

/* What libxslt says, in the pieces in which it says it. */
static void on_message(void *context, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void on_message(void *context, const char *format, ...) {
    struct buffer *said = context;
    char piece[MESSAGE_BYTES];
    va_list values;
    va_start(values, format);
    (void)vsnprintf(piece, sizeof piece, format, values); /* NOLINT(clang-analyzer-valist.Uninitialized): it is */
    va_end(values);
    if (said->length < MESSAGE_BYTES) {
        buffer_string(said, piece);
    }
}

static void no_message(void *context, const char *format, ...) {
    (void)context, (void)format;
}

/* Stylesheets are loaded by us: libxslt itself would load DTDs and replace entities. Nothing else is loaded at all. */
static xmlDoc *load(const xmlChar *path, xmlDict *names, int options, void *context, xsltLoadType type) {
    (void)options, (void)context;
    xmlParserCtxt *parser = type == XSLT_LOAD_DOCUMENT ? NULL : xmlNewParserCtxt();
    if (!parser) {
        return NULL;
    }
    if (names) { /* of the stylesheet that includes it */
        xmlDictFree(parser->dict);
        parser->dict = names;
        xmlDictReference(names);
    }
    xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOCDATA);
    xmlParserInput *input = xmlLoadExternalEntity((const char *)path, NULL, parser);
    xmlDoc *made = NULL;
    if (input) {
        inputPush(parser, input);
        xmlParseDocument(parser);
        made = parser->myDoc;
        if (made && (!parser->wellFormed || made->intSubset)) {
            xmlFreeDoc(made);
            made = NULL;
        }
    }
    parser->myDoc = NULL;
    xmlFreeParserCtxt(parser);
    return made;
}

/* "error", or "compilation error: file F line N element E", comes before a message of libxslt; it is the place, not the
 * message. */
static void report(struct problems *problems, const char *path, char *said) {
    unsigned line = 0;
    char *save = NULL;
    for (char *text = strtok_r(said, "\n", &save); text; text = strtok_r(NULL, "\n", &save)) {
        const char *place = strstr(text, " line ");
        if (strncmp(text, "compilation error", 17) == 0 && place) {
            line = (unsigned)strtoul(place + 6, NULL, 10);
        } else if (strcmp(text, "error") != 0) {
            problem(problems, path, line, 0, "%s", text);
        }
    }
}

/* NULL: the reason is in said. */
static xsltStylesheet *compile(const char *path, struct buffer *said) {
    xmlDoc *text = load((const xmlChar *)path, NULL, 0, NULL, XSLT_LOAD_START);
    if (!text) {
        buffer_string(said, "cannot be read as well-formed XML without a DTD\n");
        return NULL;
    }
    xsltStylesheet *style = xsltParseStylesheetDoc(text);
    if (!style) {
        xmlFreeDoc(text);
        return NULL;
    }
    if (style->encoding && xmlStrcasecmp(style->encoding, (const xmlChar *)"UTF-8") != 0) {
        buffer_string(said, "xsl:output must have the encoding UTF-8\n");
        style->errors++;
    }
    if (style->errors) {
        xsltFreeStylesheet(style);
        return NULL;
    }
    return style;
}

struct xml_transform *xml_transform_load(const char *path, struct problems *problems) {
    struct buffer said = {0};
    buffer_string(&said, "");
    xsltSetGenericErrorFunc(&said, on_message);
    xsltSetLoaderFunc(load);
    folder_open(path);
    xsltSetSecurityPrefs(xsltGetDefaultSecurityPrefs(), XSLT_SECPREF_READ_FILE, xsltSecurityAllow);
    xsltStylesheet *style = compile(path, &said);
    xsltSetSecurityPrefs(xsltGetDefaultSecurityPrefs(), XSLT_SECPREF_READ_FILE, xsltSecurityForbid);
    folder_close();
    xsltSetGenericErrorFunc(NULL, no_message);
    if (!style) {
        size_t before = problems->count;
        report(problems, path, said.bytes);
        if (problems->count == before) {
            problem(problems, path, 0, 0, "is no XSLT 1.0 stylesheet that can be compiled");
        }
    }
    buffer_free(&said);
    if (!style) {
        return NULL;
    }
    struct xml_transform *transform = fault_malloc(sizeof *transform);
    transform->style = style;
    return transform;
}

static xmlDoc *run(xsltStylesheet *style, xmlDoc *input, struct buffer *said) {
    xsltTransformContext *context = xsltNewTransformContext(style, input);
    if (!context) {
        return NULL;
    }
    xsltSetTransformErrorFunc(context, said, on_message);
    xsltSetCtxtSecurityPrefs(xsltGetDefaultSecurityPrefs(), context);
    context->maxTemplateDepth = DEPTH_LIMIT;
    context->xpathCtxt->opLimit = STEP_LIMIT;
    xmlDoc *result = xsltApplyStylesheetUser(style, input, NULL, NULL, NULL, context);
    if (result && context->state != XSLT_STATE_OK) {
        xmlFreeDoc(result);
        result = NULL;
    }
    xsltFreeTransformContext(context);
    return result;
}

static bool save(xsltStylesheet *style, xmlDoc *result, struct buffer *out) {
    xmlChar *text = NULL;
    int length = 0;
    if (xsltSaveResultToString(&text, &length, result, style) != 0) {
        return false;
    }
    buffer_append(out, text ? (const char *)text : "", (size_t)length);
    xmlFree(text);
    return true;
}

bool xml_transform_run(const struct xml_transform *transform, const struct fact *root, const char *ns,
                       struct buffer *out, struct arena *arena, const char **why) {
    struct buffer said = {0};
    buffer_string(&said, "");
    xml_memory_begin();
    xmlDoc *input = bridge_document(root, ns);
    xmlDoc *result = run(transform->style, input, &said);
    bool done = result && save(transform->style, result, out);
    xmlFreeDoc(result);
    xmlFreeDoc(input);
    xml_memory_end();
    if (!done) {
        *why = said.length ? arena_string(arena, said.bytes) : "the stylesheet gave no result";
    }
    buffer_free(&said);
    return done;
}

void xml_transform_free(struct xml_transform *transform) {
    if (transform) {
        xsltFreeStylesheet(transform->style);
        free(transform);
    }
}
