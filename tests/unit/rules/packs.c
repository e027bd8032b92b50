/* The pack that ships: it loads without a problem, and its rules say what the catalogue says. */
#include "rules/support.h"

#include "reference/reference.h"
#include "rules/explain.h"

struct shipped {
    struct fixture f;
    struct reference *reference;
};

static void open_shipped(struct shipped *s) {
    struct fixture *f = &s->f;
    fixture_open(f);
    const struct reference_paths paths = {.schemas = "schemas"};
    s->reference = reference_open(&paths, f->names, 20578, &f->problems);
    const char *directories[] = {"schemas/rules"};
    const struct rulebook_needs needs = {.directories = directories,
                                         .directory_count = 1,
                                         .names = f->names,
                                         .vocabulary = f->vocabulary,
                                         .reference = s->reference};
    f->book = rulebook_load(&needs, &f->problems);
    if (!f->book || !s->reference) {
        problems_print(&f->problems, stderr);
    }
    assert_non_null(s->reference);
    assert_non_null(f->book);
    fixture_dossier(f);
}

static void run_shipped(struct shipped *s) {
    struct fixture *f = &s->f;
    f->k = (struct knowledge){.names = f->names,
                              .vocabulary = f->vocabulary,
                              .reference = s->reference,
                              .rulebook = f->book,
                              .now_text = "2026-05-05T00:00:00Z"};
    assert_true(moment_read(f->k.now_text, NULL, &f->k.now));
    tree_number(&f->c.dossier, 1);
    rules_run(&f->c, &f->k);
}

static void close_shipped(struct shipped *s) {
    fixture_close(&s->f);
    reference_close(s->reference);
}

static void every_rule_is_said_in_two_languages(void **state) {
    (void)state;
    struct shipped s;
    open_shipped(&s);
    assert_string_equal(rulebook_pack(s.f.book, 0)->id, "customs");
    assert_true(rulebook_count(s.f.book) >= 25);
    for (size_t i = 0; i < rulebook_count(s.f.book); i++) {
        struct rule_summary rule = rulebook_rule(s.f.book, i);
        assert_non_null(rule.title_zh);
        assert_non_null(rule.source);
        const char *words = rule_explain(s.f.book, s.f.c.arena, rule.id, false);
        assert_non_null(strstr(words, rule.title));
    }
    close_shipped(&s);
}

static void declare(struct shipped *s, const char *const *facts) {
    for (; *facts; facts++) {
        fixture_set(&s->f, *facts);
    }
}

static void numbers_of_declarations(void **state) {
    (void)state;
    static const struct {
        const char *mrn;
        enum verdict verdict;
    } cases[] = {
        {"declaration/mrn=26DE586600006143A2", VERDICT_PASS},
        {"declaration/mrn=26DE586600006143A3", VERDICT_FAIL},
    };
    for (size_t i = 0; i < 2; i++) {
        struct shipped s;
        open_shipped(&s);
        declare(&s, FACTS("declaration/office=DE004851", cases[i].mrn));
        run_shipped(&s);
        assert_verdict(&s.f, "P-119", cases[i].verdict);
        close_shipped(&s);
    }
}

static void steps_out_of_order(void **state) {
    (void)state;
    struct shipped s;
    open_shipped(&s);
    declare(&s, FACTS("declaration/office=DE004851", "declaration/mrn=26DE586600006143A2",
                      "declaration/lodgedAt=2026-05-04T08:00:00Z", "declaration/acceptedAt=2026-05-04T09:00:00Z",
                      "+event/type=released", "event/at=2026-05-04T12:00:00Z", "+event/type=inspected",
                      "event/at=2026-05-04T14:00:00Z"));
    run_shipped(&s);
    assert_verdict(&s.f, "P-101", VERDICT_FAIL);
    assert_int_equal(result_of(&s.f, "P-101")->failed, 1);
    const struct finding *finding = NULL;
    for (size_t i = 0; i < s.f.c.findings.count; i++) {
        if (strcmp(s.f.c.findings.items[i].rule, "P-101") == 0) {
            finding = &s.f.c.findings.items[i];
        }
    }
    assert_non_null(finding);
    assert_string_equal(finding->message,
                        "released at 2026-05-04T12:00:00Z, before inspected at 2026-05-04T14:00:00Z.");
    assert_string_equal(finding->subject.path, "event[1]/at");
    close_shipped(&s);
}

static void masses_add_up(void **state) {
    (void)state;
    static const struct {
        const char *total;
        enum verdict verdict;
    } cases[] = {
        {"declaration/grossMass=30", VERDICT_PASS},
        {"declaration/grossMass=29", VERDICT_FAIL},
        {"declaration/grossMass=40", VERDICT_FAIL},
        {NULL, VERDICT_UNDECIDABLE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct shipped s;
        open_shipped(&s);
        declare(&s, FACTS("declaration/office=DE004851", "declaration/+goodsItem/grossMass=10",
                          "declaration/+goodsItem/grossMass=20"));
        if (cases[i].total) {
            fixture_set(&s.f, cases[i].total);
        }
        run_shipped(&s);
        assert_verdict(&s.f, "D-222", cases[i].verdict);
        close_shipped(&s);
    }
}

static void invoices_and_totals(void **state) {
    (void)state;
    static const struct {
        const char *total, *assertion;
    } cases[] = {
        {"declaration/invoiceTotal=1000.00", NULL},
        {"declaration/invoiceTotal=1005.00", "D-255.remark"},
        {"declaration/invoiceTotal=1100.00", "D-255.hold"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct shipped s;
        open_shipped(&s);
        declare(&s, FACTS("declaration/office=DE004851", "+invoice/currency=EUR", "invoice/payable=1000.00",
                          "invoice/payable/@currency=EUR", "invoice/+line/@n=1", "invoice/line/amount=1000.00"));
        fixture_set(&s.f, cases[i].total);
        fixture_set(&s.f, "declaration/invoiceTotal/@currency=EUR");
        run_shipped(&s);
        assert_verdict(&s.f, "D-255", cases[i].assertion ? VERDICT_FAIL : VERDICT_PASS);
        for (size_t j = 0; j < s.f.c.findings.count; j++) {
            if (strcmp(s.f.c.findings.items[j].rule, "D-255") == 0) {
                assert_string_equal(s.f.c.findings.items[j].assertion, cases[i].assertion);
            }
        }
        close_shipped(&s);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_is_said_in_two_languages),
        cmocka_unit_test(numbers_of_declarations),
        cmocka_unit_test(steps_out_of_order),
        cmocka_unit_test(masses_add_up),
        cmocka_unit_test(invoices_and_totals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
