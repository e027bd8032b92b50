#include "xml/folder.h"

#include "base/file.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 32 * 1024 * 1024 };

/* libxml2's loader has no context of its own, so it is one per process, as the loader is. */
static struct {
    char folder[PATH_MAX]; /* as realpath gives it, with a slash at the end; "": closed */
    xmlExternalEntityLoader before;
} opened;

static bool allowed(const char *path) {
    char real[PATH_MAX];
    return opened.folder[0] && realpath(path, real) && strncmp(real, opened.folder, strlen(opened.folder)) == 0;
}

static xmlParserInput *load(const char *url, const char *id, xmlParserCtxt *parser) {
    (void)id;
    size_t length;
    char *bytes = url && allowed(url) ? file_read(url, FILE_LIMIT, &length) : NULL;
    if (!bytes) {
        return NULL;
    }
    xmlParserInputBuffer *buffer = xmlParserInputBufferCreateMem(bytes, (int)length, XML_CHAR_ENCODING_NONE);
    free(bytes);
    xmlParserInput *input = xmlNewIOInputStream(parser, buffer, XML_CHAR_ENCODING_NONE);
    input->filename = (char *)xmlStrdup((const xmlChar *)url);
    return input;
}

void folder_open(const char *file) {
    char real[PATH_MAX];
    opened.folder[0] = '\0';
    char *slash = realpath(file, real) ? strrchr(real, '/') : NULL;
    if (slash) {
        slash[1] = '\0';
        memcpy(opened.folder, real, strlen(real) + 1);
    }
    opened.before = xmlGetExternalEntityLoader();
    xmlSetExternalEntityLoader(load);
}

void folder_close(void) {
    xmlSetExternalEntityLoader(opened.before);
    opened.folder[0] = '\0';
}
