/* The pack of Acme Brokers (a user's own, without C): what came out of it is told beside it in the guide for authors.
 */
#include "rules/support.h"

static const char house[] =
    "<schema xmlns='http://purl.oclc.org/dsdl/schematron' xmlns:tw='urn:tidewaiter:rules:1' "
    "queryBinding='tidewaiter' xml:lang='en' tw:point='2' tw:from='2026-01-01'>\n"
    "<title>House rules of Acme Brokers</title><ns prefix='tw' uri='urn:tidewaiter:rules:1'/>\n"
    "<phase id='release'><active pattern='ACME-1'/><active pattern='ACME-2'/><active pattern='ACME-3'/></phase>\n"
    "<pattern id='ACME-1'><title>Invoices to Singapore name the order</title>"
    "<rule context='/dossier/invoice' tw:when=\"/dossier/declaration/destinationCountry = 'SG'\">"
    "<assert id='ACME-1.remark' role='warning' test='boolean(orderReference)' subject='number'>Invoice <value-of "
    "select='number'/> names no order.</assert></rule></pattern>\n"
    "<pattern id='ACME-2'><title>No package above 30 kg: our packers lift by hand</title>"
    "<rule context='/dossier/declaration/goodsItem' tw:key='item: @n'>"
    "<let name='kilos' value=\"tw:div(grossMass, tw:sum(packaging/count), '2')\"/>"
    "<assert id='ACME-2.hold' role='error' test='$kilos &lt;= 30' subject='packaging/count' tw:observed='$kilos' "
    "tw:expected=\"'at most 30'\">Item <value-of select='@n'/>: <value-of select='$kilos'/> kg in each package."
    "</assert></rule></pattern>\n"
    "<pattern id='ACME-3'><title>Every container declared is on the packing list</title>"
    "<rule context='/dossier/declaration/equipment' tw:when='/dossier/packingList' tw:key='container: id'>"
    "<assert id='ACME-3.hold' role='error' test=\"boolean(tw:byRef(/dossier/packingList/line, 'container', id))\" "
    "subject='id' tw:against='/dossier/packingList/line/container'>Container <value-of select='id'/> is on no packing "
    "list.</assert></rule></pattern>\n"
    "<properties><property id='ACME-2.mend' role='mend' tw:who='exporter'>Pack item <value-of select='@n'/> into more "
    "packages.</property></properties></schema>";

static void load(struct fixture *f, const char *theirs) {
    fixture_open(f);
    fixture_file(f, "ours/a.sch", ONE("T-1", "context='/dossier/declaration'", "test='office'"));
    fixture_file(f, "acme/acme-house.sch", theirs);
    fixture_load(f, true);
}

static void open_house(struct fixture *f) {
    load(f, house);
    if (!f->book) {
        problems_print(&f->problems, stderr);
    }
    assert_non_null(f->book);
    fixture_dossier(f);
    fixture_set(f, "declaration/office=DE004851");
}

static void orders_of_invoices(void **state) {
    (void)state;
    static const struct {
        const char *country, *order;
        enum verdict verdict;
    } cases[] = {
        {"declaration/destinationCountry=SG", "invoice/orderReference=PO 7", VERDICT_PASS},
        {"declaration/destinationCountry=SG", NULL, VERDICT_FAIL},
        {"declaration/destinationCountry=MY", NULL, VERDICT_NOT_APPLICABLE},
        {NULL, NULL, VERDICT_UNDECIDABLE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        open_house(&f);
        fixture_set(&f, "invoice/number=4711");
        if (cases[i].country) {
            fixture_set(&f, cases[i].country);
        }
        if (cases[i].order) {
            fixture_set(&f, cases[i].order);
        }
        fixture_run(&f);
        assert_verdict(&f, "ACME-1", cases[i].verdict);
        if (cases[i].verdict == VERDICT_UNDECIDABLE) {
            assert_string_equal(f.c.undecided.items[0].missing[0], "declaration/destinationCountry");
        }
        fixture_close(&f);
    }
}

static void kilos_in_a_package(void **state) {
    (void)state;
    static const struct {
        const char *count, *gross, *message;
        enum verdict verdict;
    } cases[] = {
        {"declaration/goodsItem/packaging/count=640", "declaration/goodsItem/grossMass=18450", NULL, VERDICT_PASS},
        {"declaration/goodsItem/packaging/count=600", "declaration/goodsItem/grossMass=18450",
         "Item 1: 30.75 kg in each package.", VERDICT_FAIL},
        {"declaration/goodsItem/packaging/count=600", NULL, NULL, VERDICT_UNDECIDABLE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        open_house(&f);
        fixture_set(&f, "declaration/goodsItem/@n=1");
        fixture_set(&f, cases[i].count);
        if (cases[i].gross) {
            fixture_set(&f, cases[i].gross);
        }
        fixture_run(&f);
        assert_verdict(&f, "ACME-2", cases[i].verdict);
        if (cases[i].message) {
            assert_string_equal(f.c.findings.items[0].message, cases[i].message);
            assert_string_equal(f.c.findings.items[0].observed, "30.75");
            assert_string_equal(f.c.findings.items[0].expected, "at most 30");
            assert_string_equal(f.c.findings.items[0].mend, "Pack item 1 into more packages.");
        }
        if (cases[i].verdict == VERDICT_UNDECIDABLE) {
            assert_string_equal(f.c.undecided.items[0].missing[0], "declaration/goodsItem/grossMass");
        }
        fixture_close(&f);
    }
}

static void containers_are_compared_as_references(void **state) {
    (void)state;
    struct fixture f;
    open_house(&f);
    fixture_set(&f, "declaration/equipment/id=CSQU3054383");
    fixture_set(&f, "packingList/line/container=CSQU 305438-3");
    fixture_run(&f);
    assert_verdict(&f, "ACME-3", VERDICT_PASS);
    fixture_close(&f);
}

static void mistakes_are_told_before_anything_is_reviewed(void **state) {
    (void)state;
    char *wrong = strdup(house);
    memcpy(strstr(wrong, "sum(packaging/count)"), "sum(packages/count )", 20);
    struct fixture f;
    load(&f, wrong);
    free(wrong);
    assert_null(f.book);
    const struct problem *p = &f.problems.items[0];
    assert_non_null(strstr(p->file, "acme-house.sch"));
    assert_int_equal(p->line, 5);
    assert_true(p->column > 0);
    assert_string_equal(p->text, "no fact packages below goodsItem; did you mean packaging?");
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders_of_invoices),
        cmocka_unit_test(kilos_in_a_package),
        cmocka_unit_test(containers_are_compared_as_references),
        cmocka_unit_test(mistakes_are_told_before_anything_is_reviewed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
