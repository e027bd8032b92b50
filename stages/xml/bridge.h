/* A tree of facts as a libxml2 document: for stylesheets that libxslt runs, and for tests against libxml2's XPath.
 *
 * Children whose name begins with '@' become attributes. Characters that XML 1.0 does not have become U+FFFD.
 * Inside of this room only: nobody else knows libxml2.
 */
#ifndef TW_XML_BRIDGE_H
#define TW_XML_BRIDGE_H

#include "tree/fact.h"

#include <libxml/tree.h>

/* The caller frees it with xmlFreeDoc. ns NULL: no namespace. */
xmlDoc *bridge_document(const struct fact *root, const char *ns);

#endif
