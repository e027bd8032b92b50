#!/usr/bin/env python3
"""The catalogue of rules: as pages, in `explain`, and a user's pack that is checked with its examples."""
import html.parser
import os

from tap import done, ok, read, run, same, work_folder, write

FOLDER = work_folder()
PAGES = ['index.html'] + [f'point-{point}.html' for point in range(1, 8)]
PACK = '''<schema xmlns="http://purl.oclc.org/dsdl/schematron" xmlns:tw="urn:tidewaiter:rules:1" queryBinding="tidewaiter"
  tw:point="2"><title>House rules</title><ns prefix="tw" uri="urn:tidewaiter:rules:1"/>
<phase id="release"><active pattern="ACME-2"/></phase>
<pattern id="ACME-2"><title>No package above 30 kg</title><rule context="/dossier/declaration/goodsItem">
<let name="kilos" value="tw:div(grossMass, tw:sum(packaging/count), '2')"/>
<assert id="ACME-2.hold" role="error" test="$kilos &lt;= 30" subject="packaging/count"><value-of select="$kilos"/> kg in each
package.</assert></rule></pattern></schema>'''
INDEX = '''<pack xmlns="urn:tidewaiter:rules:1" id="acme"><file href="acme.sch" point="2"/><examples href="examples"/></pack>'''
EXAMPLES = '''<examples xmlns="urn:tidewaiter:rules:1" rule="ACME-2">
<example verdict="pass"><set path="declaration/goodsItem/grossMass">300</set>
<set path="declaration/goodsItem/packaging/count">10</set></example>
<example verdict="fail"><set path="declaration/goodsItem/grossMass">301</set>
<set path="declaration/goodsItem/packaging/count">{count}</set>{more}</example></examples>'''


class Page(html.parser.HTMLParser):
    """The ids of a page, its links and its text."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.words = [], [], []
        self.feed(text)
        self.text = ' '.join(' '.join(self.words).split())

    def handle_starttag(self, tag, attributes):
        self.ids += [value for name, value in attributes if name == 'id']
        self.links += [value for name, value in attributes if name == 'href']

    def handle_data(self, data):
        self.words.append(data)


def pages():
    folder = os.path.join(FOLDER, 'catalogue')
    code, text, errors = run('rules', '--html', folder, '--lang', 'en,zh')
    ok(code == 0 and not errors, 'rules --html', f'{code}\n{text}\n{errors}')
    names = PAGES + [name.replace('.html', '.zh.html') for name in PAGES]
    same(sorted(os.listdir(folder)), sorted(names), 'an index and a page per point, in both languages')
    made = {name: Page(read(folder, name).decode()) for name in names}
    for name, page in made.items():
        same(len(page.ids), len(set(page.ids)), f'{name}: every id once')
        lost = [link for link in page.links if link.partition('#')[0] not in ('', *names) or link.partition('#')[2] and
                link.partition('#')[2] not in made[link.partition('#')[0] or name].ids]
        same(lost, [], f'{name}: every link has a target')
    code, text, errors = run('rules')
    rules = [line.split()[0] for line in text.splitlines() if ' tier ' in line]
    listed = [link.partition('#')[2] for link in made['index.html'].links if '#' in link and link != '#main']
    same(listed, rules, 'the index lists the rules in force')
    found = made['point-2.html'].text
    for words in ('D-255 Invoice total differs from the declared total', 'D-255.hold', "tw:policy('total.soft')", 'UCC 70',
                  'Declare the full price', 'the declarant', 'half a percent less', 'from 2016-05-01'):
        ok(words in found, f'D-255 on its page: {words}')
    ok('发票总额' in made['point-2.zh.html'].text, 'D-255 in Chinese')
    again = os.path.join(FOLDER, 'again')
    run('rules', '--html', again)
    same(sorted(os.listdir(again)), sorted(PAGES), 'one language: its pages alone')
    write(os.path.join(FOLDER, 'file'), '')
    code, text, errors = run('rules', '--html', os.path.join(FOLDER, 'file'))
    ok(code == 4 and errors, 'a folder that cannot be made', f'{code}\n{errors}')


def explained():
    for rule, passes, fails in (
            ('P-119', 'An example that passes\n  the dossier base-export.xml as it is\n',
             'An example that fails: check digit wrong\n  the dossier base-export.xml, with\n  set declaration/mrn '),
            ('D-255', 'An example that passes: 3000 were prepaid\n', 'An example that fails: half a percent less\n')):
        code, text, errors = run('explain', rule)
        ok(code == 0 and passes in text and fails in text, f'explain {rule}: what passes and what fails', f'{text}\n{errors}')


def checked():
    folder = os.path.join(FOLDER, 'acme')
    write(os.path.join(folder, 'acme.sch'), PACK)
    write(os.path.join(folder, 'pack.xml'), INDEX)
    for count, more, wanted, message in (
            ('10', '', 0, 'no mistake found'), ('11', '', 1, 'ACME-2: example 2: pass, not fail'),
            ('10', '<row register="ofice" code="X"/>', 1, 'no register ofice'),
            ('10', '<row register="office" cod="X"/>', 1, 'register office has no column cod; did you mean code'),
            ('10', '<policy name="no.such">1</policy>', 1, 'no.such'), ('10', '<remove path="licence"/>', 1, 'names no place')):
        write(os.path.join(folder, 'examples', 'ACME-2.xml'), EXAMPLES.format(count=count, more=more))
        code, text, errors = run('rules', 'check', folder)
        ok(code == wanted and message in text, f'rules check: {message}', f'{code}\n{text}\n{errors}')


def main():
    pages()
    explained()
    checked()
    done()


main()
