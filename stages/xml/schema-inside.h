/* A compiled schema, as loading (schema.c) and judging (validate.c) see it. */
#ifndef TW_XML_SCHEMA_INSIDE_H
#define TW_XML_SCHEMA_INSIDE_H

#include "xml/schema.h"

#include <libxml/xmlschemas.h>

struct xml_schema {
    xmlSchema *compiled;
    struct xml_schema *behind; /* judges the roots that this one does not declare; NULL: none */
};

#endif
