#!/usr/bin/env python3
"""Every file of some folders of samples: a row of expected/samples/FOLDER.tsv says what it is, whether it is valid, what
stays unread, which findings it has, and which acts it proves."""
import glob
import os
import re

from tap import EXPECTED, RUN, SAMPLES, UPDATE, done, ok, read, run, same, skip, write

TABLES = os.path.join(EXPECTED, 'samples')
HEAD = 'file\tkind\tdialect\tstate\tunread\tfindings\tacts\n'


def first(name, text):
    found = re.search(rf'<{name}[^>]*>([^<]*)<', text)
    return found.group(1) if found else '-'


def act(event):
    about = re.search(r'<declaration scheme="([^"]*)"[^>]*>([^<]*)<', event)
    return ' '.join((first('type', event), first('at', event), ':'.join(about.groups()) if about else '-'))


def state(document):
    if first('dialect', document) == '-':
        return 'not read'
    if first('wellFormed', document) == 'false':
        return 'not well-formed'
    return {'true': 'valid', 'false': 'invalid'}.get(first('valid', document), 'not judged')


def row(path):
    code, text, errors = run('normalise', path, *RUN)
    document = re.search(r'<document id.*?</document>', text, re.S)
    document = document.group(0) if document else ''
    findings = sorted(set(re.findall(r':(\d+):\d+: (X-\d+)', errors)), key=lambda pair: int(pair[0]))
    events = re.findall(r'<event .*?</event>', text, re.S)
    return '\t'.join((first('kind', document), first('dialect', document), state(document), first('unread', document),
                      ', '.join(f'{rule} {line}' for line, rule in findings) or '-',
                      '; '.join(map(act, events)) or '-'))


def files(folder):
    found = glob.glob(os.path.join(SAMPLES, folder, '**', '*'), recursive=True)
    return sorted(path for path in found if os.path.isfile(path) and os.path.splitext(path)[1] in ('.xml', '.txt')
                  and '/xsd/' not in path)


def check(table):
    folder = os.path.splitext(os.path.basename(table))[0]
    paths = files(folder)
    names = [os.path.relpath(path, os.path.join(SAMPLES, folder)) for path in paths]
    if UPDATE:
        write(table, HEAD + ''.join(f'{name}\t{row(path)}\n' for name, path in zip(names, paths)))
    expected = dict(line.split('\t', 1) for line in read(table).decode().splitlines()[1:])
    same(sorted(expected), sorted(names), f'{folder}: each file has its row')
    for name, path in zip(names, paths):
        if name in expected:
            same(row(path), expected[name], f'{folder}/{name}')


def main():
    tables = sorted(glob.glob(os.path.join(TABLES, '*.tsv')))
    if not os.path.isdir(SAMPLES):
        skip('rows of the samples', 'their folder is not here')
        done()
    ok(tables, 'there are tables')
    for table in tables:
        check(table)
    done()


main()
