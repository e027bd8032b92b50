/* Compiled stylesheets against libxslt, byte for byte: the shipped ones over trees that are grown from what they ask
 * for, and small ones for the rest of the subset; what is outside of it is told with its place. */
#include "pages/sheet.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problems.h"
#include "pages/sheet-parts.h"
#include "tree/names.h"
#include "xml/parse.h"
#include "xml/transform.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { TREES = 40, DEEPEST = 12 };

static const char *const shipped[] = {"record",         "declaration", "declarant", "release",
                                      "bill-of-lading", "run",         "catalogue"};

static char folder[] = "/tmp/tidewaiter-sheet-XXXXXX";

struct desk {
    uint64_t random;
    struct arena *arena;
    struct names *names;
    struct problems problems;
    struct tree tree;
};

static struct desk desk_new(uint64_t seed) {
    return (struct desk){.random = seed, .arena = arena_new(), .names = names_new()};
}

static void desk_free(struct desk *d) {
    problems_free(&d->problems);
    names_free(d->names);
    arena_free(d->arena);
}

/* ---- Trees that a stylesheet asks for --------------------------------------------------------------- */

static unsigned pick(struct desk *d, unsigned below) {
    d->random ^= d->random << 13;
    d->random ^= d->random >> 7;
    d->random ^= d->random << 17;
    return (unsigned)((d->random >> 11) % below);
}

static const char *const values[] = {
    "",         "0",          "1",     "x",      "D-257",   "a < b & c > d",        "\"q\"", "it's",        "\"b'",
    " sp  ce ", "line\nfeed", "第7项", "Müller", "#i7-net", "a/b c.html?x=1&y=[2]", "\xC3",  "\xEF\xBF\xBF"};

static const char *random_value(struct desk *d) {
    return values[pick(d, sizeof values / sizeof *values)];
}

static void grow_body(struct desk *d, const struct sheet_instruction *body, struct fact *at, unsigned depth);

static const char *last_name(const struct sheet_expression *e) {
    return e->kind == EXPRESSION_PATH && e->path.step_count ? e->path.steps[e->path.step_count - 1].name : NULL;
}

/* The fact that all steps but the last lead to, made where it is missing. */
static struct fact *parent_of(struct desk *d, const struct sheet_path *path, struct fact *at) {
    size_t from = 0;
    if (path->base == FROM_ROOT) {
        at = d->tree.root;
        from = 1;
    } else if (path->base == FROM_VARIABLE) {
        at = tree_group(&d->tree, d->tree.root, "words");
    }
    for (unsigned i = 0; i < path->parents && at->parent; i++) {
        at = at->parent;
    }
    for (size_t i = from; i + 1 < path->step_count; i++) {
        at = tree_group(&d->tree, at, path->steps[i].name ? path->steps[i].name : "any");
    }
    return at;
}

static bool is_attribute_there(const struct fact *parent, const char *name) {
    return *name == '@' && fact_at(parent, name);
}

/* Adds, or leaves out, what a path asks for. */
static void grow_path(struct desk *d, const struct sheet_expression *e, struct fact *at, const char *value) {
    const char *name = last_name(e);
    struct fact *parent = name ? parent_of(d, &e->path, at) : NULL;
    if (name && parent->name[0] != '@' && !is_attribute_there(parent, name) && pick(d, 4)) {
        tree_add(&d->tree, parent, name, value);
    }
}

static void grow_expression(struct desk *d, const struct sheet_expression *e, struct fact *at) {
    switch (e->kind) {
    case EXPRESSION_PATH:
        grow_path(d, e, at, random_value(d));
        break;
    case EXPRESSION_AND:
    case EXPRESSION_OR:
        grow_expression(d, e->pair.left, at);
        grow_expression(d, e->pair.right, at);
        break;
    case EXPRESSION_COMPARE:
        if (e->pair.left->kind == EXPRESSION_PATH) {
            const char *text = e->pair.right->kind == EXPRESSION_TEXT ? e->pair.right->text : "1";
            grow_path(d, e->pair.left, at, pick(d, 2) ? text : random_value(d));
        }
        break;
    case EXPRESSION_CALL:
        for (size_t i = 0; i < e->call.count; i++) {
            grow_expression(d, e->call.arguments[i], at);
        }
        break;
    default:
        break;
    }
}

static void grow_each(struct desk *d, const struct sheet_instruction *i, struct fact *at, unsigned depth) {
    const struct sheet_expression *select = i->each.select;
    const char *name = last_name(select);
    struct fact *parent = name && *name != '@' ? parent_of(d, &select->path, at) : NULL;
    for (unsigned n = parent ? pick(d, 3) : 0; n > 0; n--) {
        struct fact *made = tree_add(&d->tree, parent, name, pick(d, 2) ? random_value(d) : NULL);
        grow_body(d, i->each.body, made, depth + 1);
    }
    if (!name) {
        grow_body(d, i->each.body, at, depth + 1);
    }
}

static void grow_one(struct desk *d, const struct sheet_instruction *i, struct fact *at, unsigned depth) {
    switch (i->action) {
    case WRITE_TEXT:
    case WRITE_RAW:
        grow_expression(d, i->select, at);
        break;
    case WRITE_ATTRIBUTE:
        for (const struct sheet_piece *piece = i->attribute.pieces; piece; piece = piece->next) {
            if (piece->select) {
                grow_expression(d, piece->select, at);
            }
        }
        break;
    case RUN_EACH:
        grow_each(d, i, at, depth);
        break;
    case RUN_FIRST:
        for (const struct sheet_branch *branch = i->branches; branch; branch = branch->next) {
            if (branch->test) {
                grow_expression(d, branch->test, at);
            }
            grow_body(d, branch->body, at, depth + 1);
        }
        break;
    case RUN_CALL:
        grow_body(d, i->call.template->body, at, depth + 1);
        break;
    default:
        break;
    }
}

static void grow_body(struct desk *d, const struct sheet_instruction *body, struct fact *at, unsigned depth) {
    for (const struct sheet_instruction *i = body; i && depth < DEEPEST && at->name[0] != '@'; i = i->next) {
        grow_one(d, i, at, depth);
    }
}

/* ---- The comparison --------------------------------------------------------------------------------- */

static struct sheet *load(struct desk *d, const char *path) {
    struct sheet *sheet = sheet_load(d->arena, path, d->names, NULL, &d->problems);
    problems_print(&d->problems, stderr);
    assert_non_null(sheet);
    return sheet;
}

static struct xml_transform *load_oracle(struct desk *d, const char *path) {
    struct xml_transform *oracle = xml_transform_load(path, &d->problems);
    problems_print(&d->problems, stderr);
    assert_non_null(oracle);
    return oracle;
}

static void compare(struct desk *d, const struct sheet *sheet, const struct xml_transform *oracle, const char *what) {
    struct buffer ours = {0};
    struct buffer theirs = {0};
    const char *why = "";
    assert_true(sheet_run(sheet, &d->tree, &ours, &why));
    assert_true(xml_transform_run(oracle, d->tree.root, NULL, &theirs, d->arena, &why));
    size_t same = 0;
    while (same < ours.length && ours.bytes[same] == theirs.bytes[same]) {
        same++;
    }
    if (ours.length != theirs.length || same != ours.length) {
        size_t from = same > 80 ? same - 80 : 0;
        print_error("%s differs at byte %zu:\nours   %.160s\nlibxslt %.160s\n", what, same, ours.bytes + from,
                    theirs.bytes + from);
        fail();
    }
    buffer_free(&ours);
    buffer_free(&theirs);
}

static void writes_what_libxslt_writes(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
        struct desk d = desk_new(0x9E3779B97F4A7C15U + i);
        char path[80];
        (void)snprintf(path, sizeof path, "schemas/pages/%s.xsl", shipped[i]);
        const struct sheet *sheet = load(&d, path);
        struct xml_transform *oracle = load_oracle(&d, path);
        names_freeze(d.names);
        for (unsigned n = 0; n < TREES; n++) {
            d.tree = tree_new(d.arena, d.names, "page");
            tree_group(&d.tree, d.tree.root, "words");
            grow_body(&d, sheet->main->body, d.tree.root, 0);
            compare(&d, sheet, oracle, path);
        }
        xml_transform_free(oracle);
        desk_free(&d);
    }
}

/* ---- The rest of the subset ------------------------------------------------------------------------- */

#define SHEET(top, body)                                                                                               \
    "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>\n"                                \
    "<xsl:output method='html' encoding='UTF-8' doctype-system='about:legacy-compat' indent='no'/>\n" top              \
    "\n<xsl:template match='/page'><html><head><title>t</title></head><body>" body                                     \
    "</body></html></xsl:template></xsl:stylesheet>\n"

static const char *write_sheet(struct desk *d, const char *text) {
    char *path = arena_printf(d->arena, "%s/sheet.xsl", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void small_tree(struct desk *d) {
    d->tree = tree_new(d->arena, d->names, "page");
    struct fact *root = d->tree.root;
    tree_add(&d->tree, root, "@lang", "en");
    for (unsigned i = 1; i <= 4; i++) {
        struct fact *item = tree_add(&d->tree, root, "item", i == 3 ? "own text" : NULL);
        tree_addf(&d->tree, item, "@n", "%u", i);
        tree_addf(&d->tree, item, "price", "%u.50", 12 - i);
        tree_add(&d->tree, item, "name", i % 2 ? "Müller 北京" : "  two   words ");
        if (i == 2) {
            tree_add(&d->tree, item, "price", "7");
        }
    }
    tree_add(&d->tree, root, "limit", " 10 ");
    tree_add(&d->tree, root, "empty", "");
    tree_add(&d->tree, root, "deep", NULL);
    tree_add(&d->tree, fact_at(root, "deep"), "name", "deep name");
}

static void agree(const char *text) {
    struct desk d = desk_new(1);
    const char *path = write_sheet(&d, text);
    const struct sheet *sheet = load(&d, path);
    struct xml_transform *oracle = load_oracle(&d, path);
    names_freeze(d.names);
    small_tree(&d);
    compare(&d, sheet, oracle, text);
    xml_transform_free(oracle);
    desk_free(&d);
}

#define VALUES(top, expression) SHEET(top, "<p><xsl:value-of select=\"" expression "\"/></p>")

static void agrees_on_expressions(void **state) {
    (void)state;
    static const char *const sheets[] = {
        VALUES("", "."),
        VALUES("", "/"),
        VALUES("", "/page/*"),
        VALUES("", "item[2]/price[2]"),
        VALUES("", "item[last()]/name"),
        VALUES("", "item[price][@n &gt; 1][2]/@n"),
        VALUES("", "item[price = '9.50' or @n = '4']/@n"),
        VALUES("", "item[not(name = /page/item[1]/name)]/@n"),
        VALUES("", "item[5]/name"),
        VALUES("", "count(item)"),
        VALUES("", "count(item/price[. &lt; 10])"),
        VALUES("", "item/price &gt; limit"),
        VALUES("", "item/price = 7"),
        VALUES("", "limit = 10"),
        VALUES("", "item/price != item/price"),
        VALUES("", "nothing = ''"),
        VALUES("", "nothing != ''"),
        VALUES("", "empty = ''"),
        VALUES("", "empty = 0"),
        VALUES("", "empty != 0"),
        VALUES("", "true() = item"),
        VALUES("", "nothing &lt; true()"),
        VALUES("", "false() != 2"),
        VALUES("", "'1' = true()"),
        VALUES("", "boolean(empty) and boolean('')"),
        VALUES("", "boolean(0) or boolean(2)"),
        VALUES("", "string(item[3])"),
        VALUES("", "string-length(item[1]/name)"),
        VALUES("", "concat(@lang, '-', count(item), '-', true())"),
        VALUES("", "contains(item[1]/name, '北')"),
        VALUES("", "contains(empty, '')"),
        VALUES("", "starts-with(item[1]/name, 'Mü')"),
        VALUES("", "substring(item[1]/name, 2, 3)"),
        VALUES("", "substring(item[1]/name, 8)"),
        VALUES("", "substring(item[1]/name, 0, 3)"),
        VALUES("", "substring(item[1]/name, 99)"),
        VALUES("", "substring-before(item[1]/price, '.')"),
        VALUES("", "substring-before(item[1]/price, 'x')"),
        VALUES("", "substring-after(item[1]/price, '.')"),
        VALUES("", "substring-after(item[1]/price, '')"),
        VALUES("", "normalize-space(item[2]/name)"),
    };
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        agree(sheets[i]);
    }
}

static void agrees_on_instructions(void **state) {
    (void)state;
    static const char *const sheets[] = {
        SHEET("<xsl:variable name='all' select='/page/item'/>",
              "<xsl:for-each select='$all'><i title='{@n}-{price} {{x}}'><xsl:value-of select='$all/name'/></i>"
              "</xsl:for-each><b><xsl:value-of select='$all/price[1]'/></b>"),
        SHEET("", "<xsl:for-each select='item'><xsl:variable name='dear' select='price[. &gt; 9]'/>"
                  "<xsl:variable name='n' select='@n'/>"
                  "<xsl:if test='$dear'><p><xsl:value-of select='$n'/>: <xsl:for-each select='$dear'>"
                  "<xsl:value-of select='.'/><br/></xsl:for-each><xsl:value-of select='count(../item)'/></p>"
                  "</xsl:if></xsl:for-each>"),
        SHEET("", "<xsl:for-each select='item'><xsl:variable name='word'>n<xsl:choose><xsl:when test='@n = 1'>one"
                  "</xsl:when><xsl:when test=\"@n = '2'\">&lt;two&gt;</xsl:when><xsl:otherwise>"
                  "<xsl:value-of select='@n'/></xsl:otherwise></xsl:choose></xsl:variable>"
                  "<p class='{$word}'><xsl:value-of select='$word'/><xsl:if test='$word'> yes</xsl:if></p>"
                  "</xsl:for-each>"),
        SHEET("<xsl:template name='show'><xsl:param name='what' select='@n'/><xsl:param name='how'>plain</xsl:param>"
              "<p class='{$how}'><xsl:value-of select='$what'/></p></xsl:template>",
              "<xsl:for-each select='item'><xsl:call-template name='show'/><xsl:call-template name='show'>"
              "<xsl:with-param name='what' select='price'/><xsl:with-param name='how'>dear <xsl:value-of "
              "select='name'/></xsl:with-param></xsl:call-template></xsl:for-each>"),
        SHEET("", "<xsl:variable name='none'/><p>[<xsl:value-of select='$none'/>]</p> tail &amp; <xsl:text> \n"
                  "</xsl:text><script>if (a &lt; b &amp;&amp; c) <xsl:value-of select='item/name'/></script>"
                  "<input name=' n ' disabled='disabled' value=''/><a name=' x &#233;' href=' y z'/><hr/>"
                  "<svg viewBox='0 0 1 1'><path d=''/></svg><td/><p title=\"it's &quot;so&quot;\" id='&quot;'/>"),
        "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>\n"
        "<xsl:output method='html' encoding='UTF-8' doctype-system='about:legacy-compat' indent='no'/>\n"
        "<xsl:template match='/'><html><head/><body><xsl:value-of select='page/@lang'/>"
        "<xsl:value-of select='string()'/></body></html></xsl:template></xsl:stylesheet>\n",
    };
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        agree(sheets[i]);
    }
}

/* ---- What is refused -------------------------------------------------------------------------------- */

static void refuse(const char *text, const char *words) {
    struct desk d = desk_new(1);
    assert_null(sheet_load(d.arena, write_sheet(&d, text), d.names, NULL, &d.problems));
    assert_true(d.problems.count > 0);
    if (!strstr(d.problems.items[0].text, words)) {
        fail_msg("\"%s\" does not say \"%s\"", d.problems.items[0].text, words);
    }
    assert_true(d.problems.items[0].line > 0);
    desk_free(&d);
}

static void refuses_what_is_outside(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"<html/>", "no XSLT stylesheet"},
        {"<html>", "html"},
        {SHEET("<xsl:key name='k' match='a' use='b'/>", ""), "xsl:key is not part of the subset"},
        {SHEET("<xsl:include href='../x.xsl'/>", ""), "same folder"},
        {SHEET("<xsl:output method='xml'/>", ""), "xsl:output is"},
        {SHEET("<xsl:template match='/page'/>", ""), "second template with match"},
        {SHEET("<xsl:template match='item' priority='1'/>", ""), "a name or a match"},
        {SHEET("<xsl:template name='a'/><xsl:template name='a'/>", ""), "second template \"a\""},
        {SHEET("<xsl:template name='a'><xsl:call-template name='b'/></xsl:template>"
               "<xsl:template name='b'><xsl:call-template name='a'/></xsl:template>",
               ""),
         "calls itself"},
        {SHEET("", "<xsl:call-template name='none'/>"), "no template is named \"none\""},
        {SHEET("<xsl:template name='a'/>", "<xsl:call-template name='a'><xsl:with-param name='x'/>"
                                           "</xsl:call-template>"),
         "has no param \"x\""},
        {SHEET("", "<xsl:copy-of select='.'/>"), "xsl:copy-of is not part of the subset"},
        {SHEET("", "<x:p xmlns:x='urn:x'/>"), "x:p is not part of the subset"},
        {SHEET("", "<xsl:value-of/>"), "without select"},
        {SHEET("", "<xsl:value-of select='.' disable-output-escaping='yes'/>"), "disable-output-escaping"},
        {SHEET("", "<xsl:for-each select='a'><xsl:sort/></xsl:for-each>"), "xsl:sort"},
        {SHEET("", "<xsl:for-each select='1'/>"), "no path"},
        {SHEET("", "<xsl:choose><xsl:otherwise/><xsl:when test='a'/></xsl:choose>"), "one xsl:otherwise at the end"},
        {SHEET("", "<xsl:variable name='a'><b/></xsl:variable>"), "only text stands here"},
        {SHEET("", "<xsl:variable name='a' select='a'/><xsl:variable name='a' select='a'/>"), "second variable"},
        {SHEET("", "<style><b/></style>"), "only text stands here"},
        {SHEET("", "<br>x</br>"), "no content in HTML"},
        {SHEET("", "<meta charset='UTF-8'/>"), "leave this meta out"},
        {SHEET("", "<p title='{a'/>"), "a { without its }"},
        {SHEET("", "<p title='a}'/>"), "a } without its {"},
        {VALUES("", "//a"), "\"//\" is not part"},
        {VALUES("", "a//b"), "ends before this"},
        {VALUES("", "a/../b"), "\"..\" is not part"},
        {VALUES("", "a | b"), "ends before this"},
        {VALUES("", "a + 1"), "ends before this"},
        {VALUES("", "preceding::a"), "\"preceding\" is not part"},
        {VALUES("", "format-number(a, '0')"), "stands in its tree"},
        {VALUES("", "position()"), "\"position\""},
        {VALUES("", "last()"), "last() stands in predicates"},
        {VALUES("", "count('a')"), "count() takes a path"},
        {VALUES("", "substring('abc', a)"), "whole numbers"},
        {VALUES("", "not()"), "an argument is missing"},
        {VALUES("", "not(a, b)"), "too many arguments"},
        {VALUES("", "1.5"), "numbers are whole"},
        {VALUES("", "$a"), "no variable of this name"},
        {VALUES("<xsl:variable name='a' select='1'/>", "$a/b"), "hold nodes"},
        {VALUES("", "a ="), "ends too early"},
        {VALUES("", "a["), "ends too early"},
        {VALUES("", "'a"), "\"'a\" is not part"},
        {VALUES("", ""), "ends too early"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        refuse(pairs[i][0], pairs[i][1]);
    }
}

static void tells_all_problems_with_their_lines(void **state) {
    (void)state;
    struct desk d = desk_new(1);
    const char *path = write_sheet(&d, SHEET("", "\n<xsl:copy/>\n<p title='{//a}'/>\n<xsl:if test='b|c'/>"));
    assert_null(sheet_load(d.arena, path, d.names, NULL, &d.problems));
    assert_int_equal(d.problems.count, 3);
    assert_int_equal(d.problems.items[0].line, 5);
    assert_int_equal(d.problems.items[1].line, 6);
    assert_int_equal(d.problems.items[2].line, 7);
    assert_string_equal(d.problems.items[0].file, path);
    desk_free(&d);
}

static void wants_the_tree_it_is_for(void **state) {
    (void)state;
    struct desk d = desk_new(1);
    const struct sheet *sheet = load(&d, write_sheet(&d, SHEET("", "")));
    struct buffer out = {0};
    const char *why = NULL;
    d.tree = tree_new(d.arena, d.names, "paper");
    assert_false(sheet_run(sheet, &d.tree, &out, &why));
    assert_non_null(strstr(why, "paper"));
    assert_int_equal(out.length, 0);
    buffer_free(&out);
    desk_free(&d);
}

static int make_folder(void **state) {
    (void)state;
    xml_start();
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    char path[sizeof folder + 16];
    (void)snprintf(path, sizeof path, "%s/sheet.xsl", folder);
    return unlink(path) || rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_what_libxslt_writes),
        cmocka_unit_test(agrees_on_expressions),
        cmocka_unit_test(agrees_on_instructions),
        cmocka_unit_test(refuses_what_is_outside),
        cmocka_unit_test(tells_all_problems_with_their_lines),
        cmocka_unit_test(wants_the_tree_it_is_for),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
