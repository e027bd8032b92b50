/* An officer's decision turns a fail into a waived one; fatal is never waived (CATALOGUE-A 8.2). */
#include "rules/support.h"

#include "reference/import.h"
#include "reference/reference.h"

static const char schema[] =
    HEAD "<phase id='release'><active pattern='T-1'/><active pattern='T-2'/></phase>"
         "<pattern id='T-1'><title>t</title><rule context='/dossier/declaration/goodsItem'><assert id='T-1.hold' "
         "role='error' test='netMass' subject='commodity/description'>x</assert></rule></pattern>"
         "<pattern id='T-2'><title>t</title><rule context='/dossier/declaration/goodsItem'><assert id='T-2.hold' "
         "role='fatal' test='netMass' subject='commodity/description'>x</assert></rule></pattern>"
         "<properties><property id='T-1.source' role='source'>s</property><property id='T-1.mend' role='mend'>m"
         "</property><property id='T-2.source' role='source'>s</property><property id='T-2.mend' role='mend'>m"
         "</property></properties></schema>";

static const char waivers[] = "rule,subject,officer,reason,until,from,to,source\n"
                              "T-1,26DE586600006143A2 goodsItem[1],O5,seen by tariff unit,2026-12-31,2026-01-01,,file\n"
                              "T-2,26DE586600006143A2 *,O5,seen by tariff unit,2026-12-31,2026-01-01,,file\n";

static struct reference *open_reference(struct fixture *f) {
    char csv[128];
    char registers[128];
    fixture_file(f, "acme/waiver.csv", waivers);
    snprintf(csv, sizeof csv, "%s/acme/waiver.csv", f->folder);
    snprintf(registers, sizeof registers, "%s/acme/registers.sqlite", f->folder);
    const struct import import = {.kind = "waiver",
                                  .csv = csv,
                                  .registers = registers,
                                  .schemas = "schemas",
                                  .as_at = day_from(2026, 5, 4),
                                  .today = day_from(2026, 5, 5)};
    size_t rows = 0;
    bool imported = import_csv(&import, &rows, &f->problems);
    const struct reference_paths paths = {.schemas = "schemas", .registers = registers};
    struct reference *reference = reference_open(&paths, f->names, day_from(2026, 5, 5), &f->problems);
    problems_print(&f->problems, stderr);
    assert_true(imported);
    assert_non_null(reference);
    return reference;
}

static void waived_findings_stay_in_sight(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct reference *reference = open_reference(&f);
    fixture_pack(&f, schema);
    fixture_dossier(&f);
    fixture_set(&f, "declaration/mrn=26DE586600006143A2");
    fixture_set(&f, "declaration/+goodsItem/commodity/description=parts");
    fixture_set(&f, "declaration/+goodsItem/commodity/description=goods");
    f.k = (struct knowledge){.names = f.names,
                             .vocabulary = f.vocabulary,
                             .reference = reference,
                             .rulebook = f.book,
                             .now_text = "2026-05-05"};
    assert_true(moment_read("2026-05-05T00:00:00Z", NULL, &f.k.now));
    tree_number(&f.c.dossier, 1);
    rules_run(&f.c, &f.k);
    assert_int_equal(f.c.findings.count, 4);
    assert_true(f.c.findings.items[0].waived);
    assert_string_equal(f.c.findings.items[0].waiver, "O5: seen by tariff unit");
    assert_false(f.c.findings.items[1].waived); /* of another item */
    assert_false(f.c.findings.items[2].waived); /* fatal */
    reference_close(reference);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(waived_findings_stay_in_sight)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
