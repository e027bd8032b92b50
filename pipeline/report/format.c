#include "report/format.h"

#include "base/buffer.h"
#include "batch/review.h"
#include "report/json.h"
#include "report/row.h"
#include "xml/write.h"

#include <inttypes.h>
#include <string.h>

/* ---- table: for people ---- */

static void print_name(struct buffer *out, const char *bundle) {
    enum { WIDTH = 34 };
    size_t length = strlen(bundle);
    buffer_printf(out, "%s%-*s", length > WIDTH ? "…" : "", length > WIDTH ? WIDTH - 1 : WIDTH,
                  length > WIDTH ? bundle + length - (WIDTH - 1) : bundle);
}

static void table_settled(struct buffer *out, const char *bundle, const struct review *review) {
    print_name(out, bundle);
    buffer_printf(out, "  %-17s", outcome_name(review->outcome));
    for (unsigned point = 1; point <= REVIEW_POINTS; point++) {
        if (review->findings[point]) {
            buffer_printf(out, " %3u", review->findings[point]);
        } else {
            buffer_string(out, "   ·");
        }
    }
    uint64_t tenths = review->nanoseconds / 100000;
    buffer_printf(out, "  %4u  %4" PRIu64 ".%" PRIu64 " ms\n", review->undecided, tenths / 10, tenths % 10);
}

/* ---- jsonl, csv: for programs ---- */

static void json_settled(struct buffer *out, const char *bundle, const struct review *review) {
    (void)bundle;
    buffer_append(out, review->line.bytes, review->line.length);
    buffer_char(out, '\n');
}

static void csv_settled(struct buffer *out, const char *bundle, const struct review *review) {
    (void)bundle;
    buffer_append(out, review->row.bytes, review->row.length);
}

/* ---- SVRL, XVRL, JUnit: for other tools ---- */

static void svrl_piece(struct buffer *out, const struct consignment *c, const char *bundle,
                       const struct review *review) {
    (void)bundle;
    (void)review;
    for (size_t i = 0; i < c->outputs.count; i++) {
        const struct output *output = &c->outputs.items[i];
        if (strcmp(output->path, "clearance/findings.svrl") == 0) {
            const char *text = (const char *)output->bytes;
            const char *body = memmem(text, output->length, "?>\n", 3);
            size_t skipped = body ? (size_t)(body - text) + 3 : 0;
            buffer_append(out, text + skipped, output->length - skipped);
        }
    }
}

static void attribute(struct buffer *out, const char *name, const char *value) {
    if (value) {
        buffer_printf(out, " %s=\"", name);
        xml_write_attribute(out, value);
        buffer_char(out, '"');
    }
}

static const char *xvrl_severity(enum severity severity) {
    static const char *const names[] = {"info", "warning", "error", "fatal-error"};
    return names[severity];
}

static void xvrl_piece(struct buffer *out, const struct consignment *c, const char *bundle,
                       const struct review *review) {
    (void)review;
    buffer_string(out, "<report><metadata><document");
    attribute(out, "href", bundle);
    buffer_string(out, "/></metadata>");
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *f = &c->findings.items[i];
        buffer_string(out, "<detection");
        attribute(out, "severity", xvrl_severity(f->severity));
        attribute(out, "code", f->assertion ? f->assertion : f->rule);
        buffer_string(out, "><location");
        attribute(out, "href", f->subject.document ? f->subject.document->path : NULL);
        if (f->subject.line) {
            buffer_printf(out, " line=\"%u\" column=\"%u\"", f->subject.line, f->subject.column);
        }
        attribute(out, "xpath", f->subject.xpath);
        buffer_string(out, "/><message>");
        xml_write_text(out, f->message);
        buffer_string(out, "</message></detection>");
    }
    buffer_string(out, "</report>\n");
}

static void junit_piece(struct buffer *out, const struct consignment *c, const char *bundle,
                        const struct review *review) {
    (void)review;
    unsigned failures = 0;
    for (size_t i = 0; i < c->results.count; i++) {
        failures += c->results.items[i].verdict == VERDICT_FAIL;
    }
    buffer_string(out, "<testsuite");
    attribute(out, "name", bundle);
    buffer_printf(out, " tests=\"%zu\" failures=\"%u\">", c->results.count, failures);
    for (size_t i = 0; i < c->results.count; i++) {
        const struct rule_result *result = &c->results.items[i];
        buffer_string(out, "<testcase");
        attribute(out, "classname", bundle);
        attribute(out, "name", result->rule);
        buffer_char(out, '>');
        if (result->verdict == VERDICT_NOT_APPLICABLE || result->verdict == VERDICT_UNDECIDABLE) {
            buffer_string(out, "<skipped");
            attribute(out, "message", verdict_name(result->verdict));
            buffer_string(out, "/>");
        }
        for (size_t k = 0; k < c->findings.count; k++) {
            if (strcmp(c->findings.items[k].rule, result->rule) == 0) {
                buffer_string(out, "<failure");
                attribute(out, "message", c->findings.items[k].message);
                buffer_string(out, "/>");
                break;
            }
        }
        buffer_string(out, "</testcase>");
    }
    buffer_string(out, "</testsuite>\n");
}

static const struct format formats[] = {
    {"table", "bundle                              outcome             1   2   3   4   5   6   L  open        time\n",
     "", NULL, table_settled},
    {"jsonl", "", "", NULL, json_settled},
    {"csv", row_header, "", NULL, csv_settled},
    {"svrl", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<reports xmlns=\"urn:tidewaiter:clearance:1\">\n",
     "</reports>\n", svrl_piece, NULL},
    {"xvrl",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<reports xmlns=\"http://www.xproc.org/ns/xvrl\">\n<metadata/>\n",
     "</reports>\n", xvrl_piece, NULL},
    {"junit", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"tidewaiter\">\n", "</testsuites>\n",
     junit_piece, NULL},
};

const char format_names[] = "table, jsonl, csv, svrl, xvrl, junit";

const struct format *format_find(const char *name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].name, name) == 0) {
            return &formats[i];
        }
    }
    return NULL;
}
