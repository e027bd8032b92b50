/* Waivers: an officer's recorded decision about a finding (register waiver, CATALOGUE-A 8.2). */
#include "rules/result.h"

#include "base/arena.h"
#include "reference/reference.h"

#include <string.h>

/* The row for that subject, "MRN path"; NULL: none. */
static struct fact *waiver_for(struct run *run, const char *rule, const char *subject) {
    int32_t today = moment_day(&run->k->now, NULL);
    struct answer answer = reference_waiver(run->k->reference, run->arena, rule, subject, today);
    return answer.state == REGISTER_AVAILABLE && answer.count ? answer.rows[0] : NULL;
}

/* A waiver names the fact, or one above it; facts of the declaration may be named from the declaration down. */
static struct fact *waiver_above(struct run *run, const struct finding *finding, const char *mrn) {
    static const char below[] = "declaration/";
    if (!waiver_for(run, finding->rule, "")) {
        return NULL; /* none of that rule, of any subject */
    }
    char *path = arena_string(run->arena, finding->subject.path ? finding->subject.path : "");
    for (;;) {
        const char *shorter = strncmp(path, below, sizeof below - 1) == 0 ? path + sizeof below - 1 : path;
        struct fact *row = waiver_for(run, finding->rule, arena_printf(run->arena, "%s %s", mrn, path));
        if (!row && shorter != path) {
            row = waiver_for(run, finding->rule, arena_printf(run->arena, "%s %s", mrn, shorter));
        }
        char *slash = strrchr(path, '/');
        if (row || !slash) {
            return row;
        }
        *slash = '\0';
    }
}

void waivers_apply(struct run *run) {
    const char *mrn = fact_text(run->c->dossier.root, "declaration/mrn");
    if (!run->k->reference || !mrn) {
        return;
    }
    for (size_t i = 0; i < run->count; i++) {
        struct result *r = &run->results[i];
        bool may = r->rule && !r->silenced_by && r->verdict == VERDICT_FAIL && r->finding.effect != EFFECT_REFER &&
                   (r->finding.severity == SEVERITY_ERROR || r->finding.severity == SEVERITY_WARNING);
        struct fact *row = may ? waiver_above(run, &r->finding, mrn) : NULL;
        if (row) {
            const char *officer = fact_text(row, "officer");
            const char *reason = fact_text(row, "reason");
            r->finding.waived = true;
            r->finding.waiver = arena_printf(run->arena, "%s: %s", officer ? officer : "–", reason ? reason : "–");
        }
    }
}
