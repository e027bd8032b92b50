#include "report/json.h"

#include "base/buffer.h"
#include "base/json.h"
#include "consignment.h"

#include <inttypes.h>

enum { POINTS = 6 };

static void member(struct buffer *out, const char *name, const char *text) {
    buffer_printf(out, ",\"%s\":", name);
    json_text(out, text);
}

static void truth(struct buffer *out, const char *name, bool value) {
    buffer_printf(out, ",\"%s\":%s", name, value ? "true" : "false");
}

static void points(struct buffer *out, const struct consignment *c) {
    buffer_string(out, ",\"points\":{");
    for (unsigned point = 1; point <= POINTS; point++) {
        unsigned counts[VERDICT_FAIL + 1] = {0};
        for (size_t i = 0; i < c->results.count; i++) {
            const struct rule_result *result = &c->results.items[i];
            if (result->point == point) {
                counts[result->verdict]++;
            }
        }
        buffer_printf(out, "%s\"%u\":{\"passed\":%u,\"failed\":%u,\"undecided\":%u}", point > 1 ? "," : "", point,
                      counts[VERDICT_PASS], counts[VERDICT_FAIL], counts[VERDICT_UNDECIDABLE]);
    }
    buffer_char(out, '}');
}

static void finding(struct buffer *out, const struct finding *f) {
    buffer_string(out, "{\"rule\":");
    json_text(out, f->rule);
    buffer_printf(out, ",\"point\":%u", f->point);
    member(out, "severity", severity_name(f->severity));
    member(out, "effect", effect_name(f->effect));
    member(out, "document", f->subject.document ? f->subject.document->path : NULL);
    if (f->subject.line) {
        buffer_printf(out, ",\"line\":%u", f->subject.line);
    } else {
        buffer_string(out, ",\"line\":null");
    }
    member(out, "xpath", f->subject.xpath);
    member(out, "observed", f->observed);
    member(out, "expected", f->expected);
    member(out, "message", f->message);
    if (f->waived) {
        member(out, "waived", f->waiver);
    }
    buffer_char(out, '}');
}

static void undecided(struct buffer *out, const struct undecided *u, bool *first) {
    for (size_t i = 0; i < u->missing_count; i++) {
        buffer_string(out, *first ? "{\"rule\":" : ",{\"rule\":");
        json_text(out, u->rule);
        member(out, "missing", u->missing[i]);
        buffer_char(out, '}');
        *first = false;
    }
}

static const char *declaration_dialect(const struct consignment *c) {
    return c->declaration ? c->declaration->dialect : NULL;
}

void json_bundle(struct buffer *out, const struct consignment *c, const char *bundle, const char *output) {
    const struct fact *declaration = c->dossier.root ? fact_at(c->dossier.root, "declaration") : NULL;
    const struct decision *decision = &c->decision;
    bool released = decision->outcome == OUTCOME_RELEASE_CLOSE || decision->outcome == OUTCOME_RELEASE_SUPERVISE;
    bool closed = decision->closure == CLOSURE_CLOSED || decision->closure == CLOSURE_CLOSABLE;
    bool first = true;
    buffer_string(out, "{\"bundle\":");
    json_text(out, bundle);
    buffer_string(out, ",\"digest\":");
    if (*c->digest) {
        buffer_printf(out, "\"sha256:%s\"", c->digest);
    } else {
        buffer_string(out, "null");
    }
    member(out, "outcome", outcome_name(decision->outcome));
    truth(out, "released", released);
    truth(out, "closed", released && closed);
    truth(out, "supervised", decision->supervised);
    member(out, "mrn", fact_text(declaration, "mrn"));
    member(out, "lrn", fact_text(declaration, "lrn"));
    member(out, "dialect", declaration_dialect(c));
    buffer_printf(out, ",\"documents\":%zu", c->documents.count);
    points(out, c);
    buffer_string(out, ",\"findings\":[");
    for (size_t i = 0; i < c->findings.count; i++) {
        if (i) {
            buffer_char(out, ',');
        }
        finding(out, &c->findings.items[i]);
    }
    buffer_string(out, "],\"undecided\":[");
    for (size_t i = 0; i < c->undecided.count; i++) {
        undecided(out, &c->undecided.items[i], &first);
    }
    buffer_char(out, ']');
    member(out, "reason", c->quarantine.reason ? c->quarantine.reason : decision->gate);
    member(out, "output", output);
    buffer_char(out, '}');
}

void json_quarantine(struct buffer *out, const struct consignment *c, const char *bundle) {
    buffer_string(out, "{\"bundle\":");
    json_text(out, bundle);
    member(out, "reason", c->quarantine.reason);
    member(out, "detail", c->quarantine.detail);
    member(out, "entry", c->quarantine.entry);
    if (c->quarantine.offset >= 0) {
        buffer_printf(out, ",\"offset\":%" PRId64, c->quarantine.offset);
    } else {
        buffer_string(out, ",\"offset\":null");
    }
    if (*c->digest) {
        buffer_printf(out, ",\"digest\":\"sha256:%s\"", c->digest);
    }
    buffer_string(out, "}\n");
}
