/* identify, one document: what it is by its content, and the one hardened parse of those that we know. */
#include "base/arena.h"
#include "consignment.h"
#include "container/detect.h"
#include "facts/dialects.h"
#include "facts/readers.h"
#include "facts/structural.h"
#include "knowledge.h"
#include "reference/reference.h"
#include "stage.h"
#include "tree/names.h"
#include "tree/vocabulary.h"
#include "xml/parse.h"

#include <string.h>

/* Limits of parsing are the same in every profile: none is known yet. */
static struct xml_limits limits_of(const struct knowledge *k) {
    const struct policy *policy = reference_policy(k->reference);
    return (struct xml_limits){
        .max_bytes = (size_t)policy_integer(policy, PROFILE_GENERIC, "xml.maxBytes"),
        .max_text = (size_t)policy_integer(policy, PROFILE_GENERIC, "xml.maxText"),
        .max_depth = (unsigned)policy_integer(policy, PROFILE_GENERIC, "xml.maxDepth"),
    };
}

static void set_match(struct document *d, const struct dialect_match *match) {
    d->match = match;
    d->kind = match_kind(match);
    d->dialect = dialect_name(match_dialect(match));
}

/* no dialect fits. The root of the same name in another namespace is what was meant, most likely. */
static void report_unknown(struct consignment *c, const struct document *d, const struct knowledge *k, const char *ns,
                           const char *name, const struct element *root) {
    struct location place = {
        .document = d, .line = root ? root->line : d->first_line, .column = root ? root->column : 1};
    place.xpath = root ? element_xpath(c->arena, root, NULL) : NULL;
    structural_finding(c, STRUCTURE_UNKNOWN, &place, arena_printf(c->arena, "{%s}%s", ns ? ns : "", name),
                       dialects_nearest(k->dialects, c->arena, name));
}

static bool yields_declaration(const struct dialect_match *match, const struct knowledge *k) {
    const struct definition *declaration = definition_at(vocabulary_root(k->vocabulary), "declaration");
    return declaration && dialect_can_say(match_dialect(match), declaration);
}

/* What a document that could not be read was meant to be: by what comes before its fault, or by its root alone. */
static void guess_kind(struct consignment *c, struct document *d, const struct knowledge *k, const char *ns,
                       const char *name) {
    const struct element row = {.document = d, .name = name, .line = d->first_line, .column = 1, .position = 1};
    const struct source alone = {
        .element = &row,
        .ns = ns ? names_find(k->names, ns) : NULL,
        .name = names_find(k->names, name),
    };
    const struct source *root = xml_source_before_fault(d->xml, k->names);
    const struct dialect_match *match = dialect_match(k->dialects, c->arena, root ? root : &alone);
    if (match) {
        set_match(d, match);
        d->match = NULL; /* none of it is read */
        /* An envelope cut off does not say what it holds: the gates take it for a declaration where no other is there.
         */
        if (strcmp(d->kind, "unknown") == 0 && yields_declaration(match, k)) {
            d->kind = "declaration";
        }
    }
}

/* nothing of it counts. */
static void strike(struct consignment *c, struct document *d, const char *message, uint32_t line, uint32_t column) {
    struct location place = {.document = d, .line = line, .column = column};
    structural_finding(c, STRUCTURE_NOT_WELL_FORMED, &place, message, NULL);
    d->struck = true;
}

/* XInclude and stylesheet instructions are passed over, and that is said (G-2). */
static void report_passed_over(struct consignment *c, const struct document *d) {
    const struct xml_notice *notices = xml_notices(d->xml);
    if (notices) {
        struct location place = {.document = d, .line = notices->line, .column = notices->column};
        structural_finding(c, STRUCTURE_UNREAD, &place, notices->what, "passed over, never followed");
    }
}

static enum step read_known(struct consignment *c, struct document *d, const struct knowledge *k, const char *ns,
                            const char *name) {
    struct xml_limits limits = limits_of(k);
    d->xml = xml_parse_scratch(c->arena, d, d->bytes, d->length, d->first_line, &limits);
    d->encoding = xml_encoding(d->xml);
    uint32_t line;
    uint32_t column;
    const char *message = xml_message(d->xml, &line, &column);
    switch (xml_state(d->xml)) {
    case XML_ACTIVE_CONTENT:
        return quarantine(c, "active-content", d->path, -1, "%s, at line %u, column %u", message, line, column);
    case XML_NOT_WELL_FORMED:
    case XML_DTD_REFUSED:
    case XML_OVER_LIMIT:
        guess_kind(c, d, k, ns, name);
        strike(c, d, message, line, column);
        return STEP_ON;
    case XML_WELL_FORMED:
        break;
    }
    d->well_formed = true;
    struct source *root = xml_source(d->xml, k->names);
    const struct dialect_match *match = dialect_match(k->dialects, c->arena, root);
    if (match) {
        set_match(d, match);
        report_passed_over(c, d);
    } else {
        report_unknown(c, d, k, ns, name, root->element);
    }
    return STEP_ON;
}

/* No XML: one of the few other forms that are read, or an attachment. */
static void read_other(struct consignment *c, struct document *d, const struct knowledge *k) {
    struct reader_fault fault = {0};
    const struct reader *reader = reader_for(d->bytes, d->length);
    const struct source *root = reader ? reader->read(c->arena, d, k->names, &fault) : NULL;
    const struct dialect_match *match = root ? dialect_match(k->dialects, c->arena, root) : NULL;
    d->kind = "attachment";
    if (!match) {
        return;
    }
    set_match(d, match);
    d->well_formed = !fault.message;
    if (fault.message) {
        d->match = NULL; /* none of it is read */
        strike(c, d, fault.message, fault.line, fault.column);
    }
}

enum step identify_each(struct consignment *c, struct document *d, const struct knowledge *k) {
    const char *ns;
    const char *name;
    d->kind = "unknown";
    d->media = detect_media(d->bytes, d->length);
    if (!xml_sniff(c->arena, d->bytes, d->length, &ns, &name)) {
        read_other(c, d, k);
        return STEP_ON;
    }
    if (!dialects_know(k->dialects, ns, name)) {
        report_unknown(c, d, k, ns, name, NULL); /* kept as it is: never parsed further */
        return STEP_ON;
    }
    return read_known(c, d, k, ns, name);
}
