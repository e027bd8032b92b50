#include "report/row.h"

#include "base/buffer.h"
#include "base/csv.h"
#include "consignment.h"

#include <string.h>

enum { POINTS = 7 };

const char row_header[] = "bundle,digest,outcome,released,closed,supervised,mrn,lrn,dialect,documents,"
                          "findings1,findings2,findings3,findings4,findings5,findings6,findings7,undecided,reason,"
                          "output\r\n";

void row_field(struct buffer *out, const char *text) {
    if (!text) {
        return;
    }
    if (!strchr("=+-@\t\r", *text) || !*text) {
        csv_write(out, text);
        return;
    }
    struct buffer safe = {0};
    buffer_char(&safe, '\'');
    buffer_string(&safe, text);
    csv_write(out, safe.bytes);
    buffer_free(&safe);
}

static void next_field(struct buffer *out, const char *text) {
    buffer_char(out, ',');
    row_field(out, text);
}

void row_bundle(struct buffer *out, const struct consignment *c, const char *bundle, const char *output) {
    const struct fact *declaration = c->dossier.root ? fact_at(c->dossier.root, "declaration") : NULL;
    const struct decision *decision = &c->decision;
    bool released = decision->outcome == OUTCOME_RELEASE_CLOSE || decision->outcome == OUTCOME_RELEASE_SUPERVISE;
    bool closed = released && (decision->closure == CLOSURE_CLOSED || decision->closure == CLOSURE_CLOSABLE);
    unsigned findings[POINTS + 1] = {0};
    for (size_t i = 0; i < c->findings.count; i++) {
        unsigned point = c->findings.items[i].point;
        findings[point <= POINTS ? point : 0]++;
    }
    row_field(out, bundle);
    next_field(out, c->digest);
    next_field(out, outcome_name(decision->outcome));
    next_field(out, released ? "true" : "false");
    next_field(out, closed ? "true" : "false");
    next_field(out, decision->supervised ? "true" : "false");
    next_field(out, fact_text(declaration, "mrn"));
    next_field(out, fact_text(declaration, "lrn"));
    next_field(out, c->declaration ? c->declaration->dialect : NULL);
    buffer_printf(out, ",%zu", c->documents.count);
    for (unsigned point = 1; point <= POINTS; point++) {
        buffer_printf(out, ",%u", findings[point]);
    }
    buffer_printf(out, ",%zu", c->undecided.count);
    next_field(out, c->quarantine.reason ? c->quarantine.reason : decision->gate);
    next_field(out, output);
    buffer_string(out, "\r\n");
}
