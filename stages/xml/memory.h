/* Memory for libxml2 and libxslt: malloc at start-up, a bump arena while work is done (PERFORMANCE 1.4).
 *
 * Purpose    What is compiled at start-up lives on; what belongs to one document (or one page) is given back at once,
 *            without a walk over it.
 * Sequence   xml_memory_install before anything else uses libxml2 (xml_start does it). xml_memory_begin before a
 *            document is parsed or a page made, xml_memory_end when nothing of it is needed any more. Phases may
 *            nest; the last end gives the memory back.
 * Rule       Nothing that outlives a phase may be made or grown in it.
 * Errors     None: memory that ends, ends the process (base/fault.h). Sizes that libxml2 frees or grows are known
 *            by a header before each block.
 * Sanitizers Under AddressSanitizer everything is malloc's, and xml_memory_in_arena is always false.
 */
#ifndef TW_XML_MEMORY_H
#define TW_XML_MEMORY_H

#include <stdbool.h>

void xml_memory_install(void);

void xml_memory_begin(void);
void xml_memory_end(void);

/* Whether what is allocated now is given back at the end of a phase, so that it need not be freed alone. */
bool xml_memory_in_arena(void);

/* For tests: what a phase gives back is overwritten, so that use after it shows. */
void xml_memory_poison(bool on);

#endif
