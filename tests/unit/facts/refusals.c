/* What a map is refused for: every message, with its line. */
#include "facts/harness.h"

#define HEAD MAP_HEAD ">\n"
#define INVOICE(children) HEAD "<r to='/invoice'>\n" children "</r></m:map>"
#define TEN "<a when='@x=1' ignore='n'/>"

struct row {
    const char *map, *codes;
    unsigned line;
    const char *text;
};

static const struct row rows[] = {
    {INVOICE("<a too='number'/>"), NULL, 3,
     "\"too\" is not a word of maps; words: absent alias at codes document form from ignore join key part plus same "
     "set "
     "split "
     "times to unit use when"},
    {INVOICE("<a to='nummer'/>"), NULL, 3, "to=\"nummer\": invoice has no fact \"nummer\"; nearest: number"},
    {INVOICE("<a/>"), NULL, 3, "/r/a yields nothing: give it to= or ignore="},
    {INVOICE("<a to='number' ignore='x'/>"), NULL, 3, "a has both to= and ignore="},
    {INVOICE("<m:group/>"), NULL, 3, "no element m:group here; elements: map namespace block attr fact ignore"},
    {INVOICE("<a to='number' when='q:b=1'/>"), NULL, 3, "prefix \"q\" is not declared"},
    {INVOICE("<a use='nobody'/>"), NULL, 3, "no block \"nobody\""},
    {INVOICE("<a to='currency' codes='Cur'/>"), "list,orig,code,from,to,note\n", 3, NULL},
    {HEAD "<r to='/settlement' set='method=cash'><a to='number'/></r></m:map>", NULL, 2,
     "set=\"method=cash\": not one of lc-sight, lc-usance, dp, da, tt-advance, tt-after, open-account, consignment"},
    {INVOICE("<a to='number'/>\n<a when='@b=1' to='contract'/>"), NULL, 4,
     "never reached: the entry at line 3 takes every a"},
    {INVOICE("<a to='issueDate' form='comma'/>"), NULL, 3, "form=\"comma\" on a date"},
    {INVOICE("<a to='number' unit='@u'/>"), NULL, 3, "unit=\"@u\" on an identifier"},
    {INVOICE("<a to='number' join='+'/>"), NULL, 3, "join=\"+\" on an identifier"},
    {INVOICE("<a to='seller' part='1'><b to='name'/></a>"), NULL, 3, "part=\"1\" on a group"},
    {INVOICE("<a at='goodsItem' to='number'/>"), NULL, 3, "at=\"goodsItem\": write GROUP[KEY=PATH]"},
    {INVOICE("<a at='event[nope=b]' to='type'/>"), NULL, 3,
     "at=\"event[nope=b]\": event is no group with a fact \"nope\""},
    {INVOICE("<a to='seller' key='id'><b to='name'/></a>"), NULL, 3,
     "key=\"id\": name a fact of the repeated group that to= opens"},
    {INVOICE("<a to='number' from='b//c'/>"), NULL, 3,
     "from=\"b//c\": \"b//c\" is no PATH: write child/child, @attribute, ., #, ../sibling, /Name/…"},
    {INVOICE("<a to='number' when='b[c]'/>"), NULL, 3,
     "when=\"b[c]\": \"b[c]\" is no PATH: write child/child, @attribute, ., #, ../sibling, /Name/…"},
    {INVOICE("<a to='issueDate' form='YYYY-MM'/>"), NULL, 3,
     "form=\"YYYY-MM\": write 102, 203, 204, 205, 304, iso, a pattern of YYYY YY MM DD M D hh mm ss ff z, comma, "
     "grouped, "
     "or the attribute that says it"},
    {INVOICE("<a to='number' plus='d'/>"), NULL, 3, "plus=\"d\" on an identifier"},
    {INVOICE("<a to='number' from='#/b'/>"), NULL, 3,
     "from=\"#/b\": \"#/b\" is no PATH: write child/child, @attribute, ., #, ../sibling, /Name/…"},
    {INVOICE("<a to='number' part='2-1'/>"), NULL, 3, "part=\"2-1\": write 2, 1-3, 2-, 2--2 or -1"},
    {INVOICE("<a to='total' times='x'/>"), NULL, 3, "times=\"x\" is no decimal"},
    {INVOICE("<a to='number'/>"), "list,orig,code,from,to,note\nK,1,2,,,\n", 2, "list \"K\" is never used"},
    {INVOICE("<a to='number'/>"), "list,orig,code\n", 1, "no column from; columns: list,orig,code,from,to,note"},
    {INVOICE("<a to='profile' codes='K'/>"), "list,orig,code,from,to,note\nK,1,2,,,\nK,1,3,,,\n", 3,
     "K,1 stands twice for one period; also in line 2"},
    {INVOICE("<c to='charge'><a to='type' codes='K'/></c>"), "list,orig,code,from,to,note\nK,1,gift,,,\n", 3, NULL},
    {HEAD "<r to='/invoice'><a to='number'/></r>\n<m:block name='x'><b ignore='n'/></m:block></m:map>", NULL, 3,
     "block \"x\" is never used"},
    {HEAD "<r document='declaration' to='/declaration'><a to='lrn'/></r></m:map>", NULL, 2,
     "no entry yields declaration/office"},
    {INVOICE(TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN), NULL, 3,
     "17 alternatives for \"a\" (limit 16)"},
    {MAP_HEAD ">\n<r to='/invoice' use='p'/><m:block name='p' use='q'><a to='number'/></m:block>\n"
              "<m:block name='q' use='p'><b to='contract'/></m:block></m:map>",
     NULL, 2, "use=\"q\" comes back to block \"p\""},
    {INVOICE("<a to='number' when='.~mnr'/>"), NULL, 3,
     "when=\".~mnr\": \"mnr\" is no form; forms: mrn iso6346 imo eori gln lei locode uscc"},
    {INVOICE("<a to='number' when='b=='/>"), NULL, 3,
     "when=\"b==\": \"\" is no PATH: write child/child, @attribute, ., #, ../sibling, /Name/…"},
    {INVOICE("<a to='number' when='b c d e f g h i j'/>"), NULL, 3, "when= has more than 8 conditions"},
    {MAP_HEAD "base='nobody'><r to='/invoice'><a to='number'/></r></m:map>", NULL, 1, "no base \"nobody\""},
    {MAP_HEAD "reader='fax'><r to='/invoice'><a to='number'/></r></m:map>", NULL, 1,
     "no reader \"fax\"; readers: xml mt"},
    {MAP_HEAD "names='any'><r to='/invoice'><a to='number'/></r></m:map>", NULL, 1, "names=\"any\": write nocase"},
    {MAP_HEAD "zone='CET'><r to='/invoice'><a to='number'/></r></m:map>", NULL, 1,
     "zone=\"CET\": write +hh:mm, Z or office"},
    {INVOICE("<m:ignore names='a'/>"), NULL, 3, "m:ignore needs names= and why="},
    {INVOICE("<m:fact to='number'><a ignore='x'/></m:fact>"), NULL, 3,
     "a stands in m:fact, which holds m:fact and m:attr only"},
    {"<map/>", NULL, 1, "no map: the root is {urn:tidewaiter:map:1}map"},
};

static bool has_problem(const struct harness *h, unsigned line, const char *text) {
    for (size_t i = 0; i < h->problems.count; i++) {
        const struct problem *problem = &h->problems.items[i];
        if (problem->line == line && (!text || strcmp(problem->text, text) == 0)) {
            return true;
        }
    }
    return false;
}

static void each_refusal(void **state) {
    (void)state;
    size_t bad = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct harness h;
        start(&h);
        load_maps(&h, rows[i].map, rows[i].codes, NULL);
        if (!has_problem(&h, rows[i].line, rows[i].text)) {
            print_error("not said at line %u: %s; but:\n", rows[i].line, rows[i].text ? rows[i].text : "something");
            problems_print(&h.problems, stderr);
            bad++;
        }
        finish(&h);
    }
    assert_int_equal(bad, 0);
}

static void all_are_told_at_once(void **state) {
    (void)state;
    struct harness h;
    start(&h);
    load_maps(&h, INVOICE("<a to='nummer'/>\n<b/>\n<c too='x' ignore='n'/>"), NULL, NULL);
    assert_int_equal(h.problems.count, 3);
    assert_non_null(strstr(h.problems.items[0].file, "t.map.xml"));
    finish(&h);
}

static void blocks_are_checked_in_every_group(void **state) {
    (void)state;
    struct harness h;
    start(&h);
    load_maps(&h,
              HEAD "<r to='/invoice'><a to='seller' use='p'/><b to='line' use='p'/></r>\n"
                   "<m:block name='p'>\n<n to='name'/></m:block></m:map>",
              NULL, NULL);
    assert_int_equal(h.problems.count, 1);
    assert_true(has_problem(&h, 4, "to=\"name\": invoice/line has no fact \"name\""));
    finish(&h);
}

static void two_maps_of_one_root(void **state) {
    (void)state;
    struct harness h;
    start(&h);
    load_maps(&h, INVOICE("<a to='number'/>"), NULL,
              "<m:map xmlns:m='urn:tidewaiter:map:1' dialect='u'>\n<r to='/invoice'><a to='number'/></r></m:map>");
    assert_true(has_problem(&h, 2, "{}r is also a root of t (line 2); tell them apart with when="));
    finish(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_refusal),
        cmocka_unit_test(all_are_told_at_once),
        cmocka_unit_test(blocks_are_checked_in_every_group),
        cmocka_unit_test(two_maps_of_one_root),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
