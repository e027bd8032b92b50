#!/usr/bin/env python3
"""Every instance of a dialect's tests: valid, read as its .facts.xml says, and no more unread than its .unread says."""
import glob
import os

from tap import ROOT, RUN, done, ok, read, run, same, same_text, xmllint


def main():
    for path in sorted(glob.glob(os.path.join(ROOT, 'schemas/dialects/*/tests/*'))):
        stem, kind = os.path.splitext(path)
        if kind not in ('.xml', '.txt') or path.endswith('.facts.xml'):
            continue
        dialect = os.path.basename(os.path.dirname(os.path.dirname(path)))
        name = f'{dialect}: {os.path.basename(path)}'
        facts, unread = (stem + suffix for suffix in ('.facts.xml', '.unread'))
        if kind == '.xml':
            wrong = xmllint(os.path.join(ROOT, 'schemas/dialects', dialect, dialect + '.xsd'), path)
            ok(not wrong, name + ' is valid', wrong)
        code, text, errors = run('normalise', path, *RUN)
        if os.path.exists(facts):
            same_text(text, read(facts).decode(), name + ' gives its facts', errors)
        else:
            same(code, 0, name + ' is read')
        elements = [row for row in text.splitlines() if '<unread>' in row]
        allowed = os.path.exists(unread)
        ok(allowed or all('>0<' in row for row in elements), name + ' leaves nothing unread', '\n'.join(elements))
    done()


main()
