/* Runs the rules that exist for a bundle, in order, and tells what came of them. */
#include "rules/run.h"

#include "rules/result.h"

#include "base/arena.h"
#include "reference/reference.h"

#include <stdlib.h>
#include <string.h>

/* ---- set-up ---- */

static const char *profile_of(const struct consignment *c, const struct knowledge *k) {
    if (!k->reference) {
        return "generic";
    }
    const struct fact *dossier = c->dossier.root;
    int32_t day = ANY_DAY;
    const char *as_of = fact_text(dossier, "@asOf");
    if (as_of && !day_read(as_of, &day)) {
        day = ANY_DAY;
    }
    return policy_profile_name(reference_profile(
        k->reference, fact_text(dossier, "declaration/office"), fact_text(dossier, "declaration/exitOffice"),
        fact_text(dossier, "declaration/mrn"), fact_text(dossier, "declaration/exportCountry"), day));
}

enum { ASSUMED_LIMIT = 6 };

static size_t assumed_limit(const struct run *run) {
    const struct reference *reference = run->k->reference;
    return reference
               ? (size_t)policy_integer(reference_policy(reference), policy_profile(run->profile), "time.maxAssumed")
               : ASSUMED_LIMIT;
}

static bool is_named(const char *id, const char *name, size_t length) {
    return strncmp(id, name, length) == 0 && !id[length];
}

static bool rule_failed(const struct run *run, const char *name, size_t length) {
    for (size_t i = 0; i < run->book->rule_count; i++) {
        if (run->rows[i].failed && is_named(run->rows[i].rule, name, length)) {
            return true;
        }
    }
    for (size_t i = 0; i < run->given; i++) {
        if (is_named(run->results[i].finding.rule, name, length)) {
            return true;
        }
    }
    return false;
}

/* tw:failed: has one of these rules a finding? Rules run after those that they ask of. */
static bool has_failed(void *runner, const char *rules) {
    const struct run *run = runner;
    while (*rules) {
        size_t length = strcspn(rules, " ");
        if (length && rule_failed(run, rules, length)) {
            return true;
        }
        rules += length + (rules[length] != '\0');
    }
    return false;
}

static struct host host_of(struct run *run) {
    const struct knowledge *k = run->k;
    struct host host = {.reference = k->reference,
                        .names = k->names,
                        .profile = run->profile,
                        .now = k->now,
                        .now_text = k->now_text,
                        .failed = has_failed,
                        .runner = run};
    if (k->reference) {
        const struct policy *policy = reference_policy(k->reference);
        enum policy_profile profile = policy_profile(run->profile);
        host.zone = reference_policy_zone(k->reference, profile);
        host.step_limit = (uint64_t)policy_integer(policy, profile, "xpath.opLimit");
    }
    return host;
}

/* Outside of its dates, or in the other mode, a rule does not exist for the bundle (RULES 1). */
static bool exists(const struct rule *rule, const char *as_of, enum review_mode mode) {
    const struct rule_summary *s = &rule->summary;
    bool in_mode = mode == MODE_AUDIT ? s->audit : s->live;
    bool begun = !s->from || !as_of || strcmp(s->from, as_of) <= 0;
    bool over = s->to && as_of && strcmp(s->to, as_of) < 0;
    return in_mode && begun && !over;
}

static void choose(struct run *run, const char *const *only, size_t only_count) {
    const char *as_of = fact_text(run->c->dossier.root, "@asOf");
    for (size_t i = 0; i < run->book->rule_count; i++) {
        const struct rule *rule = run->book->rules[i];
        bool asked = !only;
        for (size_t j = 0; j < only_count; j++) {
            asked = asked || strcmp(only[j], rule->summary.id) == 0;
        }
        run->runs[i] = asked && exists(rule, as_of, run->k->mode);
        run->rows[i].rule = rule->summary.id;
        run->rows[i].title = rule->summary.title;
        run->rows[i].title_zh = rule->summary.title_zh;
        run->rows[i].point = rule->summary.point;
    }
}

/* As if one rule had run after the other: what failed earlier silences first (cascades). */
static int compare_turns(const void *left, const void *right) {
    const struct result *a = left;
    const struct result *b = right;
    if (a->rule && b->rule && a->rule != b->rule) {
        return a->rule->position < b->rule->position ? -1 : 1;
    }
    if (a->rule && b->rule && a->walk != b->walk) {
        return a->walk < b->walk ? -1 : 1;
    }
    return a->sequence < b->sequence ? -1 : 1;
}

static void run_all(struct run *run) {
    const struct rulebook *book = run->book;
    for (size_t i = 0; i < book->context_count; i++) {
        if (book->groups[i].count) {
            walk_run(run, book->groups[i].items, book->groups[i].count);
        }
    }
    for (size_t i = 0; i < book->rule_count; i++) {
        const struct rule *rule = book->order[i];
        for (size_t j = 0; j < rule->walk_count && rule->ordered && run->runs[rule->index]; j++) {
            walk_run(run, &(struct walk_of_rule){rule, &rule->walks[j]}, 1);
        }
    }
    if (run->count > run->given) {
        qsort(run->results + run->given, run->count - run->given, sizeof *run->results, compare_turns);
    }
}

/* ---- what is told ---- */

static void count_silenced(struct run *run) {
    for (size_t i = 0; i < run->count; i++) {
        const struct result *r = &run->results[i];
        if (r->rule && r->silenced_by) {
            struct rule_result *row = &run->rows[r->rule->index];
            row->failed -= r->verdict == VERDICT_FAIL;
            row->undecided -= r->verdict == VERDICT_UNDECIDABLE;
            row->silenced_by = row->silenced_by ? row->silenced_by : r->silenced_by;
        }
    }
}

static enum verdict verdict_of(const struct rule_result *row) {
    return row->failed      ? VERDICT_FAIL
           : row->undecided ? VERDICT_UNDECIDABLE
           : row->passed    ? VERDICT_PASS
                            : VERDICT_NOT_APPLICABLE;
}

static void tell_undecided(struct run *run, const struct result *r) {
    struct undecided *u = LIST_ADD(run->arena, run->c->undecided);
    *u = (struct undecided){.rule = r->finding.rule,
                            .assertion = r->finding.assertion,
                            .title = r->finding.title,
                            .title_zh = r->finding.title_zh,
                            .point = r->finding.point,
                            .severity = r->finding.severity,
                            .effect = r->finding.effect,
                            .refers = r->finding.effect == EFFECT_REFER,
                            .subject = r->finding.subject,
                            .missing = r->missing,
                            .missing_count = r->missing_count};
}

static void tell(struct run *run) {
    struct consignment *c = run->c;
    c->findings.count = 0; /* those of earlier stages are among the results */
    for (size_t i = 0; i < run->count; i++) {
        const struct result *r = &run->results[i];
        if (r->silenced_by) {
            continue;
        }
        if (r->verdict == VERDICT_FAIL) {
            struct finding *finding = LIST_ADD(run->arena, c->findings);
            *finding = r->finding;
        } else {
            tell_undecided(run, r);
        }
    }
    for (size_t i = 0; i < run->book->rule_count; i++) {
        if (run->runs[i]) {
            struct rule_result *row = LIST_ADD(run->arena, c->results);
            *row = run->rows[i];
            row->verdict = verdict_of(row);
        }
    }
}

/* ---- order ---- */

static int compare_text(const char *a, const char *b) {
    return !a || !b ? (a != NULL) - (b != NULL) : strcmp(a, b);
}

static int compare_number(uint64_t a, uint64_t b) {
    return (a > b) - (a < b);
}

static int compare_place(const struct location *a, const struct location *b) {
    int order = compare_text(a->document ? a->document->path : NULL, b->document ? b->document->path : NULL);
    order = order ? order : compare_number(a->line, b->line);
    order = order ? order : compare_number(a->column, b->column);
    return order ? order : compare_text(a->path, b->path);
}

/* By point, rule, document, line (CONTRACT); then by what is left, so that the order is one. */
static int compare_findings(const void *left, const void *right) {
    const struct finding *a = left;
    const struct finding *b = right;
    int order = compare_number(a->point, b->point);
    order = order ? order : compare_text(a->rule, b->rule);
    order = order ? order : compare_place(&a->subject, &b->subject);
    order = order ? order : compare_text(a->assertion, b->assertion);
    order = order ? order : compare_text(a->observed, b->observed);
    order = order ? order : compare_text(a->expected, b->expected);
    return order ? order : compare_text(a->message, b->message);
}

static int compare_undecided(const void *left, const void *right) {
    const struct undecided *a = left;
    const struct undecided *b = right;
    int order = compare_number(a->point, b->point);
    order = order ? order : compare_text(a->rule, b->rule);
    order = order ? order : compare_place(&a->subject, &b->subject);
    order = order ? order : compare_text(a->assertion, b->assertion);
    for (size_t i = 0; !order && i < a->missing_count && i < b->missing_count; i++) {
        order = strcmp(a->missing[i], b->missing[i]);
    }
    return order ? order : compare_number(a->missing_count, b->missing_count);
}

static int compare_results(const void *left, const void *right) {
    const struct rule_result *a = left;
    const struct rule_result *b = right;
    int order = compare_number(a->point, b->point);
    return order ? order : strcmp(a->rule, b->rule);
}

/* As a whole run leaves them. */
static bool in_order(const struct rule_result *results, size_t count) {
    for (size_t i = 1; i < count; i++) {
        if (compare_results(&results[i - 1], &results[i]) > 0) {
            return false;
        }
    }
    return true;
}

void rules_sort(struct consignment *c) {
    if (c->findings.count) {
        qsort(c->findings.items, c->findings.count, sizeof *c->findings.items, compare_findings);
    }
    if (c->undecided.count) {
        qsort(c->undecided.items, c->undecided.count, sizeof *c->undecided.items, compare_undecided);
    }
    if (!in_order(c->results.items, c->results.count)) {
        qsort(c->results.items, c->results.count, sizeof *c->results.items, compare_results);
    }
}

/* ---- the run ---- */

void run_begin(struct run *run, struct consignment *c, const struct knowledge *k) {
    const struct rulebook *book = k->rulebook;
    *run = (struct run){.c = c, .k = k, .book = book, .arena = c->arena, .profile = profile_of(c, k)};
    run->rows = arena_zero(c->arena, (book->rule_count + 1) * sizeof *run->rows);
    run->runs = arena_zero(c->arena, (book->rule_count + 1) * sizeof *run->runs);
    run->contexts = arena_zero(c->arena, (book->context_count + 1) * sizeof *run->contexts);
    run->assumed_limit = assumed_limit(run);
    run->host = host_of(run);
    run->scratch = arena_new();
    run->e = evaluation_new(book->program, &run->host, c->dossier.root, c->arena, run->scratch);
    for (size_t i = 0; i < c->findings.count; i++) {
        result_given(run, &c->findings.items[i]);
    }
    run->given = run->count;
}

void run_end(struct run *run) {
    evaluation_end(run->e);
    arena_free(run->scratch);
}

static void run_rules(struct consignment *c, const struct knowledge *k, const char *const *only, size_t only_count) {
    struct run run;
    run_begin(&run, c, k);
    choose(&run, only, only_count);
    run_all(&run);
    unreadable_weigh(&run);
    cascades_apply(&run);
    waivers_apply(&run);
    count_silenced(&run);
    tell(&run);
    rules_sort(c);
    run_end(&run);
}

void rules_run(struct consignment *consignment, const struct knowledge *knowledge) {
    run_rules(consignment, knowledge, NULL, 0);
}

static bool among(const char *const *rules, size_t count, const char *rule) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rules[i], rule) == 0) {
            return true;
        }
    }
    return false;
}

/* Drops the items of a list whose rule is asked again. */
#define FORGET(list, rules, rule_count)                                                                                \
    do {                                                                                                               \
        size_t kept = 0;                                                                                               \
        for (size_t i = 0; i < (list).count; i++) {                                                                    \
            if (!among((rules), (rule_count), (list).items[i].rule)) {                                                 \
                (list).items[kept++] = (list).items[i];                                                                \
            }                                                                                                          \
        }                                                                                                              \
        (list).count = kept;                                                                                           \
    } while (0)

void rules_run_again(struct consignment *consignment, const struct knowledge *knowledge, const char *const *rules,
                     size_t count) {
    FORGET(consignment->findings, rules, count);
    FORGET(consignment->undecided, rules, count);
    FORGET(consignment->results, rules, count);
    FORGET(consignment->claims, rules, count);
    run_rules(consignment, knowledge, rules, count);
}
