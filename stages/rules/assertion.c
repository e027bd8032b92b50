/* An assertion: its test, severity and effect, where it points, and the texts that belong to it. */
#include "rules/pattern.h"

#include "base/arena.h"
#include "reference/reference.h"

#include <string.h>

/* ---- ids ---- */

/* "I-308.a.refer" without its last part. */
static const char *without_level(struct arena *arena, const char *id) {
    const char *dot = strrchr(id, '.');
    return arena_copy(arena, id, dot ? (size_t)(dot - id) : strlen(id));
}

/* The assertion's id; that of an abstract pattern is the instance's. */
static const char *id_of(const struct pattern *p, const struct source *at) {
    const char *id = attribute(at, "id");
    const char *rule = p->rule->summary.id;
    if (id && p->abstract_id && id_within(id, p->abstract_id)) {
        return arena_printf(p->bench.loader->arena, "%s%s", rule, id + strlen(p->abstract_id));
    }
    if (!id || !id_within(id, rule) || strlen(id) == strlen(rule)) {
        bench_complain(&p->bench, at, "the id of an assertion of %s is %s[.part].LEVEL", rule, rule);
        return NULL;
    }
    return id;
}

/* ---- severity and effect ---- */

static void read_severity(const struct pattern *p, const struct source *at, const char *role, struct assertion *a) {
    const char *word = attribute(at, "role");
    word = word ? word : attribute(at, "severity");
    word = word ? word : role;
    a->severity = SEVERITY_ERROR;
    a->severity_of_row = bench_ours(&p->bench, at, "severity");
    if (word && !severity_read(word, &a->severity)) {
        bench_complain(&p->bench, at, "no severity %s: fatal, error, warning, info", word);
    } else if (!word && !tw_attribute(at, "severity")) {
        bench_complain(&p->bench, at, "an assertion has a role: fatal, error, warning or info");
    }
}

static void read_policy_effect(const struct pattern *p, const struct source *at, const char *name,
                               struct assertion *a) {
    const struct reference *reference = p->bench.loader->reference;
    a->effect_policy = name;
    if (reference && !policy_parameter(reference_policy(reference), name, NULL)) {
        const char *nearest = policy_nearest(reference_policy(reference), name);
        bench_complain(&p->bench, at, nearest ? "no parameter %s; did you mean %s?" : "no parameter %s", name, nearest);
    }
}

static void read_effect(const struct pattern *p, const struct source *at, struct assertion *a) {
    const char *word = tw_attribute(at, "effect");
    unsigned point = p->rule->summary.point;
    a->effect = effect_of(a->severity, point);
    if (!word) {
        if (point == 7 && a->severity != SEVERITY_ERROR && a->severity != SEVERITY_INFO) {
            bench_complain(&p->bench, at, "say tw:effect: %s of loading and settlement has no usual effect",
                           a->severity == SEVERITY_FATAL ? "fatal" : "warning");
        }
        return;
    }
    if (strncmp(word, "policy:", 7) == 0) {
        read_policy_effect(p, at, word + 7, a);
    } else if (!effect_read(word, &a->effect)) {
        bench_complain(&p->bench, at,
                       "no effect %s: note, remark, watch, discrepant, hold, hold-closure, reject, "
                       "stop-load, refer, policy:NAME",
                       word);
    }
}

/* LEVEL names the effect; the usual one where a row or the policy decides. */
static void check_level(const struct pattern *p, const struct source *at, const struct assertion *a) {
    enum effect level;
    const char *word = strrchr(a->id, '.') + 1;
    if (!effect_read(word, &level)) {
        bench_complain(&p->bench, at, "%s ends with no level: note, remark, hold, refer …", a->id);
    } else if (!a->effect_policy && !a->severity_of_row && level != a->effect) {
        bench_complain(&p->bench, at, "%s says %s, but its effect is another: role or tw:effect", a->id, word);
    }
    if (!p->pack->ours && a->effect > EFFECT_HOLD) {
        bench_complain(&p->bench, at, "%s: only customs refers, rejects or stops the loading; say hold", a->id);
    }
}

/* ---- texts ---- */

static struct advice *find(const struct pattern *p, const struct source *at, enum advice_kind kind,
                           const struct assertion *a) {
    struct loader *loader = p->bench.loader;
    const char *borrowed = attribute(at, kind == ADVICE_ZH ? "diagnostics" : "properties");
    struct advice *found = advice_find(loader, p->own_file, kind, a->id, borrowed);
    if (!found && p->abstract_id) {
        found = advice_find(loader, p->body_file, kind, attribute(at, "id"), borrowed);
    }
    return found;
}

static struct message advised(const struct pattern *p, const struct source *at, enum advice_kind kind,
                              struct assertion *a) {
    const struct advice *advice = find(p, at, kind, a);
    if (!advice) {
        return (struct message){0};
    }
    a->who = advice->who ? advice->who : a->who;
    return bench_message(&p->bench, advice->source);
}

static const char *plain_text(struct arena *arena, const struct message *message) {
    const char *out = NULL;
    for (size_t i = 0; i < message->count; i++) {
        const struct piece *piece = &message->pieces[i];
        out = piece->text ? arena_printf(arena, "%s%s", out ? out : "", piece->text)
                          : arena_printf(arena, "%s{%s}", out ? out : "", expression_text(piece->value));
    }
    return out;
}

static void read_texts(const struct pattern *p, const struct source *at, struct assertion *a) {
    struct rule_summary *s = &p->rule->summary;
    struct arena *arena = p->bench.loader->arena;
    a->text = bench_message(&p->bench, at);
    a->text_zh = advised(p, at, ADVICE_ZH, a);
    a->source = advised(p, at, ADVICE_SOURCE, a);
    a->mend = advised(p, at, ADVICE_MEND, a);
    a->mend_zh = advised(p, at, ADVICE_MEND_ZH, a);
    s->source = s->source ? s->source : plain_text(arena, &a->source);
    s->mend = s->mend ? s->mend : plain_text(arena, &a->mend);
    s->mend_zh = s->mend_zh ? s->mend_zh : plain_text(arena, &a->mend_zh);
    p->pack->untranslated += a->text_zh.count == 0;
    if (!a->text.count) {
        bench_complain(&p->bench, at, "%s says nothing: write what the reader sees", a->id);
    }
    if (p->pack->ours && a->severity >= SEVERITY_ERROR && !a->severity_of_row) {
        if (!a->source.count) {
            bench_complain(&p->bench, at, "%s has no source: property %s.source", a->id, s->id);
        }
        if (!a->mend.count) {
            bench_complain(&p->bench, at, "%s: say what mends it: property %s.mend", a->id, s->id);
        }
    }
}

/* ---- the rest ---- */

static void read_claim(const struct pattern *p, const struct source *at, struct assertion *a) {
    const char *text = tw_attribute(at, "claim");
    if (!text) {
        return;
    }
    size_t length = strcspn(text, ":");
    size_t count = 0;
    const char *const *parts = text[length] ? parts_of(p->bench.loader->arena, text + length + 1, ',', &count) : NULL;
    if (!length || count < 1 || count > 2) {
        bench_complain(&p->bench, at, "tw:claim is REGISTER: KEY, or REGISTER: KEY, AMOUNT");
        return;
    }
    a->claim_register = arena_copy(p->bench.loader->arena, text, length);
    a->claim_key = bench_compile(&p->bench, at, parts[0]);
    a->claim_amount = count == 2 ? bench_compile(&p->bench, at, parts[1]) : NULL;
}

static void read_absent(const struct pattern *p, const struct source *at, struct assertion *a) {
    const char *word = tw_attribute(at, "absent");
    a->absent_fails = word && strcmp(word, "fail") == 0;
    if (word && !a->absent_fails) {
        bench_complain(&p->bench, at, "tw:absent is \"fail\"");
    }
}

static void check_subject(const struct pattern *p, const struct source *at, const struct assertion *a) {
    size_t values = 0;
    for (size_t i = 0; i < a->text.count; i++) {
        values += a->text.pieces[i].value != NULL;
    }
    if (values > 1 && !attribute(at, "subject")) {
        bench_complain(&p->bench, at, "%s: say where it points: subject", a->id);
    }
}

static void check_unique(const struct pattern *p, const struct source *at, const struct walk *walk,
                         const struct assertion *a) {
    for (size_t i = 0; i < walk->assertion_count; i++) {
        if (strcmp(walk->assertions[i].id, a->id) == 0) {
            bench_complain(&p->bench, at, "assertion %s is there twice", a->id);
        }
    }
}

/* False: the assertion cannot be run. */
static bool assertion_compile(struct pattern *p, const struct source *at, const char *role, struct walk *walk,
                              struct assertion *a) {
    struct loader *loader = p->bench.loader;
    check_attributes(loader, p->bench.file, at,
                     "id role severity test subject diagnostics properties flag see fpi icon",
                     "severity effect when absent against observed expected claim");
    a->id = id_of(p, at);
    if (!a->id) {
        return false;
    }
    check_unique(p, at, walk, a);
    a->part = without_level(loader->arena, a->id);
    read_severity(p, at, role, a);
    read_effect(p, at, a);
    check_level(p, at, a);
    if (!attribute(at, "test")) {
        bench_complain(&p->bench, at, "%s has no test", a->id);
    }
    read_absent(p, at, a);
    a->when = bench_ours(&p->bench, at, "when");
    a->test = bench_attribute(&p->bench, at, "test");
    const char *subject = attribute(at, "subject");
    a->subject = subject && *subject ? bench_compile(&p->bench, at, subject) : NULL;
    a->against = bench_ours(&p->bench, at, "against");
    a->observed = bench_ours(&p->bench, at, "observed");
    a->expected = bench_ours(&p->bench, at, "expected");
    read_claim(p, at, a);
    read_texts(p, at, a);
    check_subject(p, at, a);
    return a->test != NULL;
}

void assertions_compile(struct pattern *pattern, const struct source *rule, const char *role, struct walk *walk) {
    for (const struct source *at = first_element(rule, SCHEMATRON, "assert"); at;
         at = next_element(at, SCHEMATRON, "assert")) {
        walk->assertion_count += assertion_compile(pattern, at, role, walk, &walk->assertions[walk->assertion_count]);
    }
}
