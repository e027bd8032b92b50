/* Runs a compiled stylesheet: one pass over its instructions, everything into one buffer. Its templates never call
 * themselves (sheet-compile.c), so it ends, and its depth is that of the stylesheet. */
#include "pages/sheet.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/plain.h"
#include "pages/clean.h"
#include "pages/sheet-html.h"
#include "pages/sheet-parts.h"
#include "xml/write.h"

#include <string.h>

static void run_body(struct sheet_run *run, const struct sheet_instruction *body, const struct fact *node);

/* ---- Texts and attributes ---- */

/* Nearly all texts are plain; the others are made visible and escaped. */
static void write_text(struct sheet_run *run, const char *text) {
    size_t length = strlen(text);
    if (plain_end(text, text + length) == text + length) {
        buffer_append(run->out, text, length);
    } else {
        xml_write_text(run->out, clean_text(run->arena, text));
    }
}

/* A value of one piece is written as it stands, others are joined first: the quotes depend on the whole. */
static void write_attribute(struct sheet_run *run, const struct sheet_instruction *i, const struct fact *node) {
    const struct sheet_piece *piece = i->attribute.pieces;
    if (!piece->next) {
        html_write_value(run->out, clean_text(run->arena, sheet_string(run, piece->select, node)), i->attribute.uri);
        return;
    }
    buffer_clear(&run->attribute);
    for (; piece; piece = piece->next) {
        buffer_string(&run->attribute, piece->text ? piece->text : sheet_string(run, piece->select, node));
    }
    html_write_value(run->out, clean_text(run->arena, run->attribute.bytes), i->attribute.uri);
}

/* ---- Variables and calls ---- */

static struct sheet_value content_of(struct sheet_run *run, const struct sheet_instruction *body,
                                     const struct fact *node) {
    struct buffer text = {0};
    struct buffer *outer = run->out;
    run->out = &text;
    buffer_string(&text, "");
    run_body(run, body, node);
    run->out = outer;
    struct sheet_value value = {.type = SHEET_FRAGMENT, .text = arena_copy(run->arena, text.bytes, text.length)};
    buffer_free(&text);
    return value;
}

static struct sheet_value value_of(struct sheet_run *run, const struct sheet_binding *binding,
                                   const struct fact *node) {
    return binding->select ? sheet_evaluate(run, binding->select, node) : content_of(run, binding->body, node);
}

static void call(struct sheet_run *run, const struct sheet_instruction *i, const struct fact *node) {
    const struct sheet_template *template = i->call.template;
    struct sheet_value *outer = run->frame;
    size_t outer_slots = run->frame_slots;
    size_t mark = run->stack_count;
    struct sheet_value *frame = outer + outer_slots;
    memset(frame, 0, template->params * sizeof *frame);
    for (size_t p = 0; p < i->call.count; p++) {
        frame[i->call.bindings[p].slot] = value_of(run, &i->call.bindings[p], node);
    }
    run->frame = frame;
    run->frame_slots = template->slots;
    run_body(run, template->body, node);
    run->frame = outer;
    run->frame_slots = outer_slots;
    run->stack_count = mark;
}

/* ---- Control ---- */

static void run_each(struct sheet_run *run, const struct sheet_instruction *i, const struct fact *node) {
    size_t mark = run->stack_count;
    if (i->each.select->kind == EXPRESSION_PATH && i->each.select->path.child) {
        for (const struct fact *at = fact_child(node, i->each.select->path.child); at; at = at->next_same) {
            run_body(run, i->each.body, at);
        }
        return;
    }
    struct sheet_value nodes = sheet_evaluate(run, i->each.select, node);
    for (size_t n = 0; nodes.type == SHEET_NODES && n < nodes.nodes.count; n++) {
        run_body(run, i->each.body, run->stack[nodes.nodes.first + n]);
    }
    run->stack_count = mark;
}

static void run_first(struct sheet_run *run, const struct sheet_branch *branch, const struct fact *node) {
    while (branch && branch->test && !sheet_truth(run, branch->test, node)) {
        branch = branch->next;
    }
    if (branch) {
        run_body(run, branch->body, node);
    }
}

static void run_one(struct sheet_run *run, const struct sheet_instruction *i, const struct fact *node) {
    switch (i->action) {
    case WRITE_BYTES:
        buffer_append(run->out, i->bytes.start, i->bytes.length);
        break;
    case WRITE_TEXT:
        write_text(run, sheet_string(run, i->select, node));
        break;
    case WRITE_RAW:
        xml_write_clean(run->out, clean_text(run->arena, sheet_string(run, i->select, node)));
        break;
    case WRITE_ATTRIBUTE:
        write_attribute(run, i, node);
        break;
    case RUN_EACH:
        run_each(run, i, node);
        break;
    case RUN_FIRST:
        run_first(run, i->branches, node);
        break;
    case RUN_CALL:
        call(run, i, node);
        break;
    case SET_PARAM:
        if (run->frame[i->binding.slot].type != SHEET_NONE) {
            break;
        }
        /* fall through */
    case SET_VARIABLE:
        run->frame[i->binding.slot] = value_of(run, &i->binding, node);
        break;
    }
}

/* Node-sets of its variables end with a body. */
static void run_body(struct sheet_run *run, const struct sheet_instruction *body, const struct fact *node) {
    size_t mark = run->stack_count;
    for (const struct sheet_instruction *i = body; i; i = i->next) {
        run_one(run, i, node);
    }
    run->stack_count = mark;
}

/* ---- The whole ---- */

const char *sheet_head(const struct sheet *sheet, size_t *length) {
    const struct sheet_instruction *first = sheet->main->body; /* its doctype at the least */
    *length = first->bytes.length;
    return first->bytes.start;
}

bool sheet_run(const struct sheet *sheet, const struct tree *tree, struct buffer *out, const char **why) {
    if (tree->names != sheet->names || (sheet->root && tree->root->name != sheet->root)) {
        *why = arena_printf(tree->arena, "the stylesheet is not for trees of \"%s\"", tree->root->name);
        return false;
    }
    struct sheet_run run = {.arena = tree->arena, .out = out, .document = fact_above(tree->root)};
    run.kept = arena_zero(run.arena, (sheet->kept + 1) * sizeof(const struct fact *));
    run.globals = arena_zero(run.arena, (sheet->global_count + sheet->main->need + 1) * sizeof *run.globals);
    for (size_t i = 0; i < sheet->global_count; i++) {
        run.globals[i] = sheet_evaluate(&run, sheet->globals[i], &run.document);
    }
    run.frame = run.globals + sheet->global_count;
    run.frame_slots = sheet->main->slots;
    buffer_string(&run.attribute, "");
    run_body(&run, sheet->main->body, sheet->root ? tree->root : &run.document);
    buffer_char(out, '\n');
    buffer_free(&run.attribute);
    return true;
}
