#include "pages/record.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/time.h"
#include "consignment.h"
#include "knowledge.h"
#include "reference/reference.h"
#include "rules/rulebook.h"
#include "tree/build.h"

#include <string.h>

enum { POINTS = 6 };

const char record_namespace[] = "urn:tidewaiter:clearance:1";

/* ---- small parts ---- */

/* A finding is the k-th of its rule in the record's order (anchor RULE-k). */
static void number_findings(struct consignment *c) {
    for (size_t i = 0; i < c->findings.count; i++) {
        struct finding *finding = &c->findings.items[i];
        const struct finding *before = i ? finding - 1 : NULL;
        bool same = before && before->point == finding->point && strcmp(before->rule, finding->rule) == 0;
        finding->number = same ? before->number + 1 : 1;
    }
}

void record_location(struct tree *tree, struct fact *parent, const char *name, const struct location *place) {
    struct fact *made = tree_add(tree, parent, name, NULL);
    if (place->document) {
        tree_put(tree, made, "@document", place->document->id);
        tree_put(tree, made, "@path", place->document->path);
    }
    if (place->line) {
        tree_count(tree, made, "@line", place->line);
        tree_count(tree, made, "@column", place->column ? place->column : 1);
    }
    tree_put(tree, made, "@xpath", place->xpath);
    tree_put(tree, made, "@fact", place->path);
    tree_put(tree, made, "value", place->value);
}

/* Names apart by blanks, collected one by one, become an element; none where there is no name. */
static void list_name(struct buffer *list, const char *name) {
    if (list->length) {
        buffer_char(list, ' ');
    }
    buffer_string(list, name);
}

static void add_list(struct tree *tree, struct fact *parent, const char *name, struct buffer *list) {
    if (list->length) {
        tree_link(tree, parent, name, arena_copy(tree->arena, list->bytes, list->length));
        buffer_clear(list);
    }
}

/* ---- blocks, in the order of the schema ---- */

static void add_head(struct tree *tree, const struct consignment *c, const struct knowledge *k) {
    const struct fact *declaration = fact_at(c->dossier.root, "declaration");
    const struct policy *policy = reference_policy(k->reference);
    struct fact *bundle = tree_add(tree, tree->root, "bundle", NULL);
    tree_link(tree, bundle, "@name", c->input.name);
    tree_link(tree, bundle, "@digest", c->digest);
    tree_link(tree, bundle, "@format", c->format);
    tree_count(tree, bundle, "@entries", c->entries.count);
    tree_count(tree, bundle, "@documents", c->documents.count);
    if (c->declaration) {
        struct fact *made = tree_add(tree, tree->root, "declaration", NULL);
        tree_link(tree, made, "@document", c->declaration->id);
        tree_put(tree, made, "@dialect", c->declaration->dialect);
        tree_put(tree, made, "@profile", c->gate ? NULL : policy_profile_name(c->decision.profile));
        tree_put(tree, made, "@mrn", fact_text(declaration, "mrn"));
        tree_put(tree, made, "@lrn", fact_text(declaration, "lrn"));
        tree_put(tree, made, "@ucr", fact_text(declaration, "ucr"));
    }
    struct fact *run = tree_add(tree, tree->root, "run", NULL);
    tree_link(tree, run, "@program", k->version);
    tree_link(tree, run, "@now", k->now_text);
    tree_put(tree, run, "@asOf", fact_text(c->dossier.root, "@asOf"));
    tree_link(tree, run, "@mode", k->mode == MODE_AUDIT ? "audit" : "live");
    tree_link(tree, run, "@policyMode", policy_value(policy, c->decision.profile, "policy.mode", NULL).value);
}

static void add_decision(struct tree *tree, const struct consignment *c) {
    const struct decision *decision = &c->decision;
    bool released = decision->outcome == OUTCOME_RELEASE_CLOSE || decision->outcome == OUTCOME_RELEASE_SUPERVISE;
    bool closed = released && (decision->closure == CLOSURE_CLOSED || decision->closure == CLOSURE_CLOSABLE);
    struct fact *made = tree_add(tree, tree->root, "decision", NULL);
    tree_link(tree, made, "@outcome", outcome_name(decision->outcome));
    tree_flag(tree, made, "@released", released);
    tree_flag(tree, made, "@closed", closed);
    tree_flag(tree, made, "@supervised", decision->supervised);
    tree_link(tree, made, "@closure", closure_name(decision->closure));
    tree_flag(tree, made, "@lenient", decision->lenient);
    tree_flag(tree, made, "@alreadyReleased", decision->already_released);
    tree_put(tree, made, "@gate", decision->gate);
    tree_words(tree, made, "reason", decision->reason, decision->reason_zh);
    if (decision->release) {
        struct fact *standing = tree_add(tree, made, "standing", NULL);
        tree_put(tree, standing, "@at", fact_text(decision->release, "at"));
        tree_put(tree, standing, "@office", fact_text(decision->release, "office"));
        tree_put(tree, standing, "@officer", fact_text(decision->release, "officer/id"));
        const struct fact *reference = fact_at(decision->release, "reference");
        while (reference && !fact_is(reference, "@scheme", "stamp")) {
            reference = reference->next_same;
        }
        tree_put(tree, standing, "@stamp", reference ? reference->value : NULL);
    }
}

static void add_conditions(struct tree *tree, const struct consignment *c) {
    static const char *const states[] = {"yes", "no", "n/a", "undecided"};
    struct fact *list = tree_add(tree, tree->root, "conditions", NULL);
    struct buffer rules = {0};
    for (size_t i = 0; i < c->decision.condition_count; i++) {
        const struct condition *condition = &c->decision.conditions[i];
        struct fact *made = tree_add(tree, list, "condition", NULL);
        tree_link(tree, made, "@id", condition->id);
        tree_link(tree, made, "@state", states[condition->state]);
        tree_words(tree, made, "title", condition->title, condition->title_zh);
        for (size_t r = 0; r < condition->rule_count; r++) {
            list_name(&rules, condition->rules[r]);
        }
        add_list(tree, made, "rules", &rules);
    }
    buffer_free(&rules);
}

static void add_points(struct tree *tree, const struct consignment *c) {
    struct fact *list = tree_add(tree, tree->root, "points", NULL);
    for (unsigned point = 1; point <= POINTS; point++) {
        unsigned long counts[VERDICT_FAIL + 1] = {0};
        for (size_t i = 0; i < c->results.count; i++) {
            if (c->results.items[i].point == point) {
                counts[c->results.items[i].verdict]++;
            }
        }
        struct fact *made = tree_add(tree, list, "point", NULL);
        tree_count(tree, made, "@n", point);
        tree_count(tree, made, "@passed", counts[VERDICT_PASS]);
        tree_count(tree, made, "@failed", counts[VERDICT_FAIL]);
        tree_count(tree, made, "@undecided", counts[VERDICT_UNDECIDABLE]);
        tree_count(tree, made, "@notApplicable", counts[VERDICT_NOT_APPLICABLE]);
    }
}

static void add_finding(struct tree *tree, struct fact *list, const struct finding *f) {
    struct fact *made = tree_add(tree, list, "finding", NULL);
    tree_link(tree, made, "@rule", f->rule);
    tree_put(tree, made, "@assertion", f->assertion);
    tree_count(tree, made, "@k", f->number);
    tree_count(tree, made, "@point", f->point);
    tree_link(tree, made, "@severity", severity_name(f->severity));
    tree_link(tree, made, "@effect", effect_name(f->effect));
    tree_flag(tree, made, "@waived", f->waived);
    tree_words(tree, made, "title", f->title, f->title_zh);
    tree_words(tree, made, "message", f->message, f->message_zh);
    record_location(tree, made, "subject", &f->subject);
    tree_put(tree, made, "observed", f->observed);
    tree_put(tree, made, "expected", f->expected);
    for (size_t i = 0; i < f->against_count; i++) {
        record_location(tree, made, "against", &f->against[i]);
    }
    tree_put(tree, made, "source", f->source);
    tree_words(tree, made, "mend", f->mend, f->mend_zh);
    tree_put(tree, made, "who", f->who);
    tree_put(tree, made, "waiver", f->waiver);
}

static void add_findings(struct tree *tree, const struct consignment *c) {
    struct fact *list = tree_add(tree, tree->root, "findings", NULL);
    for (size_t i = 0; i < c->findings.count; i++) {
        add_finding(tree, list, &c->findings.items[i]);
    }
}

static void add_undecided(struct tree *tree, const struct consignment *c) {
    struct fact *list = tree_add(tree, tree->root, "undecided", NULL);
    for (size_t i = 0; i < c->undecided.count; i++) {
        const struct undecided *u = &c->undecided.items[i];
        struct fact *made = tree_add(tree, list, "undecidable", NULL);
        tree_link(tree, made, "@rule", u->rule);
        tree_put(tree, made, "@assertion", u->assertion);
        tree_count(tree, made, "@point", u->point);
        tree_link(tree, made, "@severity", severity_name(u->severity));
        tree_link(tree, made, "@effect", effect_name(u->effect));
        tree_link(tree, made, "@contributes", u->point > POINTS ? "none" : effect_name(u->contributes));
        tree_flag(tree, made, "@refers", u->refers);
        tree_words(tree, made, "title", u->title, u->title_zh);
        record_location(tree, made, "subject", &u->subject);
        for (size_t m = 0; m < u->missing_count; m++) {
            tree_link(tree, made, "missing", u->missing[m]);
        }
    }
}

/* Is all that there is to say of a result its verdict? */
static bool is_plain(const struct rule_result *result) {
    return !result->silenced_by && (result->verdict == VERDICT_PASS || result->verdict == VERDICT_NOT_APPLICABLE);
}

static void add_plain(struct tree *tree, struct fact *parent, const struct consignment *c, const char *name,
                      enum verdict verdict) {
    struct buffer rules = {0};
    for (size_t i = 0; i < c->results.count; i++) {
        const struct rule_result *result = &c->results.items[i];
        if (is_plain(result) && result->verdict == verdict) {
            list_name(&rules, result->rule);
        }
    }
    add_list(tree, parent, name, &rules);
    buffer_free(&rules);
}

static void add_rules(struct tree *tree, const struct consignment *c) {
    struct fact *list = tree_add(tree, tree->root, "rules", NULL);
    add_plain(tree, list, c, "passed", VERDICT_PASS);
    add_plain(tree, list, c, "notApplicable", VERDICT_NOT_APPLICABLE);
    for (size_t i = 0; i < c->results.count; i++) {
        const struct rule_result *result = &c->results.items[i];
        if (is_plain(result)) {
            continue;
        }
        struct fact *made = tree_add(tree, list, "rule", NULL);
        tree_link(tree, made, "@id", result->rule);
        tree_count(tree, made, "@point", result->point);
        tree_link(tree, made, "@verdict", verdict_name(result->verdict));
        tree_count(tree, made, "@passed", result->passed);
        tree_count(tree, made, "@failed", result->failed);
        tree_count(tree, made, "@undecided", result->undecided);
        tree_put(tree, made, "@silencedBy", result->silenced_by);
    }
}

static void add_waivers(struct tree *tree, const struct consignment *c) {
    struct fact *list = tree_add(tree, tree->root, "waivers", NULL);
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *f = &c->findings.items[i];
        if (f->waived) {
            struct fact *made = tree_link(tree, list, "waiver", f->waiver);
            tree_link(tree, made, "@rule", f->rule);
            tree_put(tree, made, "@subject", f->subject.path);
        }
    }
}

static void add_claims(struct tree *tree, const struct consignment *c) {
    struct fact *list = tree_add(tree, tree->root, "claims", NULL);
    for (size_t i = 0; i < c->claims.count; i++) {
        const struct claim *claim = &c->claims.items[i];
        struct fact *made = tree_add(tree, list, "claim", NULL);
        tree_link(tree, made, "@rule", claim->rule);
        tree_link(tree, made, "@register", claim->reg);
        tree_link(tree, made, "@key", claim->key);
        tree_put(tree, made, "@amount", claim->amount);
    }
}

static void add_documents(struct tree *tree, const struct consignment *c) {
    static const char *const schemas[] = {"unknown", "valid", "invalid"};
    struct fact *list = tree_add(tree, tree->root, "documents", NULL);
    for (size_t i = 0; i < c->documents.count; i++) {
        const struct document *d = c->documents.items[i];
        struct fact *made = tree_add(tree, list, "document", NULL);
        tree_link(tree, made, "@id", d->id);
        tree_link(tree, made, "@kind", d->kind);
        tree_put(tree, made, "@type", fact_text(d->row, "type"));
        tree_link(tree, made, "@path", d->path);
        tree_link(tree, made, "@sha256", d->sha256);
        tree_put(tree, made, "@number", fact_text(d->row, "number"));
        tree_put(tree, made, "@issueDate", fact_text(d->row, "issueDate"));
        tree_put(tree, made, "@issuer", fact_text(d->row, "issuer"));
        tree_put(tree, made, "@dialect", d->dialect);
        tree_put(tree, made, "@dialectVersion", d->version);
        tree_put(tree, made, "@encoding", d->encoding);
        tree_put(tree, made, "@media", d->media);
        tree_flag(tree, made, "@wellFormed", d->well_formed);
        tree_link(tree, made, "@schema", schemas[d->validity]);
        tree_flag(tree, made, "@struck", d->struck);
        tree_count(tree, made, "@elements", d->elements);
        tree_count(tree, made, "@unread", d->unread);
    }
}

static void add_entries(struct tree *tree, const struct consignment *c) {
    struct fact *list = tree_add(tree, tree->root, "entries", NULL);
    for (size_t i = 0; i < c->entries.count; i++) {
        const struct entry *entry = &c->entries.items[i];
        struct fact *made = tree_add(tree, list, "entry", NULL);
        tree_link(tree, made, "@path", entry->path);
        if (entry->raw_name) {
            char *hex = arena_alloc(tree->arena, entry->raw_name_length * 2 + 1);
            for (size_t b = 0; b < entry->raw_name_length; b++) {
                static const char digits[] = "0123456789ABCDEF";
                hex[b * 2] = digits[entry->raw_name[b] >> 4];
                hex[b * 2 + 1] = digits[entry->raw_name[b] & 15];
            }
            hex[entry->raw_name_length * 2] = '\0';
            tree_link(tree, made, "@raw", hex);
        }
        tree_count(tree, made, "@size", entry->length);
    }
}

/* ---- what was known ---- */

static void add_register(struct tree *tree, struct fact *list, const struct table *table, const struct knowledge *k) {
    const char *max_age =
        policy_value(reference_policy(k->reference), PROFILE_GENERIC, "register.maxAge", table->kind->name).value;
    struct fact *made = tree_add(tree, list, "register", NULL);
    tree_link(tree, made, "@name", table->kind->name);
    if (table->as_at != DAY_FIRST) {
        char day[MOMENT_TEXT];
        day_print(table->as_at, day);
        tree_add(tree, made, "@asAt", day);
        int32_t age = moment_day(&k->now, NULL) - table->as_at;
        tree_addf(tree, made, "@age", "%sP%dD", age < 0 ? "-" : "", age < 0 ? -age : age);
    }
    tree_link(tree, made, "@state", table->state == REGISTER_STALE ? "too-old" : "current");
    tree_put(tree, made, "@maxAge", max_age);
    tree_flag(tree, made, "@complete", table->complete_count > 0);
}

const struct fact *record_registers(struct arena *arena, const struct knowledge *k) {
    struct tree tree = tree_new(arena, k->names, "knowledge");
    const struct kinds *kinds = reference_kinds(k->reference);
    struct buffer missing = {0};
    for (size_t i = 0; i < kinds_count(kinds); i++) {
        const struct table *table = reference_table(k->reference, kinds_item(kinds, i)->name);
        if (table && table->state == REGISTER_MISSING) {
            list_name(&missing, table->kind->name);
        } else if (table && (table->count || table->state == REGISTER_STALE)) {
            add_register(&tree, tree.root, table, k);
        }
    }
    add_list(&tree, tree.root, "unavailable", &missing);
    buffer_free(&missing);
    return tree.root;
}

static void add_knowledge(struct tree *tree, const struct consignment *c, const struct knowledge *k) {
    const struct policy *policy = reference_policy(k->reference);
    struct fact *made = tree_add(tree, tree->root, "knowledge", NULL);
    for (size_t i = 0; i < rulebook_packs(k->rulebook); i++) {
        const struct pack *pack = rulebook_pack(k->rulebook, i);
        struct fact *row = tree_add(tree, made, "pack", NULL);
        tree_link(tree, row, "@id", pack->id);
        tree_link(tree, row, "@version", pack->version ? pack->version : "-");
        tree_link(tree, row, "@digest", pack->digest);
    }
    for (const struct fact *row = k->record_registers ? k->record_registers->first : NULL; row; row = row->next) {
        tree_copy(tree, made, row, NULL);
    }
    struct fact *row = tree_add(tree, made, "policy", NULL);
    tree_link(tree, row, "@profile", policy_profile_name(c->decision.profile));
    tree_link(tree, row, "@digest", policy_digest(policy));
    for (size_t i = 0; i < policy_count(policy); i++) {
        const struct parameter *parameter = policy_parameter_at(policy, i);
        struct setting setting = policy_value(policy, c->decision.profile, parameter->name, NULL);
        if (setting.value && setting.origin && strncmp(setting.origin, "default", strlen("default")) != 0) {
            struct fact *value = tree_add(tree, row, "parameter", NULL);
            tree_link(tree, value, "@name", parameter->name);
            tree_link(tree, value, "@value", setting.value);
            tree_put(tree, value, "@default", parameter->defaults[PROFILE_GENERIC]);
        }
    }
    if (reference_file(k->reference)) {
        struct fact *file = tree_add(tree, made, "registers", NULL);
        const char *path = reference_file(k->reference);
        const char *slash = strrchr(path, '/');
        tree_link(tree, file, "@path", slash ? slash + 1 : path);
        tree_put(tree, file, "@digest", reference_digest(k->reference));
    }
}

struct tree record_tree(struct consignment *c, const struct knowledge *k) {
    number_findings(c);
    struct tree tree = tree_new(c->arena, k->names, "record");
    tree_link(&tree, tree.root, "@version", "1");
    add_head(&tree, c, k);
    add_decision(&tree, c);
    add_conditions(&tree, c);
    add_points(&tree, c);
    add_findings(&tree, c);
    add_undecided(&tree, c);
    add_rules(&tree, c);
    record_deadlines(&tree, tree_add(&tree, tree.root, "deadlines", NULL), c, k);
    add_waivers(&tree, c);
    add_claims(&tree, c);
    add_documents(&tree, c);
    add_entries(&tree, c);
    add_knowledge(&tree, c, k);
    return tree;
}
