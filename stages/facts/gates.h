/* The gates G-3 to G-5 (CATALOGUE-A 8.1): whether there is one declaration that can be judged at all.
 *
 * They are judged when all documents are read, so that no outcome depends on the order of the files. A gate
 * that stops sets consignment.gate, gate_reason and gate_place; the outcome is reject, and no rule runs.
 */
#ifndef TW_FACTS_GATES_H
#define TW_FACTS_GATES_H

#include <stdbool.h>

struct consignment;

/* G-3 and G-4, before derivation. False: a gate stopped. */
bool gates_declaration(struct consignment *consignment);
/* G-5, after it. */
bool gates_facts(struct consignment *consignment);

#endif
