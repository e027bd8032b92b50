/* The record of a review as a tree: what clearance/record.xml prints (schemas/records/record.xsd).
 *
 * Everything in it comes from the consignment and from what was known; lists are in the order of CONTRACT.
 */
#ifndef TW_PAGES_RECORD_H
#define TW_PAGES_RECORD_H

#include "tree/fact.h"

struct arena;
struct consignment;
struct knowledge;
struct location;

extern const char record_namespace[]; /* urn:tidewaiter:clearance:1 */

/* The rows of registers, children of what is returned: the same in all records of a run, so they are made once. */
const struct fact *record_registers(struct arena *arena, const struct knowledge *knowledge);

/* The tree lives in the consignment's arena. Numbers the findings (finding.number), which pages name them by. */
struct tree record_tree(struct consignment *consignment, const struct knowledge *knowledge);

/* Adds the deadlines that run (PAGES 4, "Dates that run") below parent: element deadline each. */
void record_deadlines(struct tree *tree, struct fact *parent, const struct consignment *consignment,
                      const struct knowledge *knowledge);

/* A place as an element of that name: document, line, XPath, value. */
void record_location(struct tree *tree, struct fact *parent, const char *name, const struct location *place);

#endif
