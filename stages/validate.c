/* validate, one document: held against the schema of its dialect. */
#include "base/arena.h"
#include "consignment.h"
#include "facts/dialects.h"
#include "facts/structural.h"
#include "knowledge.h"
#include "stage.h"
#include "tree/source.h"
#include "xml/parse.h"
#include "xml/schema.h"

#include <string.h>

enum { MOST_VIOLATIONS = 20 }; /* of one document; what is beyond is counted */

static void report(struct consignment *c, const struct document *d, const struct xml_violation *violation) {
    struct location place = {.document = d};
    if (violation->element) {
        place.line = violation->element->line;
        place.column = violation->element->column;
        place.xpath = element_xpath(c->arena, violation->element, violation->attribute);
    }
    place.value = violation->observed;
    struct finding *finding =
        structural_finding(c, STRUCTURE_INVALID, &place, violation->observed, violation->expected);
    finding->message = arena_printf(c->arena, "%s %s", finding->message, violation->message);
    finding->message_zh = arena_printf(c->arena, "%s %s", finding->message_zh, violation->message);
}

static void report_rest(struct consignment *c, const struct document *d, size_t more) {
    struct location place = {.document = d, .line = d->first_line};
    structural_finding(c, STRUCTURE_INVALID, &place, arena_printf(c->arena, "%zu further violations", more), NULL);
}

/* A layer has no schema of its own where its base's holds for it. */
static const struct xml_schema *schema_of(const struct document *d, const struct knowledge *k) {
    const struct dialect *dialect = match_dialect(d->match);
    const struct xml_schema *schema = xml_schemas_find(k->schemas, dialect_name(dialect));
    const char *base = dialect_base(dialect);
    return schema || !base ? schema : xml_schemas_find(k->schemas, base);
}

enum step validate_each(struct consignment *c, struct document *d, const struct knowledge *k) {
    const struct xml_schema *schema = d->match && d->xml && k->schemas ? schema_of(d, k) : NULL;
    if (!schema) {
        return STEP_ON; /* not judged: SCHEMA_UNKNOWN */
    }
    struct xml_violations found;
    switch (xml_validate(schema, d->xml, match_root(d->match)->element, MOST_VIOLATIONS, &found)) {
    case XML_NOT_COVERED:
        return STEP_ON;
    case XML_VALID:
        d->validity = SCHEMA_VALID;
        return STEP_ON;
    case XML_INVALID:
        break;
    }
    d->validity = SCHEMA_INVALID;
    d->struck = true;
    for (size_t i = 0; i < found.count; i++) {
        report(c, d, &found.items[i]);
    }
    if (found.all > found.count) {
        report_rest(c, d, found.all - found.count);
    }
    return STEP_ON;
}
