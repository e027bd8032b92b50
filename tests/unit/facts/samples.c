/* The dialects that ship, over real files: counts of what is read, and how many steps it takes. */
#include "facts/harness.h"

static const char samples[] = "../shared/samples";

struct totals {
    size_t files, read, elements, unread, unreadable;
};

static void read_file(struct harness *h, const char *path, struct totals *totals) {
    size_t length;
    char *bytes = file_read(path, 1 << 28, &length);
    assert_non_null(bytes);
    read_bytes(h, bytes, length);
    free(bytes);
    totals->files++;
    if (h->matched) {
        totals->read++;
        totals->elements += h->document.elements;
        totals->unread += h->document.unread;
        totals->unreadable += count_findings(h, "X-004");
        if (h->reading->steps > 2 * (uint64_t)h->document.elements + 64) {
            fail_msg("%s: %llu steps for %u elements", path, (unsigned long long)h->reading->steps,
                     h->document.elements);
        }
    }
    arena_free(h->c.arena);
    h->c.arena = NULL;
}

static void read_folder(struct harness *h, const char *folder, struct totals *totals) {
    struct file_list list;
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", samples, folder);
    if (!file_list(path, &list)) {
        print_message("skipped: no samples at %s\n", path);
        skip();
    }
    for (size_t i = 0; i < list.count; i++) {
        if (file_has_suffix(list.names[i], ".xml")) {
            (void)snprintf(path, sizeof path, "%s/%s/%s", samples, folder, list.names[i]);
            read_file(h, path, totals);
        }
    }
    file_list_free(&list);
}

static int load(void **state) {
    static struct harness h;
    start(&h);
    load_folder(&h, "schemas/dialects");
    problems_print(&h.problems, stderr);
    *state = &h;
    return h.dialects ? 0 : -1;
}

static int unload(void **state) {
    finish(*state);
    return 0;
}

static void export_declarations(void **state) {
    struct totals totals = {0};
    read_folder(*state, "wco-dec/declarations/export", &totals);
    assert_int_equal(totals.files, 14);
    assert_int_equal(totals.read, 13); /* one leaves a comment open: X-001 */
    assert_int_equal(totals.elements, 1679);
    assert_int_equal(totals.unread, 0);
    assert_int_equal(totals.unreadable, 0);
}

static void own_records(void **state) {
    struct totals totals = {0};
    read_folder(*state, "trade/made", &totals);
    assert_true(totals.read >= 16);
    assert_int_equal(totals.unread, 0);
    assert_int_equal(totals.unreadable, 0);
}

static void what_can_be_said(void **state) {
    const struct harness *h = *state;
    const struct dialect *dialect = dialect_named(h->dialects, "wco-dec");
    const struct definition *root = vocabulary_root(h->vocabulary);
    assert_non_null(dialect);
    assert_true(dialect_can_say(dialect, definition_at(root, "declaration/goodsItem/netMass")));
    assert_true(dialect_can_say(dialect, definition_at(root, "declaration/goodsItem")));
    assert_false(dialect_can_say(dialect, definition_at(root, "declaration/goodsItem/registerLine")));
    assert_true(dialect_can_declare(dialect, definition_at(root, "declaration/goodsItem/netMass")));
    assert_true(dialect_can_declare(dialect, definition_at(root, "event/at")));
    const struct dialect *ubl = dialect_named(h->dialects, "ubl");
    assert_true(dialect_can_say(ubl, definition_at(root, "transportDocument/issueDate")));
    assert_false(dialect_can_declare(ubl, definition_at(root, "transportDocument/issueDate")));
    assert_true(dialect_can_declare(ubl, definition_at(root, "declaration/goodsItem/netMass")));
    assert_true(dialects_know(h->dialects, "urn:wco:datamodel:WCO:DEC-DMS:2", "Declaration"));
    assert_false(dialects_know(h->dialects, "urn:x", "Declaration"));
    struct arena *arena = arena_new();
    const struct element row = {.name = "md:MetaData", .line = 1, .column = 1, .position = 1};
    const struct source alone = {.element = &row,
                                 .ns = names_find(h->names, "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"),
                                 .name = names_find(h->names, "MetaData")};
    assert_string_equal(match_kind(dialect_match(h->dialects, arena, &alone)), "declaration");
    assert_non_null(dialects_nearest(h->dialects, arena, "q:MetaData"));
    assert_null(dialects_nearest(h->dialects, arena, "nothing"));
    arena_free(arena);
}

/* n items, each asks the head of the document, and each is named by a row behind them. */
static char *many_items(size_t n) {
    struct buffer text = {0};
    buffer_string(&text, "<r>");
    for (size_t i = 1; i <= n; i++) {
        buffer_printf(&text, "<i><n>%zu</n><v>%zu</v></i>", i, i);
    }
    for (size_t i = 1; i <= n; i++) {
        buffer_printf(&text, "<p><k>%zu</k><t>T%zu</t></p>", i, i);
    }
    buffer_string(&text, "<h><c>EUR</c></h></r>");
    return text.bytes;
}

static void the_walk_is_linear(void **state) {
    (void)state;
    struct harness h;
    start(&h);
    load_maps(&h,
              MAP_HEAD
              "><r to='/declaration'><h ignore='head'/><i to='goodsItem'><n to='@n'/><v to='price' unit='/r/h/c'/>"
              "</i><p at='declaration/goodsItem[@n=k]' to='previousDocument'><t to='number'/></p></r></m:map>",
              NULL, NULL);
    assert_int_equal(h.problems.count, 0);
    for (size_t n = 1; n <= 10000; n *= 10) {
        char *text = many_items(n);
        read_bytes(&h, text, strlen(text));
        free(text);
        assert_true(h.reading->steps <= 2 * (uint64_t)h.document.elements + 16);
        assert_int_equal(h.document.unread, 0);
        const struct fact *declaration = fact_at(h.c.dossier.root, "declaration");
        assert_int_equal(fact_count(declaration, "goodsItem"), n);
        const struct fact *last = fact_at(declaration, "goodsItem")->last_same;
        assert_true(fact_is(last, "price/@currency", "EUR"));
        assert_int_equal(fact_count(last, "previousDocument"), 1);
        arena_free(h.c.arena);
        h.c.arena = NULL;
    }
    finish(&h);
}

static void a_credit_in_swift_text(void **state) {
    (void)state;
    struct harness h;
    start(&h);
    load_maps(&h,
              "<m:map xmlns:m='urn:tidewaiter:map:1' xmlns='urn:tidewaiter:reader:mt' dialect='t' reader='mt'>"
              "<MT700 document='settlement' to='/settlement'><_20 to='credit/number'/>"
              "<_32B to='credit/amount' part='4-' form='comma' unit='.[1-3]'/><_45A to='credit/goods'/>"
              "<_46A to='document/text' split='+'/></MT700></m:map>",
              NULL, NULL);
    assert_int_equal(h.problems.count, 0);
    const char text[] =
        "{1:F01X}{2:O7000930}{4:\r\n:20:LC1\r\n:32B:USD78400,\r\n:45A:ONE\r\nTWO\r\n:46A:+A\r\nB\r\n+C\r\n-}";
    read_bytes(&h, text, strlen(text));
    char *facts = shortly(&h);
    assert_string_equal(facts, "settlement{document{text=A B;};document{text=C;};"
                               "credit{number=LC1;amount=78400{@currency=USD;};goods=ONE TWO;};}");
    free(facts);
    const struct fact *document = fact_at(h.c.dossier.root, "settlement/document");
    assert_int_equal(fact_line(fact_at(document->next_same, "text")), 8);
    assert_string_equal(fact_xpath(h.c.arena, fact_at(h.c.dossier.root, "settlement/credit/amount")),
                        "/mt:MT700/mt:_32B[1]");
    finish(&h);
}

int main(void) {
    const struct CMUnitTest shipped[] = {
        cmocka_unit_test(export_declarations),
        cmocka_unit_test(own_records),
        cmocka_unit_test(what_can_be_said),
    };
    const struct CMUnitTest made[] = {
        cmocka_unit_test(the_walk_is_linear),
        cmocka_unit_test(a_credit_in_swift_text),
    };
    int failed = cmocka_run_group_tests_name("made", made, NULL, NULL);
    return failed + cmocka_run_group_tests_name("shipped", shipped, load, unload);
}
