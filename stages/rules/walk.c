/* Walks one rule element: every context node, every $each, every reading of assumed zones (RULES 2). */
#include "rules/result.h"

#include "base/arena.h"
#include "facts/dialects.h"
#include "reference/reference.h"
#include "tree/vocabulary.h"

#include <string.h>

/* What became of one assertion at one node and $each. */
struct judged {
    enum verdict verdict;
    bool claims;                   /* it passed with its guard true: its claim counts */
    const struct missing *missing; /* of undecidables */
};

enum { FEW_JUDGED = 12 };

/* All of a walk at one context node, under one reading. */
struct sheet {
    struct fact **members; /* $each; one NULL: none, or it could not be decided */
    size_t member_count;
    bool each_unknown;
    struct judged *judged; /* member by member, assertion by assertion */
    struct fact *one;
    struct judged few[FEW_JUDGED]; /* room for those of most walks */
};

struct node {
    struct run *run;
    const struct rule *rule;
    const struct walk *walk;
    struct fact *context;
};

/* ---- one assertion ---- */

struct grade grade_of(struct run *run, const struct rule *rule, const struct assertion *a) {
    struct grade grade = {.severity = a->severity, .effect = a->effect};
    if (a->severity_of_row) {
        struct value value = evaluate(run->e, a->severity_of_row);
        const char *word = value_text(run->e, &value);
        if (word && severity_read(word, &grade.severity)) {
            grade.effect = effect_of(grade.severity, rule->summary.point);
        }
    }
    if (a->effect_policy && run->k->reference) {
        const struct policy *policy = reference_policy(run->k->reference);
        const char *word = policy_value(policy, policy_profile(run->profile), a->effect_policy, NULL).value;
        grade.off = !word || !effect_read(word, &grade.effect);
        bool sets = !grade.off && grade.effect <= EFFECT_HOLD;
        grade.severity = !sets                              ? grade.severity
                         : grade.effect == EFFECT_NOTE      ? SEVERITY_INFO
                         : grade.effect == EFFECT_REMARK    ? SEVERITY_WARNING
                         : grade.severity == SEVERITY_FATAL ? SEVERITY_FATAL
                                                            : SEVERITY_ERROR;
    }
    return grade;
}

static bool is_policy(const struct missing *leaf) {
    return !leaf->fact && leaf->word && strcmp(leaf->name, "policy:") == 0 && strcmp(leaf->word, "xpath.opLimit") != 0;
}

/* "declaration/goodsItem[2]/netMass" without its positions. */
static const char *without_positions(struct arena *arena, const char *path) {
    char *out = arena_alloc(arena, strlen(path) + 1);
    size_t length = 0;
    for (bool inside = false; *path; path++) {
        inside = *path == '[' || (inside && *path != ']');
        if (!inside && *path != ']') {
            out[length++] = *path;
        }
    }
    out[length] = '\0';
    return out;
}

/* A fact that the declaration's dialect has no place for; that no other document said it, its absence shows. */
static bool is_unsayable(const struct run *run, const char *name) {
    const struct document *declaration = run->c->declaration;
    if (!declaration || !declaration->match || !run->k->vocabulary) {
        return false;
    }
    const char *path = without_positions(run->e->scratch, name);
    const struct definition *definition = definition_at(vocabulary_root(run->k->vocabulary), path);
    return definition && !dialect_can_declare(match_dialect(declaration->match), definition);
}

/* Whether what is missing makes the assertion n/a, not undecidable: parameters that are not set; facts that cannot
 * be said, where the rule takes them so. */
static bool missing_is_no_matter(struct run *run, const struct rule *rule, const struct missing *missing) {
    if (missing_all(run->e->scratch, missing, is_policy)) {
        return true;
    }
    size_t count = 0;
    size_t unsayable = 0;
    const char *const *names = rule->unsayable_na ? missing_names(run->e->scratch, missing, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        unsayable += is_unsayable(run, names[i]);
    }
    return count && unsayable == count;
}

static const struct missing *both(struct run *run, const struct missing *a, const struct missing *b) {
    if (!a || !b) {
        return a ? a : b;
    }
    struct missing *union_of = arena_alloc(run->e->scratch, sizeof *union_of);
    *union_of = (struct missing){.left = a, .right = b};
    return union_of;
}

/* A guard, and what made it ⊥. */
struct guard {
    enum truth truth;
    const struct missing *missing;
};

static struct guard guard_of_walk(const struct node *n) {
    struct guard guard = {.truth = TRUTH_TRUE};
    if (n->walk->when) {
        guard.truth = evaluate_truth(n->run->e, n->walk->when, &guard.missing);
    }
    return guard;
}

/* Kleene's and of the two guards; that of the walk is not false. */
static struct guard guard_of(struct run *run, struct guard walk_guard, const struct assertion *a) {
    if (!a->when) {
        return walk_guard;
    }
    struct guard own;
    own.truth = evaluate_truth(run->e, a->when, &own.missing);
    if (walk_guard.truth == TRUTH_TRUE || own.truth == TRUTH_FALSE) {
        return own;
    }
    if (own.truth == TRUTH_UNKNOWN) {
        own.missing = both(run, walk_guard.missing, own.missing);
        return own;
    }
    return walk_guard;
}

static struct judged undecidable(struct node *n, const struct missing *missing) {
    bool no_matter = missing_is_no_matter(n->run, n->rule, missing);
    return (struct judged){.verdict = no_matter ? VERDICT_NOT_APPLICABLE : VERDICT_UNDECIDABLE, .missing = missing};
}

/* One fact that is not there, and no more: not an unreadable one, nor a register. */
static bool is_absence(const struct missing *missing) {
    return missing && !missing->left && missing->fact && missing->name;
}

static struct judged judge(struct node *n, struct guard walk_guard, const struct assertion *a) {
    struct run *run = n->run;
    struct guard guard = guard_of(run, walk_guard, a);
    if (guard.truth == TRUTH_FALSE || (a->effect_policy && grade_of(run, n->rule, a).off)) {
        return (struct judged){.verdict = VERDICT_NOT_APPLICABLE};
    }
    const struct missing *missing;
    enum truth test = evaluate_truth(run->e, a->test, &missing);
    if (test == TRUTH_TRUE) {
        bool claims = a->claim_register && guard.truth == TRUTH_TRUE;
        bool refused = claims && claim_refused(run, n->rule, a);
        return (struct judged){.verdict = refused ? VERDICT_FAIL : VERDICT_PASS, .claims = claims};
    }
    if (guard.truth == TRUTH_TRUE && test == TRUTH_FALSE) {
        return (struct judged){.verdict = VERDICT_FAIL};
    }
    struct judged judged = undecidable(n, both(run, guard.missing, missing));
    if (a->absent_fails && guard.truth == TRUTH_TRUE && judged.verdict == VERDICT_UNDECIDABLE && is_absence(missing)) {
        judged.verdict = VERDICT_FAIL;
    }
    return judged;
}

/* ---- one reading of a node ---- */

/* What became of the assertions at one member. */
static struct judged *judged_of(const struct node *n, const struct sheet *sheet, size_t member) {
    return &sheet->judged[member * n->walk->assertion_count];
}

static void judge_member(struct node *n, struct sheet *sheet, size_t index, const struct missing *maybe) {
    struct judged *judged = judged_of(n, sheet, index);
    const struct guard guard = guard_of_walk(n);
    if (guard.truth == TRUTH_FALSE) {
        memset(judged, 0, n->walk->assertion_count * sizeof *judged); /* VERDICT_NOT_APPLICABLE */
        return;
    }
    for (size_t i = 0; i < n->walk->assertion_count; i++) {
        judged[i] = judge(n, guard, &n->walk->assertions[i]);
        if (maybe && judged[i].verdict == VERDICT_FAIL) {
            judged[i] = undecidable(n, maybe); /* perhaps there is no such member */
        }
    }
}

/* The set itself is ⊥: so is all that asks of its members, unless the guard says that it does not matter. */
static void judge_unknown_each(struct node *n, struct sheet *sheet, const struct missing *missing) {
    struct judged judged = undecidable(n, missing);
    if (!n->walk->when || !expression_uses_each(n->walk->when)) {
        if (guard_of_walk(n).truth == TRUTH_FALSE) {
            judged = (struct judged){.verdict = VERDICT_NOT_APPLICABLE};
        }
    }
    sheet->each_unknown = true;
    for (size_t i = 0; i < n->walk->assertion_count; i++) {
        sheet->judged[i] = judged;
    }
}

static void sheet_open(const struct node *n, struct sheet *sheet, size_t members) {
    struct arena *scratch = n->run->e->scratch;
    size_t count = members * n->walk->assertion_count;
    sheet->each_unknown = false;
    sheet->member_count = members;
    sheet->members = members == 1 ? &sheet->one : arena_alloc(scratch, members * sizeof *sheet->members);
    sheet->members[0] = NULL;
    sheet->judged = count <= FEW_JUDGED ? sheet->few : arena_alloc(scratch, count * sizeof *sheet->judged);
}

static void judge_empty_each(struct node *n, struct sheet *sheet) {
    for (size_t i = 0; i < n->walk->assertion_count; i++) {
        sheet->judged[i] = (struct judged){.verdict = n->walk->none_passes ? VERDICT_PASS : VERDICT_NOT_APPLICABLE};
    }
}

static void judge_each(struct node *n, struct sheet *sheet) {
    struct evaluation *e = n->run->e;
    struct value each = evaluate(e, n->walk->each);
    size_t count = each.kind == VALUE_NODES ? each.nodes.count : 0;
    sheet_open(n, sheet, count ? count : 1);
    if (each.kind != VALUE_NODES) {
        judge_unknown_each(n, sheet, each.kind == VALUE_UNKNOWN ? each.missing : NULL);
    } else if (!count) {
        judge_empty_each(n, sheet);
    }
    for (size_t i = 0; i < count; i++) {
        const struct member member = each.nodes.items[i];
        sheet->members[i] = member.fact;
        evaluation_each(e, n->walk->each_variable, member.fact);
        judge_member(n, sheet, i, member.maybe ? each.nodes.missing : NULL);
    }
}

static void judge_node(struct node *n, struct sheet *sheet) {
    if (n->walk->each) {
        judge_each(n, sheet);
    } else {
        sheet_open(n, sheet, 1);
        judge_member(n, sheet, 0, NULL);
    }
}

/* ---- assumed zones: every combination of readings (FACTS 1) ---- */

static void differ(struct node *n, struct sheet *sheet, size_t i, uint64_t documents) {
    sheet->judged[i] = undecidable(n, evaluation_zones(n->run->e, documents));
}

static void merge(struct node *n, struct sheet *sheet, const struct sheet *other, uint64_t documents) {
    size_t count = sheet->member_count * n->walk->assertion_count;
    for (size_t i = 0; i < count; i++) {
        /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): judge_node fills every one */
        if (sheet->member_count != other->member_count || sheet->judged[i].verdict != other->judged[i].verdict) {
            differ(n, sheet, i, documents);
        }
    }
}

/* The next combination of the bits of `documents` after `reading`; 0 after the last. */
static uint64_t next_reading(uint64_t reading, uint64_t documents) {
    return (reading - documents) & documents;
}

static void judge_other_readings(struct node *n, struct sheet *sheet, size_t assumed, uint64_t documents) {
    struct evaluation *e = n->run->e;
    if (assumed > n->run->assumed_limit) {
        for (size_t i = 0; i < sheet->member_count * n->walk->assertion_count; i++) {
            /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): judge_node fills every one */
            if (sheet->judged[i].verdict != VERDICT_NOT_APPLICABLE) {
                differ(n, sheet, i, documents);
            }
        }
        return;
    }
    for (uint64_t reading = next_reading(0, documents); reading; reading = next_reading(reading, documents)) {
        struct sheet other;
        evaluation_read(e, reading);
        judge_node(n, &other);
        merge(n, sheet, &other, documents);
    }
    evaluation_read(e, 0);
}

static void judge_readings(struct node *n, struct sheet *sheet) {
    uint64_t documents = 0;
    evaluation_watch(n->run->e);
    judge_node(n, sheet);
    size_t assumed = evaluation_assumed(n->run->e, &documents);
    if (assumed) {
        judge_other_readings(n, sheet, assumed, documents);
    }
}

/* ---- what stands of it ---- */

/* Of the levels of one part the strongest that failed stands; weaker ones say nothing more (RULES 2). */
static bool outdone(struct node *n, const struct judged *judged, size_t index, enum effect effect) {
    const struct assertion *own = &n->walk->assertions[index];
    for (size_t i = 0; i < n->walk->assertion_count; i++) {
        const struct assertion *other = &n->walk->assertions[i];
        if (i != index && judged[i].verdict == VERDICT_FAIL && strcmp(other->part, own->part) == 0 &&
            grade_of(n->run, n->rule, other).effect > effect) {
            return true;
        }
    }
    return false;
}

/* A fail or an undecidable. */
static void tell(struct node *n, const struct sheet *sheet, size_t member, size_t index) {
    struct run *run = n->run;
    const struct assertion *a = &n->walk->assertions[index];
    const struct judged *judged = judged_of(n, sheet, member);
    struct rule_result *row = &run->rows[n->rule->index];
    struct grade grade =
        sheet->each_unknown ? (struct grade){.severity = a->severity, .effect = a->effect} : grade_of(run, n->rule, a);
    if (!outdone(n, judged, index, grade.effect)) {
        const struct result_place place = {
            .rule = n->rule, .walk = n->walk, .assertion = a, .context = n->context, .each = sheet->members[member]};
        result_add(run, &place, judged[index].verdict, grade, judged[index].missing);
        row->failed += judged[index].verdict == VERDICT_FAIL;
        row->undecided += judged[index].verdict == VERDICT_UNDECIDABLE;
    }
}

/* Is there anything to say of a member but that it passed? Then its $each has to be bound again. */
static bool tells(const struct node *n, const struct judged *judged) {
    for (size_t i = 0; i < n->walk->assertion_count; i++) {
        if (judged[i].verdict > VERDICT_PASS || judged[i].claims) {
            return true;
        }
    }
    return false;
}

static void record_member(struct node *n, const struct sheet *sheet, size_t member) {
    const struct judged *judged = judged_of(n, sheet, member);
    uint32_t passed = 0;
    if (sheet->members[member] && tells(n, judged)) {
        evaluation_each(n->run->e, n->walk->each_variable, sheet->members[member]);
    }
    for (size_t i = 0; i < n->walk->assertion_count; i++) {
        /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): judge_node fills every one */
        passed += judged[i].verdict == VERDICT_PASS;
        if (judged[i].verdict > VERDICT_PASS) {
            tell(n, sheet, member, i);
        } else if (judged[i].claims) {
            claim_add(n->run, n->rule, &n->walk->assertions[i]);
        }
    }
    n->run->rows[n->rule->index].passed += passed;
}

static void walk_node(struct node *n) {
    struct sheet sheet;
    judge_readings(n, &sheet);
    for (size_t member = 0; member < sheet.member_count; member++) {
        record_member(n, &sheet, member);
    }
}

/* A guard that asks nothing of the node, and is false for the bundle: no node needs a look. */
static bool guard_excludes(struct run *run, const struct walk *walk) {
    if (!walk->when || expression_uses_context(walk->when)) {
        return false;
    }
    uint64_t documents;
    const struct missing *missing;
    evaluation_enter(run->e, run->c->dossier.root);
    evaluation_watch(run->e);
    bool is_false = evaluate_truth(run->e, walk->when, &missing) == TRUTH_FALSE;
    bool excludes = is_false && !evaluation_assumed(run->e, &documents);
    evaluation_leave(run->e);
    return excludes;
}

static const struct nodes *nodes_of(struct run *run, const struct walk *walk) {
    struct nodes_of_context *nodes = &run->contexts[walk->context_slot];
    if (!nodes->walked) {
        *nodes = (struct nodes_of_context){.walked = true, .nodes = evaluate_context(run->e, walk->context)};
        evaluation_leave(run->e);
    }
    return &nodes->nodes;
}

/* Those of rules that exist for the bundle, and that its guards do not exclude. */
static struct walk_group choose(struct run *run, const struct walk_of_rule *walks, size_t count) {
    struct walk_group chosen = {.items = arena_alloc(run->arena, count * sizeof *chosen.items)};
    for (size_t i = 0; i < count; i++) {
        if (run->runs[walks[i].rule->index] && !guard_excludes(run, walks[i].walk)) {
            chosen.items[chosen.count++] = walks[i];
        }
    }
    return chosen;
}

void walk_run(struct run *run, const struct walk_of_rule *walks, size_t count) {
    const struct nodes *nodes = nodes_of(run, walks->walk);
    if (!nodes->count) {
        return;
    }
    const struct walk_group chosen = choose(run, walks, count);
    for (size_t i = 0; chosen.count && i < nodes->count; i++) {
        evaluation_enter(run->e, nodes->items[i].fact);
        for (size_t j = 0; j < chosen.count; j++) {
            const struct rule *rule = chosen.items[j].rule;
            struct node node = {
                .run = run, .rule = rule, .walk = chosen.items[j].walk, .context = nodes->items[i].fact};
            uint64_t before = run->e->steps;
            walk_node(&node);
            run->rows[rule->index].steps += run->e->steps - before;
        }
        evaluation_leave(run->e);
    }
}
