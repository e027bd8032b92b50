#include "report/case.h"

#include "base/buffer.h"
#include "consignment.h"
#include "tree/build.h"
#include "tree/print.h"

#include <string.h>

static void add_quarantine(struct tree *tree, const struct consignment *c) {
    struct fact *made = tree_add(tree, tree->root, "quarantine", c->quarantine.detail);
    tree_add(tree, made, "@reason", c->quarantine.reason);
    tree_put(tree, made, "@entry", c->quarantine.entry);
    if (c->quarantine.offset >= 0) {
        tree_count(tree, made, "@offset", (unsigned long)c->quarantine.offset);
    }
}

static void add_entries(struct tree *tree, const struct consignment *c) {
    for (size_t i = 0; i < c->entries.count; i++) {
        struct fact *made = tree_add(tree, tree->root, "entry", NULL);
        tree_add(tree, made, "@path", c->entries.items[i].path);
        tree_count(tree, made, "@size", c->entries.items[i].length);
        tree_add(tree, made, "@sha256", c->entries.items[i].sha256);
    }
}

static void add_documents(struct tree *tree, const struct consignment *c) {
    static const char *const schemas[] = {"unknown", "valid", "invalid"};
    for (size_t i = 0; i < c->documents.count; i++) {
        const struct document *d = c->documents.items[i];
        struct fact *made = tree_add(tree, tree->root, "document", NULL);
        tree_add(tree, made, "@id", d->id);
        tree_add(tree, made, "@path", d->path);
        tree_add(tree, made, "@kind", d->kind);
        tree_put(tree, made, "@dialect", d->dialect);
        tree_put(tree, made, "@encoding", d->encoding);
        tree_flag(tree, made, "@wellFormed", d->well_formed);
        tree_add(tree, made, "@schema", schemas[d->validity]);
        tree_flag(tree, made, "@struck", d->struck);
        tree_count(tree, made, "@elements", d->elements);
        tree_count(tree, made, "@unread", d->unread);
    }
}

static void add_findings(struct tree *tree, const struct consignment *c) {
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *f = &c->findings.items[i];
        struct fact *made = tree_add(tree, tree->root, "finding", f->message);
        tree_add(tree, made, "@rule", f->rule);
        tree_add(tree, made, "@effect", effect_name(f->effect));
        tree_put(tree, made, "@document", f->subject.document ? f->subject.document->path : NULL);
        tree_count(tree, made, "@line", f->subject.line);
    }
    for (size_t i = 0; i < c->undecided.count; i++) {
        struct fact *made = tree_add(tree, tree->root, "undecidable", NULL);
        tree_add(tree, made, "@rule", c->undecided.items[i].rule);
        for (size_t m = 0; m < c->undecided.items[i].missing_count; m++) {
            tree_add(tree, made, "missing", c->undecided.items[i].missing[m]);
        }
    }
}

static void add_files(struct tree *tree, const struct consignment *c) {
    for (size_t i = 0; i < c->drafts.count; i++) {
        tree_add(tree, tree_add(tree, tree->root, "draft", NULL), "@path", c->drafts.items[i].path);
    }
    for (size_t i = 0; i < c->outputs.count; i++) {
        struct fact *made = tree_add(tree, tree->root, "output", NULL);
        tree_add(tree, made, "@path", c->outputs.items[i].path);
        tree_count(tree, made, "@size", c->outputs.items[i].length);
        tree_add(tree, made, "@sha256", c->outputs.items[i].sha256);
    }
    if (c->packed) {
        tree_count(tree, tree_add(tree, tree->root, "container", NULL), "@size", c->packed_length);
    }
}

void case_print(struct buffer *out, const struct consignment *c, const char *stage) {
    struct tree tree = tree_new(c->arena, NULL, "case");
    tree_add(&tree, tree.root, "@stage", stage);
    tree_add(&tree, tree.root, "@bundle", c->input.name);
    tree_put(&tree, tree.root, "@format", c->format);
    tree_put(&tree, tree.root, "@digest", c->digest);
    if (c->quarantine.reason) {
        add_quarantine(&tree, c);
    } else {
        add_entries(&tree, c);
        add_documents(&tree, c);
        if (c->gate) {
            tree_add(&tree, tree_add(&tree, tree.root, "gate", c->gate_reason), "@id", c->gate);
        }
        add_findings(&tree, c);
        if (c->decision.outcome != OUTCOME_NONE) {
            struct fact *made = tree_add(&tree, tree.root, "decision", c->decision.reason);
            tree_add(&tree, made, "@outcome", outcome_name(c->decision.outcome));
            tree_add(&tree, made, "@closure", closure_name(c->decision.closure));
        }
        add_files(&tree, c);
    }
    tree_print(out, tree.root, &(struct print_options){.indented = true});
}
