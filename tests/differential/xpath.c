/* Our evaluator against libxml2: random expressions of the core over random dossiers. Every result that we
 * decide must be libxml2's; where ours is ⊥ it is not asked (RULES 2).
 *
 *     xpath [COUNT [SEED]]      10,000 expressions unless told otherwise; the seed is printed
 */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/problems.h"
#include "tree/fact.h"
#include "tree/names.h"
#include "tree/vocabulary.h"
#include "xpath/function.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A small vocabulary of texts, so that nothing is refused for its type. */
static const char facts[] = "path,type,many,list,values,note\n"
                            "a,group,*,,,\na/@n,text,?,,,\na/c,text,*,,,\na/c/@n,text,?,,,\na/d,text,?,,,\n"
                            "a/e,group,*,,,\na/e/@n,text,?,,,\na/e/c,text,*,,,\na/e/d,text,?,,,\n"
                            "b,group,?,,,\nb/c,text,*,,,\nb/e,group,*,,,\nb/e/d,text,*,,,\n";

enum { PER_DOSSIER = 50, MAX_FACTS = 512 };

struct duel {
    uint64_t random;
    struct arena *compiled, *bundle, *scratch;
    struct names *names;
    struct vocabulary *vocabulary;
    struct program *program;
    struct scope *scope;
    struct expression *context;
    struct problems problems;
    struct tree dossier;
    xmlDoc *doc;
    xmlNode *nodes[MAX_FACTS]; /* by fact->order */
    size_t asked, decided, refused, wrong;
};

static unsigned pick(struct duel *d, unsigned below) {
    d->random ^= d->random << 13;
    d->random ^= d->random >> 7;
    d->random ^= d->random << 17;
    return (unsigned)((d->random >> 11) % below);
}

/* ---- Dossiers --------------------------------------------------------------------------------------- */

static const char *const values[] = {"1", "2", "3", "2.5", "10", "007", "-4", "x", "y", "xy", "123456789012.345"};

static const char *random_value(struct duel *d) {
    return values[pick(d, sizeof values / sizeof *values)];
}

static void grow(struct duel *d, struct fact *fact, const struct definition *definition) {
    for (const struct definition *child = definition->first; child; child = child->next) {
        for (unsigned n = pick(d, child->repeated ? 4 : 2); n > 0; n--) {
            bool group = child->type == TYPE_GROUP;
            struct fact *made = tree_add(&d->dossier, fact, child->name, group ? NULL : random_value(d));
            made->state = !group && pick(d, 12) == 0 ? FACT_UNREADABLE : FACT_READABLE;
            made->hidden = pick(d, 15) == 0;
            grow(d, made, child);
        }
    }
}

static void mirror(struct duel *d, const struct fact *fact, xmlNode *node) {
    d->nodes[fact->order] = node;
    for (const struct fact *child = fact->first; child; child = child->next) {
        if (child->hidden) {
            continue;
        }
        if (*child->name == '@') {
            xmlAttr *made = xmlNewProp(node, BAD_CAST(child->name + 1), BAD_CAST child->value);
            d->nodes[child->order] = (xmlNode *)made;
        } else {
            mirror(d, child, xmlNewTextChild(node, NULL, BAD_CAST child->name, BAD_CAST child->value));
        }
    }
}

static void new_dossier(struct duel *d) {
    arena_reset(d->bundle);
    arena_reset(d->scratch);
    if (d->doc) {
        xmlFreeDoc(d->doc);
    }
    memset(d->nodes, 0, sizeof d->nodes);
    do {
        d->dossier = tree_new(d->bundle, d->names, "dossier");
        grow(d, d->dossier.root, vocabulary_root(d->vocabulary));
    } while (tree_number(&d->dossier, 0) >= MAX_FACTS);
    d->doc = xmlNewDoc(BAD_CAST "1.0");
    xmlNode *root = xmlNewDocNode(d->doc, NULL, BAD_CAST "dossier", NULL);
    xmlDocSetRootElement(d->doc, root);
    mirror(d, d->dossier.root, root);
}

/* ---- Expressions ------------------------------------------------------------------------------------ */

static void boolean_expression(struct duel *d, struct buffer *text, const struct definition *at, unsigned depth);

static void predicates(struct duel *d, struct buffer *text, const struct definition *at, unsigned depth) {
    for (unsigned n = depth ? pick(d, 5) / 3 : 0; n > 0; n--) {
        switch (pick(d, 4)) {
        case 0:
            buffer_printf(text, "[%u]", 1 + pick(d, 3));
            break;
        case 1:
            buffer_string(text, "[last()]");
            break;
        default:
            buffer_char(text, '[');
            boolean_expression(d, text, at, depth - 1);
            buffer_char(text, ']');
        }
    }
}

static const struct definition *random_child(struct duel *d, const struct definition *at) {
    unsigned count = 0;
    const struct definition *chosen = NULL;
    for (const struct definition *child = at->first; child; child = child->next) {
        if (pick(d, ++count) == 0) {
            chosen = child;
        }
    }
    return chosen;
}

static void path(struct duel *d, struct buffer *text, const struct definition *at, unsigned depth) {
    bool first = true;
    switch (pick(d, 5)) {
    case 0:
        buffer_string(text, "/dossier");
        at = vocabulary_root(d->vocabulary);
        first = false;
        break;
    case 1:
        if (at->parent) {
            buffer_string(text, "..");
            at = at->parent;
            first = false;
            break;
        }
        /* fall through */
    default:
        if (!at->first) {
            buffer_char(text, '.');
            return;
        }
    }
    for (unsigned n = 1 + pick(d, 3); n > 0 && at->first; n--) {
        at = random_child(d, at);
        buffer_printf(text, "%s%s", first ? "" : "/", at->name);
        predicates(d, text, at, depth);
        first = false;
    }
    if (pick(d, 10) == 0) {
        buffer_string(text, "/..");
    }
}

static void text_expression(struct duel *d, struct buffer *text, const struct definition *at, unsigned depth) {
    switch (pick(d, 6)) {
    case 0:
        buffer_printf(text, "substring(");
        path(d, text, at, depth);
        buffer_printf(text, ", %u, %u)", pick(d, 3), pick(d, 4));
        break;
    case 1:
        buffer_string(text, "concat(");
        path(d, text, at, depth);
        buffer_printf(text, ", '%s')", random_value(d));
        break;
    case 2:
        buffer_string(text, "string(");
        path(d, text, at, depth);
        buffer_char(text, ')');
        break;
    case 3:
        buffer_string(text, "normalize-space(");
        path(d, text, at, depth);
        buffer_char(text, ')');
        break;
    default:
        buffer_printf(text, "'%s'", random_value(d));
    }
}

static void operand(struct duel *d, struct buffer *text, const struct definition *at, unsigned depth) {
    switch (pick(d, 8)) {
    case 0:
        text_expression(d, text, at, depth);
        break;
    case 1:
        buffer_printf(text, "%u%s", pick(d, 12), pick(d, 3) ? "" : ".5");
        break;
    case 2:
        buffer_string(text, pick(d, 2) ? "count(" : "string-length(");
        path(d, text, at, depth);
        buffer_char(text, ')');
        break;
    case 3:
        buffer_char(text, '(');
        path(d, text, at, depth);
        buffer_string(text, " | ");
        path(d, text, at, depth);
        buffer_char(text, ')');
        predicates(d, text, at->first ? at->first : at, 0);
        break;
    default:
        path(d, text, at, depth);
    }
}

static void boolean_expression(struct duel *d, struct buffer *text, const struct definition *at, unsigned depth) {
    static const char *const operators[] = {"=", "!=", "<", "<=", ">", ">="};
    switch (depth ? pick(d, 9) : 3 + pick(d, 4)) {
    case 0:
    case 1:
        buffer_char(text, '(');
        boolean_expression(d, text, at, depth - 1);
        buffer_string(text, pick(d, 2) ? " and " : " or ");
        boolean_expression(d, text, at, depth - 1);
        buffer_char(text, ')');
        break;
    case 2:
        buffer_string(text, "not(");
        boolean_expression(d, text, at, depth - 1);
        buffer_char(text, ')');
        break;
    case 3:
        path(d, text, at, depth);
        break;
    case 7:
        buffer_string(text, pick(d, 2) ? "contains(" : "starts-with(");
        path(d, text, at, depth);
        buffer_printf(text, ", '%s')", random_value(d));
        break;
    default:
        operand(d, text, at, depth ? depth - 1 : 0);
        buffer_printf(text, " %s ", operators[pick(d, 6)]);
        operand(d, text, at, depth ? depth - 1 : 0);
    }
}

/* ---- The duel --------------------------------------------------------------------------------------- */

static bool same_nodes(const struct duel *d, const struct nodes *ours, const xmlNodeSet *theirs) {
    size_t sure = 0;
    for (size_t i = 0; i < ours->count; i++) {
        const struct member *member = &ours->items[i];
        if (member->maybe) {
            continue;
        }
        sure++;
        if (!theirs || !xmlXPathNodeSetContains((xmlNodeSet *)(uintptr_t)theirs, d->nodes[member->fact->order])) {
            return false;
        }
    }
    bool all_sure = sure == ours->count;
    return !all_sure || sure == (size_t)(theirs ? theirs->nodeNr : 0);
}

static bool same(struct duel *d, struct evaluation *e, const struct value *ours, xmlXPathObject *theirs) {
    if (ours->kind == VALUE_NODES) {
        return theirs->type == XPATH_NODESET && same_nodes(d, &ours->nodes, theirs->nodesetval);
    }
    if (ours->kind == VALUE_BOOLEAN) {
        return ours->truth == (xmlXPathCastToBoolean(theirs) != 0);
    }
    xmlChar *text = xmlXPathCastToString(theirs);
    bool equal = strcmp(value_text(e, ours), (const char *)text) == 0;
    xmlFree(text);
    return equal;
}

static void ask(struct duel *d, const char *text) {
    struct expression *expression = compile(d->scope, (struct place){"random", 1, 1}, text);
    if (!expression) {
        d->refused++;
        return;
    }
    const struct host host = {0};
    struct evaluation *e = evaluation_new(d->program, &host, d->dossier.root, d->bundle, d->scratch);
    struct nodes nodes = evaluate_context(e, d->context);
    xmlXPathContext *context = xmlXPathNewContext(d->doc);
    for (size_t i = 0; i < nodes.count; i++) {
        evaluation_enter(e, nodes.items[i].fact);
        struct value ours = evaluate(e, expression);
        d->asked++;
        if (ours.kind == VALUE_UNKNOWN) {
            continue;
        }
        context->node = d->nodes[nodes.items[i].fact->order];
        xmlXPathObject *theirs = xmlXPathEval(BAD_CAST text, context);
        d->decided++;
        if (!theirs || !same(d, e, &ours, theirs)) {
            d->wrong++;
            fprintf(stderr, "differs at %s: %s\n", fact_path(d->bundle, nodes.items[i].fact), text);
        }
        xmlXPathFreeObject(theirs);
    }
    xmlXPathFreeContext(context);
}

static void new_program(struct duel *d) {
    if (d->program) {
        program_end(d->program);
    }
    arena_reset(d->compiled);
    d->program = program_new(d->compiled, d->names, d->vocabulary, NULL, &d->problems);
    d->scope = scope_new(d->program, NULL);
    d->context = compile_context(d->scope, (struct place){"random", 1, 1}, "/dossier/a");
    scope_context(d->scope, d->context);
}

int main(int argc, char **argv) {
    size_t count = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 20260101;
    struct duel d = {.random = seed ? seed : 1};
    d.compiled = arena_new();
    d.bundle = arena_new();
    d.scratch = arena_new();
    d.names = names_new();
    d.vocabulary = vocabulary_new(d.names, "facts.csv", facts, strlen(facts), &d.problems);
    if (!d.vocabulary) {
        problems_print(&d.problems, stderr);
        return 1;
    }
    for (size_t i = 0; i < count; i++) {
        if (i % PER_DOSSIER == 0) {
            new_program(&d);
            new_dossier(&d);
        }
        struct buffer text = {0};
        boolean_expression(&d, &text, definition_at(vocabulary_root(d.vocabulary), "a"), 3);
        ask(&d, text.bytes);
        buffer_free(&text);
    }
    printf("xpath against libxml2: seed %llu, %zu expressions, %zu refused, %zu asked, %zu decided, %zu differ\n",
           (unsigned long long)seed, count, d.refused, d.asked, d.decided, d.wrong);
    xmlFreeDoc(d.doc);
    problems_free(&d.problems);
    vocabulary_free(d.vocabulary);
    names_free(d.names);
    program_end(d.program);
    arena_free(d.compiled);
    arena_free(d.bundle);
    arena_free(d.scratch);
    return d.wrong || d.decided * 5 < d.asked ? 1 : 0;
}
