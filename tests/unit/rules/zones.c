/* Instants without a zone are read both ways; where the verdicts differ, the rule is undecidable (FACTS 1). */
#include "rules/support.h"

static const char pack[] = ONE("T-1", "context='/dossier/declaration'",
                               "test='not(tw:before(/dossier/assessment/issuedAt, acceptedAt))' subject='acceptedAt'");

/* A fact that a document said. */
static void said(struct fixture *f, const char *path_and_value, const struct document *document, bool assumed) {
    struct element *element = arena_zero(f->c.arena, sizeof *element);
    *element = (struct element){.document = document, .name = "x", .line = 3, .column = 1, .position = 1};
    struct origin *origin = arena_zero(f->c.arena, sizeof *origin);
    origin->element = element;
    struct fact *fact = fixture_set(f, path_and_value);
    fact->origin = origin;
    if (assumed) {
        tree_add(&f->c.dossier, fact, "@zone", "assumed");
    }
}

static void run_with(struct fixture *f, const char *issued, bool assumed) {
    static const struct document declaration = {.id = "d1", .path = "declaration.xml", .kind = "declaration"};
    static const struct document assessment = {.id = "d2", .path = "assessment.xml", .kind = "assessment"};
    fixture_open(f);
    fixture_pack(f, pack);
    fixture_dossier(f);
    f->k.now_text = "2026-05-05T00:00:00Z";
    said(f, "declaration/office=DE004851", &declaration, false);
    said(f, "declaration/acceptedAt=2026-05-04T10:00:00Z", &declaration, false);
    said(f, "assessment/office=DE004851", &assessment, false);
    said(f, issued, &assessment, assumed);
    fixture_run(f);
}

static void one_reading_for_instants_with_zone(void **state) {
    (void)state;
    struct fixture f;
    run_with(&f, "assessment/issuedAt=2026-05-04T11:00:00Z", false);
    assert_verdict(&f, "T-1", VERDICT_PASS);
    fixture_close(&f);
    run_with(&f, "assessment/issuedAt=2026-05-04T09:00:00Z", false);
    assert_verdict(&f, "T-1", VERDICT_FAIL);
    assert_string_equal(f.c.findings.items[0].subject.document->path, "declaration.xml");
    assert_int_equal(f.c.findings.items[0].subject.line, 3);
    fixture_close(&f);
}

/* Without a register of offices the office's time is UTC: both readings are one. */
static void readings_that_agree_decide(void **state) {
    (void)state;
    struct fixture f;
    run_with(&f, "assessment/issuedAt=2026-05-04T11:00:00", true);
    assert_verdict(&f, "T-1", VERDICT_PASS);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_reading_for_instants_with_zone),
        cmocka_unit_test(readings_that_agree_decide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
