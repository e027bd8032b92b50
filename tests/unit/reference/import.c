#include "reference/desk.h"

#include "base/buffer.h"

static const char registers_path[] = "/tmp/tidewaiter-import-test";

static int set_up(void **state) {
    (void)state;
    unlink(registers_path);
    return 0;
}

/* Imports text and expects these problems, one for each line of `expected`, each part of the message. */
static void expect(const char *kind, const char *text, const char *expected) {
    struct problems problems = {0};
    char *csv = desk_file(text);
    bool good = desk_import(registers_path, kind, csv, false, &problems);
    size_t at = 0;

    unlink(csv);
    assert_int_equal(good, *expected == '\0');
    while (*expected != '\0') {
        char part[256];
        size_t length = strcspn(expected, "\n");
        (void)snprintf(part, sizeof part, "%.*s", (int)length, expected);
        assert_true(at < problems.count);
        if (strstr(problems.items[at].text, part) == NULL) {
            fail_msg("\"%s\" instead of \"%s\"", problems.items[at].text, part);
        }
        at++;
        expected += length + (expected[length] == '\n');
    }
    assert_int_equal(problems.count, at);
    problems_free(&problems);
}

static char *exported(const char *kind) {
    struct problems problems = {0};
    struct buffer out = {0};

    if (!export_csv(kind, registers_path, "schemas", &out, &problems)) {
        problems_print(&problems, stderr);
    }
    problems_free(&problems);
    return out.bytes;
}

static void every_fault_is_reported(void **state) {
    (void)state;
    expect("officer",
           "id,office,role,status,from,to\n"
           "O1,DE004851,inspect|fly,active,2020-01-01,\n"
           "O2,,inspect,active,2020-13-01,\n"
           "O3,DE004851,inspect,gone,2020-01-01,2019-01-01\n"
           "O1,DE004851,inspect,active,2020-01-01,\n",
           "role: none of accept, assess, inspect\noffice: empty\nfrom: not a day\nstatus: none of\nto: before from\n"
           "the same key and from as in line 2");
    expect("office", "code,country,status\nZZ000001,ZZ,active\n", "country: not in the code list ISO3166: ZZ");
    expect("officer", "id,office,role,status,from,to\n", "has no rows");
    expect("officer", "id,offce\nO1,DE004851\n", "offce: officer has no such column; did you mean office?");
    expect("ofice", "code\nX\n", "no such register; did you mean office?");
    expect("officer", "office,status\nDE004851,active\n", "id: this key column of officer is missing");
    expect("payment", "receipt,amount,currency,status\nR1,\"1,5\",EUR,paid\n", "amount: not a decimal");
}

static void nothing_is_kept_of_a_bad_file(void **state) {
    char *text;

    (void)state;
    expect("officer", "id,office,status\nO1,DE004851,active\n", "");
    expect("officer", "id,office,status\nO2,DE004851,active\nO3,DE004851,away\n", "status: none of");
    text = exported("officer");
    assert_string_equal(text, "id,office,role,conflict,status,from,to,source\nO1,DE004851,,,active,,,\n");
    free(text);
}

static void parts_need_their_register(void **state) {
    (void)state;
    expect("party.mandate", "scheme,id,agent,kind\nEORI,DE1,DE2,direct\n",
           "EORI DE1: no row of register party has this key; import party first");
    expect("party", "scheme,id,name\nEORI,DE1,Somebody\n", "");
    expect("party.mandate", "scheme,id,agent,kind\nEORI,DE1,DE2,direct\n", "");
}

static void merge_replaces_rows_of_the_same_key(void **state) {
    struct problems problems = {0};
    char *csv, *text;

    (void)state;
    expect("carrier", "code,codeList,name,from\nA,SCAC,One,2020-01-01\nB,SCAC,Two,2020-01-01\n", "");
    csv = desk_file("code,codeList,name,from\nB,SCAC,Second,2020-01-01\nC,SCAC,\"Three, \"\"the\"\" third\",\n");
    assert_true(desk_import(registers_path, "carrier", csv, true, &problems));
    unlink(csv);
    text = exported("carrier");
    assert_string_equal(text, "code,codeList,name,mode,from,to,source\nA,SCAC,One,,2020-01-01,,\n"
                              "B,SCAC,Second,,2020-01-01,,\nC,SCAC,\"Three, \"\"the\"\" third\",,,,\n");
    free(text);
}

static void fixtures_come_back_as_they_went_in(void **state) {
    char *first, *second;
    struct problems problems = {0};

    (void)state;
    assert_true(desk_import(registers_path, "party", "fixtures/registers/party.csv", false, &problems));
    first = exported("party");
    expect("party", first, "");
    second = exported("party");
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static void code_lists_are_replaced_list_by_list(void **state) {
    struct desk desk = {0};
    char *text;

    (void)state;
    expect("code", "list,code,label,percent\nInterestRate,DE,ECB,3.65\nMassless,2716,Power,\n", "");
    expect("code", "list,code,label,percent\nMassless,2716,Power,1\n", "percent: list Massless has no such column");
    text = exported("code");
    assert_string_equal(text, "list,code,percent,from,to,source,label\nInterestRate,DE,3.65,,,,ECB\n"
                              "Massless,2716,,,,,Power\n");
    free(text);
    (void)snprintf(desk.path, sizeof desk.path, "%s", registers_path);
    desk_open(&desk, "2026-03-09", NULL);
    assert_string_equal(
        fact_text(reference_code_row(desk.reference, "InterestRate", "DE", day("2026-01-01")), "percent"), "3.65");
    assert_non_null(reference_code_row(desk.reference, "ISO3166", "DE", day("2026-01-01")));
    desk_close(&desk);
}

static void other_databases_are_refused(void **state) {
    struct problems problems = {0};
    char *csv = desk_file("code,codeList,name\nA,SCAC,One\n");
    char copy[64];
    FILE *file;

    (void)state;
    (void)snprintf(copy, sizeof copy, "%s", csv);
    file = fopen(registers_path, "w");
    assert_non_null(file);
    fputs("this is no database, but a text of some length that says so", file);
    fclose(file);
    assert_false(desk_import(registers_path, "carrier", copy, false, &problems));
    assert_true(problems.count > 0);
    problems_free(&problems);
    unlink(copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_fault_is_reported, set_up),
        cmocka_unit_test_setup(nothing_is_kept_of_a_bad_file, set_up),
        cmocka_unit_test_setup(parts_need_their_register, set_up),
        cmocka_unit_test_setup(merge_replaces_rows_of_the_same_key, set_up),
        cmocka_unit_test_setup(fixtures_come_back_as_they_went_in, set_up),
        cmocka_unit_test_setup(code_lists_are_replaced_list_by_list, set_up),
        cmocka_unit_test_setup(other_databases_are_refused, set_up),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    unlink(registers_path);
    return failed;
}
