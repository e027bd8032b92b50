/* Pages from small trees: the shipped stylesheets and messages load, texts are filled, hostile text is shown and not
 * obeyed, the policy names the digest of the very style that the page carries. */
#include "pages/pages.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/digest.h"
#include "base/problems.h"
#include "knowledge.h"
#include "pages/clean.h"
#include "pages/form.h"
#include "pages/messages.h"
#include "pages/show.h"
#include "tree/names.h"
#include "xml/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER "schemas/pages"

struct desk {
    struct arena *arena;
    struct names *names;
    struct knowledge k;
};

static int open_desk(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);
    struct problems problems = {0};
    assert_non_null(desk);
    xml_start();
    desk->arena = arena_new();
    desk->names = names_new();
    desk->k.names = desk->names;
    desk->k.version = "0";
    desk->k.pages = pages_load(FOLDER, desk->names, &problems);
    problems_print(&problems, stderr);
    assert_int_equal(problems.count, 0);
    assert_non_null(desk->k.pages);
    names_freeze(desk->names);
    problems_free(&problems);
    *state = desk;
    return 0;
}

static int close_desk(void **state) {
    struct desk *desk = *state;
    pages_free(desk->k.pages);
    names_free(desk->names);
    arena_free(desk->arena);
    free(desk);
    return 0;
}

static char *render(struct page *page, const char *kind) {
    struct buffer out = {0};
    const char *why = NULL;
    bool done = page_render(page->pages, page->chinese ? "zh" : "en", kind, &page->tree, &out, &why);
    if (!done) {
        print_error("%s\n", why);
    }
    assert_true(done);
    return out.bytes;
}

static struct page small_page(struct desk *desk, const char *lang, const char *message) {
    struct page page = page_begin(desk->arena, &desk->k, lang);
    tree_add(&page.tree, page.tree.root, "title", message);
    struct fact *point = tree_add(&page.tree, tree_add(&page.tree, page.tree.root, "findings", NULL), "point", NULL);
    struct fact *finding = tree_add(&page.tree, point, "finding", NULL);
    tree_add(&page.tree, finding, "@id", "D-257-1");
    tree_add(&page.tree, finding, "@rule", "D-257");
    tree_add(&page.tree, finding, "@severity", "error");
    tree_add(&page.tree, finding, "message", message);
    tree_add(&page.tree, finding, "field", "declaration.html#i7-quantity");
    return page;
}

static void shows_a_finding(void **state) {
    struct page page = small_page(*state, "en", "Item 7 declares 2,300 pieces.");
    char *html = render(&page, "record");
    assert_ptr_equal(strstr(html, "<!DOCTYPE html"), html);
    assert_non_null(strstr(html, "<html lang=\"en\">"));
    assert_non_null(strstr(html, "id=\"D-257-1\""));
    assert_non_null(strstr(html, "href=\"declaration.html#i7-quantity\""));
    assert_non_null(strstr(html, "What to do next"));
    free(html);
}

static void speaks_chinese(void **state) {
    struct page page = small_page(*state, "zh", "第7项");
    char *html = render(&page, "record");
    assert_non_null(strstr(html, "<html lang=\"zh-Hans\">"));
    assert_non_null(strstr(html, "下一步"));
    assert_null(strstr(html, "What to do next"));
    free(html);
}

static void obeys_no_document(void **state) {
    struct page page = small_page(*state, "en", "<script>alert(1)</script>\" onload=\"x &amp; \xE2\x80\xAEgpj.exe\x01");
    char *html = render(&page, "record");
    assert_null(strstr(html, "<script>"));
    assert_non_null(strstr(html, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_non_null(strstr(html, "[U+202E]gpj.exe[U+0001]"));
    assert_null(strstr(html, "\xE2\x80\xAE"));
    assert_non_null(strstr(html, "&amp;amp;"));
    free(html);
}

/* What stands between <style> and </style>, byte by byte, is what the policy names. */
static void names_its_own_style(void **state) {
    struct page page = small_page(*state, "en", "x");
    char *html = render(&page, "record");
    char hex[DIGEST_TEXT];
    const char *style = strstr(html, "<style>") + strlen("<style>");
    digest_hex(style, (size_t)(strstr(style, "</style>") - style), hex);
    const char *policy = strstr(html, "style-src 'sha256-") + strlen("style-src 'sha256-");
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < 63; i += 3) { /* three hex digits are two of base64 */
        unsigned bits = 0;
        assert_int_equal(sscanf(hex + i, "%3x", &bits), 1);
        assert_int_equal(policy[i / 3 * 2], digits[bits >> 6]);
        assert_int_equal(policy[i / 3 * 2 + 1], digits[bits & 63]);
    }
    assert_non_null(strstr(html, "default-src 'none'"));
    assert_non_null(strstr(html, "script-src 'none'"));
    free(html);
}

static void same_tree_same_bytes(void **state) {
    struct page one = small_page(*state, "en", "x");
    struct page two = small_page(*state, "en", "x");
    char *a = render(&one, "record");
    char *b = render(&two, "record");
    assert_string_equal(a, b);
    free(a);
    free(b);
}

static void refuses_unknown_kinds(void **state) {
    struct page page = small_page(*state, "en", "x");
    struct buffer out = {0};
    const char *why = NULL;
    assert_false(page_render(page.pages, "en", "passport", &page.tree, &out, &why));
    assert_non_null(strstr(why, "passport"));
    assert_int_equal(out.length, 0);
    buffer_free(&out);
}

static void fills_messages(void **state) {
    struct page page = small_page(*state, "en", "x");
    assert_string_equal(page_say_count(&page, "count.error", 1), "1 error");
    assert_string_equal(page_say_count(&page, "count.error", 1234), "1,234 errors");
    assert_string_equal(page_say(&page, "page.of", "n", "2", "m", "{n}", PAGE_END), "page 2 of {n}");
    assert_string_equal(page_say(&page, "no.such.message", PAGE_END), "no.such.message");
    struct page zh = small_page(*state, "zh", "x");
    assert_string_equal(page_say_count(&zh, "count.error", 1), "1 项错误");
}

static void prints_values(void **state) {
    struct page page = small_page(*state, "en", "x");
    assert_string_equal(page_moment(&page, "2024-11-08T12:30:59Z"), "2024-11-08 12:30Z");
    assert_string_equal(page_moment(&page, "2024-12-06T10:00:00+08:00"), "2024-12-06 10:00 +08:00");
    assert_string_equal(page_moment(&page, "2024-11-08"), "2024-11-08");
    assert_string_equal(page_moment(&page, "soon"), "soon");
    assert_string_equal(page_number(&page, "1234567.5"), "1,234,567.5");
    assert_string_equal(page_number(&page, "-123"), "-123");
    assert_string_equal(page_mass(&page, "18450.5"), "18,450.500");
    assert_string_equal(page_mass(&page, "1.23456"), "1.23456");
    assert_string_equal(page_span(&page, 5 * 3600 + 30 * 60), "5 h 30 min");
    assert_string_equal(page_span(&page, 86400 + 15 * 3600), "1 d 15 h");
    assert_string_equal(page_span(&page, -7200), "2 h over");
}

static void cleans_only_what_must_be(void **state) {
    struct desk *desk = *state;
    const char *plain = "Müller, 北京\nline";
    assert_ptr_equal(clean_text(desk->arena, plain), plain);
    assert_string_equal(clean_text(desk->arena, "a\x7F\xC2\x85\xE2\x81\xA6z"), "a[U+007F][U+0085][U+2066]z");
    assert_null(clean_text(desk->arena, NULL));
}

static void finds_fields(void **state) {
    struct desk *desk = *state;
    struct problems problems = {0};
    const struct form *form = form_load(desk->arena, FOLDER "/form.csv", &problems);
    assert_non_null(form);
    assert_string_equal(form_find(form, false, "tradeTerms/incoterm")->id, "b20");
    assert_string_equal(form_find(form, false, "equipment[2]/seal/number")->id, "b31");
    assert_string_equal(form_find(form, true, "commodity/code")->id, "code");
    assert_string_equal(form_find(form, true, "commodity/description")->id, "description");
    assert_null(form_find(form, false, "tradeTermsX"));
    assert_null(form_find(form, true, "nothing"));
}

/* ---- what is wrong in the files ---- */

static char folder[] = "/tmp/tidewaiter-pages-XXXXXX";

static void write_file(const char *name, const char *text) {
    char path[200];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void tells_what_is_wrong(void **state) {
    struct desk *desk = *state;
    struct names *names = names_new();
    struct problems problems = {0};
    assert_non_null(mkdtemp(folder));
    write_file("messages.en.xml", "<messages lang='en'>\n<message id='a'>A</message>\n<message id='a'>B</message>\n"
                                  "<wrod/>\n</messages>");
    write_file("messages.zh.xml", "<messages lang='en'/>");
    assert_null(messages_load(desk->arena, folder, names, &problems));
    assert_int_equal(problems.count, 3);
    assert_int_equal(problems.items[0].line, 4);
    assert_non_null(strstr(problems.items[1].text, "second message \"a\""));
    assert_int_equal(problems.items[1].line, 3);
    problems_free(&problems);
    names_free(names);
    for (const char *const *name = (const char *const[]){"messages.en.xml", "messages.zh.xml", NULL}; *name; name++) {
        char path[200];
        (void)snprintf(path, sizeof path, "%s/%s", folder, *name);
        (void)remove(path);
    }
    (void)remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_a_finding),          cmocka_unit_test(speaks_chinese),
        cmocka_unit_test(obeys_no_document),        cmocka_unit_test(names_its_own_style),
        cmocka_unit_test(same_tree_same_bytes),     cmocka_unit_test(refuses_unknown_kinds),
        cmocka_unit_test(fills_messages),           cmocka_unit_test(prints_values),
        cmocka_unit_test(cleans_only_what_must_be), cmocka_unit_test(finds_fields),
        cmocka_unit_test(tells_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
