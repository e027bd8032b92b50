/* Literal elements: ready HTML, but for {expressions} in attributes. */
#include "base/arena.h"
#include "pages/sheet-build.h"
#include "pages/sheet-html.h"
#include "xml/parse.h"

#include <string.h>
#include <strings.h>

/* Written by every html method of XSLT 1.0 that has an encoding. */
static const char encoding[] = "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\">";

/* ---- Attribute value templates ---- */

struct template_reading {
    const struct sheet_writer *w;
    const struct source *at;
    const char *name; /* of the attribute */
    struct sheet_piece *first, **link;
    struct buffer text; /* of the piece in hand */
};

static void add_piece(struct template_reading *r, const char *text, const struct sheet_expression *select) {
    struct sheet_piece *piece = arena_zero(r->w->build->arena, sizeof *piece);
    piece->text = text;
    piece->select = select;
    *r->link = piece;
    r->link = (struct sheet_piece **)&piece->next;
}

static void end_text(struct template_reading *r) {
    if (r->text.length) {
        add_piece(r, arena_copy(r->w->build->arena, r->text.bytes, r->text.length), NULL);
        buffer_clear(&r->text);
    }
}

/* Up to the closing brace; texts within the expression may have braces. */
static size_t expression_length(const char *text) {
    size_t length = 0;
    while (text[length] && text[length] != '}') {
        char c = text[length++];
        if (c == '"' || c == '\'') {
            const char *end = strchr(text + length, c);
            length = end ? (size_t)(end - text) + 1 : strlen(text);
        }
    }
    return length;
}

/* Behind the expression whose brace stands before text. */
static const char *read_braces(struct template_reading *r, const char *text) {
    size_t length = expression_length(text);
    if (!text[length]) {
        sheet_complain(r->w, r->at, "%s: a { without its }", r->name);
        return text + length;
    }
    const char *inner = arena_copy(r->w->build->arena, text, length);
    const struct sheet_expression *select = sheet_expression(r->w, r->at, r->name, inner);
    const char *constant = sheet_constant(select);
    if (constant) {
        buffer_string(&r->text, constant);
    } else {
        end_text(r);
        add_piece(r, NULL, select);
    }
    return text + length + 1;
}

static const struct sheet_piece *read_template(const struct sheet_writer *w, const struct source *at,
                                               const struct source_attribute *attribute) {
    struct template_reading r = {.w = w, .at = at, .name = attribute->written};
    r.link = &r.first;
    for (const char *text = attribute->value; *text;) {
        bool doubled = (*text == '{' || *text == '}') && text[1] == *text;
        if (*text == '{' && !doubled) {
            text = read_braces(&r, text + 1);
            continue;
        }
        if (*text == '}' && !doubled) {
            sheet_complain(w, at, "%s: a } without its {; a brace itself is written twice", r.name);
        }
        buffer_char(&r.text, *text);
        text += doubled ? 2 : 1;
    }
    end_text(&r);
    buffer_free(&r.text);
    return r.first;
}

/* ---- Attributes ---- */

static void write_attribute(struct sheet_writer *w, const struct source *at, const struct source_attribute *attribute) {
    const char *name = attribute->written;
    const struct sheet_piece *pieces = read_template(w, at, attribute);
    bool uri = html_is_uri(at->name, name);
    buffer_between(&w->bytes, " ", name, "");
    if (html_is_boolean(name)) {
        return;
    }
    buffer_char(&w->bytes, '=');
    if (!pieces || (!pieces->next && pieces->text)) {
        html_write_value(&w->bytes, pieces ? pieces->text : "", uri);
        return;
    }
    struct sheet_instruction *made = sheet_add(w, WRITE_ATTRIBUTE);
    made->attribute.pieces = pieces;
    made->attribute.uri = uri;
}

static bool is_encoding(const struct source *at) {
    const char *header = sheet_attribute(at, "http-equiv");
    return strcasecmp(at->name, "meta") == 0 &&
           (sheet_attribute(at, "charset") || (header && strcasecmp(header, "Content-Type") == 0));
}

static void check(const struct sheet_writer *w, const struct source *at) {
    if (w->text_only) {
        sheet_complain(w, at, "element %s: only text stands here", at->name);
    }
    if (is_encoding(at)) {
        sheet_complain(w, at, "the encoding of a page is written by itself: leave this meta out");
    }
    if (html_is_void(at->name) && (at->first || (at->text && *at->text))) {
        sheet_complain(w, at, "element %s has no content in HTML", at->name);
    }
    for (const struct source_attribute *a = at->attributes; a; a = a->next) {
        if (a->ns) {
            sheet_complain(w, at, "attribute %s: only attributes without a namespace are written", a->written);
        }
    }
}

void sheet_literal(struct sheet_writer *w, const struct source *at) {
    check(w, at);
    buffer_between(&w->bytes, "<", at->name, "");
    for (const struct source_attribute *a = at->attributes; a; a = a->next) {
        write_attribute(w, at, a);
    }
    buffer_char(&w->bytes, '>');
    if (html_is_void(at->name)) {
        return;
    }
    if (strcasecmp(at->name, "head") == 0) {
        buffer_string(&w->bytes, encoding);
    }
    bool outer = w->text_only;
    w->text_only = outer || html_is_raw(at->name);
    sheet_content(w, at);
    w->text_only = outer;
    buffer_between(&w->bytes, "</", at->name, ">");
}
