/* libxml2 and libxslt as this process uses them: nothing is fetched, nothing is printed. */
#include "xml/encoding.h"
#include "xml/memory.h"
#include "xml/parse.h"

#include <libxml/catalog.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxslt/security.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltutils.h>

static xmlParserInput *load_nothing(const char *url, const char *id, xmlParserCtxt *parser) {
    (void)url, (void)id, (void)parser;
    return NULL;
}

/* A fault that no handler of a single call takes is seen in the result of that call. */
static void no_report(void *context, xmlError *fault) {
    (void)context, (void)fault;
}

static void no_message(void *context, const char *format, ...) {
    (void)context, (void)format;
}

/* Stylesheets may read and write nothing. */
static void forbid_all(void) {
    static const xsltSecurityOption all[] = {
        XSLT_SECPREF_READ_FILE,    XSLT_SECPREF_WRITE_FILE,    XSLT_SECPREF_CREATE_DIRECTORY,
        XSLT_SECPREF_READ_NETWORK, XSLT_SECPREF_WRITE_NETWORK,
    };
    xsltSecurityPrefs *preferences = xsltNewSecurityPrefs();
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        xsltSetSecurityPrefs(preferences, all[i], xsltSecurityForbid);
    }
    xsltSetDefaultSecurityPrefs(preferences); /* lives as long as the process */
}

void xml_start(void) {
    static bool started; /* libxml2's own set-up is one per process */
    if (started) {
        return;
    }
    started = true;
    xml_memory_install();
    xmlInitParser();
    xmlSetExternalEntityLoader(load_nothing);
    xmlCatalogSetDefaults(XML_CATA_ALLOW_NONE);
    xmlSetStructuredErrorFunc(NULL, no_report);
    xmlSetGenericErrorFunc(NULL, no_message);
    xsltInit();
    xsltSetGenericErrorFunc(NULL, no_message);
    forbid_all();
    encodings_open();
}
