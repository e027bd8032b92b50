#include "pages/svrl.h"

#include "base/buffer.h"
#include "consignment.h"
#include "xml/write.h"

#include <string.h>

static void attribute(struct buffer *out, const char *name, const char *value) {
    if (value && *value) {
        buffer_printf(out, " %s=\"", name);
        xml_write_attribute(out, value);
        buffer_char(out, '"');
    }
}

static void text_element(struct buffer *out, const char *name, const char *language, const char *text) {
    if (text && *text) {
        buffer_printf(out, "      <svrl:%s", name);
        attribute(out, "xml:lang", language);
        buffer_char(out, '>');
        xml_write_text(out, text);
        buffer_printf(out, "</svrl:%s>\n", name);
    }
}

static void failed_assert(struct buffer *out, const struct finding *f) {
    const struct location *place = &f->subject;
    buffer_string(out, "  <svrl:failed-assert");
    attribute(out, "id", f->assertion ? f->assertion : f->rule);
    attribute(out, "test", f->assertion ? f->assertion : f->rule);
    attribute(out, "location", place->xpath ? place->xpath : "/");
    attribute(out, "role", severity_name(f->severity));
    attribute(out, "flag", effect_name(f->effect));
    attribute(out, "tw:document", place->document ? place->document->path : NULL);
    if (place->line) {
        buffer_printf(out, " tw:line=\"%u\" tw:column=\"%u\"", place->line, place->column);
    }
    attribute(out, "tw:fact", place->path);
    attribute(out, "tw:observed", f->observed);
    attribute(out, "tw:expected", f->expected);
    attribute(out, "tw:waived", f->waived ? f->waiver : NULL);
    buffer_string(out, ">\n");
    text_element(out, "text", NULL, f->message);
    if (f->message_zh && *f->message_zh) {
        buffer_string(out, "      <svrl:diagnostic-reference");
        attribute(out, "diagnostic", f->rule);
        buffer_string(out, " xml:lang=\"zh\">");
        xml_write_text(out, f->message_zh);
        buffer_string(out, "</svrl:diagnostic-reference>\n");
    }
    buffer_string(out, "  </svrl:failed-assert>\n");
}

static void active_pattern(struct buffer *out, const char *rule, const char *title) {
    buffer_string(out, "  <svrl:active-pattern");
    attribute(out, "id", rule);
    attribute(out, "name", title);
    buffer_string(out, "/>\n  <svrl:fired-rule context=\"/dossier\"/>\n");
}

void svrl_print(struct buffer *out, const struct consignment *c) {
    buffer_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<svrl:schematron-output xmlns:svrl=\"http://purl.oclc.org/dsdl/svrl\" "
                       "xmlns:tw=\"urn:tidewaiter:rules:1\"");
    attribute(out, "title", c->input.name);
    buffer_string(out, ">\n");
    const char *rule = NULL;
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *f = &c->findings.items[i];
        if (!rule || strcmp(f->rule, rule) != 0) {
            active_pattern(out, f->rule, f->title);
        }
        failed_assert(out, f);
        rule = f->rule;
    }
    if (!rule) {
        active_pattern(out, NULL, NULL);
    }
    buffer_string(out, "</svrl:schematron-output>\n");
}
