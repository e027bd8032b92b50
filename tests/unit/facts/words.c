/* Each word of maps alone: a tiny map, a tiny document, the facts that come of it. */
#include "facts/harness.h"

struct row {
    const char *name, *map, *codes, *document, *expected;
    size_t unreadable, unread;
};

#define INVOICE(words, children) MAP_HEAD words "><r to='/invoice'>" children "</r></m:map>"

static const struct row rows[] = {
    {"to", INVOICE("", "<a to='number'/>"), NULL, "<r><a> x  1 </a></r>", "invoice{number=x 1;}", 0, 0},
    {"to a path", INVOICE("", "<a to='seller/address/city'/><b to='seller/name'/>"), NULL, "<r><b>N</b><a>C</a></r>",
     "invoice{seller{name=N;address{city=C;};};}", 0, 0},
    {"to absolute enters what is open",
     MAP_HEAD
     "><r to='/invoice'><l to='line'><a to='@n'/><b to='/invoice/line/code'/><c to='/event/at'/></l></r></m:map>",
     NULL, "<r><l><a>7</a><b>11</b><c>2024-01-02</c></l></r>", "invoice{line{code=11;};}event{at=2024-01-02;}", 0, 0},
    {"order of the map is the preference", INVOICE("", "<a to='number'/><b to='number'/>"), NULL,
     "<r><b>2</b><a>1</a></r>", "invoice{number=1;}", 0, 0},
    {"second value", INVOICE("", "<a to='number'/>"), NULL, "<r><a>1</a><a>2</a></r>", "invoice{number=1;}", 0, 1},
    {"unreadable: the next source", INVOICE("", "<a to='issueDate'/><b to='issueDate'/>"), NULL,
     "<r><a>soon</a><b>2024-02-29</b></r>", "invoice{issueDate=2024-02-29;}", 1, 0},
    {"unreadable: stays so", INVOICE("", "<a to='issueDate'/><b to='number'/>"), NULL,
     "<r><a>2023-02-29</a><b>1</b></r>", "invoice{number=1;issueDate?=2023-02-29;}", 1, 0},
    {"when",
     INVOICE("", "<a when='k=1|2 !../x' to='number'><k ignore='key'/><v to='number'/></a>"
                 "<a when='k=b*'><v to='contract'/></a>"),
     NULL, "<r><a><k>2</k></a><a><k>bx</k><v>C</v></a></r>", "invoice{contract=C;}", 0, 0},
    {"no alternative fits", INVOICE("", "<a when='@t=1' to='number'/>"), NULL, "<r><a t='2'>1</a></r>", "", 0, 1},
    {"a value of a form", INVOICE("", "<a when='.~mrn' to='number'/><a to='contract'/>"), NULL,
     "<r><a>LRN-1</a><a>26DE586600006143A2</a></r>", "invoice{number=26DE586600006143A2;contract=LRN-1;}", 0, 0},
    {"equal texts of two paths",
     INVOICE("", "<a when='b==c' to='number' from='b'><b ignore='key'/><c ignore='key'/></a>"
                 "<a when='!b==c' to='contract' from='b'><b ignore='key'/><c ignore='key'/></a>"),
     NULL, "<r><a><b>1</b><c> 1 </c></a><a><b>2</b></a></r>", "invoice{number=1;contract=2;}", 0, 0},
    {"a value with blanks", INVOICE("", "<a when=\".='a b|c d*'\" to='number'/><a to='contract'/>"), NULL,
     "<r><a>c de</a><a>a</a></r>", "invoice{number=c de;contract=a;}", 0, 0},
    {"negated equality", INVOICE("", "<a when='!.=0' to='number'/><a ignore='zero'/>"), NULL, "<r><a>0</a><a>5</a></r>",
     "invoice{number=5;}", 0, 0},
    {"from, with a default",
     INVOICE("", "<a to='charge'><m:fact to='reason' from=\"x y 'none'\"/><v to='amount'/></a>"), NULL,
     "<r><a><v>1</v></a><a><v>2</v><y>Y</y></a></r>",
     "invoice{charge{amount=1;reason=none;};charge{amount=2;reason=Y;};}", 0, 0},
    {"from an anchor", INVOICE("", "<h ignore='head'/><a to='line'><m:fact to='code' from='/r/h/c[1-2]'/></a>"), NULL,
     "<r><a><q/></a><h><c>8471</c></h></r>", "invoice{line{code=84;};}", 0, 1},
    {"from the position", INVOICE("", "<a to='line'><m:fact to='code' from='#'/></a><b ignore='other'/>"), NULL,
     "<r><a/><b/><a/></r>", "invoice{line{code=1;};line{code=2;};}", 0, 0},
    {"plus days",
     INVOICE("zone='Z'", "<a to='issueDate' plus='../d'/><b to='dueDate' plus='../e'/><c to='issuedAt' plus=\"'1'\"/>"
                         "<d ignore='days'/>"),
     NULL, "<r><a>2024-02-28</a><d>366</d><b>2024-01-01</b><c>2023-12-31T23:59:59Z</c></r>",
     "invoice{issueDate=2025-02-28;issuedAt=2024-01-01T23:59:59Z;}", 0, 0},
    {"plus what is no number of days", INVOICE("", "<a to='issueDate' plus='@d'/><b to='number'/>"), NULL,
     "<r><a d='-1'>2024-02-28</a><b>1</b></r>", "invoice{number=1;issueDate?=2024-02-28;}", 1, 0},
    {"a sum: nothing of another currency", INVOICE("unit='@c'", "<a to='payable' join='+'/>"), NULL,
     "<r><a c='EUR'>0</a><a c='USD'>5</a><a c='GBP'>0.0</a></r>", "invoice{payable=5.0{@currency=USD;};}", 0, 0},
    {"unit",
     INVOICE("unit='@c'", "<a to='payable'/><b to='total' unit=\"../k 'EUR'\"/><c to='prepaid' unit=\"'USD'\"/>"), NULL,
     "<r><a c='GBP'>1.50</a><b>2</b><c>3</c></r>",
     "invoice{total=2{@currency=EUR;};prepaid=3{@currency=USD;};payable=1.50{@currency=GBP;};}", 0, 0},
    {"mass in other units",
     MAP_HEAD "><r to='/packingList'><a to='grossMass' unit='@u'/><b to='netMass' unit='@u'/></r></m:map>", NULL,
     "<r><a u='TNE'>1.25</a><b u='MTR'>1</b></r>", "packingList{grossMass=1250{@unit=KGM;@orig=1.25 TNE;};netMass?=1;}",
     1, 0},
    {"form: dates", INVOICE("zone='Z'", "<a to='issueDate' form='YYMMDD M/D/YYYY'/><b to='issuedAt' form='@f'/>"), NULL,
     "<r><a>3/4/2024</a><b f='203'>202401020304</b></r>",
     "invoice{issueDate=2024-03-04;issuedAt=2024-01-02T03:04:00Z;}", 0, 0},
    {"form: two readings", INVOICE("", "<a to='issueDate' form='M/D/YYYY D/M/YYYY'/>"), NULL, "<r><a>3/4/2024</a></r>",
     "invoice{issueDate=2024-03-04{@ambiguous=2024-04-03;};}", 0, 0},
    {"form: the attribute is missing", INVOICE("", "<a to='issuedAt' form='@f'/><b to='number'/>"), NULL,
     "<r><a>20240102</a><b>1</b></r>", "invoice{number=1;issuedAt?=20240102;}", 1, 0},
    {"form: comma and grouped",
     INVOICE("", "<a to='total' form='comma'/><b to='payable' form='grouped'/><c to='prepaid'/>"), NULL,
     "<r><a>1234,5</a><b>1,234,567.80</b><c>1e3</c></r>", "invoice{total=1234.5;prepaid?=1e3;payable=1234567.80;}", 1,
     0},
    {"zone", INVOICE("zone='+08:00'", "<a to='issuedAt'/>"), NULL, "<r><a>2024-01-02T03:04:05.9</a></r>",
     "invoice{issuedAt=2024-01-02T03:04:05+08:00;}", 0, 0},
    {"zone of an office", INVOICE("zone='office'", "<a to='issuedAt'/>"), NULL, "<r><a>2024-01-02T03:04</a></r>",
     "invoice{issuedAt=2024-01-02T03:04:00{@zone=assumed;};}", 0, 0},
    {"times", INVOICE("", "<a to='total' times='-1'/><b to='payable' times='100'/>"), NULL,
     "<r><a>-2.50</a><b>0.05</b></r>", "invoice{total=2.50;payable=5.00;}", 0, 0},
    {"codes", INVOICE("", "<a to='charge'><t to='type' codes='K'/></a>"),
     "list,orig,code,from,to,note\nK,FC,freight,,,\nK,XX,,,,\nK,*,other,,,\n",
     "<r><a><t>FC</t></a><a><t>XX</t></a><a><t>?</t></a></r>",
     "invoice{charge{type=freight{@orig=FC;};};charge{type=other{@orig=?;};};}", 0, 0},
    {"the fact's own list", INVOICE("", "<a to='seller/address/country'/>"),
     "list,orig,code,from,to,note\nISO3166,DEU,DE,,,\n", "<r><a>DEU</a></r>",
     "invoice{seller{address{country=DE{@orig=DEU;};};};}", 0, 0},
    {"closed list", INVOICE("", "<a to='charge'><t to='type'/><v to='amount'/></a>"), NULL,
     "<r><a><t>tips</t><v>1</v></a></r>", "invoice{charge{type?=tips;amount=1;};}", 1, 0},
    {"set", INVOICE("", "<a to='seller/id' set='@scheme=VAT'/><b to='charge' set='type=freight'><v to='amount'/></b>"),
     NULL, "<r><a>1</a><b/><b><v>2</v></b></r>", "invoice{seller{id=1{@scheme=VAT;};};charge{type=freight;amount=2;};}",
     0, 0},
    {"split and part",
     INVOICE("", "<a to='seller/name' split='\\n' part='1'><m:fact to='seller/address/line' "
                 "split='\\n' part='2-'/></a><b to='remark' split=','/><c to='number' part='-2'/>"),
     NULL, "<r><a>\nN\n\n L1\nL2\n</a><b>x,,y</b><c>abcd</c></r>",
     "invoice{number=cd;remark=x;remark=y;seller{name=N;address{line=L1;line=L2;};};}", 0, 0},
    {"all but the last piece; characters up to the last but one",
     INVOICE("", "<a to='seller/address/line' split='\\n' part='2--2'/><b to='number' part='2--2'/>"), NULL,
     "<r><a>N\nL1\nL2\nX</a><b>abcd</b></r>", "invoice{number=bc;seller{address{line=L1;line=L2;};};}", 0, 0},
    {"pieces that begin with a sign at the start of a line", INVOICE("", "<a to='remark' split='\\n+'/>"), NULL,
     "<r><a>+one\nand C+F\n+two</a><a>no sign</a></r>", "invoice{remark=one and C+F;remark=two;remark=no sign;}", 0, 0},
    {"join", INVOICE("", "<a to='number' join=''/><b to='number' join='/'/>"), NULL, "<r><b>2</b><a>1</a></r>",
     "invoice{number=1/2;}", 0, 0},
    {"join of date and time", INVOICE("zone='Z'", "<a to='issuedAt' join='T'/><b to='issuedAt' join='T'/>"), NULL,
     "<r><a>2024-01-02</a><b>10:20:30</b></r>", "invoice{issuedAt=2024-01-02T10:20:30Z;}", 0, 0},
    {"join by sum", INVOICE("unit='@c'", "<a to='total' join='+'/><b to='total' join='+'/>"), NULL,
     "<r><b c='EUR'>0.1</b><a c='EUR'>0.20</a></r>", "invoice{total=0.30{@currency=EUR;};}", 0, 0},
    {"sum of two currencies", INVOICE("unit='@c'", "<a to='total' join='+'/>"), NULL,
     "<r><a c='EUR'>1</a><a c='USD'>1</a></r>", "invoice{total?=1;}", 1, 0},
    {"absent", INVOICE("absent='none|nil'", "<a to='number' absent='0'/><b to='contract'/>"), NULL,
     "<r><a>0</a><b>nil</b></r>", "", 0, 0},
    {"null", INVOICE("null='null'", "<a to='number'/>"), NULL, "<r><a><null/></a></r>", "", 0, 0},
    {"names in any case", INVOICE("names='nocase'", "<Ab to='number'/>"), NULL, "<R><aB>1</aB></R>",
     "invoice{number=1;}", 0, 0},
    {"alias", INVOICE("", "<a to='number' alias='b c'/>"), NULL, "<r><c>1</c></r>", "invoice{number=1;}", 0, 0},
    {"use: the entry's own first",
     MAP_HEAD "><r to='/invoice'><s to='seller' use='p'><n to='contact'/></s><b to='buyer' use='p'/></r>"
              "<m:block name='p'><n to='name'/><i to='id'/></m:block></m:map>",
     NULL, "<r><s><n>S</n><i>1</i></s><b><n>B</n></b></r>", "invoice{seller{id=1;contact=S;};buyer{name=B;};}", 0, 0},
    {"use: a block that goes on in another",
     MAP_HEAD "><r to='/invoice' use='p'/><m:block name='p' use='q'><n to='number'/></m:block>"
              "<m:block name='q'><n to='contract'/><i to='remark'/></m:block></m:map>",
     NULL, "<r><n>N</n><i>1</i></r>", "invoice{number=N;remark=1;}", 0, 0},
    {"use: a block that uses itself",
     MAP_HEAD "><r to='/invoice' use='p'/><m:block name='p'><q use='p'/><n to='remark'/></m:block></m:map>", NULL,
     "<r><q><q><n>1</n></q><n>2</n></q></r>", "invoice{remark=1;remark=2;}", 0, 0},
    {"same",
     MAP_HEAD
     "xmlns='urn:x' unit='@unit @currency'><licence to='/licence' same='yes'><x to='number'/></licence></m:map>",
     NULL,
     "<licence xmlns='urn:x'><x>N</x><line n='1'><code>84</code><quantity unit='KGM'>2</quantity></line><foo/>"
     "<y xmlns='urn:y'/></licence>",
     "licence{number=N;line{code=84;quantity=2{@unit=KGM;};};}", 0, 2},
    {"ignore",
     INVOICE("", "<a ignore='no'><m:fact to='copy' from=\"'true'\"/></a><m:ignore names='b c' why='no'/>"
                 "<d to='number'/>"),
     NULL, "<r><a><z/></a><b/><c><z/></c><d>1</d></r>", "invoice{number=1;copy=true;}", 0, 0},
    {"at",
     MAP_HEAD
     "><r to='/declaration'><i to='goodsItem'><n to='@n'/><c to='commodity/code'/></i>"
     "<p at='declaration/goodsItem[@n=k]' to='previousDocument'><m:fact to='number' from='v'/></p></r></m:map>",
     NULL, "<r><p><k>2</k><v>B</v></p><i><n>1</n><c>11</c></i><i><n>2</n><c>22</c></i><p><k>9</k><v>X</v></p></r>",
     "declaration{previousDocument{number=X;};goodsItem{commodity{code=11;};};"
     "goodsItem{commodity{code=22;};previousDocument{number=B;};};}",
     1, 0},
    {"key",
     MAP_HEAD "><r to='/declaration'><e to='equipment' key='id'><i to='id'/><p to='packages' join='+'/><g to='item'/>"
              "</e></r></m:map>",
     NULL, "<r><e><i>A</i><p>1</p><g>1</g></e><e><i>B</i><p>5</p></e><e><i>A</i><p>2</p><g>2</g></e></r>",
     "declaration{equipment{id=A;packages=3;item=1;item=2;};equipment{id=B;packages=5;};}", 0, 0},
    {"m:attr", INVOICE("", "<a to='seller/id'><m:attr name='s' to='@scheme'/><m:attr name='n' to='number'/></a>"), NULL,
     "<r><a s='VAT' n='7'>1</a></r>", "invoice{number=7;seller{id=1{@scheme=VAT;};};}", 0, 0},
    {"attributes of a fact without value", MAP_HEAD "><r to='/declaration'><a to='freight/@percent'/></r></m:map>",
     NULL, "<r><a>1.5</a></r>", "declaration{freight{@percent=1.5;};}", 0, 0},
    {"m:namespace",
     MAP_HEAD "xmlns='urn:a'><m:namespace uri='urn:a' also='urn:b none'/><r to='/invoice'><a to='number'/></r></m:map>",
     NULL, "<r><a xmlns='urn:b'>1</a></r>", "invoice{number=1;}", 0, 0},
    {"known by a key path", INVOICE("", "<a to='total' unit='../c'/>"), NULL, "<r><a>1</a><c>EUR</c><d/></r>",
     "invoice{total=1{@currency=EUR;};}", 0, 1},
    {"known though its condition failed", INVOICE("", "<m:fact to='number' when='k=1' from='g/v'/><k ignore='key'/>"),
     NULL, "<r><k>2</k><g><v>1</v><w/></g></r>", "", 0, 1},
};

/* True where the row came out as expected; what did not is printed. */
static bool check_row(const struct row *row) {
    struct harness h;
    start(&h);
    load_maps(&h, row->map, row->codes, NULL);
    bool good = h.problems.count == 0;
    if (!good) {
        print_error("%s: refused\n", row->name);
        problems_print(&h.problems, stderr);
    } else {
        read_bytes(&h, row->document, strlen(row->document));
        char *facts = shortly(&h);
        size_t unreadable = count_findings(&h, "X-004");
        good = h.matched && strcmp(facts, row->expected) == 0 && unreadable == row->unreadable &&
               h.document.unread == row->unread && count_findings(&h, "X-005") == (row->unread > 0);
        if (!good) {
            print_error("%s: %zu X-004, %u unread\n  %s\nexpected\n  %s\n", row->name, unreadable, h.document.unread,
                        facts, row->expected);
        }
        free(facts);
    }
    finish(&h);
    return good;
}

static void each_word(void **state) {
    (void)state;
    size_t bad = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bad += !check_row(&rows[i]);
    }
    assert_int_equal(bad, 0);
}

static void document_and_row(void **state) {
    (void)state;
    struct harness h;
    start(&h);
    load_maps(&h,
              MAP_HEAD "><e><v to='/document/version' join='/'/><w to='/document/version' join='/'/>"
                       "<i document='invoice' to='/invoice'><n to='number'/><d to='issuedAt'/></i></e></m:map>",
              NULL, NULL);
    const char text[] = "<e><w>2</w><v>1</v><i><n>7</n><d>2024-01-02T00:00:00Z</d></i></e>";
    read_bytes(&h, text, strlen(text));
    assert_string_equal(h.document.kind, "invoice");
    assert_string_equal(h.document.version, "1/2");
    assert_true(fact_is(h.document.row, "number", "7"));
    assert_true(fact_is(h.document.row, "issueDate", "2024-01-02"));
    assert_true(fact_is(h.document.row, "unread", "0"));
    assert_true(fact_is(h.c.dossier.root, "invoice/@doc", "d1"));
    finish(&h);
}

static void layers(void **state) {
    (void)state;
    struct harness h;
    start(&h);
    load_maps(
        &h,
        MAP_HEAD "unit='@c'><r to='/invoice'><a to='number'/><b to='total' use='k'/></r>"
                 "<m:block name='k'><x ignore='no'/></m:block></m:map>",
        "list,orig,code,from,to,note\nISO4217,DM,DEM,,,\n",
        "<m:map xmlns:m='urn:tidewaiter:map:1' dialect='u' base='t'><r when='@v=2'><b times='100'/><n to='remark'/></r>"
        "<m:block name='k'><y ignore='no'/></m:block></m:map>");
    assert_int_equal(h.problems.count, 0);
    const char text[] = "<r v='2'><a>1</a><b c='DM'>0.5<x/><y/></b><n>N</n></r>";
    read_bytes(&h, text, strlen(text));
    assert_string_equal(h.document.dialect, "u");
    char *facts = shortly(&h);
    assert_string_equal(facts, "invoice{number=1;remark=N;total=50.0{@currency=DEM;};}");
    free(facts);
    assert_int_equal(h.document.unread, 0);
    assert_string_equal(dialect_base(dialect_named(h.dialects, "u")), "t");
    const struct definition *root = vocabulary_root(h.vocabulary);
    const struct dialect *base = dialect_named(h.dialects, "t");
    assert_true(dialect_can_say(base, definition_at(root, "invoice/number")));
    assert_false(dialect_can_say(base, definition_at(root, "invoice/remark")));
    finish(&h);
}

static void places(void **state) {
    (void)state;
    struct harness h;
    start(&h);
    load_maps(&h, INVOICE("", "<a to='seller/address/line' split='\\n'/><b to='issueDate'/>"), NULL, NULL);
    const char text[] = "<r>\n <a>one\n two</a>\n <b>never</b>\n</r>";
    read_bytes(&h, text, strlen(text));
    const struct fact *line = fact_at(h.c.dossier.root, "invoice/seller/address/line");
    assert_int_equal(fact_line(line), 2);
    assert_int_equal(fact_line(line->next_same), 3);
    assert_string_equal(fact_xpath(h.c.arena, line), "/r/a[1]");
    assert_int_equal(h.c.findings.count, 1);
    const struct finding *finding = &h.c.findings.items[0];
    assert_string_equal(finding->rule, "X-004");
    assert_int_equal(finding->subject.line, 4);
    assert_string_equal(finding->subject.path, "invoice/issueDate");
    assert_string_equal(finding->observed, "never");
    finish(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_word),
        cmocka_unit_test(document_and_row),
        cmocka_unit_test(layers),
        cmocka_unit_test(places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
