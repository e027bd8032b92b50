/* Trees as XML: with sources, plainly, escaped. */
#include "tree/print.h"

#include "base/arena.h"
#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *first_document(const struct document *document) {
    (void)document;
    return "d1";
}

static void prints(const struct fact *root, const struct print_options *options, const char *expected) {
    struct buffer buffer = {0};
    tree_print(&buffer, root, options);
    assert_string_equal(buffer.bytes, expected);
    buffer_free(&buffer);
}

static void sources_and_lists(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct tree tree = tree_new(arena, NULL, "dossier");
    const struct element first = {.line = 42, .name = "a"};
    const struct element second = {.line = 44, .name = "b"};
    const struct origin more = {.element = &second};
    const struct origin joined = {.element = &first, .more = &more};
    const struct origin derived = {.derived = "presentationOffice"};
    struct fact *declaration = tree_add(&tree, tree.root, "declaration", NULL);
    struct fact *code = tree_add(&tree, declaration, "code", "84714100");
    code->origin = &joined;
    tree_add(&tree, code, "@list", "HS");
    struct fact *office = tree_add(&tree, declaration, "office", "GB1");
    office->origin = &derived;
    struct fact *day = tree_add(&tree, declaration, "day", "soon");
    day->origin = &more;
    day->state = FACT_UNREADABLE;
    tree_add(&tree, declaration, "other", "x")->hidden = 1;
    prints(tree.root, &(struct print_options){.document_id = first_document, .indented = true},
           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<dossier>\n"
           "  <declaration>\n"
           "    <code list=\"HS\" src=\"d1:42 d1:44\">84714100</code>\n"
           "    <office derivedFrom=\"presentationOffice\">GB1</office>\n"
           "    <day src=\"d1:44\" state=\"unreadable\">soon</day>\n"
           "  </declaration>\n"
           "</dossier>\n");
    prints(tree.root, &(struct print_options){.ns = "urn:x", .hidden = true},
           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<dossier xmlns=\"urn:x\">\n"
           "<declaration>\n"
           "<code list=\"HS\">84714100</code>\n"
           "<office>GB1</office>\n"
           "<day>soon</day>\n"
           "<other hidden=\"true\">x</other>\n"
           "</declaration>\n"
           "</dossier>\n");
    arena_free(arena);
}

static void everything_is_escaped(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct tree tree = tree_new(arena, NULL, "a");
    tree_add(&tree, tree.root, "@b", "<\"&\n>");
    tree_add(&tree, tree.root, "c", "x<y&z\r\x01\xC3\x28\xED\xA0\x80\xC3\xBC");
    tree_add(&tree, tree.root, "d", "");
    prints(tree.root, &(struct print_options){0},
           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<a b=\"&lt;&quot;&amp;&#xA;>\">\n"
           "<c>x&lt;y&amp;z&#xD;\xEF\xBF\xBD\xEF\xBF\xBD(\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xC3\xBC</c>\n"
           "<d/>\n"
           "</a>\n");
    prints(tree_new(arena, NULL, "empty").root, &(struct print_options){0},
           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<empty/>\n");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sources_and_lists),
        cmocka_unit_test(everything_is_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
