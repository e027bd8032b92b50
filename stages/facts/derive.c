#include "facts/derive.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/fold.h"
#include "base/problems.h"
#include "facts/about.h"
#include "facts/derive-parts.h"
#include "tree/names.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE = 1 << 20 };

/* ---- the data ---- */

static bool read_table(struct arena *arena, const char *folder, const char *name, struct csv *out,
                       struct problems *problems) {
    const char *path = arena_printf(arena, "%s/%s", folder, name);
    size_t length = 0;
    char *text = file_read(path, LARGEST_FILE, &length);
    if (!text) {
        problem(problems, path, 0, 0, "cannot be read");
        return false;
    }
    bool fine = csv_read(arena, path, text, length, out, problems);
    free(text);
    return fine;
}

static void need_column(const struct csv *csv, const char *name, struct problems *problems) {
    if (csv_column(csv, name) < 0) {
        problem(problems, csv->file, 1, 0, "column \"%s\" is missing", name);
    }
}

struct derivations *derivations_load(struct arena *arena, struct names *names, const char *folder,
                                     struct problems *problems) {
    size_t before = problems->count;
    struct csv copies = {0};
    struct csv offices = {0};
    struct csv events = {0};
    struct csv currency = {0};
    struct csv rates = {0};
    struct csv credit = {0};
    if (!read_table(arena, folder, "copies.csv", &copies, problems) ||
        !read_table(arena, folder, "office.csv", &offices, problems) ||
        !read_table(arena, folder, "events.csv", &events, problems) ||
        !read_table(arena, folder, "currency.csv", &currency, problems) ||
        !read_table(arena, folder, "rates.csv", &rates, problems) ||
        !read_table(arena, folder, "credit.csv", &credit, problems)) {
        return NULL;
    }
    need_column(&copies, "fact", problems);
    need_column(&offices, "dialect", problems);
    need_column(&offices, "source", problems);
    need_column(&events, "type", problems);
    need_column(&events, "implies", problems);
    need_column(&currency, "dialect", problems);
    need_column(&currency, "fact", problems);
    need_column(&rates, "dialect", problems);
    need_column(&credit, "what", problems);
    need_column(&credit, "words", problems);
    need_column(&credit, "value", problems);
    if (problems->count != before) {
        return NULL;
    }
    struct derivations *made = arena_zero(arena, sizeof *made);
    made->copies = arena_alloc(arena, copies.count * sizeof *made->copies);
    for (size_t i = 0; i < copies.count; i++) {
        made->copies[made->copy_count++] =
            names_intern(names, csv_field(&copies.records[i], csv_column(&copies, "fact")));
    }
    made->offices = arena_alloc(arena, offices.count * sizeof *made->offices);
    for (size_t i = 0; i < offices.count; i++) {
        made->offices[made->office_count++] = (struct office_source){
            .dialect = csv_field(&offices.records[i], csv_column(&offices, "dialect")),
            .source = csv_field(&offices.records[i], csv_column(&offices, "source")),
        };
    }
    made->implications = arena_alloc(arena, events.count * sizeof *made->implications);
    for (size_t i = 0; i < events.count; i++) {
        made->implications[made->implication_count++] = (struct implication){
            .type = csv_field(&events.records[i], csv_column(&events, "type")),
            .channel = csv_field(&events.records[i], csv_column(&events, "channel")),
            .implies = csv_field(&events.records[i], csv_column(&events, "implies")),
        };
    }
    made->national = arena_alloc(arena, currency.count * sizeof *made->national);
    for (size_t i = 0; i < currency.count; i++) {
        made->national[made->national_count++] = (struct dialect_fact){
            .dialect = csv_field(&currency.records[i], csv_column(&currency, "dialect")),
            .fact = csv_field(&currency.records[i], csv_column(&currency, "fact")),
        };
    }
    made->unsure = arena_alloc(arena, rates.count * sizeof *made->unsure);
    for (size_t i = 0; i < rates.count; i++) {
        made->unsure[made->unsure_count++] = csv_field(&rates.records[i], csv_column(&rates, "dialect"));
    }
    made->credit_words = arena_alloc(arena, credit.count * sizeof *made->credit_words);
    for (size_t i = 0; i < credit.count; i++) {
        made->credit_words[made->credit_word_count++] = (struct credit_word){
            .what = csv_field(&credit.records[i], csv_column(&credit, "what")),
            .words = csv_field(&credit.records[i], csv_column(&credit, "words")),
            .value = csv_field(&credit.records[i], csv_column(&credit, "value")),
        };
    }
    return made;
}

/* ---- what all parts use ---- */

struct fact *derived(struct deriving *d, struct fact *parent, const char *name, const char *value,
                     const struct fact *from) {
    if (!value && from && from->value) {
        value = from->value;
    }
    struct fact *made = tree_add(d->tree, parent, name, value);
    struct origin *origin = arena_zero(d->arena, sizeof *origin);
    if (from) {
        origin->element = fact_element(from);
        origin->attribute = from->origin ? from->origin->attribute : NULL;
        origin->line = from->origin ? from->origin->line : 0;
    }
    origin->from = from;
    origin->derived = from ? NULL : "the program";
    made->origin = origin;
    return made;
}

void derived_once(struct deriving *d, struct fact *parent, const char *name, const char *value,
                  const struct fact *from) {
    if (!fact_at(parent, name)) {
        derived(d, parent, name, value, from);
    }
}

struct fact *next_visible(const struct deriving *d, const char *name, const struct fact *last) {
    struct fact *fact = last ? last->next_same : fact_at(d->dossier, name);
    while (fact && fact->hidden) {
        fact = fact->next_same;
    }
    return fact;
}

bool same_reference(struct deriving *d, const char *a, const char *b) {
    return a && b && strcmp(fold_reference(d->arena, a), fold_reference(d->arena, b)) == 0;
}

bool about_declaration(struct deriving *d, const struct fact *paper) {
    return is_about(d->arena, d->declaration, paper);
}

struct document *document_of(struct deriving *d, const struct fact *group) {
    const char *id = fact_text(group, "@doc");
    for (size_t i = 0; id && i < d->c->documents.count; i++) {
        if (strcmp(d->c->documents.items[i]->id, id) == 0) {
            return d->c->documents.items[i];
        }
    }
    return NULL;
}

void derive(struct consignment *c, const struct knowledge *k) {
    struct deriving d = {
        .c = c,
        .k = k,
        .arena = c->arena,
        .tree = &c->dossier,
        .dossier = c->dossier.root,
    };
    derive_versions(&d);
    if (!d.declaration) {
        return;
    }
    derive_replies(&d);
    derive_header(&d);
    derive_events(&d);
    derive_items(&d);
    derive_currency(&d);
    derive_units(&d);
    derive_rates(&d);
    derive_references(&d);
    derive_credits(&d);
    derive_credit_texts(&d);
    derive_papers(&d);
}
