/* Bodies of templates become instructions: elements of XSLT one by one, what is literal between them joined. */
#include "base/arena.h"
#include "base/problems.h"
#include "pages/sheet-build.h"
#include "tree/names.h"
#include "xml/write.h"

#include <stdarg.h>
#include <string.h>

static const char xslt[] = "http://www.w3.org/1999/XSL/Transform";

void sheet_complain(const struct sheet_writer *w, const struct source *at, const char *format, ...) {
    va_list values;
    va_start(values, format);
    const char *text = arena_vprintf(w->build->arena, format, values);
    va_end(values);
    problem(w->build->problems, w->file->path, at->element->line, at->element->column, "%s", text);
}

const char *sheet_attribute(const struct source *at, const char *name) {
    for (const struct source_attribute *a = at->attributes; a; a = a->next) {
        if (!a->ns && strcmp(a->written, name) == 0) {
            return a->value;
        }
    }
    return NULL;
}

static bool is_xslt(const struct source *at, const char *name) {
    return at->ns && strcmp(at->ns, xslt) == 0 && (!name || strcmp(at->name, name) == 0);
}

/* ---- Instructions ---- */

static void end_bytes(struct sheet_writer *w);

struct sheet_instruction *sheet_add(struct sheet_writer *w, enum sheet_action action) {
    if (action != WRITE_BYTES) {
        end_bytes(w);
    }
    struct sheet_instruction *made = arena_zero(w->build->arena, sizeof *made);
    made->action = action;
    *w->link = made;
    w->link = (struct sheet_instruction **)&made->next;
    return made;
}

static void end_bytes(struct sheet_writer *w) {
    if (w->bytes.length) {
        struct sheet_instruction *made = sheet_add(w, WRITE_BYTES);
        made->bytes.start = arena_copy(w->build->arena, w->bytes.bytes, w->bytes.length);
        made->bytes.length = w->bytes.length;
        buffer_clear(&w->bytes);
    }
}

/* A body of its own; variables that it declares end with it. */
static const struct sheet_instruction *body_of(const struct sheet_writer *outer, const struct source *at,
                                               bool text_only) {
    struct sheet_writer w = *outer;
    w.text_only = outer->text_only || text_only;
    w.first = NULL;
    w.link = (struct sheet_instruction **)&w.first;
    w.bytes = (struct buffer){0};
    sheet_content(&w, at);
    end_bytes(&w);
    buffer_free(&w.bytes);
    return w.first;
}

static const struct sheet_expression *expression_of(const struct sheet_writer *w, const struct source *at,
                                                    const char *attribute) {
    const char *text = sheet_attribute(at, attribute);
    if (!text) {
        sheet_complain(w, at, "%s without %s", at->element->name, attribute);
        return NULL;
    }
    return sheet_expression(w, at, attribute, text);
}

const struct sheet_variable *sheet_declare(struct sheet_writer *w, const struct source *at, const char *name,
                                           enum sheet_type type) {
    for (const struct sheet_variable *v = w->scope; v && name; v = v->outer) {
        if (strcmp(v->name, name) == 0 && (!v->global || !w->draft)) {
            sheet_complain(w, at, "a second variable \"%s\"", name);
        }
    }
    struct sheet_variable *made = arena_zero(w->build->arena, sizeof *made);
    *made = (struct sheet_variable){
        .name = name ? arena_string(w->build->arena, name) : "",
        .slot = w->draft ? w->draft->template.slots++ : w->build->sheet->global_count++,
        .global = !w->draft,
        .type = type,
        .outer = w->scope,
    };
    if (!name) {
        sheet_complain(w, at, "%s without name", at->element->name);
    }
    w->scope = made;
    return made;
}

/* The value of a variable, param or with-param: its select, else its content. */
static struct sheet_binding binding_of(const struct sheet_writer *w, const struct source *at) {
    struct sheet_binding binding = {0};
    if (!sheet_attribute(at, "select")) {
        binding.body = body_of(w, at, true);
        return binding;
    }
    binding.select = expression_of(w, at, "select");
    if (at->first || (at->text && *at->text)) {
        sheet_complain(w, at, "%s has a select or a content, not both", at->element->name);
    }
    return binding;
}

/* ---- Elements of XSLT ---- */

static void write_text(struct sheet_writer *w, const char *text, size_t length) {
    if (w->text_only) {
        buffer_append(&w->bytes, text, length);
    } else {
        xml_write_text_part(&w->bytes, text, length);
    }
}

static void compile_text(struct sheet_writer *w, const struct source *at) {
    if (at->first) {
        sheet_complain(w, at, "%s holds text alone", at->element->name);
    }
    if (at->text) {
        write_text(w, at->text, strlen(at->text));
    }
}

static void compile_value_of(struct sheet_writer *w, const struct source *at) {
    const struct sheet_expression *select = expression_of(w, at, "select");
    const char *constant = sheet_constant(select);
    if (constant) {
        write_text(w, constant, strlen(constant));
        return;
    }
    sheet_add(w, w->text_only ? WRITE_RAW : WRITE_TEXT)->select = select;
}

static void compile_for_each(struct sheet_writer *w, const struct source *at) {
    const struct sheet_expression *select = expression_of(w, at, "select");
    if (select && select->type != SHEET_NODES && select->type != SHEET_NONE) {
        sheet_complain(w, at, "%s: select is no path", at->element->name);
    }
    struct sheet_instruction *made = sheet_add(w, RUN_EACH);
    made->each.select = select;
    made->each.body = body_of(w, at, false);
}

static struct sheet_branch *branch_of(const struct sheet_writer *w, const struct source *at, bool tested) {
    struct sheet_branch *made = arena_zero(w->build->arena, sizeof *made);
    made->test = tested ? expression_of(w, at, "test") : NULL;
    made->body = body_of(w, at, false);
    return made;
}

static void compile_if(struct sheet_writer *w, const struct source *at) {
    struct sheet_instruction *made = sheet_add(w, RUN_FIRST);
    made->branches = branch_of(w, at, true);
}

static void check_attributes(const struct sheet_writer *w, const struct source *at, const char *allowed);

static void compile_choose(struct sheet_writer *w, const struct source *at) {
    struct sheet_instruction *made = sheet_add(w, RUN_FIRST);
    const struct sheet_branch **link = &made->branches;
    bool ended = false;
    for (const struct source *child = at->first; child; child = child->next) {
        bool otherwise = is_xslt(child, "otherwise");
        if (ended || !(otherwise || is_xslt(child, "when"))) {
            sheet_complain(w, child, "xsl:choose holds xsl:when, and one xsl:otherwise at the end");
            continue;
        }
        check_attributes(w, child, otherwise ? "" : "test");
        struct sheet_branch *branch = branch_of(w, child, !otherwise);
        *link = branch;
        link = &branch->next;
        ended = otherwise;
    }
}

static void compile_variable(struct sheet_writer *w, const struct source *at) {
    struct sheet_binding binding = binding_of(w, at);
    enum sheet_type type = binding.select ? binding.select->type : SHEET_FRAGMENT;
    binding.slot = sheet_declare(w, at, sheet_attribute(at, "name"), type)->slot;
    sheet_add(w, SET_VARIABLE)->binding = binding;
}

static struct sheet_draft *find_draft(const struct sheet_writer *w, const struct source *at) {
    const char *name = sheet_attribute(at, "name");
    struct sheet_draft *draft = w->build->drafts;
    while (draft && !(name && draft->name && strcmp(draft->name, name) == 0)) {
        draft = draft->next;
    }
    if (!draft) {
        sheet_complain(w, at, "no template is named \"%s\"", name ? name : "");
    }
    return draft;
}

static void compile_with_param(const struct sheet_writer *w, const struct source *at, const struct sheet_draft *callee,
                               struct sheet_binding *binding) {
    const char *name = sheet_attribute(at, "name");
    const struct sheet_variable *param = callee->params;
    while (param && !(name && strcmp(param->name, name) == 0)) {
        param = param->outer;
    }
    if (!param || param->global || !is_xslt(at, "with-param")) {
        sheet_complain(w, at, "template %s has no param \"%s\"", callee->name, name ? name : at->name);
        return;
    }
    check_attributes(w, at, "name select");
    *binding = binding_of(w, at);
    binding->slot = param->slot;
}

static bool takes_params(const struct sheet_draft *draft) {
    return draft->at->first && is_xslt(draft->at->first, "param");
}

/* A template without params is written where it is called, so that what is literal on both sides is joined. */
static void write_here(struct sheet_writer *w, struct sheet_draft *callee) {
    const struct sheet_file *file = w->file;
    const struct sheet_variable *scope = w->scope;
    enum draft_state state = callee->state;
    callee->state = DRAFT_ENTERED;
    w->file = callee->file;
    w->scope = w->build->globals;
    sheet_content(w, callee->at);
    w->file = file;
    w->scope = scope;
    callee->state = state;
}

static void compile_call(struct sheet_writer *w, const struct source *at) {
    struct sheet_draft *callee = find_draft(w, at);
    if (!callee) {
        return;
    }
    if (w->text_only) {
        sheet_complain(w, at, "only text stands here: a template may write elements");
    }
    if (callee->state == DRAFT_ENTERED) {
        sheet_complain(w, at, "template %s calls itself", callee->name);
        return;
    }
    if (!at->first && !takes_params(callee)) {
        write_here(w, callee);
        return;
    }
    sheet_compile_draft(w->build, callee);
    size_t count = 0;
    for (const struct source *child = at->first; child; child = child->next) {
        count++;
    }
    struct sheet_binding *bindings = arena_zero(w->build->arena, (count + 1) * sizeof *bindings);
    count = 0;
    for (const struct source *child = at->first; child; child = child->next) {
        compile_with_param(w, child, callee, &bindings[count++]);
    }
    struct sheet_instruction *made = sheet_add(w, RUN_CALL);
    made->call.template = &callee->template;
    made->call.bindings = bindings;
    made->call.count = count;
    if (callee->template.need > w->draft->template.need) {
        w->draft->template.need = callee->template.need;
    }
}

static const struct element_row {
    const char *name, *attributes;
    void (*compile)(struct sheet_writer *w, const struct source *at);
} element_rows[] = {
    {"call-template", "name", compile_call},
    {"choose", "", compile_choose},
    {"for-each", "select", compile_for_each},
    {"if", "test", compile_if},
    {"text", "", compile_text},
    {"value-of", "select", compile_value_of},
    {"variable", "name select", compile_variable},
};

static bool is_listed(const char *list, const char *name) {
    size_t length = strlen(name);
    size_t word;
    for (const char *at = list; *at; at += word + strspn(at + word, " ")) {
        word = strcspn(at, " ");
        if (word == length && memcmp(at, name, length) == 0) {
            return true;
        }
    }
    return false;
}

/* allowed: names apart by blanks. */
static void check_attributes(const struct sheet_writer *w, const struct source *at, const char *allowed) {
    for (const struct source_attribute *a = at->attributes; a; a = a->next) {
        if (a->ns || !is_listed(allowed, a->written)) {
            sheet_complain(w, at, "%s: attribute %s is not part of the subset", at->element->name, a->written);
        }
    }
}

static void compile_element(struct sheet_writer *w, const struct source *at) {
    if (!at->ns) {
        sheet_literal(w, at);
        return;
    }
    for (size_t i = 0; is_xslt(at, NULL) && i < sizeof element_rows / sizeof *element_rows; i++) {
        if (strcmp(element_rows[i].name, at->name) == 0) {
            check_attributes(w, at, element_rows[i].attributes);
            element_rows[i].compile(w, at);
            return;
        }
    }
    sheet_complain(w, at, "element %s is not part of the subset", at->element->name);
}

/* ---- Content ---- */

static void literal_text(struct sheet_writer *w, const char *text, size_t length) {
    if (text && strspn(text, " \t\r\n") < length) {
        write_text(w, text, length);
    }
}

/* The text before the first child is what the tails of the children leave of the whole. */
static size_t leading_length(const struct source *at) {
    size_t length = at->text ? strlen(at->text) : 0;
    for (const struct source *child = at->first; child; child = child->next) {
        length -= child->tail ? strlen(child->tail) : 0;
    }
    return length;
}

void sheet_content(struct sheet_writer *w, const struct source *parent) {
    const struct sheet_variable *outer = w->scope;
    literal_text(w, parent->text, leading_length(parent));
    for (const struct source *child = parent->first; child; child = child->next) {
        bool declared = is_xslt(child, "param") && is_xslt(parent, "template");
        if (!declared) {
            compile_element(w, child);
        }
        literal_text(w, child->tail, child->tail ? strlen(child->tail) : 0);
    }
    w->scope = outer;
}

/* ---- Templates ---- */

/* Params come first, and each may use those before it. */
static void compile_params(struct sheet_writer *w) {
    const struct source *child = w->draft->at->first;
    for (; child && is_xslt(child, "param"); child = child->next) {
        check_attributes(w, child, "name select");
        struct sheet_binding binding = binding_of(w, child);
        binding.slot = sheet_declare(w, child, sheet_attribute(child, "name"), SHEET_NONE)->slot;
        sheet_add(w, SET_PARAM)->binding = binding;
    }
    for (; child; child = child->next) {
        if (is_xslt(child, "param")) {
            sheet_complain(w, child, "xsl:param stands at the beginning of its template");
        }
    }
    w->draft->params = w->scope;
    w->draft->template.params = w->draft->template.slots;
}

void sheet_compile_draft(struct sheet_build *build, struct sheet_draft *draft) {
    if (draft->state != DRAFT_NEW) {
        return;
    }
    draft->state = DRAFT_ENTERED;
    struct sheet_writer w = {.build = build, .file = draft->file, .draft = draft, .scope = build->globals};
    w.link = (struct sheet_instruction **)&w.first;
    if (&draft->template == build->sheet->main) {
        buffer_string(&w.bytes, "<!DOCTYPE html>\n");
    }
    compile_params(&w);
    sheet_content(&w, draft->at);
    end_bytes(&w);
    buffer_free(&w.bytes);
    draft->template.body = w.first;
    draft->template.need += draft->template.slots;
    draft->state = DRAFT_DONE;
}
