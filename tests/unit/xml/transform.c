/* Stylesheets: compiled from one folder, run over trees, kept from reading and writing anything. */
#include "xml/transform.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problems.h"
#include "tree/fact.h"
#include "tree/names.h"
#include "xml/memory.h"
#include "xml/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SHEET(body)                                                                                                    \
    "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns:t='urn:t'"                   \
    " exclude-result-prefixes='t'>\n" body "</xsl:stylesheet>\n"

static char folder[] = "/tmp/tidewaiter-transform-XXXXXX";

static void write_file(const char *name, const char *text) {
    char path[200];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static struct xml_transform *load(const char *text, struct problems *problems) {
    char path[200];
    write_file("page.xsl", text);
    (void)snprintf(path, sizeof path, "%s/page.xsl", folder);
    return xml_transform_load(path, problems);
}

static struct xml_transform *load_sound(const char *text) {
    struct problems problems = {0};
    struct xml_transform *transform = load(text, &problems);
    problems_print(&problems, stderr);
    problems_free(&problems);
    assert_non_null(transform);
    return transform;
}

struct sample {
    struct arena *arena;
    struct names *names;
    struct tree tree;
};

static struct sample sample_new(void) {
    struct sample s = {.arena = arena_new(), .names = names_new()};
    s.tree = tree_new(s.arena, s.names, "record");
    tree_add(&s.tree, s.tree.root, "@lang", "en");
    struct fact *list = tree_add(&s.tree, s.tree.root, "list", NULL);
    tree_add(&s.tree, list, "item", "one");
    struct fact *two = tree_add(&s.tree, list, "item", "<script> & \x01\xFF");
    tree_add(&s.tree, two, "@n", "a\"b");
    tree_add(&s.tree, s.tree.root, "end", "last");
    return s;
}

static void sample_free(struct sample *s) {
    arena_free(s->arena);
    names_free(s->names);
}

static const char page[] = SHEET(
    "<xsl:output method='html' encoding='UTF-8' doctype-system='about:legacy-compat' indent='no'/>"
    "<xsl:template match='/record'><html lang='{@lang}'><head><title>t</title></head><body>"
    "<xsl:for-each select='list/item'><p title='{@n}'><xsl:value-of select='.'/></p></xsl:for-each>"
    "<svg viewBox='0 0 1 1'><path d='M0'/></svg><b><xsl:value-of select='end'/></b></body></html></xsl:template>");

static const char rendered[] =
    "<!DOCTYPE html SYSTEM \"about:legacy-compat\">\n<html lang=\"en\"><head><meta http-equiv=\"Content-Type\""
    " content=\"text/html; charset=UTF-8\"><title>t</title></head><body><p title=\"\">one</p>"
    "<p title='a\"b'>&lt;script&gt; &amp; \xEF\xBF\xBD\xEF\xBF\xBD</p>"
    "<svg viewBox=\"0 0 1 1\"><path d=\"M0\"></path></svg><b>last</b></body></html>\n";

static void pages_are_made(void **state) {
    (void)state;
    struct xml_transform *transform = load_sound(page);
    struct sample s = sample_new();
    xml_memory_poison(true);
    for (int i = 0; i < 200; i++) {
        struct buffer out = {0};
        const char *why = NULL;
        bool done = xml_transform_run(transform, s.tree.root, NULL, &out, s.arena, &why);
        assert_true(done);
        if (i == 0 && strstr(out.bytes, "<!DOCTYPE html>")) {
            assert_non_null(strstr(out.bytes, strstr(rendered, "<html")));
        } else if (i == 0) {
            assert_string_equal(out.bytes, rendered);
        }
        buffer_free(&out);
    }
    xml_memory_poison(false);
    sample_free(&s);
    xml_transform_free(transform);
}

static void a_tree_may_have_a_namespace(void **state) {
    (void)state;
    struct xml_transform *transform = load_sound(SHEET(
        "<xsl:output method='text'/><xsl:template match='/'><xsl:value-of select='t:record/t:end'/></xsl:template>"));
    struct sample s = sample_new();
    struct buffer out = {0};
    const char *why = NULL;
    assert_true(xml_transform_run(transform, s.tree.root, "urn:t", &out, s.arena, &why));
    assert_string_equal(out.bytes, "last");
    buffer_free(&out);
    sample_free(&s);
    xml_transform_free(transform);
}

static void includes_stay_in_the_folder(void **state) {
    (void)state;
    write_file("part.xsl", SHEET("<xsl:template name='part'>part</xsl:template>"));
    struct xml_transform *transform =
        load_sound(SHEET("<xsl:include href='part.xsl'/><xsl:output method='text'/><xsl:template match='/'>"
                         "<xsl:call-template name='part'/></xsl:template>"));
    struct sample s = sample_new();
    struct buffer out = {0};
    const char *why = NULL;
    assert_true(xml_transform_run(transform, s.tree.root, NULL, &out, s.arena, &why));
    assert_string_equal(out.bytes, "part");
    buffer_free(&out);
    sample_free(&s);
    xml_transform_free(transform);
    struct problems problems = {0};
    assert_null(load(SHEET("<xsl:include href='/etc/hostname'/><xsl:template match='/'/>"), &problems));
    assert_true(problems.count > 0);
    problems_free(&problems);
}

static void nothing_is_read_or_written(void **state) {
    (void)state;
    char sheet[2000];
    write_file("secret.xml", "<secret>told</secret>");
    (void)snprintf(sheet, sizeof sheet,
                   SHEET("<xsl:output method='text'/><xsl:template match='/'>[<xsl:value-of"
                         " select=\"document('%s/secret.xml')/secret\"/>]</xsl:template>"),
                   folder);
    struct xml_transform *transform = load_sound(sheet);
    struct sample s = sample_new();
    struct buffer out = {0};
    const char *why = NULL;
    if (xml_transform_run(transform, s.tree.root, NULL, &out, s.arena, &why)) {
        assert_null(strstr(out.bytes, "told"));
    }
    buffer_free(&out);
    sample_free(&s);
    xml_transform_free(transform);
}

static void endless_stylesheets_end(void **state) {
    (void)state;
    struct xml_transform *transform =
        load_sound(SHEET("<xsl:template match='/' name='a'><xsl:call-template name='a'/></xsl:template>"));
    struct sample s = sample_new();
    struct buffer out = {0};
    const char *why = NULL;
    assert_false(xml_transform_run(transform, s.tree.root, NULL, &out, s.arena, &why));
    assert_non_null(why);
    assert_int_equal(out.length, 0);
    buffer_free(&out);
    sample_free(&s);
    xml_transform_free(transform);
}

static void mistakes_are_problems(void **state) {
    (void)state;
    static const char *const bad[] = {
        "no XML",
        "<a/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
        SHEET("<xsl:template match='/'>\n<xsl:value-of select='1 +'/></xsl:template>"),
        SHEET("<xsl:template match='/'>\n<xsl:call-template name='none'/><xsl:if/></xsl:template>"),
        SHEET("<xsl:output encoding='GBK'/><xsl:template match='/'/>"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct problems problems = {0};
        struct xml_transform *transform = load(bad[i], &problems);
        if (transform || problems.count == 0) {
            print_error("accepted: %s\n", bad[i]);
        }
        assert_null(transform);
        assert_true(problems.count > 0);
        assert_true(i != 3 || problems.items[0].line == 3);
        problems_free(&problems);
    }
}

static int start(void **state) {
    (void)state;
    xml_start();
    return mkdtemp(folder) ? 0 : -1;
}

static int end(void **state) {
    (void)state;
    static const char *const names[] = {"page.xsl", "part.xsl", "secret.xml"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[200];
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_made),
        cmocka_unit_test(a_tree_may_have_a_namespace),
        cmocka_unit_test(includes_stay_in_the_folder),
        cmocka_unit_test(nothing_is_read_or_written),
        cmocka_unit_test(endless_stylesheets_end),
        cmocka_unit_test(mistakes_are_problems),
    };
    return cmocka_run_group_tests(tests, start, end);
}
