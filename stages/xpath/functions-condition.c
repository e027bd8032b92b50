/* tw:holds: conditions that stand in registers requiredDocument and requiredFact, compiled when the program is
 * (FACTS 9). */
#include "base/arena.h"
#include "tree/names.h"
#include "xpath/house.h"

#include <string.h>

static const char measure_prefix[] = "measure:";

static bool is_measure(const char *text) {
    return strncmp(text, measure_prefix, sizeof measure_prefix - 1) == 0;
}

/* ---- Compiling -------------------------------------------------------------------------------------- */

/* Where the conditions of one level are read: at the header or at an item, without the names of any pack. */
struct level_scope {
    const char *level;
    const char *node; /* interned name of the nodes */
    struct scope *scope;
};

static void compile_condition(struct program *program, const struct level_scope *where, const char *text,
                              const char *file) {
    struct map_key key = {.a = where->node, .text = text};
    if (map_find(&program->conditions, &key)) {
        return;
    }
    struct expression *expression = compile(where->scope, (struct place){.file = file}, text);
    if (expression) {
        key.text = arena_string(program->arena, text);
        map_put(&program->conditions, &key, expression);
    }
}

static struct level_scope level_scope(struct program *program, const char *level, const char *context,
                                      const char *node) {
    struct scope *scope = scope_new(program, NULL);
    scope_context(scope, compile_context(scope, (struct place){.file = level}, context));
    return (struct level_scope){.level = level, .node = names_intern(program->names, node), .scope = scope};
}

/* Column unless of register requiredFact: at the item where the path is one below it, else at the header. */
static void compile_exceptions(struct program *program, const struct level_scope *header,
                               const struct level_scope *item, const struct reference *reference) {
    static const char below_item[] = "goodsItem/";
    const struct table *table = reference_table(reference, "requiredFact");
    const char *file = reference_file(reference);
    for (size_t i = 0; table && i < table->count; i++) {
        const char *text = fact_text(table->rows[i].fact, "unless"), *path = fact_text(table->rows[i].fact, "path");
        if (text && path) {
            bool below = strncmp(path, below_item, sizeof below_item - 1) == 0;
            compile_condition(program, below ? item : header, text, file ? file : "register requiredFact");
        }
    }
}

void program_conditions(struct program *program, const struct reference *reference) {
    const struct level_scope levels[] = {
        level_scope(program, "header", "/dossier/declaration", "declaration"),
        level_scope(program, "item", "/dossier/declaration/goodsItem", "goodsItem"),
    };
    const struct table *table = reference_table(reference, "requiredDocument");
    const char *file = reference_file(reference);
    for (size_t i = 0; table && i < table->count; i++) {
        const char *text = fact_text(table->rows[i].fact, "when");
        for (size_t j = 0; text && !is_measure(text) && j < sizeof levels / sizeof *levels; j++) {
            if (fact_is(table->rows[i].fact, "level", levels[j].level)) {
                compile_condition(program, &levels[j], text, file ? file : "register requiredDocument");
            }
        }
    }
    compile_exceptions(program, &levels[0], &levels[1], reference);
}

/* ---- Evaluating ------------------------------------------------------------------------------------- */

static struct value find_measure(struct evaluation *e, const char *kind, const char *code, const char *country,
                                 int32_t day) {
    struct answer answer = {.state = REGISTER_MISSING};
    if (e->host->reference) {
        answer = reference_measures(e->host->reference, e->arena, code, country, day);
    }
    if (answer.state != REGISTER_AVAILABLE) {
        return value_unknown(missing_kind(e, "register:", "measure"));
    }
    spend(e, answer.count);
    for (size_t i = 0; i < answer.count; i++) {
        if (fact_is(answer.rows[i], "kind", kind)) {
            return value_boolean(true);
        }
    }
    return value_boolean(false);
}

/* "measure:KIND": is there one for these goods, on the way to that country? */
static struct value measure_holds(struct evaluation *e, const char *kind, const struct fact *node) {
    const char *code = fact_text(node, "commodity/code");
    const struct fact *country = next_child(e, node, "destinationCountry", NULL);
    country = country ? country : next_child(e, house_declaration(e), "destinationCountry", NULL);
    if (!code) {
        return value_unknown(missing_below(e, node, "commodity/code"));
    }
    if (!country || !country->value) {
        return value_unknown(missing_below(e, node, "destinationCountry"));
    }
    if (house_as_of(e) == ANY_DAY) {
        return value_unknown(missing_below(e, e->dossier, "@asOf"));
    }
    return find_measure(e, kind, code, country->value, house_as_of(e));
}

static struct value holds_of(struct evaluation *e, const struct value *arguments, size_t count) {
    const char *text = arguments[0].text;
    struct fact *node = argument_fact(&arguments[1]);
    (void)count;
    if (is_measure(text)) {
        return measure_holds(e, text + sizeof measure_prefix - 1, node);
    }
    struct map_key key = {.a = node->name, .text = text};
    const struct expression *expression = map_find(&e->program->conditions, &key);
    if (!expression) {
        return value_unknown(missing_kind(e, "register:", "requiredDocument"));
    }
    struct value value = evaluate_at(e, expression, node);
    const struct missing *missing = NULL;
    return value_of_truth(truth_of(e, &value, &missing), missing);
}

const struct function functions_condition[] = {
    {.name = "tw:holds", .takes = "TN", .min = 2, .returns = RETURNS_BOOLEAN, .body = holds_of},
    {0},
};
