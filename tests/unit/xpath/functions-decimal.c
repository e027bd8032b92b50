/* Exact numbers: sums, rounding, comparison with units, shares, conversion, words. */
#include "xpath/registers.h"

static void dossier(struct bench *b) {
    put(b, "declaration/mrn", "26DE586600006143A2");
    put_unit(b, "declaration/invoiceTotal", "104000.50", "@currency", "USD");
    put_unit(b, "declaration/freight", "100.00", "@currency", "EUR");
    for (int i = 1; i <= 3; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        put(b, "declaration/goodsItem+/@n", text);
        put_unit(b, "declaration/goodsItem/price", "10", "@currency", "EUR");
        put_unit(b, "declaration/goodsItem/netMass", "1.5", "@unit", "KGM");
    }
    put_unit(b, "declaration/goodsItem/quantity", "2.5", "@unit", "TNE");
    put(b, "declaration/goodsItem/supplementaryQuantity", "7");
    assert_non_null(bench_context(b, "/dossier/declaration"));
}

static void numbers_are_exact(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:add('0.1', '0.2')", "0.3"},
        {"tw:sub('1', '1.50')", "-0.50"},
        {"tw:mul('1.10', '3')", "3.30"},
        {"tw:div('2', '3', '2')", "0.67"},
        {"tw:div('-2', '3', '2', 'down')", "-0.66"},
        {"tw:div('1', '0.0', '2')", "? division by zero"},
        {"tw:div('1', '3', '2', 'sideways')", "? a way of rounding, not sideways"},
        {"tw:div('1', '3', '99')", "? a number of decimals from 0 to 38"},
        {"tw:round('2.345', '2')", "2.35"},
        {"tw:round('2.345', '2', 'half-even')", "2.34"},
        {"tw:round('2.341', '2', 'up')", "2.35"},
        {"tw:abs('-7.0')", "7.0"},
        {"tw:add('1', lrn)", "? declaration/lrn"},
        {"tw:mul('99999999999999999999999999999999999999', '99')", "? a number of no more digits than are held"},
        {"tw:cardinal('125')", "ONE HUNDRED TWENTY-FIVE"},
        {"tw:cardinal('1.5')", "? a whole number"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void comparisons_want_one_unit(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:cmp('1.0', '1')", "0"},
        {"tw:cmp(goodsItem[1]/netMass, goodsItem[2]/netMass)", "0"},
        {"tw:cmp(goodsItem[1]/netMass, '2')", "-1"},
        {"tw:cmp(invoiceTotal, freight)", "? factor USD to EUR"},
        {"tw:cmp(invoiceTotal, insurance)", "? declaration/insurance"},
        {"tw:within('101', '100', '0', '1')", "true"},
        {"tw:within('101.01', '100', '0', '1')", "false"},
        {"tw:within('99', '100', '1', '0')", "true"},
        {"tw:within(invoiceTotal, freight, '0', '1')", "? factor USD to EUR"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void shares_add_up(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:share(freight, goodsItem/price, '1', '2')", "33.33"},
        {"tw:share(freight, goodsItem/price, '3', '2')", "33.34"},
        {"tw:share(freight, /dossier/declaration/goodsItem/price, goodsItem[2]/@n, '2')", "33.33"},
        {"tw:share(freight, goodsItem/price, '4', '2')", "? weight of part 4"},
        {"tw:share(freight, goodsItem/grossMass, '1', '2')", "? declaration/goodsItem[1]/grossMass"},
        {"tw:share(insurance, goodsItem/price, '1', '2')", "? declaration/insurance"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

/* A part belongs to the item of that number, though another item has no weight. */
static void a_share_is_of_its_item(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    put(&b, "declaration/goodsItem+/@n", "1");
    put(&b, "declaration/goodsItem+/@n", "2");
    put(&b, "declaration/goodsItem/price", "1");
    put(&b, "declaration/goodsItem+/@n", "3");
    put(&b, "declaration/goodsItem/price", "3");
    const struct saying sayings[] = {
        {"tw:share('100', /dossier/declaration/goodsItem/price, '2', '2')", "25.00"},
        {"tw:share('100', /dossier/declaration/goodsItem/price, '3', '2')", "75.00"},
        {"tw:share('100', /dossier/declaration/goodsItem/price, '1', '2')", "? weight of part 1"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void units_are_converted(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:convert(goodsItem[3]/quantity, 'KGM')", "2500"},
        {"tw:convert(goodsItem[1]/netMass, 'TNE')", "0.0015"},
        {"tw:convert(goodsItem[1]/netMass, 'KGM')", "1.5"},
        {"tw:convert(goodsItem[1]/netMass, 'MTR')", "? factor KGM to MTR"},
        {"tw:convert(goodsItem[3]/supplementaryQuantity, 'MTR')",
         "? declaration/goodsItem[3]/supplementaryQuantity/@unit"},
        {"tw:convert(goodsItem[1]/quantity, 'KGM')", "? declaration/goodsItem[1]/quantity"},
        {"tw:convertible(goodsItem[3]/quantity, 'KGM')", "true"},
        {"tw:convertible(goodsItem[3]/quantity, 'C62')", "false"},
        {"tw:convertible(goodsItem[3]/quantity, 'nothing')", "? factor TNE to nothing"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void currencies_have_minor_units(void **state) {
    struct bench b;
    struct reference *reference = house_open(&b, *state, NULL);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:minorUnit('EUR', /dossier/@asOf)", "2"},
        {"tw:minorUnit('JPY', '2026-03-09')", "0"},
        {"tw:minor('EUR', /dossier/@asOf)", "0.01"},
        {"tw:minor('JPY', '2026-03-09')", "1"},
        {"tw:minor('QQQ', '2026-03-09')", "? minor unit of QQQ"},
        {"tw:minor('EUR', 'tomorrow')", "? an instant, not tomorrow"},
        {"tw:words(invoiceTotal)", "US DOLLARS ONE HUNDRED FOUR THOUSAND AND CENTS FIFTY ONLY"},
        {"tw:words(insurance)", "? declaration/insurance"},
    };
    EXPECT(&b, sayings);
    house_close(&b, reference);
}

static void without_lists_nothing_is_converted(void **state) {
    (void)state;
    struct bench b;
    bench_open(&b);
    dossier(&b);
    const struct saying sayings[] = {
        {"tw:convert(goodsItem[3]/quantity, 'KGM')", "? list:Rec20"},
        {"tw:convertible(goodsItem[3]/quantity, 'KGM')", "? list:Rec20"},
        {"tw:minor('EUR', '2026-03-09')", "? list:ISO4217"},
    };
    EXPECT(&b, sayings);
    bench_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_exact),
        cmocka_unit_test(comparisons_want_one_unit),
        cmocka_unit_test(shares_add_up),
        cmocka_unit_test(a_share_is_of_its_item),
        cmocka_unit_test(units_are_converted),
        cmocka_unit_test(currencies_have_minor_units),
        cmocka_unit_test(without_lists_nothing_is_converted),
    };
    return cmocka_run_group_tests(tests, house_set_up, house_tear_down);
}
