/* decide: from results to the outcome, the closure verdict and the release conditions (CATALOGUE-A 8). */
#include "base/arena.h"
#include "consignment.h"
#include "facts/about.h"
#include "facts/supervised.h"
#include "knowledge.h"
#include "reference/reference.h"
#include "rules/conditions.h"
#include "rules/rulebook.h"
#include "stage.h"

#include <string.h>

enum { LOADING = 7 }; /* the point of L rules: they never change the outcome */

struct deciding {
    struct consignment *c;
    const struct knowledge *k;
    const struct policy *policy;
    enum policy_profile profile;
    const struct fact *dossier, *declaration;
    int32_t day;
};

/* ---- what the facts say ---- */

/* The last event of one of two types, in order of time; NULL: none. */
static const struct fact *last_event(const struct deciding *d, const char *type, const char *or_type) {
    const struct fact *found = NULL;
    struct moment latest = {0};
    for (const struct fact *event = fact_at(d->dossier, "event"); event; event = event->next_same) {
        bool is_type = fact_is(event, "type", type) || (or_type && fact_is(event, "type", or_type));
        const char *at = fact_text(event, "at");
        struct moment moment;
        if (event->hidden || !is_type || !is_about(d->c->arena, d->declaration, event) || !at ||
            !moment_read(at, NULL, &moment)) {
            continue;
        }
        if (moment.is_day) {
            moment.at *= 86400;
        }
        if (!found || moment.at >= latest.at) {
            latest = moment;
            found = event;
        }
    }
    return found;
}

static bool is_before(const struct fact *a, const struct fact *b) {
    struct moment left;
    struct moment right;
    if (!moment_read(fact_text(a, "at"), NULL, &left) || !moment_read(fact_text(b, "at"), NULL, &right)) {
        return false;
    }
    if (left.is_day != right.is_day) {
        return moment_day(&left, NULL) < moment_day(&right, NULL);
    }
    return left.at < right.at;
}

/* A control was ordered, or made (CATALOGUE-A 1.1). */
static bool is_selected(const struct deciding *d) {
    static const char *const made[] = {"A1", "A4", "B1"};
    if (last_event(d, "controlNotified", NULL)) {
        return true;
    }
    for (const struct fact *record = fact_at(d->dossier, "inspection"); record; record = record->next_same) {
        if (!record->hidden && fact_at(record, "order")) {
            return true;
        }
    }
    const struct fact *released = last_event(d, "released", NULL);
    for (size_t i = 0; released && i < sizeof made / sizeof *made; i++) {
        if (fact_is(released, "result", made[i])) {
            return true;
        }
    }
    return false;
}

static const struct rule_result *result_of(const struct deciding *d, const char *rule) {
    for (size_t i = 0; i < d->c->results.count; i++) {
        if (strcmp(d->c->results.items[i].rule, rule) == 0) {
            return &d->c->results.items[i];
        }
    }
    return NULL;
}

static bool register_is_current(const struct deciding *d, const char *kind) {
    const struct table *table = reference_table(d->k->reference, kind);
    return table && table->state == REGISTER_AVAILABLE;
}

static bool any_item_stays(const struct deciding *d) {
    return any_item_supervised(d->k->reference, d->profile, d->declaration, d->day);
}

/* ---- undecidable results (CATALOGUE-A 8.3) ---- */

static enum effect lenient_contribution(const struct deciding *d, const struct undecided *u) {
    switch (u->point) {
    case 3:
        return is_selected(d) ? EFFECT_HOLD : EFFECT_REMARK;
    case 4: {
        /* T-406 is not applicable exactly when no duty is due. */
        const struct rule_result *duty = result_of(d, "T-406");
        return duty && duty->verdict == VERDICT_NOT_APPLICABLE ? EFFECT_REMARK : EFFECT_HOLD;
    }
    case 5:
        return any_item_stays(d) ? EFFECT_HOLD : EFFECT_NOTE;
    case 6:
        return register_is_current(d, "case") && register_is_current(d, "party.denied") ? EFFECT_REMARK : EFFECT_HOLD;
    default:
        return EFFECT_REMARK;
    }
}

static enum effect contribution(const struct deciding *d, const struct undecided *u) {
    if (u->point == LOADING || u->effect == EFFECT_HOLD_CLOSURE) {
        return u->effect;
    }
    const char *said = policy_value(d->policy, d->profile, "undecided", u->rule).value;
    if (said && *said) {
        return strcmp(said, "hold") == 0 ? EFFECT_HOLD : strcmp(said, "remark") == 0 ? EFFECT_REMARK : EFFECT_NOTE;
    }
    if (u->severity == SEVERITY_INFO) {
        return EFFECT_NOTE;
    }
    if (u->severity == SEVERITY_WARNING) {
        return EFFECT_REMARK;
    }
    if (u->severity == SEVERITY_FATAL || policy_is(d->policy, d->profile, "policy.mode", "strict")) {
        return EFFECT_HOLD;
    }
    return lenient_contribution(d, u);
}

/* ---- the outcome (CATALOGUE-A 8.2) ---- */

struct contributions {
    size_t refer, reject, hold, undecided_hold, lenient;
    bool hold_closure;
};

static void add_effect(struct contributions *sum, enum effect effect) {
    sum->refer += effect == EFFECT_REFER;
    sum->reject += effect == EFFECT_REJECT;
    sum->hold += effect == EFFECT_HOLD;
    sum->hold_closure = sum->hold_closure || effect == EFFECT_HOLD_CLOSURE;
}

static struct contributions contributions(const struct deciding *d) {
    struct contributions sum = {0};
    for (size_t i = 0; i < d->c->findings.count; i++) {
        const struct finding *finding = &d->c->findings.items[i];
        if (finding->point != LOADING && !finding->waived) {
            add_effect(&sum, finding->effect);
        }
    }
    for (size_t i = 0; i < d->c->undecided.count; i++) {
        struct undecided *u = &d->c->undecided.items[i];
        u->contributes = contribution(d, u);
        if (u->point == LOADING) {
            continue;
        }
        sum.undecided_hold += u->contributes == EFFECT_HOLD;
        sum.lenient += u->contributes == EFFECT_REMARK && u->severity >= SEVERITY_ERROR;
        sum.hold_closure = sum.hold_closure || u->contributes == EFFECT_HOLD_CLOSURE;
    }
    return sum;
}

static const char *plural(size_t count) {
    return count == 1 ? "" : "s";
}

/* Of the six points: what nobody looked at is not released. */
static bool any_rule_in_force(const struct deciding *d) {
    for (size_t i = 0; i < d->c->results.count; i++) {
        if (d->c->results.items[i].point != LOADING) {
            return true;
        }
    }
    return false;
}

static void decide_outcome(struct deciding *d, const struct contributions *sum) {
    struct decision *decision = &d->c->decision;
    struct arena *arena = d->c->arena;
    decision->supervised = any_item_stays(d);
    if (sum->refer) {
        decision->outcome = OUTCOME_REFER;
        decision->reason = arena_printf(arena, "%zu finding%s of suspected violation.", sum->refer, plural(sum->refer));
        decision->reason_zh = arena_printf(arena, "%zu 项涉嫌违规。", sum->refer);
    } else if (sum->reject) {
        decision->outcome = OUTCOME_REJECT;
        decision->reason = arena_printf(arena, "%zu finding%s for which the declaration cannot be accepted.",
                                        sum->reject, plural(sum->reject));
        decision->reason_zh = arena_printf(arena, "%zu 项不符，报关单不予接受。", sum->reject);
    } else if (!any_rule_in_force(d)) {
        decision->outcome = OUTCOME_HOLD;
        decision->reason = arena_printf(arena, "No rule is in force on %s: nothing was reviewed.",
                                        fact_text(d->c->dossier.root, "@asOf"));
        decision->reason_zh = arena_printf(arena, "%s 无有效规则：未经审核。", fact_text(d->c->dossier.root, "@asOf"));
    } else if (sum->hold || sum->undecided_hold) {
        decision->outcome = OUTCOME_HOLD;
        decision->reason = arena_printf(arena, "%zu finding%s to mend, %zu result%s not decidable.", sum->hold,
                                        plural(sum->hold), sum->undecided_hold, plural(sum->undecided_hold));
        decision->reason_zh =
            arena_printf(arena, "%zu 项须更正，%zu 项无法判定，货物暂不放行。", sum->hold, sum->undecided_hold);
    } else {
        decision->outcome = decision->supervised ? OUTCOME_RELEASE_SUPERVISE : OUTCOME_RELEASE_CLOSE;
        decision->lenient = sum->lenient > 0;
    }
}

/* ---- closure ---- */

static bool is_release(const struct decision *decision) {
    return decision->outcome == OUTCOME_RELEASE_CLOSE || decision->outcome == OUTCOME_RELEASE_SUPERVISE;
}

static enum closure closure(const struct deciding *d, bool held) {
    const struct decision *decision = &d->c->decision;
    if (!is_release(decision) && !decision->release) {
        return CLOSURE_NONE;
    }
    const struct fact *closed = last_event(d, "closed", NULL);
    const struct fact *ending =
        decision->supervised ? last_event(d, "discharged", NULL) : last_event(d, "exited", "certified");
    if (closed) {
        return ending && !is_before(closed, ending) ? CLOSURE_CLOSED : CLOSURE_WRONG;
    }
    if (held) {
        return CLOSURE_NOT_CLOSABLE;
    }
    bool at_release = !decision->supervised && policy_is(d->policy, d->profile, "closure.when", "release");
    return ending || at_release ? CLOSURE_CLOSABLE : CLOSURE_PENDING;
}

/* ---- a standing release (G-7), and what it means for the loading rules ---- */

static const struct fact *standing_release(const struct deciding *d) {
    const struct fact *released = last_event(d, "released", NULL);
    const struct fact *withdrawn = released ? last_event(d, "releaseAnnulled", "invalidated") : NULL;
    return withdrawn && is_before(released, withdrawn) ? NULL : released;
}

/* Nothing was released: there is nothing to load, and no loading rule applies. */
static void void_loading_rules(struct consignment *c) {
    size_t kept = 0;
    for (size_t i = 0; i < c->findings.count; i++) {
        if (c->findings.items[i].point != LOADING) {
            c->findings.items[kept++] = c->findings.items[i];
        }
    }
    c->findings.count = kept;
    kept = 0;
    for (size_t i = 0; i < c->undecided.count; i++) {
        if (c->undecided.items[i].point != LOADING) {
            c->undecided.items[kept++] = c->undecided.items[i];
        }
    }
    c->undecided.count = kept;
    for (size_t i = 0; i < c->results.count; i++) {
        struct rule_result *result = &c->results.items[i];
        if (result->point == LOADING) {
            result->verdict = VERDICT_NOT_APPLICABLE;
            result->passed = result->failed = result->undecided = 0;
        }
    }
}

static bool has_finding(const struct consignment *c, const char *rule) {
    for (size_t i = 0; i < c->findings.count; i++) {
        if (strcmp(c->findings.items[i].rule, rule) == 0) {
            return true;
        }
    }
    return false;
}

/* Goods that customs released and that this review would not release: the terminal must not load them. */
static void stop_loading(struct deciding *d) {
    struct consignment *c = d->c;
    size_t count = rulebook_count(d->k->rulebook);
    for (size_t i = 0; i < count; i++) {
        struct rule_summary rule = rulebook_rule(d->k->rulebook, i);
        if (rule.point != LOADING || rule.effect != EFFECT_STOP_LOAD || has_finding(c, rule.id)) {
            continue;
        }
        const struct element *place = fact_element(d->c->decision.release);
        struct finding *finding = LIST_ADD(c->arena, c->findings);
        *finding = (struct finding){
            .rule = rule.id,
            .assertion = rule.id,
            .point = LOADING,
            .severity = rule.severity,
            .effect = EFFECT_STOP_LOAD,
            .subject = {.document = place ? place->document : NULL,
                        .line = place ? place->line : 0,
                        .column = place ? place->column : 0,
                        .xpath = place ? element_xpath(c->arena, place, NULL) : NULL,
                        .path = fact_path(c->arena, c->decision.release)},
            .message = arena_printf(c->arena, "Released although this review says %s: do not load.",
                                    outcome_name(c->decision.outcome)),
            .message_zh = "海关已放行，但本次复核不予放行：不得装运。",
            .title = rule.title,
            .title_zh = rule.title_zh,
            .source = rule.source,
            .mend = "Ask the office of export whether its release stands.",
            .mend_zh = "请向出口地海关确认放行是否有效。",
            .who = "exporter",
        };
    }
}

/* ---- release conditions ---- */

static bool is_structural(const char *rule) {
    return strncmp(rule, "X-", 2) == 0;
}

/* Conditions while they are judged: each rule is shown to those that it stands behind. */
struct judging {
    struct deciding *d;
    struct condition *conditions;
    size_t capacities[CONDITIONS];
};

static void add_rule(struct judging *j, size_t i, const char *rule) {
    struct condition *condition = &j->conditions[i];
    const char **rules = (const char **)(uintptr_t)condition->rules;
    if (condition->rule_count && strcmp(rules[condition->rule_count - 1], rule) == 0) {
        return; /* findings stand in the order of their rules */
    }
    if (condition->rule_count == j->capacities[i]) {
        rules = arena_grow(j->d->c->arena, rules, &j->capacities[i], sizeof *rules);
    }
    rules[condition->rule_count++] = rule;
    condition->rules = rules;
}

/* A rule that decides its conditions, unless what weighs more has decided them. */
static void show(struct judging *j, const char *rule, enum condition_state state) {
    unsigned behind = conditions_of(j->d->k->conditions, rule);
    for (size_t i = 0; behind >> i; i++) {
        bool open = j->conditions[i].state == state || j->conditions[i].state == CONDITION_NOT_APPLICABLE;
        if (((behind >> i) & 1) && open) {
            j->conditions[i].state = state;
            add_rule(j, i, rule);
        }
    }
}

static bool decides(enum effect effect) {
    return effect == EFFECT_HOLD || effect == EFFECT_REJECT || effect == EFFECT_REFER;
}

static void judge_conditions(struct deciding *d) {
    struct consignment *c = d->c;
    struct judging j = {.d = d, .conditions = c->decision.conditions};
    c->decision.condition_count = d->k->conditions->count;
    for (size_t i = 0; i < c->decision.condition_count; i++) {
        const struct condition_row *row = &d->k->conditions->rows[i];
        j.conditions[i] = (struct condition){
            .id = row->id, .title = row->title, .title_zh = row->title_zh, .state = CONDITION_NOT_APPLICABLE};
    }
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *finding = &c->findings.items[i];
        if (decides(finding->effect) && !finding->waived) {
            show(&j, finding->rule, CONDITION_NO);
        }
    }
    for (size_t i = 0; i < c->undecided.count; i++) {
        if (c->undecided.items[i].contributes == EFFECT_HOLD) {
            show(&j, c->undecided.items[i].rule, CONDITION_UNDECIDED);
        }
    }
    for (size_t i = 0; i < c->results.count; i++) {
        const struct rule_result *result = &c->results.items[i];
        if (result->verdict != VERDICT_NOT_APPLICABLE && !is_structural(result->rule)) {
            show(&j, result->rule, CONDITION_YES);
        }
    }
}

enum step decide_whole(struct consignment *c, const struct knowledge *k) {
    struct deciding d = {
        .c = c,
        .k = k,
        .policy = reference_policy(k->reference),
        .dossier = c->dossier.root,
        .declaration = fact_at(c->dossier.root, "declaration"),
    };
    if (c->gate) {
        c->decision.outcome = OUTCOME_REJECT;
        c->decision.gate = c->gate;
        c->decision.reason = c->gate_reason;
        judge_conditions(&d); /* no rule ran: none applies */
        return STEP_ON;
    }
    (void)day_read(fact_text(d.dossier, "@asOf"), &d.day);
    d.profile =
        reference_profile(k->reference, fact_text(d.declaration, "office"), fact_text(d.declaration, "exitOffice"),
                          fact_text(d.declaration, "mrn"), fact_text(d.declaration, "exportCountry"), d.day);
    c->decision.profile = d.profile;
    struct contributions sum = contributions(&d);
    decide_outcome(&d, &sum);
    c->decision.release = standing_release(&d);
    c->decision.already_released = k->mode == MODE_LIVE && c->decision.release;
    c->decision.closure = closure(&d, sum.hold_closure);
    if (!is_release(&c->decision)) {
        if (c->decision.already_released) {
            stop_loading(&d);
        } else {
            void_loading_rules(c);
        }
    }
    judge_conditions(&d);
    return STEP_ON;
}
