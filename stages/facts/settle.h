/* The end of a walk: what was gathered becomes facts. Groups that belong elsewhere are bound, rows of one key made
 * one, parts joined, sums added, and of several sources of one fact the first in the map's order is taken.
 */
#ifndef TW_FACTS_SETTLE_H
#define TW_FACTS_SETTLE_H

#include "facts/gather.h"
#include "facts/reading.h"

struct consignment;
struct document;

const struct reading *settle(struct consignment *c, struct document *document, const struct dialect *dialect,
                             struct gathered *gathered);

/* bind.c: words at= and key=. unbound is told of each at= whose group is not there. */
typedef void unbound_group(void *data, const struct pending *pending);
void bind_groups(struct gathered *gathered, unbound_group *unbound, void *data);

#endif
