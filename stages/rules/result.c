/* A result that is told: where it points, what was observed, its texts and its keys. */
#include "rules/result.h"

#include "base/arena.h"

#include <string.h>

/* More places than a reader looks at are not listed: a bound, since each costs an XPath. */
enum { PLACES_LIMIT = 64 };

static bool in_dossier(const struct run *run, const struct fact *fact) {
    while (fact && fact->parent) {
        fact = fact->parent;
    }
    return fact == run->c->dossier.root;
}

static struct location location_of(struct run *run, const struct fact *fact) {
    const struct element *element = fact_element(fact);
    return (struct location){.document = element ? element->document : NULL,
                             .line = fact_line(fact),
                             .column = element ? element->column : 0,
                             .xpath = fact_xpath(run->arena, fact),
                             .path = fact_path(run->arena, fact),
                             .value = fact->value};
}

/* The first fact of the dossier in a value; NULL: none. */
static struct fact *first_place(const struct run *run, const struct value *value) {
    for (size_t i = 0; value->kind == VALUE_NODES && i < value->nodes.count; i++) {
        if (in_dossier(run, value->nodes.items[i].fact)) {
            return value->nodes.items[i].fact;
        }
    }
    return NULL;
}

/* Can the expression be asked: is the $each that it may read bound? */
static bool askable(const struct result_place *place, const struct expression *expression) {
    return expression && (place->each || !place->walk->each || !expression_uses_each(expression));
}

/* subject, else $each where it is a fact of the dossier, else the context. */
static struct fact *subject_of(struct run *run, const struct result_place *place) {
    struct fact *subject = NULL;
    if (askable(place, place->assertion->subject)) {
        struct value value = evaluate(run->e, place->assertion->subject);
        subject = first_place(run, &value);
    }
    if (!subject && place->each && in_dossier(run, place->each)) {
        subject = place->each;
    }
    return subject ? subject : place->context;
}

static void set_against(struct run *run, const struct expression *against, struct finding *finding) {
    struct value value = evaluate(run->e, against);
    size_t count = value.kind == VALUE_NODES ? value.nodes.count : 0;
    struct location *places =
        arena_alloc(run->arena, (count < PLACES_LIMIT ? count + 1 : PLACES_LIMIT) * sizeof *places);
    for (size_t i = 0; i < count && finding->against_count < PLACES_LIMIT; i++) {
        if (in_dossier(run, value.nodes.items[i].fact)) {
            places[finding->against_count++] = location_of(run, value.nodes.items[i].fact);
        }
    }
    finding->against = places;
}

static const char *shown_first(struct run *run, const struct expression *own, const struct expression *other) {
    return own ? shown_value(run, own) : other ? shown_value(run, other) : NULL;
}

static void set_texts(struct run *run, const struct result_place *place, struct finding *finding) {
    const struct assertion *a = place->assertion;
    if (a->against) {
        set_against(run, a->against, finding);
    }
    finding->observed = a->observed ? shown_value(run, a->observed) : finding->subject.value;
    finding->expected = shown_first(run, a->expected, a->against);
    finding->message = message_text(run, &a->text);
    finding->message_zh = message_text(run, &a->text_zh);
    finding->source = message_text(run, &a->source);
    finding->mend = message_text(run, &a->mend);
    finding->mend_zh = message_text(run, &a->mend_zh);
}

/* ---- keys ---- */

struct key_list {
    struct key_value *items;
    size_t count, capacity;
};

static void add_key(struct run *run, struct key_list *list, const char *name, const char *value) {
    if (list->count == list->capacity) {
        list->items = arena_grow(run->arena, list->items, &list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = (struct key_value){.name = name, .value = value};
}

static bool has_key(const struct key_list *list, const char *name) {
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void evaluate_key(struct run *run, struct key_list *list, const struct key *key) {
    struct value value = evaluate(run->e, key->value);
    if (value.kind != VALUE_NODES) {
        const char *text = value_text(run->e, &value);
        if (text) {
            add_key(run, list, key->name, arena_string(run->arena, text));
        }
        return;
    }
    for (size_t i = 0; i < value.nodes.count; i++) {
        const char *text = value.nodes.items[i].fact->value;
        if (text) {
            add_key(run, list, key->name, arena_string(run->arena, text));
        }
    }
}

/* The @doc of a fact, or of the nearest fact above it. */
static const char *document_of(const struct fact *fact) {
    for (; fact; fact = fact->parent) {
        const char *doc = fact_text(fact, "@doc");
        if (doc) {
            return doc;
        }
    }
    return NULL;
}

static void set_keys(struct run *run, const struct result_place *place, const struct fact *subject,
                     struct result *result) {
    struct key_list list = {0};
    for (size_t i = 0; i < place->walk->key_count; i++) {
        if (askable(place, place->walk->keys[i].value)) {
            evaluate_key(run, &list, &place->walk->keys[i]);
        }
    }
    const char *document = document_of(subject);
    if (document && !has_key(&list, "document")) {
        add_key(run, &list, "document", document);
    }
    if (!has_key(&list, "path")) {
        add_key(run, &list, "path", result->finding.subject.path);
    }
    result->keys = list.items;
    result->key_count = list.count;
}

/* ---- adding ---- */

static struct result *new_result(struct run *run) {
    if (run->count == run->capacity) {
        run->results = arena_grow(run->arena, run->results, &run->capacity, sizeof *run->results);
    }
    struct result *result = &run->results[run->count];
    *result = (struct result){.sequence = run->count++};
    return result;
}

void result_add(struct run *run, const struct result_place *place, enum verdict verdict, struct grade grade,
                const struct missing *missing) {
    struct result *result = new_result(run);
    const struct rule_summary *summary = &place->rule->summary;
    struct fact *subject = subject_of(run, place);
    result->rule = place->rule;
    result->walk = place->walk;
    result->assertion = place->assertion;
    result->verdict = verdict;
    result->finding = (struct finding){.rule = summary->id,
                                       .assertion = place->assertion->id,
                                       .point = summary->point,
                                       .severity = grade.severity,
                                       .effect = grade.effect,
                                       .subject = location_of(run, subject),
                                       .title = summary->title,
                                       .title_zh = summary->title_zh,
                                       .who = place->assertion->who};
    if (verdict == VERDICT_FAIL) {
        set_texts(run, place, &result->finding);
    } else {
        result->missing = missing_names(run->arena, missing, &result->missing_count);
    }
    set_keys(run, place, subject, result);
}

void result_given(struct run *run, const struct finding *finding) {
    struct result *result = new_result(run);
    result->verdict = VERDICT_FAIL;
    result->finding = *finding;
    struct key_list list = {0};
    const struct document *document = finding->subject.document;
    if (document && document->id) {
        add_key(run, &list, "document", document->id);
    }
    if (document && document->kind) {
        add_key(run, &list, "kind", document->kind);
    }
    /* A document that could not be read stands for all that its kind would have said. */
    const char *path = finding->subject.path ? finding->subject.path : document ? document->kind : NULL;
    if (path) {
        add_key(run, &list, "path", path);
    }
    result->keys = list.items;
    result->key_count = list.count;
}
